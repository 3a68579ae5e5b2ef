"""How much one person may give away alone."""

from __future__ import annotations

from opslead.model.service import Service
from opslead.panel.depth.tools.tool import Asks, beyond, result, tool_of
from opslead.panel.port import Tool
from opslead.quantities.compensation import alone_limit
from opslead.quantities.inputs import money_words, nice, wage_input


class Alone(Asks):
    """`minutes`: of each of two people when it is passed on; `without_cause`: the share that would be given for nothing."""

    minutes: float
    without_cause: float


def tool(service: Service) -> Tool:
    return tool_of(
        "alone",
        "Up to which sum deciding alone is cheaper than a second approval.",
        Alone,
        lambda asked: _answer(asked, service),
    )


def _answer(asked: Alone, service: Service) -> str:
    wage = wage_input(service)
    if wage is None:
        return f"Not computed: no cost of an hour of work is known in {service.currency}."
    wrong = beyond((("minutes", asked.minutes, 0.1, 600), ("without_cause", asked.without_cause, 0.001, 1)))
    if wrong:
        return wrong
    cost = 2 * asked.minutes / 60 * wage.value
    limit = nice(alone_limit(cost, asked.without_cause))
    return result(
        money_words(limit, service),
        f"2 × {asked.minutes:g} min × {money_words(wage.value, service)}/h = {money_words(round(cost), service)}, over {100 * asked.without_cause:g}% without cause ({wage.source.text})",
    )
