"""Stages that the operation needs and the flow lacks: nothing sees the use begin or end, nothing ends an overlong one, remedies come later."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.contradictions.said import everything, given, paid_loss, quote, said, short, silent
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole
from opslead.model.service import Basis, Later, Resource, Service, Source, Step
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import pick

_SEEN = (
    "check_in",
    "hand_over",
    "return",
    "receive",
    "inspect",
    "complete",
    "no_show",
    "deliver",
    "pick_up",
    "redeem",
    "ship",
)
"""Kinds of steps by which the service, or somebody for it, sees that the use began or ended."""
_SEEN_WORDS = re.compile(
    r"check(?:s|ed|ing)?[\s-]?in\b|check-?out (?:time|by|at|list)|checks? out of|hand[\s-]?over|hand(?:s|ed)? (?:over|back)|drop[\s-]?off|scan|picks? (?:it|them|up)|collect(?:s|ed)? (?:the|a|it)|return(?:ed|s)? (?:the|it|late|on|by)|"
    r"입실|퇴실|체크인|체크아웃|입차|출차|반납|회수|인도|인수|검수|스캔|수령",
    re.I,
)
_ENDS = re.compile(
    r"after (?:the )?\w+ (?:is |are )?complet\w*|once (?:the )?\w+ (?:is |are )?complet\w*|(?:automatic|auto)[\s-]?complet\w*|complet\w* for past|\w+ period finished"
    r"|(?:이용|대여|예약|서비스)\s?(?:완료|종료)\s?(?:후|시|되면|뒤)|이용\s?후\s?(?:자동|정산)",
    re.I,
)
_ABSENT = re.compile(r"no-?shows?\b|노쇼", re.I)
_VEHICLE = re.compile(r"vehicle|car\b|cars\b|bike|scooter|equipment|tool|차량|자동차|자전거|장비|공구|킥보드", re.I)

_BOUND = re.compile(
    r"arrival\s?(?:/|and|to)\s?departure|departure time|end time|return (?:time|date)|mileage limit|mileage|종료\s?(?:시각|시간)|반납\s?(?:시각|예정)|출차\s?(?:시각|예정)|주행\s?거리\s?제한",
    re.I,
)
_OVER = re.compile(
    r"overst\w+|over-?time\b|late (?:return|exit|departure|check-?out|fee)|returned late|grace|overdue|extend|extension|excess (?:mileage|use|fee|charge)|\boverage|overrun|tow(?:ed|ing)\b"
    r"|연장|초과|연체|늦게|지연\s?반납|미반납|미출차|장기\s?주차|견인",
    re.I,
)

_REFUND = re.compile(r"refund|chargeback|환불", re.I)
_COVER = re.compile(r"insurance|liabilit|damage|보험|손해|파손", re.I)
_COVERED_NOW = re.compile(r"insur|protection plan|deposit|damage|liabilit|보험|보증금|파손|손해", re.I)


def look(service: Service) -> Iterator[Hole]:
    yield from _use_unseen(service)
    yield from _no_overstay(service)
    yield from _remedy_later(service)


def _use_unseen(service: Service) -> Iterator[Hole]:
    """Money, marks or figures hang on the use having ended, and no step sees it."""
    unit = _used(service)
    booked = given(service, "request", "hold", "charge", "accept", "confirm")
    if unit is None or len({s.kind for s in booked}) < 3 or given(service, *_SEEN) or not silent(service, _SEEN_WORDS):
        return
    if any(s.actor is not None and s.actor.role is not Role.CUSTOMER for s in given(service, "start")):
        return
    needs = _needs(service)
    if not needs:
        return
    lang = service.language
    kinds = ("hand_over", "return", "inspect") if _VEHICLE.search(unit.name) else ("check_in", "no_show", "inspect")
    told = [s for s in _booking(service) if s in booked or s.kind == "start"]
    slots = {
        "unit": unit.name,
        "last": told[-1].title(lang),
        "missing": pick(lang, "·", ", ").join(STEP_KINDS[k].label(lang) for k in kinds),
        "end": STEP_KINDS["complete"].label(lang),
        "needs": pick(lang, ", ", ", ").join(
            pick(lang, f"‘{short(n.text, 80)}’", f"“{short(n.text, 80)}”") for n in needs
        ),
    }
    evidence = (quote(told[-1].source, *needs),)
    yield find(service, "contradictions.use_unseen", unit.id, slots, evidence)


def _booking(service: Service) -> tuple[Step, ...]:
    """The steps of the flow in which the case is confirmed, else of the first."""
    flow = next((f for f in service.flows if any(s.kind == "confirm" for s in f.steps)), service.flows[0])
    return flow.steps


def _used(service: Service) -> Resource | None:
    """What customers get the use of for a time: it stands somewhere, and an unsold hour of it is lost."""
    if given(service, "deliver", "ship"):
        return None
    rented = [r for r in service.resources if r.physical and r.perishable and r.source.basis is not Basis.ASSUMED]
    return next((r for r in rented if _VEHICLE.search(r.name)), next(iter(rented), None))


def _needs(service: Service) -> list[Source]:
    """What hangs on the use having begun or ended, at most three."""
    texts = [source for text, source in everything(service) if _ENDS.search(source.text)]
    figures = [k.source for k in service.kpis if _ABSENT.search(f"{k.name} {k.source.text}")]
    found: list[Source] = []
    for source in (*texts, *figures):
        if all(source.place != known.place for known in found):
            found.append(source)
    return found[:3]


def _no_overstay(service: Service) -> Iterator[Hole]:
    """The use has an agreed end or measure, somebody else comes after it, and going beyond is not in the text."""
    unit = _used(service)
    bound = next((s for s in given(service, "request", "charge", "quote", "hold") if _BOUND.search(_of(s))), None)
    if unit is None or bound is None or not silent(service, _OVER):
        return
    shared = said(service, re.compile(r"overlap|double.?book|availabilit|calendar|real-?time|중복|겹치|가용", re.I))
    lang = service.language
    use = "hand_over" if _VEHICLE.search(unit.name) else "check_in"
    slots = {"unit": unit.name, "bound": short(bound.source.text), "use": STEP_KINDS[use].label(lang)}
    yield find(service, "contradictions.no_overstay", bound.id, slots, (quote(bound.source, shared),))


def _of(step: Step) -> str:
    return f"{step.name} {step.source.text}"


def _remedy_later(service: Service) -> Iterator[Hole]:
    """The remedy is put off to a later version, the need for it begins with the first case."""
    taken = next(iter(given(service, "charge", "capture")), None)
    if taken is not None and not _refunds_now(service):
        later = next((x for x in service.later if _REFUND.search(x.text)), None)
        ended = next((s for s in service.states if re.search(r"cancel|취소", s.name, re.I)), None)
        if later is not None:
            yield _put_off(
                service,
                later,
                taken.title(service.language),
                (taken.source, ended.source if ended else None),
                "contradictions.refund_later",
                ended.name if ended else "",
            )
    unit = _used(service)
    if unit is not None and not any(
        _COVERED_NOW.search(text) for text, source in everything(service) if not _said_later(service, source)
    ):
        later = next((x for x in service.later if _COVER.search(x.text)), None)
        if later is not None:
            yield _put_off(service, later, unit.name, (unit.source,), "contradictions.cover_later")


def _said_later(service: Service, source: Source) -> bool:
    """Whether the entry is taken from what is left for later: the same place, and the same words."""
    return any(
        source.place == later.source.place and (source.text in later.text or later.text in source.text)
        for later in service.later
    )


def _refunds_now(service: Service) -> bool:
    """Whether the description already says how money goes back."""
    tiers = any(tier.share is not None for way in service.exits() for tier in way.tiers)
    return tiers or bool(given(service, "refund")) or any(_REFUND.search(rule.text) for rule in service.rules)


def _put_off(
    service: Service, later: Later, need: str, sources: tuple[Source | None, ...], mechanism: str, ended: str = ""
) -> Hole:
    slots = {"later": short(later.text, 80), "need": need, "ended": ended}
    evidence = (quote(Source(later.source.basis, later.text, later.source.place), *sources),)
    return find(service, mechanism, "service", slots, evidence, loss=paid_loss(service) if ended else None)
