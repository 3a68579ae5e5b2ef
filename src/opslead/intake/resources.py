"""What a service allocates, moves and keeps, with how much of it there is; and what the service is called.

A word of `words/resources.yaml` becomes a resource when the text treats it as a thing: it stands with a number, in the data
model, in a heading, as the object of a verb of managing, or often. Names stay as the document writes them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from opslead.intake.amounts.numerals import ENGLISH_WORD, KOREAN_NATIVE, SCALED, plain, value_of
from opslead.intake.handled import handled
from opslead.intake.identity import domain, sites, title
from opslead.intake.page.passages import Form, Passage
from opslead.intake.people.mentions import people
from opslead.intake.resource_words import PARTICLE, Hit, Kind, hits, vocabulary
from opslead.model.document import ResourceText, Said

__all__ = ["domain", "resources", "sites", "title"]

_MOST = 14  # more than this is a glossary, not what the service lives on


@dataclass
class _Seen:
    """What the text says of one kind. Mutable while it is being read."""

    kind: Kind
    names: Counter[str] = field(default_factory=Counter)  # without modifiers
    longer: Counter[str] = field(default_factory=Counter)  # with the noun before them
    first: Passage | None = None
    places: set[int] = field(default_factory=set)
    extra: int = 0  # evidence beyond mere mention
    capacity: Said | None = None
    unit: str = ""
    derived: str = ""
    each: bool = False
    plain: bool = False  # seen in the plural, not only as `the booking`
    modelled: bool = False


# --- reading ---------------------------------------------------------------------------------------------------------

_MANAGED = re.compile(
    r"^\s?(?:관리|등록|목록|현황|조회|발급|수량|보유|점검|배정|선택|검색|추가|내역)|\b(?:manage|moderate|allocate|assign|reserve|rent|issue|store|keep)s?\s(?:\w+\s){0,2}$",
    re.I,
)
_STORY = re.compile(
    r"\b(?:example|persona|story|stories|journey|market opportunity|scenario)\b|예시|페르소나|시나리오|스토리|목표 시장",
    re.I,
)
_ABSENT = re.compile(
    r"out of scope|exclu|future|not included|nice to have|범위 외|범위 밖|제외|후속|향후|선택 기능|추후", re.I
)
_OWN_WHEELS = re.compile(r"교통\s?수단|(?:means|modes?) of transport", re.I)
"""What somebody comes with: `교통수단 등록 (자전거, 자동차)` names no thing of this service."""
_TARGET = re.compile(
    r"\b(?:metrics?|kpis?|goals?|target|launch|roadmap|vision|phase|timeline)\b|지표|목표|로드맵|계획|KPI", re.I
)


def resources(passages: Sequence[Passage]) -> tuple[ResourceText, ...]:
    """The resources in the order of their first mention; capacity where a number says it."""
    kinds, *_ = vocabulary()
    seen: dict[str, _Seen] = {}
    parts: list[ResourceText] = []
    place_count = sites(passages)
    for index, passage in enumerate(passages):
        story = any(_STORY.search(title) for title in passage.headings)
        if any(_ABSENT.search(title) for title in passage.headings) or _attributes(passage):
            continue
        mentioned = list(hits(passage.text))
        together = Counter(hit.key for hit in mentioned)
        for hit in mentioned:
            entry = seen.setdefault(hit.stem, _Seen(kinds[hit.key]))
            if not story and _count(entry, hit, passage, index):
                entry.extra += together[hit.key] > 1
        if not story and not any(_TARGET.search(title) for title in passage.headings):
            parts += _amounts(passage, seen, place_count)
    parts += _from_model(passages, seen)
    long = len(passages) > 60
    kept = [entry for entry in seen.values() if entry.first is not None and _enough(entry, long)]
    kept = sorted(sorted(kept, key=_weight, reverse=True)[:_MOST], key=lambda entry: min(entry.places))
    known = _unique([*map(_resource, kept), *parts])
    return known if any(thing.physical for thing in known) else _unique([*known, *handled(passages)])


def _from_model(passages: Sequence[Passage], seen: dict[str, _Seen]) -> list[ResourceText]:
    """Entities of a data model speak for the words they are; those that are no known word are resources by themselves."""
    *_, named = vocabulary()
    more = []
    for entity, passage in _entities(passages):
        key = named.get(entity) or next((hit.key for hit in hits(entity) if hit.end == len(entity)), "")
        entries = [entry for entry in seen.values() if entry.kind.key == key]
        for entry in entries:
            entry.extra += 3
            entry.modelled = True
        if not any(entry.first for entry in entries):
            more.append(ResourceText(name=entity, given=passage.text[:120], at=str(passage.place)))
    return more


def _count(entry: _Seen, hit: Hit, passage: Passage, index: int) -> bool:
    """One mention: what it is called, and what speaks for its being a thing of this service. Whether it counts."""
    if not hit.noun and not (passage.form is Form.HEADING and hit.end == len(passage.text)):
        return False  # an English singular may be a verb or half of a compound
    if _OWN_WHEELS.search(passage.text[: hit.start]):
        return False
    entry.names[_small(hit.name)] += 1
    if hit.longer:
        entry.longer[_small(hit.longer)] += 1
    entry.first = entry.first or passage
    entry.plain = entry.plain or hit.plural
    entry.places.add(index)
    near = passage.text[hit.end : hit.end + 6]
    before = passage.text[max(0, hit.start - 24) : hit.start]
    entry.extra += 2 * (passage.form is Form.HEADING) + bool(_MANAGED.search(near) or _MANAGED.search(before))
    return True


def _small(name: str) -> str:
    """Without the capitals of a heading; abbreviations keep theirs."""
    return " ".join(word if word.isupper() else word.lower() for word in name.split())


_LEAST = {"scarce": (1, 1), "goods": (3, 1), "right": (3, 1), "record": (4, 3)}  # in long and short texts


def _weight(entry: _Seen) -> int:
    bonus = {"scarce": 4, "goods": 2, "right": 1, "record": 0}[entry.kind.group]
    return min(len(entry.places), 6) + min(entry.extra, 6) + bonus + 6 * (entry.capacity is not None)


def _enough(entry: _Seen, long: bool) -> bool:
    if entry.capacity is not None:
        return True
    if not entry.plain and len(entry.places) < 3:
        return False
    least = max(entry.kind.least if long else 0, _LEAST[entry.kind.group][0 if long else 1])
    return (entry.modelled or not entry.kind.number) and len(entry.places) + min(entry.extra, 3) >= least


def _resource(entry: _Seen) -> ResourceText:
    name = _best(entry.names)
    if entry.longer:
        longer = _best(entry.longer)
        often = entry.longer[longer] > 1 and entry.longer[longer] * 2 > sum(entry.names.values())
        name = longer if often or "-" in longer else name
    place = entry.first.place if entry.first else ""
    given = "" if entry.derived else _clip(entry.first.text if entry.first else "", name)
    return ResourceText(
        name=name,
        capacity=entry.capacity,
        unit=entry.unit,
        physical=entry.kind.physical,
        perishable=entry.kind.perishable,
        given=given,
        derived=entry.derived,
        at=str(place),
    )


def _best(names: Counter[str]) -> str:
    """The most frequent form, in the plural where the document uses one."""
    best = max(names.items(), key=lambda pair: (pair[1], -len(pair[0])))[0]
    return best + "s" if best + "s" in names else best


def _clip(text: str, name: str) -> str:
    """At most 100 characters around the name."""
    if len(text) <= 100:
        return text
    start = max(0, text.lower().find(name.lower()) - 40)
    start = text.find(" ", start) + 1 if start else 0
    return text[start : start + 100].rsplit(" ", 1)[0]


def _unique(items: Sequence[ResourceText]) -> tuple[ResourceText, ...]:
    named: dict[str, ResourceText] = {}
    for item in items:
        named.setdefault(re.sub(r"[\s_-]|(?<=[a-z])s$", "", item.name.lower()), item)
    return tuple(named.values())


# --- amounts ---------------------------------------------------------------------------------------------------------

_NUMBER = rf"(?:{SCALED}|{ENGLISH_WORD}|{KOREAN_NATIVE})"
_UNIT = r"(?:개소|개|대|석|실|면|칸|곳|동|호|자리|병상|베드|권|벌|장|기|좌석|채|마리|명)"
_BEHIND = re.compile(
    rf"^{PARTICLE}\s?[:：(]?\s?(?:총|전체|약|평균|최대|보유|모두|각각?|(?P<site>지점당|매장당|점포당|호점당|곳당|센터당|지점마다|매장마다)|\s){{0,4}}"
    rf"(?P<n>{_NUMBER})\s?(?P<unit>{_UNIT})(?![가-힣]*(?:이상|이하|까지|이내|미만|초과|씩|단위))(?!\s?(?:이상|이하|까지|이내|미만|초과))"
)
_AHEAD_KO = re.compile(rf"(?P<n>{_NUMBER})\s?(?:여\s?)?(?P<unit>{_UNIT})?\s?(?:의\s)?$")
_AHEAD_EN = re.compile(rf"(?P<n>{_NUMBER})[ -](?:[A-Za-z]+[ -](?!(?:of|for|in|per|to)\b)){{0,2}}$")
_EACH = re.compile(r"\s?(?:each\b|per (?:site|location|branch|store)|씩)", re.I)
_COMPARED = re.compile(
    r"(?:최대|최소|up to|at least|at most|max(?:imum)?|min(?:imum)?|[<>≤≥]|every|each|제"
    r"|\b(?:select|book|choose|reserve|buy|pick|rent|hold|add|take|request)s?(?: (?:any|up to|about|only))?)\s?$",
    re.I,
)
_ACTED_ON = re.compile(r"(?:을|를)?\s?(?:선택|예약(?:하|할|한)|구매|담으|담아|추가|고르|신청)")
_PART = re.compile(
    rf"(?P<name>[가-힣A-Za-z][가-힣A-Za-z ]{{0,18}}?)\s?(?P<n>\d[\d,]*)\s?{_UNIT}?|(?P<n2>\d[\d,]*)\s(?P<name2>[A-Za-z][A-Za-z ]{{1,18}})"
)


def _amounts(passage: Passage, seen: dict[str, _Seen], place_count: Said | None) -> list[ResourceText]:
    """Sets the capacity of what stands with a number here; returns the parts that a total is said to consist of."""
    text, parts = passage.text, list[ResourceText]()
    if passage.form is Form.HEADING:
        return parts
    for hit in hits(text):
        entry = seen[hit.stem]
        if not _countable(entry.kind) or (entry.capacity is not None and not entry.each):
            continue
        found = _amount(text, hit)
        if not found:
            continue
        number, unit, quotation, each = found
        if each and entry.capacity is not None:
            continue
        entry.each = each
        entry.capacity = Said(value=plain(number), given=quotation, at=str(passage.place))
        entry.unit = unit or (entry.kind.unit if not hit.name[-1].isascii() else _unit_en(hit.name))
        entry.first = entry.first or passage
        entry.names[_small(hit.name)] += 1
        entry.places.add(0 if not entry.places else min(entry.places))
        entry.derived = ""
        if each:
            if place_count is not None:
                total = number * float(str(place_count.value))
                entry.derived = f"{place_count.value} × {plain(number)} = {plain(total)} {entry.unit}"
            entry.unit += "/site" if hit.name[-1].isascii() else "/지점"
        parts += _parts(text[hit.end :], number, entry, passage)
    return parts


def _countable(kind: Kind) -> bool:
    """Whether a number of it says how much there is: `쿠폰 3장`, `상품 2개` are what one customer gets."""
    return kind.group == "scarce" or kind.key in ("ticket", "stock", "garment", "dose")


def _amount(text: str, hit: Hit) -> tuple[float, str, str, bool] | None:
    """The number of a thing, its unit, the words, and whether it is for each site."""
    head, tail = text[max(0, hit.start - 40) : hit.start], text[hit.end : hit.end + 60]
    if (match := _BEHIND.match(tail)) and not hit.name[-1].isascii():
        number = value_of(match["n"])
        if number and number >= 2 and not _ACTED_ON.match(tail, match.end()):
            each = bool(match["site"])
            return number, match["unit"], text[hit.start : hit.end + match.end()].strip(), each
    ahead = (_AHEAD_EN if hit.name[-1].isascii() else _AHEAD_KO).search(head)
    if ahead and not _COMPARED.search(head[: ahead.start()]) and (hit.plural or "-" in head[-1:]):
        number = value_of(ahead["n"])
        unit = ahead["unit"] or "" if "unit" in ahead.groupdict() else ""
        if number and number >= 2:
            each = bool(_EACH.match(tail))
            return number, unit, text[max(0, hit.start - 40) + ahead.start() : hit.end].strip(), each
    return None


def _unit_en(name: str) -> str:
    return name.split()[-1].lower()


def _parts(tail: str, total: float, entry: _Seen, passage: Passage) -> list[ResourceText]:
    """`: 오토캠핑 84, 글램핑 28, 카라반 14` behind a total that is their sum; nothing else is a breakdown."""
    match = re.match(r"[^:(\d]{0,14}[:(]\s*([^:()]{3,160})", tail)
    if not match:
        return []
    found = [
        ((m["name"] or m["name2"]).strip(), float((m["n"] or m["n2"]).replace(",", "")), m.group().strip())
        for m in (_PART.fullmatch(piece.strip()) for piece in re.split(r",\s|[·/、]|\s및\s|\sand\s", match.group(1)))
        if m
    ]
    if len(found) < 2 or abs(sum(n for _, n, _ in found) - total) > 0.5:
        return []
    return [
        ResourceText(
            name=name,
            capacity=Said(value=plain(number), given=words, at=str(passage.place)),
            unit=entry.unit,
            physical=entry.kind.physical,
            perishable=entry.kind.perishable,
            given=words,
            at=str(passage.place),
        )
        for name, number, words in found
    ]


# --- the data model --------------------------------------------------------------------------------------------------

_MODEL = re.compile(r"data ?models?|domain models?|entit(?:y|ies)|데이터 ?모델|도메인 ?모델|엔티티|주요 ?개체", re.I)
_TECHNICAL = re.compile(
    r"^주요$|^핵심$|^core$|log|token|session|setting|config|audit|migration|history|enum|type|index|field|snapshot|key|필드|속성|로그",
    re.I,
)
_ENTITY = re.compile(r"[A-Z][A-Za-z]{2,30}|[a-z]+(?:_[a-z]+)*s|[가-힣]{2,10}")


def _attributes(passage: Passage) -> bool:
    """Whether the passage lists the fields of an entity: they are no things of their own."""
    return passage.form is Form.ROW and any(_MODEL.search(heading) for heading in passage.headings)


def _entities(passages: Sequence[Passage]) -> Iterator[tuple[str, Passage]]:
    """The entities of a data model: its sub-headings, or the first cells and labels under it."""
    for passage in passages:
        depth = next((i for i, heading in enumerate(passage.headings) if _MODEL.search(heading)), -1)
        if depth < 0:
            continue
        below = len(passage.headings) - depth - 1
        name = ""
        if passage.form is Form.HEADING and below == 0:
            name = passage.text
        elif passage.form is Form.ROW and below <= 1 and _MODEL.search(passage.header[0] if passage.header else ""):
            name = passage.cells[0]
        elif passage.form is Form.ITEM and below == 0 and passage.depth == 0:
            name = passage.label
        name = re.sub(
            r"^[\d.]+\s*|^(?:주요|핵심|core|main|key)\s+|\s*[(（].*$|\s*(?:모델|model|table|테이블|entity|엔티티)$",
            "",
            name.strip(),
            flags=re.I,
        ).strip()
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
        if (
            _ENTITY.fullmatch(name)
            and not _TECHNICAL.search(name)
            and not people(spaced)
            and not people(spaced.lower())
        ):
            yield name, passage
