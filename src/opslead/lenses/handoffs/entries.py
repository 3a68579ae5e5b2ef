"""What is written on paper or in a sheet first and enters the system at a time of day: who writes, when it enters, how old it is by then.

Read off one sentence that names all three: the medium, the act of copying, the time (`엑셀에 적었다가 저녁에 옮겨 적는다`, `ticks it off on
a paper list and types the list into the system at closing time`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from opslead.lenses.people import attended, stated_performers
from opslead.model.calendar import DAY, WEEK, WeekHours, clock
from opslead.model.service import Actor, Basis, Channel, Service, Source, Step
from opslead.text import STARTING, Lang

GRID = 5
"""Minutes between the moments at which a wait is sampled."""
CALLING = WeekHours.of((day * DAY + 9 * 60, day * DAY + 21 * 60) for day in range(7))
"""The hours in which people are taken to call where somebody answers around the clock: opslead's assumption."""

_MEDIUM = re.compile(
    r"엑셀|스프레드시트|(?:구글 ?)?시트|종이 ?(?:장부|대장|목록)|장부|대장|수첩|공책|노트|종이|화이트보드"
    r"|\b(?:google |excel )?spreadsheet\b|\bexcel\b|\bpaper (?:list|form|book|ledger|sheet)\b|\bnotebook\b|\bledger\b|\bwhiteboard\b"
    r"|\bclipboard\b|\blog ?book\b|\bpaper\b",
    re.I,
)
_ENTERS = re.compile(
    r"옮겨 ?적|옮긴|옮긴다|옮깁니다|옮겨|입력한|입력합|입력해|등록한|등록합|전산에|올린다|올립니다"
    r"|\btyp(?:es?|ed|ing)\b|\benter(?:s|ed)?\b|\bcop(?:y|ies|ied)\b|\bkey(?:s|ed)? (?:it |them )?in|\bupload(?:s|ed)?\b"
    r"|\btransfer(?:s|red)? (?:it |them |the list )?(?:in)?to the system",
    re.I,
)
_AT = re.compile(
    r"(?P<word>마감 ?(?:때|시간|후|뒤)?에?|퇴근 ?(?:전|때)에?|업무 ?종료 ?(?:후|때)|영업 ?(?:종료|끝)|저녁|점심 ?(?:시간|때)?|(?:다음 ?날 )?아침|밤)"
    r"|(?P<english>(?:at|by|before|after|around)? ?(?:closing(?: time)?|(?:the )?end of (?:the |each )?(?:day|shift))"
    r"|in the evenings?|every evening|at lunch(?: ?time)?|over lunch|(?:the )?next morning|every morning|at night|overnight)"
    r"|(?P<half>오전|오후)? ?(?P<hour>\d{1,2})시(?!간)|\bat (?P<h>\d{1,2})(?::(?P<m>\d{2}))? ?(?P<ap>[ap]m)?\b",
    re.I,
)
_CLOSING = re.compile(r"마감|퇴근|종료|끝|closing|end of", re.I)
_USUAL = (
    (re.compile(r"저녁|evening", re.I), 19 * 60),
    (re.compile(r"점심|lunch", re.I), 12 * 60),
    (re.compile(r"아침|morning", re.I), 9 * 60),
    (re.compile(r"밤|night", re.I), 22 * 60),
)
"""The time of day a word is taken for: opslead's assumption."""


@dataclass(frozen=True)
class LateEntry:
    """`moments` are the minutes of the week at which lines enter the system, `taking` the hours in which they are written."""

    source: Source
    medium: str
    at: str
    assumed: bool
    step: Step | None
    channel: Channel | None
    writers: tuple[Actor, ...]
    taking: WeekHours
    moments: tuple[int, ...]

    def wait(self, minute: int) -> int:
        """Minutes from that minute of the week to the next entry; a line written at the moment itself waits for the next."""
        return min((moment - minute - 1) % WEEK + 1 for moment in self.moments)

    @cached_property
    def samples(self) -> tuple[int, ...]:
        """The wait of lines written evenly over the hours of taking, in minutes; by day where somebody answers all night."""
        hours = self.taking & CALLING if self.round_the_clock else self.taking
        return tuple(self.wait(minute) for start, end in hours.spans for minute in range(start, end, GRID))

    @property
    def place(self) -> str:
        """The id of what it is about in the model."""
        return self.step.id if self.step else self.channel.id if self.channel else "record"

    @property
    def round_the_clock(self) -> bool:
        return self.taking.minutes == WEEK

    @property
    def mean_hours(self) -> float:
        """The mean age of a line when it enters; samples stand at the left edge of their grid cell."""
        return (sum(self.samples) / len(self.samples) - GRID / 2) / 60

    @property
    def oldest_hours(self) -> float:
        """How old a line gets at most, taken right after an entry or before the longest gap between two."""
        return max(self.wait(minute) for start, end in self.taking.spans for minute in range(start, end, GRID)) / 60


