"""A story with the policies in place: at which act it stops, what happens there instead, and which policies do it."""

from opslead.behaviour.attack import attack, questions
from opslead.behaviour.bounds import Bounds
from opslead.behaviour.replay import stopped
from opslead.behaviour.verify import verify
from opslead.model.guardrails import Decision
from opslead.policy.stories import stories
from report_case import service, told

ONCE = {"once": frozenset({Decision.REFUND_ONCE})}


def of(ident, found):
    return next(story for story in found if story.finding.startswith(ident))


def test_a_late_approval_is_stopped_where_it_would_have_been_applied():
    story = of("behaviour.double_allocation", told())
    stop = story.arrows[story.stopped_at - 1].text
    assert "제때 온 것처럼 확정한다" in stop
    assert story.instead == ("A의 승인 통지가 뒤늦게 도착해 시스템이 바로 돌려준다",)
    assert story.stopped_by == (1,)
    assert story.lanes[:2] == ("캠퍼 A", "캠퍼 B")


def test_where_only_the_loss_stays_away_the_stop_is_after_the_last_act():
    story = of("behaviour.stuck_case", told())
    assert story.stopped_at == len(story.arrows) + 1
    assert story.instead == ("규정대로인 환불이 사람을 기다리지 않고 나간다",)
    assert story.stopped_by == (2,)


def test_without_policies_every_story_still_happens():
    nothing = verify(service(), {}, Bounds(faults=0))
    found = stories(service(), nothing, {})
    assert found
    assert {(story.stopped_at, story.stopped_by, story.instead) for story in found} == {(0, (), ())}


def test_a_policy_that_decides_something_else_stops_nothing():
    policies = {"elsewhere": frozenset({Decision.ERASURE_WAITS})}
    found = stories(service(), verify(service(), policies, Bounds(faults=0)), {"elsewhere": 9})
    assert all(story.stopped_at == 0 for story in found)


def test_the_engine_and_the_replay_agree():
    """What the search still finds with decisions is what the replay lets through, and what it ends is stopped."""
    for decided in (
        frozenset({Decision.LATE_APPROVAL_SETTLED}),
        frozenset({Decision.REFUND_BY_DEFAULT}),
        frozenset(Decision),
    ):
        (question,) = questions(service(), Bounds(faults=0), decided)
        (without,) = attack(service(), Bounds(faults=0))
        (withs,) = attack(service(), Bounds(faults=0), decided)
        left = {story.accident for story in withs.stories}
        for story in without.stories:
            if story.accident not in left:
                assert stopped(story, question) is not None, (decided, story)
        for story in withs.stories:
            assert stopped(story, question) is None, (decided, story)


def test_an_act_that_cannot_happen_at_all_has_nothing_in_its_place():
    story = of("behaviour.wrong_amount", stories(service(), verify(service(), ONCE, Bounds(faults=1)), {"once": 5}))
    assert "한 번 더 보낸다" in story.arrows[story.stopped_at - 1].text
    assert (story.instead, story.stopped_by) == ((), (5,))
