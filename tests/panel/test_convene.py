"""The whole sitting: what fails leaves what the engine had; silence of attackers shows nothing; what passes stands in the document."""

from functools import cache

import pytest

from opslead.contract import lint
from opslead.intake.page.readers import Source
from opslead.panel.attack.assail import BreachDrafts
from opslead.panel.breadth.look import HoleDrafts
from opslead.pipeline import Options, Seat, Sources, design
from opslead.render.markdown import render
from panel.scripted import Scripted

pytestmark = pytest.mark.xdist_group("convene")  # one worker: a sitting is long, and its tests look at the same one

TEXT = """# 공구 대여점

## 개요
동네 공구 대여점 1곳. 전동 공구 40대를 웹과 전화로 예약받는다. 전화 예약은 직원이 수첩에 적었다가 저녁에 옮겨 적는다.

## 사용자
- 손님: 웹·전화로 예약하고 매장에서 받아 간다.
- 매장 직원: 매일 2명(09:00~18:00). 접수, 인도, 반납 확인을 한다. 환불은 건당 10만원까지 혼자 승인한다.

## 주요 흐름
1. 공구·날짜 선택 → 10분 선점 → 결제(PG 콜백) → 예약 확정 → 알림 문자
2. 매장에서 본인 확인 → 인도 → 반납 → 검수
3. 취소: 3일 전 100%, 1일 전 50%, 당일·노쇼 환불 없음.

## 숫자
하루 평균 예약 30건, 평균 대여료 4만원, 노쇼율 5%, 취소율 12%.
"""
CHARTER = "# 도메인 헌장\n- 주말 전날 공구가 없으면 손님은 다른 대여점으로 간다.\n"
SOURCES = Sources([Source("tools.md", TEXT, "0" * 64)], Source("charter.md", CHARTER, "1" * 64))
OPTIONS = Options(search=False)


@cache
def alone():
    return design(SOURCES, OPTIONS)


def sit(answers, rounds):
    port = Scripted(answers)
    return design(SOURCES, OPTIONS, seat=Seat(port, rounds)), port


def test_a_model_that_never_answers_leaves_the_engines_document():
    made, port = sit(lambda ask: "wire", rounds=2)
    spec = made.specification
    assert [p.name for p in spec.policies] == [p.name for p in alone().specification.policies]
    assert [p.runbook for p in spec.policies] == [p.runbook for p in alone().specification.policies]
    assert all(policy.author == "engine" and policy.fallback for policy in spec.policies)
    assert spec.panel is not None
    assert (spec.panel.ended, spec.panel.kept, len(spec.panel.rounds)) == ("limit", 0, 2)
    assert not lint(spec)
    assert port.asked


def test_attackers_who_find_nothing_end_the_rounds():
    empty = {HoleDrafts: HoleDrafts(), BreachDrafts: BreachDrafts()}
    made, _ = sit(lambda ask: empty.get(ask.answer, "refused"), rounds=3)
    record = made.specification.panel
    assert record is not None
    assert record.ended == "quiet"
    assert len(record.rounds) == 1
    assert record.rounds[0].attackers
    assert "부록 F" in render(made.specification)


def test_the_same_answers_give_the_same_bytes():
    first, _ = sit(lambda ask: "wire", rounds=1)
    second, _ = sit(lambda ask: "wire", rounds=1)
    assert render(first.specification) == render(second.specification)


def test_without_a_seat_nothing_is_said_of_a_panel():
    assert alone().specification.panel is None
    assert "부록 F" not in render(alone().specification)
