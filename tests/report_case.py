"""A small specification with everything the report draws: a service, findings at its places, stories, a panel, numbers."""

from functools import cache

from opslead.behaviour.bounds import Bounds
from opslead.behaviour.verify import verify
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.guardrails import Decision
from opslead.model.resolve import resolve
from opslead.policy.stories import stories
from opslead.policy.verify import searches
from opslead.spec.document import (
    BreachResponse,
    ChecklistAnswer,
    EvidenceItem,
    FailureMode,
    LegalQuestion,
    PanelRound,
    PanelRun,
    PolicyEvidence,
    Quantity,
    QuantityInput,
    Rating,
    Ratings,
    Reference,
    Refusal,
    SurfaceView,
)
from specs import english, good

BOOKING = {
    "name": "캠핑장",
    "language": "ko",
    "currency": "KRW",
    "actors": [
        {"name": "CS 담당", "role": "staff", "count": {"value": 2}, "duty": "평일 10:00~19:00", "does": ["refund"],
         "authority": [{"action": "refund", "limit": "20만원"}]},
        {"name": "캠퍼", "role": "customer"},
    ],
    "resources": [{"name": "사이트", "capacity": 10, "physical": True}],
    "partners": [{"name": "PG", "kind": "payment", "mode": "callback", "latency": "3초"}],
    "flows": [
        {
            "name": "예약",
            "resource": "사이트",
            "steps": [
                {"kind": "request", "name": "날짜 선택", "actor": "캠퍼"},
                {"kind": "hold", "name": "선점", "within": "10분"},
                {"kind": "charge", "name": "결제", "partner": "PG"},
                {"kind": "confirm", "name": "확정"},
                {"kind": "notify", "name": "알림"},
            ],
            "exits": [{"kind": "cancel", "name": "취소", "tiers": [{"until": "D-1", "share": "100%"}]}],
        }
    ],
    "money": [{"kind": "ticket", "amount": "7만 2천원"}],
}  # fmt: skip
POLICIES = {
    "late": (1, frozenset({Decision.LATE_APPROVAL_SETTLED, Decision.UNIT_CHECKED, Decision.SECOND_PAYMENT_RETURNED})),
    "refund": (2, frozenset({Decision.REFUND_BY_DEFAULT})),
}
"""Two policies that decide something, with their numbers in the document."""


@cache
def service(language="ko"):
    return resolve(complete(ServiceText.model_validate({**BOOKING, "language": language})))


@cache
def verification(language="ko"):
    return verify(service(language), {name: decided for name, (_, decided) in POLICIES.items()}, Bounds(faults=0))


@cache
def told(language="ko"):
    return stories(service(language), verification(language), {name: number for name, (number, _) in POLICIES.items()})


def _finding(ident, priority, *surfaces):
    grade = Rating(grade=7, reason="하루 90건")
    return FailureMode(
        id=ident,
        condition=f"{ident}에서 조건이 생긴다",
        user_impact="손님이 기다린다",
        operations_impact="당직이 모른다",
        surfaces=surfaces,
        evidence=(EvidenceItem(kind="arithmetic", text="90건 × 2% = 1.8건", sources=("a.md:3",)),),
        ratings=Ratings(severity=grade, occurrence=grade, detection=grade, action_priority=priority),
    )


FINDINGS = (
    _finding("windows.no_end@hold", "high", 1, 2),
    _finding("windows.slow@hold", "low", 1),
    _finding("incentives.edge@exit-cancel", "medium", 3),
    _finding("authority.limit@CS-담당-refund", "medium", 5, 7),
    _finding("patterns.OP06-x@PG", "low", 6),
    _finding("behaviour.double_allocation@예약", "high", 1, 6),
    _finding("patterns.OP12-y@somewhere-else", "low", 12),
)


