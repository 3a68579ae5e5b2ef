"""States and chains: a delivery that cannot fail, two sets of states without their pairs, a change without a state, goods paid before they are picked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from opslead.lenses.contradictions.said import clocks, given, mentions, paid_loss, quote, short, silent, span
from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, Hole
from opslead.model.guardrails import GuardrailKind
from opslead.model.service import Basis, Service, Source, State
from opslead.model.steps import STEP_KINDS
from opslead.text import pick

_DELIVERS = re.compile(r"deliver|ship|transit|배송|배달|운송", re.I)
_DELIVERY_FAILS = re.compile(
    r"(?:deliver\w*|shipment|parcel)[^.]{0,30}(?:fail|return|lost|damag|refus|miss|delay|late)|(?:fail|lost|damag|undeliver|miss)\w*[^.]{0,20}(?:deliver|parcel|item|order)"
    r"|undeliver|return to sender|not (?:at home|home)|absent|부재|반송|분실|파손|오배송|미수령|배송\s?(?:실패|불가|사고)|배달\s?(?:실패|불가|사고)",
    re.I,
)
_SHORT = re.compile(
    r"대체|부분\s?(?:환불|취소|배송)|일부\s?(?:환불|취소)|품절[^.]{0,20}(?:환불|취소|연락|안내)|substitut|replacement item|partial(?:ly)?\s(?:refund|cancel|deliver|ship)"
    r"|(?:sold out|out of stock|품절)[^.]{0,40}(?:declin|reject|거절)|(?:declin|reject|거절)[^.]{0,40}(?:sold out|out of stock|품절)"
    r"|back-?order|out of stock[^.]{0,40}(?:refund|notif|call|replac|cancel)",
    re.I,
)
_PAID_STATE = re.compile(r"succe|paid|settled|captured|결제\s?완료|성공", re.I)
_CASE_STATE = re.compile(r"reserv|confirm|book|예약|확정|접수", re.I)
_ENDED_STATE = re.compile(r"cancel|expir|void|취소|만료", re.I)
_LATE_MONEY = re.compile(
    r"(?:late|delayed) (?:payment|approval|success|webhook|callback)|after (?:the )?(?:cancel|expir|timeout|hold)\w*|already (?:cancel|expir|resold|taken|sold)"
    r"|(?:취소|만료)[^.]{0,12}(?:후|뒤|된)[^.]{0,20}(?:입금|결제|승인)|늦은\s?(?:입금|승인|결제)|지연\s?승인",
    re.I,
)
_CHANGED_STATE = re.compile(r"resched|propos|alternativ|counter|chang|변경|조정|제안", re.I)
_WAIT = re.compile(r"respond|accept|timeout|pending|cancel|응답|수락|접수|취소", re.I)


def look(service: Service) -> Iterator[Hole]:
    yield from _straight_delivery(service)
    yield from _paid_stockout(service)
    yield from _states_cross(service)
    yield from _change_without_state(service)


def _straight_delivery(service: Service) -> Iterator[Hole]:
    """A chain of states leads to “delivered” and to nowhere else, although somebody hands over at a door."""
    step = next(iter(given(service, "deliver")), None)
    ends = [s for s in service.states if _DELIVERS.search(f"{s.name}") and not s.next]
    linked = [s for s in service.states if s.next]
    if step is None or not ends or len(linked) < 5 or not silent(service, _DELIVERY_FAILS):
        return
    end = ends[-1]
    before = next((s for s in linked if end.name in (s.next or ())), None)
    lang = service.language
    who = step.actor.name if step.actor else pick(lang, "배송하는 사람", "whoever delivers")
    slots = {"who": who, "end": end.name, "before": before.name if before else end.name, "step": step.title(lang)}
    evidence = (quote(end.source, before.source if before else None, step.source),)
    yield find(service, "contradictions.straight_delivery", end.name, slots, evidence)


def _paid_stockout(service: Service) -> Iterator[Hole]:
    """The whole sum is paid before anybody stands at the shelf, and the shelf may be empty."""
    empty = next(iter(mentions(service, "stockout")), None)
    if empty is None or not silent(service, _SHORT):
        return
    for flow in service.flows:
        told = [s for s in flow.steps if s.source.basis is not Basis.ASSUMED]
        charge = next((i for i, s in enumerate(told) if s.kind == "charge"), None)
        picked = next((s for s in told[(charge or 0) + 1 :] if s.kind in ("make", "pick_up", "ship", "store")), None)
        if charge is None or picked is None or not any(s.kind in ("deliver", "ship", "hand_over") for s in told):
            continue
        lang = service.language
        who = next((a.name for a in service.people if "make" in a.does or "ship" in a.does), "")
        slots = {
            "pay": told[charge].title(lang),
            "picking": picked.title(lang),
            "empty": short(empty.text, 40),
            "who": who,
        }
        evidence = (quote(told[charge].source, picked.source, empty),)
        yield find(service, "contradictions.paid_stockout", picked.id, slots, evidence)
        return


def _states_cross(service: Service) -> Iterator[Hole]:
    """Payment and case have states of their own, the payment's come late from outside, and only the good pair is spelt out."""
    late = next((p for p in service.partners if p.kind == "payment" and p.mode in ("callback", "webhook")), None)
    groups = state_groups(service.states)
    paying = next((g for g in groups if any(_PAID_STATE.search(s.name) for s in g)), ())
    cases = next((g for g in groups if g is not paying and any(_CASE_STATE.search(s.name) for s in g)), ())
    cases = (*cases, *_named_in(cases, service.states))
    ended = next((s for s in cases if _ENDED_STATE.search(s.name)), None)
    if late is None or len(paying) < 3 or len(cases) < 3 or ended is None:
        return
    if service.control(GuardrailKind.SETTLE_LATE) or not silent(service, _LATE_MONEY):
        return
    paid = next(s for s in paying if _PAID_STATE.search(s.name))
    lang = service.language
    pairs = len(paying) * len(cases)
    sources = tuple(dict.fromkeys(s.source for s in (paid, *paying, *cases)))
    shown = pick(
        lang,
        f"결제 상태 {len(paying)} × 건 상태 {len(cases)}",
        f"{len(paying)} payment states × {len(cases)} case states",
    )
    result = pick(lang, f"{pairs}가지 조합", f"{pairs} pairs")
    slots = {"paid": paid.name, "ended": ended.name, "pairs": str(pairs), "partner": late.name}
    slots |= {"msg": paid.name, "msg.partner": late.name, "effect": STEP_KINDS["confirm"].label(lang)}
    evidence = (Arithmetic(shown, result, sources), quote(paid.source, cases[0].source))
    yield find(service, "contradictions.states_cross", paid.name, slots, evidence, loss=paid_loss(service))


