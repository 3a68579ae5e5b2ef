"""How far a model holds what a careful reader found in the same text. The judge of `benchmarks/extraction.py`.

Names. A key counts as found when a name of the model holds the last content word (the head) of one of the key's
alternatives: `고객(Customer)` may be called either way, and so may `vehicles and listings`. Brackets that only say when
(`(future)`, `(후속)`, `(선택지)`) are no names. One name of the model answers for one key, so that a lone `Admin` does
not pass for `admin`, `prime admin` and `super admin`. A partner is a proper name, and any of its words that is not
generic (api, pay, service …) decides.

States. A state counts when its normalised name is one of the model's: case, `_`, `-` and blanks do not matter.

Facts with numbers. Every number of the fact has to stand in a value of the model, in the same kind of quantity (`30분` is
`30 minutes` and 1800 seconds, never 30 people). Either one entry holds them all and its subject or name shares a content
word with the fact; or each number has an entry of its own. Such an entry shares two content words with the clause of its number, or one
and then speaks of the same subject as another of them or stands within `NEAR` lines of it; where the clause has no word that
the model knows, or only a common one, it has to stand within three lines of another. A word that more than `COMMON` of the
entries share binds nothing by itself. Where only the quotation fits and not the subject, two content words must stand in the
part of the quotation around the number.

Facts without a number. One entry, or two that stand within three lines of each other, has to hold at least `MOST` of the
fact's content words. The keys paraphrase: of a paraphrase about half of the words survive, and below half entries
begin to match that speak of something else. `--control` measures that: it holds the facts of each document against
the models of the others, where nothing should be found.

What stands only in `unread` or `mentions` was not understood, and never counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel

from amounts import Quantity, quantities
from opslead.model.document import FlowText, Said, ServiceText
from opslead.model.measure import parse_duration, parse_money, parse_share

NEAR = 12  # lines: the rows of one table, the items of one list
COMMON = 0.05  # share of entries
MOST = 0.5  # share of a fact's content words

# --- words -----------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"[A-Za-z]+|[가-힣]+")
_STOP_WORDS = """
    a an the and or of to in on at by for from with without after before per is are be was were may must can cannot
    only not no all any each its it they this that than then so up within under over about least most more less once
    when while until if as into out one both also new use using current now later against
    s sec second min minute h hr hour day week month year d m km kg won krw usd eur percent times time case number count
    및 등 또는 이내 이상 이하 미만 초과 최대 최소 평균 기본 기준 까지 부터 이후 이전 이내 경우 각각 모든 가능 관련 대한 위해 따라
    초 분 시간 일 주 개월 달 년 회 건 명 원 개 점 개소 전 후 뒤 중 만 천 있다 없다 한다 된다 하고 되고 있고 그 이 수 것 때 서로 다르다
    있으며 지나면 동안 목표 범위 이고 이며 으로 전까지 안에 후부터
"""
_STOP = frozenset(_STOP_WORDS.split())
_PARTICLE_WORDS = """
    으로부터 에서는 에게서 까지는 부터는 으로는 에게는 입니다 합니다 됩니다 하였다 되었다 한다 된다 하면 되면 하는 되는 하며 되며 하여 하고 되고
    이고 이며 이나 에게 에서 까지 부터 으로 라고 처럼 마다 보다 에는 에도 하기 은 는 이 가 을 를 의 에 로 도 만 와 과 당 씩 님 들 한 할 함 된 될 됨
