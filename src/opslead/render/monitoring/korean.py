"""Thresholds in Korean: the number stands before its comparison (`15분 창에서 4분 초과 시`, `4주 연속 0.1% 이하면`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from opslead.render.monitoring.condition import SECONDS, Amount, Clause, Condition, Operator, Unit
from opslead.text import final_of

_NUMBER = r"(?<![\d:.,])\d[\d,]*(?:\.\d+)?(?![:\d])"
_TIME_UNITS = {
    "초": "second",
    "분": "minute",
    "시간": "hour",
    "일": "day",
    "주": "week",
    "개월": "month",
    "달": "month",
}
_TIME = rf"{_NUMBER}\s*(?:시간\s*\d+분|초|분|시간|일|주|개월|달)"
_NAMED = {"하루": "day", "매일": "day", "일": "day", "한 주": "week", "일주일": "week", "매주": "week", "주": "week", "한 달": "month", "월": "month", "매시": "hour", "시간 단위": "hour", "한 시간": "hour"}  # fmt: skip
_COUNTED = "건|회|번|명|개|곳|장|대|쌍|자리|동|칸|통|줄|벌|점|차례|팀|석|병|구"
_AMOUNT = rf"(?P<amount>{_NUMBER}\s*(?:만(?:\s*\d천)?\s*원|천\s*원|억\s*원|원|시간\s*\d+분|초|분|시간|일|주|개월|달|%|배|℃|(?:{_COUNTED})(?![가-힣]*율))?)"

_HOLD = re.compile(
    rf"(?:(?<=이상)이|(?<=미만)이|(?<=이하)가|(?<=초과)가|(?<=아래)가)?\s*(?P<time>{_TIME})(?:이|가|을|를)?\s*(?:연속으로|연속|지속|계속(?:되)?|이어지(?=면|고)|이어져)\s*(?P<end>면|고)?"
)
_REPEATED = re.compile(rf"{_NUMBER}\s*(?:회|번|차례)\s*(?:연속|이어지)")
_SHIFT = re.compile(r"한\s*(?:근무|회차|교대|연휴|행사|시즌|학기|주말)에")
_DAYS = {
    "이틀": "2일",
    "사흘": "3일",
    "나흘": "4일",
    "열흘": "10일",
    "보름": "15일",
    "두 시간": "2시간",
    "두 주": "2주",
    "두 달": "2개월",
}
_DAY_WORD = re.compile("|".join(_DAYS))
_BEFORE = re.compile(
    rf"(?P<window>{_TIME}|하루|매일|한 주|일주일|한 달|매시|(?<![가-힣])주|(?<![가-힣])월)\s*(?P<how>에|의|동안|안에|안|창에서|창|이동)?\s*$"
)
_IN_BRACKETS = re.compile(r"\((?P<window>매시|시간 단위 집계|일|주|월|매일|하루)\)")
_AFTER = rf"(?:이|가)\s*(?P<after>{_TIME}|한 주|하루|한 달)(?:\s*안)?에?\s*(?:나면|나오면|생기면|확인되면|쌓이면)"
_ENDS = r"(?=\s*시(?![가-힣])|이?면|이고|\s*일 때|\s+또는|로(?![가-힣])|\s*$|\s*[,;(]|\s*:(?!\s*\d)|\s+주의)"
_THRESHOLD = re.compile(
    rf"{_AMOUNT}(?:{_AFTER}|\s*(?:을|를|이|가|은|는)?\s*(?:(?P<word>초과|이상|이하|미만|아래)(?:\s+(?P<for>{_TIME})(?:\s*이상)?)?{_ENDS}"
    r"|(?P<over>넘으면|넘거나|넘고|넘는\s*(?:주|날)에는)|(?P<from>부터)|(?P<is>이라도|이면|면|이고|나면|나오면|확인되면|발생하면|생기면|쌓이면)(?![가-힣])|(?P<colon>(?=\s*:(?!\s*\d)))))"
)
_WORDS: Mapping[str, Operator] = {"초과": ">", "이상": ">=", "이하": "<=", "미만": "<", "아래": "<"}
_OVER = re.compile(
    rf"(?:^|\s)(?P<window>{_TIME}|^하루|^한 주)(?:\s*동안\s+|에\s+|\s+(?=\S+$))(?!초과|이상|이하|미만|아래|넘|이내|지나|[전뒤안](?![가-힣]))"
)
_RELATIVE = re.compile(
    r"^(?P<what>.*?)(?:이|가|은|는)?\s*(?P<base>(?:평소|보통날|확정 수량|다른 \S+|동료 중앙값|매출)(?: \S+)?)의$"
)
_DIVIDES = re.compile(r"(?:[;.,](?=\s)|\s또는(?=\s))(?![^()]*\))")
_ENDS_IN_AMOUNT = re.compile(rf"{_NUMBER}\s*(?:%|배|℃|분|시간|일|주|{_COUNTED})$")


def clauses(sentence: str) -> tuple[list[Clause], str]:
    """What the sentence says, and why nothing where it is nothing."""
    found: list[Clause] = []
    why = "수와 비교가 함께 있는 조건이 없다" if re.search(r"\d", sentence) else "수가 없다"
    before, missed = "", False
    for part in _parts(_DAY_WORD.sub(lambda word: _DAYS[word[0]], sentence)):
        if _REPEATED.search(part):
            missed = True
            why = "몇 번 이어지는지를 세는 조건이라 한 순간의 값으로 볼 수 없다"
            continue
        try:
            conditions = tuple(_conditions(part))
        except ValueError as error:
            why, missed = str(error), True
            continue
        named = _named(conditions, before if not found else "") if conditions else ()
        if named and (named[0].subject or not missed):
            found.append(Clause(named, part))
        missed = missed or (not named and bool(re.search(r"\d.*(?:면|시|부터)\b", part)))
        before = part
    return found, why


def _parts(sentence: str) -> Iterator[str]:
    """The sentence in clauses. A number before 또는 shares the comparison of what follows: 20건 또는 …이면."""
    start = 0
    for end, divider in [(m.start(), m.group()) for m in _DIVIDES.finditer(sentence)] + [(len(sentence), "")]:
        part = sentence[start:end].strip(" ,;.")
        start = end + max(len(divider), 1)
        yield part + "이면" if "또는" in divider and _ENDS_IN_AMOUNT.search(part) else part


def _named(conditions: tuple[Condition, ...], before: str) -> tuple[Condition, ...]:
    """`5분 도달률. 95% 미만이면`: what is measured stands in the sentence before."""
    first = conditions[0]
    if not before or (first.subject and not first.subject.startswith("÷")):
        return conditions
    bracket = _IN_BRACKETS.search(before)
    window = first.window or (_seconds(bracket["window"].removesuffix(" 집계")) if bracket else None)
    return (replace(first, subject=f"{_subject(before)} {first.subject}".strip(), window=window), *conditions[1:])


def _conditions(part: str) -> Iterator[Condition]:
    """The conditions of a clause up to its consequence. Raises ValueError with the reason where a number means something else."""
    hold = None
    if lasting := _HOLD.search(part):
        hold = _seconds(lasting["time"])
        part = part[: lasting.start()] + (lasting["end"] or "") + part[lasting.end() :]
    start = 0
    while match := _THRESHOLD.search(part, start):
        before = part[start : match.start()]
        if re.search(r"목표\s*$", before) or re.match(r"\s*(?:지점|분위)", part[match.end("amount") :]):
            start = match.end()
            continue
        yield _condition(match, before, hold)
        if not (match["is"] == "이고" or match["over"] == "넘고" or part[match.end() :].startswith("이고")):
            return
        start = match.end() + (2 if part[match.end() :].startswith("이고") else 0)
        if not _THRESHOLD.search(part, start):
            raise ValueError("함께 있어야 하는 다른 조건에 수와 비교가 없다")


def _condition(match: re.Match[str], before: str, hold: int | None) -> Condition:
    if _SHIFT.search(before):
        raise ValueError("근무나 회차처럼 길이가 정해지지 않은 동안을 센다")
    amount = _amount(match["amount"])
    window, named = None, ""
    if match["after"]:
        window = _seconds(match["after"])
    elif near := _BEFORE.search(before):
        window, named = _seconds(near["window"]), near["how"] or ""
        before = before[: near.start()]
    elif bracket := _IN_BRACKETS.search(before):
        window = _seconds(bracket["window"].removesuffix(" 집계"))
    if amount.unit is Unit.SECONDS and (amount.value == 0 or re.search(r"날(?:이|은)?(?:\s*다시)?\s*$", before)):
        raise ValueError("조건을 채운 날의 수를 센다")
    if named == "동안" and amount.unit is not Unit.COUNT and hold is None:
        window, hold = None, window
    if window is None and (over := _OVER.search(before.rstrip())):
        window = _seconds(over["window"])
        before = f"{before[: over.start()]} {before[over.end() :]}"
    if match["for"]:
        hold = _seconds(match["for"])
    return Condition(_subject(before), _operator(match, amount), amount, window, hold)


def _operator(match: re.Match[str], amount: Amount) -> Operator:
    if match["word"]:
        return _WORDS[match["word"]]
    if match["over"]:
        return ">"
    return "==" if amount.value == 0 else ">="


def _amount(text: str) -> Amount:
    number = float(re.match(r"[\d,.]+", text)[0].replace(",", ""))  # type: ignore[index]
    unit = text[len(re.match(r"[\d,.]+", text)[0]) :].strip()  # type: ignore[index]
    if unit.split(" ")[0] in _TIME_UNITS or unit.startswith("시간"):
        return Amount(_seconds(text), Unit.SECONDS, text)
    if unit.endswith("원"):
        scale = 10**8 if "억" in unit else 10**4 if "만" in unit else 1000 if unit.startswith("천") else 1
        rest = re.search(r"만\s*(\d)천", unit)
        return Amount(number * scale + (int(rest[1]) * 1000 if rest else 0), Unit.KRW, text)
    if unit == "%":
        return Amount(round(number / 100, 10), Unit.RATIO, text)
    return Amount(number, {"배": Unit.TIMES, "℃": Unit.CELSIUS}.get(unit, Unit.COUNT), text)


def _seconds(text: str) -> int:
    if text in _NAMED:
        return SECONDS[_NAMED[text]]
    pieces = re.findall(r"(\d[\d,]*(?:\.\d+)?)\s*(시간|개월|초|분|일|주|달)", text)
    return round(sum(float(n.replace(",", "")) * SECONDS[_TIME_UNITS[unit]] for n, unit in pieces))


def _subject(text: str) -> str:
    """The words before the number, without the particle that ties them to it. `평소의 2배` is a quotient."""
    words = _IN_BRACKETS.sub("", text).strip(" :·,")
    words = re.sub(r"^(?:그리고|이고|거나)\s+", "", " ".join(words.split()))
    if re.search(r"(?:^|\s)(?:\S+ )?(?:뒤|후|다시|그동안)(?:에도)?$", words) and len(words.split()) <= 3:
        return ""  # when, and not what
    words = re.sub(r"^(.+?)(?:이|가)\s+(보통날)$", r"\1(\2)", words)
    if relative := _RELATIVE.match(words):
        return f"{_bare(relative['what'])} ÷ {relative['base']}".strip()
    return _bare(words)


def _bare(words: str) -> str:
    """`비율이` is 비율, while 차이 stays: 이 and 을 follow a consonant, 가 and 를 a vowel."""
    if len(words) < 3 or words[-1] not in "이가을를":
        return words
    consonant = final_of(words[:-1]) != 0
    return words[:-1].rstrip() if (words[-1] in "이을") == consonant else words
