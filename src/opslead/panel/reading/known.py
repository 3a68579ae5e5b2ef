"""What the rules have read of a part of the text, in short lines, so that a model adds and does not repeat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from opslead.errors import Place
from opslead.intake.page.readers import Source
from opslead.model import document as doc

MOST_LINES = 90
"""Lines of the rules' reading that go into one ask; the rest is only counted."""


@dataclass(frozen=True)
class Section:
    """Whole lines of one source, from `first` to `last`."""

    source: Source
    first: int
    last: int

    @property
    def text(self) -> str:
        return "\n".join(self.source.text.splitlines()[self.first - 1 : self.last])

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(str(self.source.place(number)) for number in range(self.first, self.last + 1))

    def holds(self, at: str) -> bool:
        """Whether a place, as `file:line` or as the document's own, lies in the section."""
        return at in self._places

    @property
    def place(self) -> Place:
        return self.source.place(self.first)


def sections(source: Source, most: int) -> tuple[Section, ...]:
    """The source in parts of at most `most` letters, cut before headings where one is near, else before paragraphs, else lines."""
    lines = source.text.splitlines()
    parts, first, length, good = [], 1, 0, 0
    for number, line in enumerate(lines, 1):
        before = lines[number - 2].strip() if number > 1 else ""
        if number > first and (line.startswith("#") or (not before and not good)):
            good = number
        if length + len(line) > most and number > first:
            cut = good if good > first else number
            parts.append(Section(source, first, cut - 1))
            first, good = cut, 0
            length = sum(len(other) + 1 for other in lines[cut - 1 : number - 1])
        length += len(line) + 1
    return (*parts, Section(source, first, len(lines)))


def known_lines(text: doc.ServiceText, section: Section) -> str:
    """The entries read from the section, and by name everybody and everything that is known at all."""
    lines = [
        "people: " + _names(text.actors),
        "partners: " + _names(text.partners),
        "channels: " + _names(text.channels),
        "things: " + _names(text.resources),
        "flows: " + _names(text.flows),
        *(line for at, line in _entries(text) if section.holds(at)),
    ]
    more = len(lines) - MOST_LINES
    return "\n".join([*lines[:MOST_LINES], *([f"… and {more} more"] if more > 0 else [])])


def _names(items: tuple[doc.Entity, ...]) -> str:
    return ", ".join(item.name for item in items) or "none"


def _entries(text: doc.ServiceText) -> Iterator[tuple[str, str]]:
    """Every entry with its place, in the order of the model."""
    for actor in text.actors:
        may = [f"{a.action} alone{_value(' up to', a.limit)}" for a in actor.authority]
        parts = [actor.role.value, *_values(count=actor.count, duty=actor.duty), *may]
        yield actor.at, f"- person {actor.name}: " + ", ".join(parts)
    for partner in text.partners:
        yield (
            partner.at,
            f"- partner {partner.name}: "
            + ", ".join([partner.kind, partner.mode, *_values(latency=partner.latency, worst=partner.worst)]),
        )
    for flow in text.flows:
        for step in flow.steps:
            if not step.assumed:
                extra = [x for x in (step.actor, step.partner, step.via, *_values(within=step.within)) if x]
                yield step.at, f"- step of {flow.name}: {step.kind} “{step.given}”" + "".join(f", {x}" for x in extra)
        for way in flow.exits:
            rungs = [f"{t.until} {(t.share or t.amount or doc.Said(value='?')).value}" for t in way.tiers]
            yield way.at, f"- way out of {flow.name}: {way.kind} {way.name}" + "".join(f", {rung}" for rung in rungs)
    yield from _numbers(text)
    for control in text.controls:
        yield control.at, f"- control {control.kind.value} on {', '.join(control.on) or 'all'}: “{control.given}”"
    for item in text.personal_data:
        yield item.at, f"- personal data: {item.item} {item.medium}".rstrip()
    for later in text.later:
        yield later.at, f"- later: {later.text}"


def _numbers(text: doc.ServiceText) -> Iterator[tuple[str, str]]:
    for clock in text.clocks:
        yield clock.at, f"- clock {clock.kind}: {clock.subject}{_value('', clock.length)}{_value('', clock.time)}"
    for rate in text.rates:
        yield rate.at, f"- rate {rate.kind}: {rate.subject} {rate.share.value}"
    for volume in text.volumes:
        yield volume.at, f"- volume {volume.kind}: {volume.subject} {volume.amount.value} {volume.per}".rstrip()
    for money in text.money:
        values = "".join(_value("", said) for said in (money.amount, money.share, money.due))
        yield money.at, f"- money {money.kind}: {money.subject}{values}"
    for limit in text.limits:
        yield limit.at, f"- limit {limit.bound}: {limit.subject} {limit.amount.value}{limit.unit}"


def _value(word: str, said: doc.Said | None) -> str:
    return f"{word} {said.value}" if said is not None else ""


def _values(**said: doc.Said | None) -> list[str]:
    return [f"{name} {value.value}" for name, value in said.items() if value is not None]
