"""A service with its candidates and bench, for tests of drafted policies; and drafts to bend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from opslead.behaviour.bounds import USUAL
from opslead.intake.page.readers import Source, read_source
from opslead.knowledge.catalog import load_catalog
from opslead.knowledge.losses import Loss
from opslead.knowledge.slots import computations
from opslead.lenses import examine_all
from opslead.lenses.hole import Grade, Hole, Question, Quotation
from opslead.model.service import Service
from opslead.panel.answers import PolicyDraft, StartingDraft
from opslead.panel.brief import Brief, brief
from opslead.panel.depth.checks import Bench
from opslead.pipeline import never, understand
from opslead.policy.compose import Ground, chosen
from opslead.policy.synthesise import Candidate, synthesise
from opslead.policy.verify import decisions

CONTEXTS = Path(__file__).parents[1] / "contexts"


@dataclass(frozen=True)
class Desk:
    service: Service
    sources: tuple[Source, ...]
    bench: Bench
    candidates: Mapping[str, Candidate]
    ground: Ground

    @property
    def brief(self) -> Brief:
        return brief(self.service, self.sources, None)

    def __getitem__(self, key: str) -> Candidate:
        return self.candidates[key]


@cache
def desk(name: str) -> Desk:
    """The context of that name, without search."""
    source = read_source(CONTEXTS / name)
    catalog = load_catalog()
    _, service = understand((source,), catalog=catalog)
    selection = catalog.select(service)
    holes = examine_all(service, selection.patterns, search=False)
    ground = Ground(service, selection, (), None, None, 24, False, USUAL, never)
    candidates = synthesise(service, holes, selection.patterns).candidates
    policies = {one.candidate.id: one.candidate.policy for one in chosen(ground, candidates)}
    bench = Bench(service, computations(service), holes, (source,), policies)
    return Desk(service, (source,), bench, {c.id: c for c in candidates}, ground)


def korean() -> Desk:
    return desk("camping.ko.md")


def english() -> Desk:
    return desk("ev-charging.en.md")


def models_hole(service: Service, name: str = "gust-at-night", surfaces: tuple[int, ...] = (11, 7)) -> Hole:
    """A hole as a model proposes it, kept by the engine."""
    actor = next(a for a in service.actors if a.duty is not None)
    ko = service.language == "ko"
    return Hole(
        id=f"panel.{name}@{actor.id}",
        lens="panel",
        mechanism=f"panel.{name}",
        surfaces=surfaces,
        loss=Loss.SAFETY,
        condition="밤에 돌풍이 오면 혼자인 현장 관리인이 타프를 걷게 할지 손님을 옮길지 정할 기준이 없다"
        if ko
        else "a gust at night finds nobody who may close the stalls under the trees",
        user_impact="타프가 날아 손님이 다친다" if ko else "a branch falls on a driver",
        operations_impact="다음 날 환불 요구가 몰린다" if ko else "refund requests pile up the next day",
        evidence=(Quotation((actor.source,)),),
        severity=Grade(9, "다친다" if ko else "injury"),
        occurrence=Grade(4, "한 철에 몇 번" if ko else "a few times a season"),
        detection=Grade(8, "밤에는 아무도 보지 않는다" if ko else "nobody looks at night"),
        questions=(
            Question("실내 자리가 있는가", "캠핑장별 실내 공간") if ko else Question("is there shelter", "by site"),
        ),
    )


KOREAN: dict[str, Any] = {
    "name": "밤 돌풍 때 타프 걷기와 실내 이동",
    "surfaces": (11, 7),
    "intent": "밤에 돌풍이 오면 혼자인 현장 관리인이 누구의 타프를 먼저 걷게 할지 그 자리에서 정하다가 손님이 다치는 사고를 막는다.",
    "scope": "캠핑장 3곳의 오토캠핑 84개 사이트, 18:00~익일 09:00, 입실한 예약.",
    "trigger": "예보 순간풍속 15m/s 이상, 손님의 폴대 꺾임 신고 1건, 기상 특보 발표.",
    "signals": ("캠핑장별 풍속계 값과 예보", "사이트별 타프 유무와 인원"),
    "enforcement_points": (
        {"kind": "batch", "action": "예보와 풍속계를 읽어 단계를 정하고 자리별 순서를 뽑는다"},
        {"kind": "admin_console", "action": "단계가 켜지면 새 입실과 장작 판매가 닫힌다"},
    ),
    "runbook": (
        {"actor": "시스템", "action": "타프가 있는 자리에 걷는 시각을 보낸다", "deadline": "예보 뒤 7분", "data": "자리 배치"},
        {"actor": "현장 관리인(밤)", "action": "순서대로 돌며 타프를 걷게 하고 QR을 찍는다. 거부하면 ‘거부’를 찍고 다음 자리로 간다", "deadline": "단계가 켜진 뒤 40분", "data": "순서 목록"},
        {"actor": "CS 담당", "action": "단계가 켜진 자리만 목록에서 닫는다", "deadline": "다음 영업일", "data": "QR 기록"},
    ),
    "exceptions": ("사람 > 차 > 장비 순이다. 장비 피해는 그 자리에서 다투지 않는다.",),
    "leading": ("풍속계 값이 8m/s를 넘으면 당직자에게 알림",),
    "start": "15m/s가 이어지면 단계를 켠다",
    "relax": "8m/s 아래가 40분 이어지면 한 단계 내린다",
    "stop": "8m/s 아래가 60분이면 끈다",
    "symptoms": ("아침에 옆 자리로 날아간 타프가 있다",),
    "guardrails": ({"kind": "switch", "control": "preventive", "point": 2},),
    "starting_values": (
        {"text": "15m/s", "why": "타프가 견디는 한계", "data": "풍속과 피해"},
        {"text": "8m/s", "why": "펄럭이는 바람", "data": "풍속과 피해"},
        {"text": "7분", "why": "알림 도달", "data": "도달 시간"},
        {"text": "40분", "why": "자리당 1분 반", "data": "자리당 시간"},
        {"text": "60분", "why": "돌풍 간격", "data": "풍속 기록"},
    ),
    "effort": "procedure",
}  # fmt: skip


def korean_draft(**changed: Any) -> PolicyDraft:
    """A Korean draft that passes every check on a model's hole of the camp site; with other values where named."""
    return PolicyDraft.model_validate({**KOREAN, **changed})


