"""The register, read back by openpyxl."""

import io
import re

import openpyxl
import pytest

from bent import HOSTILE, empty, many, renamed
from opslead.render.format import Bundle, format_of
from opslead.render.plain import printable
from opslead.render.xlsx.raci import accountable, actors, chart
from opslead.render.xlsx.write import pieces
from opslead.spec.document import RunbookStep
from specs import english, good


def book(spec):
    return openpyxl.load_workbook(io.BytesIO(format_of("xlsx").render(Bundle(spec))["register.xlsx"]))


def rows(page):
    head, *body = page.iter_rows(values_only=True)
    return [dict(zip(head, (cell or "" for cell in row), strict=True)) for row in body]


@pytest.mark.parametrize(
    ("spec", "names"),
    [
        (good(), ["안내", "구멍", "정책", "도입", "질문", "RACI", "목록"]),
        (english(), ["Guide", "Holes", "Policies", "Rollout", "Questions", "RACI", "Lists"]),
    ],
    ids=["ko", "en"],
)
def test_the_sheets_hold_what_the_document_holds(spec, names):
    read = book(spec)
    assert read.sheetnames == names
    holes, policies, rollout, questions, raci = (rows(read[name]) for name in names[1:6])
    assert [row["ID"] for row in holes] == [mode.id for mode in spec.failure_modes]
    assert [(row["#"], row["ID"]) for row in policies] == [(p.number, p.id) for p in spec.policies]
    for row, policy in zip(policies, spec.policies, strict=True):
        assert {policy.name, policy.trigger, policy.intent, policy.monitoring.start, policy.monitoring.stop} <= set(
            row.values()
        )
    assert [row["#"] for row in rollout] == [item.policy for item in spec.rollout.items]
    assert [list(row.values())[1] for row in questions] == [question.decision for question in spec.questions]
    assert len(raci) == sum(1 + len(policy.runbook) for policy in spec.policies)
    assert read[names[0]]["A1"].value == spec.title


def test_sheets_are_filtered_frozen_and_have_lists_to_choose_from():
    read = book(good())
    for name in ("구멍", "정책", "도입", "질문"):
        page = read[name]
        assert page.auto_filter.ref == page.dimensions
        assert page.freeze_panes == "C2"
        chosen = {check.formula1: check.sqref for check in page.data_validations.dataValidation}
        assert any("$A$" in source for source in chosen)
    states = [cell.value for cell in read["목록"]["A"][1:]]
    assert states[0] == "검토 전"
    assert {row["상태"] for row in rows(read["정책"])} == {"검토 전"}
    owners = {cell.value for cell in read["목록"]["B"][1:]} - {None}
    assert {row["책임자"] for row in rows(read["정책"])} <= owners


def test_nothing_becomes_a_formula_or_a_link_and_only_our_numbers_are_numbers():
    read = book(renamed(HOSTILE))
    shown = []
    for page in read:
        for line in page.iter_rows():
            for cell in line:
                assert cell.data_type in ("s", "n")
                counted = page.cell(1, cell.column).value in ("#", "단계", "심각도", "발생도", "검출도")
                assert cell.data_type == "s" or cell.value is None or (counted and isinstance(cell.value, int))
                assert cell.hyperlink is None
                shown.append(re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), str(cell.value)))
    for name in HOSTILE:
        assert printable(name) in shown


