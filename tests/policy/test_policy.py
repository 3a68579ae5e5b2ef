"""From holes to a chosen, ordered, questioned set of policies."""

from dataclasses import replace
from functools import cache

import pytest

from opslead.errors import Place
from opslead.knowledge.catalog import load_catalog
from opslead.knowledge.findings import load_findings
from opslead.knowledge.slots import computations
from opslead.lenses import examine_all
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.resolve import resolve
from opslead.model.service import Basis, Source
from opslead.model.told import Told
from opslead.policy.breach import closers, demanded, respond
from opslead.policy.checklist import checklist
from opslead.policy.overview import assumptions, surfaces
from opslead.policy.questions import questions
from opslead.policy.rank import MORE, PRIMARY, choose
from opslead.policy.rollout import HORIZONS, plan
from opslead.policy.synthesise import synthesise
from opslead.policy.write import computed_slots, posts
from opslead.quantities.computation import Computation, Input, with_sensitivity

CLINIC = {
    "name": "치과 예약",
    "language": "ko",
    "currency": "KRW",
    "sites": 2,
    "actors": [
        {"name": "환자", "role": "customer"},
        {"name": "접수 직원", "role": "field", "count": 1, "per_site": True, "duty": "매일 09:00~18:00", "does": ["check_in", "no_show"]},
        {"name": "상담실", "role": "staff", "count": 2, "duty": "평일 10:00~19:00", "authority": [{"action": "refund", "limit": "10만원"}], "does": ["refund"]},
    ],
    "resources": [{"name": "진료 의자", "capacity": 9, "unit": "대", "physical": True, "perishable": True}],
    "partners": [{"name": "카드사", "kind": "payment", "mode": "callback"}],
    "channels": [{"name": "앱", "sync": "live"}, {"name": "전화", "sync": "manual", "delay": "8시간"}],
    "flows": [
        {
            "name": "예약",
            "resource": "진료 의자",
            "steps": [
                {"kind": "hold", "name": "시간대 선점", "within": "5분"},
                {"kind": "charge", "name": "예약금 결제", "partner": "카드사", "via": "callback"},
                {"kind": "confirm", "name": "예약 확정"},
                {"kind": "notify", "name": "알림톡"},
                {"kind": "check_in", "name": "내원 접수", "actor": "접수 직원"},
            ],
            "exits": [
                {"kind": "cancel", "name": "취소", "tiers": [{"until": "D-2", "share": "100%"}, {"until": "D-1", "share": "50%"}]},
                {"kind": "no_show", "name": "노쇼"},
            ],
        }
    ],
    "money": [{"kind": "ticket", "amount": "6만원"}, {"kind": "settlement", "due": "매월 5일", "payer": "카드사"}],
    "rates": [{"kind": "no_show", "share": "9%"}, {"kind": "cancel", "share": "12%"}],
    "volumes": [{"kind": "cases", "amount": 80, "per": "day"}],
}  # fmt: skip


@cache
def made():
    service = resolve(complete(ServiceText.model_validate(CLINIC)))
    patterns = load_catalog().select(service).patterns
    holes = examine_all(service, patterns)
    return service, patterns, holes, synthesise(service, holes, patterns)


def chosen(wanted=24, charter=(), needed=(), domain=frozenset()):
    service = made()[0]
    return choose(made()[3].candidates, charter, needed, wanted, service.concepts | service.kinds, domain)


def numbers(choices):
    return {choice.candidate.id: n for n, choice in enumerate(choices, 1)}


def told(text, *concepts, line=1):
    return Told(text, frozenset(concepts), Place("charter.md", line))


def test_every_hole_has_one_policy_or_is_said_to_have_none():
    _, _, holes, synthesis = made()
    closing = [hole.id for candidate in synthesis.candidates for hole in candidate.holes]
    assert len(closing) == len(set(closing))
    assert set(closing) | {hole.id for hole in synthesis.unanswered} == {hole.id for hole in holes}


