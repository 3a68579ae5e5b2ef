"""OL023: no two policies say the same"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from itertools import combinations

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach
from opslead.spec.document import Specification
from opslead.text import josa, pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    told = [(policy, _words(f"{policy.intent} {policy.trigger}")) for policy in specification.policies]
    for (policy, mine), (other, theirs) in combinations(told, 2):
        least = min(len(mine), len(theirs))
        same = least >= _WORDS and len(mine & theirs) > _SHARED * least
        if same or _alike(policy.name, other.name):
            message = pick(
                lang,
                f"{josa(f'#{policy.number}', '과/와')} 같은 말을 한다",
                f"says the same as #{policy.number}",
            )
            yield breach(other, lang, "name", message, other.name)


_SHARED = 0.7
_WORDS = 8
"""More than this part of the words of purpose and trigger shared, from so many words on: the same said twice."""
_ALIKE = 0.92


def _alike(one: str, other: str) -> bool:
    """Whether the names are letter for letter nearly the same; names of unlike length are not, and spared the comparison."""
    if 2 * min(len(one), len(other)) <= _ALIKE * (len(one) + len(other)):
        return False
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() > _ALIKE and matcher.ratio() > _ALIKE


def _words(text: str) -> set[str]:
    return {word.lower() for word in text.split() if len(word) > 1}


RULE = Rule(
    id="OL023",
    name="no-twins",
    severity="error",
    summary={"ko": "같은 말을 하는 정책이 둘 없다", "en": "no two policies say the same"},
    why={"ko": "겹치는 정책은 서로 다른 숫자를 낳는다.", "en": "Policies that overlap end in different numbers."},
    repair={
        "ko": "두 정책을 합치거나, 막는 사고가 다름을 쓴다",
        "en": "merge the two, or say which other accident this one stops",
    },
    bad="#4 노쇼 처리 · #17 노쇼 처리 기준",
    good="#4 노쇼 확정 시각과 증빙 · #17 노쇼 자리의 재판매",
    check=check,
)