def test_a_text_longer_than_a_cell_goes_on_in_the_next_row():
    text = "가🏕" * 25_000
    spec = good()
    policies = (spec.policies[0].model_copy(update={"trigger": text}), *spec.policies[1:])
    found = rows(book(spec.model_copy(update={"policies": policies}))["정책"])
    assert [row["#"] for row in found[:4]] == [1, 1, 1, 2]
    assert "".join(row["트리거(발동 조건)"] for row in found[:3]) == text
    assert max(len(piece.encode("utf-16-le")) // 2 for piece in pieces(text)) <= 32_767


@pytest.mark.parametrize("spec", [empty(), many(60)], ids=["empty", "60 policies"])
def test_size_breaks_nothing(spec):
    assert len(rows(book(spec)["정책"])) == len(spec.policies)


def test_the_bytes_are_the_same_each_time():
    assert format_of("xlsx").render(Bundle(good())) == format_of("xlsx").render(Bundle(good()))


def acting(*steps, **more):
    return (
        good()
        .policies[0]
        .model_copy(
            update={
                "runbook": tuple(RunbookStep(actor=who, action=what) for who, what in steps),
                "uncertain": None,
                **more,
            }
        )
    )


@pytest.mark.parametrize(
    ("policy", "owner"),
    [
        (acting(("시스템", "보낸다"), ("운영 책임자†", "고른다"), ("재무 담당", "맞춘다")), "운영 책임자"),
        (acting(("CS 담당", "승인을 올린다"), ("재무 담당", "금액을 승인한다"), ("CS 담당", "알린다")), "재무 담당"),
        (acting(("시스템", "보낸다"), ("CS 담당", "적는다"), ("당직자†", "확인한다")), "당직자"),
        (acting(("the system", "sends"), ("desk clerk", "approves the amount"), ("finance", "compares")), "Desk clerk"),
        (acting(("시스템", "보낸다")), ""),
    ],
)
def test_who_answers_is_a_person_who_leads_approves_or_acts_last(policy, owner):
    assert accountable(policy) == owner


def test_each_step_has_one_who_does_it_and_one_who_answers():
    base = good()
    watch = base.policies[0].monitoring.model_copy(
        update={
            "leading": ("5분† 넘으면 당직자†에게 알림", "10분† 넘으면 팀장을 호출"),
            "lagging": (),
            "start": "",
            "relax": "",
            "stop": "",
        }
    )
    policy = acting(
        ("CS 담당", "적는다"), ("당직자†", "연다"), ("팀장", "고른다"), ("점장", "맺는다"), monitoring=watch
    )
    spec = base.model_copy(update={"policies": (policy,)})
    roles = actors(spec)
    letters = [dict(zip(roles, row[4:], strict=True)) for row in chart(spec, roles)]
    assert letters[0] == {"CS 담당": "", "당직자": "I", "팀장": "R/A", "점장": ""}
    assert letters[1] == {"CS 담당": "R", "당직자": "", "팀장": "A", "점장": ""}
    assert letters[3] == {"CS 담당": "", "당직자": "", "팀장": "R/A", "점장": ""}
    for row in letters:
        assert sum("R" in letter for letter in row.values()) == 1
        assert sum("A" in letter for letter in row.values()) == 1


def test_who_an_alarm_or_a_deadline_calls_in_is_consulted_where_it_does():
    base = good()
    watch = base.policies[0].monitoring.model_copy(update={"leading": ("10분† 넘으면 당직자† 호출",), "lagging": ()})
    policy = acting(("CS 담당", "적는다"), ("당직자†", "연다"), ("점장", "맺는다"), monitoring=watch)
    late = policy.runbook[0].model_copy(update={"deadline": "15분† 안, 넘기면 당직자† 호출"})
    spec = base.model_copy(update={"policies": (policy.model_copy(update={"runbook": (late, *policy.runbook[1:])}),)})
    roles = actors(spec)
    assert [row[4:] for row in chart(spec, roles)] == [
        ("", "C", "R/A"),
        ("R", "C", "A"),
        ("", "R", "A"),
        ("", "", "R/A"),
    ]


def test_a_role_is_known_with_and_without_its_article():
    base = english()
    watch = base.policies[0].monitoring.model_copy(
        update={"leading": ("above 3 alerts the desk", "above 9 pages the night lead", "the call centre gets 2 calls"), "lagging": ()}
    )  # fmt: skip
    policy = acting(("The desk", "opens"), ("The call centre", "asks"), ("The night lead", "closes"), monitoring=watch)
    spec = base.model_copy(update={"policies": (policy,)})
    assert actors(spec) == ("Desk", "Call centre", "Night lead")
    assert next(chart(spec, actors(spec)))[4:] == ("I", "I", "R/A")


def test_a_role_that_nobody_is_named_for_is_marked():
    policy = acting(("시스템", "보낸다"), ("당직자†", "연다"), ("점장", "맺는다"))
    head = [cell.value for cell in book(good().model_copy(update={"policies": (policy,)}))["RACI"][1]]
    assert head[4:] == ["시스템", "당직자†", "점장"]


def test_hard_to_see_is_red():
    read = book(good())["도입"]
    at = next(cell.column for cell in read[1] if "Detectability" in str(cell.value))
    colours = {cell.value: cell.fill.fgColor.rgb for (cell,) in read.iter_rows(min_row=2, min_col=at, max_col=at)}
    assert colours["하"] == "FFFBE3E1"
