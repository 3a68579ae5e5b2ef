"""What another company sends back days later: how much is under way at once, and what happens when nothing comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from opslead.lenses.finding import find
from opslead.lenses.handoffs.words import named, quoted, whole_service
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import Money, format_duration, format_number
from opslead.model.service import Basis, Clock, Fact, Flow, Service, Step
from opslead.text import pick

LATE = timedelta(hours=12)
"""An answer later than this is no answer of the moment: somebody else will be on duty when it comes."""
_BY_HAND = ("fax", "phone", "paper", "email", "spreadsheet", "chat")
_MEDIA = {
    "fax": ("팩스", "fax"), "phone": ("전화", "phone"), "paper": ("종이", "paper"), "email": ("이메일", "e-mail"),
    "spreadsheet": ("표 파일", "spreadsheet"), "chat": ("채팅", "chat"),
}  # fmt: skip
_SETTLED = re.compile(
    r"오지 ?않으면|없으면|지나면|넘으면|초과하면|미수신|if (?:nothing|no|none|it does not|they do not|the result does not)|otherwise|without an answer",
    re.I,
)
"""Words of a rule that says what happens when nothing comes."""


def answer_overdue(service: Service) -> Iterator[Hole]:
    """One for each awaited answer whose usual lateness is stated and whose end is not."""
    controls = (GuardrailKind.DEFAULT_ACTION, GuardrailKind.ESCALATE, GuardrailKind.COUNT, GuardrailKind.RECONCILE)
    if any(service.control(kind, "import_result") for kind in controls):
        return
    for flow in service.flows:
        for index, step in enumerate(flow.steps):
            if step.kind != "import_result" or step.source.basis is not Basis.GIVEN:
                continue
            late = _lateness(service, step)
            if late is not None and late.length is not None and not _settled(service, step):
                yield _hole(service, flow, index, late.length, late)


def _lateness(service: Service, step: Step) -> Clock | None:
    """The stated lateness of this very answer: the same quotation, or a subject that shares a noun with the step."""
    for item in service.clocks:
        if item.kind != "latency" or item.length is None or item.length.assumed or item.length.value < LATE:
            continue
        nouns = [w for w in re.findall(r"[가-힣]{2,}|[a-z]{4,}", step.name.lower()) if w not in ("from", "with")]
        if item.source.text in step.source.text or any(noun[:2] in item.subject for noun in nouns if noun[0] >= "가"):
            return item
        if any(noun in item.subject.lower() for noun in nouns if noun.isascii()):
            return item
    return None


def _settled(service: Service, step: Step) -> bool:
    """Whether some rule says what happens when the answer stays away."""
    words = set(re.findall(r"[가-힣]{2,}|[a-z]{5,}", step.name.lower()))
    return any(
        _SETTLED.search(rule.text) and words & set(re.findall(r"[가-힣]{2,}|[a-z]{5,}", rule.text.lower()))
        for rule in service.rules
    )


def _hole(service: Service, flow: Flow, index: int, late: Fact[timedelta], clock: Clock) -> Hole:
    lang, step = service.language, flow.steps[index]
    after = [s for s in flow.steps[index + 1 :] if s.source.basis is Basis.GIVEN]
    slots = {
        "answer": quoted(re.sub(r"\s*\(.*?\)", "", named(step, lang)), lang),
        "feed": step.title(lang),
        "late": format_duration(late.value, lang),
    }
    if after:
        slots["next"] = quoted(named(after[0], lang), lang)
    if step.via in _BY_HAND:
        slots["medium"] = pick(lang, *_MEDIA[step.via])
        typist = next((s for s in after if s.kind == "record" and s.actor), None)
        if typist is not None and typist.actor is not None:
            slots["copier"] = typist.actor.name
    evidence: list[Evidence] = [Quotation(tuple(dict.fromkeys((step.source, clock.source))))]
    evidence += _under_way(service, flow, late, clock, slots)
    return find(service, "handoffs.answer_overdue", step.id, slots, tuple(evidence))


def _under_way(
    service: Service, flow: Flow, late: Fact[timedelta], clock: Clock, slots: dict[str, str]
) -> Iterator[Evidence]:
    """How many answers can be out at once, where every case of the service awaits one (Little's law)."""
    cases, lang, ticket = service.cases_per_day, service.language, service.ticket
    if cases is None or cases.assumed or cases.value <= 0 or not whole_service(flow):
        return
    days = late.value / timedelta(days=1)
    out = cases.value * days
    slots["out"] = format_number(out)
    slots["stake"] = pick(lang, f"최대 {slots['out']}건", f"{slots['out']} cases")
    count = pick(lang, f"최대 {slots['out']}건", f"up to {slots['out']} at once")
    yield Arithmetic(
        pick(
            lang,
            f"하루 {format_number(cases.value)}건 × {format_number(days)}일",
            f"{format_number(cases.value)} a day × {format_number(days)} days",
        ),
        count,
        (cases.source, clock.source),
    )
    if ticket is not None and not ticket.assumed and any(s.kind in ("capture", "charge", "payout") for s in flow.steps):
        money = Money(round(out * ticket.value.amount), ticket.value.currency).format(lang)
        slots["stake"] += pick(lang, f"·{money}", f" and {money}")
        yield Arithmetic(f"{slots['out']} × {ticket.value.format(lang)}", money, (ticket.source,))
