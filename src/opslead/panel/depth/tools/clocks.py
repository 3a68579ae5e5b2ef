"""Two clocks against each other: which ends first, and by how much."""

from __future__ import annotations

from datetime import timedelta

from opslead.model.calendar import DAY, clock
from opslead.model.measure import format_duration
from opslead.model.service import Service
from opslead.panel.answers import Clock
from opslead.panel.depth.tools.tool import Asks, beyond, result, tool_of
from opslead.panel.port import Tool
from opslead.text import Lang, pick

_LONGEST = 90 * DAY


class Clocks(Asks):
    """Each clock runs from a time of day for some minutes (a deadline by the clock: 0 minutes)."""

    first_start: Clock
    first_minutes: float
    second_start: Clock
    second_minutes: float


def tool(service: Service) -> Tool:
    lang = service.language

    return tool_of(
        "clocks",
        "Which of two clocks (start HH:MM of the same day, minutes) ends first, and by how much.",
        Clocks,
        lambda asked: _answer(asked, lang),
    )


def _answer(asked: Clocks, lang: Lang) -> str:
    lengths = (("first_minutes", asked.first_minutes), ("second_minutes", asked.second_minutes))
    if wrong := beyond((name, value, 0, _LONGEST) for name, value in lengths):
        return wrong
    first = _minute(asked.first_start) + round(asked.first_minutes)
    second = _minute(asked.second_start) + round(asked.second_minutes)
    gap = format_duration(timedelta(minutes=abs(first - second)), lang)
    shown = pick(
        lang,
        f"첫째 {_at(first, lang)}, 둘째 {_at(second, lang)}",
        f"first {_at(first, lang)}, second {_at(second, lang)}",
    )
    if first == second:
        said = pick(lang, f"같이 끝난다: {shown}", f"they end together: {shown}")
    elif first < second:
        said = pick(lang, f"첫째가 {gap} 먼저 끝난다: {shown}", f"the first ends {gap} earlier: {shown}")
    else:
        said = pick(lang, f"둘째가 {gap} 먼저 끝난다: {shown}", f"the second ends {gap} earlier: {shown}")
    return result(
        said,
        f"{asked.first_start} + {asked.first_minutes:g} min; {asked.second_start} + {asked.second_minutes:g} min",
    )


def _minute(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def _at(minute: int, lang: Lang) -> str:
    days = minute // DAY
    return clock(minute) + (pick(lang, f"(+{days}일)", f" (+{days} d)") if days else "")
