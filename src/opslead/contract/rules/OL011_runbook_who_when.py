"""OL011: the runbook says who, by when and with which data"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach
from opslead.spec.document import Specification
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    time = re.compile(
        r"\d[\s†-]*(?:초|분|시간|일|시|주|s\b|sec|min|h\b|hour|day|week)|\d{1,2}:\d{2}|D[-+]\d|즉시|바로|매일|매주|매월|당일|immediately|at once|daily|weekly|monthly|same day|before|after|until|까지|전에|뒤|후|때",
        re.I,
    )
    for policy in specification.policies:
        steps = policy.runbook
        if not steps:
            continue
        if not any(step.deadline or time.search(step.action) for step in steps):
            yield breach(
                policy,
                lang,
                "runbook",
                pick(lang, "언제까지 하는지 한 단계도 말하지 않는다", "no step says by when"),
                steps[0].action,
            )
        if any(step.actor for step in steps) and not all(step.actor for step in steps):
            missing = next(step for step in steps if not step.actor)
            yield breach(
                policy,
                lang,
                "runbook",
                pick(lang, "누가 하는지 없는 단계가 있다", "a step does not say who"),
                missing.action,
            )


RULE = Rule(
    id="OL011",
    name="runbook-who-when",
    severity="warning",
    summary={
        "ko": "Runbook은 누가, 언제까지, 어떤 데이터로 하는지 말한다",
        "en": "the runbook says who, by when and with which data",
    },
    why={
        "ko": "누가·언제가 없으면 모두가 다른 사람이 한 줄 안다.",
        "en": "Without who and when everybody thinks somebody else did it.",
    },
    repair={
        "ko": "단계마다 ‘누가 — 무엇을 (언제까지; 데이터: …)’으로 쓴다",
        "en": "write each step as “who — what (by when; data: …)”",
    },
    bad="1. 환불한다",
    good="1. 당직이 — ‘돈만 받은 건’을 취소한다 (15분 안; 데이터: 결제번호)",
    check=check,
)