def late_entries(service: Service) -> Iterator[LateEntry]:
    """Every such practice in the description whose writers and their hours are stated, in the order of the text."""
    for source in _sentences(service):
        medium = _MEDIUM.search(source.text)
        if medium is None or not _ENTERS.search(source.text, medium.end()):
            continue
        step = _step(service, source.text)
        writers = stated_performers(service, step.kind, step) if step else _named_in(service, source.text)
        found = _AT.search(source.text, medium.end()) or _AT.search(source.text)
        taking = attended(writers)
        if found is None or taking is None or not taking.minutes:
            continue
        at, assumed, moments = _moments(found, taking)
        if moments:
            channel = _channel(service, source)
            yield LateEntry(source, medium.group(), at, assumed, step, channel, writers, taking, moments)


def _moments(found: re.Match[str], taking: WeekHours) -> tuple[str, bool, tuple[int, ...]]:
    """The time of day of the entry as it prints, whether it stands for a word, and its minutes of the week."""
    if _CLOSING.search(found.group()):
        closings = tuple(sorted({end % WEEK for _, end in taking.stretches()})) if taking.minutes < WEEK else ()
        return (clock(closings[0]) if closings else ""), False, closings
    minute, assumed = _minute(found)
    moments = tuple(day * DAY + minute for day in range(7) if day * DAY + minute in taking)
    return clock(minute) + (STARTING if assumed else ""), assumed, moments


def _named_in(service: Service, text: str) -> tuple[Actor, ...]:
    """The people whose name the sentence holds, where no step of theirs was read from it."""
    return tuple(a for a in service.people if a.name.split("(")[0].strip().lower() in text.lower())


def _minute(found: re.Match[str]) -> tuple[int, bool]:
    """The minute of the day, and whether it stands for a word."""
    if found["hour"] or found["h"]:
        hour = int(found["hour"] or found["h"])
        later = found["half"] == "오후" or (found["ap"] or "").lower() == "pm"
        return (hour % 12 + 12 if later else hour) % 24 * 60 + int(found["m"] or 0), False
    word = found.group()
    return next((minute for pattern, minute in _USUAL if pattern.search(word)), 19 * 60), True


def _sentences(service: Service) -> Iterator[Source]:
    """Every quotation of the description, the longest first so that the whole sentence wins over its parts."""
    sources = [m.source for m in service.mentions] + [s.source for s in service.steps()]
    sources += [r.source for r in service.rules] + [c.source for c in service.channels]
    given = {s.text: s for s in sources if s.basis is Basis.GIVEN}
    texts = sorted(given, key=lambda text: (-len(text), text))
    whole = [text for order, text in enumerate(texts) if not any(text in longer for longer in texts[:order])]
    order = {text: number for number, text in enumerate(given)}
    yield from (given[text] for text in sorted(whole, key=order.__getitem__))


def _step(service: Service, text: str) -> Step | None:
    """The step that the sentence tells of: the one of somebody on the staff first."""
    told = [s for s in service.steps() if s.source.basis is Basis.GIVEN and s.source.text.rstrip(".") in text]
    return next((s for s in told if s.actor is not None and s.actor in service.people), None)


def _channel(service: Service, source: Source) -> Channel | None:
    """The channel whose cases are written down so: named in the same sentence before the medium, the nearest one."""
    medium = _MEDIUM.search(source.text)
    before = source.text[: medium.start()] if medium else ""
    named = [(before.rfind(c.name), c) for c in service.channels if c.sync == "manual" and c.name in before]
    return max(named, key=lambda pair: pair[0])[1] if named else None


def media(entry: LateEntry, lang: Lang) -> str:
    """The medium as it reads inside a sentence: `엑셀`, `the paper list`."""
    if lang == "ko":
        return entry.medium
    return "the spreadsheet" if "excel" in entry.medium.lower() else "the " + entry.medium.lower()
