"""The ways by which customers come: app, web, telephone, walk-in, another company's site; their share and how they are kept in step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from opslead.intake import lexicon
from opslead.intake.amounts.quantities import Sort
from opslead.intake.amounts.quantities import find as measures
from opslead.intake.page.passages import Form, Passage
from opslead.intake.people.mentions import people
from opslead.model.document import ChannelText, Said
from opslead.model.steps import Role

_WAY = "way."
_COMES = re.compile(
    r"예약|주문|접수|신청|구매|결제|입장|[을를] 사고|산다|방문|판매|예매|발권|채널|들어[오온옵]|이용|비중|\b(?:book\w*|reserv\w*|order\w*|buy\w*|purchas\w*|sell\w*|sold|request\w*|"
    r"sign(?:ed|s)? up|regist\w*|come|arriv\w*|submit\w*|appointment\w*|ticket\w*|rent\w*|channel\w*)\b",
    re.I,
)
_BY_KO = re.compile(
    r"^(?:으?로(?:도|만|는)?|에서|에서도|과|와|이나|나|을|를)?(?=[\s·,/)→]|$|예약|주문|접수|구매|예매)\s?(?:[·,/]|통해|예약|주문|접수|구매|비중|고객|채널|[가-힣]*)?"
)
_NOT_A_WAY_KO = re.compile(
    r"^\s?(?:알림|푸시|번호|인증|상담|서버|기능|화면|개발|버전|업데이트|내에|설치|리뷰|안내|연락|문의|통화|확인)"
)
_BY_EN = re.compile(
    r"(?:\bin|\bvia|\bby|\bthrough|\bon|\busing|\bat|\bover|\bfrom|\band|\bor|\bour|[/,(|])\s(?:the |our |an? |its |their |[A-Z]\w+ )?$",
    re.I,
)
_SPOKEN_FOR = re.compile(
    r"(?:notification|notify|alert|remind\w*|sent|receipt|confirmation|알림|안내|발송|문자)\W+(?:\w+\W+){0,3}$", re.I
)
_BY_PHONE = re.compile(r"\b(?:by|via|over)\s(?:the )?\||\|\s(?:bookings?|reservations?|orders?)\b", re.I)
_SHARE = re.compile(
    r"비중|점유|들어[오온옵]|(?:예약|주문|판매|매출)의|\bshare\b|\bof (?:all |the )?(?:bookings|orders|reservations|sales|visits)|account for|come (?:from|through|by|via)",
    re.I,
)
_MANUAL = re.compile(
    r"\buntil (?:somebody|someone|staff|we|an employee)\b|직접 (?:내리|내려|삭제)|일일이|엑셀|수기|수동|손으로|장부|옮겨 ?적|적었다가|종이|spreadsheet|by hand|manually|notebook|\bpaper\b|retype|copied",
    re.I,
)
_LIVE = re.compile(
    r"실시간 ?(?:연동|동기화|반영)|즉시 ?(?:연동|반영)|real[- ]time sync|sync\w* (?:in real time|instantly)|live sync",
    re.I,
)
_DELAYED = re.compile(r"동기화|연동|반영|\bsync\w*|\bpolls?\b|\bimported\b", re.I)
_KEPT = frozenset({"app", "web", "phone", "kiosk", "walk_in", "counter", "naver", "dm"})


@dataclass
class _Draft:
    name: str
    given: str
    at: str
    passages: list[tuple[Passage, lexicon.Hit]] = field(default_factory=list)


def channels(passages: Sequence[Passage]) -> tuple[ChannelText, ...]:
    """The channels in the order of their first mention, each once."""
    drafts: dict[str, _Draft] = {}
    for passage in passages:
        if passage.form is Form.CODE:
            continue
        for key, hit in (*_ways(passage), *_offered(passage)):
            draft = drafts.setdefault(key, _Draft(hit.word, passage.text[:160], str(passage.place)))
            if not draft.passages or draft.passages[-1][0] is not passage:
                draft.passages.append((passage, hit))
    return tuple(_channel(draft) for draft in drafts.values())


_MARKETS = re.compile(
    r"\bmarketplaces\b|\bother (?:sites|platforms|shops|sales channels)\b|오픈마켓|(?:다른|타|외부)\s?(?:플랫폼|채널|마켓|판매처|쇼핑몰)",
    re.I,
)
_OWN_SHOP = re.compile(
    r"\bour (?:own )?(?:web ?|online )?(?:shop|store)\b|자사몰|자체 쇼핑몰|우리 (?:매장|가게|쇼핑몰)", re.I
)
_OFFERED = re.compile(
    r"\b(?:list(?:ed|ings?|s)?|sell(?:s|ing)?|sold|visible|offer(?:ed|s)?)\b|판매|등록|노출|올[린려리]|팔", re.I
)


def _offered(passage: Passage) -> Iterator[tuple[str, lexicon.Hit]]:
    """Sites without a name on which the same things are on sale, and the own shop beside them."""
    market = _MARKETS.search(passage.text)
    if market is None or not _OFFERED.search(passage.text):
        return
    if own := _OWN_SHOP.search(passage.text):
        yield "own shop", lexicon.Hit(own.start(), own.end(), "channel.own", own.group())
    yield "marketplaces", lexicon.Hit(market.start(), market.end(), "channel.market", market.group())


def _ways(passage: Passage) -> Iterator[tuple[str, lexicon.Hit]]:
    text = passage.text
    comes = _COMES.search(text)
    for hit in lexicon.find(text, "partners"):
        kind, _, way = hit.key.partition(".")
        if not comes and way != "walk_in":
            continue
        if kind == "channel" and not way and not re.match(r"^(?:-style|-like|처럼| 같은)", text[hit.end :]):
            if not re.search(r"(?:like|similar to|유사한)\s*$", text[: hit.start], re.I):
                yield ("naver" if hit.word.replace(" ", "") == "네이버예약" else hit.word.casefold()), hit
        elif hit.key.startswith(_WAY) and way in _KEPT and _is_way(text, hit, way):
            yield way, hit


def _is_way(text: str, hit: lexicon.Hit, way: str) -> bool:
    """Whether a word such as `app` says how customers come, and not what a message arrives on or what staff use."""
    near = text[max(0, hit.start - 45) : hit.end + 45]
    before, after = text[max(0, hit.start - 60) : hit.start], text[hit.end : hit.end + 60]
    if way == "walk_in":
        return True
    if not _COMES.search(near) or _SPOKEN_FOR.search(before[-40:]):
        return False
    if any(person.role not in (Role.CUSTOMER, Role.SYSTEM) for person in people(before[-12:] + "|")):
        return False
    if way == "phone" and hit.word.isascii() and not _BY_PHONE.search(before + "|" + after):
        return False
    if "가" <= hit.word[-1] <= "힣":
        alone = not "가" <= before[-1:] <= "힣"
        return alone and bool(_BY_KO.match(after)) and not _NOT_A_WAY_KO.match(after)
    return bool(_BY_EN.search(before[-24:])) or hit.start == 0


def _channel(draft: _Draft) -> ChannelText:
    share: Said | None = None
    sync: Literal["live", "delayed", "manual", ""] = ""
    delay: Said | None = None
    for passage, hit in draft.passages:
        clause, offset = _clause(passage.text, hit)
        at = str(passage.place)
        found = measures(clause)
        if share is None and _SHARE.search(clause):
            value = next((m.value for m in found if m.sort is Sort.SHARE), "")
            share = Said(value=value, given=clause.strip(), at=at) if value else None
        if not sync and _MANUAL.search(passage.text[offset:]):
            sync = "manual"
            late = next((m for m in measures(passage.text) if m.sort is Sort.DURATION and m.start > offset), None)
            if late and (late.relation in ("within", "after") or late.bound == "max"):
                delay = Said(value=late.value, given=clause.strip(), at=at)
        elif not sync and _LIVE.search(clause):
            sync = "live"
        elif not sync and _DELAYED.search(clause):
            every = next((m for m in found if m.sort is Sort.DURATION), None)
            if every:
                sync, delay = "delayed", Said(value=every.value, given=clause.strip(), at=at)
    return ChannelText(name=draft.name, share=share, sync=sync, delay=delay, given=draft.given, at=draft.at)


def _clause(text: str, hit: lexicon.Hit) -> tuple[str, int]:
    """The part of the sentence between commas and semicolons in which a word stands, and where it begins."""
    start = max(text.rfind(mark, 0, hit.start) for mark in (",", ";", ". ")) + 1
    ends = [position for mark in (", ", ";", ". ") if (position := text.find(mark, hit.end)) >= 0]
    return text[start : min(ends, default=len(text))], start