def state_groups(states: Sequence[State]) -> tuple[tuple[State, ...], ...]:
    """States listed together: of one quotation, or each on its own line directly below the one before."""
    groups: list[list[State]] = []
    for state in states:
        last = groups[-1][-1] if groups else None
        beside = last is not None and (
            (last.source.place == state.source.place and last.source.text == state.source.text)
            or (
                last.source.place.source == state.source.place.source
                and state.source.place.line - last.source.place.line == 1
                and last.source.text != state.source.text
            )
        )
        if beside:
            groups[-1].append(state)
        else:
            groups.append([state])
    return tuple(tuple(group) for group in groups)


def _named_in(group: Sequence[State], states: Sequence[State]) -> tuple[State, ...]:
    """States of other groups that the quotation of this one names too: a name that both share stands in the model once."""
    text = group[0].source.text if group else ""
    return tuple(s for s in states if s not in group and re.search(rf"\b{re.escape(s.name)}\b", text))


def _change_without_state(service: Service) -> Iterator[Hole]:
    """Another time can be proposed while a clock runs, and the state machine knows no such state."""
    offered = _offered(service)
    linked = [s for s in service.states if s.next]
    if not offered or len(linked) < 3 or any(_CHANGED_STATE.search(s.name) for s in service.states):
        return
    running = clocks(service, ("timeout", "deadline", "window"), _WAIT)
    if not running or running[0].length is None:
        return
    clock = running[0]
    length = span(running[0].length.value, service.language)
    lang = service.language
    names = list(dict.fromkeys(_button(source.text) for source in offered))[:2]
    states = pick(lang, "·", ", ").join(s.name for s in linked[:4])
    slots = {
        "change": pick(lang, "·", ", ").join(pick(lang, f"‘{n}’", f"“{n}”") for n in names),
        "length": length,
        "clock": short(clock.source.text),
        "states": states,
    }
    evidence = (quote(*offered[:3], clock.source, linked[0].source),)
    yield find(service, "contradictions.change_without_state", "reschedule", slots, evidence)


def _offered(service: Service) -> tuple[Source, ...]:
    """Where a change of the date is offered: buttons first, then exits of the kind."""
    buttons = sorted(mentions(service, "offered_change"), key=lambda s: ("[" not in s.text, s.place.line))
    ways = [w.source for w in service.exits("reschedule") if w.source.basis is not Basis.ASSUMED]
    return (*buttons, *ways)


def _button(text: str) -> str:
    """The button that offers the change, else the whole text."""
    found = next((b for b in re.findall(r"\[([^\[\]]+)\]", text) if _CHANGED_STATE.search(b)), None)
    return found or short(text, 40)
