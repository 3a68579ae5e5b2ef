"""Exits of one situation with different money: who chooses between them, and who gains by the choice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.lenses.incentives.payoffs import ladder
from opslead.lenses.worth import monthly, named, part_of, prepaid, stated, unique
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_share
from opslead.model.service import Actor, Exit, Service, Source, Step
from opslead.model.steps import Role
from opslead.text import pick

_OURS = re.compile(
    r"(?:사정|귀책|잘못|사유)(?:이면|으로|일 때|인 경우)?.{0,8}(?:전액|100%)|(?:our fault|we cancel|cancel\w* by us).{0,25}(?:full|100%)",
    re.I,
)
_MARK = re.compile(
    r"(?:marks?|reports?|records?|declares?)\b.{0,20}no[- ]?show|노쇼.{0,8}(?:표시|처리|입력|신고|체크|선언|판정)", re.I
)
_SAW = re.compile(r"스캔|GPS|위치 확인|자동 판정|scan|geofence", re.I)


def exit_choice(service: Service) -> Iterator[Hole]:
    """Somebody did not use what was paid: one exit keeps the money, another returns it, and nobody is named to choose."""
    lang = service.language
    steps, paid = ladder(service), prepaid(service)
    if steps is None or steps.no_show is None or service.control(GuardrailKind.EVIDENCE, "no_show"):
        return
    kept, kept_source = steps.no_show
    back = _returning(service, kept.value)
    if back is None or any(way.by and way.by.role is not Role.CUSTOMER for way in service.exits("no_show")):
        return
    cause, share, source = back
    desk = _sees_arrivals(service)
    if desk is None:
        return
    actor, step = desk
    evidence: list[Evidence] = [Quotation(unique((kept_source, source, step.source)))]
    slots = {
        "who": named(actor, lang), "cause": cause,
        "kept": format_share(kept.value, lang), "back": format_share(share, lang),
    }  # fmt: skip
    loss: Measured | None = None
    if paid is not None:
        stake = part_of(paid, share - kept.value)
        slots["sum"] = stake.format(lang)
        loss = Measured(stake.amount, slots["sum"])
        evidence.append(
            Arithmetic(
                f"({slots['back']} - {slots['kept']}) × {paid.value.format(lang)} = {slots['sum']}",
                pick(lang, "고르는 말 하나에 걸린 돈", "hangs on one word in the record"),
                unique((source, kept_source, paid.source)),
            )
        )
    external = steps.event is not None and source is steps.event[1].source
    if external:  # a way out on the days of the event only: no rate says how many of the no-shows fall on them
        slots["day"] = cause
    month = None if external else monthly(service, "no_show")
    yield find(
        service,
        "incentives.exit_choice",
        steps.exit.id,
        slots,
        tuple(evidence),
        loss=loss,
        cases=month[0] if month else None,
    )


def _returning(service: Service, kept: float) -> tuple[str, float, Source] | None:
    """An exit of the same situation that pays clearly more: an external event, or a cause on our side."""
    steps = ladder(service)
    if steps is not None and steps.event is not None and steps.event[0].value >= kept + 0.5:
        return steps.event[1].until, steps.event[0].value, steps.event[1].source
    for rule in service.rules:
        if stated(rule.source) and _OURS.search(rule.text):
            return pick(service.language, "우리 쪽 사정", "our own cause"), 1.0, rule.source
    return None


def _sees_arrivals(service: Service) -> tuple[Actor, Step] | None:
    """Who meets those who come, and so alone knows who did not."""
    for step in service.steps("check_in", "start", "hand_over"):
        if step.actor is not None and step.actor.role in (Role.FIELD, Role.STAFF) and not _SAW.search(step.source.text):
            return step.actor, step
    return None


def judge_of_own_case(service: Service) -> Iterator[Hole]:
    """Whoever is paid when the customer stays away also says who stayed away."""
    lang = service.language
    for way in service.exits("no_show"):
        customers = way.by is not None and way.by.role is Role.CUSTOMER
        share = next((t.share for t in way.tiers if t.share is not None), None)
        found = _marks(service)
        if not customers or share is None or share.value > 0.5 or found is None or not stated(way.source):
            continue
        judge, marks = found
        other = _judges_own(service, judge)
        sources = [marks, way.source, *((other.source,) if other else ())]
        slots = {"who": named(judge, lang), "kept": format_share(share.value, lang)}
        if other is not None and (back := next((t.share for t in other.tiers if t.share), None)):
            slots["other"] = format_share(back.value, lang)
        yield find(service, "incentives.judge_of_own_case", way.id, slots, (Quotation(unique(sources)),))
        return


def _marks(service: Service) -> tuple[Actor, Source] | None:
    """The supplier who is said to mark a no-show, with the sentence: not one who merely fails to come."""
    sources = [*(m.source for m in service.mentions), *(r.source for r in service.rules)]
    sources += [*(s.source for s in service.steps("no_show")), *(w.source for w in service.exits("no_show"))]
    for actor in service.people:
        if actor.role is not Role.SUPPLIER:
            continue
        words = re.compile(rf"{re.escape(actor.name)}.{{0,15}}(?:{_MARK.pattern})", re.I)
        if (source := next((s for s in unique(sources) if words.search(s.text)), None)) is not None:
            return actor, source
    return None


def _judges_own(service: Service, judge: Actor) -> Exit | None:
    """The same exit seen from the other side: the supplier stays away."""
    return next((w for w in service.exits("no_show") if w.by is judge and stated(w.source)), None)


_NOT_USED = re.compile(
    r"이용 전|미이용|이용하지 않은|(?:도착|시작|입실|오지)하?지? ?않은|남은 (?:일|기간|박)|입실 전|before (?:use|arrival|check-?in|the start)"
    r"|unused|remaining|(?:not|n't)(?: yet)? (?:arrived|used|started|checked in)",
    re.I,
)


def event_after_use(service: Service) -> Iterator[Hole]:
    """An event pays everything back, and nothing leaves out those who have used it all the same."""
    lang = service.language
    steps, paid = ladder(service), prepaid(service)
    if steps is None or steps.event is None or steps.event[0].value < 0.9:
        return
    share, tier = steps.event
    texts = [tier.source.text, *(r.text for r in service.rules if tier.until in r.text)]
    if any(_NOT_USED.search(text) for text in texts):
        return
    shown = format_share(share.value, lang)
    slots = {"event": tier.until, "share": shown}
    evidence: list[Evidence] = [Quotation(unique((tier.source,)))]
    loss: Measured | None = None
    if paid is not None:
        back = part_of(paid, share.value)
        slots["sum"] = back.format(lang)
        loss = Measured(back.amount, slots["sum"])
        evidence.append(
            Arithmetic(
                f"{shown} × {paid.value.format(lang)} = {slots['sum']}",
                pick(lang, "쓰고도 돌려받는 돈", "paid back after use"),
                unique((tier.source, paid.source)),
            )
        )
    powers = ((a, p) for a in service.people for p in a.authority if p.action == "refund" and p.limit is not None)
    if (found := next(powers, None)) and found[1].limit is not None:
        slots |= {"who": named(found[0], lang), "limit": found[1].limit.value.format(lang)}
        evidence.append(Quotation(unique((found[1].source,))))
    yield find(service, "incentives.event_after_use", steps.exit.id, slots, tuple(evidence), loss=loss)
