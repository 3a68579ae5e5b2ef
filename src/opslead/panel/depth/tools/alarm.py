"""When a count, or silence, is a signal."""

from __future__ import annotations

from typing import Literal

from opslead.model.measure import format_duration
from opslead.model.service import Service
from opslead.panel.depth.tools.tool import Asks, beyond, result, tool_of
from opslead.panel.port import Tool
from opslead.quantities.inputs import number
from opslead.quantities.thresholds import count_at_least, suspicious_silence, upper_control_limit
from opslead.text import Lang, pick


class Alarm(Asks):
    """`mean`: the usual count in one `period`."""

    mean: float
    period: Literal["hour", "day", "week"]


_HOURS = {"hour": 1, "day": 24, "week": 168}


def tool(service: Service) -> Tool:
    lang = service.language

    return tool_of(
        "alarm",
        "Control limit above a usual mean count a period, and how long silence is a signal.",
        Alarm,
        lambda asked: _answer(asked, lang),
    )


def _answer(asked: Alarm, lang: Lang) -> str:
    if wrong := beyond((("mean", asked.mean, 0.001, 1_000_000),)):
        return wrong
    limit = upper_control_limit(asked.mean)
    silence = format_duration(suspicious_silence(asked.mean / _HOURS[asked.period]), lang)
    chance = 100 * count_at_least(limit, asked.mean)
    return result(
        pick(lang, f"{limit:,}건 이상이면 신호, {silence} 동안 없으면 신호", f"{limit:,} or more is a signal, silence of {silence} is a signal"),
        f"c-chart: mean {number(asked.mean)} a {asked.period}, mean + 3·√mean; by chance {chance:.2g}% of periods; silence ln(1000)/rate",
    )  # fmt: skip
