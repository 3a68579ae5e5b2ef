"""Lengths of time and times of day, each with what it rules: TTL, deadline, window, cut-off, cycle, retention, retry, …"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.intake.amounts.frames import Amount, Scene
from opslead.intake.amounts.quantities import Sort
from opslead.intake.facts.made import limit, said
from opslead.intake.facts.subjects import settled
from opslead.model.calendar import HoursError, clock, parse_hours
from opslead.model.document import ClockText, LimitText, MoneyText
from opslead.text import noun_phrase

_WAY_OUT = (
    r"취소|환불|반품|교환|청약|철회|이의|분쟁|클레임|하자|변경|수정|해지|리뷰|후기|cancel|refund|\breturns\b|return (?:it|the|an?|items?"
    r"|window|policy|period)\b|(?:can|may) be returned|exchange|dispute|appeal|claim"
    r"|chargeback|reschedul|modif|\bedit|review(?!s? (?:the|by|and approv))"
)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        (
            "retry",
            r"재시도|재조회|재전송|재발송|재호출|재청구|백오프|\bretr(?:y|ies|ied)|back-?off|re-?attempt|dunning",
        ),
        (
            "ttl",
            r"선점|점유|홀드|임시\s?(?:예약|저장|확보|배정)|장바구니|\bTTL\b|\bcart\b|(?:slot|seat|stock|inventory|spot|card) hold"
            r"|\bhold(?:s|ing)?\b|\bheld\b|reserved for",
        ),
        (
            "timeout",
            r"유예|\bgrace\b|자동\s?\d|자동(?:으로)?\s?(?:완료|취소|만료|거절|확정|종료|승인|반려|해제|처리|환불|마감|로그아웃|전환|소멸|closed?)"
            r"|자동완료|자동취소|무응답|미응답|미확정|시간\s?초과"
            r"|응답이? 없|\bauto-?\s?(?:complet|cancel|expir|declin|confirm|releas|clos|reject|approv|accept"
            r"|refund)|automatic(?:ally)? (?:complet|cancel|expir|declin"
            r"|confirm|releas|clos|reject|approv|refund)|time[- ]?out|laps(?:e|es|ed)\b|no response"
            r"|does ?n[o']t respond|without (?:a )?(?:response|reply|payment)",
        ),
        (
            "ttl",
            r"만료|유효|인증\s?번호|소멸|\bexpir|valid (?:for|until)|\block(?:ed|s)?\b|\bOTP\b|one-time",
        ),
        (
            "retention",
            r"보관|보존|파기|삭제|폐기|\bretain|retention|\bdelet|\bpurg|\beras|kept for|\bkeep\b|archiv|anonymi[sz]"
            r"|\bstored? for",
        ),
        (
            "reminder",
            r"리마인|사전\s?알림|사전\s?안내|미리\s?알림|remind|(?:알림|안내|통지|공지|문자|알림톡|notif|e-?mail|push|in-app|sms)",
        ),
        ("window", _WAY_OUT),
        (
            "lead",
            r"사전|미리|전부터|후부터|이전\s?예약|예약\s?가능|신청\s?가능|in advance|advance|ahead|prior notice|notice period|beforehand",
        ),
        (
            "cycle",
            r"정산|주기|마다|간격|동기화|배치|갱신|업데이트|수집|점검|\bpayouts?\b|\bsettle|released? to|\binterval|\bevery\b"
            r"|\bsync|\bpoll|\bbatch|\brefresh|reconcil|\bcycle",
        ),
        (
            "latency",
            r"지연|응답\s?(?:시간|속도)|로딩|렌더링|처리\s?시간|소요|걸리|걸린|걸려|늦|딜레이|delay|latency|\blate\b|later|behind"
            r"|\bload(?:ing|s)?\b|response time|\btakes?\b|took"
            r"|processing|turnaround",
        ),
        (
            "sla",
            r"목표|보장|약속|다운타임|이내\s?(?:배송|배달|도착|응대|답변|처리|출동)|내\s?(?:배송|배달|초|도착)|배송|배달|도착|출동|복구|\bSLA\b"
            r"|\bSLO\b|\bRTO\b|\bRPO\b|guarante|promise|target|downtime",
        ),
        (
            "deadline",
            r"이내|안에|내에|내로|까지|해야|필수|응답|답변|회신|입금|제출|신고|접수|방문|수령|픽업|\bmust\b|\bshall\b|required|respond"
            r"|response|reply|answer|accept|\bpay\b|payment|submit|report"
            r"|upload|confirm|approve|within|deadline|\bdue\b|pick(?:ed)? ?up|collect|to (?:decide|act)",
        ),
    )
)
_LENGTH_OF_USE = re.compile(
    r"이용|시간권|기간권|일권|회차|슬롯|단위|체험|수업|상담|세션|진료|길이|소요|slot|increment|session|window|duration|length|lesson"
    r"|appointment|rental|\bstay|trial|체류|숙박|연박|대여|렌탈|코스|"
    r"대기|wait|warranty|보증|contract|계약|약정|기간|period|계절|캠페인|무료|free|grace|유예|지각|노쇼|no-?show",
    re.I,
)
_AFTER = re.compile(
    r"유예|grace|노쇼|no-?show|지각|늦|late\b|overdue|연체|초과|미수령|방치|idle|오버|over(?:stay|time)", re.I
)
_STAFF = re.compile(
    r"담당|직원|관리인|근무|교대|상담원|상담사|매니저|파트타이머|알바|기사|당직|주간조|야간조|관리실|관제|\bCS\b|\bMD\b|경비|팀(?:은|이|\s|$|:)|staff"
    r"|\bdesk\b|\bteam\b|shift|technician|driver|agent|support|operator|"
    r"manager|crew|nurse|reception|on[- ]call|company",
    re.I,
)
_CLOSES = re.compile(
    r"까지|마감|이전|전에|전까지|퇴실|체크아웃|종료|폐점|반납|컷오프|\bby\b|\bbefore\b|\buntil\b|라스트|last order|cut-?off|deadline"
    r"|check-?out|clos(?:e|es|ing)\b|\bends?\b|no later than|latest",
    re.I,
)
_OPENS = re.compile(
    r"부터|오픈|시작|개시|개장|입실|체크인|open|start|\bfrom\b|check-?in|\bafter\b|이후|begin|release", re.I
)
_RUNS = re.compile(
    r"배치|발송|정산|실행|집계|마감\s?처리|batch|\bruns?\b|\bjob\b|\bsen[dt]|generat|매일|daily|nightly|정기|every|매주|매월",
    re.I,
)


def clocks_of(amount: Amount) -> Iterator[ClockText | LimitText | MoneyText]:
    """What a length of time or a time of day says; nothing in examples and plans of the project."""
    if amount.scene in (Scene.EXAMPLE, Scene.PLAN):
        return
    sort = amount.measure.sort
    if sort is Sort.DURATION:
        yield from _length(amount)
    elif sort is Sort.TIME:
        found = _time(amount, amount.measure.value, _kind_of_time(amount))
        day = _day_before(amount)
        yield found.model_copy(update={"subject": f"{day} {found.subject}"}) if day else found
    elif sort is Sort.HOURS:
        yield from _hours(amount)
    elif sort is Sort.DAY:
        yield from _relative(amount)


def _length(amount: Amount) -> Iterator[ClockText | LimitText]:
    kind = _kind(amount)
    measure = amount.measure
    if kind:
        yield ClockText(
            kind=kind,
            subject=_acting(settled(amount, kind), kind),
            length=said(measure.value, amount),
            given=amount.given,
            at=amount.at,
        )
        return
    subject = settled(amount)
    if _LENGTH_OF_USE.search(f"{amount.near} {amount.frame.title} {amount.subject}"):
        unit = re.sub(r"^[\d.,\s-]+", "", measure.value)
        number = measure.value[: len(measure.value) - len(unit)].strip(" -")
        low = re.match(r"[\d.,]+", measure.low)
        if low and re.sub(r"^[\d.,\s-]+", "", measure.low) == unit:
            yield limit(amount, "min", low.group(), unit, subject)
            yield limit(amount, "max", number, unit, subject)
        else:
            yield limit(amount, measure.bound or "exact", number, unit, subject)
    elif measure.bound == "min":
        unit = re.sub(r"^[\d.,\s-]+", "", measure.value)
        yield limit(amount, "min", measure.value[: len(measure.value) - len(unit)].strip(" -"), unit, subject)


_ITSELF = re.compile(r"자동\s?(?:취소|완료|확정|종료|승인|거절|환불|해제|만료|소멸)")


def _acting(subject: str, kind: str) -> str:
    """A subject told as a Korean clause shortened to what happens by itself: `출발 안 하면 자동 취소돼서` is `자동 취소`."""
    found = _ITSELF.search(subject) if kind == "timeout" and not noun_phrase(subject, "ko") else None
    return found.group() if found else subject


_OF_A_THING = re.compile(
    r"^[\s-]?(?:\w+\s)?(?:slots?|windows?|sessions?|increments?|lessons?|appointments?|blocks?|classes"
    r"|rides?|trips?|rentals?|stays?|walk|drive|trial)\b|^\s?(?:단위|권|코스|수업|체험|짜리|회차|슬롯)",
    re.I,
)
_WINDOW_OF = re.compile(r"dispute|cancel|refund|return|grace|claim|appeal|accept|respon|pick|free", re.I)


def _kind(amount: Amount) -> str:
    """The kind of a length of time, empty where it is the length of a thing or says nothing."""
    relation, bound = amount.measure.relation, amount.measure.bound
    thing = _OF_A_THING.match(amount.clause.after)
    if thing and not relation and not bound and not _WINDOW_OF.search(thing.group()):
        return ""
    if amount.scene is Scene.SERVICE:
        return "sla"
    title = amount.frame.title
    if _KINDS[0][1].search(f"{amount.near} {title} {amount.subject}"):
        return "retry"
    for text in (amount.local, amount.near, f"{title} {amount.subject}", amount.wide, amount.frame.parent):
        for kind, pattern in _KINDS:
            if pattern.search(text) and _fits(kind, relation, bound, text, amount):
                return kind
        if relation == "after" and _AFTER.search(text):
            return "timeout"
    if amount.measure.unit in ("년", "years", "year", "개월", "months", "month") and not relation:
        return ""
    if bound == "min" and relation in ("before", "after"):
        return "lead"
    return {"within": "deadline", "before": "lead", "every": "cycle", "after": "timeout"}.get(relation, "")


def _fits(kind: str, relation: str, bound: str, text: str, amount: Amount) -> bool:
    """Whether the words of a kind fit the way in which the length is bounded."""
    own = text in (amount.local, amount.near)
    if kind == "reminder":
        return relation == "before" and not re.search(_WAY_OUT, amount.near, re.I)
    if kind == "window" and re.search(
        r"답변|응답|회신|처리\s?완료|심사|검토|respond|repl(?:y|ies)|resolv|answer|process(?:ed)?\b", amount.local, re.I
    ):
        return False
    if kind == "window":
        return (
            relation in ("within", "before", "after")
            or bound == "max"
            or bool(re.search(r"window|기간|기한|시한|period", text, re.I))
        )
    if kind == "lead":
        notice = re.search(r"notice|advance|사전", amount.local, re.I)
        return relation in ("before", "after") or bound == "min" or bool(notice)
    if kind == "latency" and relation == "within":
        return own and bool(
            re.search(
                r"지연|소요|로딩|걸[리린려]|시간\s?:|delay|latency|\btake|\bload|response time|processing", text, re.I
            )
        )
    if kind in ("latency", "sla"):
        return own and relation not in ("before", "every")
    if kind == "deadline":
        return relation == "within" or bound == "max" or (own and relation not in ("before", "after"))
    if kind == "cycle":
        return own or relation == "every" or bool(re.search(r"주기|간격|interval|cycle", text, re.I))
    return True


def _time(amount: Amount, value: str, kind: str) -> ClockText:
    return ClockText(kind=kind, subject=amount.subject, time=said(value, amount), given=amount.given, at=amount.at)


def _day_before(amount: Amount) -> str:
    """The day of a schedule that stands right before a time: `매월 1일 10:00`."""
    above = amount.frame.measures[amount.index - 1] if amount.index else None
    if above is None or above.sort is not Sort.SCHEDULE or amount.measure.start - above.end > 4:
        return ""
    return above.value if above.value not in amount.subject else ""


def _kind_of_time(amount: Amount) -> str:
    after = amount.clause.after[:14]
    near = f"{amount.clause.before[-30:]} {after}"
    if amount.measure.relation in ("within", "before") or _CLOSES.search(after[:6]):
        return "cutoff"
    for text in (near, f"{amount.frame.title} {amount.subject}", amount.wide):
        for kind, pattern in (("cutoff", _CLOSES), ("opening", _OPENS), ("cycle", _RUNS)):
            if pattern.search(text):
                return kind
    return "time"


def _hours(amount: Amount) -> Iterator[ClockText]:
    """Opening and closing of hours that are not somebody's shift; round the clock has neither."""
    if re.search(r"제외|휴게|점심|브레이크|break|lunch|except", amount.local, re.I) or _STAFF.search(
        f"{amount.near} {amount.frame.title} {amount.subject}"
    ):
        return
    if _counts_people(amount):
        return
    try:
        hours = parse_hours(amount.measure.value)
    except HoursError:
        return
    spans = hours.stretches() if hours else ()
    if not spans or (hours and hours.minutes == 7 * 24 * 60):
        return
    start, end = spans[0]
    yield _time(amount, clock(start), "opening")
    yield _time(amount, clock(end), "cutoff")


