"""Units, counters and the words that bound an amount, in both languages. Data and small look-ups for `quantities`."""

from __future__ import annotations

import re

_AFTER_UNIT = "간|씩|마다|이내|이상|이하|전|후|뒤|동안|안|내|까지|을|를|이|가|은|는|만|정도|단위|에|으로|로|초과|미만|부터|도|과|와|의|치|넘|이며|이고"
TIME_UNITS = (
    rf"영업일|개월|시간(?![당대표])|분(?![가-힣])|분(?=과금|{_AFTER_UNIT})|초(?![가-힣])|초(?=간|씩|마다|이내|이상|이하|전|후|뒤|동안|안에|내|까지"
    rf"|을|를|가|는|만|정도|단위|에|로|미만|부터)|주일|주(?![가-힣])|주(?=간|마다|이내|이상|이하|전|후|뒤|동안|안에|내|까지|를|가|는|만|정도|단위|에|로|부터|씩)"
    rf"|달(?![러성리력])|년(?![대도생차식])|일(?![가-힣])|일(?=(?:{_AFTER_UNIT}|차|째)(?!동|법|괄))"
    r"|(?i:business[- ]days?|working[- ]days?|calendar[- ]days?|seconds?|secs?|minutes?|mins?|hours?|hrs?"
    r"|days?|weeks?"
    r"|wks?|months?|years?)(?![A-Za-z])|[smhdwH](?![A-Za-z0-9²³])"
)
"""Units of time; single letters only in lower case (`H` too, which Korean documents use)."""

COUNTERS = (
    r"매(?![가-힣])|매(?=까지|씩|만|를|이|의)|명(?![의]\s?신|칭|시(?!에)|령)|건(?![물강조축설])|회(?![원사의복수차계피]|전(?!에)|선)"
    r"|번(?![호째역지])|개(?![월인선발별설장편념요방봉])|곳|석(?![사])|장(?![소바비애기치르점부])"
    r"|대(?![기비상여리체응행금화표출략부안학로분규])|점(?![검수심유포주장])|글자|자(?![동리격료유신녀산체세전본원])|층|병(?![원])|박(?![스])|팀|마리|종류"
    r"|종(?![료류합목사속]|이(?![다고며에라]))|가지|개소|지점|호점|인분"
    r"|인(?![증원당보사터쇄스프력])|좌석|사이트|객실|베이|박스|그릇|잔(?![액여고])|쪽|페이지|칸(?![막])|벌|켤레|통(?![화해신계합장보과지상])|봉지|단어|문항|문제"
    r"|과목|슬롯|포인트|콜|세션|주문|예약"
    r"|편(?![의집리도안])|채(?![널팅용])|권(?![한리역장])|km|㎞|m(?![A-Za-z0-9²])|㎡|평(?![균일가소점화생])|kg|g(?![A-Za-z])|톤|ml"
    r"|mL|L(?![A-Za-z])|리터|[KMGT]B|℃|°C|kWh|P(?![A-Za-z0-9])"
)
"""Korean counters and physical units, each not where it begins another word."""