def test_what_a_lens_computed_is_not_said_again_by_a_pattern_and_keeps_the_words_its_policy_needs():
    fields = {
        "name": "trial",
        "language": "en",
        "currency": "EUR",
        "flows": [{"name": "f", "steps": [{"kind": "hold", "name": "hold", "within": "5 minutes"}, {"kind": "authorize", "name": "card"}, {"kind": "confirm"}]}],
    }  # fmt: skip
    service = resolve(complete(ServiceText.model_validate(fields)))
    catalog = load_catalog().everything()
    holes = examine_all(service, catalog, search=False)
    assert "OP01-late-approval" not in {hole.mechanism for hole in holes}
    said = next(hole for hole in holes if hole.mechanism == "windows.late_approval")
    assert said.slots["charge"] == "card"  # from the pattern's own match
    policies = {c.id: c.policy.closes for c in synthesise(service, holes, catalog).candidates}
    assert said.id in policies["OP01-late-approval"]


def test_what_the_search_tells_with_proof_is_not_said_by_the_clocks_again():
    holes = {hole.mechanism for hole in made()[2]}
    assert "behaviour.money_without_entitlement" in holes
    assert not {"windows.late_approval", "OP01-late-approval"} & holes


def test_ids_do_not_change_with_the_order_of_the_catalog():
    service, patterns, holes, synthesis = made()
    again = synthesise(service, reversed(holes), tuple(reversed(patterns)))
    assert {c.id: c.policy.closes for c in again.candidates} == {c.id: c.policy.closes for c in synthesis.candidates}


def test_every_surface_that_has_a_candidate_is_covered():
    candidates = made()[3].candidates
    covered = {surface for choice in chosen() for surface in choice.candidate.pattern.surfaces}
    assert covered == {surface for candidate in candidates for surface in candidate.pattern.surfaces}


def test_as_many_as_wanted_and_the_primary_weigh_more():
    assert len(chosen(20)) == 20
    firsts = [choice.candidate.pattern.surfaces[0] for choice in chosen(20)]
    assert sum(first in PRIMARY for first in firsts) >= 6


def test_scores_fall():
    scores = [choice.score for choice in chosen()]
    assert scores == sorted(scores, reverse=True)


def test_what_a_pack_knows_of_the_domain_comes_first_and_some_of_it_on_top():
    plain = {choice.candidate.id: choice for choice in chosen(20)}
    left = [c for c in made()[3].candidates if c.id not in plain and c.certain and c.holes[0].action_priority != "low"]
    some = frozenset(c.id for c in left)
    assert len(some) > MORE
    more = chosen(20, domain=some)
    assert 20 < len(more) <= 20 + MORE
    assert len({choice.candidate.id for choice in more} & some) > MORE
    assert {choice.candidate.id for choice in chosen(20, domain=frozenset(plain))} == set(plain)


def test_a_charter_sentence_moves_and_is_cited():
    plain = {choice.candidate.id: choice.score for choice in chosen(60)}
    sentence = told("야간에는 혼자다.", "no_show", "cancellation", "capacity", "late")
    moved = [c for c in chosen(60, [sentence]) if c.cites is sentence]
    assert 1 <= len(moved) <= 2
    assert all(c.score > plain[c.candidate.id] for c in moved)
    assert not [c for c in chosen(60, [told("아무것도 아님")]) if c.cites]


def test_a_breach_item_that_matches_is_closed_by_name():
    late = told("선점이 끝난 뒤 승인 콜백", "hold", "callback", "payment", "charge", "late")
    found = closers(made()[3].candidates, late)
    assert found[0].id == "OP01-late-approval"
    assert "OP01-late-approval" in demanded(made()[3].candidates, [late])
    choices = chosen(20, needed=["OP01-late-approval"])
    (response,) = respond([late], [c.candidate for c in choices], numbers(choices), "ko")
    assert response.status == "closed"
    assert numbers(choices)["OP01-late-approval"] in response.policies


def test_a_breach_item_that_nothing_closes_stays_open_with_a_question():
    alien = told("행성이 충돌한다", "erasure")
    choices = chosen(20)
    (response,) = respond([alien], [c.candidate for c in choices], numbers(choices), "ko")
    assert response.status == "open"
    assert "질문" in response.answer


