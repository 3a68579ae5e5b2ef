"""The judge of the holes: a hole counts only when the finding of the mechanism quotes and says what is expected."""

from holes import Expected, Finding, judge
from opslead.errors import Place
from opslead.knowledge.losses import Loss
from opslead.lenses.hole import Grade, Hole, Quotation
from opslead.model.service import Basis, Source

FOUND = Hole(
    id="contradictions.two_bounds@cancel",
    lens="contradictions",
    mechanism="contradictions.two_bounds",
    surfaces=(2,),
    loss=Loss.WRONG_AMOUNT,
    condition="취소 마감이 한 곳은 ‘접수 전’, 다른 곳은 ‘결제 전’으로 다르다",
    user_impact="거절당한다",
    operations_impact="다툰다",
    evidence=(Quotation((Source(Basis.GIVEN, "접수 전까지 취소", Place("a.md", 3)),)),),
    severity=Grade(5, "x"),
    occurrence=Grade(5, "x"),
    detection=Grade(5, "x"),
)


def expected(*findings):
    return Expected(all=tuple(Finding(**finding) for finding in findings))


BOUNDS = {"mechanism": ("contradictions.two_bounds",), "quotes": ("접수 전까지",), "says": ("결제 전",)}


def test_a_finding_that_says_it_counts():
    assert judge("hole", expected(BOUNDS), [FOUND]).found


def test_other_words_another_mechanism_and_half_of_it_do_not_count():
    assert not judge("hole", expected({**BOUNDS, "quotes": ("출고 전까지",)}), [FOUND]).found
    assert not judge("hole", expected({**BOUNDS, "says": ("전액",)}), [FOUND]).found
    assert not judge("hole", expected({**BOUNDS, "mechanism": ("windows.no_end",)}), [FOUND]).found
    assert not judge("hole", expected(BOUNDS, {"mechanism": ("windows.no_end",)}), [FOUND]).found


def test_what_nobody_expects_is_not_found_with_its_reason():
    verdict = judge("hole", Expected(missing="the words are not in the document"), [FOUND])
    assert not verdict.found
    assert "the words are not in the document" in verdict.why
