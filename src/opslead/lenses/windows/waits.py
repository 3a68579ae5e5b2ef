"""How long somebody waits for a person, a partner or a clock, against the moment the answer is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from opslead.knowledge.losses import Loss
from opslead.knowledge.roles import spoken
from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.lenses.incentives.declared import self_declared
from opslead.lenses.truth.status import reported_whole
from opslead.lenses.windows.clocks import about, words
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_number
from opslead.model.service import Clock, Fact, Service, Step
from opslead.model.steps import Role
from opslead.text import josa, pick

WAITS = ("accept", "approve", "review", "verify")
_NOT_STATE = ("payment", "bank", "messaging", "identity", "carrier")
"""Partners that tell no state of things."""
_DEVICES = ("network", "device", "hardware", "iot", "interface", "channel")
"""Partners that tell whether a unit is free or in use, so that a hold and a time to begin rest on them."""
CLOSE, NEAR = 10, 15
"""A window up to this many times the lag is decided on a stale answer: one that rests on any state, one on the unit's own."""


def late_answer(service: Service) -> Iterator[Hole]:
    """A partner that tells the state of things later than the window on which something is decided."""
    lang = service.language
    for partner in service.partners:
        worst = partner.worst or partner.latency
        if worst is None or worst.assumed or partner.kind in _NOT_STATE or worst.value <= timedelta(0):
            continue
        needed = [(c, c.length) for c in service.clocks if c.length is not None and _rests(c, c.length, partner.kind, worst)]  # fmt: skip
        needed.sort(key=lambda pair: pair[1].value)
        if not needed or reported_whole(service, partner):
            continue  # `truth.late_status` tells all that is decided on this state
        first, length = needed[0]
        late = words(worst, service)
        evidence: list[Evidence] = [Quotation((worst.source, first.source))]
        for item, window in needed[:3]:
            share = f"{format_number(worst.value / window.value * 100)}%"
            formula = f"{late} / {words(window, service)} = {share}"
            result = pick(
                lang,
                f"‘{item.subject}’의 마지막 {josa(late, '은/는')} 이미 바뀌었을지 모르는 상태로 판단한다",
                f"the last {late} of “{item.subject}” rest on a state that may have changed already",
            )
            evidence.append(Arithmetic(formula, result, (worst.source, window.source)))
        slots = {
            "partner": partner.name,
            "late": late,
            "window": words(length, service),
            "subject": first.subject if lang == "ko" else f"“{first.subject}”",
        }
        yield find(service, "windows.answer_after_need", partner.id, slots, tuple(evidence))
        return


def _rests(item: Clock, length: Fact[timedelta], kind: str, worst: Fact[timedelta]) -> bool:
    """Whether the clock is short enough for the lag, and is about what this kind of partner tells."""
    if item.kind in ("window", "lead", "timeout") and timedelta(0) < length.value <= worst.value * CLOSE:
        return True
    by_state = item.kind in ("ttl", "deadline") and kind in _DEVICES
    return by_state and timedelta(0) < length.value <= worst.value * NEAR


_ENDINGS = ("자동 완료", "자동완료", "자동 종료", "자동 확정", "완료", "auto-complete", "automatically complet", "auto complete",
            "complet", "settled", "auto-clos")  # fmt: skip


def auto_close(service: Service) -> Iterator[Hole]:
    """A clock that completes or ends a case whatever the state of the work.

    Silent where the incentives lens says the same of who gains by it (`self_declared`): the stronger of the two stays.
    """
    if any(self_declared(service)):
        return
    for item in service.clocks:
        if item.length is None or item.kind not in ("timeout", "window") or not about(item, _ENDINGS):
            continue
        if about(item, ("dispute", "이의", "분쟁")) and not about(item, ("auto", "자동")):
            continue  # a time to object, not an end by itself
        slots = {"subject": item.subject, "length": words(item.length, service)}
        yield find(service, "windows.auto_close", "timeout", slots, (Quotation((item.source,)),))
        return


def no_end(service: Service) -> Iterator[Hole]:
    """A wait for a person or a partner that no clock ends."""
    lang = service.language
    waits = [s for s in service.steps(*WAITS) if s.within is None and not _timed(service, s) and not _ended(service, s)]
    if not waits:
        yield from _open_state(service)
        return
    named = list(dict.fromkeys(s.title(lang) for s in waits))[:3]
    first = waits[0]
    who = spoken(first.actor.name, lang) if first.actor else pick(lang, "맡은 사람", "whoever it falls to")
    tasks = pick(lang, "·", ", ").join(pick(lang, name, f"“{name}”") for name in named)
    slots = {"work": tasks, "who": who, "tasks": tasks, "answer": pick(lang, "답", "an answer")}
    yield find(service, "windows.no_end", first.id, slots, (Quotation(tuple(s.source for s in waits[:3])),))


_OPEN_STATE = re.compile(
    r"reserv|pending|request|await|waiting|on.?hold|initiated|draft|대기|예약\s*중|선점|요청|접수됨|미결제", re.I
)


_KEEPS = re.compile(r"reserv|hold|예약|선점", re.I)
"""States that keep something from others: the gravest of those that wait."""


def _open_state(service: Service) -> Iterator[Hole]:
    """A state that waits for somebody, in a description without a single clock that could end it."""
    if any(c.kind in ("ttl", "timeout", "deadline", "window") for c in service.clocks):
        return
    waiting = [s for s in service.states if not s.terminal and _OPEN_STATE.search(s.name)]
    state = min(waiting, key=lambda s: not _KEEPS.search(s.name), default=None)
    if state is None or not any(service.steps("charge", "authorize", "pay_in", "hold", "request")):
        return
    held = service.resources[0].name if service.resources else pick(service.language, "자리", "capacity")
    slots = {"work": state.name, "who": held, "state": state.name, "held": held}
    hole = find(service, "windows.no_end", state.name, slots, (Quotation((state.source,)),))
    yield replace(hole, loss=Loss.IDLE_CAPACITY)  # what waits here is capacity, not a person's case


def _ended(service: Service, step: Step) -> bool:
    """Whether a stated control ends the wait, or the person who is checked stands there."""
    kinds = (GuardrailKind.DEFAULT_ACTION, GuardrailKind.ESCALATE, GuardrailKind.EXPIRE)
    met = step.kind == "verify" and step.actor is not None and step.actor.role is Role.FIELD
    return met or any(service.control(kind, step.kind) for kind in kinds)


def _timed(service: Service, step: Step) -> bool:
    """Whether some clock is about what the step does."""
    subjects = {
        "accept": ("respond", "accept", "응답", "수락", "접수"),
        "approve": ("approv", "승인"),
        "review": ("review", "심사", "검토"),
        "verify": ("verif", "인증", "확인"),
        "inspect": ("inspect", "검수"),
        "claim": ("claim", "report", "신고", "클레임"),
    }
    return any(
        about(c, subjects.get(step.kind, ()))
        for c in service.clocks
        if c.kind in ("deadline", "timeout", "sla", "window")
    )
