"""Where the dagger stands: after every number that is a starting value, and after the names of people nobody has appointed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from opslead.intake.amounts.units import COUNTERS, TIME_UNITS
from opslead.knowledge.roles import role_slots
from opslead.knowledge.slots import computations
from opslead.model.service import Service
from opslead.text import STARTING

_UNIT = rf"{TIME_UNITS}|{COUNTERS}|%|percent\b|[백천만억]*\s?(?:원|달러|유로|엔)|[백천만억]+|[A-Z]{{3}}\b"
_NUMBER = re.compile(rf"\d[\d,]*(?:[.:]\d+)*(?:\s?(?:{_UNIT}))?(?:/(?:[A-Za-z]+|[가-힣]{{1,2}}))?")
"""A number with its unit, also by another (`15m/s`, `5건/일`)."""
_GOES_ON = {"시": "간", "개": "월소", "주": "일", "백": "만원천", "천": "만원백", "만": "원천", "억": "원천"}
"""What makes another unit of one that ends like this: `3시` is no part of `3시간`."""
_BEHIND = (
    (re.compile(r"(?:분|초|min\w*|sec\w*)$"), r"(?<!\d시간 )(?<!\d시간)(?<!\d hour )(?<!\d hours )(?<!\dh )"),
    (re.compile(r"[천백]?원$"), r"(?<!\d[만억천] )(?<!\d[만억천])"),
)
"""What may not stand before a value of that unit: `51분` is no number of its own in `1시간 51분`."""
_NOT_SPLIT = r"(?!\s?\d+\s?(?:시간|분|초|천|백|원|min|h\b|hour|sec|s\b))"
"""`1시간` is no part of `1시간 51분`, `7만` none of `7만 2천원`."""


def unmarked(text: str) -> str:
    """The text without daggers."""
    return text.replace(STARTING, "")


def marked(text: str, values: Iterable[str]) -> str:
    """The text with a dagger after every value that stands in it by itself, and nowhere else.

    A value may bring words that tell it apart (`격리 10분`, `10 min of quarantine`) or several numbers (`85% 아래 3분`): the dagger
    stands after each of its numbers.
    """
    wanted = tuple(sorted({bare for value in values if (bare := unmarked(value).strip())}, key=lambda v: (-len(v), v)))
    if not wanted:
        return unmarked(text)
    return _expression(wanted).sub(_with_dagger, unmarked(text))


def _with_dagger(match: re.Match[str]) -> str:
    said = match.group()
    last = _end_of_number(said)
    others = list(_NUMBER.finditer(said))[:-1]
    whole = [number.end() for number in others if re.match(_NOT_SPLIT, said[number.end() :])]
    for at in (last, *reversed(whole)):
        said = said[:at] + STARTING + said[at:]
    return said


def stands_in(value: str, text: str) -> bool:
    """Whether the value stands in the text by itself, not as a part of another number or word."""
    bare = unmarked(value).strip()
    return bool(bare) and _expression((bare,)).search(unmarked(text)) is not None


@lru_cache(maxsize=4096)
def _expression(values: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_alone(value) for value in values), re.I)


def _alone(value: str) -> str:
    first, last = value[0], value[-1]
    if first.isdigit():
        before = r"(?<!\d)(?<!\d[.,:])" + next((behind for unit, behind in _BEHIND if unit.search(value)), "")
    else:
        before = r"(?<![A-Za-z])" if first.isascii() and first.isalpha() else ""
    if last.isdigit():
        after = r"(?!\d|[.,:]\d|%)"
    elif last.isascii() and last.isalpha():
        after = rf"(?![A-Za-z]){_NOT_SPLIT}"
    else:
        numbered = _NUMBER.search(value.split()[-1]) is not None
        after = (f"(?![{_GOES_ON[last]}])" if last in _GOES_ON else "") + (_NOT_SPLIT if numbered else "")
    return before + r"\s+".join(re.escape(word) for word in value.split()) + after


_PARTICLES = r"이상|이하|초과|미만|이내|에서|에게|으로|까지|부터|마다|보다|씩|뿐|이면|이나|이며|이고|이다|은|는|이|가|을|를|의|에|로|와|과|도|만"
_END = r"[\s.,;:!?()/·‘’“”]|$"
_UNKNOWN = re.compile(rf"(?:도(?={_END})|(?:[^\s.,;:!?()/·‘’“”]+?)??(?=(?:{_PARTICLES})?(?:{_END})))")
"""A unit that no table has, up to its particle: of `줄을` it is `줄`, of `등급` all; nothing where a particle follows the bare number.
`4도` is a temperature rather than `4, too`."""


def _end_of_number(value: str) -> int:
    """Where the last number ends, with its unit; what is attached to one without a known unit is its unit (`3시`, `2등급`)."""
    found = list(_NUMBER.finditer(value))
    if not found:
        return len(value)
    last = found[-1]
    tail = _UNKNOWN.match(value, last.end())
    return tail.end() if tail and last[0][-1].isdigit() else last.end()


def bare_number(value: str) -> str:
    """The last number of a value with its unit, without the words that tell it apart; empty where it has none."""
    bare = unmarked(value)
    found = list(_NUMBER.finditer(bare))
    return bare[found[-1].start() : _end_of_number(bare)].strip() if found else ""


def own_numbers(values: Iterable[str], service: Service) -> tuple[str, ...]:
    """The numbers of declared values by themselves, where the description has no such number: they are the model's wherever they stand."""
    given = " ".join(_quoted(service))
    numbers = dict.fromkeys(bare_number(value) for value in values)
    return tuple(number for number in numbers if number and not stands_in(number, given))


def unappointed(service: Service) -> tuple[str, ...]:
    """Names of the roles that policies speak of and that the description names nobody for."""
    names = {unmarked(name).removeprefix("the ") for name in role_slots(service).values() if name.endswith(STARTING)}
    return tuple(sorted(names))


def resting_on_assumptions(service: Service) -> tuple[str, ...]:
    """Computed numbers, as texts say them, that rest on an assumed input, unless the description gives the same number."""
    given = " ".join(_quoted(service))
    texts = [made.text for made in computations(service)] + [
        text for made in computations(service) for text in (made.slots or {}).values()
    ]
    values = {text.split(STARTING)[0].strip() for text in texts if STARTING in text}
    return tuple(sorted(v for v in values if re.search(r"\d", v) and not stands_in(v, given)))


def _quoted(service: Service) -> Iterable[str]:
    """The words of the description on which the model's parts rest."""
    groups = (service.actors, service.resources, service.flows, service.partners, service.channels, service.money, service.clocks, service.limits, service.rates, service.volumes)  # fmt: skip
    for group in groups:
        yield from (part.source.text for part in group)
    yield from (step.source.text for step in service.steps())
    for way in service.exits():
        yield way.source.text
        yield from (tier.source.text for tier in way.tiers)