BEFORE_BOUND = re.compile(
    r"(?:(?P<max>최대|최고|상한(?:액)?(?:은|을|이)?|많아야|최장|up to(?: a maximum of)?|at most|no more than|not more than|"
    r"max(?:imum)?\.?(?: of| is)?:?|under|less than|below|fewer than|within|limit(?:ed)?(?: of| to|:| is)?"
    r"|capped at|cap of|not exceed(?:ing)?|exceeds? no more than|[<≤]=?)"
    r"|(?P<min>최소(?:한)?|최저|적어도|최단|at least|no less than|not less than|no fewer than|min(?:imum)?\.?(?: of"
    r"| is)?:?|more than|over|above|exceed(?:s|ing)?|longer than|[>≥]=?)"
    r"|(?P<about>약|대략|평균|보통|about|around|approx(?:imately|\.)?|roughly|usually|typically|on average"
    r"|average(?: of)?|some|nearly|~|≈))"
    r"\s?(?:약|about|평균|of)?\s?[(\"'“]?$",
    re.I,
)
NAMED_BOUND = re.compile(
    r"(?:(?P<max>(?<![가-힣])(?:최대|상한)(?:\s?[가-힣]{1,6}){1,2}|\bmax(?:imum)?(?:\s[A-Za-z]{2,14}){1,3})"
    r"|(?P<min>(?<![가-힣])(?:최소|하한)(?:\s?[가-힣]{1,6}){1,2}|\bmin(?:imum)?(?:\s[A-Za-z]{2,14}){1,3}))(?:은|는|이"
    r"|가)?\s?[:：]?\s?$",
    re.I,
)
"""A bound with the name of what it bounds between it and the amount: `최대 인원 4명`, `Minimum order value: $25`."""
AFTER_BOUND = re.compile(
    r"\s?(?:(?P<max>이하|미만|이내|까지|에\s?한(?:해|하여|정)|한도|제한|한정|or less|or fewer|or under|max(?:imum)?\b|limit\b"
    r"|at most|내에서|내외로는)"
    r"|(?P<min>이상|초과|넘|\+|or more|or longer|or above|min(?:imum)?\b|at least|부터))",
    re.I,
)
RELATION_BEFORE = re.compile(
    r"(?:(?P<within>within(?: the next| the first| the last)?|inside|in under|no later than|expires? in"
    r"|in less than|in at most|valid for|for up to)"
    r"|(?P<after>after|following|older than|once)|(?P<every>every|each|매)"
    r"|(?P<before>last minute))\s?(?:about |around |at least |at most |up to |the |a )?$",
    re.I,
)
RELATION_AFTER = re.compile(
    r"\s?(?:\w{0,10}\s(?=전까지|이전))?(?:(?P<before>이?전|앞서|before|prior|ahead|in advance|earlier|beforehand|until)"
    r"|(?P<within>이내|안에|내에?(?![가-힣])|내로|까지|to (?:respond|answer|reply|pay|confirm|accept|decide|complete|cancel))"
    r"|(?P<every>마다|간격|주기|interval|단위로\s)"
    r"|(?P<after>이?후|뒤|지나|경과|after|later|past|passed)(?!기))",
    re.I,
)
PER_AFTER = re.compile(
    r"\s?(?:/\s?|per\s|(?:on\s)?an?\s(?:(?:normal|usual|ordinary|typical|average|regular)\s(?=day\b))?|each\s|every\s|for each\s)"
    r"(seconds?|s\b|minutes?|mins?|hours?|hr|h\b|days?|nights?|weeks?|months?|mo\b|years?|yr\b|kWh|km"
    r"|miles?|person|guests?|items?|orders?|bookings?|"
    r"games?|sessions?|trips?|listings?|users?|customers?|sites?|shops?|stores?|cases?|shifts?|visits?"
    r"|vehicles?|rooms?|tables?|accounts?|devices?|drivers?|couriers?|초|분|시간|일|월|주|년|박|건|인|명|회|개)"
)
PER_BEFORE = re.compile(
    r"(?:(?<![가-힣\d])(하루(?:에)?|일일|1일(?=\s?(?:에|평균|최대|최소|약|당|기준|\d))(?:에|당)?|매일|월간|월평균|일평균|매월|매달|주간|매주|연간"
    r"|매년|시간당|분당|초당|건당|회당|인당|1인당|1인|1회|개당|대당|박당|1박|지점당|매장당|주문당|\d{1,3}\s?(?:분|시간|일|km|박)당|"
    r"한\s?달에|일주일에|[일월주연](?=\s?(?:평균|최대|최소|약|\d|$)))|(?:per|each|daily|weekly|monthly|every|a)\s(day|week"
    r"|month|hour|case|person|booking|order))"
    r"\s?(?:평균|최대|최소|약|총|기준|\s)*(?:[가-힣]{1,8}\s?){0,2}$"
)
_PER = {
    "second": ("초", "초당", "s"), "minute": ("분", "분당", "min", "mins"), "hour": ("시간", "시간당", "hr", "h"),
    "day": ("하루", "하루에", "일일", "1일", "매일", "일평균", "일", "박", "박당", "1박", "night", "nights"),
    "week": ("주", "주간", "매주", "일주일에"), "month": ("월", "월간", "월평균", "매월", "매달", "mo", "한 달에", "한달에"),
    "year": ("년", "연", "연간", "매년", "yr"), "case": ("건", "건당", "회당", "1회", "회", "case", "cases"),
    "person": ("인당", "1인당", "1인", "인", "명", "person"),
}  # fmt: skip
_PER_OF = {word: name for name, words in _PER.items() for word in words}


def per_of(word: str | None) -> str:
    """The period or thing in one word: `일일` and `a day` are `day`; unknown ones stay as written, in the singular."""
    word = (word or "").strip()
    if not word:
        return ""
    word = word.removesuffix("당") if word not in _PER_OF else word
    return _PER_OF.get(word) or (word[:-1] if word.isascii() and word.endswith("s") else word)


def unit_name(unit: str) -> str:
    """The unit in full, so that a reader does not take `m` for metres."""
    return {"s": "seconds", "m": "minutes", "h": "hours", "H": "hours", "d": "days", "w": "weeks"}.get(unit, unit)


_STOP = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "per",
        "a",
        "an",
        "the",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "must",
        "may",
        "can",
        "will",
        "would",
        "should",
        "shall",
        "have",
        "has",
        "had",
        "before",
        "after",
        "within",
        "each",
        "every",
        "than",
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "where",
        "when",
        "if",
        "then",
        "as",
        "into",
        "over",
        "under",
        "until",
        "during",
        "ago",
        "later",
        "earlier",
        "long",
        "max",
        "only",
        "old",
        "about",
        "via",
        "not",
        "no",
        "but",
        "plus",
        "minus",
        "times-as",
        "more",
        "less",
        "fewer",
        "most",
        "least",
        "it",
        "its",
        "this",
        "these",
        "those",
        "their",
        "his",
        "her",
        "our",
        "your",
        "my",
        "so",
        "such",
        "between",
        "without",
        "through",
        "including",
        "also",
        "both",
        "either",
        "neither",
        "get",
        "gets",
        "pay",
        "pays",
        "does",
        "do",
        "did",
        "using",
        "use",
        "uses",
        "used",
        "because",
        "while",
        "through",
        "against",
        "up",
        "down",
        "out",
        "off",
        "away",
        "ahead",
        "apart",
        "left",
        "right",
        "now",
        "see",
    ]
)
_IRREGULAR = frozenset(["people", "children", "staff", "men", "women", "stars", "personnel", "vehicles"])
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")


def english_unit(text: str) -> str:
    """The noun phrase at the beginning of `text` that a number counts: `fast-charging sites` of `fast-charging sites along`."""
    end, first = 0, ""
    for index, match in enumerate(_WORD.finditer(text[:80])):
        if match.start() != (0 if not index else end + 1) or (index and text[end] != " "):
            break
        word = match.group()
        if word.lower() in _STOP or index > 3 or (index and word.isupper() and len(word) > 4):
            break
        end = match.end()
        first = first or text[:end]
        if (word.endswith("s") and not word.endswith(("ss", "us"))) or word.lower() in _IRREGULAR:
            return text[:end]
    return first
