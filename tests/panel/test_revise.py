"""The Ops Lead's answers: evidence that stands in the policy, reasons, what the search says, and what happens when nothing holds."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from opslead.errors import Place
from opslead.knowledge.losses import Loss
from opslead.lenses.hole import Grade
from opslead.model.told import Told
from opslead.panel.attack.assail import Raised
from opslead.panel.attack.items import Grades, Item
from opslead.panel.attack.verbatim import stands
from opslead.panel.depth.drafts import with_draft
from opslead.panel.depth.write import Written
from opslead.panel.port import Ask, Reply
from opslead.panel.revision import uncovered
from opslead.panel.revision.answer import Revised, answer, given, history, responses
from opslead.panel.revision.forms import RevisionDraft
from opslead.policy.synthesise import Candidate
from opslead.spec.document import Refusal
from panel.attacked import GAP, attacked
from panel.scripted import Scripted

pytestmark = pytest.mark.xdist_group("attacked")  # one worker: the studio is searched once

MONDAY, NO_SHOW = "OP11-monday-backlog", "OP04-no-show-decision"
MENDED = "예약번호와 함께 취소를 밝힌 기록만 센다"


def silent(stage: str, detail: str) -> None:
    del stage, detail


def grades(value: int) -> Grades:
    grade = Grade(value, "매주 있다")
    return Grades(grade, grade, grade)


def item(label: str = "R1-1", **changes: object) -> Item:
    whole: dict[str, object] = {
        "label": label,
        "name": "vague-message-freezes-refund",
        "story": "손님이 문의를 남겨 둔다. 월요일에 첫 문의가 취소 시각이 되고 50% 대신 100%를 받는다.",
        "place": "exit-cancel",
        "policies": (MONDAY,),
        "gap": GAP,
        "loss": Loss.WRONG_AMOUNT,
        "surfaces": (3, 8),
        "grades": grades(7),
        "data": "문의를 근거로 확정된 취소 건수",
        "raised_by": "opportunist",
        "round": 1,
    }
    return Item(**{**whole, **changes})  # type: ignore[arg-type]


def candidate(ident: str = MONDAY) -> Candidate:
    return next(one for one in attacked().candidates if one.id == ident)


def as_draft(one: Candidate, **changes: object) -> dict[str, object]:
    """The candidate's present text as an answer would give it back."""
    p = one.policy
    whole: dict[str, object] = {
        **{name: getattr(p, name) for name in ("name", "surfaces", "intent", "scope", "trigger", "signals")},
        "enforcement_points": [point.model_dump() for point in p.enforcement_points],
        "runbook": [step.model_dump() for step in p.runbook],
        **{name: getattr(p, name) for name in ("exceptions", "symptoms")},
        **{name: getattr(p.monitoring, name) for name in ("leading", "lagging", "start", "relax", "stop")},
        "uncertain": p.uncertain.what if p.uncertain else "",
        "questions": p.uncertain.questions if p.uncertain else (),
        "guardrails": [
            {"kind": g.kind, "control": g.control, "point": 1, "decides": g.decides} for g in one.pattern.guardrails
        ],
        "effort": "build",
    }
    return {**whole, **changes}


def said(label: str, disposition: str, evidence: str = "", remains: str = "") -> dict[str, str]:
    return {"label": label, "disposition": disposition, "evidence": evidence, "remains": remains}


def reply(*answers: dict[str, str], policy: dict[str, object] | None = None) -> RevisionDraft:
    return RevisionDraft.model_validate({"policy": policy, "answers": answers})


def mended() -> dict[str, object]:
    one = candidate()
    exceptions = (f"접수 시각을 증명할 수 없으면 {MENDED}.", *one.policy.exceptions[1:])
    return as_draft(one, exceptions=exceptions)


def revised(say: Callable[[Ask[RevisionDraft]], Reply | str], *items: Item) -> tuple[Revised, Scripted]:
    at, port = attacked(), Scripted(say)
    return answer(port, at.brief, items, at.candidates, at.bench, silent), port


