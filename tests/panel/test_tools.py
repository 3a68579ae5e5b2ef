"""Computations a model may ask for: right, bounded, in the document's language; only results count as computed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from opslead.panel.depth.tools import bearing, recorded, tools
from opslead.panel.depth.tools.tool import computed
from opslead.panel.port import Tool

from .desks import Desk, english, korean

pytestmark = pytest.mark.xdist_group("desks")  # one worker: a desk is laid once


def offered(d: Desk, *, search: bool = False) -> dict[str, Tool]:
    return {tool.name: tool for tool in tools(d.service, replace(d.ground, search=search))}


def answer(d: Desk, name: str, *, search: bool = False, **asked: object) -> str:
    tool = offered(d, search=search)[name]
    return tool.run(tool.asks.model_validate(asked))


@pytest.mark.parametrize(
    ("name", "asked", "ko", "en"),
    [
        # M/M/1 at 60 %: 4 min · 0.6 / 0.4 = 6 min, and 60 % wait
        ("queue", {"per_hour": 9, "minutes": 4, "people": 1}, "60% 바쁨, 60%가 기다림, 평균 6분", "60% busy, 60% wait, 6 min on average"),
        ("queue", {"per_hour": 30, "minutes": 4, "people": 2}, "100%: 줄이 끝없이 는다", "100% busy: the queue grows without end"),
        ("queue", {"per_hour": 30, "minutes": 4, "wait": 10}, "3명", "3 people"),
        ("alarm", {"mean": 16, "period": "day"}, "29건 이상이면 신호", "29 or more is a signal"),
        ("clocks", {"first_start": "14:00", "first_minutes": 720, "second_start": "22:00", "second_minutes": 0},
         "둘째가 4시간 먼저 끝난다: 첫째 02:00(+1일), 둘째 22:00", "the second ends 4 h earlier: first 02:00 (+1 d), second 22:00"),
        ("oversell", {"units": 1, "no_show": 0.04, "walk": 3}, "0건 더", "0 more"),
    ],
)  # fmt: skip
def test_results(name, asked, ko, en):
    assert computed(answer(korean(), name, **asked)).startswith(ko)
    assert computed(answer(english(), name, **asked)).replace("hours", "h").replace("minutes", "min").startswith(en)


@pytest.mark.parametrize(
    ("name", "asked", "allowed"),
    [
        ("queue", {"per_hour": -1, "minutes": 4}, "per_hour is -1, allowed is 0.001 to 10000"),
        ("queue", {"per_hour": float("nan"), "minutes": 4}, "per_hour is nan"),
        ("queue", {"per_hour": 9000, "minutes": 1000}, "allowed is up to 400"),
        ("alarm", {"mean": float("inf"), "period": "hour"}, "mean is inf"),
        ("hold", {"buyers": 2, "never": 2, "median": 3, "p95": 1}, "p95 is 1, allowed is 3.15"),
        ("oversell", {"units": 0, "no_show": 0.04, "walk": 3}, "units is 0"),
        ("alone", {"minutes": 6, "without_cause": 0}, "without_cause is 0"),
        ("clocks", {"first_start": "14:00", "first_minutes": 1e12, "second_start": "22:00", "second_minutes": 0}, "first_minutes"),
        ("duty", {"who": "아무개"}, "hours are stated for: 현장 관리인(낮)"),
    ],
)  # fmt: skip
def test_what_is_out_of_range_is_told_what_is_allowed(name, asked, allowed):
    text = answer(korean(), name, **asked)
    assert allowed in text
    assert computed(text) == ""


def test_hours_away_come_from_the_stated_duty():
    text = answer(korean(), "duty", who="CS 담당")
    assert computed(text).startswith(
        "주 123시간 없음, 가장 긴 공백 금 19:00~월 10:00 63시간, 자리를 비우기 시작: 월 19:00"
    )


def test_the_search_says_what_is_left_and_what_may_be_asked():
    d = korean()
    before = answer(d, "search", search=True)
    after = answer(d, "search", search=True, decided=["refund_by_default"])
    assert "stuck_case (0 faults)" in before
    assert "stuck_case (1 fault)" in after
    assert "allowed are late_approval_settled" in answer(d, "search", search=True, decided=["magic"])
    assert "search" not in offered(d)


def test_a_ledger_holds_results_and_not_what_was_put_in():
    ledger: list[str] = []
    (alarm,) = (tool for tool in recorded(tools(korean().service, korean().ground), ledger) if tool.name == "alarm")
    alarm.run(alarm.asks.model_validate({"mean": 16, "period": "day"}))
    alarm.run(alarm.asks.model_validate({"mean": -5, "period": "day"}))
    assert len(ledger) == 1
    assert "29건" in ledger[0]
    assert "mean" not in ledger[0]


def test_what_a_sum_yields_on_the_way_is_computed_too():
    assert computed("60% 바쁨 <- 9/h × 4 min / 60 = 0.60 Erlang; Erlang C, 1 people") == "60% 바쁨; 0.60 Erlang"
    assert computed("Not computed: per_hour is -1.") == ""


def test_only_what_may_be_of_use_is_offered():
    names = {tool.name for tool in bearing(tools(korean().service, korean().ground), (9,))}
    assert names == {"alarm", "duty"}


def test_a_tool_takes_only_what_it_asks():
    d = korean()
    with pytest.raises(TypeError, match="alarm takes Alarm"):
        offered(d)["alarm"].run(offered(d)["duty"].asks.model_validate({"who": "x"}))
