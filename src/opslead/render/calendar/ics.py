"""RFC 5545: whole-day events, lines folded at 75 octets, the same bytes for the same reviews."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from opslead.render.calendar.reviews import Review
from opslead.render.plain import printable

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:opslead:review")
_OCTETS = 75


def calendar(name: str, start: date, reviews: Iterable[Review]) -> bytes:
    """`start` is also the stamp of all events, since nothing here reads a clock. Events of one `name` keep their ids from run to run."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//opslead//review dates//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for review in reviews:
        lines += _event(name, start, review)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def _event(name: str, start: date, review: Review) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid.uuid5(_SPACE, printable(name) + chr(0) + printable(review.key))}"
    yield f"DTSTAMP:{start:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{review.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{review.day + timedelta(days=1):%Y%m%d}"
    if review.quarterly:
        yield "RRULE:FREQ=MONTHLY;INTERVAL=3"
    yield f"SUMMARY:{_text(review.title)}"
    if review.text:
        yield f"DESCRIPTION:{_text(review.text)}"
    yield "CATEGORIES:opslead"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    escaped = printable(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, each but the first after a blank, no character cut."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece += character
        size += octets
    yield piece
