"""The test double behaves as the port is described."""

from __future__ import annotations

import pytest

from opslead.panel.port import Answered, Ask, Port, Reply

from .scripted import Scripted


class Number(Reply):
    value: int


def big(answer: Number) -> list[str]:
    return [] if answer.value > 9 else [f"value: {answer.value} is below 10"]


ASK = Ask("counter", "rooms", "You count.", "How many?", Number, check=big)


def test_complaints_go_back_until_the_check_is_quiet():
    port = Scripted(lambda ask: Number(value=10 if "below 10" in ask.prompt else 3))
    checked: Port = port
    (answered,) = checked.ask([ASK])
    assert answered.value == Number(value=10)
    assert answered.calls == port.spent.calls == 2


def test_repairs_are_bounded_and_the_last_answer_is_kept():
    port = Scripted(lambda ask: Number(value=3))
    (answered,) = port.ask([ASK])
    assert (answered.value, answered.failure, answered.last) == (None, "complaints", Number(value=3))
    assert answered.complaints == ("value: 3 is below 10",)
    assert len(port.asked) == 3


def test_a_failure_by_name():
    (answered,) = Scripted(lambda ask: "refused").ask([ASK])
    assert isinstance(answered, Answered)
    assert (answered.value, answered.failure) == (None, "refused")


def test_a_script_that_answers_something_else_is_a_mistake_of_the_test():
    with pytest.raises(ValueError, match="no such failure"):
        Scripted(lambda ask: "gone").ask([ASK])
    with pytest.raises(TypeError, match="not Number"):
        Scripted(lambda ask: Reply()).ask([ASK])
