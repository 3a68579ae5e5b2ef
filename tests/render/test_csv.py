"""Import files, read back by the csv module."""

import csv
import io
from datetime import date

import pytest

from bent import HOSTILE, empty, many, renamed
from opslead.render.calendar.reviews import reviews
from opslead.render.format import Bundle, format_of
from opslead.render.plain import printable
from opslead.render.tracker.table import inert
from opslead.spec.labels import HORIZONS
from specs import english, good


def read(spec, name):
    content = format_of("csv").render(Bundle(spec))[f"csv/{name}.csv"].decode()
    return list(csv.reader(io.StringIO(content, newline="")))


@pytest.mark.parametrize("spec", [good(), english(), many(60)], ids=["ko", "en", "60"])
def test_a_row_for_each_policy_below_the_row_of_its_horizon(spec):
    head, *rows = read(spec, "jira")
    assert head[:7] == ["Issue ID", "Issue Type", "Summary", "Description", "Priority", "Due horizon", "Parent"]
    assert set(head[7:]) == {"Labels"}
    epics = [row for row in rows if row[1] == "Epic"]
    tasks = [row for row in rows if row[1] == "Task"]
    assert rows == epics + tasks  # the importer wants parents first
    names = {policy.number: policy.name for policy in spec.policies}
    assert [row[2] for row in tasks] == [f"#{item.policy} {names[item.policy]}" for item in spec.rollout.items]
    horizon = {row[0]: row[5] for row in epics}
    for row, item in zip(tasks, spec.rollout.items, strict=True):
        assert horizon[row[6]] == row[5]
        key = next(key for key in HORIZONS[spec.language] if item in getattr(spec.rollout, key))
        assert row[5] == HORIZONS[spec.language][key]
        assert row[4] == "High"
        policy = next(p for p in spec.policies if p.number == item.policy)
        assert f"1. {policy.runbook[0].actor} — {policy.runbook[0].action}" in row[3]
        assert [label for label in row[7:] if label] == ["opslead", *(f"surface-{n}" for n in policy.surfaces)]


def test_with_a_start_jira_gets_the_days_of_the_reviews():
    spec, start = good(), date(2027, 1, 4)
    content = format_of("csv").render(Bundle(spec, start=start))["csv/jira.csv"].decode()
    head, *rows = csv.reader(io.StringIO(content, newline=""))
    due = {row[2]: row[head.index("Due date")] for row in rows}
    named = {one.title.partition(": ")[2]: one.day.isoformat() for one in reviews(spec, start)}
    assert all(day == named[summary] for summary, day in due.items() if summary.startswith("#"))
    assert sorted(set(due.values()))[0] == "2027-01-11"
    assert max(due.values()) == "2027-04-05"


def test_a_summary_longer_than_jira_takes_is_cut_and_stands_whole_in_the_description():
    name = "가나다 " * 100
    spec = good()
    policies = (spec.policies[0].model_copy(update={"name": name}), *spec.policies[1:])
    _, *rows = read(spec.model_copy(update={"policies": policies}), "jira")
    long = next(row for row in rows if row[2].startswith("#1 "))
    assert len(long[2]) <= 255
    assert long[2].endswith("…")
    assert f"#1 {name}" in long[3]


def test_linear_holds_the_same_work():
    head, *rows = read(good(), "linear")
    _, *jira = read(good(), "jira")
    assert {"Title", "Description", "Status", "Priority", "Labels", "Estimate", "Archived"} <= set(head)
    assert [(row[1], row[2]) for row in rows] == [(row[2], row[3]) for row in jira]
    assert {row[4] for row in rows} <= {"No priority", "High", "Medium", "Low"}
    ids = {row[0] for row in rows}
    assert {row[8] for row in rows} - {""} <= ids
    assert rows[-1][5].split(", ")[0] == "opslead"


def test_no_cell_starts_as_a_formula_does():
    for name in ("jira", "linear"):
        for row in read(renamed(HOSTILE), name):
            for cell in row:
                assert not cell.lstrip(" \ufeff").startswith(
                    ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
                )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A", " =1", "\t=1", "\n=1", "＝1", "\r=1"])
def test_what_could_run_gets_an_apostrophe_and_keeps_its_words(text):
    assert inert(text) == "'" + printable(text)


@pytest.mark.parametrize("text", ["a=1", "1-2", "정책", "", "#1 이름", "*굵게*"])
def test_other_text_is_left_alone(text):
    assert inert(text) == text


def test_without_a_rollout_there_is_a_head_alone():
    assert len(read(empty(), "jira")) == 1
