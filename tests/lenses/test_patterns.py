"""The patterns lens against controls that the description states: which hole they silence, which they lower, and which not."""

import pytest

from cases import load_cases
from opslead.errors import InputErrors
from opslead.knowledge.catalog import load_catalog
from opslead.lenses.patterns import examine
from opslead.model.document import ControlText, ServiceText
from opslead.model.resolve import resolve

CATALOG = {pattern.id: pattern for pattern in load_catalog().everything()}


def asked(pattern):
    """What the pattern's text says is missing: (kind, on, a word the control has to hold), one for each matcher that asks."""
    inner = [m for matcher in pattern.when for m in matcher.within()]
    absent = [(m.control.kind[0], m.control.on, m.control.saying[:1]) for m in inner if m.control]
    steps = [spec for m in inner for spec in (m.step, m.exit) if spec and spec.unguarded]
    return absent + [(spec.unguarded[0], spec.kind, ()) for spec in steps]


def hole(pattern, service, *controls):
    text = service.model_copy(update={"controls": controls})
    return next(iter(examine(resolve(text), [pattern])), None)


def control(kind, on=(), name=""):
    return ControlText(kind=kind, on=on, name=name or kind)


FIRING = [(ident, case) for ident in sorted(CATALOG) if CATALOG[ident].when for case in load_cases(ident).fires]
NAMES = [f"{ident}-{case.service.language}" for ident, case in FIRING]


@pytest.mark.parametrize(("ident", "case"), FIRING, ids=NAMES)
def test_what_the_text_says_is_missing_and_is_stated_makes_no_finding(ident, case):
    stated = [
        control(kind, tuple(k for k in on if resolves(k)), " ".join(word)) for kind, on, word in asked(CATALOG[ident])
    ]
    assert stated
    left = hole(CATALOG[ident], case.service, *stated)
    assert left.action_priority == "low"
    assert left.occurrence.value <= 3


@pytest.mark.parametrize(("ident", "case"), FIRING, ids=NAMES)
def test_a_control_that_acts_elsewhere_changes_nothing(ident, case):
    elsewhere = [control(kind, ("step",), " ".join(word)) for kind, on, word in asked(CATALOG[ident]) if on]
    assert hole(CATALOG[ident], case.service, *elsewhere) == hole(CATALOG[ident], case.service)


def resolves(kind):
    """Whether a control may name the kind although the service has no such exit."""
    probe = {"name": "x", "flows": [{"name": "f", "steps": []}], "controls": [{"kind": "fence", "on": [kind]}]}
    try:
        resolve(ServiceText.model_validate(probe))
    except InputErrors:
        return False
    return True


RENTAL = {
    "name": "공구 대여",
    "actors": [
        {"name": "직원", "role": "field", "count": 2, "duty": "매일 09:00~18:00", "does": ["hand_over", "return"]}
    ],
    "resources": [{"name": "공구", "capacity": 40, "physical": True}],
    "flows": [
        {
            "name": "대여",
            "steps": [
                {"kind": "hand_over", "name": "대여 인도", "actor": "직원"},
                {"kind": "return", "name": "반납", "actor": "직원"},
            ],
        }
    ],
}
IDENTITY = CATALOG["OP06-wrong-identity"]


def rental(*controls):
    return hole(IDENTITY, ServiceText.model_validate(RENTAL), *controls)


def test_a_hole_that_all_preventive_controls_stop_stays_low_and_quotes_them():
    low = rental(
        control("bind_identity", ("hand_over", "return"), "물표 QR을 찍어 대조한다"),
        control("fence", ("hand_over", "return"), "찍지 않으면 인도 버튼이 눌리지 않는다"),
        control("two_person", ("hand_over",), "없는 물표는 다른 직원이 확인한다"),
    )
    assert (low.severity.value, low.occurrence.value, low.detection.value) == (8, 2, 4)
    assert low.action_priority == "low"
    for text in (low.condition, low.occurrence.reason, low.detection.reason):
        assert "물표 QR을 찍어 대조한다" in text
    assert "적혀 있지 않다" not in low.condition
    assert any("물표 QR을 찍어 대조한다" in s.text for e in low.evidence for s in e.sources) or low.questions


def test_the_step_that_no_control_guards_is_the_one_that_is_named():
    left = rental(control("bind_identity", ("hand_over",), "인도할 때 물표를 찍는다"))
    assert left.slots["touch"] == "반납"
    assert left.action_priority != "low"


def test_part_of_the_controls_without_the_one_in_question_changes_nothing():
    assert rental(control("two_person", ("hand_over", "return"))) == rental()


def test_a_low_hole_in_english():
    text = ServiceText.model_validate({**RENTAL, "language": "en"})
    everything = [control(kind, name=f"the {kind} of the desk") for kind in ("bind_identity", "fence", "two_person")]
    low = hole(IDENTITY, text, *everything)
    assert "“the bind_identity of the desk”" in low.occurrence.reason
    assert "stated controls (“the bind_identity of the desk”" in low.condition
