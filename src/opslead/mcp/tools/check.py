"""`check`: the contract on anybody's specification."""

from __future__ import annotations

from typing import Annotated

from mcp.server.mcpserver import Context, MCPServer
from mcp.types import CallToolResult
from pydantic import Field

from opslead.contract import Finding, lint
from opslead.errors import InputErrors
from opslead.mcp.answers import Checked, Complaint
from opslead.mcp.bench import Watch, Workbench
from opslead.mcp.given import document_source
from opslead.mcp.tools.asked import READS
from opslead.mcp.work import Lanes, answered, off_loop
from opslead.spec.document import Specification
from opslead.spec.parse import parse_specification

DESCRIPTION = """Hold a specification to the contract, whoever wrote it: Markdown in the contract's form (see opslead://form/en or opslead://form/ko) or opslead's JSON.

Every complaint has the rule (explained at opslead://contract/{rule}), the line, the words and the repair. The counts say what was recognised: if they are lower than
what the document holds, its headings or labels differ from the form. Check a draft, repair it, check again until `errors` is 0."""

MOST_POLICIES = 200
"""Every policy is compared with every other one."""
MOST_COMPLAINTS = 200

Document = Annotated[
    str, Field(description="The whole specification, at most 1,000,000 bytes. A text, not a path or an address.")
]


def add(server: MCPServer, bench: Workbench, lanes: Lanes) -> None:
    del bench

    @server.tool(title="Check a specification", description=DESCRIPTION, annotations=READS)
    async def check(document: Document, ctx: Context) -> Annotated[CallToolResult, Checked]:
        return await off_loop(ctx, lanes.quick, lambda watch: answered(checked(document, watch)))


def checked(document: str, watch: Watch) -> Checked:
    """Raises InputErrors and Stopped."""
    spec = _parsed(document)
    watch.say("parse", f"{len(spec.policies)} policies")
    found = lint(spec)
    errors = sum(finding.severity == "error" for finding in found)
    return Checked(
        language=spec.language,
        errors=errors,
        warnings=len(found) - errors,
        failure_modes=len(spec.failure_modes),
        policies=len(spec.policies),
        rollout_items=len(spec.rollout.items),
        questions=len(spec.questions),
        complaints=tuple(map(_complaint, found[:MOST_COMPLAINTS])),
    )


def _parsed(document: str) -> Specification:
    source = document_source(document)
    try:
        spec = parse_specification(source.text, source.name)
    except RecursionError:
        raise InputErrors.one(source.name, "nested too deeply", "give a specification, not any JSON") from None
    if len(spec.policies) > MOST_POLICIES:
        reason = f"{len(spec.policies)} policies, and {MOST_POLICIES} are the most that is checked at once"
        raise InputErrors.one(source.name, reason, "check it in parts")
    return spec


def _complaint(finding: Finding) -> Complaint:
    breach = finding.breach
    return Complaint(
        rule=finding.rule,
        severity=finding.severity,
        line=breach.line,
        where=breach.where,
        message=breach.message,
        quote=breach.quote,
        repair=breach.repair,
    )
