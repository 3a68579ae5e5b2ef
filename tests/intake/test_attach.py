from opslead.intake.flow.attach import with_exits
from opslead.model.document import ExitText, FlowText, StepText


def flow(name, *kinds):
    return FlowText(name=name, steps=tuple(StepText(kind=kind, name=kind) for kind in kinds))


def exit_(kind, name="way", given=""):
    return ExitText(kind=kind, name=name, given=given)


def exits_of(flows):
    return {f.name: [way.kind for way in f.exits] for f in flows}


def test_one_flow_takes_all():
    flows, left = with_exits([flow("a", "request", "charge")], [exit_("cancel"), exit_("weather")])
    assert exits_of(flows) == {"a": ["cancel", "weather"]}
    assert left == ()


def test_an_exit_goes_to_the_flow_with_the_steps_it_leaves():
    flows, _ = with_exits(
        [flow("desk", "check_in", "record"), flow("booking", "request", "hold", "charge")], [exit_("cancel")]
    )
    assert exits_of(flows) == {"desk": [], "booking": ["cancel"]}


def test_shared_words_decide_between_equals():
    flows, _ = with_exits(
        [flow("좌석 예약", "request", "charge"), flow("장비 대여", "request", "charge")],
        [exit_("cancel", "장비 대여 취소")],
    )
    assert exits_of(flows) == {"좌석 예약": [], "장비 대여": ["cancel"]}


def test_a_step_that_leaves_the_flow_becomes_an_exit():
    flows, _ = with_exits([flow("a", "request", "expire", "confirm", "start")], [])
    assert [s.kind for s in flows[0].steps] == ["request", "confirm", "start"]
    assert exits_of(flows) == {"a": ["expire"]}


def test_a_flow_that_only_leaves_is_an_exit_and_is_not_told_twice():
    flows, _ = with_exits(
        [flow("a", "request", "charge"), flow("late cancel", "cancel", "refund")], [exit_("cancel", "known")]
    )
    assert [f.name for f in flows] == ["a"]
    assert [way.name for way in flows[0].exits] == ["known"]
    flows, _ = with_exits([flow("a", "request", "charge"), flow("late cancel", "cancel", "refund")], [])
    assert [way.name for way in flows[0].exits] == ["late cancel"]


def test_a_cancellation_that_somebody_works_on_stays_a_flow():
    flows, _ = with_exits([flow("a", "request"), flow("b", "cancel", "review", "refund")], [exit_("cancel")])
    assert [f.name for f in flows] == ["a", "b"]


def test_exits_of_a_text_without_flows_are_kept_as_rules():
    flows, left = with_exits([], [exit_("cancel", "취소", "하루 전까지 전액")])
    assert flows == ()
    assert [(rule.text, rule.subject) for rule in left] == [("하루 전까지 전액", "cancel")]
