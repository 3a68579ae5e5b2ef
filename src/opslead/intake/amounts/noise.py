"""Numbers that are no amounts: versions, dates, addresses, colours, pixels, status codes, identifiers, ordinals, ratios.

`NOISE` is one alternation, to be tried before the amounts at every place of a text.
"""

from __future__ import annotations

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_YEAR = r"(?:19|20)\d\d"
_PRODUCTS = (
    r"(?i:version|ver|버전|release|rev|react|next\.js|vue|angular|python|django|node(?:\.js)?|java|php"
    r"|spring boot|spring"
    r"|postgresql|postgres|mysql|redis|tls|ssl|openapi|http/?|oauth|ios|android|iphone|windows|wcag|iso|rfc|swagger"
    r"|ubuntu|typescript|mongodb|html|css|utf|ipv|gpt|tailwind|docker|kotlin|swift|flutter|laravel|rails|ruby|rust)"
)
_STRUCTURE = (
    r"(?i:phase|step|section|chapter|appendix|figure|table|sprint|milestone|stage|part|issue|question|faq"
    r"|example|case"
    r"|scenario|option|rule|policy|page|week|weeks|year|month|months|day|level|tier|priority|goal|item"
    r"|task|epic|story"
    r"|flow|screen|no\.?|스토리|페르소나|시나리오|그림|표|부록|항목|예시|별표|유형|케이스|단계|레벨)"
)
_UNIT = (
    r"\s?(?:일|분|초|시간|주|개월|년|원|명|건|회|번|개|장|곳|%|days?|hours?|minutes?|mins?|seconds?|sec|weeks|months"
    r"|users?|people|items?|EUR|USD|[smhd]\b)"
)
_KOREAN_ORDINAL = r"(?:순위|단계|차(?![례종])|호기|급(?!여)|번째|위(?![원치험반생한해])|학년|등급|교시|번길|호선|권역)"

NOISE = "|".join(
    (
        r"https?://[^\s)>\]]+|www\.[^\s)>\]]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}",
        r"(?<![\w)\]])/[A-Za-z][\w{}:./?=&-]*",
        r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|#\d+|§\s?\d+(?:\.\d+)*|№\s?\d+",
        r"(?<!\d)\d{2,4}[-.)]\s?\d{3,4}-\d{4}(?!\d)|(?<!\d)1[56]\d\d-\d{4}(?!\d)",  # telephone
        rf"(?<!\d){_YEAR}\s?[-./]\s?\d{{1,2}}(?:\s?[-./]\s?\d{{1,2}})?\.?(?!\d)",
        rf"(?<!\d)(?:{_YEAR}|[']?\d\d(?=년\s?\d{{1,2}}월))년(?:\s?\d{{1,2}}월)?(?:\s?\d{{1,2}}일)?",
        r"(?<!\d)\d{1,2}(?:\s?[~\-–·,]\s?\d{1,2})?월(?:\s?\d{1,2}일)?(?:\s?[~\-–]\s?\d{1,2}(?:월(?:\s?\d{1,2}일)?|일))?",
        rf"\b{_MONTH}\.?\s?\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s?{_YEAR})?|\b{_MONTH}\s{_YEAR}\b",
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?",
        rf"\b(?i:in|since|by|from|of|until|before|after|year|fy|late|early|mid)[- ]{_YEAR}\b(?![,.]?\d|{_UNIT})",
        rf"\({_YEAR}\)|\b{_YEAR}s\b|©\s?{_YEAR}|\b(?:Q[1-4]|H[12]|FY)\s?'?\d{{0,4}}\b",
        r"(?<![\w.])[vV]\d+(?:\.\d+)*\b|(?<![\d.])\d+\.\d+\.\d+(?:\.\d+)*(?!\d)",
        rf"(?<![A-Za-z]){_PRODUCTS}\s?[-v:]?\s?\d+(?:\.\d+)*\+?(?![\d%]|[.,]\d|{_UNIT})",
        rf"(?<![A-Za-z가-힣]){_STRUCTURE}\s?[#:]?\d+(?:\.\d+)*[a-z]?(?:\s?[-~–&]\s?\d+)?(?![\d%]|[.,]\d|{_UNIT})",
        r"(?<![\d.,])\d{1,3}\s?(?:인|회|건|박|분|시간|초|km|개|명|마리|잔|일)당",
        r"(?<!\d)\d{1,4}분의\s?\d{1,4}",
        rf"제\s?\d+(?:자|조|항|호|장|절|차|회|기)?|(?<!\d)\d+{_KOREAN_ORDINAL}",
        r"(?<![\d.:])\d{1,2}\.\d+:\d+(?!\d)|(?<![\w:])[1N]\s?:\s?[1NM](?![\w:])|(?<![\d:])\d{1,2}:\d(?!\d)",
        r"(?<!\d)\d{1,2}:(?:[6-9]\d|\d{3,})|\b\d+-(?:on|to)-\d+\b|\b[1-9]\d/[1-9]\d\b(?![/\d]|\s?(?:일|시간|분))",
        r"(?<![\d.])\d+(?:\.\d+)?\s?(?:px|rem|em|pt|dpi|fps|rps|qps|tps|ms|[kmg]bps|vh|vw|vcpu"
        r"|[kmgKMG]?[hH]z|bits?)\b",
        r"(?i:\b\d+\s?[x×]\s?\d+(?:\s?px)?\b)",
        r"(?:→|->|=>|\bHTTP|\b(?i:status(?: code)?)|상태\s?코드|에러\s?코드|오류\s?코드|\b(?i:code))\s?:?\s?[1-5]\d\d\b"
        rf"(?!{_UNIT}|,\d)",
        r"(?<![\d,.$€])[2-5]\d\d\s(?:OK|Created|Accepted|No Content|Bad|Unauthorized|Payment|Forbidden|Not|Method"
        r"|Conflict|Gone|Unprocessable|Too|Internal|Service|Gateway)\b|\([45]\d\d\)|\b[1-5]xx\b",
        r"(?<![A-Za-z0-9])(?!(?:KRW|EUR|USD|GBP|JPY|XAF|INR|CHF|D|d|T|net)[-+ ]?\d"
        r"|[xX]\d{1,2}\b)[A-Za-z_]{1,16}[-_]?\d[\w-]*",
        r"(?<![\w.,])\d{1,2}(?![KMH]|[AP]M|[KMGT]B|EUR|USD|KRW|KG|KM|L\b|W\b)[A-Z][A-Za-z]{0,3}(?![A-Za-z])",
        r"\b\d{1,3}(?:st|nd|rd|th)\b",
        r"\b(?i:top|aged?|ages)[- ]\d+(?:[-–]\d+)?\b",
        r"\b\d(?:-|\s)star(?:s|red)?\b(?=\s(?:rating|review|system))",
        r"(?<!\d)\d{1,2}(?:[~-]\d{1,2})?대(?=\s?(?:초반|중반|후반|이상|여성|남성|고객|사용자|직장인|,|~))|\(\d{1,3}세\)",
    )
)
