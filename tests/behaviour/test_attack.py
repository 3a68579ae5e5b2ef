"""From a service to stories, and from policies to what is left: the whole search on one small service."""

import pytest

from opslead.behaviour.attack import attack, stated
from opslead.behaviour.bounds import Bounds
from opslead.behaviour.rates import frequency
from opslead.behaviour.sequence import sequence
from opslead.behaviour.tell import because, ending, tell
from opslead.behaviour.verify import least, verify
from opslead.knowledge.losses import Loss
from opslead.lenses import behaviour as lens
from opslead.lenses.hole import Story
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.guardrails import Decision
from opslead.model.resolve import resolve
from opslead.policy.verify import unseen_flows
from opslead.render.sequence import mermaid, svg

BOOKING = {
    "name": "캠핑장",
    "language": "ko",
    "currency": "KRW",
    "actors": [{"name": "CS 담당", "role": "staff", "duty": "평일 10:00~19:00", "does": ["refund"]}],
    "resources": [{"name": "사이트", "capacity": 10, "physical": True}],
    "partners": [{"name": "PG", "kind": "payment", "mode": "callback"}],
    "flows": [
        {
            "name": "예약",
            "resource": "사이트",
            "steps": [
                {"kind": "hold", "name": "선점", "within": "10분"},
                {"kind": "charge", "name": "결제", "partner": "PG"},
                {"kind": "confirm", "name": "확정"},
                {"kind": "notify", "name": "알림"},
            ],
            "exits": [{"kind": "cancel", "name": "취소", "tiers": [{"until": "D-1", "share": "100%"}]}],
        }
    ],
    "money": [{"kind": "ticket", "amount": "7만 2천원"}],
    "volumes": [{"kind": "cases", "amount": 90, "per": "day"}],
    "rates": [{"kind": "cancel", "share": "18%"}],
}
QUICK = Bounds(faults=1)
ALL = frozenset(Decision)


def service(**changes):
    return resolve(complete(ServiceText.model_validate({**BOOKING, **changes})))


def first(reports, loss):
    return next((story for report in reports for story in report.stories if story.loss is loss), None)


def test_the_story_of_the_late_approval():
    made = service()
    (report,) = attack(made, QUICK)
    assert report.verdict == "exhausted"
    assert report.good
    story = first((report,), Loss.MONEY_WITHOUT_ENTITLEMENT)
    assert (story.faults, story.choices) == (0, (("approval_after_lapse", "ignored"),))
    assert [act.move for act in story.acts] == ["claim", "pay", "approve", "lapse", "deliver_late:ignored"]
    assert tell(story, report.scope, made) == (
        "손님 A가 사이트를 잡고 결제한다. PG는 승인했지만 통지는 아직 오는 중이다",
        "10분이 지나 A의 선점이 풀린다",
        "A의 승인 통지가 뒤늦게 도착하지만 이미 풀린 건이라 시스템이 무시한다",
        "A의 돈은 나갔는데 사이트는 없고, 저절로 돌아오지도 않는다",
    )
    assert because(story, "ko") == "풀린 뒤에 도착한 승인을 무시하면"


def test_the_loss_is_told_of_the_customer_who_has_it():
    made = service(
        flows=[{**BOOKING["flows"][0], "steps": BOOKING["flows"][0]["steps"][1:]}]
    )  # no hold: the last one is paid for twice
    reports = attack(made, QUICK)
    story = first(reports, Loss.MONEY_WITHOUT_ENTITLEMENT)
    assert story.choices == (("approval_when_sold_out", "ignored"),)
    assert ending(story, reports[0].scope, made).startswith("B의 돈은")


def test_stories_without_a_fault_come_before_those_with_one():
    for report in attack(service(), QUICK):
        seen: dict[Loss, int] = {}
        for story in report.stories:
            assert story.faults >= seen.get(story.loss, 0)
            seen[story.loss] = story.faults


def test_what_the_description_decides_is_no_choice():
    control = {"kind": "settle_late", "on": ["charge"], "given": "늦은 승인은 바로 취소한다"}
    made = service(controls=[control])
    assert stated(made) == {Decision.LATE_APPROVAL_SETTLED, Decision.SECOND_PAYMENT_RETURNED}
    assert first(attack(made, Bounds(faults=0)), Loss.MONEY_WITHOUT_ENTITLEMENT) is None


def test_all_decisions_together_leave_nothing_and_keep_the_good_path():
    (report,) = attack(service(), Bounds(), ALL)
    assert (report.verdict, report.stories, report.good) == ("exhausted", (), True)


def test_each_policy_is_taken_away_once():
    policies = {
        "late": frozenset({Decision.LATE_APPROVAL_SETTLED, Decision.APPROVAL_ONCE, Decision.SECOND_PAYMENT_RETURNED}),
        "refund": frozenset({Decision.REFUND_ONCE}),
        "again": frozenset({Decision.REFUND_ONCE}),
        "idle": frozenset({Decision.NO_SHOW_BY_EVIDENCE}),
        "texts": frozenset(),
    }
    verification = verify(service(), policies, QUICK)
    flow = "예약"
    assert (flow, Loss.MONEY_WITHOUT_ENTITLEMENT) in verification.effects["late"].returns
    assert verification.effects["refund"].returns == ()  # the other does the same: without it nothing comes back
    assert verification.effects["idle"].ends == verification.effects["idle"].returns == ()
    assert "texts" not in verification.effects
    left = {story.loss for report in verification.after for story in report.stories}
    assert all(story.loss not in left for story in verification.stopped)


