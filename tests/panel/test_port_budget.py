"""No bound is overshot by calls that run at once; what was reached is said, and a replay says it again."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace

import pytest

from opslead.errors import InputErrors
from opslead.panel.port import Spent
from opslead.panel.port.budget import Budget, Meter, spent_lines
from opslead.panel.port.connect import connect, replay
from opslead.panel.port.exchange import CallFailed, Usage

from .asked import Timeless, ask, big, port_to
from .loopback import Says, Silent, Status, says


def many(count=30, **more):
    return [ask(str(n), **more) for n in range(count)]


def failures(answers):
    return [answered.failure for answered in answers if answered.failure]


@pytest.mark.parametrize("concurrency", [1, 8])
def test_calls_are_bounded_with_many_at_once(loopback, tmp_path, concurrency):
    loopback.script = lambda heard: says(value=12)
    port = port_to(loopback.url, tmp_path, Budget(calls=11), concurrency=concurrency)
    answers = port.ask(many())
    assert len(loopback.heard) == port.spent.calls == 11
    assert failures(answers) == ["budget"] * 19
    assert port.spent.exhausted == "11 calls"
    assert failures(port.ask([ask("later")])) == ["budget"]
    told = replay(tmp_path)
    again = told.ask(many())
    assert [(a.value, a.failure, a.detail) for a in again] == [(a.value, a.failure, a.detail) for a in answers]
    assert told.spent == replace(port.spent, fresh=0, seconds=0.0)


def test_repairs_count_as_the_calls_they_are(loopback):
    loopback.script = lambda heard: says(value=3)
    port = port_to(loopback.url, budget=Budget(calls=7))
    answers = port.ask(many(5, check=big))
    assert len(loopback.heard) == 7
    assert "budget" in failures(answers)
    assert all(a.last for a in answers if a.failure == "budget" and a.calls)


def test_all_calls_of_the_bound_can_be_used(loopback):
    loopback.script = lambda heard: says(value=12)
    port = port_to(loopback.url, budget=Budget(calls=30))
    assert failures(port.ask(many(30))) == []
    assert port.spent.exhausted == ""


@pytest.mark.parametrize("said_tokens", [20, 500])
def test_tokens_are_bounded_with_many_at_once(loopback, said_tokens):
    """Every answer takes up to what it may: 8 at a time, the sum stays below."""
    usage = {"prompt_tokens": 60, "completion_tokens": said_tokens, "total_tokens": 60 + said_tokens}
    loopback.script = lambda heard: Says(calls=(("answer", {"value": 12}),), usage=usage)
    port = port_to(loopback.url, budget=Budget(tokens=5000))
    answers = port.ask(many(60, most_tokens=500))
    spent = port.spent.tokens_in + port.spent.tokens_out
    assert spent <= 5000
    assert 5000 - spent < 800  # room that one further call might have overshot
    assert port.spent.exhausted == "5,000 tokens"
    assert set(failures(answers)) == {"budget"}


def test_an_ask_waits_for_room_that_comes_back(loopback):
    """Two calls set aside all tokens; both take little, so every ask has room in the end."""
    loopback.script = lambda heard: says(value=12)
    port = port_to(loopback.url, budget=Budget(tokens=9 * 120 + 2 * 1200))
    assert failures(port.ask(many(9, most_tokens=1000))) == []


def test_calls_that_broke_off_do_not_come_back_into_the_bound(loopback):
    loopback.script = lambda heard: Silent()
    port = port_to(loopback.url, budget=Budget(calls=6), timeout=0.2, concurrency=1)
    assert failures(port.ask(many(4))) == ["wire", "budget", "budget", "budget"]
    assert len(loopback.heard) <= 6


def test_refusals_of_load_cost_nothing(loopback):
    left = [Status(429), Status(429), Status(500)]
    loopback.script = lambda heard: left.pop() if left else says(value=12)
    port = port_to(loopback.url, budget=Budget(calls=2))
    assert failures(port.ask(many(2))) == []


def test_minutes_are_bounded_before_a_call(loopback):
    clock = Timeless()

    def script(heard):
        clock.time += 50
        return says(value=12)

    loopback.script = script
    port = port_to(loopback.url, budget=Budget(minutes=2), clock=clock, concurrency=1)
    assert len(failures(port.ask(many(9)))) == 6
    assert port.spent.exhausted == "2 minutes"


def test_minutes_end_a_call_that_drips(loopback):
    loopback.script = lambda heard: Silent(after=b": still here\n\n")
    port = port_to(loopback.url, budget=Budget(minutes=0.2 / 60), timeout=30)
    (answered,) = port.ask([ask()])
    assert answered.failure == "budget"
    assert "0.00333333 minutes" in answered.detail


def test_stored_calls_are_told_whatever_the_bound(loopback, tmp_path):
    loopback.script = lambda heard: says(value=12)
    port_to(loopback.url, tmp_path).ask(many(5))
    port = port_to(loopback.url, tmp_path, Budget(calls=3))
    assert failures(port.ask(many(5))) == []
    assert failures(port.ask([ask("new")])) == ["budget"]
    assert (port.spent.calls, port.spent.fresh) == (5, 0)
    more = port_to(loopback.url, tmp_path, Budget(calls=6))
    assert failures(more.ask([*many(5), ask("new")])) == []
    assert (more.spent.calls, more.spent.fresh) == (6, 1)


def metered(budget, price):
    return Meter(budget, lambda usage: price * (usage.tokens_in + usage.tokens_out), lambda: 0.0)


def test_money_is_set_aside_before_a_call():
    async def run():
        meter = metered(Budget(money=1.0), 0.001)
        meter.begin()
        first = await meter.reserve(100, 500)
        second = asyncio.create_task(meter.reserve(100, 500))
        await asyncio.sleep(0)
        assert not second.done()  # 0.6 and 0.6 are more than 1
        meter.release(first)
        meter.count("a", Usage(tokens_in=100, tokens_out=100, money=0.2), fresh=True)
        meter.release(await second)
        meter.count("b", Usage(tokens_in=100, tokens_out=500, money=0.6), fresh=True)
        with pytest.raises(CallFailed):
            await meter.reserve(100, 500)
        return meter.spent

    spent = asyncio.run(run())
    assert (spent.money, spent.exhausted) == (0.8, "1.00 dollars")


def test_money_that_is_not_known_of_one_call_is_not_known_of_the_run():
    meter = metered(Budget(), 0.0)
    for key, money in (("a", 0.1), ("b", None), ("c", 0.1)):
        meter.count(key, Usage(tokens_in=1, tokens_out=1, money=money), fresh=True)
    assert meter.spent.money is None


def test_a_bound_on_money_needs_a_price(loopback):
    with pytest.raises(InputErrors, match="price of openai-compatible:m is not known"):
        port_to(loopback.url, budget=Budget(money=1.0))


def test_prices_come_from_the_list_that_is_installed():
    """The port of the network tests would refuse a fetch."""
    from opslead.panel.port.names import which
    from opslead.panel.port.prices import pricing_of

    price = pricing_of(which("openai:gpt-4o", {"OPENAI_API_KEY": "sk-of-a-test"}))
    all_new = price(Usage(tokens_in=1_000_000, tokens_out=0))
    assert all_new == pytest.approx(2.5)
    assert price(Usage(tokens_in=1_000_000, tokens_out=0, cached=1_000_000)) < all_new
    claude = pricing_of(which("anthropic:claude-sonnet-4-6", {"ANTHROPIC_API_KEY": "sk-of-a-test"}))
    assert claude(Usage(tokens_in=1000, tokens_out=0, stored=1000)) > claude(Usage(tokens_in=1000, tokens_out=0))
    connect("openai:gpt-4o", None, Budget(money=1.0), lambda a, b: None, environ={"OPENAI_API_KEY": "sk-of-a-test"})


def test_the_bounds_are_said_before_and_the_sums_after():
    assert Budget().lines("en") == ("language model: at most 120 calls, 600,000 tokens, 60 minutes",)
    assert Budget(money=5).lines("ko") == ("언어 모델 한도: 호출 120회, 토큰 600,000개, 60분, 5.00달러",)
    spent = Spent(37, 12, 141_200, 30_100, 0.42)
    assert spent_lines(spent, "en") == ("language model: 37 calls (12 new), 141,200 tokens in, 30,100 out, $0.42",)
    stopped = replace(spent, money=None, exhausted="120 calls")
    assert spent_lines(stopped, "ko") == (
        "언어 모델 사용: 호출 37회(새 호출 12회), 입력 토큰 141,200개, 출력 토큰 30,100개",
        "한도에 닿아 더 묻지 않음: 호출 120회",
    )


def test_a_budget_is_finite_by_default():
    budget = Budget()
    assert (budget.calls, budget.tokens, budget.minutes) == (120, 600_000, 60)


def test_the_meter_is_not_fooled_by_many_threads_of_the_server(loopback):
    gate = threading.Barrier(8)

    def script(heard):
        if len(loopback.heard) <= 8:
            gate.wait(30)  # eight are under way at once
        return says(value=12)

    loopback.script = script
    port = port_to(loopback.url, budget=Budget(calls=9), concurrency=8)
    port.ask(many(20))
    assert len(loopback.heard) == 9