"""
_PARTICLES = sorted(_PARTICLE_WORDS.split(), key=len, reverse=True)
_ENDINGS = "ances ance ences ence ments ment als al ations ation ions ion ings ing ies ied ers ed es er ly s e y"
_ENGLISH_ENDINGS = tuple(_ENDINGS.split())
_GENERIC_WORDS = "api service payment pay map money checkout connect gateway provider system platform 업체 서비스 연동"
_GENERIC = frozenset(_GENERIC_WORDS.split())


@lru_cache(maxsize=65536)
def stem(token: str) -> str:
    """The word without inflection or particle; rough, and the same for both sides."""
    if "가" <= token[0] <= "힣":
        for particle in _PARTICLES:
            if token.endswith(particle) and len(token) - len(particle) >= 2:
                return token[: -len(particle)]
        return token
    token = token.lower().replace("cancell", "cancel")
    for ending in _ENGLISH_ENDINGS:
        if (
            token.endswith(ending)
            and len(token) - len(ending) >= (4 if ending[0] in "am" else 3)
            and not token.endswith("ss")
        ):
            token = token[: -len(ending)]
            break
    return token[:-1] if len(token) > 4 and token[-1] == token[-2] else token


def words(text: str) -> tuple[str, ...]:
    """The content words in their order: no units, no stop words, no single letters or syllables."""
    found = []
    for token in _TOKEN.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)):
        if token.lower() in _STOP or len(token) < 2:
            continue
        stemmed = stem(token)
        if stemmed not in _STOP:
            found.append(stemmed)
    return tuple(found)


def alike(one: str, other: str) -> bool:
    """The same word, or for Korean one the beginning or end of the other, as compounds are (현장관리인, 관리인)."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return "가" <= short[0] <= "힣" and len(short) >= 2 and (long.startswith(short) or long.endswith(short))