def test_nothing_is_said_of_a_policy_by_a_search_that_did_not_end():
    policies = {"late": frozenset({Decision.LATE_APPROVAL_SETTLED}), "idle": frozenset({Decision.NO_SHOW_BY_EVIDENCE})}
    cut = Bounds(faults=1, most=2000)
    verification = verify(service(), policies, cut)
    assert {report.verdict for report in verification.before} == {"limit"}
    assert all(not effect.decided and effect.ends == effect.returns == () for effect in verification.effects.values())
    assert least(service(), policies, cut) == frozenset(policies)


def test_the_least_set_leaves_out_what_changes_nothing():
    policies = {
        "useless": frozenset({Decision.NO_SHOW_BY_EVIDENCE}),
        "twin": frozenset({Decision.REFUND_ONCE}),
        "refund": frozenset({Decision.REFUND_ONCE}),
        "late": ALL - {Decision.NO_SHOW_BY_EVIDENCE, Decision.REFUND_ONCE},
    }
    assert least(service(), policies, QUICK) == {"refund", "late"}


def test_how_often_is_a_sum_of_what_is_stated_and_what_is_assumed():
    made = service()
    reports = attack(made, QUICK)
    often = frequency(first(reports, Loss.MONEY_WITHOUT_ENTITLEMENT), made)
    assert often.per_month == pytest.approx(90 * 30 * 0.01)
    assert often.shown == "90 × 30 × 1%† = 월 27건"
    stuck = frequency(first(reports, Loss.STUCK_CASE), made)
    assert (stuck.shown, stuck.assumed) == ("90 × 30 × 18% = 월 486건", ())  # the cancel rate is stated
    assert frequency(first(reports, Loss.STUCK_CASE), service(volumes=[])) is None


def test_the_lens_gives_holes_with_stories_numbers_and_the_open_choice_as_a_question():
    holes = {hole.mechanism: hole for hole in lens.examine(service())}
    hole = holes["behaviour.money_without_entitlement"]
    assert (
        hole.condition
        == "풀린 뒤에 도착한 승인을 무시하면 손님의 돈은 나갔는데 사이트는 없고, 저절로 돌아오지도 않는다"
    )
    assert all(isinstance(item, Story) and item.sources for item in hole.evidence)
    assert (hole.severity.amount, hole.occurrence.amount, hole.detection.amount) == (72_000, pytest.approx(27), 63)
    assert hole.questions[0].decision == "선점이 풀린 뒤에 도착한 결제 승인을 어떻게 처리하는가"


def test_a_service_without_money_or_place_at_stake_is_not_searched():
    assert attack(service(flows=[{"name": "문의", "steps": [{"kind": "answer"}]}]), QUICK) == ()


def test_money_taken_after_the_use_is_not_searched_and_that_is_said():
    """A garment to be washed is no place that two can buy; the clinic's bill comes after the treatment."""
    used = {"name": "진료", "steps": [{"kind": "request"}, {"kind": "check_in"}, {"kind": "charge", "partner": "PG"}]}
    made = service(flows=[*BOOKING["flows"], used])
    assert [report.scope.flow.name for report in attack(made, QUICK)] == ["예약"]
    assert unseen_flows(made) == ("진료",)
    kept = {"name": "충전", "steps": [{"kind": "authorize", "partner": "PG"}, {"kind": "start"}, {"kind": "charge"}]}
    assert unseen_flows(service(flows=[kept])) == ()


def test_what_breaks_alike_in_two_flows_is_told_once():
    again = {**BOOKING["flows"][0], "name": "장박"}
    one, two = (list(lens.examine(service(flows=[*BOOKING["flows"], *more]))) for more in ((), (again,)))
    assert [hole.id for hole in one] == [hole.id for hole in two]
    assert {hole.condition.removeprefix(alone.condition) for alone, hole in zip(one, two, strict=True)} == {
        " (다음 흐름도 같다: 장박)"
    }


def test_the_limit_is_a_verdict_of_its_own():
    (report,) = attack(service(), Bounds(most=50))
    assert report.verdict == "limit"


def test_a_story_as_a_diagram():
    made = service(resources=[{"name": "<b>방</b>; #1"}], flows=[{**BOOKING["flows"][0], "resource": "<b>방</b>; #1"}])
    reports = attack(made, QUICK)
    drawn = sequence(first(reports, Loss.DOUBLE_ALLOCATION), reports[0].scope, made)
    assert drawn.lanes == ("손님 A", "손님 B", "시스템", "PG")
    text = mermaid(drawn)
    assert text.startswith("sequenceDiagram\n  participant P0 as 손님 A\n")
    assert "<b>" not in text
    picture = svg(drawn)
    assert "<b>" not in picture
    assert picture.count("marker-end") == len(drawn.arrows)
