"""What a description says about people at work: how many, when, in which shifts, and what they may decide alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from opslead.intake import lexicon
from opslead.intake.amounts.numerals import value_of
from opslead.intake.amounts.quantities import Measure, Sort
from opslead.intake.amounts.quantities import find as measures
from opslead.intake.page.sentences import word_set
from opslead.intake.people.english import singular
from opslead.model.document import AuthorityText, Said


@dataclass(frozen=True)
class Shift:
    """`label` tells shifts of one job apart (`낮`, `night`), empty when there is only one. `given` are the words."""

    label: str = ""
    count: int | None = None
    hours: str = ""
    per_site: bool = False
    given: str = ""


_PEOPLE_UNITS = word_set(
    """명 인 people person persons staff staffer staffers employee employees agent agents technician technicians worker workers
    volunteer volunteers operator operators driver drivers clerk clerks nurse nurses doctor doctors vet vets cleaner cleaners
    guard guards manager managers engineer engineers member members rider riders courier couriers receptionist receptionists
    mechanic mechanics attendant attendants crew pharmacist pharmacists cashier cashiers host hosts admins admin FTE FTEs"""
)
_KOREAN_COUNT = re.compile(
    r"(?<![\d,.~-])(\d{1,4}|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:명|인)(?=[이은는을씩만의,.)\s]|$)"
)
_ALONE = re.compile(r"혼자서?|(?<!\w)1인 (?:근무|운영|체제)|\balone\b|single-handed", re.I)
_NOT_HEADCOUNT = re.compile(r"^\s*(?:이상|이하|당|까지|기준|미만|초과|의 (?:고객|회원|이용자))")
_SHIFT = re.compile(
    r"주간|야간|심야|새벽|오전|오후|저녁|낮|밤|평일|주중|주말|공휴일|"
    r"\b(?:day|night|morning|afternoon|evening|weekday|weekend|late|early|graveyard)s?\b",
    re.I,
)
_SITES = (
    "캠핑장|지점|매장|점포|센터|지역|사이트|현장|호텔|역|층|곳|점|장소|병원|창고|주차장|충전소|학원|동|단지|가맹점|거점"
)
_PER_SITE = re.compile(
    rf"(?:{_SITES})\s?(?:마다|별로?|당)(?![가-힣])|각\s?(?:{_SITES})|(?:{_SITES})에\s?(?:한|두|세|\d+)\s?명씩|"
    r"\b(?:each|every|per)\s+(?:site|branch|store|location|camp|campsite|hotel|station|cent(?:re|er)|shop|restaurant|house|clinic|"
    r"facility|property|depot|hub|outlet|venue|warehouse|ward|hospital|kitchen|club|gym|garage|pharmacy|floor)\b",
    re.I,
)
_ON_DUTY = re.compile(
    r"근무|상주|당직|교대|운영 ?시간|업무 ?시간|응대|담당|상담|대기|영업|on duty|shift|work|hours|staffed|available|open|on call|duty|"
    r"평일|주말|매일|weekday|weekend|daily|\bday|night|monday|people|명",
    re.I,
)
_STEP_HOURS = re.compile(
    r"입실|퇴실|체크인|체크아웃|픽업 시간|배송 시간|예약 가능|이용 시간|check-?in|check-?out|delivery window|bookable",
    re.I,
)


_BRACKETS = re.compile(r"[(（]([^()（）]{6,300})[)）]")


def per_site(text: str) -> bool:
    """Whether a count holds for each place: `캠핑장마다`, `per branch`."""
    return bool(_PER_SITE.search(text))


_BARE_COUNT = re.compile(r"^\s*(\d{1,3})(?:\s+(?:per|each|in (?:each|every)|at (?:each|every))\b.{0,30})?\s*$", re.I)


def shifts(text: str, names: frozenset[str] = frozenset(), listed: bool = False) -> tuple[Shift, ...]:
    """The head-counts and hours of one job's description; several when the text gives each shift its own.

    A single one keeps the word for its part of the day or week, which other texts may set it apart from. `names` are the
    lower-case words for the people described (`2 framers`); where they are `listed`, a bare number counts them (`2 per shop`).
    """
    for inside in _BRACKETS.findall(text):  # `프런트 직원 2명 (주간 1명 09:00~18:00, 야간 1명 18:00~09:00)`
        divided = [s for s in (_shift(c, names, listed) for c in _chunks(inside)) if s.count is not None]
        if len(divided) > 1 and all(shift.label or shift.hours for shift in divided):
            return tuple(replace(shift, label=shift.label or shift.hours, per_site=per_site(text)) for shift in divided)
    parts = [s for s in (_shift(c, names, listed) for c in _chunks(text)) if s.count is not None or s.hours]
    joined: list[Shift] = []
    for part in parts:  # `본사 2명, 평일 10:00~19:00` is one statement in two pieces
        last = joined[-1] if joined else None
        if last and last.hours and last.count is None and part.hours and part.count is None:
            joined[-1] = replace(
                last, hours=f"{last.hours}, {part.hours}", given=f"{last.given}, {part.given}", label=""
            )
        elif last and ((last.count is None) != (part.count is None)) and (not last.hours or not part.hours):
            label = last.label or part.label
            hours, count = last.hours or part.hours, last.count if last.count is not None else part.count
            given = f"{last.given}, {part.given}"
            joined[-1] = Shift(label, count, hours, last.per_site or part.per_site, given)
        else:
            joined.append(part)
    every = per_site(text)
    counted = [shift for shift in joined if shift.count is not None]
    if len(counted) > 1 and all(shift.label or shift.hours for shift in counted):
        return tuple(replace(shift, label=shift.label or shift.hours, per_site=every) for shift in counted)
    best = max(joined, key=lambda shift: (shift.count is not None) + bool(shift.hours), default=None)
    if best and best.hours and _WEEKEND_OFF.search(text) and not _DAY_NAMED.search(best.hours):
        best = replace(best, hours=f"평일 {_OFF_DAYS.sub('', best.hours)}")  # `오전 9시~오후 5시, 주말 휴무`
    return (replace(best, per_site=every and best.count is not None),) if best else ()


_WEEKEND_OFF = re.compile(
    r"(?:주말|토[·,/\s]?일(?:요일)?)(?:은|는|에는|엔)?(?:\s?[·,및과]\s?(?:공휴일|명절))?\s?(?:휴무|휴일|쉬|쉼|쉽|off\b)"
)
_OFF_DAYS = re.compile(r"[,·\s]+(?:주말|토[·,/]?일(?:요일)?)\s*$")
_DAY_NAMED = re.compile(r"평일|주중|매일|[월화수목금토일](?:요일|[~\-–])")


def _shift(chunk: str, names: frozenset[str], listed: bool) -> Shift:
    found = measures(chunk)
    hours = ", ".join(m.value for m in found if m.sort is Sort.HOURS) if _is_duty(chunk) else ""
    count = head_count(chunk, found, names)
    if count is None and listed and (bare := _BARE_COUNT.match(chunk)):
        count = int(bare.group(1)) or None
    label = _SHIFT.search(re.sub(r"[\d~:–-]+|평일|매일", " ", chunk) if hours and count is None else chunk)
    return Shift(label.group().lower() if label else "", count, hours, False, chunk.strip())


def _is_duty(chunk: str) -> bool:
    return not _STEP_HOURS.search(chunk) and (bool(_ON_DUTY.search(chunk)) or len(chunk) <= 40)


def head_count(text: str, found: tuple[Measure, ...], names: frozenset[str] = frozenset()) -> int | None:
    """The number of people a piece of text gives; None if none, or if the number is a bound and no head-count."""
    for measure in found:
        unit = measure.unit.split(" ")[-1]
        people = unit in _PEOPLE_UNITS or (unit.isascii() and singular(unit).casefold() in names)
        if measure.sort is Sort.COUNT and people and not measure.bound:
            if measure.low or _NOT_HEADCOUNT.match(text[measure.end :]):
                continue
            number = value_of(measure.value.split(" ")[0])
            if number is not None and number == int(number):
                return int(number)
    if match := _KOREAN_COUNT.search(text):
        number = value_of(match.group(1))
        if number is not None and not _NOT_HEADCOUNT.match(text[match.end() :]):
            return int(number)
    return 1 if _ALONE.search(text) else None


def _chunks(text: str) -> list[str]:
    """The pieces between commas, semicolons and full stops, brackets and hours (`Tue to Sat, 08:00-18:00`) kept whole."""
    pieces, depth, start = [], 0, 0
    hours = [range(m.start, m.end) for m in measures(text) if m.sort is Sort.HOURS]
    for index, character in enumerate(text):
        if any(index in span for span in hours):
            continue
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 and (character in ",;，、" or (character == "." and text[index + 1 : index + 2] in (" ", ""))):
            pieces.append(text[start:index])
            start = index + 1
    return [*pieces, text[start:]]


_ACTIONS = (
    ("compensate", re.compile(r"보상|위로금|바우처|크레딧|쿠폰|사과|compensat|goodwill|vouchers?\b|credits?\b|coupon|comped", re.I)),
    ("refund", re.compile(r"환불|환급|refund", re.I)),
    ("payout", re.compile(r"지급|출금|송금|payouts?\b|pay out|disburs", re.I)),
    ("adjust", re.compile(r"할인|가격|요금|금액 (?:조정|수정)|단가|discount|waive|change (?:the )?(?:rate|price|fee)|adjust|rebate", re.I)),
    ("cancel", re.compile(r"취소|cancel", re.I)),
    ("release", re.compile(r"해제|release", re.I)),
    ("reject", re.compile(r"거절|반려|reject|decline", re.I)),
    ("approve", re.compile(r"승인|결재|전결|approv|sign off", re.I)),
)  # fmt: skip
_ALLOWED = re.compile(
    r"전결|재량|권한|단독|혼자|직접 (?:처리|승인|환불|결정)|할 수 있|가능|승인 없이|한도|까지(?:는)? ?(?:승인|처리|환불|보상|할인)|"
    r"\b(?:may|can|could|allowed to|(?:has|have) the authority to|authori[sz]ed to|able to|empowered to|discretion|without (?:further )?approval|on (?:his|her|their) own|"
    r"approval limit|up to)\b",
    re.I,
)
_NOT_ALLOWED = re.compile(
    r"할 수 없|불가|금지|안 된다|없이는|\b(?:cannot|can not|may not|must not|not allowed)\b", re.I
)


_DECIDES = r"(?:decid|approv|authori[sz]|sign(?:s|ed|ing)? off|settl|rul(?:es?|ed) on|handl|agree)"
_OVER = (
    r"(?:above|over|beyond|more than|higher than|larger than|greater than|exceeding)\s(?:that|this|it|which|the limit|those"
    r"|[$€£₩]?\d)"
)
_ABOVE = re.compile(
    rf"\b{_DECIDES}[a-z]*\b[^.;:]{{0,50}}?\b{_OVER}|\b{_OVER}[^.;:]{{0,50}}?\b(?:{_DECIDES}|needs? |requires? |goes? to |is for )"
    r"|(?:그|이)\s?(?:이상|금액\s?초과|보다 (?:많|크|높))[^.;:→]{0,30}?(?:승인|결재|결정|전결|판단|처리)"
    r"|(?:초과\s?(?:분|건|금액|액|시)|(?:만|천|백)\s?원\s?(?:초과|이상)|넘(?:는|으면))[^.;:→]{0,30}?(?:승인|결재|결정|전결|판단)",
    re.I,
)


def decides_above(text: str) -> bool:
    """Whether somebody decides what lies above the limit of others: `그 이상은 본부장이 승인`, `approves anything above that`."""
    return bool(_ABOVE.search(text)) and not _NOT_ALLOWED.search(text)


def _unlimited(text: str, at: str) -> tuple[AuthorityText, ...]:
    """The authority of whoever decides what lies above a limit: what it is about, `approve` where the words do not tell."""
    named = [action for action, pattern in _ACTIONS if action != "approve" and pattern.search(text)]
    given = text.strip(" .,;")
    return tuple(AuthorityText(action=action, given=given, at=at) for action in named[:1] or ["approve"])


def authority(text: str, at: str) -> tuple[AuthorityText, ...]:
    """What a sentence lets somebody decide: `환불 승인은 건당 20만원까지 전결`, `may refund up to 25 EUR`.

    A limit is a sum of money or a share that the words bound from above. Without a limit, the permission must be explicit, or
    be for what lies above the limit of others.
    """
    if decides_above(text):
        return _unlimited(text, at)
    if not _ALLOWED.search(text) or _NOT_ALLOWED.search(text):
        return ()
    limit = next((m for m in measures(text) if m.sort in (Sort.MONEY, Sort.SHARE) and m.bound != "min"), None)
    named = [action for action, pattern in _ACTIONS if pattern.search(text)]
    if limit and limit.bound != "max" and not re.search(r"전결|한도|limit", text):
        limit = None
    if not named:
        return ()
    given = text.strip()
    amount = Said(value=limit.value, given=given, at=at) if limit else None
    per = "month" if limit and limit.per == "month" else "day" if limit and limit.per == "day" else "case"
    about_money = any(action in ("refund", "compensate", "payout", "adjust") for action in named)
    actions = named[:1] if limit else [action for action in named if action != "approve" or not about_money]
    return tuple(AuthorityText(action=action, limit=amount, per=per, given=given, at=at) for action in actions)


_PASSIVE_AFTER = re.compile(r"^[^,.]{0,6}(?:내역|현황|조회|알림|상태|여부|안내를? 받|정보|통계|이력|결과)")
_PASSIVE_BEFORE = re.compile(
    r"(?:receiv\w*|gets?|view\w*|sees?|track\w*|check\w*|read\w*|monitor\w*|awaits?|tell\w*|about)\s+(?:\w+\s+){0,2}$",
    re.I,
)


def doings(text: str) -> tuple[str, ...]:
    """The step kinds a description of somebody's work names, without those it only looks at or is told about."""
    kinds = []
    for hit in lexicon.find(text, "steps"):
        if (
            hit.word.lower() == "paid"
            or _PASSIVE_AFTER.match(text[hit.end :])
            or _PASSIVE_BEFORE.search(text[max(0, hit.start - 40) : hit.start])
        ):
            continue
        kinds.append(hit.key)
    return tuple(dict.fromkeys(kinds))
