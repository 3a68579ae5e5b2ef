"""The words of the contract in both languages: section titles, field labels, surfaces, the twelve questions, grades."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.text import STARTING, Lang

SURFACES: Mapping[Lang, Mapping[int, str]] = {
    "ko": {
        1: "희소자원 관리", 2: "라이프사이클 상태", 3: "가격/비용/정산", 4: "확률/예측/최적화", 5: "권한/접근/역할",
        6: "정합성/조정", 7: "예외/분쟁/클레임", 8: "부정/어뷰징 대응", 9: "규제/프라이버시", 10: "통합/외부의존",
        11: "운영/현장 프로세스", 12: "모니터링/KPI",
    },
    "en": {
        1: "Scarce resources", 2: "Lifecycle states", 3: "Pricing, cost, settlement", 4: "Probability, forecasting, optimisation",
        5: "Authority, access, roles", 6: "Consistency and reconciliation", 7: "Exceptions, disputes, claims",
        8: "Fraud and abuse", 9: "Regulation and privacy", 10: "Integration and external dependence",
        11: "Operations and field work", 12: "Monitoring and KPI",
    },
}  # fmt: skip

SECTIONS: Mapping[Lang, Mapping[str, str]] = {
    "ko": {
        "assumptions": "0) Assumptions (가정)",
        "failure_modes": "1) 운영 관점 Top Failure Modes (상위 실패 패턴)",
        "policies": "2) Policy Catalog (정책 카탈로그)",
        "rollout": "3) Priority & Rollout (우선순위 및 도입 순서)",
        "questions": "4) Verification Questions (검증 질문 묶음)",
    },
    "en": {
        "assumptions": "0) Assumptions",
        "failure_modes": "1) Top Failure Modes from the operations view",
        "policies": "2) Policy Catalog",
        "rollout": "3) Priority & Rollout",
        "questions": "4) Verification Questions",
    },
}

FIELDS: Mapping[Lang, Mapping[str, str]] = {
    "ko": {
        "name": "정책명",
        "surfaces": "[SurfaceTag]",
        "intent": "목적/방지하는 사고",
        "scope": "적용 범위",
        "trigger": "트리거(발동 조건)",
        "signals": "필요한 데이터/신호",
        "enforcement_points": "집행 위치(Enforcement Point)",
        "runbook": "운영 절차(Runbook 요약)",
        "exceptions": "예외/충돌 우선순위",
        "monitoring": "모니터링/알람",
        "symptoms": "실패 시 관측되는 징후",
        "uncertain": "[UNCERTAIN]",
    },
    "en": {
        "name": "Name",
        "surfaces": "[SurfaceTag]",
        "intent": "Purpose / accident prevented",
        "scope": "Scope",
        "trigger": "Trigger",
        "signals": "Data / signals",
        "enforcement_points": "Enforcement Point",
        "runbook": "Runbook (summary)",
        "exceptions": "Exceptions / priority in conflict",
        "monitoring": "Monitoring / alarms",
        "symptoms": "Symptoms when it fails",
        "uncertain": "[UNCERTAIN]",
    },
}

HORIZONS: Mapping[Lang, Mapping[str, str]] = {
    "ko": {"week_1": "즉시 필요 (Week 1)", "weeks_1_4": "단기 (1~4주)", "months_1_3": "중기 (1~3개월)"},
    "en": {
        "week_1": "Immediately (Week 1)",
        "weeks_1_4": "Short term (weeks 1-4)",
        "months_1_3": "Medium term (months 1-3)",
    },
}

LEVELS: Mapping[Lang, Mapping[str, str]] = {
    "ko": {"high": "상", "medium": "중", "low": "하", "": ""},
    "en": {"high": "High", "medium": "Medium", "low": "Low", "": ""},
}

AXES: Mapping[Lang, tuple[str, str, str]] = {
    "ko": ("위험도(Impact)", "발생확률(Likelihood)", "탐지가능성(Detectability)"),
    "en": ("Impact", "Likelihood", "Detectability"),
}

MONITORING: Mapping[Lang, Mapping[str, str]] = {
    "ko": {"leading": "선행(leading)", "lagging": "결과(lagging)", "start": "발동", "relax": "완화", "stop": "중단"},
    "en": {"leading": "leading", "lagging": "lagging", "start": "start", "relax": "relax", "stop": "stop"},
}

ENFORCEMENT: Mapping[Lang, Mapping[str, str]] = {
    "ko": {
        "ui": "UI", "server_api": "서버 API", "batch": "배치", "admin_console": "관리자 콘솔", "device": "현장 기기",
        "message": "알림 발송", "ledger": "원장", "partner_portal": "파트너 포털", "paper": "번호 있는 종이", "other": "기타",
    },
    "en": {
        "ui": "UI", "server_api": "server API", "batch": "batch", "admin_console": "admin console", "device": "device on site",
        "message": "messages", "ledger": "ledger", "partner_portal": "partner portal", "paper": "numbered paper", "other": "other",
    },
}  # fmt: skip

CHECKLIST: Mapping[Lang, Mapping[int, str]] = {
    "ko": {
        1: "선점 시간이 자리를 낭비하거나 판매를 놓치게 하는가?",
        2: "상태 전이가 사람을 기다리는 곳에서 사고가 나는가?",
        3: "할인·환불이 CS의 수동 조정과 부딪혀 정산이 어긋나는가?",
        4: "노쇼·초과 수요 때 현장의 판단 기준이 모호한가?",
        5: "일을 끝내려고 계정을 같이 쓰거나 대신 처리하는가?",
        6: "기록과 실물이 다를 때 그 자리의 사람이 할 일이 정해져 있지 않은가?",
        7: "CS가 즉시 보상할 수 있는 한도의 근거가 없는가?",
        8: "부정 방지 차단이 정상 업무를 막거나 문의를 폭증시키는가?",
        9: "편의를 위해 개인정보를 보이거나 종이에 두는가?",
        10: "파트너가 늦을 때 고객에게 무엇을 언제 알리는지 정해져 있지 않은가?",
        11: "시스템이 멈춘 동안 일을 이어 갈 방법이 없는가?",
        12: "지표 압박이 기록 조작이나 규칙 위반을 부르는가?",
    },
    "en": {
        1: "Does the hold time waste capacity or lose business?",
        2: "Does a transition wait for a person?",
        3: "Do discounts and refunds collide with manual adjustments, so that settlement no longer matches?",
        4: "Is it vague what field staff decide on no-show or overload?",
        5: "Will people share accounts or act for others to get work done?",
        6: "When record and shelf differ, is it open what the person standing there does now?",
        7: "May support compensate on the spot without a founded limit?",
        8: "Does an anti-fraud block stop normal work or flood support?",
        9: "Is personal data shown or kept on paper for convenience?",
        10: "Is it open what customers are told, and when, while a partner is late?",
        11: "Is there no way to go on while the system is down?",
        12: "Does KPI pressure make staff falsify records or break rules?",
    },
}
"""The twelve questions, put so that Yes means a hole."""

DISPOSITIONS: Mapping[Lang, Mapping[str, str]] = {
    "ko": {"closed": "닫힘", "mitigated": "줄임", "accepted": "받아들임", "open": "열려 있음"},
    "en": {"closed": "closed", "mitigated": "mitigated", "accepted": "accepted", "open": "open"},
}
"""What became of an item of a breach report."""

VERDICTS: Mapping[Lang, Mapping[str, str]] = {
    "ko": {"found": "구멍 있음", "nothing": "찾지 못함", "unknown": "판단 불가"},
    "en": {"found": "hole found", "nothing": "nothing found", "unknown": "cannot be judged"},
}
"""How one of the twelve questions is answered."""

BASIS: Mapping[Lang, Mapping[str, str]] = {
    "ko": {"given": "설명", "derived": "유도", "assumed": "가정"},
    "en": {"given": "given", "derived": "derived", "assumed": "assumed"},
}
"""On what a number rests."""

EVIDENCE: Mapping[Lang, Mapping[str, str]] = {
    "ko": {"quotation": "설명의 인용", "arithmetic": "계산", "calendar": "근무표", "story": "탐색한 이야기"},
    "en": {
        "quotation": "quotation",
        "arithmetic": "sum",
        "calendar": "duty calendar",
        "story": "story found by search",
    },
}
"""The kinds of evidence."""

LOSSES: Mapping[Lang, Mapping[str, str]] = {
    "ko": {
        "double_allocation": "중복 확정", "money_without_entitlement": "돈만 나감", "entitlement_without_money": "값 없이 가짐",
        "wrong_amount": "과다 환불", "paid_twice": "이중 결제", "stuck_case": "사람을 기다리며 멈춤", "idle_capacity": "돈 없이 붙잡힘",
        "lost_goods": "돌아오지 않은 것", "broken_promise": "와 보니 자리 없음",
        "abandoned": "끝내지 않고 붙잡힘", "approval_expired": "승인 만료로 멈춤", "approval_expired_used": "승인 만료로 못 받음",
        "benefit_kept": "환불 뒤 남은 혜택", "dispute_reversed": "뒤집힌 결제 이의", "erased_owed": "줄 것이 남은 삭제",
        "overdue_hidden": "연장에 덮인 연체", "closed_early": "끝난 것으로 잘못 표시", "old_price": "끝난 가격으로 결제",
        "entered_twice": "복구 뒤 두 번 입력", "same_number": "같은 번호 둘", "paid_out_and_back": "지급과 환불이 모두",
        "penalty_unbooked": "올리지 않은 불참 비용", "two_orders_one_payment": "결제 하나에 주문 둘", "balance_spent_twice": "잔액 하나로 두 번",
    },
    "en": {
        "double_allocation": "double allocation", "money_without_entitlement": "money without entitlement",
        "entitlement_without_money": "entitlement without money", "wrong_amount": "refund beyond charge", "paid_twice": "double charge",
        "stuck_case": "stuck for a person", "idle_capacity": "held without paying", "lost_goods": "not back", "broken_promise": "broken promise",
        "abandoned": "left unfinished, still held", "approval_expired": "stopped by an expired approval",
        "approval_expired_used": "approval expired, nothing to collect", "benefit_kept": "benefit kept after the refund",
        "dispute_reversed": "dispute result turned", "erased_owed": "erased while owed", "overdue_hidden": "delay covered by an extension",
        "closed_early": "marked as finished by mistake", "old_price": "paid at a price that had ended", "entered_twice": "entered twice after an outage",
        "same_number": "one number twice", "paid_out_and_back": "paid out and refunded", "penalty_unbooked": "penalty never booked",
        "two_orders_one_payment": "two orders for one payment", "balance_spent_twice": "one balance spent twice",
    },
}  # fmt: skip
"""Losses that the search looks for, and accidents that it tells apart, in few words."""

LEGEND: Mapping[Lang, str] = {
    "ko": f"{STARTING} = 입력에 없어 정한 시작값이나 아직 지정되지 않은 담당. 4주 운영 데이터나 검증 질문의 답으로 바꾼다.",
    "en": f"{STARTING} = not in the input: a starting value, or a role that nobody is named for; replace it by four weeks of operating data or an answer to a question.",
}
"""What the dagger means, in the line that stands over the catalog."""
