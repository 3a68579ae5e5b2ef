"""What the rules read: a policy's texts field by field, and where a field stood."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach
from opslead.spec.document import Policy
from opslead.spec.labels import FIELDS
from opslead.text import Lang, pick

_LONGEST_QUOTE = 120


def texts(policy: Policy) -> Iterator[tuple[str, str]]:
    """Every text of the policy with the name of its field."""
    yield "name", policy.name
    for name in ("intent", "scope", "trigger"):
        yield name, getattr(policy, name)
    for name in ("signals", "exceptions", "symptoms"):
        for text in getattr(policy, name):
            yield name, text
    for point in policy.enforcement_points:
        yield "enforcement_points", point.action
    for step in policy.runbook:
        yield "runbook", " ".join(part for part in (step.actor, step.action, step.deadline, step.data) if part)
    watch = policy.monitoring
    for text in (*watch.leading, *watch.lagging, watch.start, watch.relax, watch.stop):
        yield "monitoring", text


def breach(policy: Policy, lang: Lang, field: str, message: str, quote: str = "", repair: str = "") -> Breach:
    """A breach in a field of a policy, with its line where the document was parsed."""
    label = FIELDS[lang].get(field, field)
    where = pick(lang, f"정책 #{policy.number}, {label}", f"Policy #{policy.number}, {label}")
    return Breach(where, message, _shown(quote), repair, _line(policy, field, quote))


def _shown(quote: str) -> str:
    """The quotation, or its beginning up to a whole word with a sign that it goes on."""
    if len(quote) <= _LONGEST_QUOTE:
        return quote
    return f"{quote[:_LONGEST_QUOTE].rpartition(' ')[0] or quote[:_LONGEST_QUOTE]} …"


def _line(policy: Policy, field: str, quote: str) -> int:
    """Where the words stand: the step of a runbook that holds them, else the field, else the policy."""
    if field == "runbook" and quote:
        for step in policy.runbook:
            if quote in " ".join(part for part in (step.actor, step.action, step.deadline, step.data) if part):
                return step.line
    return policy.field_lines.get(field, policy.line)
