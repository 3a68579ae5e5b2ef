"""A run is kept call by call: told again without paying, without a network, without a key, byte for byte."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pydantic_ai.models
import pytest

from opslead.errors import InputErrors
from opslead.panel.port import Reply
from opslead.panel.port.budget import Budget
from opslead.panel.port.connect import replay
from opslead.panel.port.exchange import Request, offered
from opslead.panel.port.store import open_stored

from .asked import ADD, Number, ask, big, port_to
from .loopback import Says, Status, says


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def outcome(answered):
    return [(a.ask.subject, a.value, a.last, a.failure, a.detail, a.complaints, a.calls, a.tokens) for a in answered]


def unfresh(spent):
    return replace(spent, fresh=0, seconds=0.0)


def many_ways(heard):
    """An answer for each subject: right, mended, computed, refused, wrong for ever, failing."""
    turns = len(heard.turns)
    return {
        "rooms?": says(value=12),
        "beds?": says(value=3 if turns == 1 else 13),
        "sums?": Says(calls=(("add", {"b": 7, "a": 5}),)) if turns == 1 else says(value=12),
        "secrets?": Says(refusal="No."),
        "words?": Says(text="한글로 답합니다"),
        "ghosts?": Status(500),
        "smalls?": says(value=1),
    }[heard.prompt.split()[2]]


SUBJECTS = ("rooms", "beds", "sums", "secrets", "words", "ghosts", "smalls")


def asks():
    return [ask(subject, check=big, tools=(ADD,)) for subject in SUBJECTS]


def test_a_finished_run_replays_byte_for_byte_with_the_server_gone(loopback, tmp_path, monkeypatch):
    loopback.script = many_ways
    port = port_to(loopback.url, tmp_path)
    first = port.ask(asks())
    assert [a.failure for a in first] == ["", "", "", "refused", "shape", "wire", "complaints"]
    loopback.close()
    kept = files(tmp_path)
    monkeypatch.setattr(pydantic_ai.models, "ALLOW_MODEL_REQUESTS", False)
    again = replay(tmp_path)
    assert outcome(again.ask(asks())) == outcome(first)
    assert again.spent == unfresh(port.spent)
    assert port.spent.fresh == port.spent.calls == len([name for name in kept if name.startswith("calls/")])
    assert again.model == port.model == "openai-compatible:m"
    assert files(tmp_path) == kept


def test_the_order_of_keys_is_the_same_live_and_replayed(loopback, tmp_path):
    class Counts(Reply):
        counts: dict[str, int]

    loopback.script = lambda heard: says(counts={"b": 1, "a": 2})
    question = replace(ask(), answer=Counts)
    (live,) = port_to(loopback.url, tmp_path).ask([question])
    (told,) = replay(tmp_path).ask([question])
    assert list(live.value.counts) == list(told.value.counts)


def test_a_replay_needs_no_library_of_a_provider(loopback, tmp_path):
    loopback.script = many_ways
    port_to(loopback.url, tmp_path).ask([ask("rooms")])
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from opslead.panel.port.connect import replay; from panel.asked import ask\n"
        "assert replay(Path(sys.argv[1])).ask([ask('rooms')])[0].value.value == 12\n"
        "assert not {'pydantic_ai', 'openai', 'anthropic', 'httpx2'} & set(sys.modules), 'imported'\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path), str(Path(__file__).parents[1])], check=True)


def test_what_was_not_asked_is_said_to_be_missing(loopback, tmp_path):
    loopback.script = many_ways
    port_to(loopback.url, tmp_path).ask([ask("rooms")])
    (answered,) = replay(tmp_path).ask([ask("roofs")])
    assert (answered.failure, answered.detail) == ("wire", "not in the stored run: counter, roofs")


def test_a_replay_finds_the_answer_of_an_ask_that_is_worded_differently_now(loopback, tmp_path):
    loopback.script = many_ways
    port_to(loopback.url, tmp_path).ask(asks())
    said = []
    again = replay(tmp_path, lambda stage, detail: said.append(detail))
    rooms, beds = (replace(ask(subject, check=big), system="worded anew") for subject in ("rooms", "beds"))
    first, second = again.ask([rooms, beds])
    assert first.value == Number(value=12)
    assert second.value == Number(value=13)  # the first answer was complained of again, and the mended one is there too
    assert sum("asked in other words" in detail for detail in said) == 3


def test_an_ask_of_the_same_name_in_a_later_round_finds_the_answer_of_its_own_round(loopback, tmp_path):
    loopback.script = lambda heard: says(value=11 if "R1-1" in heard.prompt else 12)
    rounds = [
        replace(ask("rooms"), prompt=f"How many?\n{items}") for items in ("R1-1 a leak", "R2-1 a flood\nof water")
    ]
    port_to(loopback.url, tmp_path).ask(rounds)
    worded = [replace(one, system="worded anew", prompt=f"Say how many.\n{one.prompt}") for one in rounds]
    for asked in (worded, worded[::-1]):
        again = replay(tmp_path)
        told = {one.prompt: again.ask([one])[0].value for one in asked}
        assert told == {worded[0].prompt: Number(value=11), worded[1].prompt: Number(value=12)}
    again = replay(tmp_path)
    foreign = [replace(ask("rooms"), prompt=text) for text in ("Nothing alike.", "Nothing alike either.")]
    assert {again.ask([one])[0].value.value for one in foreign} == {11, 12}


def test_a_second_run_pays_only_for_what_is_new_or_failed(loopback, tmp_path):
    loopback.script = many_ways
    port_to(loopback.url, tmp_path).ask(asks())
    before = len(loopback.heard)
    loopback.script = lambda heard: says(value=99)
    port = port_to(loopback.url, tmp_path)
    answers = {a.ask.subject: a for a in port.ask([*asks(), ask("roofs")])}
    assert {heard.prompt for heard in loopback.heard[before:]} == {"How many ghosts?", "How many roofs?"}
    assert len(loopback.heard) == before + 2
    assert answers["ghosts"].value == Number(value=99)
    assert port.spent.fresh == 2
    assert not list((tmp_path / "failed").iterdir())


def test_two_identical_asks_are_one_call(loopback, tmp_path):
    loopback.script = lambda heard: says(value=12)
    port = port_to(loopback.url, tmp_path)
    first, second = port.ask([ask(), ask()])
    assert first.value == second.value == Number(value=12)
    assert len(loopback.heard) == port.spent.calls == 1


@pytest.mark.parametrize(
    "other",
    [{"system": "You guess."}, {"prompt": "Which?"}, {"most_tokens": 5}, {"tools": (ADD,)}, {"answer": Reply}],
)
def test_whatever_the_answer_may_depend_on_makes_another_call(loopback, other):
    keys = set()
    for question in (ask(), replace(ask(), **other), replace(ask(), role="judge", subject="elsewhere", repairs=0)):
        tools = tuple(offered(tool.name, tool.description, tool.asks) for tool in question.tools)
        answer = offered("answer", "", question.answer)
        keys.add(
            Request.model_validate(
                {
                    "model": "m",
                    "system": question.system,
                    "turns": [{"who": "user", "text": question.prompt}],
                    "answer": answer,
                    "tools": tools,
                    "most_tokens": question.most_tokens,
                }
            ).key()
        )
    assert len(keys) == 2


def test_the_hash_of_a_request_is_stable_across_versions():
    """A change here makes every stored run unreadable: raise `FORM` with it."""
    request = Request.model_validate(
        {
            "model": "m",
            "system": "s",
            "turns": [{"who": "user", "text": "한글"}],
            "answer": {"name": "answer", "description": "d", "schema": {"type": "object"}},
            "most_tokens": 7,
        }
    )
    assert request.key() == "f998fc40d0cf801f46cf08f84df20667277f1ade48b3a4213f1f6ec67688c076"


def test_a_stored_call_can_be_read_by_a_person(loopback, tmp_path):
    loopback.script = lambda heard: Says(text="한글로 답합니다") if len(heard.turns) == 1 else says(value=12)
    port_to(loopback.url, tmp_path).ask([ask("방")])
    texts = [path.read_text("utf-8") for path in (tmp_path / "calls").iterdir()]
    assert len(texts) == 2
    assert all("How many 방?" in text for text in texts)
    assert any("한글로 답합니다" in text for text in texts)
    for text in texts:
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def damage_half(path):
    path.write_bytes(path.read_bytes()[:-40])


def damage_request(path):
    path.write_text(path.read_text().replace("How many rooms?", "How many rats?"))


def damage_answer(path):
    path.write_text(path.read_text().replace('"said"', '"sung"'))


def damage_bytes(path):
    path.write_bytes(b"\xff\xfe\x00")


@pytest.mark.parametrize("damage", [damage_half, damage_request, damage_answer, damage_bytes])
def test_a_damaged_file_is_named(loopback, tmp_path, damage):
    loopback.script = many_ways
    port_to(loopback.url, tmp_path).ask([ask("rooms")])
    (path,) = (tmp_path / "calls").iterdir()
    damage(path)
    for opened in (lambda: replay(tmp_path), lambda: port_to(loopback.url, tmp_path)):
        with pytest.raises(InputErrors) as raised:
            opened()
        assert [problem.place.source for problem in raised.value.problems] == [str(path)]


def test_foreign_files_are_named_all_at_once_and_unfinished_ones_passed_over(loopback, tmp_path):
    loopback.script = many_ways
    port_to(loopback.url, tmp_path).ask([ask("rooms")])
    calls = tmp_path / "calls"
    (calls / f".{'0' * 64}.json.77").write_text('{"requ')
    replay(tmp_path)
    (calls / "notes.txt").write_text("mine")
    (calls / f"{'0' * 64}.json").write_text("{}")
    with pytest.raises(InputErrors) as raised:
        replay(tmp_path)
    assert len(raised.value.problems) == 2


def test_a_folder_holds_the_run_of_one_model(loopback, tmp_path):
    loopback.script = many_ways
    port_to(loopback.url, tmp_path)
    (tmp_path / "run.json").write_text('{"form": 1, "model": "openai:gpt-5"}')
    with pytest.raises(InputErrors, match="one of openai:gpt-5, not of openai-compatible:m"):
        port_to(loopback.url, tmp_path)


def test_no_run_to_replay(tmp_path):
    with pytest.raises(InputErrors, match=r"run\.json is missing"):
        replay(tmp_path)


def test_a_folder_that_cannot_be_written(loopback, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputErrors, match="cannot write"):
        port_to(loopback.url, tmp_path / "file" / "run")


PROGRAM = """
import signal
import sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs in the background with it ignored
sys.path.insert(0, sys.argv[3])
from panel.asked import ask, big, port_to
port = port_to(sys.argv[1], Path(sys.argv[2]), concurrency=4)
answers = port.ask([ask(str(n), check=big) for n in range(20)])
print(sorted(a.value.value for a in answers), port.spent.calls, port.spent.fresh)
"""


def run_on(url, folder):
    here = str(Path(__file__).parents[1])
    command = [sys.executable, "-c", PROGRAM, url, str(folder), here]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)


def counting(heard):
    """Twenty numbers, each asked twice: the first answer is small, so that it goes back."""
    number = int(heard.prompt.split()[2].rstrip("?"))
    return says(value=number % 10 if len(heard.turns) == 1 else number + 100)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_killed_resumes_without_paying_twice(loopback, tmp_path, how):
    arrived = threading.Semaphore(0)
    go_on = threading.Event()

    def script(heard):
        if len(loopback.heard) > 15:  # the sixteenth request on is held back until the run is dead
            arrived.release()
            go_on.wait(240)
        return counting(heard)

    loopback.script = script
    killed = run_on(loopback.url, tmp_path)
    for _ in range(4):
        assert arrived.acquire(timeout=120)
    os.kill(killed.pid, how)
    assert killed.wait(60) != 0
    killed.stdout.close()
    kept = len(list((tmp_path / "calls").iterdir()))
    assert kept == 15
    go_on.set()
    loopback.script = counting
    before = len(loopback.heard)
    resumed = run_on(loopback.url, tmp_path)
    told, _ = resumed.communicate(timeout=120)
    assert told.split("]")[0] == str(list(range(100, 120)))[:-1]
    fresh = len(loopback.heard) - before
    assert told.split("] ")[1].split() == [str(kept + fresh), str(fresh)]
    paid = [heard.body["messages"] for heard in (*loopback.heard[:15], *loopback.heard[before:])]
    assert len(paid) == len({json.dumps(messages) for messages in paid}) == kept + fresh
    again = replay(tmp_path)
    again.ask([ask(str(n), check=big) for n in range(20)])
    assert again.spent.calls == kept + fresh


def test_nothing_but_the_runs_files_is_in_the_folder(loopback, tmp_path):
    loopback.script = many_ways
    port_to(loopback.url, tmp_path, Budget(calls=3), concurrency=1).ask(asks())
    names = {name.split("/")[0] for name in files(tmp_path)}
    assert names == {"run.json", "calls", "failed"}
    assert open_stored(tmp_path).model == "openai-compatible:m"
