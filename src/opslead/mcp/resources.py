"""What can be read: the contract, the patterns, the form of the document."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp.types import Completion, CompletionArgument, CompletionContext, PromptReference, ResourceTemplateReference

from opslead.contract import rules
from opslead.knowledge.schema import Pattern
from opslead.mcp import readable
from opslead.mcp.bench import Workbench
from opslead.panel.ops_lead import form

MARKDOWN = "text/markdown"
MOST_COMPLETIONS = 100
"""As the protocol allows."""


def add_all(server: MCPServer, bench: Workbench) -> None:
    """Every resource, and the completion of the ids in their addresses."""
    _add_contract(server)
    _add_patterns(server, bench)
    _add_form(server)
    _add_completion(server, bench)


def _add_contract(server: MCPServer) -> None:
    described = (
        "What a specification is held to: every rule with its reason, a bad and a good example, in Korean and English."
    )

    @server.resource("opslead://contract", title="The contract", description=described, mime_type=MARKDOWN)
    def contract() -> str:
        return readable.contract(rules().values())

    @server.resource(
        "opslead://contract/{rule}", title="A rule", description="One rule, by its id: OL012.", mime_type=MARKDOWN
    )
    def contract_rule(rule: str) -> str:
        known = rules()
        if rule not in known:
            raise _unknown("rule", rule, known)
        return readable.rule(known[rule])


def _add_patterns(server: MCPServer, bench: Workbench) -> None:
    described = "Everything that experience knows goes wrong, one line a pattern: id, pack, surfaces, name in Korean and English."

    @server.resource("opslead://patterns", title="The patterns", description=described, mime_type=MARKDOWN)
    def patterns() -> str:
        catalog = bench.catalog()
        return readable.index((one, catalog.pack_of(one.id)) for one in catalog.everything())

    described = (
        "One pattern, by its id: when it applies, what goes wrong, what stops it, the whole policy, public sources."
    )

    @server.resource("opslead://patterns/{id}", title="A pattern", description=described, mime_type=MARKDOWN)
    def pattern(id: str) -> str:
        known = _patterns(bench)
        if id not in known:
            raise _unknown("pattern", id, known)
        return readable.pattern(known[id], bench.catalog().pack_of(id))


def _add_form(server: MCPServer) -> None:
    described = "The form of the document, heading by heading and field by field, in Korean (ko) or English (en)."

    @server.resource("opslead://form/{language}", title="The form", description=described, mime_type=MARKDOWN)
    def document_form(language: str) -> str:
        match language:
            case "ko" | "en":
                return form(language)
            case _:
                raise _unknown("form", language, ("ko", "en"))


def _add_completion(server: MCPServer, bench: Workbench) -> None:
    @server.completion()  # type: ignore[no-untyped-call,untyped-decorator]  # the SDK has none here
    async def complete(
        ref: PromptReference | ResourceTemplateReference,
        argument: CompletionArgument,
        context: CompletionContext | None,
    ) -> Completion | None:
        del context
        known: Collection[str]
        match ref.uri if isinstance(ref, ResourceTemplateReference) else "":
            case "opslead://contract/{rule}":
                known = rules()
            case "opslead://patterns/{id}":
                known = _patterns(bench)
            case "opslead://form/{language}":
                known = ("ko", "en")
            case _:
                return None
        found = [name for name in known if name.lower().startswith(argument.value.lower())]
        return Completion(values=found[:MOST_COMPLETIONS], total=len(found), has_more=len(found) > MOST_COMPLETIONS)


def _patterns(bench: Workbench) -> dict[str, Pattern]:
    return {one.id: one for one in bench.catalog().everything()}


def _unknown(kind: str, name: str, known: Collection[str]) -> ResourceNotFoundError:
    near = difflib.get_close_matches(name, known, 3, 0.4) or sorted(known)[:3]
    return ResourceNotFoundError(f"there is no {kind} {name[:100]!r}; near: {', '.join(near)}")