def _counts_people(amount: Amount) -> bool:
    """Whether a head-count stands right before: `2명, 평일 10:00~19:00` is a shift."""
    above = amount.frame.measures[amount.index - 1] if amount.index else None
    if above is None or above.sort is not Sort.COUNT or amount.measure.start - above.end > 12:
        return False
    return bool(re.fullmatch(r"명|인|people|persons?|staff|agents?|technicians?|employees", above.unit))


def _relative(amount: Amount) -> Iterator[ClockText | MoneyText]:
    """`D-3` in running text: so many days before or after the use."""
    match = re.match(r"D([-+])(\d+)", amount.measure.value)
    if not match or not int(match.group(2)):
        return
    if match.group(1) == "+" and re.search(
        r"정산|지급|입금|payout|settle|paid", f"{amount.near} {amount.subject}", re.I
    ):
        due = said(amount.measure.value, amount)
        yield MoneyText(kind="settlement", subject=amount.subject, due=due, given=amount.given, at=amount.at)
        return
    kind = _kind(amount) or ("lead" if match.group(1) == "-" else "deadline")
    kind = "reminder" if re.search(r"알림|안내|remind|notif", amount.near, re.I) else kind
    length = said(f"{match.group(2)}일" if re.search("[가-힣]", amount.wide) else f"{match.group(2)} days", amount)
    yield ClockText(kind=kind, subject=amount.subject, length=length, given=amount.given, at=amount.at)
