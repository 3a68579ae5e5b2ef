"""OL013: thresholds start, relax and stop the policy"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach
from opslead.spec.document import Specification
from opslead.text import pick

_BOUND = re.compile(
    r"\d.{0,24}(?:초과|이상|이하|미만|넘|밑|아래|부터|단절|지속|연속|\babove\b|\bbelow\b|\bover\b|\bunder\b|\bexceed|\bmore than\b"
    r"|\bless than\b|\bor more\b|\bin a row\b)|(?:\babove\b|\bbelow\b|\bover\b|\bunder\b|\bexceed\w*|\bmore than\b|[<>≥≤]).{0,16}\d",
    re.I,
)


def check(specification: Specification) -> Iterator[Breach]:
    """Any bound on a figure starts something; what loosens or ends the policy has to be said as such."""
    lang = specification.language
    for policy in specification.policies:
        watch = policy.monitoring
        if watch == type(watch)():
            continue
        everything = " ".join((*watch.leading, *watch.lagging, watch.start, watch.relax, watch.stop))
        if not re.search(r"\d", everything):
            message = pick(lang, "임계치에 숫자가 없다", "no threshold has a number")
            yield breach(policy, lang, "monitoring", message, everything)
            continue
        started = watch.start or _BOUND.search(everything)
        missing = [] if started else [pick(lang, "발동", "start")]
        if not watch.relax and not watch.stop:
            missing += [pick(lang, "완화", "relax"), pick(lang, "중단", "stop")]
        if missing:
            words = ", ".join(missing)
            message = pick(lang, f"임계치가 없다: {words}", f"no threshold to {words} the policy")
            repair = pick(
                lang,
                "언제 조이고 풀고 멈추는지 수와 기간으로 쓴다",
                "say with a number and a period when it tightens, loosens and stops",
            )
            yield breach(policy, lang, "monitoring", message, everything, repair)


RULE = Rule(
    id="OL013",
    name="thresholds",
    severity="warning",
    summary={"ko": "발동·완화·중단의 임계치가 있다", "en": "thresholds start, relax and stop the policy"},
    why={
        "ko": "끄는 기준이 없는 정책은 사고 때 켜져 영영 남는다.",
        "en": "A policy that nothing stops is switched on in an accident and stays for ever.",
    },
    bad="모니터링: 이상 시 대응",
    good="발동: 1시간 2건 / 완화: 30분 연속 0건 / 중단: 10건 초과",
    check=check,
)
