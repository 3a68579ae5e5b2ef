"""OL015: the rollout has its three horizons"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.spec.document import Specification
from opslead.spec.labels import HORIZONS
from opslead.text import pick


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    if specification.rollout.items:
        for name, label in HORIZONS[lang].items():
            if not getattr(specification.rollout, name):
                message = pick(lang, "정책이 하나도 없다", "holds no policy")
                yield Breach(label, message, line=specification.rollout.line)


RULE = Rule(
    id="OL015",
    name="horizons",
    severity="error",
    summary={"ko": "도입은 세 기간으로 나뉜다", "en": "the rollout has its three horizons"},
    why={"ko": "모두 당장이면 아무것도 당장이 아니다.", "en": "If everything is urgent nothing is."},
    repair={"ko": "정책을 세 기간에 나누어 놓는다", "en": "spread the policies over the three horizons"},
    bad="3) 도입: 전부 즉시",
    good="3) 즉시 필요 (Week 1) 8개 · 단기 (1~4주) 10개 · 중기 (1~3개월) 6개",
    check=check,
)
