"""OL016: every policy stands in one horizon, once, graded on all three axes"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    items = specification.rollout.items
    placed = [item.policy for item in items]
    known = {policy.number for policy in specification.policies}
    if not items:
        return
    for item in items:
        where = pick(lang, f"도입 순서 #{item.policy}", f"rollout #{item.policy}")
        if item.policy not in known:
            yield Breach(where, pick(lang, "카탈로그에 없는 정책이다", "no such policy in the catalog"), line=item.line)
        if not (item.impact and item.likelihood and item.detectability):
            yield Breach(
                where, pick(lang, "세 축의 등급이 다 있지 않다", "not graded on all three axes"), line=item.line
            )
    for number in sorted(known):
        if placed.count(number) != 1:
            where = pick(lang, f"정책 #{number}", f"Policy #{number}")
            message = (
                pick(lang, "도입 순서에 없다", "not in the rollout")
                if number not in placed
                else pick(lang, "도입 순서에 두 번 있다", "stands twice in the rollout")
            )
            again = [item.line for item in items if item.policy == number][1:2]
            yield Breach(where, message, line=again[0] if again else specification.rollout.line)


RULE = Rule(
    id="OL016",
    name="graded-once",
    severity="error",
    summary={
        "ko": "모든 정책이 한 기간에 한 번, 세 축의 등급과 함께 있다",
        "en": "every policy stands in one horizon, once, graded on all three axes",
    },
    why={
        "ko": "등급 없는 정책은 순서를 정할 수 없고, 목록에 없는 정책은 도입되지 않는다.",
        "en": "What has no grade has no place in the order; what is not in the list is not introduced.",
    },
    repair={
        "ko": "정책마다 한 기간에 한 줄, 세 축의 등급과 함께 쓴다",
        "en": "give each policy one row in one horizon, graded on all three axes",
    },
    bad="| #7 | 상 | | |",
    good="| #7 | 상 | 중 | 하 |",
    check=check,
)