@cache
def rich(language="ko"):
    """The whole case in one language; the words of the findings stay Korean."""
    base = good() if language == "ko" else english()
    first, *rest = base.policies
    first = first.model_copy(
        update={
            "closes": ("windows.no_end@hold", "windows.not_here@hold"),
            "quantities": ("ttl@hold",),
            "references": (Reference(title="A public report", source="https://example.org/report"),),
            "evidence": PolicyEvidence(
                kinds=("story",), decides=("unit_checked",), ends=("behaviour.double_allocation@예약",)
            ),
        }
    )
    ratings = FINDINGS[0].ratings
    week = tuple(item.model_copy(update={"ratings": ratings}) for item in base.rollout.week_1)
    return base.model_copy(
        update={
            "policies": (first, *rest),
            "findings": FINDINGS,
            "stories": told(language),
            "searches": searches(verification(language)),
            "unsearched": ("현장 판매",),
            "rollout": base.rollout.model_copy(update={"week_1": week}),
            "surfaces": {"1": SurfaceView(holes=("windows.no_end@hold",), policies=(1,), examined="패턴 3개로 보았다")},
            "checklist": {
                "1": ChecklistAnswer(question="선점 시간이 낭비하는가?", verdict="found", answer="10분", policies=(1,))
            },
            "quantities": (
                Quantity(
                    id="ttl@hold",
                    title="선점 시간",
                    text="25분†",
                    result=25,
                    unit="분",
                    formula="19 + 6 = 25",
                    method="방법",
                    reference="출처",
                    inputs=(
                        QuantityInput(
                            key="a", name="결제 시간", value=19, unit="분", basis="given", source="글", low=19, high=19
                        ),
                    ),
                ),
            ),
            "breach_responses": (
                BreachResponse(item="B-1. 자리를 묶는다", policies=(1,), status="closed", answer="#1이 닫는다", raised_by="abuser", round=1),
            ),
            "legal": (LegalQuestion(question="약관의 취소 시점은 언제인가?", facts=("접수 시각",), policies=(2,)),),
            "panel": PanelRun(
                model="model-x",
                calls=7,
                tokens_in=1200,
                tokens_out=345,
                proposed=4,
                kept=3,
                differences=("모델은 12시간으로 읽었다",),
                refused=(Refusal(what="근거 없는 구멍", place="hold", why="인용이 글에 없다"),),
                rounds=(PanelRound(number=1, attackers=("abuser",), raised=3, new=1, revised=(2,), added=(3,)),),
                ended="quiet",
            ),
        }
    )  # fmt: skip


HOSTILE = (
    "</script><script>window.hurt=1</script>",
    '"><img src=x onerror="window.hurt=2">',
    "<!-- ]]> <style>*{display:none}</style>",
    "{{ 7*7 }} {% raw %} ${window.hurt=3}",
    "\u202eright to left\u202c שלום 👩‍🚒🔥",
    "가" * 200,
    "javascript:window.hurt=4",
)


def hostile(language="ko"):
    """The same with hostile words wherever a document's own words stand."""
    spec = rich(language)
    words = " ".join(HOSTILE)

    def bend(value):
        if isinstance(value, str):
            return f"{value} {words}" if value else ""
        if isinstance(value, tuple):
            return tuple(bend(item) for item in value)
        return value

    def policy(p):
        update = {
            key: bend(getattr(p, key))
            for key in ("name", "intent", "scope", "trigger", "signals", "exceptions", "symptoms")
        }
        steps = tuple(
            s.model_copy(update={"action": bend(s.action), "actor": bend(s.actor), "data": bend(s.data)})
            for s in p.runbook
        )
        return p.model_copy(update={**update, "runbook": steps})

    return spec.model_copy(
        update={
            "title": bend(spec.title),
            "assumptions": bend(spec.assumptions),
            "policies": tuple(policy(p) for p in spec.policies),
            "failure_modes": tuple(m.model_copy(update={"condition": bend(m.condition)}) for m in spec.failure_modes),
            "findings": tuple(m.model_copy(update={"condition": bend(m.condition)}) for m in spec.findings),
            "questions": tuple(q.model_copy(update={"decision": bend(q.decision)}) for q in spec.questions),
            "stories": tuple(
                s.model_copy(
                    update={
                        "ending": bend(s.ending),
                        "lanes": bend(s.lanes),
                        "instead": bend(s.instead),
                        "arrows": tuple(a.model_copy(update={"text": bend(a.text)}) for a in s.arrows),
                    }
                )
                for s in spec.stories
            ),
        }
    )  # fmt: skip
