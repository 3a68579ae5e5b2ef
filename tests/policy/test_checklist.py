"""The twelve questions: found, examined in vain, or not to be judged without a fact that is then asked for."""

from opslead.errors import Place
from opslead.knowledge.losses import Loss
from opslead.lenses.hole import Grade, Hole, Quotation
from opslead.lenses.hole import Question as Asked
from opslead.model.document import ServiceText
from opslead.model.resolve import resolve
from opslead.model.service import Basis, Source
from opslead.policy.checklist import checklist, unjudged
from opslead.policy.overview import mode
from opslead.quantities.computation import Computation, Input, with_sensitivity

SAID = Source(Basis.GIVEN, "환불은 20만원까지", Place("a.md", 3))


def hole(mechanism="authority.limit_blind", checklist=(7,), occurrence=7, detection=8, certain=True):
    return Hole(
        id=f"{mechanism}@x",
        lens=mechanism.split(".")[0],
        mechanism=mechanism,
        surfaces=(5,),
        loss=Loss.PRIVATE_GAIN,
        condition=f"{mechanism}가 열려 있다",
        user_impact="u",
        operations_impact="o",
        evidence=(Quotation((SAID,)),),
        severity=Grade(6, "s", 200_000.0, "KRW"),
        occurrence=Grade(occurrence, "o"),
        detection=Grade(detection, "d"),
        questions=(Asked("한도를 얼마로", "금액 분포"),),
        checklist=checklist,
        certain=certain,
    )


def answers(*holes, **fields):
    service = resolve(ServiceText.model_validate({"name": "시험", "language": "ko", **fields}))
    return service, checklist(service, (), holes, (), {}, {})


def test_a_certain_finding_answers():
    _, made = answers(hole())
    assert made["7"].verdict == "found"
    assert made["7"].findings == ("authority.limit_blind@x",)
    assert "limit_blind" in made["7"].answer


def test_the_hole_whose_first_question_it_is_answers_before_a_graver_one():
    graver = hole("coverage.unattended", (2, 7), occurrence=10, detection=10)
    _, made = answers(graver, hole())
    assert made["7"].findings == ("authority.limit_blind@x", "coverage.unattended@x")


def test_what_is_low_is_examined_and_said():
    boss = {"name": "팀장", "role": "staff", "authority": [{"action": "refund", "limit": "50만원"}]}
    _, made = answers(hole(occurrence=2, detection=4), actors=[boss])
    assert made["7"].verdict == "nothing"
    assert "낮음: authority.limit_blind" in made["7"].answer


def test_an_unknown_is_asked_for():
    service, made = answers()
    assert made["7"].verdict == "unknown"
    assert "혼자 내줄 수 있는 금액" in made["7"].answer
    assert any("혼자 내줄 수 있는 금액" in question.decision for question in unjudged(service, made))
    _, unsure = answers(hole(certain=False))
    assert unsure["7"].verdict == "unknown"
    assert "한도를 얼마로" in unsure["7"].answer


def test_all_twelve_are_answered():
    assert set(answers()[1]) == {str(n) for n in range(1, 13)}


def test_a_finding_carries_numbers_before_grades():
    shown = mode(hole(), "ko")
    assert shown.ratings is not None
    assert (shown.ratings.severity.amount, shown.ratings.severity.unit, shown.ratings.severity.grade) == (
        200_000,
        "KRW",
        6,
    )
    assert shown.ratings.action_priority == "medium"


def test_sensitivity_recomputes_each_input_alone():
    def item(key, value, low, high):
        return Input(key, key, value, "분", SAID, low, high)

    made = Computation("x@y", "t", "6분", 6.0, "분", "2 × 3", "곱", "-", (item("a", 2, 1, 4), item("b", 3, 3, 3)))
    made = with_sensitivity(made, lambda values: values["a"] * values["b"])
    assert [(s.key, s.at_low, s.at_high) for s in made.sensitivity] == [("a", 3, 12)]
    assert made.swing("a") == 1.5
    assert made.swing("b") == 0
