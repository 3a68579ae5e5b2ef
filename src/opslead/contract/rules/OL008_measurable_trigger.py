"""OL008: the trigger is measurable: a number, a state, an event"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    vague = re.compile(
        r"^(?:필요\s*(?:시|할 때)|상황에 따라|적절한? 시점|문제가? (?:생기면|발생 시)|when (?:needed|necessary|appropriate)|as needed|if there is a problem)\W*$",
        re.I,
    )
    judged = re.compile(r"필요하다고 판단|적절히 판단|when deemed|as appropriate|at (?:their|our) discretion", re.I)
    for policy in specification.policies:
        text = policy.trigger
        if not text:
            continue
        named = re.search(r"\d|[‘“\"'#{]", text) or len(text) >= 12
        if vague.match(text.strip()) or judged.search(text) or not named:
            message = pick(lang, "잴 수 없다", "cannot be measured")
            repair = pick(
                lang,
                "수(3분, 2건), 상태(결제중), 사건(승인 도착)으로 쓴다",
                "say a number (3 min, 2 cases), a state (paying) or an event (approval arrives)",
            )
            yield breach(policy, lang, "trigger", message, text, repair)


RULE = Rule(
    id="OL008",
    name="measurable-trigger",
    severity="error",
    summary={
        "ko": "트리거는 수, 상태, 사건으로 잴 수 있다",
        "en": "the trigger is measurable: a number, a state, an event",
    },
    why={"ko": "‘필요할 때’는 아무도 발동하지 않는다.", "en": "Nobody starts what starts “when needed”."},
    repair={"ko": "수, 상태, 사건으로 쓴다", "en": "say a number, a state or an event"},
    bad="트리거: 필요하다고 판단될 때",
    good="트리거: 선점 만료 뒤 승인 1건 도착",
    check=check,
)
