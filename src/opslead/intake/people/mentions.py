"""People in running text: the words of `words/{ko,en}.yaml` that name somebody who takes part, and what they do there.

A word counts when it stands as a noun of its own: with a particle or a boundary after it in Korean (`회원은`, not
`회원가입`), and with what it says in the sentence: it acts (subject), it is acted on (dative, `by`), or it is merely named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from opslead.intake import lexicon
from opslead.intake.people.english import english, part_of
from opslead.intake.people.korean import is_subject, korean
from opslead.intake.people.person import Part, Person
from opslead.model.steps import Role

__all__ = ["Part", "Person", "clauses", "does_something", "people"]

NONE = "none"
_NOBODY_ELSE: Mapping[str, str] = MappingProxyType({})


def people(text: str, named: Mapping[str, str] = _NOBODY_ELSE) -> tuple[Person, ...]:
    """Everybody the text mentions, in order. `named` are further names that a document uses, each with its role.group."""
    known = lexicon.find(text, "roles")
    hits = [hit for hit in known if hit.key != NONE]
    for match in _UNIT_KO.finditer(text):
        over = [hit for hit in known if hit.start < match.end() and match.start() < hit.end]
        if all(match.start() <= hit.start and hit.end < match.end() and hit.key != NONE for hit in over):
            hits = [hit for hit in hits if hit not in over]  # `총무` in `총무팀`
            hits.append(lexicon.Hit(match.start(), match.end(), f"staff.={match.group()}", match.group()))
    for name, key in named.items():
        for match in re.finditer(rf"(?<![A-Za-z가-힣]){re.escape(name)}", text):
            if not any(hit.start < match.end() and match.start() < hit.end for hit in hits):
                hits.append(lexicon.Hit(match.start(), match.end(), key, name))
    found: list[Person] = []
    for hit in sorted(hits):
        role, _, group = hit.key.partition(".")
        hangul = "가" <= hit.word[-1] <= "힣"
        spoken_for = any(
            other.part is Part.ACTS and not _CLAUSE_END.search(text[other.end : hit.start]) for other in found[-6:]
        )
        person = korean(text, hit, Role(role), group, spoken_for) if hangul else english(text, hit, Role(role), group)
        if person:
            found.append(person)
    return tuple(_together(text, found))


_COORDINATED = re.compile(r"(?:과|와|및|,|·|/|\s|\band\b|\bor\b|&|\bthe\b|\bour\b)*")


def _together(text: str, found: list[Person]) -> list[Person]:
    """Of people named in a row (`the warehouse and customer service use …`), all do what the last one does."""
    for index in range(len(found) - 2, -1, -1):
        person, following = found[index], found[index + 1]
        between = text[person.end : following.start]
        joined = len(between) < 40 and between.strip(" ,") and _COORDINATED.fullmatch(between)
        if joined and person.part is not Part.ACTS and following.part is Part.ACTS:
            found[index] = replace(person, part=Part.ACTS)
    return found


_UNIT_KO = re.compile(
    r"(?<![가-힣A-Za-z])(?!개발|기획|디자인|프로젝트|우리|상대|소속|해당|담당|전체|단체|프론트|백엔드|QA)[가-힣A-Z]{2,8}(?:팀|부서)(?=[이가은는을를에의과와도]|에서|에게|\s|[,.·:()|/]|$)"
)
"""A unit that its name says is one, `경영지원팀`; not the team that builds the software."""
_CLAUSE_END = re.compile(r"(?:[가-힣](?:고|며|면|서|지만|는데|다|요)(?=[,\s])|[,;.→])\s*")


_HANGUL_NOUN = re.compile(
    r"(?<=[가-힣])\s(?!\d|한 명|두 명|세 명)"
)  # `매니저 승인`: what follows at once is all that this person does
_BY_BEFORE = re.compile(r"\bby\s(?:the |an? |our )?$")


def clauses(text: str, found: tuple[Person, ...]) -> tuple[tuple[Person, str], ...]:
    """Each acting person with the part of the sentence that says what this person does.

    A Korean clause may put the object first (`환불은 가맹점주가 처리하고`), so a part begins at the end of the clause before.
    """
    acting = [person for person in found if person.part is Part.ACTS]
    if not acting:
        return ()
    bare = {person: _HANGUL_NOUN.match(text, person.end) is not None for person in acting}
    starts: list[int] = []
    said_until = 0
    for person in acting:
        leads = person.name[-1].isascii() and not _BY_BEFORE.search(text[max(0, person.start - 12) : person.start])
        ends = [match.end() for match in _CLAUSE_END.finditer(text, said_until, person.start)]
        if leads or bare[person] or (said_until and not ends):
            starts.append(person.start)
        else:
            starts.append(ends[-1] if ends else 0)
        said_until = said_until if bare[person] else person.end
    after = [*(person.start for person in acting[1:]), len(text)]
    stops = [
        min(person.end + 14, following) if bare[person] else max(stop, person.end)
        for person, stop, following in zip(acting, [*starts[1:], len(text)], after, strict=True)
    ]
    return tuple((person, text[start:stop]) for person, start, stop in zip(acting, starts, stops, strict=True))


def does_something(text: str, start: int, end: int) -> bool:
    """Whether the word at `text[start:end]` is the subject of its sentence: `은행이 승인하면`, `the processor informs`."""
    if "가" <= text[end - 1] <= "힣":
        return is_subject(text, end)
    return part_of(text, start, end, customer=True) is Part.ACTS