_STARTED = re.compile(r"\d[\d.,:]*(?:\s?[^\s\d†().,;:]{1,8})?(?=†)")


def as_draft(candidate: Candidate) -> PolicyDraft:
    """The engine's own text as a model might answer it: no daggers, and what had one declared. More values than a model may declare."""
    policy = candidate.policy
    text = policy.model_dump_json()
    watch = policy.monitoring
    plain = {
        "name": policy.name,
        "surfaces": policy.surfaces,
        "intent": policy.intent,
        "scope": policy.scope,
        "trigger": policy.trigger,
        "signals": policy.signals,
        "enforcement_points": [{"kind": p.kind, "action": p.action} for p in policy.enforcement_points],
        "runbook": [s.model_dump(exclude={"line"}) for s in policy.runbook],
        "exceptions": policy.exceptions,
        "leading": watch.leading,
        "lagging": watch.lagging,
        "start": watch.start,
        "relax": watch.relax,
        "stop": watch.stop,
        "symptoms": policy.symptoms,
        "uncertain": policy.uncertain.what if policy.uncertain else "",
        "questions": policy.uncertain.questions if policy.uncertain else (),
        "guardrails": [
            {"kind": g.kind, "control": g.control, "point": 1, "decides": g.decides}
            for g in candidate.pattern.guardrails
        ],
        "effort": candidate.pattern.effort,
    }
    bare = _deep(plain)
    own = tuple(StartingDraft(text=value, why="-", data="-") for value in sorted(set(_STARTED.findall(text))))
    return PolicyDraft.model_validate(bare).model_copy(update={"starting_values": own})


def _deep(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("†", "")
    if isinstance(value, dict):
        return {key: _deep(part) for key, part in value.items()}
    return [_deep(part) for part in value] if isinstance(value, list | tuple) else value


def decided(candidate: Candidate) -> tuple[str, ...]:
    return tuple(sorted(decisions(candidate.pattern)))
