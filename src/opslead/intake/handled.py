"""What is handled where no known word names it: the noun that the text receives, packs, ships, repairs or stores most often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from opslead.intake.page.passages import Form, Passage
from opslead.intake.page.sentences import word_set
from opslead.intake.people.english import singular
from opslead.intake.people.mentions import people
from opslead.intake.scope import is_quiet, title_of
from opslead.model.document import ResourceText

_DONE = (
    "send|receive|take in|pack|ship|photograph|inspect|collect|pick up|wash|repair|lend|weigh|authenticate|unpack|label|sort"
    "|assemble|dispatch|restock|sterili[sz]e|press|hand out|hand over|take back|drop off"
)
_OBJECT_EN = re.compile(
    rf"\b(?:{_DONE})(?:s|es)?\s(?:(?:the|an?|their|our|its|each|every|all|about|around|any|returned|finished|sold|\d[\d,.]*)\s){{0,3}}"
    r"(?P<noun>[a-z]{3,16})(?=[\s,.;:]|$)"
)
_HANDLED = (
    "received|packed|shipped|photographed|inspected|collected|picked up|washed|repaired|lent|weighed|authenticated|unpacked"
    "|labelled|sorted|dispatched|handed over|sent back|sent out|stored"
)
_PASSIVE_EN = re.compile(
    rf"\b(?P<noun>[a-z]{{3,16}})\s(?:is|are|was|were|has been|have been|gets?)\s(?:\w+\s)?(?:{_HANDLED})\b"
)
_OBJECT_KO = re.compile(
    r"(?<![가-힣])(?P<noun>[가-힣]{2,6}?)(?:을|를)\s(?:[가-힣]{1,6}\s)?(?:포장|입고|발송|배송|수거|세탁|검수|보관|수리|촬영|회수|인수|출고|픽업|조립|분류)"
)
_NO_THING = word_set(
    """mail email message messages reminder notification notifications link links code invoice receipt request requests report reports
    payment payments money refund refunds fee fees order orders booking bookings reservation reservations form forms data file files
    list lists picture pictures photo photos result results information details confirmation quote offer one them it him her back out
    everything something anything this that these those which what and for with from alert alerts feedback push text update updates
    알림 문자 메일 요청 결제 주문 예약 정보 데이터 사진 내용 결과 금액 비용 메시지 서류 환불 링크 코드 안내 쿠폰 리뷰 이것 그것"""
)


def handled(passages: Sequence[Passage]) -> tuple[ResourceText, ...]:
    """The one thing that is handled most, with the words that say so; nothing unless the text names it at least twice."""
    title = title_of(passages)
    objects: Counter[str] = Counter()
    first: dict[str, Passage] = {}
    named: dict[str, Counter[str]] = {}
    told = [p for p in passages if not is_quiet(p, title) and p.form is not Form.CODE]
    for passage in told:
        for noun in _objects(passage.text):
            thing = singular(noun)
            objects[thing] += 1
            first.setdefault(thing, passage)
    words = Counter(word for passage in told for word in re.findall(r"[a-z]+|[가-힣]+", passage.text.lower()))
    for thing in objects:
        forms = [word for word in words if singular(word) == thing or (not thing.isascii() and word.startswith(thing))]
        named[thing] = Counter({word: words[word] for word in forms})
    often = [thing for thing in objects if named[thing].total() >= 2]
    if not often:
        return ()
    best = min(often, key=lambda thing: (-named[thing].total() - objects[thing], thing))
    name = best if not best.isascii() else min(named[best], key=lambda word: (-named[best][word], word))
    passage = first[best]
    given = passage.text if len(passage.text) <= 120 else passage.text[:120].rsplit(" ", 1)[0]
    return (ResourceText(name=name, physical=True, given=given, at=str(passage.place)),)


def _objects(text: str) -> Iterator[str]:
    for pattern in (_OBJECT_EN, _PASSIVE_EN, _OBJECT_KO):
        for match in pattern.finditer(text):
            noun = match["noun"]
            if noun not in _NO_THING and not people(noun) and not noun.endswith(("ing", "ly", "ed")):
                yield noun
