"""One conversation over a real wire: the shape, the complaints, the tools, the refusal."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from opslead.panel.answers import HoleDrafts, HoleName, PolicyDraft
from opslead.panel.attack.items import BreachDrafts
from opslead.panel.charter.strategist import CharterDraft
from opslead.panel.legal import LegalDraft
from opslead.panel.port import Reply
from opslead.panel.port.conversation import MOST_AT_ONCE, SHAPE_RETRIES, TOOL_ROUNDS
from opslead.panel.port.exchange import offered
from opslead.panel.revision.forms import RevisionDraft

from .asked import ADD, Number, ask, big, port_to
from .loopback import Says, says


def in_turn(*reactions):
    """A script that plays these, one a request."""
    left = iter(reactions)
    return lambda heard: next(left)


def test_an_answer_is_typed_and_counted(loopback):
    loopback.script = in_turn(says(value=12))
    port = port_to(loopback.url)
    (answered,) = port.ask([ask(most_tokens=321)])
    assert answered.value == Number(value=12)
    assert (answered.calls, answered.tokens, answered.failure) == (1, 120, "")
    assert (port.spent.calls, port.spent.fresh, port.spent.tokens_in, port.spent.tokens_out) == (1, 1, 100, 20)
    body = loopback.heard[0].body
    assert body["max_tokens"] == 321
    assert body["stream"] is True
    assert [m["role"] for m in body["messages"]] == ["system", "user"]


def test_the_schema_carries_no_titles(loopback):
    loopback.script = in_turn(says(value=12))
    port_to(loopback.url).ask([ask()])
    assert '"title"' not in json.dumps(loopback.heard[0].body["tools"])


def test_a_vocabulary_is_sent_without_what_it_says_of_itself_and_no_answer_has_to_match_an_expression():
    kinds = (PolicyDraft, RevisionDraft, HoleDrafts, BreachDrafts, LegalDraft, CharterDraft)
    schemas = [json.dumps(offered("answer", "", kind).schema_) for kind in kinds]
    assert "orphan_money_found" in schemas[0]
    assert "world of the search" not in schemas[0]  # what `Decision` says of itself to programmers
    assert "only with `uncertain`" in schemas[0]
    assert not [schema for schema in schemas if '"pattern"' in schema]


class Named(Reply):
    name: HoleName


def test_what_is_wrong_is_said_in_words(loopback):
    loopback.script = in_turn(says(name="환불이 두 번"), says(name="The refund goes out twice"))
    (answered,) = port_to(loopback.url).ask([replace(ask(), answer=Named)])
    assert answered.value == Named(name="the-refund-goes-out-twice")
    assert "- name: two to six English words joined by hyphens" in loopback.heard[1].last


def test_a_server_that_does_not_stream_is_read_once(loopback):
    loopback.script = in_turn(Says(calls=(("answer", {"value": 12}),), streams=False))
    (answered,) = port_to(loopback.url).ask([ask()])
    assert answered.value == Number(value=12)
    assert len(loopback.heard) == 1


def test_wrong_shape_twice_then_right(loopback):
    loopback.script = in_turn(says(value="many"), says(count=3), says(value=12))
    (answered,) = port_to(loopback.url).ask([ask()])
    assert answered.value == Number(value=12)
    assert answered.calls == 3
    assert "- value: Input should be a valid integer" in loopback.heard[1].last
    assert "- count: Extra inputs are not permitted" in loopback.heard[2].last


def test_wrong_shape_ends_after_its_retries(loopback):
    loopback.script = lambda heard: says(value="many")
    (answered,) = port_to(loopback.url).ask([ask()])
    assert (answered.value, answered.failure) == (None, "shape")
    assert answered.calls == len(loopback.heard) == SHAPE_RETRIES + 1
    assert "value: Input should be a valid integer" in answered.detail


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param('{"value": 1', id="cut"),
        pytest.param('{"value": NaN}', id="not a number"),
        pytest.param("[12]", id="no object"),
        pytest.param("", id="nothing"),
        pytest.param('{"value": "\\ud800"}', id="half a pair"),
        pytest.param("[" * 5000, id="deep"),
    ],
)
def test_arguments_that_are_no_json_object_go_back(loopback, broken):
    loopback.script = in_turn(Says(calls=(("answer", broken),)), says(value=12))
    (answered,) = port_to(loopback.url).ask([ask()])
    assert answered.value == Number(value=12)
    assert answered.calls == 2


def test_an_answer_cut_at_the_most_tokens_is_told_so(loopback):
    loopback.script = in_turn(Says(calls=(("answer", '{"val'),), finish="length"), says(value=12))
    (answered,) = port_to(loopback.url).ask([ask(most_tokens=50)])
    assert answered.value == Number(value=12)
    assert "cut off at 50 tokens" in loopback.heard[1].last


@pytest.mark.parametrize("text", ['{"value": 12}', '```json\n{"value": 12}\n```'])
def test_json_written_as_text_is_understood(loopback, text):
    loopback.script = in_turn(Says(text=text))
    (answered,) = port_to(loopback.url).ask([ask()])
    assert answered.value == Number(value=12)


@pytest.mark.parametrize("text", ["Twelve, I believe.", ""])
def test_plain_words_are_asked_for_the_answer(loopback, text):
    loopback.script = in_turn(Says(text=text or " "), says(value=12))
    (answered,) = port_to(loopback.url).ask([ask()])
    assert answered.value == Number(value=12)
    assert loopback.heard[1].turns[-1]["role"] == "user"


def test_complaints_go_back_in_the_same_conversation(loopback):
    loopback.script = in_turn(says(value=3), says(value=12))
    (answered,) = port_to(loopback.url).ask([ask(check=big)])
    assert (answered.value, answered.complaints) == (Number(value=12), ())
    assert [turn["role"] for turn in loopback.heard[1].turns] == ["user", "assistant", "tool"]
    assert "- value: 3 is below 10" in loopback.heard[1].last


@pytest.mark.parametrize("repairs", [0, 1, 2])
def test_complaints_end_after_the_repairs(loopback, repairs):
    loopback.script = lambda heard: says(value=len(heard.turns))
    (answered,) = port_to(loopback.url).ask([ask(check=big, repairs=repairs)])
    assert (answered.value, answered.failure, answered.calls) == (None, "complaints", repairs + 1)
    assert answered.last == Number(value=1 + 2 * repairs)
    assert answered.complaints == (f"value: {1 + 2 * repairs} is below 10",)


def test_a_last_answer_survives_a_later_wrong_shape(loopback):
    loopback.script = lambda heard: says(value=3) if len(heard.turns) == 1 else says(value="x")
    (answered,) = port_to(loopback.url).ask([ask(check=big)])
    assert (answered.failure, answered.last) == ("shape", Number(value=3))


@pytest.mark.parametrize("said", [Says(refusal="No."), Says(text="No.", finish="content_filter")])
def test_a_refusal_ends_the_ask(loopback, said):
    loopback.script = lambda heard: said
    (answered,) = port_to(loopback.url).ask([ask()])
    assert (answered.value, answered.failure) == (None, "refused")
    assert "No." in answered.detail
    assert len(loopback.heard) == 1


def test_a_tool_is_run_and_its_result_goes_back(loopback):
    loopback.script = in_turn(Says(calls=(("add", {"a": 5, "b": 7}), ("add", {"a": 1, "b": 1}))), says(value=12))
    (answered,) = port_to(loopback.url).ask([ask(tools=(ADD,))])
    assert answered.value == Number(value=12)
    assert {tool["function"]["name"] for tool in loopback.heard[0].body["tools"]} == {"add", "answer"}
    assert [turn["content"] for turn in loopback.heard[1].turns[-2:]] == ["12", "2"]


def test_a_tool_asked_wrongly_says_what_is_wrong(loopback):
    loopback.script = in_turn(Says(calls=(("add", {"a": "five"}), ("subtract", {}))), says(value=12))
    port_to(loopback.url).ask([ask(tools=(ADD,))])
    wrong, unknown = (turn["content"] for turn in loopback.heard[1].turns[-2:])
    assert wrong.startswith("Not run.")
    assert "- b: Field required" in wrong
    assert unknown == "There is no such tool. There are: add, answer."


def test_rounds_of_tools_are_bounded(loopback):
    loopback.script = lambda heard: Says(calls=(("add", {"a": len(heard.turns), "b": 1}),))
    (answered,) = port_to(loopback.url).ask([ask(tools=(ADD,))])
    assert answered.failure == "shape"
    assert answered.calls == TOOL_ROUNDS + SHAPE_RETRIES + 1
    assert "no more computations" in answered.detail


def test_computations_of_one_turn_are_bounded(loopback):
    many = tuple(("add", {"a": n, "b": 0}) for n in range(MOST_AT_ONCE + 2))
    loopback.script = in_turn(Says(calls=many), says(value=12))
    port_to(loopback.url).ask([ask(tools=(ADD,))])
    results = [turn["content"] for turn in loopback.heard[1].turns if turn["role"] == "tool"]
    assert results[MOST_AT_ONCE - 1] == str(MOST_AT_ONCE - 1)
    assert results[MOST_AT_ONCE:] == [f"Not run: at most {MOST_AT_ONCE} at once."] * 2


def test_an_answer_beside_a_tool_call_is_taken(loopback):
    loopback.script = in_turn(Says(calls=(("add", {"a": 1, "b": 1}), ("answer", {"value": 3}))), says(value=12))
    (answered,) = port_to(loopback.url).ask([ask(check=big, tools=(ADD,))])
    assert answered.value == Number(value=12)
    assert [turn["content"][:9] for turn in loopback.heard[1].turns[-2:]] == ["Not run.", "Checked, "]


def test_a_fault_of_a_check_is_nobody_elses(loopback):
    def broken(answer):
        raise ZeroDivisionError

    loopback.script = lambda heard: says(value=12)
    with pytest.raises(ZeroDivisionError):
        port_to(loopback.url).ask([ask(check=broken), ask("beds")])


def test_usage_that_is_not_counted_is_estimated(loopback):
    loopback.script = in_turn(Says(calls=(("answer", {"value": 12}),), usage=None))
    port = port_to(loopback.url)
    port.ask([ask()])
    assert port.spent.tokens_in > 50
    assert port.spent.tokens_out > 2
