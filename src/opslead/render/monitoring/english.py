"""Thresholds in English: a comparison before the number (`above 4 min in a 15 min window`) or after it (`99% or better for 30 min`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from opslead.render.monitoring.condition import SECONDS, Amount, Clause, Condition, Operator, Unit

_NUMBER = r"(?<![\d:.,])\d[\d,]*(?:\.\d+)?(?![:\d])"
_UNITS = {"s": "second", "second": "second", "min": "minute", "minute": "minute", "h": "hour", "hour": "hour", "day": "day", "week": "week", "month": "month"}  # fmt: skip
_TIME_UNIT = r"(?:seconds?|minutes?|min|hours?|days?|weeks?|months?|h|s)(?![a-z])"
_TIME = rf"{_NUMBER}[\s-]*{_TIME_UNIT}"
_TIMES = r"times(?=\s+(?:its|their|the)\b)"
_AMOUNT = rf"(?P<amount>(?>{_NUMBER}(?:\s*(?:%|℃|°C|EUR|USD|KRW|GBP|{_TIMES}|{_TIME_UNIT}))?))"
_BEFORE: Mapping[str, Operator] = {"above": ">", "over": ">", "more than": ">", "past": ">", "pass": ">", "exceeding": ">", "exceeds": ">", "exceed": ">",
    "at or below": "<=", "at most": "<=", "below": "<", "under": "<", "fewer than": "<", "less than": "<", "at least": ">=", "at or above": ">=", "from": ">=", "at": ">="}  # fmt: skip
_AFTER: Mapping[str, Operator] = {"or better": ">=", "or more": ">=", "or above": ">=", "or fewer": "<=", "or less": "<=", "or lower": "<="}  # fmt: skip
_SIGN = "|".join(sorted(_BEFORE, key=len, reverse=True))
_RANK = "|".join(_AFTER)
_VERB = r"(?:alerts?|alarms?|pages?|calls?(?!\s+an?\s+(?:day|week))|goes|go|gets?|raises?|stops?|halts?|switch\w*|delays?|puts?|moves?|changes?|opens|open(?!\s+\w+s\b)|closes?|brings?|gives?|mean|ends?|cuts?|lowers?|widens?|leaves?|reduces?|shortens?|takes?|count|recounts|stretch|lifts?|sell|restores?|compare|returns?|starts?|sends?|make)\b"
_PERIOD = r"(?:(?:in\s+)?an?|per|each|every|of\s+(?:a|the))\s+(?P<period>hour|day|week|month)\b"
_TAIL = rf"(?:\s+(?:(?:with)?in\s+(?:an?\s+)?(?P<within>{_TIME})(?:\s+window)?|for\s+(?P<for>{_TIME})|over\s+(?P<across>{_TIME})|{_PERIOD}))?"
_COMPARED = re.compile(
    rf"(?:(?P<link>\b(?:after|until|for)\s+)?(?P<lasting>(?<!within )(?<!in )(?<!of )(?<!first ){_TIME})\s+(?:with\s+)?)?\b(?P<sign>{_SIGN})\s+{_AMOUNT}(?:\s+a\s+(?P<each>day|week))?(?:\s+(?P<after>{_RANK}))?{_TAIL}",
    re.I,
)
_SOON = rf"(?:\s+(?:(?:with)?in\s+(?:an?\s+)?(?P<within>{_TIME})(?:\s+window)?|for\s+(?P<for>{_TIME})|{_PERIOD}))?"
_NONE = re.compile(rf"^(?P<link>(?:.*\bafter|.*\buntil)\s+)?(?P<lasting>{_TIME})\s+with\s+(?P<amount>0)\b", re.I)
_RANKED = re.compile(rf"{_AMOUNT}\s+(?P<after>{_RANK})\b{_TAIL}", re.I)
_BARE = re.compile(rf"^{_AMOUNT}(?:\s+(?:cases?|places?|of them))?(?:\s+at one site)?{_TAIL}\s+{_VERB}", re.I)
_GOES = re.compile(rf"^{_AMOUNT}\s+(?P<noun>[a-z“\"][^,;:]*?){_SOON}(?:\s+(?:that|at one place))?\s+{_VERB}", re.I)
_SHARE = re.compile(rf"^{_AMOUNT}\s+of\s+(?P<noun>[a-z][^,;:]*?){_TAIL}\s+{_VERB}", re.I)
_OF = re.compile(rf"^\s+of\s+(?!an?\s+(?:day|week)|the\s+day|\d)(?P<noun>[^,;:]*?)\s+{_VERB}", re.I)
_BASE = re.compile(rf"^\s+(?P<base>(?:its|their|the)\s+[^,;:]*?)(?=\s+for\s|\s+{_VERB}|\s*[:,;]|$)", re.I)
_QUOTIENT = re.compile(r"^\s+of\s+(?P<base>(?:the|its|their)\s+(?:usual|average|median|normal)\b)", re.I)
_BRACKET = re.compile(r"\s*\((?:[^()]*,\s*)?(?P<period>hour|day|week|month)\)")
_ASIDE = re.compile(r"\s*\((?!per |each |[^()]*\b(?:hour|day|week|month)\))[^()]*\)")
_COUNTS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_COUNT_WORD = re.compile(rf"\b({'|'.join(_COUNTS)})(?=\s+(?:hours|days|weeks|months|times)\b)", re.I)
_DIVIDES = re.compile(r"(?:[;.](?=\s|$)|,\s+(?=\d)(?!\d+% point)|,?\s+or\s+(?=\d))(?![^()]*\))")
_UNNAMED = re.compile(
    r"^(?:with|as soon as|in|of|on|off|after)\b|(?-i:^[a-z]+(?<!s)$)|÷[,:]|\bwhen\b|\bno\b"
    r"|\b(?:with|by|for|until|moment|when|if|first|of|the|to|a|after|and|which|still|it \w+|closed)$",
    re.I,
)
"""Words that are no name of a thing: a condition begun, a preposition left over, an adjective alone."""
_LINK = re.compile(r"\s+(?:is|are|was|were|stays?|falls?|rises?|climb\w*|that)$", re.I)


def clauses(sentence: str) -> tuple[list[Clause], str]:
    """What the sentence says, and why nothing where it is nothing."""
    found: list[Clause] = []
    why = "no condition with a number and a comparison" if re.search(r"\d", sentence) else "no number"
    start = 0
    missed = False
    plain = _COUNT_WORD.sub(lambda word: _COUNTS[word[1].lower()], _ASIDE.sub("", sentence))
    for end in [*(match.start() for match in _DIVIDES.finditer(plain)), len(plain)]:
        part = re.sub(r"^or\s+", "", plain[start:end].strip(" ,;."))
        start = end + 1
        if re.search(r"\bin a row\b|\bon \d+ days\b|\bfor \d+ times\b", part):
            missed = True
            why = "counts how often in a row, which is no value of one moment"
            continue
        try:
            condition = next(_conditions(part), None)
        except ValueError as error:
            why, missed = str(error), True
            continue
        if condition and (condition.subject or not missed):
            found.append(Clause((condition,), part))
        missed = missed or (condition is None and bool(re.search(r"\d", part)))
    return found, why


def _conditions(part: str) -> Iterator[Condition]:
    """The conditions a clause may be read as, the surest first. Raises ValueError where it does not name one measured thing."""
    head, colon, rest = part.partition(": ")
    if colon and re.match(rf"(?:{_SIGN})\s+\d|\d", rest, re.I):
        if match := _BARE.match(rest):
            yield _condition(match, head, _equal(match), part)
        if match := _COMPARED.match(rest):
            after = _OF.match(rest[match.end("amount") :])
            yield _condition(match, f"{head}: {after['noun']}" if after else head, _sign(match), part)
        if match := _RANKED.match(rest):
            yield _condition(match, head, _AFTER[match["after"].lower()], part)
        return
    if match := _NONE.search(part):
        yield _condition(match, "", "==", part)
    if re.match(r"\d", part) and not re.match(rf"{_TIME}\s+(?:with\s+)?(?:{_SIGN})", part, re.I):
        for pattern, share in ((_SHARE, "share of "), (_GOES, "")):
            counted = pattern.match(part)
            if (
                counted
                and bool(share) == ("%" in counted["amount"])
                and _amount(counted["amount"]).unit is not Unit.SECONDS
            ):
                yield _condition(counted, share + counted["noun"], _equal(counted), part)
        if not re.match(r"\d+%? (?:point|or)", part):
            return
    yield from _compared(part)


def _compared(part: str) -> Iterator[Condition]:
    matches = list(_COMPARED.finditer(part))
    for index, match in enumerate(matches):
        later = index + 1 < len(matches)
        if re.match(r"\s*point", part[match.end("amount") :]) or (match["sign"].lower() == "over" and later):
            continue
        before = "" if match["lasting"] else part[: match.start()]
        yield _condition(match, before or _noun(match, part), _sign(match), part)
    if ranked := _RANKED.search(part):
        _ends(part[ranked.end() :])
        yield _condition(ranked, part[: ranked.start()], _AFTER[ranked["after"].lower()], part)


def _noun(match: re.Match[str], part: str) -> str:
    """What is counted where the sentence begins with its number: `more than 10 unresolved quarantines close …`.

    Empty where it goes on with what then happens. Raises ValueError where a share is of something that is named only after it.
    """
    rest = part[match.end() :] if match["lasting"] else part[match.end("amount") :]
    if match["lasting"]:
        _ends(rest)
        return ""
    if not rest.strip() or _THEN.match(rest.strip()):
        return ""
    named = r"\s+(?P<noun>[a-z][^,;:]*?)\s+"
    noun = re.match(rf"{named}an?\s+(?:day|week|month)\b", rest, re.I) or re.match(named + _VERB, rest, re.I)
    if "%" in match["amount"] or noun is None:
        raise ValueError(_ANOTHER)
    return noun["noun"].removesuffix(" in")


_ANOTHER = "the sentence does not name one measured thing beside its number"
_THEN = re.compile(
    rf"(?:{_VERB}|the\b|its?\b|and\b|for\s+\d|in\s+(?:\d|an?\s)|of\s+(?:a|the)\s+day|an?\b|normal\b|{_RANK}|[:,])", re.I
)
"""What may follow a threshold: its consequence. Another word would say more about what is measured."""


def _ends(rest: str) -> None:
    if rest.strip() and not _THEN.match(rest.strip()):
        raise ValueError(_ANOTHER)


def _equal(match: re.Match[str]) -> Operator:
    return "==" if _amount(match["amount"]).value == 0 else ">="


def _sign(match: re.Match[str]) -> Operator:
    if match["after"]:
        return _AFTER[match["after"].lower()]
    sign = match["sign"].lower()
    return "==" if sign == "at" and _amount(match["amount"]).value == 0 else _BEFORE[sign]


def _condition(match: re.Match[str], subject: str, operator: Operator, part: str) -> Condition:
    groups = match.groupdict()
    amount = _amount(match["amount"])
    hold = groups.get("for") or groups.get("lasting")
    window = groups.get("within") or groups.get("across")
    period = groups.get("period") or groups.get("each") or ((found := _BRACKET.search(part)) and found["period"])
    subject = _subject(subject)
    if (
        period is None
        and subject
        and (each := re.search(r"^(?:\w+ )?an? (hour|day|week|month)\b|(?<!\d)\s+an? (hour|day|week|month)$", subject))
    ):
        period = each[1] or each[2]
        subject = (subject[: each.start()] + subject[each.end() :]).strip()
    if (
        period is None
        and subject
        and (counted := re.search(rf"{re.escape(subject)} an? (hour|day|week|month)\b", part))
    ):
        period = counted[1]
    if amount.unit is Unit.RATIO and (
        base := _QUOTIENT.match(part[part.index(match["amount"]) + len(match["amount"]) :])
    ):
        subject = f"{subject} ÷ {base['base']}"
    if re.fullmatch(r"(?:a )?(?:cases?|places?|of them)", subject):
        subject = ""
    if re.fullmatch(r"“[^”]*”", subject):  # the name of a stage: `“slow” at 10% failures`
        what = re.match(rf"\s+(?!for\b|or\b|{_VERB})(?P<noun>[a-z]+)", part[match.end("amount") :])
        subject = f"{what['noun']} ({subject})" if what else ""
    if amount.unit is Unit.TIMES and (base := _BASE.match(part[part.index(match["amount"]) + len(match["amount"]) :])):
        subject = f"{subject} ÷ {base['base']}" if subject else "the"
    if subject.startswith("times") or _UNNAMED.search(subject):
        raise ValueError(_ANOTHER)
    return Condition(
        subject,
        operator,
        amount,
        _seconds(window) if window else SECONDS[period.lower()] if period else None,
        _seconds(hold) if hold else None,
    )


def _amount(text: str) -> Amount:
    digits = re.match(r"[\d,.]*\d", text)
    number, unit = (
        float(digits[0].replace(",", "")) if digits else 0.0,
        text[digits.end() if digits else 0 :].strip(" -"),
    )
    if _single(unit) in _UNITS:
        return Amount(_seconds(text), Unit.SECONDS, text)
    if unit == "%":
        return Amount(round(number / 100, 10), Unit.RATIO, text)
    if unit.lower() in ("eur", "usd", "krw", "gbp"):
        return Amount(number, Unit(unit.lower()), text)
    return Amount(number, {"times": Unit.TIMES, "℃": Unit.CELSIUS, "°C": Unit.CELSIUS}.get(unit, Unit.COUNT), text)


def _single(unit: str) -> str:
    return unit.lower().removesuffix("s") if unit.lower() != "s" else "s"


def _seconds(text: str) -> int:
    pieces = re.findall(r"([\d,.]*\d)[\s-]*([a-z]+)", text, re.I)
    return round(sum(float(n.replace(",", "")) * SECONDS[_UNITS[_single(unit)]] for n, unit in pieces))


def _subject(text: str) -> str:
    words = _BRACKET.sub("", text).strip(" :,")
    words = re.sub(r"^(?:if|and)\s+", "", words, flags=re.I)
    return " ".join(_LINK.sub("", words).split())
