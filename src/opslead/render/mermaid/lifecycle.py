"""The life of a case: a state after every step, the ways out, what ends by itself, and the holes where they sit."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.model.service import Flow
from opslead.spec.document import Specification
from opslead.text import Lang, pick

_OWN = str.maketrans({c: f"#{ord(c)};" for c in ';:#<>{}%"`[]'})
"""What Mermaid reads as its own, as the numbered signs that it shows."""


def plain(text: str) -> str:
    """Words of a document that start nothing in a diagram."""
    return " ".join(text.split()).translate(_OWN)


def lifecycle(flow: Flow, specification: Specification) -> str:
    """A state diagram, ending in a newline."""
    return "\n".join(_lines(flow, specification, specification.language)) + "\n"


def _lines(flow: Flow, specification: Specification, lang: Lang) -> Iterator[str]:
    yield "stateDiagram-v2"
    yield "  direction LR"
    yield f"  %% {plain(flow.name or flow.id)}"
    over = pick(lang, "기한 지남", "time is up")
    before = "[*]"
    for number, step in enumerate(flow.steps, 1):
        doer = step.actor.name if step.actor else step.partner.name if step.partner else ""
        name = step.name or step.title(lang)
        yield f'  state "{plain(name)}" as S{number}'
        yield f"  {before} --> S{number}" + (f" : {plain(doer)}" if doer else "")
        if step.within:
            minutes = step.within.source.text if step.within.source.text and len(step.within.source.text) < 40 else ""
            yield f"  S{number} --> [*] : {over}" + (f" ({plain(minutes)})" if minutes else "")
        before = f"S{number}"
        yield from _note(f"S{number}", step.id, specification, lang)
    yield f"  {before} --> [*]"
    for number, way in enumerate(flow.exits, 1):
        yield f'  state "{plain(way.name or way.kind)}" as X{number}'
        source = f"S{len(flow.steps)}" if flow.steps else "[*]"
        yield f"  {source} --> X{number}" + (f" : {plain(way.by.name)}" if way.by else "")
        yield f"  X{number} --> [*]"
        yield from _note(f"X{number}", way.id, specification, lang)


def _note(state: str, place: str, specification: Specification, lang: Lang) -> Iterator[str]:
    """The holes of a step with the numbers of the policies that close them."""
    holes = [mode for mode in specification.findings if mode.id.rpartition("@")[2] == place]
    if not holes:
        return
    yield f"  note right of {state}"
    for mode in holes:
        closing = ", ".join(f"no. {p.number}" for p in specification.policies if mode.id in p.closes)
        shut = pick(lang, f" → 정책 {closing.replace('no. ', '')}", f" → {closing}") if closing else ""
        yield f"    {plain(mode.condition)}{shut}"
    yield "  end note"
