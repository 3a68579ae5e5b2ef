"""references: something is named by number or id that the document does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.review.fault import Fault, quoted
from opslead.review.matter import Check, Matter
from opslead.spec.document import Policy, Specification
from opslead.text import pick

_POLICY = re.compile(r"(?<![\w&])#(\d{1,3})(?!\d)")
_QUANTITY = re.compile(r"\(Q(\d{1,3})\)")
_ASSUMPTION = re.compile(r"(?:가정|assumption)\s?#?(\d{1,2})(?![\d%:.,]|\s?(?:건|개|명|분|시간|일|주))", re.I)
_MODE = re.compile(r"(?<![\w-])F(\d{1,2})(?!\w)")
_STEP = re.compile(r"(?<![가-힣\d])(\d{1,2})단계(?:를|로|의|에서|가|는|\s알림|\s발동)|\bstep\s(\d{1,2})\b", re.I)


def find(matter: Matter) -> Iterator[Fault]:
    """Policies, computed numbers, findings, assumptions and runbook steps."""
    yield from _policies(matter)
    yield from _parts(matter)
    for policy in matter.policies:
        yield from _steps(policy, matter)
        yield from _ids(policy, matter)


def _fault(matter: Matter, numbers: tuple[int, ...], field: str, what: str, quote: str, line: int) -> Fault:
    message = pick(matter.language, f"{what}: 문서에 없다", f"there is no {what} in the document")
    return Fault("references", numbers, field, message, quote, line)


def _policies(matter: Matter) -> Iterator[Fault]:
    """Policy numbers anywhere in the document; the contract's OL025 sees those in the catalog as well."""
    spec = matter.specification
    known = {policy.number for policy in spec.policies}
    for passage in matter.passages:
        for match in _POLICY.finditer(passage.text):
            if int(match[1]) not in known:
                numbers = (passage.policy,) if passage.policy in known else ()
                quote = quoted(passage.text, *match.span())
                yield _fault(matter, numbers, passage.field, f"#{match[1]}", quote, passage.line)
    if matter.judged is None:
        yield from _listed(matter, known)


def _listed(matter: Matter, known: set[int]) -> Iterator[Fault]:
    """Policy numbers that stand as such: in the rollout, with questions and answers to a breach report."""
    spec = matter.specification
    for item in spec.rollout.items:
        if item.policy not in known:
            yield _fault(matter, (), "rollout", f"#{item.policy}", "", item.line)
    for question in spec.questions:
        for number in question.affects:
            if number not in known and f"#{number}" not in f"{question.decision}{question.data_needed}":
                yield _fault(matter, (), "questions", f"#{number}", question.decision, question.line)
    for answer in spec.breach_responses:
        for number in answer.policies:
            if number not in known and f"#{number}" not in answer.answer:
                yield _fault(matter, (), "breach_responses", f"#{number}", answer.item, 0)


def _parts(matter: Matter) -> Iterator[Fault]:
    """Assumptions, failure modes and computed numbers called by number, where the document numbers its own."""
    spec = matter.specification
    whole = matter.judged is None
    kinds: list[tuple[re.Pattern[str], int, str]] = []
    if spec.assumptions and whole:
        kinds.append((_ASSUMPTION, len(spec.assumptions), pick(matter.language, "가정 ", "assumption ")))
    if spec.quantities:
        kinds.append((_QUANTITY, len(spec.quantities), "Q"))
    if whole and any(re.match(r"line-", mode.id) for mode in spec.failure_modes):
        kinds.append((_MODE, len(spec.failure_modes), "F"))
    for passage in matter.passages:
        for pattern, most, name in kinds:
            for match in pattern.finditer(passage.text):
                if not 1 <= int(match[1]) <= most:
                    numbers = (passage.policy,) if passage.policy else ()
                    quote = quoted(passage.text, *match.span())
                    yield _fault(matter, numbers, passage.field, f"{name}{match[1]}", quote, passage.line)


def _steps(policy: Policy, matter: Matter) -> Iterator[Fault]:
    """A runbook step called by number within its own policy, past the last one."""
    if len(policy.runbook) < 2:
        return
    for text in (*policy.exceptions, *_watched(policy)):
        for match in _STEP.finditer(text):
            number = int(match[1] or match[2])
            if number > len(policy.runbook) and not _of_another(text, match):
                what = pick(matter.language, f"{number}단계", f"step {number}")
                line = policy.field_lines.get("exceptions", policy.line)
                yield _fault(matter, (policy.number,), "runbook", what, quoted(text, *match.span()), line)


def _of_another(text: str, match: re.Match[str]) -> bool:
    """`#4의 5단계`, `step 5 of #4`."""
    return "#" in text[max(0, match.start() - 5) : match.start()] or bool(
        re.match(r"\s(?:of|in) #", text[match.end() :])
    )


def _watched(policy: Policy) -> tuple[str, ...]:
    watch = policy.monitoring
    return (*watch.leading, *watch.lagging, watch.start, watch.relax, watch.stop)


def _ids(policy: Policy, matter: Matter) -> Iterator[Fault]:
    """Ids of findings and quantities that the document should carry: only where it carries any."""
    spec: Specification = matter.specification
    findings, made = {mode.id for mode in spec.findings}, {quantity.id for quantity in spec.quantities}
    for ident in policy.closes if findings else ():
        if ident not in findings:
            yield _fault(matter, (policy.number,), "closes", ident, ident, policy.line)
    for ident in policy.quantities if made or matter.judged is not None else ():
        if ident not in made:
            yield _fault(matter, (policy.number,), "quantities", ident, ident, policy.line)


CHECK = Check("references", find)
