"""Companies and outside systems whose answer the operation needs: known names, and words for those without a name.

A name counts wherever the description uses it, except where it is a comparison (`similar to Airbnb`) or the technology it
is built with. A word such as `bank` counts only when the bank does something. Where a named partner of a kind is known,
words of the same kind mean that one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from opslead.intake import lexicon
from opslead.intake.amounts.quantities import Measure, Sort
from opslead.intake.amounts.quantities import find as measures
from opslead.intake.channels import channels
from opslead.intake.page.passages import Form, Passage
from opslead.intake.people.english import singular
from opslead.intake.people.mentions import does_something
from opslead.model.document import PartnerText, Said

__all__ = ["channels", "partners"]

_NONE, _PLATFORM, _WAY = "none", "platform", "way."
_QUOTE = 160
_COMPARED = re.compile(
    r"(?:similar to|unlike|inspired by|compared (?:to|with)|\blike|vs\.?|versus|competitors?:?|such as the|instead of|modell?ed on|유사한|벤치마킹?|경쟁\s?(?:사|서비스|업체|앱|플랫폼)?(?:인|으로|로|는|:)?\s*(?:[가-힣A-Za-z]{1,15}[,/·]\s?){0,4})\s*$",
    re.I,
)
_COMPARED_AFTER = re.compile(
    r"^(?:-style|-like|\s?style|\s?처럼|\s?같은|\s?대비|\s?과 유사|\s?와 유사|\s?식(?:의)?\s)", re.I
)
_COMPARISON_SECTION = re.compile(
    r"범위 ?외|제외 ?범위|후속|nice to have|\bfuture (?:work|scope|phases?|features?|enhancements?)\b|\blater (?:phase|version|release)|아닌 것|하지 않는|\bis not\b|\bnot in scope|out of scope|\bnon-goals?|경쟁|벤치마킹|시장 ?(?:분석|조사)|유사 ?서비스|\b(?:competit\w+|alternatives|benchmark\w*|market analysis|inspiration)\b",
    re.I,
)
_AFTER_NAME = re.compile(
    r"^\s?(?:Checkout|Connect|Payments?|API|SDK|Cloud Messaging|Auth(?:entication)?|FCM|페이먼츠|로그인|지도|맵|주소(?: ?API)?|메일|"
    r"Mobility|Identity|Terminal|Business(?: API)?|Webhooks?)(?=[^A-Za-z]|$)"
)
_KIND_BESIDE = (
    ("messaging", re.compile(r"FCM|알림|푸시|push|notification|메시지|채널톡|문자|messag", re.I)),
    ("map", re.compile(r"지도|맵|주소|길찾기|\bmaps?\b|address|geocod|위치", re.I)),
    ("payment", re.compile(r"결제|페이|\bpay(?:ment)?s?\b|checkout", re.I)),
    ("identity", re.compile(r"로그인|인증|login|sign-?in|\bauth\w*|oauth|verification|간편 ?가입", re.I)),
    ("calendar", re.compile(r"캘린더|calendar", re.I)),
    ("channel", re.compile(r"예약|주문|정산|입점|채널|비중|판매|booking|reservation|orders?|listing|commission", re.I)),
)  # fmt: skip
_ASKED = re.compile(
    r"문의|상담|\b(?:questions|inquir\w+|enquir\w+)\b", re.I
)  # a channel to talk on, where nothing is sold
_ALWAYS_PARTNERS = frozenset({"Firebase", "Supabase"})
_SAME = {
    "토스페이먼츠": "toss", "tosspayments": "toss", "토스": "toss", "mtnmomo": "mtnmobilemoney", "momo": "mtnmobilemoney", "kakaopay": "카카오페이",
    "naverpay": "네이버페이", "카카오알림톡": "알림톡", "kakaoalimtalk": "알림톡", "배민": "배달의민족", "스트라이프": "stripe", "페이팔": "paypal", "iamport": "포트원", "아임포트": "포트원", "홈택스": "국세청",
    "portone": "포트원", "kakaomap": "kakaomaps", "카카오맵": "kakaomaps", "카카오지도": "kakaomaps", "googlemap": "googlemaps", "구글맵": "googlemaps",
    "네이버예약": "네이버.channel", "navermap": "navermaps", "네이버지도": "navermaps", "tmap": "티맵", "fcm": "firebasecloudmessaging", "firebasefcm": "firebasecloudmessaging", "ubereats": "ubereats",
    "firebaseauthentication": "firebaseauth", "meet": "googlemeet", "google": "구글", "kakao": "카카오", "naver": "네이버", "apple": "애플", "awsses": "amazonses",
}  # fmt: skip
_MODES = (
    ("callback", re.compile(r"콜백|callback", re.I)),
    ("webhook", re.compile(r"웹훅|webhook", re.I)),
    ("batch", re.compile(r"배치|일괄|정산 ?(?:내역|파일|리포트)|엑셀|파일 ?(?:전송|수신|업로드)|CSV|\bbatch|\bfiles?\b|spreadsheet|statement", re.I)),
    ("portal", re.compile(r"관리자 ?(?:페이지|센터|사이트)|포털|파트너센터|사장님 ?(?:사이트|광장)|extranet|\bportal\b|back office|web ?login", re.I)),
    ("fax", re.compile(r"팩스|\bfax", re.I)),
    ("phone", re.compile(r"전화로 ?(?:확인|연락|요청|통보|주문)|유선으로|\bby (?:tele)?phone|\bphone calls?", re.I)),
    ("api", re.compile(r"API|실시간 ?연동|연동|\bSDK\b|interface|gateway|integrat", re.I)),
)  # fmt: skip
_LATE = re.compile(
    r"지연|늦|뒤에? (?:도착|도달|들어|반영)|걸[려리린릴]|소요|응답|반영|도착|갱신|\b(?:behind|late|later|delay\w*|lag\w*|takes?|respond\w*|response|arriv\w+|update\w*|latency)\b",
    re.I,
)


@dataclass
class _Draft:
    name: str
    kind: str
    key: str
    named: bool
    given: str
    at: str
    texts: list[Passage] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """The words around each mention."""


def partners(passages: Sequence[Passage]) -> tuple[PartnerText, ...]:
    """The partners in the order of their first mention, each once."""
    drafts: dict[str, _Draft] = {}
    for passage in passages:
        if any(_COMPARISON_SECTION.search(title) for title in passage.headings):
            continue
        for found in _in(passage):
            draft = drafts.setdefault(found.key, found)
            if draft is not found:
                draft.texts += [text for text in found.texts if text is not draft.texts[-1]]
                draft.beside += found.beside
                if draft.named and found.name.startswith(draft.name.split()[0]):
                    draft.name = max(draft.name, found.name, key=len)
    itself = _itself(passages)
    named = {draft.kind for draft in drafts.values() if draft.named}
    kept: list[_Draft] = []
    for draft in drafts.values():
        if draft.kind == _PLATFORM and any(d is not draft and d.name.startswith(draft.name) for d in drafts.values()):
            continue
        if draft.named or draft.kind not in named:
            kept += [draft] if draft.named or not re.search(rf"\b{re.escape(draft.name)}", itself, re.I) else []
            continue
        for other in drafts.values():  # `PG 콜백` beside a named payment company is that company's
            if other.named and other.kind == draft.kind:
                other.texts += draft.texts
                other.beside += draft.beside
    told = _payment_mode(passages)
    return tuple(_partner(draft, told if draft.kind == "payment" else "") for draft in kept)


_SELF_EN = re.compile(
    r"^(?:An?|Our|This|The (?:largest|biggest|oldest|first|national|central|only))[,]?\s(?:[\w'’-]+,?\s){0,6}"
)
_SELF_KO = re.compile(r"([가-힣A-Za-z ]{2,12})(?:이다|입니다|예요|이에요)\.?$")


def _itself(passages: Sequence[Passage]) -> str:
    """What the first sentence says the service itself is: a bank that describes itself is not its own partner."""
    first = next((passage.text for passage in passages if passage.form in (Form.PROSE, Form.ITEM)), "")
    start, end = _SELF_EN.match(first), _SELF_KO.search(first)
    return f"{start.group() if start else ''} {end.group(1) if end else ''}"


_PAYS = re.compile(r"결제|입금|\bpay(?:ment|ing|s)?\b", re.I)


def _payment_mode(passages: Sequence[Passage]) -> str:
    """How payments are told to the service, where a sentence says it without naming the company."""
    for passage in passages:
        if _PAYS.search(" ".join((*passage.headings[-1:], passage.text))):
            for name, pattern in _MODES[:2]:
                if pattern.search(passage.text):
                    return name
    return ""


def _in(passage: Passage) -> list[_Draft]:
    text = passage.text
    found = []
    for hit in lexicon.find(text, "partners"):
        if hit.key == _NONE or hit.key.startswith(_WAY) or not _stands_alone(text, hit):
            continue
        kind, _, sort = hit.key.partition(".")
        name = hit.word
        if _COMPARED.search(text[max(0, hit.start - 80) : hit.start]) or _COMPARED_AFTER.match(text[hit.end :]):
            continue
        if sort == "acts" and not does_something(text, hit.start, hit.end):
            continue
        if kind == _PLATFORM:
            kind = _kind_beside(passage, hit)
        if not kind or (hit.word == "Meet" and not _MEET.search(text[: hit.start])):
            continue
        after = _AFTER_NAME.match(text[hit.end :])
        if after and not sort and kind not in ("payment",):
            name += after.group()
        name = " ".join(name.split())
        if sort:
            name = singular(name if name[1:2].isupper() else name[0].lower() + name[1:])
        at = str(passage.place)
        draft = _Draft(
            name, kind, _key(hit.word, kind, sort), not sort, _quote(text, hit), at, [passage], [_beside(text, hit)]
        )
        found.append(draft)
    return found


_MEET = re.compile(r"(?:[/,(&]|\bor|\band)\s*$")
_PARTICLES = re.compile(
    r"^(?:이|가|은|는|을|를|의|에|에서|에게|로|으로|와|과|도|만|나|이나|랑|및|별|용|측|사|들|까지|부터|에도|에는|와의|과의|로부터|으로부터|처럼|라는|이라는|같은|하고|께|라면|이며|며|이고|고|다|이다|입니다|인|톡)?$"
)


def _stands_alone(text: str, hit: lexicon.Hit) -> bool:
    """Whether a Korean name is a word of its own with at most a particle: `토스로`, not `토스트`."""
    if not "가" <= hit.word[-1] <= "힣":
        return True
    before = text[hit.start - 1 : hit.start]
    run = re.match(r"[가-힣]*", text[hit.end :])
    after = run.group() if run else ""
    return not ("가" <= before <= "힣") and bool(_PARTICLES.match(after) or hit.word in after or len(hit.word) > 3)


def _kind_beside(passage: Passage, hit: lexicon.Hit) -> str:
    """The part that a company of many services plays, from the words beside its name; empty if they do not tell."""
    window = passage.text[hit.end : hit.end + 24]
    before = passage.text[max(0, hit.start - 24) : hit.start]
    for side in (window, before):
        for kind, pattern in _KIND_BESIDE:
            if pattern.search(side):
                return "" if kind == "channel" and _ASKED.search(before + window) else kind
    return "platform" if hit.word in _ALWAYS_PARTNERS else ""


def _key(word: str, kind: str, sort: str) -> str:
    if sort:
        return f"any.{kind}"
    bare = re.sub(r"[\s.'’-]|API$", "", word).casefold()
    same = _SAME.get(bare, bare)
    return f"{same}.{kind}" if same in ("구글", "카카오", "네이버", "애플") else same


def _quote(text: str, hit: lexicon.Hit) -> str:
    """The words around the name, short."""
    if len(text) <= _QUOTE:
        return text
    start = max(0, hit.start - _QUOTE // 2)
    start = text.find(" ", start) + 1 if start else 0
    cut = text[start : start + _QUOTE]
    return cut if len(text) - start <= _QUOTE else cut.rsplit(" ", 1)[0]


def _beside(text: str, hit: lexicon.Hit) -> str:
    """The words around a name that say how it is connected, up to the next arrow."""
    before = text[max(0, hit.start - 40) : hit.start].rsplit("→", 1)[-1]
    return before + text[hit.start : hit.end + 40].split("→", 1)[0]


def _partner(draft: _Draft, told: str) -> PartnerText:
    mode = next((name for name, pattern in _MODES if any(pattern.search(text) for text in draft.beside)), "")
    if told and mode not in ("callback", "webhook"):
        mode = told
    usual, worst = _latency(draft.texts)
    return PartnerText(
        name=draft.name, kind=draft.kind, mode=mode, latency=usual, worst=worst, given=draft.given, at=draft.at
    )


_AT_WORST = re.compile(
    r"(?:\bsometimes|\boccasionally|\bat worst|\bat times|\bworst case|\brarely|가끔|간혹|드물게|늦으면|길면|길게는|심하면|최악의 경우|많게는)"
    r"[,:]?\s(?:up to |about |for |약 )?$",
    re.I,
)


def _latency(texts: Sequence[Passage]) -> tuple[Said | None, Said | None]:
    """How late the answers usually and at worst are, where a sentence on the partner says so."""
    usual: Said | None = None
    worst: Said | None = None
    for passage in texts:
        for measure in measures(passage.text) if passage.form is not Form.HEADING else ():
            around = passage.text[max(0, measure.start - 16) : measure.end + 16]
            if measure.sort is not Sort.DURATION or not _LATE.search(around):
                continue
            said = Said(value=measure.value, given=_clause(passage.text, measure).strip(), at=str(passage.place))
            if measure.bound == "max" or _AT_WORST.search(passage.text[: measure.start]):
                worst = worst or said
            elif measure.bound != "min":
                usual = usual or said
    return usual, worst


def _clause(text: str, measure: Measure) -> str:
    """The clause in which an amount stands."""
    start = max(text.rfind(mark, 0, measure.start) for mark in (",", ";", "(", ". ")) + 1
    ends = [position for mark in (",", ";", ")", ". ") if (position := text.find(mark, measure.end)) >= 0]
    return text[start : min(ends, default=len(text))]
