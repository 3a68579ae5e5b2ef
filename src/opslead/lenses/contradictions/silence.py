"""Nobody answers: a match that nobody takes, a refusal after payment, a request without a clock, a dispute that nobody decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from opslead.lenses.contradictions.said import clocks, given, paid_loss, quote, said, short, silent, span, suppliers
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole
from opslead.model.measure import format_share
from opslead.model.service import Actor, Basis, Exit, Service, Source, Step
from opslead.model.steps import STEP_KINDS, Role

_MATCHING = re.compile(r"매칭|배차|match|dispatch", re.I)
_REMATCH = re.compile(
    r"재배차|재매칭|재배정|(?:매칭|배차|배정)(?:이)?\s?(?:실패|안\s?되|되지|불가)|미매칭|미배차|모두\s?거절|수락하지\s?않|수락자가\s?없"
    r"|re-?assign|re-?match|re-?dispatch|no (?:driver|rider|courier|match|one|technician) (?:accepts?|found|available|is)|unassigned|nobody accepts"
    r"|escalat|next (?:driver|rider|courier|candidate)",
    re.I,
)
_REFUSED_MONEY = re.compile(
    r"(?:거절|반려|미수락|미응답|무응답|decline|reject|refus)[^.]{0,40}(?:환불|결제\s?취소|refund|releas|void)"
    r"|(?:환불|결제\s?취소|refund|release|void)[^.]{0,40}(?:거절|반려|미수락|decline|reject|refus)",
    re.I,
)
_ANSWER = re.compile(r"respond|response|accept|approv|answer|confirm|응답|수락|접수|승인|거절|답변", re.I)
_UNANSWERED = re.compile(
    r"무응답|미응답|응답이\s?없|답이\s?없|자동\s?(?:거절|거부|만료|취소)|no (?:response|answer|reply)|(?:doesn't|does not|not) (?:respond|answer|reply)"
    r"|auto-?(?:declin|reject|cancel|expir)|laps|expire",
    re.I,
)
_WAITING = re.compile(r"pending|requested|대기|요청", re.I)
_RULED = re.compile(r"resol|decid|decision|verdict|ruling|판정|결정|중재\s?기한|처리\s?기한|심사\s?기한", re.I)
_NO_SHOW_PROOF = re.compile(
    r"(?:no-?show|노쇼)[^.]{0,60}(?:review|verif|evidence|log|geo|판정|확인|증빙|증거|사진|기록)"
    r"|(?:evidence|log|증빙|증거|사진)[^.]{0,60}(?:no-?show|노쇼)",
    re.I,
)
_HELD = re.compile(
    r"(?:payment|payout|money|funds?) (?:is |are )?held|held in escrow|(?:지급|정산|대금)[^.]{0,6}보류", re.I
)
_PROMISED = re.compile(r"배송|배달|도착|출동|deliver|arriv|reach|respon", re.I)


def look(service: Service) -> Iterator[Hole]:
    yield from _nobody_accepts(service)
    yield from _paid_then_refused(service)
    yield from _unanswered(service)
    yield from _dispute_open(service)


def _nobody_accepts(service: Service) -> Iterator[Hole]:
    """A request goes out to whoever is free, and each of them may refuse it."""
    step = next(
        (s for s in given(service, "assign", "dispatch") if _MATCHING.search(f"{s.name} {s.source.text}")), None
    )
    pool = _pool(service, step)
    if pool is None or step is None or step.within is not None or not silent(service, _REMATCH):
        return
    promise = _promise(service)
    asked = _asked(service)
    work = step.title(service.language)
    slots = {"who": pool.name, "work": work, "wait": work, "wait.actor": pool.name}
    if promise:
        slots |= {"promise": promise[0]}
    evidence = (quote(step.source, asked, promise[1] if promise else None),)
    yield find(service, "contradictions.nobody_accepts", step.id, slots, evidence)


def _asked(service: Service) -> Source | None:
    """The state in which somebody was asked and which leads to a yes only."""
    open_ones = [s for s in service.states if _WAITING.search(s.name) and s.next and len(s.next) == 1]
    return min((s.source for s in open_ones), key=lambda source: "request" not in source.text.lower(), default=None)


def _pool(service: Service, step: Step | None) -> Actor | None:
    """Who may take the request or refuse it: whom the step names, else people in the field before suppliers."""
    free = [a for a in service.actors if a.role in (Role.FIELD, Role.SUPPLIER) and {"accept", "reject"} <= set(a.does)]
    text = f"{step.name} {step.source.text}" if step else ""
    return min(free, key=lambda a: (a.name not in text, a.role is not Role.FIELD), default=None)


def _promise(service: Service) -> tuple[str, Source] | None:
    """The time the customer is told, at least ten minutes: shorter ones are of screens and signals."""
    for clock in clocks(service, ("sla", "deadline"), _PROMISED):
        if clock.length is not None and clock.length.value >= timedelta(minutes=10) and not clock.length.assumed:
            return span(clock.length.value, service.language), clock.source
    return None


def _paid_then_refused(service: Service) -> Iterator[Hole]:
    """Money is taken first, and whoever has to take the case on may refuse it or say nothing."""
    for flow in service.flows:
        told = [s for s in flow.steps if s.source.basis is not Basis.ASSUMED]
        charge = next((i for i, s in enumerate(told) if s.kind == "charge"), None)
        accept = next((i for i, s in enumerate(told) if s.kind == "accept" and s.actor is not None), None)
        if charge is None or accept is None or accept < charge:
            continue
        step, who = told[accept], told[accept].actor
        refusal = _refusal(service, who)
        if who is None or refusal is None or given(service, "refund") or not silent(service, _REFUSED_MONEY):
            continue
        state = next(
            (s.source for s in service.states if re.search(r"reject|거절", f"{s.name} {s.source.text}", re.I)), None
        )
        lang = service.language
        slots = {"who": who.name, "work": step.title(lang), "pay": told[charge].title(lang)}
        evidence = (quote(told[charge].source, step.source, refusal, state),)
        yield find(service, "contradictions.paid_then_refused", step.id, slots, evidence, loss=paid_loss(service))
        return


def _refusal(service: Service, who: Actor | None) -> Source | None:
    """Where it says that they may refuse, without any money said with it."""
    if who is None:
        return None
    ways = [w for w in service.exits("reject") if w.source.basis is not Basis.ASSUMED and not w.tiers]
    stated = next((w.source for w in ways if w.by is None or w.by is who), None)
    return stated or next((a.source for a in who.authority if a.action == "reject"), None)


def _unanswered(service: Service) -> Iterator[Hole]:
    """A request waits for somebody's yes or no without a clock, while another wait of the same case has one."""
    if any(s.within is None for s in given(service, "accept", "approve", "review", "verify")):
        return  # windows.no_end says it
    who = next((a for a in suppliers(service) if {"accept", "reject"} <= set(a.does)), None)
    state = next((s for s in service.states if not s.terminal and _WAITING.search(s.name)), None)
    if who is None or state is None or clocks(service, ("deadline", "timeout", "sla", "ttl"), _ANSWER):
        return
    other = next((c for c in service.clocks if c.kind == "timeout" and c.length is not None), None)
    if other is None or other.length is None or not silent(service, _UNANSWERED):
        return
    length = span(other.length.value, service.language)
    slots = {"who": who.name, "state": state.name, "other": short(other.source.text), "length": length}
    slots |= {"wait": STEP_KINDS["accept"].label(service.language), "wait.actor": who.name}
    target = next((k.source for k in service.kpis if _ANSWER.search(k.name)), None)
    evidence = (quote(state.source, other.source, target),)
    yield find(service, "contradictions.unanswered", state.name, slots, evidence)


