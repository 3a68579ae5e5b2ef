"""How amounts are written in both languages: one alternation, `TOKEN`, in which earlier alternatives win at the same place.

`noise` stands before everything that is only a number, and after schedules and hours, which contain what looks like noise.
Every repetition is bounded or consumes what nothing else in it can, so reading is linear in the length of the text.
"""

from __future__ import annotations

import re

from opslead.intake.amounts.noise import NOISE
from opslead.intake.amounts.numerals import (
    DAY_WORDS,
    DIGITS,
    ENGLISH_NUMBERS,
    ENGLISH_WORD,
    KOREAN_NATIVE,
    KOREAN_SINO,
    SCALED,
)
from opslead.intake.amounts.units import COUNTERS, TIME_UNITS

DASH = r"\s?(?:~|-|–|—|∼|〜|to|에서|to a maximum of)\s?"
FIGURE = rf"(?:{SCALED}|{ENGLISH_WORD}|{KOREAN_NATIVE}|{KOREAN_SINO})"
PART = r"(?:(?:오전|오후|밤|새벽|저녁|아침|낮)\s?)"
_STRONG = (
    rf"(?:{PART}?(?<![\d:.])(?:[01]?\d|2[0-4]):[0-5]\d(?!\d)(?:\s?[aApP]\.?[mM]\b\.?)?"
    rf"|(?:{PART})(?<!\d)\d{{1,2}}\s?시(?!간)(?:\s?(?:[0-5]?\d\s?분|반))?"
    r"|(?<![\d:.])\d{1,2}\s?시(?![가-힣간]|작|점|행)(?:\s?[0-5]?\d\s?분)?"
    r"|(?<![\d:.])\d{1,2}\s?시(?=까지|부터|에|이후|이전|전|와|~|로|정각|마감)"
    r"|(?<![\d:.])\d{1,2}(?::[0-5]\d)?\s?(?:[aApP]\.[mM]\.|[aApP][mM]\b))"
)
_WEAK = rf"(?:{PART}?(?<![\d:.])\d{{1,2}})"
_TO = r"\s?(?:~|-|–|—|∼|to|until|부터|에서)\s?(?:익일|다음\s?날|next day)?\s?"
_DAYS_KO = r"(?:평일|주중|주말|매일|연중무휴|공휴일|[월화수목금토일]요일|[월화수목금토일](?=\s?[~\-–·,/]\s?[월화수목금토일])|(?<=[~\-–·,/])[월화수목금토일])"
_DAY_EN = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_DAYS = (
    rf"(?:{_DAYS_KO}(?:요일)?(?:(?:\s?[~\-–·,/]\s?|[과와]\s)(?:공휴일|주말|[월화수목금토일](?:요일)?)){{0,6}}"
    rf"|\b(?i:{_DAY_EN}(?:\s?(?:-|–|to|through|/|,(?:\s?and\b)?|and\b|&)\s?{_DAY_EN}){{0,6}}|(?:on )?weekdays?|(?:on )?weekends?"
    rf"|daily|every day))"
)
_RANGE = rf"(?:{_STRONG}{_TO}(?:{_STRONG}|{_WEAK}(?!\s?[분시]간)(?!\d))|{_WEAK}\s?(?:~|-|–|—|to)\s?{_STRONG})"
_HOURS = (
    rf"{_RANGE},?\s(?:on\s)?{_DAYS}(?!\s?[,:(]?\s?(?:from |between )?\d)"  # `09:00-18:00 on weekdays`
    rf"|(?:{_DAYS}\s?[,:(]?\s?(?:from |between )?)?{_RANGE}"
    rf"|{_DAYS}\s(?:[01]?\d|2[0-4])\s?[-–]\s?(?:1\d|2[0-4])(?!\d|[:.]\d|\s?[%A-Za-z가-힣])"  # `Mon-Fri 9-17`
    rf"|(?<!\d)24\s?/\s?7|(?<!\d)24시간(?=\s?(?:운영|영업|상시|무인|연중|접수|근무|상담|대응|개방|이용 가능|가능))|around the clock"
)
_WEEKDAY_KO = r"[월화수목금토일](?:요일)?"
_SCHEDULE = (
    r"(?:매월|매달|매\s월|익월|다음\s?달|당월|말월)\s?(?:\d{1,2}일(?:\s?[,·/~]\s?\d{1,2}일)?|말일|말(?=\s|에|$)|첫\s?영업일)"
    rf"|(?:매주|격주)\s?{_WEEKDAY_KO}(?![가-힣])(?:\s?[,·/]\s?{_WEEKDAY_KO}(?![가-힣]))*"
    rf"|매주\s?[월화수목금토일]요일|(?:주|월|연|년|하루|매일|매주|매월|1일|일주일에|한\s?달에|하루에)\s?(?:에\s)?{DIGITS}(?:~\d+)?\s?(?:회|번)(?![가-힣])"
    r"|격주|매주|매월|매달|매년|매시간|매일(?!\s?\d)|매일\s(?=\d)|분기별|월별|주별|일별"
    r"|(?i:\b(?:(?:monthly\s)?on the\s|by the\s|the\s)?\d{1,2}(?:st|nd|rd|th)(?: day)? of (?:each|every"
    r"|the (?:following |next )?)\s?month"
    r"|\b(?:monthly )?on the \d{1,2}(?:st|nd|rd|th)\b(?! of [A-Z])"
    rf"|\b(?:bi-?weekly|weekly|every(?: other)? week|every|each)(?: payouts?| settlement"
    rf"| transfer)?,?\s?\(?(?:on )?{_DAY_EN}\b"
    r"|\bevery(?: other)? (?:day|week|month|night|hour|morning|evening|weekday|quarter|year)\b"
    r"|\b(?:once|twice|three times) (?:a|per) (?:day|week|month|year|night|shift)\b"
    r"|\b(?:bi-?weekly|weekly|monthly|daily|hourly|nightly|fortnightly|quarterly|annually|yearly)\b"
    r"|\bnet[- ]\d{1,2}\b|\bT\s?\+\s?\d{1,2}\b(?: business days?)?|\bend of (?:the |each )?month\b|\bmonth[- ]end\b)"
)
SYMBOL = r"(?:US\$|\$|€|£|¥|₩|₹|(?:KRW|EUR|USD|GBP|JPY|XAF|INR|CHF)(?=\s?\d))"
MONEY_WORD = (
    r"(?:원(?![칙인형본래가])|달러|유로|엔(?![가-힣])|(?i:EUR|USD|KRW|XAF|FCFA|CHF|GBP|JPY|INR|euros?|dollars?"
    r"|pounds?(?! of)|won|yen)\b)"
)
_MONEY = (
    rf"{SYMBOL}\s?{DIGITS}(?:[kKM]\b|\s(?:thousand|million|billion)\b)?(?:{DASH}{SYMBOL}?\s?{DIGITS}(?:[kKM]\b)?)?"
    rf"|{FIGURE}(?:{DASH}{FIGURE})?\s?(?:여\s?)?{MONEY_WORD}"
)
_PERCENT = r"(?:%(?!p|포인트)|퍼센트|프로(?=[\s,.를가는]|$)|\s?(?i:percent|per cent)\b)"
_SHARE = rf"{FIGURE}\s?%?(?:{DASH}{FIGURE})?\s?{_PERCENT}"
_LIST = rf"{DIGITS}(?:\s?/\s?\d{{1,4}}){{1,6}}\s?(?:시간|분|일|개월|hours?|days?|minutes?|h)(?![A-Za-z가-힣])"
_LENGTH = rf"{FIGURE}\+?[\s-]{{0,2}}(?:{TIME_UNITS})"
_AND = r"(?:\s?(?:and )?)"
_DURATION = (
    rf"{_LENGTH}(?:{DASH}{_LENGTH}|{_AND}(?<!\d)\d{{1,2}}\s?(?:{TIME_UNITS}))?|{FIGURE}\+?{DASH}{_LENGTH}"
    rf"|(?:영업일)\s?(?:기준\s?)?{DIGITS}(?:{DASH}{DIGITS})?일"
)
_BEFORE_ARTICLE = "|".join(
    f"(?<={word} )"
    for word in ("within", "after", "in", "for", "every", "than", "about", "least", "over", "under", "to", "up")
)
_ARTICLE = (
    rf"(?:{_BEFORE_ARTICLE})(?i:(?:an?|the next|the last)\s(?:second|minute|hour|day|week|fortnight|month"
    rf"|year))\b|\b(?i:half an? (?:hour|day|year))\b|일주일|보름|반년|반나절"
)
_DAY_WORD = rf"(?<![가-힣])(?:{'|'.join(DAY_WORDS)})(?=\s?(?:전|이내|안에|뒤|후|만에|동안|간|내에|까지|치|이상|넘게|걸|정도|씩))"
_RELATIVE = r"(?<![A-Za-z])[Dd]\s?[-+]\s?\d{1,3}(?:일)?(?:\s\d{1,2}:\d{2})?(?![\dA-Za-z])"
_FACTOR = (
    r"(?<![\w.])\d{1,3}(?:\.\d+)?\s?(?:[xX×](?![\w×])|배(?![송달포치정수차출관너터경열우])|[- ]?(?:fold|times the|times as"
    r"|times more|times higher)\b)"
    r"|\b(?i:(?:two|three|four|five|six|seven|eight|ten)\stimes\s(?:as|the|more|higher)|(?:twice|double) (?:as|the))\b"
    r"|(?<![가-힣])(?:두|세|네|다섯|열)\s?배(?![송달포치정수차출관너터경열우])"
)
_COUNT_KO = rf"{FIGURE}\+?(?:{DASH}{FIGURE})?\+?\s?(?:여\s?)?(?:{COUNTERS})"
_COUNT_EN = rf"(?:{SCALED}|{ENGLISH_WORD})\+?(?:{DASH}(?:{SCALED}|{ENGLISH_WORD}))?\+?[ -](?=[A-Za-z])"
_NUMBER = rf"(?:(?<=[\s:(])[+\-−])?(?:{SCALED})(?:{DASH}(?:{SCALED}))?\+?"

