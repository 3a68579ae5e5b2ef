"""Hours of the week: who is there when, and the gaps between.

A `WeekHours` is a set of minutes of a week that begins on Monday 00:00, kept as sorted, separate intervals; a shift over
midnight on Sunday wraps to Monday. Written as people write it: `평일 10:00~19:00`, `매일 18:00~익일 09:00`, `24/7`,
`Mon-Sat 07:00-19:00`, `주말 09-21시`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opslead.text import Lang

DAY = 24 * 60
WEEK = 7 * DAY
_KO_DAYS = "월화수목금토일"
_EN_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_SETS = {
    "평일": range(5), "주중": range(5), "weekdays": range(5), "weekday": range(5), "workdays": range(5),
    "business days": range(5), "on weekdays": range(5),
    "주말": (5, 6), "weekends": (5, 6), "weekend": (5, 6),
    "매일": range(7), "daily": range(7), "every day": range(7), "연중무휴": range(7), "상시": range(7),
}  # fmt: skip
_ALWAYS = re.compile(r"24\s*/\s*7|24시간|around the clock|연중무휴 24시간|상시 운영", re.I)
_TIME = r"(?P<{0}h>\d{{1,2}})\s*(?:(?::|시\s*)(?P<{0}m>\d{{2}})?분?)?\s*(?P<{0}p>am|pm|a\.m\.|p\.m\.)?"
_RANGE = re.compile(
    r"(?P<ap1>오전|오후|새벽|밤|저녁|아침)?\s*"
    + _TIME.format("a")
    + r"\s*시?\s*(?:~|-|–|—|to|until|부터|에서)\s*(?:까지\s*)?(?P<next>익일|다음\s*날|next day)?\s*"
    + r"(?P<ap2>오전|오후|새벽|밤|저녁|아침)?\s*"
    + _TIME.format("b"),
    re.I,
)


class HoursError(ValueError):
    """Hours that no clock shows, such as 25:00."""


@dataclass(frozen=True)
class WeekHours:
    """Minutes of the week covered, as (start, end) pairs, sorted, disjoint, within [0, 10080]."""

    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> WeekHours:
        """Any intervals, also ones past Sunday midnight, merged."""
        flat: list[tuple[int, int]] = []
        for start, end in spans:
            if end > WEEK:
                flat += [(start, WEEK), (0, end - WEEK)]
            elif end > start:
                flat.append((start, end))
        merged: list[tuple[int, int]] = []
        for start, end in sorted(flat):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return cls(tuple(merged))

    @classmethod
    def always(cls) -> WeekHours:
        return cls(((0, WEEK),))

    def __or__(self, other: WeekHours) -> WeekHours:
        return WeekHours.of(self.spans + other.spans)

    def __and__(self, other: WeekHours) -> WeekHours:
        return WeekHours.of(
            (max(a, c), min(b, d)) for a, b in self.spans for c, d in other.spans if max(a, c) < min(b, d)
        )

    def __invert__(self) -> WeekHours:
        edges = [0, *(edge for span in self.spans for edge in span), WEEK]
        return WeekHours.of(zip(edges[::2], edges[1::2], strict=True))

    def __sub__(self, other: WeekHours) -> WeekHours:
        return self & ~other

    def __contains__(self, minute: int) -> bool:
        return any(start <= minute % WEEK < end for start, end in self.spans)

    @property
    def minutes(self) -> int:
        return sum(end - start for start, end in self.spans)

    @property
    def hours(self) -> float:
        return self.minutes / 60

    def without_days(self, days: Iterable[int]) -> WeekHours:
        """The hours with whole days taken out, as on a public holiday when nobody of weekday staff works."""
        return self - WeekHours.of((day * DAY, (day + 1) * DAY) for day in days)

    def stretches(self) -> tuple[tuple[int, int], ...]:
        """The spans with Sunday night joined to Monday morning: an end past 10080 belongs to the next week."""
        if len(self.spans) > 1 and self.spans[0][0] == 0 and self.spans[-1][1] == WEEK:
            first, *middle, last = self.spans
            return (*middle, (last[0], WEEK + first[1]))
        return self.spans

    def longest(self) -> tuple[int, int] | None:
        """The longest stretch, the earliest of equals; None when empty."""
        return max(self.stretches(), key=lambda span: (span[1] - span[0], -span[0]), default=None)


def day_name(minute: int, lang: Lang) -> str:
    day = minute % WEEK // DAY
    return _KO_DAYS[day] if lang == "ko" else _EN_DAYS[day].capitalize()


def clock(minute: int) -> str:
    """The time of day, `18:00`."""
    return f"{minute % DAY // 60:02d}:{minute % 60:02d}"


def format_span(span: tuple[int, int], lang: Lang) -> str:
    """A stretch with its days: `금 19:00~월 10:00`, `Fri 19:00 to Mon 10:00`."""
    joint = "~" if lang == "ko" else " to "
    return f"{day_name(span[0], lang)} {clock(span[0])}{joint}{day_name(span[1], lang)} {clock(span[1])}"


def format_hours(hours: WeekHours, lang: Lang) -> str:
    """The week in words, days with equal hours together: `평일 10:00~19:00`, `Mon-Sat 07:00-19:00`, `24/7`."""
    if hours.minutes == WEEK:
        return "24시간" if lang == "ko" else "24/7"
    by_day: list[list[tuple[int, int]]] = [[] for _ in range(7)]
    for start, end in hours.stretches():
        while end - start > DAY:  # longer than a day: cut at midnight
            midnight = (start // DAY + 1) * DAY
            by_day[start % WEEK // DAY].append((start % DAY, start % DAY + midnight - start))
            start = midnight
        by_day[start % WEEK // DAY].append((start % DAY, start % DAY + end - start))
    groups: list[tuple[list[int], list[tuple[int, int]]]] = []
    for day, spans in enumerate(by_day):
        for group in groups:
            if group[1] == spans:
                group[0].append(day)
                break
        else:
            groups.append(([day], spans))
    return ", ".join(
        f"{_days_text(days, lang)} " + ", ".join(_span_text(span, lang) for span in spans)
        for days, spans in groups
        if spans
    )


def _span_text(span: tuple[int, int], lang: Lang) -> str:
    start, end = span
    over = ("익일 " if lang == "ko" else "next day ") if end > DAY else ""
    last = "24:00" if end == DAY else clock(end)
    return f"{clock(start)}{'~' if lang == 'ko' else '-'}{over}{last}"


def _days_text(days: list[int], lang: Lang) -> str:
    known = {tuple(range(7)): ("매일", "daily"), tuple(range(5)): ("평일", "weekdays"), (5, 6): ("주말", "weekends")}
    if tuple(days) in known:
        return known[tuple(days)][lang == "en"]
    names = [day_name(day * DAY, lang) for day in days]
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{names[0]}{'~' if lang == 'ko' else '-'}{names[-1]}"
    return "·".join(names) if lang == "ko" else "/".join(names)


def parse_hours(text: str) -> WeekHours | None:
    """Hours as written; None if the text names none. Raises HoursError for times that do not exist."""
    if _ALWAYS.search(text):
        return WeekHours.always()
    matches = list(_RANGE.finditer(text))
    if not matches:
        return None
    spans: list[tuple[int, int]] = []
    position, days = 0, _days_after(text, matches) or tuple(range(7))
    for match in matches:
        days = _days(text[position : match.start()]) or days
        position = match.end()
        start, end = _minutes(match, "a", match["ap1"]), _minutes(match, "b", match["ap2"])
        noon = DAY // 2
        if (
            match["ap1"]
            and not match["ap2"]
            and not match["next"]
            and int(match["ah"]) <= 12
            and end < noon
            and noon <= start < end + noon
        ):
            end += noon  # 오후 1~5시
        if match["bp"] and not match["ap"] and noon < end and start < noon and start + noon < end:
            start += noon  # 3-5pm
        if match["next"] or end <= start:
            end += DAY
        spans += [(day * DAY + start, day * DAY + end) for day in days]
    return WeekHours.of(spans)


def _days_after(text: str, matches: Sequence[re.Match[str]]) -> tuple[int, ...]:
    """The days of `09:00-18:00 on weekdays`: named behind the hours and not before them."""
    before, after = text[: matches[0].start()], text[matches[-1].end() :]
    return () if _days(before) else _days(after)


def _minutes(match: re.Match[str], part: str, korean: str | None) -> int:
    hour, minute = int(match[f"{part}h"]), int(match[f"{part}m"] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise HoursError(f"{match[0].strip()!r}: {hour}:{minute:02d} is not a time of day")
    after_noon = (match[f"{part}p"] or "").lower().startswith("p") or korean in ("오후", "밤", "저녁")
    before_noon = (match[f"{part}p"] or "").lower().startswith("a") or korean in ("오전", "새벽")
    if after_noon and hour < 12:
        hour += 12
    elif before_noon and hour == 12:
        hour = 0
    return hour * 60 + minute


def _days(text: str) -> tuple[int, ...]:
    lowered = text.lower()
    for word, days in _DAY_SETS.items():
        if word in lowered:
            return tuple(days)
    if match := re.search(r"([월화수목금토일])(?:요일)?\s*[~\-–]\s*([월화수목금토일])(?:요일)?", text):
        return _day_range(_KO_DAYS.index(match[1]), _KO_DAYS.index(match[2]))
    english = r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*"
    if match := re.search(rf"\b{english}\s*(?:-|–|to|through)\s*{english}", lowered):
        return _day_range(_EN_DAYS.index(match[1]), _EN_DAYS.index(match[2]))
    found = {
        _KO_DAYS.index(m)
        for m in re.findall(r"([월화수목금토일])(?:요일|(?=[·,/\s]*$)|(?=[·,/][월화수목금토일]))", text)
    }
    found |= {_EN_DAYS.index(m[:3]) for m in re.findall(rf"\b{english}", lowered)}
    return tuple(sorted(found))


def _day_range(first: int, last: int) -> tuple[int, ...]:
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))
