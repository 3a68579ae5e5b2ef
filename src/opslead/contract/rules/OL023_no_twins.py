"""OL023: no two policies say the same"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach
from opslead.spec.document import Specification
from opslead.text import josa, pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    policies = specification.policies
    for index, policy in enumerate(policies):
        for other in policies[index + 1 :]:
            names = difflib.SequenceMatcher(None, policy.name, other.name, autojunk=False).ratio()
            bodies = _words(policy.intent + " " + policy.trigger), _words(other.intent + " " + other.trigger)
            shared = len(bodies[0] & bodies[1]) / max(1, min(len(bodies[0]), len(bodies[1])))
            if names > 0.92 or (shared > 0.7 and min(map(len, bodies)) >= 8):
                message = pick(
                    lang, f"{josa(f'#{policy.number}', '과/와')} 같은 말을 한다", f"says the same as #{policy.number}"
                )
                yield breach(other, lang, "name", message, other.name)


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