def test_a_revision_closes_an_item_with_words_of_the_new_text():
    made, port = revised(lambda ask: reply(said("R1-1", "closed", MENDED), policy=mended()), item())
    (response,) = made.responses
    assert (response.status, response.policies, response.evidence) == ("closed", (MONDAY,), MENDED)
    assert made.changed == (MONDAY,)
    assert len(port.asked) == 1
    new = next(one for one in made.candidates if one.id == MONDAY)
    assert MENDED in new.policy.exceptions[0]
    assert new.policy.author == "model"
    assert [one.id for one in made.candidates] == [one.id for one in attacked().candidates]


def test_whoever_revises_sees_everything_that_has_to_come_back():
    _, port = revised(lambda ask: "wire", item())
    (one,) = [ask for ask in port.asked if ask.role == "revise"]
    shown, policy = one.prompt, candidate().policy
    assert f"surfaces: {', '.join(map(str, policy.surfaces))}\n" in shown
    assert f"effort: {candidate().pattern.effort}\n" in shown
    assert "enforcement 1 (" in shown
    assert policy.uncertain
    assert f"uncertain: {policy.uncertain.what}\nquestion: {policy.uncertain.questions[0]}\n" in shown
    assert all(f"- {guard.kind}, {guard.control}" in shown for guard in candidate().pattern.guardrails)
    assert "at most 2,200 letters" in shown


def test_starting_values_of_the_text_before_keep_their_dagger_without_being_declared():
    made, _ = revised(lambda ask: reply(said("R1-1", "closed", MENDED), policy=mended()), item())
    new = next(one for one in made.candidates if one.id == MONDAY)
    assert new.policy.trigger == candidate().policy.trigger
    assert "†" in new.policy.trigger
    assert new.policy.starting_values == ()


def test_a_false_alarm_leaves_the_text_and_shows_the_words_that_stop_it():
    words = candidate().policy.exceptions[2]
    made, _ = revised(lambda ask: reply(said("R1-1", "closed", words)), item())
    assert made.responses[0].status == "closed"
    assert made.responses[0].evidence.rstrip(".") == words.rstrip(".")
    assert made.changed == ()


WRONG: list[tuple[str, dict[str, str], str]] = [
    ("evidence that stands nowhere", said("R1-1", "closed", "모든 취소를 두 사람이 확인한다"), "to the letter"),
    ("the very words that left it open", said("R1-1", "closed", GAP[:20]), "left it open"),
    (
        "mitigated without what remains",
        said("R1-1", "mitigated", "근무 밖에는 규정 취소·환불을 스스로 끝내게 하고"),
        "still gets through",
    ),
    ("accepted without a reason", said("R1-1", "accepted"), "the reason"),
    ("another label", said("R1-9", "closed", "근무 밖에는 규정 취소·환불을 스스로 끝내게 하고"), "answered 0 times"),
]


