"""OL013: thresholds start, relax and stop the policy"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach
from opslead.spec.document import Policy, Specification
from opslead.spec.parse_values import consequence
from opslead.text import pick

_BOUND = re.compile(
    r"\d.{0,24}(?:초과|이상|이하|미만|넘|밑|아래|부터|단절|지속|연속|배면|배 |[건명회번쌍개]이면|[건명회번쌍개]면|\babove\b|\bbelow\b|\bover\b|\bunder\b|\bexceed|\bmore than\b"
    r"|\bless than\b|\bor more\b|\bin a row\b)|(?:\babove\b|\bbelow\b|\bover\b|\bunder\b|\bexceed\w*|\bmore than\b|[<>≥≤]).{0,16}\d",
    re.I,
)

_ENDS = re.compile(
    r"중단|중지|정지|멈[추춘]|끈다|꺼진다|해제|완화|복귀|되돌|낮[추춘]|풀[린리어]|푼다|다시 연다|다시 열|끝난다|종료"
    r"|\b(?:ends?|ended|lifts?|lifted|lowered|lowers?|loosens?|loosened|relax\w*|paus\w+|suspend\w*|stands? down|(?<!to )(?<!and )(?<!or )stop|stops|stopped|stopping|re-?opens?|revert\w*|switched off|turned off|disabled)\b"
    r"|\b(?:off|back)\b(?=[,.;]|$)|\btoo strict\b",
    re.I,
)
"""Words by which a policy says how it lets go."""
_ENDED_BY = re.compile(
    r"(?:해제|종료|복귀)(?:는|은|한다|된다|할 때)|\bends? (?:when|once|by itself|automatically)\b", re.I
)
"""The same with the state or event that ends it in the same breath."""
_CLAUSE = re.compile(r"(?<=[.;!?])\s+")


def _ends(watched: Iterable[str], built: Iterable[str]) -> bool:
    """Whether monitoring says with a number that something stops or loosens, or any text says what ends it."""
    clauses = [clause for text in watched for clause in _CLAUSE.split(text)]
    return any(_ENDS.search(consequence(clause)) and re.search(r"\d", clause) for clause in clauses) or any(
        _ENDED_BY.search(text) for text in (*clauses, *built)
    )


def _built(policy: Policy) -> Iterator[str]:
    """What the policy does, step by step and place by place."""
    yield from (step.action for step in policy.runbook)
    yield from (point.action for point in policy.enforcement_points)


def check(specification: Specification) -> Iterator[Breach]:
    """Any bound on a figure starts something; what loosens or ends the policy has to be said as such."""
    lang = specification.language
    for policy in specification.policies:
        watch = policy.monitoring
        if watch == type(watch)():
            continue
        everything = " ".join((*watch.leading, *watch.lagging, watch.start, watch.relax, watch.stop))
        said = policy.raw.get("monitoring", everything)
        if not re.search(r"\d", everything):
            message = pick(lang, "임계치에 숫자가 없다", "no threshold has a number")
            yield breach(policy, lang, "monitoring", message, said)
            continue
        started = watch.start or _BOUND.search(everything)
        missing = [] if started else [pick(lang, "발동", "start")]
        watched = (*watch.leading, *watch.lagging, watch.start)
        if not watch.relax and not watch.stop and not _ends(watched, _built(policy)):
            missing += [pick(lang, "완화", "relax"), pick(lang, "중단", "stop")]
        if missing:
            message = pick(
                lang, f"{'·'.join(missing)} 기준이 없다", f"no threshold to {' or '.join(missing)} the policy"
            )
            repair = pick(
                lang,
                "언제 조이고 풀고 멈추는지 수와 기간으로 쓴다",
                "say with a number and a period when it tightens, loosens and stops",
            )
            yield breach(policy, lang, "monitoring", message, said, repair)


RULE = Rule(
    id="OL013",
    name="thresholds",
    severity="warning",
    summary={"ko": "발동·완화·중단의 임계치가 있다", "en": "thresholds start, relax and stop the policy"},
    why={
        "ko": "끄는 기준이 없는 정책은 사고 때 켜져 영영 남는다.",
        "en": "A policy that nothing stops is switched on in an accident and stays for ever.",
    },
    repair={
        "ko": "언제 조이고 풀고 멈추는지 수와 기간으로 쓴다",
        "en": "say with a number and a period when it tightens, loosens and stops",
    },
    bad="모니터링: 이상 시 대응",
    good="발동: 1시간 2건 / 완화: 30분 연속 0건 / 중단: 10건 초과",
    check=check,
)
