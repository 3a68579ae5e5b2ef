"""Review dates, read back by icalendar."""

from datetime import date, timedelta

import icalendar
import pytest

from bent import HOSTILE, empty, many, renamed
from opslead.render.calendar.ics import folded
from opslead.render.format import Bundle, RenderError, format_of
from opslead.render.plain import printable
from specs import english, good

MONDAY = date(2027, 1, 4)


def raw(spec, start=MONDAY):
    return format_of("ics").render(Bundle(spec, start=start))["reviews.ics"]


def events(spec, start=MONDAY):
    return list(icalendar.Calendar.from_ical(raw(spec, start)).walk("VEVENT"))


@pytest.mark.parametrize("spec", [good(), english(), many(60)], ids=["ko", "en", "60"])
def test_every_policy_is_reviewed_within_its_horizon(spec):
    days = {str(one["SUMMARY"]): one.decoded("DTSTART") for one in events(spec)}
    names = {policy.number: policy.name for policy in spec.policies}
    bounds = {"week_1": (1, 1), "weeks_1_4": (2, 4), "months_1_3": (5, 13)}
    for key, (first, last) in bounds.items():
        for item in getattr(spec.rollout, key):
            day = next(day for title, day in days.items() if title.endswith(f": #{item.policy} {names[item.policy]}"))
            assert MONDAY + timedelta(weeks=first) <= day <= MONDAY + timedelta(weeks=last)
    assert len({str(one["UID"]) for one in events(spec)}) == len(events(spec))


def test_the_thresholds_stand_in_the_event():
    spec = good()
    text = {str(one["SUMMARY"]): str(one.get("DESCRIPTION", "")) for one in events(spec)}
    policy = spec.policies[0]
    assert policy.monitoring.stop in text[f"정책 점검: #1 {policy.name}"]


def test_starting_values_are_replaced_after_four_weeks_and_all_of_it_comes_back_each_quarter():
    found = {str(one["SUMMARY"]): one for one in events(good())}
    values = next(one for title, one in found.items() if "시작값" in title)
    assert values.decoded("DTSTART") == MONDAY + timedelta(weeks=4)
    whole = next(one for title, one in found.items() if title.startswith("분기 점검"))
    assert whole["RRULE"].to_ical() == b"FREQ=MONTHLY;INTERVAL=3"


def test_no_review_falls_on_a_weekend():
    assert {one.decoded("DTSTART").weekday() for one in events(good(), date(2027, 1, 2))} == {0}


def test_ids_stay_when_the_start_moves_and_nothing_comes_from_a_clock():
    assert raw(good()) == raw(good())
    later = MONDAY + timedelta(days=30)
    assert {str(one["UID"]) for one in events(good())} == {str(one["UID"]) for one in events(good(), later)}


def test_hostile_text_stays_inside_its_property():
    found = [str(one["SUMMARY"]) for one in events(renamed(HOSTILE))]
    for name in HOSTILE:
        assert any(printable(name) in title for title in found)
    assert all(len(line) <= 75 for line in raw(renamed(HOSTILE)).split(b"\r\n"))


def test_folding_cuts_no_character():
    line = "SUMMARY:" + "가🏕" * 60
    assert "".join(part if index == 0 else part[1:] for index, part in enumerate(folded(line))) == line


def test_an_empty_document_has_its_quarterly_review():
    assert len(events(empty())) == 1


def test_without_a_start_it_says_what_to_give():
    with pytest.raises(RenderError, match="--start YYYY-MM-DD"):
        format_of("ics").render(Bundle(good()))