TOKEN = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("schedule", _SCHEDULE),
            ("hours", _HOURS),
            ("relative", _RELATIVE),
            ("noise", NOISE),
            ("money", _MONEY),
            ("share", _SHARE),
            ("list", _LIST),
            ("duration", _DURATION),
            ("article", _ARTICLE),
            ("dayword", _DAY_WORD),
            ("time", rf"{_STRONG}|자정|정오|\b(?i:midnight|noon)\b"),
            ("factor", _FACTOR),
            ("countko", _COUNT_KO),
            ("counten", _COUNT_EN),
            ("number", _NUMBER),
        )
    )
)

HINT = re.compile(
    r"\d|자정|정오|[매격]주|매월|매달|매년|매일|매시간|분기별|[일주월]별|말일|[한두세네섯곱덟홉열무른]\s?(?:배|시간|달|주|개월|명|번|건|곳|개|대|장)"
    r"|[일이삼사오육칠팔구십백천만]{2}|[십백천만]\s?(?:명|건|원|곳)|이틀|사흘|나흘|[닷엿]새|이레|열흘|보름|하루|일주일|반년|반나절|around the clock"
    rf"|\b(?i:{'|'.join(ENGLISH_NUMBERS)}|an?|half|the (?:next|last)|every|each|once|twice|double|bi|(?:week|month"
    rf"|dai|hour|night|year|annual|quarter|fortnight)ly"
    r"|biweekly|end of|midnight|noon)\b"
)
"""A passage without any of these has no amount, which saves most passages the long search."""
