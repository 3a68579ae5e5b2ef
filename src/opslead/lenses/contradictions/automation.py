"""A goal of running without people against approvals that only people can give, and a main road that passes them by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.contradictions.quoted import quote, saying, short, sources
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole, Quotation
from opslead.model.service import Basis, Flow, Service, Source, Step
from opslead.model.steps import Role
from opslead.text import pick

_GOAL = re.compile(
    r"without (?:any |the )?(?:manual|human|staff) (?:intervention|work|handling|involvement|effort|steps?)|\b(?:fully|completely|100%) automat\w+"
    r"|\b(?:no|zero) (?:manual|human) (?:intervention|work|steps?|handling|involvement)"
    r"|(?:사람|수동|수작업|운영자|관리자|직원|인력)(?:의|이)?\s?(?:개입|작업|처리|확인)?\s?없이|(?:완전|100%|전면)\s?자동",
    re.I,
)
_MUST = re.compile(r"required|mandatory|\bmust\b|필수|필요|반드시|해야|승인\s?(?:후|대기)|심사\s?후|검토\s?후", re.I)
_BY_PEOPLE = re.compile(
    r"\b(?:admin|staff|manager|operator|support|team|owner|reviewer)s?\b.{0,30}\b(?:approv|review|verif|moderat|decid|check)|\bmanual(?:ly)?\b"
    r"|\bapprov\w+ (?:by|from)\b|(?:관리자|운영자|담당자|직원|매니저|본사).{0,16}(?:승인|심사|검토)|수동",
    re.I,
)
_GATES = ("approve", "review")
_MOST = 4


def look(service: Service) -> Iterator[Hole]:
    """The goal against the approvals, and the flow that goes round one."""
    yield from _goal(service)
    yield from _bypassed(service)


def _goal(service: Service) -> Iterator[Hole]:
    goal = next((item for item in saying(service, _GOAL) if len(item.text) <= 160), None)
    if goal is None:
        return
    gates = _gates(service)
    places = {str(source.place) for _, source in gates}
    gates += tuple(
        (item.text, item.source)
        for item in saying(service, _BY_PEOPLE)
        if str(item.source.place) not in places
        and item.source.place != goal.source.place
        and not _GOAL.search(item.text)
    )
    if not gates:
        return
    lang = service.language
    timed = any(step.within is not None for step in service.steps(*_GATES))
    names = list(dict.fromkeys(quote(text, lang, 44) for text, _ in gates))[:3]
    slots = {
        "goal": quote(goal.text, lang),
        "gates": pick(lang, "·", ", ").join(names),
        "count": str(len(gates)),
        **({} if timed else {"untimed": pick(lang, "기한은 어디에도 없다", "none has a time limit")}),
    }
    step = next((s for s in service.steps(*_GATES) if s.source.basis is Basis.GIVEN and s.actor), None)
    if step is not None and step.actor is not None:  # what the policy for waits says of the approval
        slots |= {"wait": step.title(lang), "wait.actor": step.actor.name}
    quoted = (goal.source, *(source for _, source in gates[:_MOST]))
    yield find(service, "contradictions.automation_goal", "service", slots, (Quotation(tuple(dict.fromkeys(quoted))),))


def _gates(service: Service) -> tuple[tuple[str, Source], ...]:
    """Approvals and reviews that a member of staff gives, once a sentence."""
    found: dict[str, tuple[str, Source]] = {}
    for step in service.steps(*_GATES):
        if step.source.basis is Basis.GIVEN and step.actor and step.actor.role in (Role.STAFF, Role.FIELD):
            found.setdefault(str(step.source.place), (step.source.text, step.source))
    return tuple(found.values())


# --- the road round the gate -----------------------------------------------------------------------------------------

_WORD = re.compile(r"[A-Z]{3,}|[A-Za-z]{5,}|[가-힣]{2,}")
_IDLE = """booking bookings customer admin payment document documents upload uploads required workflow review approval
    reviewed accept accepts status 예약 주문 결제 고객 관리자 승인 심사 검토 확인 요청 신청 등록 서류 완료 처리 진행"""
_COMMON = frozenset(re.findall(r"\S+", _IDLE))
_FIXED = re.compile(r"immutable|cannot be (?:changed|edited|undone)|(?:변경|수정|취소)\s?(?:불가|할\s?수\s?없)", re.I)
_ENDS = ("confirm", "charge", "check_in", "start", "complete")


def _bypassed(service: Service) -> Iterator[Hole]:
    """A flow that goes from handing something in straight to payment, though a review of that very thing is required."""
    for gated in service.flows:
        gate = next(
            (s for s in gated.steps if s.kind in _GATES and s.source.basis is Basis.GIVEN and _required(s, gated)), None
        )
        if gate is None or gate.actor is None or gate.actor.role is Role.CUSTOMER:
            continue
        for road in service.flows:
            if road is gated or any(step.kind in _GATES for step in road.steps):
                continue
            pair = _shared(gated, road, service)
            if pair is not None:
                yield _bypassed_hole(service, gated, gate, road, *pair)
                return


def _required(step: Step, flow: Flow) -> bool:
    return bool(_MUST.search(step.source.text) or _MUST.search(flow.name))


def _shared(gated: Flow, road: Flow, service: Service) -> tuple[int, str] | None:
    """The step of the road that hands in what the gate examines, with the word both use, if payment or more follows it."""
    about = _words(gated.name) | {w for s in gated.steps for w in _words(s.source.text)}
    about -= _COMMON | {w for a in service.actors for w in _words(a.name)}
    titles = _words(gated.name) - _COMMON
    for index, step in enumerate(road.steps):
        words = _words(step.source.text) & about
        strong = words & titles
        follows = [s for s in road.steps[index + 1 :] if s.kind in _ENDS and s.source.basis is Basis.GIVEN]
        if step.source.basis is Basis.GIVEN and follows and (strong or len(words) >= 2) and step.kind not in _ENDS:
            return index, min(strong or words)
    return None


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _bypassed_hole(service: Service, gated: Flow, gate: Step, road: Flow, index: int, word: str) -> Hole:
    lang = service.language
    given = road.steps[index]
    then = [s for s in road.steps[index + 1 :] if s.kind in _ENDS and s.source.basis is Basis.GIVEN]
    stem = {word, *_words(gate.source.text), *_words(gated.name)} - _COMMON
    fixed = [i for i in saying(service, _FIXED) if _words(f"{i.text} {i.subject}") & stem or i.subject == gated.name]
    if not fixed:
        fixed = [i for i in saying(service, _FIXED) if re.search(r"selection|선택|after booking|예약 후", i.text, re.I)]
    slots = {
        "gate": quote(gate.source.text, lang, 50),
        "who": gate.actor.name if gate.actor else "",
        "given": quote(given.source.text, lang, 60),
        "then": " → ".join(short(s.source.text, 44) for s in then[:2]),
        "subject": next((w for w in _WORD.findall(given.source.text) if w.lower() == word), word),
    }
    if fixed:
        slots["fixed"] = quote(fixed[0].text, lang, 60)
    quoted = (gate.source, given.source, *(s.source for s in then[:2]), *sources(fixed)[:2])
    evidence = (Quotation(tuple(dict.fromkeys(quoted))),)
    return find(service, "contradictions.approval_bypassed", gate.id, slots, evidence)