def test_rollout_places_every_policy_once_and_needs_first():
    choices = chosen(30)
    rollout = plan(choices, numbers(choices), "ko")
    where = {item.policy: index for index, name in enumerate(HORIZONS) for item in getattr(rollout, name)}
    assert sorted(where) == sorted(numbers(choices).values())
    assert len(rollout.items) == len(choices)
    for choice in choices:
        for need in choice.candidate.pattern.needs:
            if need in numbers(choices):
                assert where[numbers(choices)[need]] <= where[numbers(choices)[choice.candidate.id]]
    assert all(item.impact and item.likelihood and item.detectability and item.reasons for item in rollout.items)


def test_questions_are_enough_different_and_point_at_policies():
    service, _, _, synthesis = made()
    choices = chosen()
    asked = questions(service, choices, synthesis.unanswered, numbers(choices), computations(service), ())
    assert 15 <= len(asked) <= 24
    assert len({q.decision for q in asked}) == len(asked)
    assert all(q.data_needed for q in asked)
    assert {n for q in asked for n in q.affects} <= set(numbers(choices).values())


def test_assumptions_only_when_an_input_is_missing():
    service = made()[0]
    assert assumptions(service, "given", has_breach=True) == ()
    for charter, breach in (("given", False), ("missing", True), ("missing", False), ("drafted", True)):
        assert 3 <= len(assumptions(service, charter, breach)) <= 7
    assert "확인하지 않았다" in assumptions(service, "drafted", has_breach=True)[0]


def test_every_surface_and_question_is_answered():
    service, patterns, holes, _ = made()
    choices = chosen()
    views = surfaces(choices, holes, patterns, numbers(choices), service)
    assert list(views) == [str(n) for n in range(1, 13)]
    assert all(view.examined for view in views.values())
    answers = checklist(service, choices, holes, patterns, load_findings(), numbers(choices))
    assert list(answers) == list(views)
    assert all(answer.answer and answer.verdict for answer in answers.values())
    ids = {hole.id for hole in holes}
    assert all(set(answer.findings) <= ids for answer in answers.values())


def test_an_assumed_number_that_moves_a_policy_is_asked_about_with_its_range():
    """The value of an answer: the score of the policy times how far the number moves over the plausible range."""
    service = made()[0]
    choice = chosen()[0]
    assumed = Source(Basis.ASSUMED, "starting value", Place("-"))
    number = Computation(
        "hold_time@hold", "선점 시간", "12분†", 12.0, "분", "2 × 6", "m", "r",
        (Input("pay", "결제 시간", 6.0, "분", assumed, 3.0, 9.0),), slots={"never_used": "12분"},
    )  # fmt: skip
    number = with_sensitivity(number, lambda values: 2 * values["pay"])
    asked = questions(service, [choice], (), numbers([choice]), [number], ())
    assert not any("선점 시간(지금" in q.decision for q in asked)  # no policy uses it
    slot = next(iter(computed_slots(choice.candidate.pattern, "ko")), None)
    if slot is not None:
        asked = questions(service, [choice], (), numbers([choice]), [replace(number, slots={slot: "12분"})], ())
        (found,) = [q for q in asked if "선점 시간(지금 계산값 12분†)" in q.decision]
        assert found.moves == "결제 시간 3~9분 → 6~18분"
        assert found.value == round(choice.score, 1)  # the swing is 100%


def test_no_two_policies_share_a_headline():
    heads = [choice.candidate.holes[0].id for choice in chosen(60)]
    assert len(heads) == len(set(heads))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_service_with_nothing_but_a_step_still_answers(lang):
    text = ServiceText.model_validate(
        {
            "name": "x",
            "language": lang,
            "actors": [{"name": "a", "role": "customer"}],
            "flows": [{"name": "f", "steps": [{"kind": "charge"}]}],
        }
    )
    service = resolve(complete(text))
    patterns = load_catalog().everything()
    synthesis = synthesise(service, examine_all(service, patterns), patterns)
    assert choose(synthesis.candidates, (), (), 24, service.kinds)


def test_a_post_that_a_pattern_names_itself_is_marked_unless_the_service_has_it():
    pattern = next(p for p in load_catalog().everything() if p.id == "OP11-shared-wash-load")
    assert posts(pattern, frozenset({"수거 기사"}), "ko") == ("기계 작업자",)
    assert posts(pattern, frozenset({"기계 작업자"}), "ko") == ()
    assert posts(pattern, frozenset({"driver"}), "en") == ("The machine crew",)
