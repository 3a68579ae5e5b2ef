"""Load and waiting: how busy people are, how long cases wait, how many people keep the wait short."""

from __future__ import annotations

from opslead.model.service import Service
from opslead.panel.depth.tools.tool import Asks, beyond, result, tool_of
from opslead.panel.port import Tool
from opslead.quantities.inputs import minutes_words, number
from opslead.quantities.staffing import erlang_c, mean_wait_minutes, offered_load, servers_for
from opslead.text import Lang, pick


class Queue(Asks):
    """Work arriving by the hour. `people`: how many do it; 0: how many are needed for `wait` minutes on average."""

    per_hour: float
    minutes: float
    people: int = 0
    wait: float = 10


def tool(service: Service) -> Tool:
    lang = service.language

    return tool_of(
        "queue",
        "Erlang C: utilisation and average wait of cases per_hour, minutes each, with people; people 0: people needed for wait minutes.",
        Queue,
        lambda asked: _answer(asked, lang),
    )


def _answer(asked: Queue, lang: Lang) -> str:
    wrong = beyond(
        (
            ("per_hour", asked.per_hour, 0.001, 10_000),
            ("minutes", asked.minutes, 0.01, 1440),
            ("people", asked.people, 0, 500),
            ("wait", asked.wait, 0.1, 1440),
        )
    )
    if wrong:
        return wrong
    load = offered_load(asked.per_hour, asked.minutes)
    if load > 400:
        return f"Not computed: {number(load)} people's work at once; allowed is up to 400."
    formula = f"{number(asked.per_hour)}/h × {number(asked.minutes)} min / 60 = {number(load)} Erlang; Erlang C"
    if not asked.people:
        needed = servers_for(asked.per_hour, asked.minutes, asked.wait)
        return result(
            pick(lang, f"{needed}명", f"{needed} people"), f"{formula}, average wait at most {asked.wait:g} min"
        )
    busy = f"{100 * load / asked.people:.0f}%"
    if load >= asked.people:
        said = pick(lang, f"{busy}: 줄이 끝없이 는다", f"{busy} busy: the queue grows without end")
        return result(said, f"{formula}, {asked.people} people")
    wait = mean_wait_minutes(asked.per_hour, asked.minutes, asked.people)
    share = f"{100 * erlang_c(load, asked.people):.0f}%"
    length = minutes_words(max(wait, 1 / 60), lang)
    said = pick(
        lang, f"{busy} 바쁨, {share}가 기다림, 평균 {length}", f"{busy} busy, {share} wait, {length} on average"
    )
    return result(said, f"{formula}, {asked.people} people")
