"""What a thin text leaves out is added as assumed, once, and only from texts."""

from opslead.model.document import ServiceText
from opslead.model.presumed import presume
from opslead.model.resolve import resolve
from opslead.model.service import Basis

THIN = {
    "name": "케이크 예약",
    "language": "ko",
    "actors": [{"name": "고객", "role": "customer"}],
    "flows": [{"name": "주문", "steps": [{"kind": "request"}, {"kind": "pay_in"}, {"kind": "pick_up"}]}],
}


def kinds(text):
    flow = text.flows[0]
    return [step.kind for step in flow.steps if step.assumed] + [way.kind for way in flow.exits if way.assumed]


def test_money_bookings_and_goods_bring_their_way_back():
    assert kinds(presume(ServiceText.model_validate(THIN))) == ["notify", "refund", "answer", "claim", "cancel"]


def test_what_is_described_is_not_added():
    told = {**THIN, "actors": [{"name": "사장", "role": "staff", "does": ["refund", "answer", "claim", "notify"]}]}
    told["flows"] = [{**THIN["flows"][0], "exits": [{"kind": "cancel", "name": "취소"}]}]
    assert kinds(presume(ServiceText.model_validate(told))) == []


def test_presuming_twice_adds_nothing():
    once = presume(ServiceText.model_validate(THIN))
    assert presume(once) == once


def test_an_added_step_is_marked_as_assumed():
    service = resolve(presume(ServiceText.model_validate(THIN)))
    assert next(service.steps("refund")).source.basis is Basis.ASSUMED
    assert next(service.steps("refund")).source.text


def test_a_text_without_a_flow_stays_as_it_is():
    empty = ServiceText.model_validate({"name": "x"})
    assert presume(empty) == empty


def test_whoever_files_a_correction_is_told_and_asks():
    text = ServiceText.model_validate(
        {
            "name": "corrections",
            "language": "en",
            "flows": [{"name": "main", "steps": [{"kind": "claim"}, {"kind": "approve"}]}],
        }
    )
    (flow,) = presume(text).flows
    assert [s.kind for s in flow.steps] == ["claim", "approve", "notify", "answer"]
    assert not flow.exits