def _two_claims(service: Service) -> tuple[Exit, Exit] | None:
    """Either side can say that the other did not come, the money follows whoever says it, and nobody decides between them."""
    ways = [w for w in service.exits("no_show") if w.by is not None and w.tiers and w.tiers[0].share is not None]
    pair = next(((a, b) for a in ways for b in ways if _sides(a, b)), None)
    return pair if pair and silent(service, _NO_SHOW_PROOF) else None


def _sides(one: Exit, other: Exit) -> bool:
    """The supplier's and the customer's no-show, with different money."""
    return (
        one.by is not None
        and other.by is not None
        and one.by.role is not Role.CUSTOMER
        and other.by.role is Role.CUSTOMER
        and _share(one) != _share(other)
    )


def _name(way: Exit) -> str:
    return way.by.name if way.by else ""


def _share(way: Exit) -> str:
    share = way.tiers[0].share
    return "" if share is None else format_share(share.value, "en")


def _dispute_open(service: Service) -> Iterator[Hole]:
    """A time to object, money kept back meanwhile, and no time in which anybody has to decide."""
    filing = clocks(service, ("window", "deadline"), re.compile(r"disput|object|이의|분쟁", re.I))
    way = next((w for w in service.exits("dispute") if w.source.basis is not Basis.ASSUMED), None)
    if not filing or way is None or filing[0].length is None:
        return
    decided = [c for c in clocks(service, ("deadline", "sla", "timeout"), _RULED) if c not in filing]
    judged = [s for s in given(service, "review") if s.within is not None]
    if decided or judged:
        return
    judge = next(
        (s for s in given(service, "review") if re.search(r"disput|evidence|이의|분쟁|증거|증빙", _words(s), re.I)),
        None,
    )
    held = said(service, _HELD)
    slots = {
        "window": span(filing[0].length.value, service.language),
        "who": judge.actor.name if judge and judge.actor else "",
        "held": short(held.text) if held else "",
    }
    if slots["who"]:
        slots |= {"wait": STEP_KINDS["review"].label(service.language), "wait.actor": slots["who"]}
    sources = [filing[0].source, judge.source if judge else way.source, held]
    if claims := _two_claims(service):
        slots |= {"one": _name(claims[0]), "other": _name(claims[1])}
        slots |= {"share_one": _share(claims[0]), "share_other": _share(claims[1])}
        sources += [claims[0].source, claims[1].source]
    yield find(service, "contradictions.dispute_open", way.id, slots, (quote(*sources),))


def _words(step: Step) -> str:
    flow = f"{step.name} {step.source.text}"
    return f"{flow} {STEP_KINDS[step.kind].en}"