def shared(some: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """Those of `some` that have their like among `others`."""
    pool = tuple(others)
    return frozenset(word for word in some if any(alike(word, other) for other in pool))


_GENERIC_STEMS = frozenset(stem(word) for word in _GENERIC)

# --- names -----------------------------------------------------------------------------------------------------------

_BRACKET = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_REMARK = re.compile(r"^(?:future|later|optional|planned|선택지|선택|후속|향후|예정|이름 없음)\b|^$", re.I)
_CONJUNCTION = re.compile(r"\s+(?:and|or|및|또는)\s+|\s*[·/&,]\s*")


def alternatives(name: str) -> tuple[tuple[str, ...], ...]:
    """The content words of every way the name may be said."""
    ways = [_BRACKET.sub(" ", name), *(b for b in _BRACKET.findall(name) if not _REMARK.match(b.strip()))]
    parts = [part for way in ways for part in _CONJUNCTION.split(way)]
    return tuple(found for part in parts if (found := words(part) or tuple(t.lower() for t in _TOKEN.findall(part))))


def same_name(key: str, name: str, proper: bool = False) -> bool:
    """Whether the model's `name` is the thing of the `key`; `proper` for names of companies."""
    if state_forms(_BRACKET.sub("", key)) & state_forms(name):
        return True  # whole names; `T map API` has no word of its own
    for wanted in alternatives(key):
        for found in alternatives(name):
            if proper and shared([w for w in wanted if w not in _GENERIC_STEMS], found):
                return True
            if not proper and any(alike(wanted[-1], word) for word in found):
                return True
    return False


def state_forms(name: str) -> frozenset[str]:
    """The normalised name, its alternatives in brackets, and both together."""
    forms = [name, _BRACKET.sub(" ", name), *_BRACKET.findall(name)]
    flat = (re.sub(r"[^0-9a-z가-힣]", "", form.lower()).replace("cancell", "cancel") for form in forms)
    return frozenset(form for form in flat if form)


def assign(pairs: Sequence[Sequence[int]]) -> dict[int, int]:
    """The largest one-to-one assignment of keys to names; `pairs[key]` lists the names that would do."""
    owner: dict[int, int] = {}

    def place(key: int, tried: set[int]) -> bool:
        for name in pairs[key]:
            if name in tried:
                continue
            tried.add(name)
            if name not in owner or place(owner[name], tried):
                owner[name] = key
                return True
        return False

    for key in range(len(pairs)):
        place(key, set())
    return {key: name for name, key in owner.items()}


@dataclass(frozen=True)
class Tally:
    """Keys found and missed of one category, and what the model names beyond any key."""

    found: tuple[str, ...]
    missed: tuple[str, ...]
    extra: tuple[str, ...] = ()


def judge_names(keys: Sequence[str], names: Sequence[str], proper: bool = False) -> Tally:
    """Which keys the names answer; `extra` are names that are like no key at all."""
    pairs = [[i for i, name in enumerate(names) if same_name(key, name, proper)] for key in keys]
    owner = assign(pairs)
    used = {i for row in pairs for i in row}
    return Tally(
        tuple(key for i, key in enumerate(keys) if i in owner),
        tuple(key for i, key in enumerate(keys) if i not in owner),
        tuple(name for i, name in enumerate(names) if i not in used),
    )


def judge_states(keys: Sequence[str], names: Sequence[str]) -> Tally:
    """States match by their normalised names."""
    held = [state_forms(name) for name in names]
    wanted = [state_forms(key) for key in keys]
    return Tally(
        tuple(key for key, forms in zip(keys, wanted, strict=True) if any(forms & other for other in held)),
        tuple(key for key, forms in zip(keys, wanted, strict=True) if not any(forms & other for other in held)),
        tuple(name for name, forms in zip(names, held, strict=True) if not any(forms & other for other in wanted)),
    )


# --- entries ---------------------------------------------------------------------------------------------------------

_TEXTUAL = ("text", "subject", "until", "due", "when")  # fields of words whose numbers belong to the model


@dataclass(frozen=True)
class Entry:
    """One statement of the model: what it is about, the words it was taken from, its numbers and its line."""

    subject: frozenset[str]
    quotation: str
    values: tuple[Quantity, ...]
    line: int

    @property
    def words(self) -> frozenset[str]:
        return self.subject | frozenset(words(self.quotation))


def entries(service: ServiceText) -> tuple[Entry, ...]:
    """All statements of the model. `mentions` and `unread` are none."""
    found: list[Entry] = []
    for field in type(service).model_fields:
        value = getattr(service, field)
        if field in ("mentions", "unread") or not isinstance(value, tuple):
            continue
        for item in value:
            if isinstance(item, FlowText):
                found += [_entry(step, item.name) for step in (*item.steps, *item.exits)]
            elif isinstance(item, BaseModel):
                found.append(_entry(item))
    if service.currency:
        found.append(Entry(frozenset(words(f"currency 통화 {service.currency}")), "", (), 0))
    if service.sites is not None:
        found.append(
            Entry(frozenset(words("sites 지점 places 매장")), service.sites.given, _numbers(service.sites, "count"), 0)
        )
    return tuple(found)


def _entry(item: BaseModel, above: str = "") -> Entry:
    subject, quoted, at = [above], list[str](), ""
    values: list[Quantity] = []
    for owner in _parts(item):
        for field in type(owner).model_fields:
            value = getattr(owner, field)
            if isinstance(value, Said):
                values += _numbers(value, field, getattr(owner, "unit", ""))
                quoted.append(value.given)
                at = at or value.at
                if isinstance(value.value, str):
                    subject.append(value.value)
            elif field == "given":
                quoted.append(str(value))
            elif field == "at":
                at = at or str(value)
            elif isinstance(value, str) and field not in ("derived", "assumed", "id"):
                subject.append(value)
                if field in _TEXTUAL:
                    values += [quantity for quantity, _ in quantities(value)]
            elif field in ("next", "does") and value:
                subject += value
    return Entry(frozenset(words(" ".join(subject))), " | ".join(filter(None, quoted)), tuple(values), _line(at))


def _parts(item: BaseModel) -> Iterator[BaseModel]:
    yield item
    for field in ("tiers", "authority"):
        yield from getattr(item, field, ())


def _numbers(said: Said, field: str, unit: str = "") -> tuple[Quantity, ...]:
    """The quantities of one value, read as its field means them."""
    text = str(said.value)
    if field in ("share", "occupancy") and (share := parse_share(text)) is not None:
        return (Quantity("share", share, share * 100),)
    if field in ("length", "within", "latency", "worst", "delay", "minutes") and (length := parse_duration(text)):
        first = re.search(r"\d[\d.]*", text)
        return (Quantity("time", length.total_seconds(), float(first.group()) if first else 0.0),)
    if field in ("limit", "amount") and (money := parse_money(text)):
        return (Quantity("money", money.amount, money.amount),)
    return tuple(quantity for quantity, _ in quantities(f"{text} {unit}".strip()))


def _line(at: str) -> int:
    match = re.search(r":(\d+)(?::\d+)?$", at)
    return int(match.group(1)) if match else 0


# --- facts -----------------------------------------------------------------------------------------------------------

_CLAUSE = re.compile(r",\s|;|\s+and\s+|\s+but\s+|이고\s|이며\s|→|->|·")


def fact_found(fact: str, model: Sequence[Entry]) -> bool:
    """Whether the model holds the fact, by the rules at the head of this module."""
    wanted, numbers = frozenset(words(fact)), quantities(fact)
    if not numbers:
        return _most(wanted, model)
    common = _common(model)
    holding = [entry for entry in model if any(_holds(entry, q) for q, _ in numbers)]
    near = [entry for entry in holding if shared(wanted, entry.words)]
    for entry in near:
        if all(_holds(entry, q) and _bound(entry, wanted, wanted, common, q) for q, _ in numbers):
            return True
    spoken = frozenset(word for entry in near for word in entry.subject)
    rows = []
    for quantity, own, before in _clauses(fact, spoken):
        clause = own or before or wanted
        rows.append(
            [
                (entry, _grade(entry, quantity, own, clause, wanted, common))
                for entry in holding
                if _holds(entry, quantity)
            ]
        )
    anchors = [entry for row in rows for entry, grade in row if grade > 0]
    return any(all(any(_fits(anchor, e, g) for e, g in row) for row in rows) for anchor in anchors)


def _clauses(fact: str, spoken: frozenset[str]) -> Iterator[tuple[Quantity, frozenset[str], frozenset[str]]]:
    """Each number with the words of its clause that the model's subjects know, and those of the last clause that had any."""
    before = frozenset[str]()
    for piece in _CLAUSE.split(fact):
        own = shared(words(piece), spoken)
        for quantity, _ in quantities(piece):
            yield quantity, own, before
        before = own or before


def _grade(
    entry: Entry,
    quantity: Quantity,
    own: frozenset[str],
    clause: frozenset[str],
    fact: frozenset[str],
    common: frozenset[str],
) -> int:
    """2: speaks of the clause by two of its words; 1: is bound to it; 0: may be its neighbour; -1: of something else."""
    if len(shared(own, entry.subject)) >= 2:
        return 2
    if _bound(entry, clause, fact, common, quantity):
        return 1
    return 0 if not own or shared(own, entry.subject) else -1


def _fits(anchor: Entry, entry: Entry, grade: int) -> bool:
    """Whether an entry stands close enough to the one that carries the fact, for how surely it is bound."""
    if grade == 2:
        return True
    if grade == 1:
        return _together(anchor, entry)
    return grade == 0 and bool(anchor.line and entry.line) and abs(anchor.line - entry.line) <= 3


def _holds(entry: Entry, quantity: Quantity) -> bool:
    return any(quantity.equals(value) for value in entry.values)


def _bound(
    entry: Entry, clause: frozenset[str], fact: frozenset[str], common: frozenset[str], quantity: Quantity
) -> bool:
    """Whether the entry speaks of what the clause speaks of."""
    same = shared(clause, entry.subject)
    if same:
        return bool(same - common) or len(shared(fact, entry.words)) >= 2
    around = [w for part in _CLAUSE.split(entry.quotation) if _says(part, quantity) for w in words(part)]
    return len(shared(clause, around)) >= 2


def _says(part: str, quantity: Quantity) -> bool:
    return any(quantity.equals(other) for other, _ in quantities(part))


def _common(model: Sequence[Entry]) -> frozenset[str]:
    """Words that so many entries share that they bind nothing; none in a model of a few entries."""
    if len(model) < 20:
        return frozenset()
    seen = Counter(word for entry in model for word in entry.subject)
    return frozenset(word for word, times in seen.items() if times > max(3.0, COMMON * len(model)))


def _together(one: Entry, other: Entry) -> bool:
    if one is other or (one.line and other.line and abs(one.line - other.line) <= NEAR):
        return True
    small, large = sorted((one.subject, other.subject), key=len)
    return bool(small) and len(shared(small, large)) * 2 >= len(small)


def _most(wanted: frozenset[str], model: Sequence[Entry]) -> bool:
    if not wanted:
        return False
    enough = max(2 if len(wanted) > 1 else 1, MOST * len(wanted))
    held = [(entry, shared(wanted, entry.words)) for entry in model]
    held = sorted(((e, h) for e, h in held if h), key=lambda pair: pair[0].line)
    for index, (entry, here) in enumerate(held):
        if len(here) >= enough:
            return True
        for other, there in held[index + 1 :]:
            if other.line - entry.line > 3 or not entry.line:
                break
            if len(here | there) >= enough:
                return True
    return False


def judge_facts(facts: Sequence[str], model: Sequence[Entry]) -> Tally:
    """Which facts the model holds."""
    verdicts = [(fact, fact_found(fact, model)) for fact in facts]
    return Tally(tuple(f for f, ok in verdicts if ok), tuple(f for f, ok in verdicts if not ok))
