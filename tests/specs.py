"""A small specification that keeps the contract, to be bent in tests."""

from opslead.spec.document import (
    EnforcementPoint,
    EvidenceItem,
    FailureMode,
    Monitoring,
    Policy,
    Rollout,
    RolloutItem,
    RunbookStep,
    Specification,
    Uncertain,
    VerificationQuestion,
)

SUBJECTS = (
    "선점 만료", "가상계좌 기한", "전화 예약", "교대 인계", "야간 단독", "정전 대응", "입실 증빙", "노쇼 확정", "초과 도착", "환불 이중 집행",
    "정산 대사", "요금 변경", "쿠폰 중복", "공용 계정", "승인 한도", "라벨 결속", "현장 보상", "차단 완화", "명부 노출", "콜백 중복",
)  # fmt: skip

NAMES = (
    "Hold expiry", "Transfer deadline", "Bookings by phone", "Shift hand-over", "Alone at night", "Power cut", "Proof of entry",
    "Who is a no-show", "Too many arrivals", "Refunded twice", "Books compared", "New price", "Stacked coupons", "Shared login",
    "Approval limit", "Label and patient", "Goodwill on the spot", "Easing a block", "Names on a list", "Repeated callback",
)  # fmt: skip


def policy(number: int) -> Policy:
    subject = SUBJECTS[number - 1]
    return Policy(
        number=number,
        id=f"OP-{number}",
        name=f"{subject} 처리",
        surfaces=((number - 1) % 12 + 1,),
        intent=f"{subject:s}에서 {number}번 사고가 나면 손님 {number}명이 기다린다.",
        scope=f"앱과 전화의 {subject} 전 건.",
        trigger=f"{subject} {number}건 발생.",
        signals=(f"{subject} 시각", "처리자 번호"),
        enforcement_points=(EnforcementPoint(kind="server_api", action=f"{subject} 상태가 아니면 저장되지 않는다"),),
        runbook=(
            RunbookStep(actor="시스템", action=f"{subject} 건을 목록에 올린다", deadline="즉시", data="번호"),
            RunbookStep(actor="당직", action="건을 열어 결과를 고른다", deadline="15분† 안", data="사진"),
            RunbookStep(actor="재무", action="다음 날 합계를 맞춘다", deadline="매일 10:00†"),
        ),
        exceptions=(f"{subject}보다 안전이 앞선다.",),
        monitoring=Monitoring(
            leading=(f"{subject} 대기 시간이 1시간에 5분†을 넘으면 당직에게 알림",),
            lagging=("하루 3건† 초과",),
            start="1시간†에 2건†",
            relax="하루† 0건†",
            stop="10건† 초과",
        ),
        symptoms=(f"{subject} 목록이 비어 있는데 문의가 온다.",),
        uncertain=Uncertain(what="파트너 지원 여부", questions=("지원하는가?", "반영 시간은?"))
        if number == 1
        else None,
        closes=(f"windows.no_end@{number}",),
        control_types=("preventive", "detective"),
    )


def good() -> Specification:
    policies = tuple(policy(number) for number in range(1, 21))
    items = [
        RolloutItem(policy=p.number, impact="high", likelihood="medium", detectability="low", reasons=("매주",))
        for p in policies
    ]
    return Specification(
        title="시험 서비스 운영 정책 명세",
        language="ko",
        assumptions=("헌장이 없다.", "공격 보고서가 없다.", "공휴일에는 쉰다."),
        failure_modes=tuple(
            FailureMode(
                id=f"windows.no_end@{n}",
                condition=f"{SUBJECTS[n]} 조건이 생긴다",
                user_impact="손님이 기다린다",
                operations_impact="당직이 모른다",
                surfaces=(1, 2),
                evidence=(EvidenceItem(kind="quotation", text="“입력의 말”", sources=("a.md:3",)),),
            )
            for n in range(1, 9)
        ),
        policies=policies,
        rollout=Rollout(week_1=tuple(items[:6]), weeks_1_4=tuple(items[6:14]), months_1_3=tuple(items[14:])),
        questions=tuple(
            VerificationQuestion(decision=f"{SUBJECTS[n]} 기준", data_needed=f"최근 {n + 1}개월 건수", affects=(n + 1,))
            for n in range(15)
        ),
        version="0",
    )


def english() -> Specification:
    """The same in English words."""
    spec = good()

    def words(p: Policy) -> Policy:
        return p.model_copy(
            update={
                "name": NAMES[p.number - 1],
                "intent": f"Accident {p.number} leaves {p.number} people waiting.",
                "scope": f"All cases of kind {p.number}.",
                "trigger": f"{p.number} cases arrive.",
                "signals": ("time of arrival", "number of the clerk"),
                "enforcement_points": (
                    EnforcementPoint(kind="server_api", action=f"kind {p.number} cannot be saved in another state"),
                ),
                "runbook": (
                    RunbookStep(
                        actor="the system", action="puts the case on the list", deadline="at once", data="number"
                    ),
                    RunbookStep(
                        actor="on call",
                        action="opens the case and picks an outcome",
                        deadline="within 15 min†",
                        data="photo",
                    ),
                    RunbookStep(actor="finance", action="compares the totals of the day", deadline="daily 10:00†"),
                ),
                "exceptions": (f"Safety comes before kind {p.number}.",),
                "monitoring": Monitoring(
                    leading=("waiting time above 5 min† in 1 h† alerts on call",),
                    lagging=("more than 3† a day",),
                    start="2† in 1 h†",
                    relax="0† for a day†",
                    stop="more than 10†",
                ),
                "symptoms": ("The list is empty while people call.",),
                "uncertain": Uncertain(what="support by the partner", questions=("Is it supported?",))
                if p.uncertain
                else None,
            }
        )

    return spec.model_copy(
        update={
            "title": "Trial service: operating policy",
            "language": "en",
            "assumptions": ("No charter.", "No breach report.", "Off on holidays."),
            "failure_modes": tuple(
                m.model_copy(
                    update={
                        "condition": f"condition {n} arises",
                        "user_impact": "people wait",
                        "operations_impact": "nobody on call knows",
                        "evidence": (EvidenceItem(kind="quotation", text="“words of the input”"),),
                    }
                )
                for n, m in enumerate(spec.failure_modes)
            ),
            "policies": tuple(words(p) for p in spec.policies),
            "rollout": Rollout(
                **{
                    name: tuple(i.model_copy(update={"reasons": ("weekly",)}) for i in getattr(spec.rollout, name))
                    for name in ("week_1", "weeks_1_4", "months_1_3")
                }
            ),
            "questions": tuple(
                q.model_copy(update={"decision": f"bound {n}", "data_needed": f"counts of {n + 1} months"})
                for n, q in enumerate(spec.questions)
            ),
        }
    )
