import pytest

from opslead.intake.flow.acts import phrase_acts
from opslead.intake.people.cast import Cast
from opslead.intake.people.mentions import people
from opslead.model.document import ActorText, PartnerText, ResourceText, Said
from opslead.model.steps import Role

CAST = Cast.of(
    [
        ActorText(name="손님", role=Role.CUSTOMER),
        ActorText(name="경비원(낮)", role=Role.FIELD, duty=Said(value="09:00~18:00")),
        ActorText(name="경비원(밤)", role=Role.FIELD, duty=Said(value="18:00~익일 09:00")),
        ActorText(name="매점 사장님", role=Role.SUPPLIER),
        ActorText(name="host", role=Role.SUPPLIER),
        ActorText(name="아저씨 (Uncle)", role=Role.SUPPLIER),
    ],
    [PartnerText(name="Paystone", kind="payment"), PartnerText(name="알림톡", kind="messaging")],
    [ResourceText(name="방"), ResourceText(name="찜질방"), ResourceText(name="lockers")],
)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("손님이 예약한다", "손님"),
        ("매점에서 받는다고 사장님이 말한다", "매점 사장님"),
        ("the host accepts the request", "host"),
        ("a message goes to the host", ""),
        ("아저씨가 수락하면", "아저씨 (Uncle)"),
        ("시스템이 손님에게 알린다", ""),
        ("결제는 host가 확인한다", "host"),
    ],
)
def test_the_subject_is_an_actor_of_the_description(text, actor):
    assert CAST.subject(text, len(text)) == actor


def test_of_two_shifts_the_one_on_duty():
    text = "경비원이 문을 연다"
    assert CAST.subject(text, len(text), when="20:00~22:00") == "경비원(밤)"
    assert CAST.subject(text, len(text), when="10:00~12:00") == "경비원(낮)"
    assert CAST.subject(text, len(text)) == "경비원(낮)"


def test_who_stands_before_a_noun_of_telling_is_told():
    act = phrase_acts("손님 안내 문자")[0]
    assert CAST.subject("손님 안내 문자", 8, act=act) == ""


def test_a_partner_by_name_and_by_the_kind_the_step_needs():
    assert CAST.partner("paid with Paystone", "charge") == "Paystone"
    assert CAST.partner("pay by card", "charge") == "Paystone"
    assert CAST.partner("손님에게 말한다", "notify") == ""
    assert CAST.partner("알림톡", "notify") == "알림톡"
    assert CAST.partner("inspect the room", "inspect") == ""


def test_the_longest_resource_name_in_the_words():
    assert CAST.resource("찜질방 자리를 연다") == "찜질방"
    assert CAST.resource("put into a locker") == "lockers"
    assert CAST.resource("문을 연다") == ""


def test_customers_do_not_do_the_work_of_staff():
    assert not CAST.may_do("손님", "approve")
    assert CAST.may_do("손님", "charge")
    assert CAST.may_do("host", "approve")


def test_somebody_who_is_no_actor_of_the_description():
    assert people("변호사가 검토한다") == () or CAST.somebody_else("변호사가 검토한다")
    assert not CAST.somebody_else("손님이 결제한다")
