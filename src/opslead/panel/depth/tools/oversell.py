"""How many more to promise than there are."""

from __future__ import annotations

from opslead.model.service import Service
from opslead.panel.depth.tools.tool import Asks, beyond, result, tool_of
from opslead.panel.port import Tool
from opslead.quantities.overbooking import oversell
from opslead.text import Lang, pick


class Oversell(Asks):
    """`no_show`: a share; `walk`: what one sent away costs, in prices of a case."""

    units: int
    no_show: float
    walk: float


def tool(service: Service) -> Tool:
    lang = service.language

    return tool_of("oversell", "How many more to sell than units that anybody may get (a unit promised by name: units 1).", Oversell, lambda asked: _answer(asked, lang),)  # fmt: skip


def _answer(asked: Oversell, lang: Lang) -> str:
    wrong = beyond(
        (
            ("units", asked.units, 1, 100_000),
            ("no_show", asked.no_show, 0.0001, 0.9),
            ("walk", asked.walk, 0.1, 1000),
        )
    )
    if wrong:
        return wrong
    extra = oversell(asked.units, 1 - asked.no_show, 1.0, asked.walk)
    return result(
        pick(lang, f"{extra}건 더", f"{extra} more"),
        f"sell while 1 > {asked.walk:g} × {100 * (1 - asked.no_show):g}% × P(all {asked.units} are taken)",
    )
