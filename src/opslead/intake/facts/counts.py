"""Counts: how much there is in a period (volumes), and what bounds something countable (limits)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.intake.amounts.frames import Amount, Scene
from opslead.intake.amounts.quantities import Measure, Sort
from opslead.intake.facts.made import limit, said
from opslead.intake.page.passages import Form
from opslead.model.document import LimitText, VolumeText

_PERIODS = frozenset(["second", "minute", "hour", "day", "week", "month", "year"])
_CASES = re.compile(
    r"예약|주문|거래|방문|내원|이용|배송|배달|호출|접수\s?건|진료|픽업|수거|대여|세션|콜|티켓|신청|입고|출고|처방|건$|bookings?|orders?|sessions?"
    r"|visits?|appointments?|rides?|deliver|reservations?|rentals?"
    r"|transactions?|cases|loans?|consignments?|repairs?|jobs?|parcels?|trips?|requests?|check-?ins|patients?|washes|loads?",
    re.I,
)
_TICKETS = re.compile(r"문의|클레임|민원|상담|inquir|enquir|support (?:tickets?|calls?)|complaints?|\bcalls?\b", re.I)
_VISITORS = re.compile(
    r"접속|방문자|동시\s?(?:접속|사용)|트래픽|visitors?|concurrent|online at once|users? (?:at|log|are|in)|traffic|rps",
    re.I,
)
_PEOPLE = re.compile(
    r"^(?:명|인|people|persons?|users?|customers?|guests?|members?|attendees|hosts?|drivers?|patients?"
    r"|students?)$",
    re.I,
)
_STAFF = re.compile(
    r"담당|직원|관리인|근무|상담원|상담사|매니저|파트타이머|알바|기사|당직|관제|경비|본사|인력|의사|간호사|수의사|\bCS\b|staff|\bdesk\b|\bteam\b"
    r"|technician|agents?\b|support|operator|manager|crew|nurse|doctor|vet\b|employee|volunteer"
    r"|worker|cleaner|courier|dispatcher|engineer|receptionist|clerk",
    re.I,
)
_DOCUMENT = re.compile(
    r"^(?:pages?|screens?|steps?|sections?|phases?|features?|bugs?|tests?|endpoints?|fields?|columns?"
    r"|weeks?|parts?|documents?|journeys?|ways?|things?|reasons?|options?|types?|kinds?|parallel|distinct"
    r"|core|main|key|"
    r"different|separate|levels?|stages?|items?|words?|minutes?|tabs?|buttons?|cards?|rows?|tables?|api"
    r"|apis|points?|principles?|questions?|examples?|cases|major|blocks?|page|화면|단계|페이지|가지|버튼|카드|섹션|쪽|줄"
    r"|문장)\b",
    re.I,
)
_DRAWN = re.compile(
    r"카드\s?그리드|그리드|버튼|화면|페이지|컬럼|슬라이드|배너|\bgrid\b|\bcolumns?\b|\bbuttons?\b|\btabs?\b", re.I
)
_SEASONAL = re.compile(
    r"피크|성수기|최대\s?부하|트래픽|주말|명절|시험|오픈일|몰리|급증|평소|평시|peak|surge|holiday|normal|usual|busy|spike|demand|traffic"
    r"|event|rush|배수|대비|평일|[월화수목금토일]요일|\d월|장마|방학|연휴|연말"
    r"|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|january|february|march|april|june|july|august|september"
    r"|october|november|december|christmas|summer|winter)\b|as many\b|as busy\b",
    re.I,
)
_TAKEN_IN = re.compile(
    r"\b(?:take in|takes in|receives?|process(?:es)?|handles?|accepts?|get in)\b|입고|접수|들어[오온옵]", re.I
)
_RETRY = re.compile(r"재시도|재조회|재전송|재발송|retr(?:y|ies|ied)|attempts?\b|시도|실패", re.I)
_BOUND_NAME = re.compile(
    r"최대|최소|제한|한도|상한|하한|정원|인원|개수|횟수|수량|\bmax|\bmin(?:imum)?\b|limit|capacity|quota|cap\b|count\b|number of"
    r"|수\s*$|수:",
    re.I,
)
_SCORE = re.compile(
    r"점수|별점|평점|온도|지수|등급|레벨|평가|만족|친절|약속|소통|상태|항목|rating|score|stars?|points?", re.I
)


def counts_of(amount: Amount) -> Iterator[LimitText | VolumeText]:
    """What a count, a factor or a bare number says; nothing where it counts pages, screens or staff."""
    measure = amount.measure
    if amount.scene in (Scene.EXAMPLE, Scene.PLAN):
        return
    if measure.sort is Sort.FACTOR:
        yield from _factor(amount)
    elif measure.sort is Sort.NUMBER:
        yield from _bare(amount)
    elif not _DOCUMENT.match(measure.unit) and not _DRAWN.search(amount.clause.after) and not _is_key(amount):
        yield from _counted(amount)


def _factor(amount: Amount) -> Iterator[LimitText | VolumeText]:
    if _SEASONAL.search(f"{amount.near} {amount.frame.title}"):
        yield _volume(amount, "peak_factor", "")
    elif re.search(r"위약|배상|보상|penalt|refund|charge|compens|liab", amount.near, re.I):
        yield limit(amount, amount.measure.bound, amount.measure.value, "배" if "배" in amount.measure.text else "x")


def _is_key(amount: Amount) -> bool:
    """Whether a count is what a score table maps from (`5점: +1.0`)."""
    return bool(re.match(r"\s?[:：=]\s?[+\-−]?\d", amount.frame.text[amount.measure.end :]))


def _bare(amount: Amount) -> Iterator[LimitText]:
    """A number without a unit: an entry of a score table, or the value of a label that names a bound."""
    measure = amount.measure
    title = amount.frame.title
    labelled = bool(title) and amount.frame.passage.form is not Form.ROW and amount.clause.before.strip() in ("", ":")
    entry = re.search(r"([\w.~-]*(?:점|stars?))\s?[:：=]?\s*$", amount.frame.text[: measure.start])
    if entry:
        subject = f"{amount.frame.parent} {entry.group(1)}".strip()
        yield limit(amount, "exact", measure.value.lstrip("-"), _direction(amount), subject)
    elif measure.low and _SCORE.search(f"{amount.near} {amount.frame.title}"):
        yield from _range(amount, "")
    elif labelled and _BOUND_NAME.search(title) and not re.search(r"[가-힣A-Za-z]", amount.clause.after[:3]):
        yield limit(amount, _name_bound(title) or measure.bound, measure.value, "")


def _direction(amount: Amount) -> str:
    if amount.measure.text.strip()[0] not in "+-−":
        return ""
    up = amount.measure.text.strip()[0] == "+"
    if re.search("[가-힣]", amount.frame.text):
        return "상승" if up else "하락"
    return "up" if up else "down"


def _name_bound(name: str) -> str:
    if re.search(r"최대|상한|한도|제한|정원|\bmax|limit|capacity|quota|cap\b", name, re.I):
        return "max"
    return "min" if re.search(r"최소|하한|\bmin", name, re.I) else ""


def _counted(amount: Amount) -> Iterator[LimitText | VolumeText]:
    measure = amount.measure
    near = f"{amount.near} {amount.frame.title}"
    if amount.scene is Scene.SERVICE:
        yield limit(amount, "target", measure.value, measure.unit)
    elif measure.bound:
        yield limit(amount, measure.bound, measure.value, _unit(measure), _subject(amount))
    elif measure.low:
        yield from _range(amount, measure.unit)
    elif not measure.text[0].isdigit() and measure.value in ("0", "1", "2"):
        return
    elif measure.per in _PERIODS or (measure.about and _CASES.search(near) and measure.unit in ("건", "회")):
        yield _volume(amount, _volume_kind(measure, amount), measure.per)
    elif _PEOPLE.match(measure.unit) and _VISITORS.search(near):
        yield _volume(amount, "visitors", _during(amount))
    elif _RETRY.search(near) and measure.unit in ("회", "번", "times", "attempts", "retries"):
        yield limit(amount, "max", measure.value, measure.unit)
    elif _is_exact(amount, near):
        yield limit(amount, "exact", measure.value, _unit(measure), _subject(amount))


def _during(amount: Amount) -> str:
    """The length of time right before a count, in which it happens: `10분 동안 3,000명`."""
    above = amount.frame.measures[amount.index - 1] if amount.index else None
    if above is None or above.sort is not Sort.DURATION or above.start < amount.clause.start:
        return ""
    return above.value


def _range(amount: Amount, unit: str) -> Iterator[LimitText]:
    yield limit(amount, "min", amount.measure.low, unit, _subject(amount))
    yield limit(amount, "max", amount.measure.value, unit, _subject(amount))


def _volume(amount: Amount, kind: str, per: str) -> VolumeText:
    unit = amount.measure.unit
    taken_in = kind == "cases" and unit.isascii() and _TAKEN_IN.search(amount.clause.before)
    subject = unit if taken_in else _busy_time(amount) if kind == "peak_factor" else _subject(amount)
    return VolumeText(
        kind=kind, subject=subject, amount=said(amount.measure.value, amount), per=per, given=amount.given, at=amount.at
    )


_COMPARES = re.compile(r"(?:\s(?:brings?|has|have|sees?|is|are|gets?|as|many|much|busy))+$", re.I)
_THAN_KO = re.compile(r"(?<=[가-힣])(?:에는|은|는|이|가|엔)\s(?:평일|평소|평시|다른).*$")


def _busy_time(amount: Amount) -> str:
    """The time that is so many times as busy, without what it is compared with: `Saturdays`, `토요일`."""
    subject = _subject(amount)
    return _THAN_KO.sub("", _COMPARES.sub("", subject)) or subject


def _volume_kind(measure: Measure, amount: Amount) -> str:
    near = f"{measure.unit} {amount.clause.before[-30:]} {amount.clause.after[:20]}"
    if _TICKETS.search(near):
        return "tickets"
    if _VISITORS.search(near) and _PEOPLE.match(measure.unit):
        return "visitors"
    if _CASES.search(near):
        return "cases"
    if measure.per in ("day", "week", "month") and _TAKEN_IN.search(amount.clause.before):
        return "cases"
    return "visitors" if _PEOPLE.match(measure.unit) else "units"


def _is_exact(amount: Amount, near: str) -> bool:
    """Whether a count without a bound is worth keeping: a number in figures, of things of the operation."""
    measure = amount.measure
    if _PEOPLE.match(measure.unit) and _STAFF.search(near):
        return False
    if not measure.text[0].isdigit() or measure.value in ("0", "1"):
        return False
    if measure.unit in ("회", "번", "times", "time", "점", "stars", "star", "P", "g", "m", "L"):
        return bool(_SCORE.search(near)) or (
            measure.unit == "m" and bool(re.search(r"도착|이내|반경|거리|within|radius", near))
        )
    return not _STAFF.search(measure.unit)


def _unit(measure: Measure) -> str:
    return f"{measure.unit}/{measure.per}" if measure.per else measure.unit


def _subject(amount: Amount) -> str:
    """In English the things counted belong to the subject; a lone verb before them says nothing."""
    unit, subject = amount.measure.unit, amount.subject
    if not unit.isascii() or not unit or len(unit) < 3:
        return subject
    if unit.lower() in subject.lower():
        return subject
    words = subject.split()
    lone = len(words) == 1 and words[0].islower() and words[0].isascii() and subject != amount.frame.parent
    return unit if lone or not subject else f"{subject} {unit}"
