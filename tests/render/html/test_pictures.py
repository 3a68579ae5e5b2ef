"""What the pictures say: words that fit their lines, acts before and after, lanes of who acts, holes beside their steps."""

import re

from hypothesis import given
from hypothesis import strategies as st

from opslead.render.html import flows, lifecycle, svg, week
from opslead.render.html.holes import holes_of
from opslead.render.html.story import panes
from report_case import rich, service, told


@given(st.text(max_size=80), st.integers(20, 400))
def test_lines_fit_and_lose_no_letter(text, width):
    lines = svg.wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(svg.em(line) * svg.SIZE <= width or len(line) == 1 for line in lines)


def test_a_pane_has_one_group_a_step_and_the_ending_last():
    story = next(s for s in told() if s.finding.startswith("behaviour.double_allocation"))
    both = panes(story, "ko")
    assert both.before.steps == (*(arrow.text for arrow in story.arrows), story.ending)
    assert both.before.kinds[-1] == "loss"
    assert both.after is not None
    assert both.after.steps[:-1] == tuple(arrow.text for arrow in story.arrows[: story.stopped_at - 1])
    assert both.after.steps[-1] == f"정책 #1이 막는다: {story.instead[0]}"
    for pane in (both.before, both.after):
        assert re.findall(r'data-n="(\d+)"', pane.picture) == [str(n) for n in range(1, len(pane.steps) + 1)]


def test_a_story_that_nothing_stops_has_no_after():
    story = told()[0].model_copy(update={"stopped_at": 0, "stopped_by": ()})
    assert panes(story, "ko").after is None


def test_where_nothing_takes_its_place_the_act_itself_is_named():
    story = next(s for s in told() if s.finding.startswith("behaviour.double_allocation"))
    after = panes(story.model_copy(update={"instead": ()}), "en").after
    assert after is not None
    assert after.steps[-1] == f"Stopped by policy #1: this cannot happen — {story.arrows[story.stopped_at - 1].text}"


def test_each_step_is_in_the_lane_of_who_does_it():
    made = service()
    (flow,) = made.flows
    lanes = {step.id: flows.lane_of(step, made, "ko") for step in flow.steps}
    assert (lanes["request"].name, lanes["request"].kind) == ("캠퍼", "customer")
    assert (lanes["charge"].name, lanes["charge"].kind) == ("PG", "partner")
    assert lanes["hold"].kind == "system"
    assert [lane.kind for lane in flows.lanes_of(flow, made, "ko")] == ["customer", "system", "partner"]
    picture = flows.picture(flow, made, "ko")
    assert all(name in picture for name in ("1. 날짜 선택", "3. 결제", "≤ 10분", "PG"))


def test_marks_stand_beside_their_steps_and_lead_to_their_holes():
    made = service()
    (flow,) = made.flows
    holes = holes_of(rich(), made)
    picture = lifecycle.picture(flow, holes, "ko")
    linked = {int(n) for n in re.findall(r'href="#hole-(\d+)"', picture)}
    assert linked == {hole.number for hole in holes if hole.place in ("예약", "hold", "exit-cancel")}
    assert 'class="mark mark-high"' in picture


def test_the_week_shows_the_hours_on_duty():
    picture = week.picture(service(), "ko")
    assert picture.count('class="on-duty"') == 5  # Monday to Friday
    assert "CS 담당" in picture
