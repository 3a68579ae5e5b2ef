"""What stays: papers after the check they were for, records gone before the quarrel they are for, places of people who were only waiting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from opslead.lenses.exposure.ends import end_stated, stems_of
from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.model.measure import format_duration, format_number
from opslead.model.service import Clock, Service
from opslead.text import noun_phrase, pick

_PAPERS = (
    "신분증",
    "identity document",
    "생체 정보",
    "biometric data",
    "주민등록번호",
    "national id number",
    "신용 정보",
    "credit data",
)
_COPY = re.compile(
    r"(?:신분증|면허증?|여권|얼굴)\S*\s?(?:앞뒤\s?|사진\s?|사본\s?)*[을를]?\s?(?:제출|업로드|촬영|스캔|등록|찍)|신분증 사본"
    r"|(?:licen[cs]e|passport|\bid\b|identity (?:documents?|cards?)).{0,30}?(?:upload|scan|photo|front|cop(?:y|ies))"
    r"|(?:upload|scan|photo\w*|cop(?:y|ies)) .{0,30}?(?:licen[cs]e|passport|identity (?:document|card))|selfie|fingerprint|지문|셀카",
    re.I,
)
_REMOTE = re.compile(
    r"(?:신분증|면허)\S*\s?인증|(?:licen[cs]e|passport|\bID\b) (?:verification|check) (?:in the app|online)", re.I
)
_PROOF = re.compile(
    r"CCTV|영상|녹화|사진|기록|이력|로그|footage|video|recording|photo|\blogs?\b|history|chat|evidence", re.I
)
_QUARREL = re.compile(r"이의|분쟁|클레임|반품|파손 신고|차지백|disput|claim|\breturns?\b|chargeback|complain", re.I)
_KEPT = re.compile(r"보관|보존|삭제|파기|\bkept\b|\bkeep|delet|retain|stored", re.I)
_KEEPING = re.compile(
    r"\s*(?:자동\s?)?(?:보관|보존|삭제|파기)(?:\s?후)?(?:\s?자동\s?삭제)?$|\s(?:are |is )?(?:kept|deleted|stored|retained)$",
    re.I,
)
_WAITING = re.compile(r"대기|비배달|쉬는|\b(?:idle|waiting|stand-?by|off duty|between jobs)\b", re.I)
_PLACE = re.compile(r"위치|\bGPS\b|location", re.I)
SHIFT_HOURS = 8
"""Starting value: hours of a working day spent waiting and moving between jobs."""


def papers_after_check(service: Service) -> Iterator[Hole]:
    """Identity papers, faces and the like, needed for one decision, with no stated end."""
    items = [p for p in service.personal_data if p.item in _PAPERS and not end_stated(service, stems_of(p.item))]
    copied = [p for p in items if p.medium in ("photo", "paper", "export") or _COPY.search(p.source.text)]
    shown = copied or [p for p in items if _REMOTE.search(p.source.text)]
    if not shown:
        return
    lang = service.language
    names = pick(lang, "·", " and ").join(dict.fromkeys(p.item for p in shown))
    step = next(
        (
            s
            for s in service.steps("verify", "review", "approve")
            if s.source.basis != "assumed" and any(w in s.source.text.lower() for p in shown for w in stems_of(p.item))
        ),
        None,
    )
    sources = [*(p.source for p in shown), *((step.source,) if step else ())]
    place = step.id if step else "papers"
    evidence = (Quotation(tuple(dict.fromkeys(sources))),)
    slots = {"items": names, "item": names}
    yield find(service, "exposure.papers_after_check", place, slots, evidence, certain=bool(copied))


def kept_too_short(service: Service) -> Iterator[Hole]:
    """Records that serve as proof and go before the stated time for complaints is over."""
    pairs: list[tuple[timedelta, Clock, Clock]] = []
    for kept in service.clocks:
        if kept.kind != "retention" or kept.length is None or not _PROOF.search(f"{kept.subject} {kept.source.text}"):
            continue
        for window in service.clocks:
            if window.kind not in ("window", "deadline") or window.length is None or not _about_quarrel(window):
                continue
            if window.length.value > kept.length.value:
                pairs.append((window.length.value - kept.length.value, kept, window))
    if not pairs:
        return
    gap, kept, window = max(pairs, key=lambda p: (p[0], p[1].subject, p[2].subject))
    assert kept.length is not None
    assert window.length is not None
    lang = service.language
    long, short = format_duration(window.length.value, lang), format_duration(kept.length.value, lang)
    blind = format_duration(gap, lang)
    slots = {
        "proof": noun_phrase(_KEEPING.sub("", kept.subject), lang) or pick(lang, "기록", "the record"),
        "keep": short,
        "quarrel": noun_phrase(window.subject, lang) or pick(lang, "이의", "a complaint"),
        "window": long,
        "blind": blind,
    }
    evidence: list[Evidence] = [
        Arithmetic(
            f"{long} - {short} = {blind}",
            pick(lang, f"증거 없이 다투는 {blind}", f"{blind} of quarrels without proof"),
            (window.source, kept.source),
        )
    ]
    yield find(service, "exposure.kept_too_short", "retention", slots, tuple(evidence))


def _about_quarrel(window: Clock) -> bool:
    """By its subject, or by its sentence where that speaks of nothing that is kept."""
    text = window.source.text
    return _QUARREL.search(window.subject) is not None or (_QUARREL.search(text) is not None and not _KEPT.search(text))


def idle_location(service: Service) -> Iterator[Hole]:
    """Where people are while they only wait, collected at an interval and kept for a stated time meant for jobs."""
    kept = next(
        (
            c
            for c in service.clocks
            if c.kind == "retention" and c.length and _PLACE.search(f"{c.subject} {c.source.text}")
        ),
        None,
    )
    tick = next(
        (c for c in service.clocks if c.kind == "cycle" and c.length and c.length.value and _WAITING.search(c.subject)),
        None,
    )
    if kept is None or kept.length is None or tick is None or tick.length is None:
        return
    lang = service.language
    an_hour = 3600 / tick.length.value.total_seconds()
    days = kept.length.value.days
    points = an_hour * SHIFT_HOURS * days
    shown = f"{format_number(an_hour)}/h × {SHIFT_HOURS}† h × {days} = {points:,.0f}"
    slots = {
        "tick": format_duration(tick.length.value, lang),
        "keep": format_duration(kept.length.value, lang),
        "points": f"{points:,.0f}†",
        "keep.length": format_duration(kept.length.value, lang),
    }
    said = pick(lang, f"한 사람에 {points:,.0f}곳", f"{points:,.0f} places for one person")
    evidence = (Quotation((tick.source, kept.source)), Arithmetic(shown, said, (tick.source, kept.source)))
    yield find(service, "exposure.idle_location", "location", slots, evidence)
