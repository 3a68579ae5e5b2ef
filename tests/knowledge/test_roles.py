"""Who answers for what, by the names of the description."""

from opslead.knowledge.roles import role_slots
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.resolve import resolve


def roles(*actors, language="en"):
    text = ServiceText.model_validate({"name": "trial", "language": language, "actors": list(actors)})
    return role_slots(resolve(complete(text)))


def test_who_meets_customers_is_on_the_spot_and_who_refunds_answers_them():
    found = roles(
        {"name": "Volunteer", "role": "staff", "does": ["hand_over"]},
        {"name": "Workshop technician", "role": "field", "does": ["inspect", "repair"]},
        {"name": "Coordinator", "role": "staff", "does": ["refund"]},
    )
    assert (found["frontline"], found["support"]) == ("the Volunteer", "the Coordinator")


def test_without_anybody_who_meets_customers_the_field_people_are_on_the_spot():
    found = roles({"name": "crew", "role": "field", "does": ["repair", "dispatch"]}, {"name": "desk", "role": "staff"})
    assert (found["frontline"], found["support"]) == ("the crew", "the desk")
    assert roles({"name": "관리인", "role": "field"}, language="ko")["frontline"] == "관리인"


def test_who_is_called_out_to_a_fault_stands_at_no_door():
    technician = {"name": "field service company", "role": "field"}
    assert roles(technician, {"name": "steward", "role": "field"})["frontline"] == "the steward"
    assert roles(technician)["frontline"] == "the field service company"  # nobody else is there


def test_where_customers_serve_themselves_support_acts_from_afar():
    text = ServiceText.model_validate(
        {
            "name": "trial",
            "language": "en",
            "actors": [
                {"name": "driver", "role": "customer"},
                {"name": "field service company", "role": "field"},
                {"name": "support desk", "role": "staff", "duty": "24/7"},
            ],
            "flows": [
                {"name": "use", "steps": [{"kind": "check_in", "name": "plug in", "manual": False, "given": "plug in"}]}
            ],
        }
    )
    found = role_slots(resolve(complete(text)))
    assert (found["frontline"], found["called_out"]) == ("the support desk", "the field service company")


def test_the_head_of_a_desk_answers_for_it_and_does_not_sit_at_it():
    found = roles({"name": "head of desk", "role": "staff"}, {"name": "clerk", "role": "staff", "does": ["answer"]})
    assert (found["support"], found["owner"]) == ("the clerk", "the head of desk")
