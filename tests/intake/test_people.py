"""People in running text and what they do there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslead.intake.people.english import singular
from opslead.intake.people.mentions import Part, clauses, people
from opslead.model.steps import Role


def named(text):
    return [(p.name, p.part.name) for p in people(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("고객이 옷을 맡긴다", [("고객", "ACTS")]),
        ("직원은 고객에게 표를 준다", [("직원", "ACTS"), ("고객", "TOUCHED")]),
        ("회원가입과 고객만족", []),
        ("의사결정을 미룬다", []),
        ("고사장 문을 연다", []),
        ("밤에는 직원이 없다", [("직원", "NAMED")]),
        ("관리자 승인 뒤에 나간다", [("관리자", "ACTS")]),
        ("관제 1명이 화면을 본다", [("관제", "ACTS")]),
        ("마트 사장님이 품절을 누른다", [("마트 사장님", "ACTS")]),
        ("경영지원팀이 규칙을 바꾼다", [("경영지원팀", "ACTS")]),
        ("개발팀이 고친다", []),
        ("손님과 점원이 함께 센다", [("손님", "ACTS"), ("점원", "ACTS")]),
    ],
)
def test_korean(text, found):
    assert named(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Members borrow a drill.", [("member", "ACTS")]),
        ("The verifier ticks a box.", [("verifier", "ACTS")]),
        ("Several neighbours act as house admins.", [("house admin", "ACTS")]),
        ("Gate staff ask for volunteers.", [("gate staff", "ACTS"), ("volunteer", "TOUCHED")]),
        ("It is approved by the manager.", [("manager", "ACTS")]),
        ("Customers are informed by text.", [("customer", "TOUCHED")]),
        ("A message goes to the driver.", [("driver", "TOUCHED")]),
        ("customer reviews and user accounts", [("customer", "NAMED"), ("user", "NAMED")]),
        ("The guest house has a user interface.", []),
        ("The development team writes code.", []),
        ("The warehouse and customer service use the address.", [("warehouse", "ACTS"), ("customer service", "ACTS")]),
        ("A call centre that may refund", [("call centre", "ACTS")]),
        ("user_id and admin@example.org", []),
    ],
)
def test_english(text, found):
    assert [pair for pair in named(text) if pair[1] != "NAMED" or found] == found


def test_the_role_goes_with_the_word():
    roles = {p.head: p.role for p in people("고객, 판매자, 배달원, CS 담당, 협력업체")}
    assert roles == {
        "고객": Role.CUSTOMER,
        "판매자": Role.SUPPLIER,
        "배달원": Role.FIELD,
        "CS 담당": Role.STAFF,
        "협력업체": Role.PARTNER,
    }


def test_a_clause_is_what_one_of_several_does():
    text = "환불은 점주가 처리하고 본사가 매달 정산한다"
    assert [(p.name, clause) for p, clause in clauses(text, people(text))] == [
        ("점주", "환불은 점주가 처리하고 "),
        ("본사", "본사가 매달 정산한다"),
    ]
    text = "환불은 매니저 승인 후 재무팀이 처리한다"
    said = {p.name: clause for p, clause in clauses(text, people(text))}
    assert said["매니저"] == "매니저 승인 후 "
    assert said["재무팀"] == text


def test_names_of_the_document_are_found_as_well():
    (found,) = people("아조씨가 수락한다", {"아조씨": "supplier.=아조씨"})
    assert (found.role, found.part) == (Role.SUPPLIER, Part.ACTS)


@pytest.mark.parametrize(
    ("plural", "one"),
    [("site hosts", "site host"), ("agencies", "agency"), ("coaches", "coach"), ("staff", "staff"), ("CS", "CS"), ("boss", "boss"),
     ("handymen", "handyman"), ("고객", "고객")],
)  # fmt: skip
def test_singular(plural, one):
    assert singular(plural) == one


@given(st.text(alphabet=st.sampled_from(list("고객이 관리자가는 user s.,(){}1the admin")), max_size=200))
def test_mentions_stand_in_the_text_in_order(text):
    found = people(text)
    assert [p.start for p in found] == sorted(p.start for p in found)
    for person in found:
        assert 0 <= person.start < person.end <= len(text)
        assert person.name.strip()
    for person, clause in clauses(text, found):
        assert person.part is Part.ACTS
        assert clause in text
