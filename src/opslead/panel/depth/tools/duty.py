"""When somebody is away."""

from __future__ import annotations

from opslead.model.calendar import clock, day_name, format_hours, format_span
from opslead.model.service import Actor, Service
from opslead.panel.depth.tools.tool import Asks, result, tool_of
from opslead.panel.port import Tool
from opslead.quantities.inputs import number
from opslead.text import pick


class Duty(Asks):
    """`who`: id of an actor of the brief."""

    who: str


def tool(service: Service) -> Tool:
    return tool_of(
        "duty",
        "Hours of the week in which an actor is away, and the longest stretch.",
        Duty,
        lambda asked: _answer(asked.who, service),
    )


def _answer(who: str, service: Service) -> str:
    actor = next((a for a in service.actors if who in (a.id, a.name)), None)
    if actor is None or actor.duty is None:
        known = ", ".join(a.id for a in service.actors if a.duty is not None)
        return f"Not computed: hours are stated for: {known or 'nobody'}."
    return _away(actor, service)


def _away(actor: Actor, service: Service) -> str:
    assert actor.duty is not None
    lang, away = service.language, ~actor.duty.value
    gap = away.longest()
    if gap is None:
        return result(pick(lang, "비는 시간 없음", "never away"), format_hours(actor.duty.value, lang))
    length = number((gap[1] - gap[0]) / 60)
    starts = ", ".join(f"{day_name(start, lang)} {clock(start)}" for start, _ in away.stretches()[:7])
    return result(
        pick(
            lang,
            f"주 {number(away.hours)}시간 없음, 가장 긴 공백 {format_span(gap, lang)} {length}시간, 자리를 비우기 시작: {starts}",
            f"away {number(away.hours)} hours a week, the longest {format_span(gap, lang)}, {length} hours, away from {starts}",
        ),
        f"on duty {format_hours(actor.duty.value, lang)}",
    )