@pytest.mark.parametrize(("given_answer", "why"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_an_answer_that_does_not_hold_goes_back_twice_and_the_item_stays_open(given_answer, why):
    made, port = revised(lambda ask: reply(given_answer), item())
    assert len(port.asked) == 3
    assert why in port.asked[-1].prompt
    (response,) = made.responses
    assert response.status == "open"
    assert candidate().policy.monitoring.leading[0] in response.answer
    assert "문의를 근거로 확정된 취소 건수" in response.answer


def test_reasons_and_what_remains_are_kept():
    why = "한 건에 5만원이고 닫으려면 정직한 손님의 증명을 요구해야 한다"
    made, _ = revised(lambda ask: reply(said("R1-1", "accepted", "", why)), item())
    assert (made.responses[0].status, made.responses[0].policies, made.responses[0].answer) == ("accepted", (), why)
    words = "근무 밖에는 규정 취소·환불을 스스로 끝내게 하고"
    made, _ = revised(lambda ask: reply(said("R1-1", "mitigated", words, why)), item())
    assert (made.responses[0].status, made.responses[0].policies) == ("mitigated", (MONDAY,))


def test_people_hurt_are_never_accepted():
    why = "비용이 커서 받아들인다고 쓸 만큼 긴 까닭"
    hurt = item(loss=Loss.SAFETY, grades=grades(9))
    made, port = revised(lambda ask: reply(said("R1-1", "accepted", "", why)), hurt)
    assert made.responses[0].status == "open"
    assert "people may be hurt" in port.asked[-1].prompt
    small = item(loss=Loss.SAFETY, grades=grades(2))
    assert revised(lambda ask: reply(said("R1-1", "accepted", "", why)), small)[0].responses[0].status == "accepted"


def test_a_text_that_does_not_pass_is_not_taken_and_an_answer_that_rests_on_it_neither():
    lazy = {**mended(), "trigger": "상황에 따라 적절히 판단한다"}
    made, _ = revised(lambda ask: reply(said("R1-1", "closed", MENDED), policy=lazy), item())
    assert made.changed == ()
    assert made.responses[0].status == "open"
    assert isinstance(made.refused[0], Refusal)
    assert made.refused[0].place == MONDAY


def test_one_answer_that_does_not_hold_leaves_the_others():
    two = (item("R1-1"), item("R1-2", story="손님이 월요일 아침에 두 통로로 말해 두 번 환불받는다."))
    both = (said("R1-1", "closed", MENDED), said("R1-2", "closed", "지어낸 말이 여기 있다"))
    made, _ = revised(lambda ask: reply(*both, policy=mended()), *two)
    assert [response.status for response in made.responses] == ["closed", "open"]
    assert made.changed == (MONDAY,)


@pytest.mark.parametrize("failure", ["wire", "budget", "refused"])
def test_no_answer_leaves_everything_as_it_was(failure):
    made, _ = revised(lambda ask: failure, item())
    assert made.candidates == attacked().candidates
    assert made.responses[0].status == "open"


def test_items_of_one_policy_are_asked_together_and_each_policy_once():
    def say(ask: Ask[RevisionDraft]) -> RevisionDraft:
        why = "닫는 값이 잃는 값보다 크다는 까닭을 적었다"
        return reply(
            *(said(label, "accepted", "", why) for label in ("R1-1", "R1-2", "R1-3") if f"{label} [" in ask.prompt)
        )

    two = (item("R1-1"), item("R1-2", policies=(NO_SHOW,), gap=""), item("R1-3"))
    made, port = revised(say, *two)
    assert [ask.subject for ask in port.asked] == [MONDAY, NO_SHOW]
    assert [response.item.label for response in made.responses] == ["R1-1", "R1-2", "R1-3"]


def test_the_search_has_to_agree_that_its_accident_is_closed():
    words = candidate().policy.exceptions[2]
    told = item(accident="wrong_amount")
    made, port = revised(lambda ask: reply(said("R1-1", "closed", words)), told)
    assert made.responses[0].status == "open"
    assert "the search still finds wrong_amount" in port.asked[-1].prompt
    gone = item(accident="double_allocation")  # which the policies had ended already
    assert revised(lambda ask: reply(said("R1-1", "closed", words)), gone)[0].responses[0].status == "closed"


def _write(candidates: list[Candidate], decides: tuple[str, ...] = ()) -> tuple[Written, ...]:
    base = as_draft(candidate(NO_SHOW), name="이동은 스캔이 끝나야 저장된다", guardrails=[
        {"kind": "fence", "control": "preventive", "point": 1, "decides": decides},
        {"kind": "monitor", "control": "detective", "point": 1, "decides": ()},
    ])  # fmt: skip
    from opslead.panel.answers import PolicyDraft

    draft = PolicyDraft.model_validate(base)
    return tuple(Written(with_draft(one, draft, attacked().bench.service)) for one in candidates)


def test_a_grave_hole_without_a_policy_gets_one(monkeypatch):
    monkeypatch.setattr(uncovered, "write", lambda port, brief, candidates, bench, progress: _write(candidates))
    bare = item(policies=(), gap="", place="check_in", name="move-without-record")
    made, _ = revised(lambda ask: "wire", bare)
    (added,) = made.added
    assert added.id.startswith("OP03-move-without-record")
    assert added.holes[0].condition == bare.story
    (response,) = made.responses
    assert (response.status, response.policies) == ("closed", (added.id,))
    assert stands(response.evidence, "\n".join(p.action for p in added.policy.enforcement_points))


def test_a_low_one_is_accepted_with_its_grades_and_no_policy_is_written(monkeypatch):
    monkeypatch.setattr(uncovered, "write", lambda *rest: pytest.fail("nothing is to be written"))
    made, _ = revised(lambda ask: "wire", item(policies=(), gap="", grades=grades(2)))
    assert made.added == ()
    assert made.responses[0].status == "accepted"
    assert "S2 O2 D2" in made.responses[0].answer


def test_a_policy_that_could_not_be_written_leaves_the_item_open(monkeypatch):
    refused = Refusal(what="x", why="y")
    monkeypatch.setattr(uncovered, "write", lambda port, brief, some, bench, progress: (Written(None, "", refused),))
    made, _ = revised(lambda ask: "wire", item(policies=(), gap=""))
    assert made.responses[0].status == "open"
    assert made.refused == (refused,)


def test_the_new_policy_is_asked_for_as_any_other():
    made, port = revised(lambda ask: "refused", item(policies=(), gap=""))
    assert [ask.role for ask in port.asked] == ["depth"]
    assert made.added == ()
    assert made.responses[0].status == "open"
    assert made.refused


def test_a_new_policy_closes_an_accident_only_when_the_search_agrees(monkeypatch):
    told = item(
        policies=(), gap="", accident="wrong_amount", raised_by="search", name="wrong-amount", place="주요 흐름"
    )
    monkeypatch.setattr(uncovered, "write", lambda p, b, some, bench, progress: _write(some))
    assert revised(lambda ask: "wire", told)[0].responses[0].status == "open"
    monkeypatch.setattr(uncovered, "write", lambda p, b, some, bench, progress: _write(some, ("refund_once",)))
    assert revised(lambda ask: "wire", told)[0].responses[0].status == "closed"


def test_given_items_go_to_the_policy_that_is_said_to_close_them():
    at = attacked()
    closes = next(iter(candidate().pattern.closes))
    told = Told("문의를 남겨 두고 주말에 취소한다", frozenset(closes), Place("breach.md", 2), "B-7")
    far = Told("아무 상관 없는 말", frozenset({"nothing"}), Place("breach.md", 3), "B-8")
    (found,) = given((told, far), at.candidates)
    assert (found.label, found.level, found.raised_by, found.round) == ("B-7", "high", "", 0)
    assert found.policies
    made, _ = revised(lambda ask: reply(said("B-7", "closed", "증거가 아닌 말을 적었다")), found)
    assert made.responses[0].status == "open"


def test_words_of_another_policy_close_a_given_item_but_not_an_attack():
    words = candidate(NO_SHOW).policy.enforcement_points[0].action
    told = item("B-1", grades=None, gap="", raised_by="", round=0, policies=(MONDAY, NO_SHOW))
    made, _ = revised(lambda ask: reply(said("B-1", "closed", words)), told)
    assert (made.responses[0].status, made.responses[0].policies) == ("closed", (NO_SHOW,))
    made, _ = revised(lambda ask: reply(said("R1-1", "closed", words)), item(policies=(MONDAY, NO_SHOW)))
    assert made.responses[0].status == "open"


def test_numbers_enter_at_the_end():
    made, _ = revised(lambda ask: reply(said("R1-1", "closed", MENDED), policy=mended()), item())
    (shown,) = responses(made.responses, {MONDAY: 4})
    assert (shown.policies, shown.status, shown.raised_by, shown.round) == ((4,), "closed", "opportunist", 1)
    assert shown.item.startswith("R1-1. 손님이 문의를")
    low = replace(item("R1-2"), grades=grades(2))
    raised = Raised((item(), low), (Refusal(what="x", why="y"),), ("opportunist", "night"))
    told = history(2, raised, made, {MONDAY: 4})
    assert (told.number, told.raised, told.new, told.revised, told.added) == (2, 3, 1, (4,), ())
