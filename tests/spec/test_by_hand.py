"""Two documents that no program wrote: labels without spaces or in italics, bold titles, quoted lines, steps and impacts inside a line."""

import re

from opslead.spec.parse import parse_specification

KOREAN = """# 야간 무인 스터디카페 운영 정책

**가정**
- 결제는 PG 하나다.
- 야간에는 사람이 없다.

## 1. 실패 패턴 Top 8
1. 승인 뒤 선점 만료 → 돈만 나가고 자리가 없다 → 야간에는 환불하지 못한다

## 2. 정책 카탈로그

### [정책 1] 늦은 승인 자동 취소
> **SurfaceTag** | [2] 라이프사이클, [10] 통합

**목적·방지하는 사고**
돈만 나가는 사고를 막는다.

**적용범위**: 앱, 키오스크 전 건
**트리거**: 선점 10분 만료 뒤 승인 콜백 1건
**필요한 데이터 / 신호**: 결제번호, 선점번호
**집행위치**: 결제 서버
**운영절차 (Runbook)**
1. 시스템이 0·60초에 조회한다.
2. 당직이 15분 안에 취소한다.
3. 재무가 다음 날 10:00에 대조한다.

**예외 / 우선순위**: 새 주인이 먼저다.
**모니터링·알람**
* 선행지표: 승인 소요 4분 초과 15분 지속
* 후행지표: 돈만 받은 건 1건
* 임계치: 발동 2건/시간, 완화 0건/하루, 중단 10건
**실패 시 징후**: 같은 금액 승인 2건
**[UNCERTAIN]** PG가 조회를 지원하는지 모른다. (1) 지원하는가? (2) 시간은?

## 3. 도입 우선순위
**즉시 필요(Week 1)**
- 정책 1 – 위험도: 상, 발생확률: 중, 탐지가능성: 하

**검증 질문**
1. 선점 시간을 얼마로 할지 (필요 데이터: 최근 4주 승인 소요)
"""
ENGLISH = """# Ops policies: airport parking

## Assumptions
* A1: no charter

## 1) Top failure modes
- **F1 – Double-sold bay.** *Condition:* partner pushes late; *User impact:* no bay on arrival; *Ops impact:* desk improvises

## 2) Policies

#### POLICY 1 — Bay ledger
*Surface Tag(s):* 1, 6
*Purpose / Prevented accident:* double sale
*Scope (channel/user/region/time/state):* all channels
*Trigger(s):* second confirm for the same bay-night
*Required data & signals:* bay, night
*Enforcement point(s):* booking API
*Runbook (3 steps):* Step 1: system refuses the later one. Step 2: desk rebooks within 10 min. Step 3: finance refunds.
*Exceptions & conflict priority:* seated first
*Monitoring & alerts:* Leading indicator – partner lag > 60 s for 5 min; Threshold – start at 3 min, relax below 60 s, stop at 2 doubles
*Signs when failing:* two cars, one bay
*UNCERTAIN:* (1) Can the partner close? (2) How fast?
"""
FIELDS = {"surfaces", "intent", "scope", "trigger", "signals", "enforcement_points", "runbook", "exceptions", "monitoring", "symptoms", "uncertain"}  # fmt: skip


def test_korean():
    spec = parse_specification(KOREAN, "s.md")
    (policy,) = spec.policies
    assert set(policy.field_lines) == FIELDS
    assert (policy.name, policy.surfaces, policy.scope) == ("늦은 승인 자동 취소", (2, 10), "앱, 키오스크 전 건")
    assert [step.action for step in policy.runbook][1:] == [
        "당직이 15분 안에 취소한다.",
        "재무가 다음 날 10:00에 대조한다.",
    ]
    assert policy.monitoring.leading == ("승인 소요 4분 초과 15분 지속",)
    assert policy.exceptions == ("새 주인이 먼저다.",)
    assert policy.uncertain.questions == ("지원하는가?", "시간은?")
    assert len(spec.assumptions) == 2
    assert spec.failure_modes[0].operations_impact == "야간에는 환불하지 못한다"
    assert [(i.policy, i.impact, i.likelihood, i.detectability) for i in spec.rollout.week_1] == [
        (1, "high", "medium", "low")
    ]
    assert (spec.questions[0].decision, spec.questions[0].data_needed) == (
        "선점 시간을 얼마로 할지",
        "최근 4주 승인 소요",
    )


def test_english():
    spec = parse_specification(ENGLISH, "s.md")
    (policy,) = spec.policies
    assert set(policy.field_lines) == FIELDS
    assert (policy.name, policy.surfaces) == ("Bay ledger", (1, 6))
    assert len(policy.runbook) == 3
    assert policy.monitoring.leading == ("partner lag > 60 s for 5 min",)
    assert policy.uncertain.questions == ("Can the partner close?", "How fast?")
    (mode,) = spec.failure_modes
    assert (mode.user_impact, mode.operations_impact) == ("no bay on arrival", "desk improvises")
    assert mode.condition.endswith("partner pushes late")


def test_a_table_of_evidence_is_none_of_failure_modes():
    """As opslead's own Word file has it behind the table of the modes."""
    modes = "| No. | Condition | Effect on users | Effect on operations |\n|---|---|---|---|\n| F1 | late | waits | searches |"
    evidence = "| No. | Evidence |\n|---|---|\n| F1 | “late” (a.md:3) |"
    text = re.sub(r"- \*\*F1 .*", f"{modes}\n\n{evidence}", ENGLISH)
    (mode,) = parse_specification(text, "s.md").failure_modes
    assert (mode.condition, mode.user_impact, mode.operations_impact) == ("late", "waits", "searches")


def test_a_label_inside_a_step_begins_no_field():
    text = ENGLISH.replace("Step 1: system", "Step 1: Data: system")
    assert len(parse_specification(text, "s.md").policies[0].runbook) == 3
    listed = KOREAN.replace("2. 당직이", "2. 예외: 당직이")
    policy = parse_specification(listed, "s.md").policies[0]
    assert len(policy.runbook) == 3
    assert policy.exceptions == ("새 주인이 먼저다.",)
