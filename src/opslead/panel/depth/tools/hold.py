"""How long a hold should last."""

from __future__ import annotations

from opslead.model.service import Service
from opslead.panel.depth.tools.tool import Asks, beyond, result, tool_of
from opslead.panel.port import Tool
from opslead.quantities.hold_time import best_length, lost_sales
from opslead.quantities.inputs import minutes_words, number, usable_minutes
from opslead.text import Lang, pick

_AWAY, _GONE = 0.5, 0.5
"""Shares of those turned away, and of those cut off, who do not come back: opslead's starting values for holds."""


class Hold(Asks):
    """`buyers` an hour for one unit, `never` the share of holds that never pay, minutes to pay: median and 95% point."""

    buyers: float
    never: float
    median: float
    p95: float


def tool(service: Service) -> Tool:
    lang = service.language

    return tool_of(
        "hold",
        "Hold time with the fewest lost sales: dead holds against payments cut off.",
        Hold,
        lambda asked: _answer(asked, lang),
    )


def _answer(asked: Hold, lang: Lang) -> str:
    wrong = beyond(
        (
            ("buyers", asked.buyers, 0.001, 100_000),
            ("never", asked.never, 0.001, 0.99),
            ("median", asked.median, 0.05, 10_000),
            ("p95", asked.p95, 1.05 * asked.median, 100_000),
        )
    )
    if wrong:
        return wrong
    best, low, high = best_length(
        lambda t: lost_sales(t, asked.buyers, asked.never, _AWAY, _GONE, asked.median, asked.p95),
        asked.median,
        asked.p95,
    )
    shown = tuple(minutes_words(usable_minutes(minutes), lang) for minutes in (best, low, high))
    return result(
        pick(lang, f"{shown[0]}({shown[1]}~{shown[2]}이면 거의 같음)", f"{shown[0]} ({shown[1]} to {shown[2]} hardly differ)"),
        f"newsvendor on time: {number(asked.buyers)} buyers/h, {100 * asked.never:g}% never pay, lognormal {asked.median:g}/{asked.p95:g} min, "
        f"turned away for good {_AWAY:.0%}, cut off for good {_GONE:.0%} (starting values)",
    )  # fmt: skip
