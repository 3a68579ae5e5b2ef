"""Cases that close by themselves while the goods still stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.contradictions.said import clocks, given, quote, quoted, short, silent, span
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole
from opslead.model.service import Service

_COLLECT = re.compile(r"픽업|수령|찾아|미수령|회수|pick-?up|collect", re.I)
_AUTO = re.compile(r"자동|auto", re.I)
_DONE = re.compile(r"완료|종료|complet|clos|done", re.I)
_LEFT_OVER = re.compile(
    r"폐기|보관|재조리|재제작|재판매|기부|discard|dispos|thrown?\s?away|storage|stored|kept for|resell|donat|re-?make",
    re.I,
)
_BLOCKED = re.compile(
    r"(?:COMPLETED|완료)[^→>]{0,30}(?:→|->)\s*4\d\d|(?:완료|completed)[^.]{0,20}(?:취소|환불)[^.]{0,10}(?:불가|없)|(?:complet\w+)[^.]{0,30}(?:cannot|can't|not) be (?:cancel|refund)",
    re.I,
)


def look(service: Service) -> Iterator[Hole]:
    """What was made for somebody still stands there when the clock has closed the case."""
    ready = [c for c in clocks(service, ("timeout",), _DONE) if _AUTO.search(f"{c.subject} {c.source.text}")]
    collected = clocks(service, ("timeout",), _COLLECT)
    made = next(iter(given(service, "make", "store")), None)
    if not ready or not collected or made is None or not silent(service, _LEFT_OVER):
        return
    clock = next((c for c in ready if c in collected), ready[0])
    if clock.length is None:
        return
    blocked = next((quoted(rule) for rule in service.rules if _BLOCKED.search(rule.text)), None)
    started = next((c for c in ready if c is not clock and re.search(r"READY|준비|ready", c.source.text)), None)
    lang = service.language
    owner = next((a.name for a in service.people if "make" in a.does or "store" in a.does), "")
    slots = {
        "subject": short(clock.subject),
        "length": span(clock.length.value, lang),
        "end": short(clock.subject),
        "blocked": short(blocked.text) if blocked else "",
        "who": owner,
    }
    evidence = (quote(clock.source, started.source if started else None, blocked, made.source),)
    yield find(service, "contradictions.closed_uncollected", made.id, slots, evidence)
