"""What a service is called, what kind it is, and at how many places it runs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import yaml

from opslead.intake.amounts.numerals import ENGLISH_WORD, KOREAN_NATIVE, KOREAN_SINO, SCALED, plain, value_of
from opslead.intake.page.passages import Form, Passage
from opslead.model.document import Said

# --- the name --------------------------------------------------------------------------------------------------------

_PAPER = (
    r"product requirements?(?: document)?|requirements?(?: document| specification)?|platform overview|master document|"
    r"standard operating procedures?|operating manual|business plan|project overview|functional spec(?:ification)?|"
    r"specification|overview|PRD|SOP|SRS|BRD|MVP|spec|readme|v\d[\d.]*|version \d[\d.]*|final|master|draft|"
    r"제품 ?요구 ?사항 ?(?:정의서|문서|명세서)?|요구 ?사항 ?(?:정의서|명세서|문서)?|기획서|기획안|서비스 ?소개서?|서비스 ?개요|운영 ?매뉴얼|업무 ?매뉴얼|정의서|명세서|완성형|최종본?|초안|상세"
)
_PAPER_TAIL = re.compile(rf"(?:[\s\-–—:|·,]|^)(?:\(?(?:{_PAPER})\)?[\s\-–—:|·,]*)+$", re.I)
_PAPER_HEAD = re.compile(rf"^(?:\(?(?:{_PAPER})\b\)?[\s\-–—:|·,]+)+", re.I)
_FILE = re.compile(r"^[\w.\-]+\.(?:md|txt|docx?|pdf)\b[\s\-–—:]*", re.I)
_NUMBER = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)]?)\s+(?=\S)")
_ENDING = re.compile(
    r"(?:을|를)?\s?(?:운영하려고? ?합니다|운영하려 한다|운영합니다|운영한다|하려고 합니다|만들려고 합니다|이다|입니다|이에요|예요|해요|합니다|한다)?[.\s]*$"
)
_VERB = re.compile(
    r"(?<=\w{3}) (?:that|which|where|who|is|has|have|lets|runs|operates|connects|sells?|makes|moves|places|collects|keeps|looks|"
    r"orders|works|enters|acts|hosts?|used by|with|gives|offers|takes|provides|allows|executes) ",
    re.I,
)
_MOST = 60


def title(passages: Sequence[Passage]) -> str:
    """The name of the service: its first heading without the words for the paper, else the beginning of the text."""
    headings = [p.text for p in passages if p.form is Form.HEADING][:3]
    for text in headings[:1] + [h for h in headings[1:] if _bare(headings[0]) == ""]:
        if name := _bare(text):
            return name[:_MOST].strip()
    first = next((p.text for p in passages if p.form is not Form.HEADING), headings[0] if headings else "")
    name = _beginning(first)
    return name if len(name) <= _PHRASE else _by_kind(first) or name


def _by_kind(text: str) -> str:
    """`세탁 서비스`, `rental service`: for a text whose first sentence is too long for a name; empty for an unknown kind."""
    found = _domains()[0].search(text)
    if found is None:
        return ""
    return f"{found[0]} 서비스" if re.search("[가-힣]", found[0]) else f"{found[0].lower()} service"


def _bare(text: str) -> str:
    name = _NUMBER.sub("", _FILE.sub("", text)).strip()
    name = _PAPER_TAIL.sub("", _PAPER_HEAD.sub("", name)).strip(" -–—:|·,")
    quoted = re.match(r"^[(「『\"'](.+)[)」』\"']$", name)
    return quoted.group(1) if quoted else name


_PHRASE = 32
"""Longer than this, the beginning of a sentence is no name."""
_OPENING = re.compile(r"^(?:(?:we|i) (?:want to |plan to )?(?:run|operate|are|offer|have)|this is|it is)\s+", re.I)
_ARTICLE = re.compile(r"^(?:the|an|a)\s+", re.I)


def _beginning(text: str) -> str:
    """The first clause of a text without headings, short enough for a name."""
    clause = re.split(r"[.;:]\s|\s[–—-]\s", text, maxsplit=1)[0]
    clause = clause.split(", ")[0] if " " in clause.split(", ")[0].removeprefix("The ") else clause
    clause = _ARTICLE.sub("", _OPENING.sub("", clause))
    clause = _VERB.split(clause, maxsplit=1)[0]
    clause = re.sub(r"\s(?:약\s)?\d[\d,]*\s?(?:개|곳)?\s?(?:지점|매장|점포|곳)(?=을|를|$)", "", clause)
    clause = _ENDING.sub("", clause) if re.search("[가-힣]", clause) else clause.rstrip(". ")
    if len(clause) > _MOST:
        clause = clause[:_MOST].rsplit(" ", 1)[0]
    return clause.strip() or "service"


# --- the kind --------------------------------------------------------------------------------------------------------


@cache
def _domains() -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """One alternation of all words, the longest first; the keys of each word; all keys in order."""
    text = files("opslead.intake").joinpath("words", "domains.yaml").read_text(encoding="utf-8")
    loaded: object = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(loaded, dict):
        raise TypeError("words/domains.yaml: not a mapping of lists")
    owners: dict[str, tuple[str, ...]] = {}
    for key, listed in loaded.items():
        for word in listed:
            owners[word.lower()] = (*owners.get(word.lower(), ()), str(key))
    words = sorted(owners, key=len, reverse=True)
    english = "|".join(re.escape(word) for word in words if word.isascii())
    other = "|".join(re.escape(word) for word in words if not word.isascii())
    return re.compile(rf"\b(?P<en>{english})(?:e?s)?\b|(?P<other>{other})", re.I), owners, tuple(map(str, loaded))


def domain(passages: Sequence[Passage]) -> tuple[str, ...]:
    """At most three keys of `words/domains.yaml`, the best supported first. Title and overview weigh most."""
    pattern, owners, order = _domains()
    scores: dict[str, int] = {}
    for index, passage in enumerate(passages):
        weight = 6 if index == 0 else 3 if index < 8 else 1
        found = {
            key for match in pattern.finditer(passage.text) for key in owners[(match["en"] or match["other"]).lower()]
        }
        for key in found:
            scores[key] = scores.get(key, 0) + weight
    best = max(scores.values(), default=0)
    ranked = sorted(scores, key=lambda key: (-scores[key], order.index(key)))
    return tuple(key for key in ranked[:3] if scores[key] * 3 >= best and scores[key] > 3)


# --- the places ------------------------------------------------------------------------------------------------------

_N = rf"(?:{SCALED}|{KOREAN_NATIVE}|{KOREAN_SINO}|{ENGLISH_WORD})"
_PLACES_KO = (
    "지점|매장|점포|가맹점|캠핑장|센터|호텔|펜션|병원|의원|클리닉|약국|식당|음식점|카페|스터디카페|학원|헬스장|체육관|지사|영업점|대리점|물류센터|창고|허브|"
    "스테이션|충전소|주차장|세탁소|빨래방|도서관|공연장|극장|영화관|어린이집|보건소|주민센터|사업장|공장|농장|숙소|접종센터|위탁의료기관"
)
_PLACES_EN = (
    r"(?:sites|locations|branches|stores|shops|outlets|clinics|hospitals|hotels|hostels|venues|depots|warehouses|hubs|houses|"
    r"stations|properties|restaurants|centres|centers|gyms|studios|pharmacies|garages|campuses|facilities|libraries|theatres|theaters)"
)
_BEFORE = re.compile(
    rf"(?P<n>{_N})\s?(?:여\s?)?(?:개|곳|개소|군데)?(?:의)?\s?(?:[가-힣]{{2,6}}\s)?(?:{_PLACES_KO})(?!당|마다|별)(?!\s?(?:이상|이하|까지))"
)
_AFTER = re.compile(
    rf"(?:{_PLACES_KO})(?:은|는|이|가|을|를)?\s?(?:총|전국|모두|약|현재|\s){{0,3}}(?P<n>{_N})\s?(?:여\s?)?(?:곳|개소|개|군데|호점|개점)(?!\s?(?:이상|이하|까지|당|월))"
)
_ENGLISH = re.compile(
    rf"(?<![-\w])(?P<n>{_N})[ -](?:[a-z]+[- ](?!(?:of|for|in|per|to)\b)){{0,3}}?{_PLACES_EN}\b(?! or more)", re.I
)
_SINGLE = re.compile(
    r"\bsingle[- ](?:property|location|site|store|branch|venue|clinic)|단일 (?:매장|지점|점포|캠핑장)|\bone location\b",
    re.I,
)
_NOT_NOW = re.compile(
    r"\b(?:metrics?|kpis?|goals?|target|launch|roadmap|vision|phase|example|persona|market|scenario)\b|지표|목표|로드맵|계획|예시|페르소나|시장|확장",
    re.I,
)
_COMPARED = re.compile(r"(?:at least|up to|within|최소|최대|반경[^,]{0,8})\s?$", re.I)


def sites(passages: Sequence[Passage]) -> Said | None:
    """The number of places it runs at, with its quotation. Targets, examples and bounds are not counted."""
    for passage in passages:
        if any(_NOT_NOW.search(heading) for heading in passage.headings):
            continue
        for pattern in (_BEFORE, _AFTER, _ENGLISH):
            for match in pattern.finditer(passage.text):
                number = value_of(match["n"])
                if (
                    number
                    and number >= 1
                    and number == int(number)
                    and not _COMPARED.search(passage.text[max(0, match.start() - 14) : match.start()])
                ):
                    return Said(value=plain(number), given=match.group().strip(), at=str(passage.place))
        if single := _SINGLE.search(passage.text):
            return Said(value="1", given=single.group(), at=str(passage.place))
    return None
