import pytest

from opslead.intake.page.passages import passages
from opslead.intake.scope import Scope, bare_heading, is_quiet, scope_of, title_of


def scope(*headings):
    text = "\n\n".join(f"{'#' * level} {heading}" for level, heading in enumerate(headings, 1)) + "\n\nwords\n"
    found = passages(text, "s.md")
    return scope_of(found[-1], title_of(found))


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("Shop", "Booking flow"), Scope.FLOW),
        (("가게", "주문 절차"), Scope.FLOW),
        (("Shop", "Opening hours"), Scope.OPEN),
        (("Shop", "Future work", "Refund process"), Scope.LATER),
        (("Shop", "Features (now included, formerly future)"), Scope.OPEN),
        (("가게", "범위 외"), Scope.LATER),
        (("Shop", "API endpoints", "Order process"), Scope.ASIDE),
        (("Roadmap of a shop", "Order process"), Scope.FLOW),
    ],
)
def test_headings_set_the_scope(headings, expected):
    assert scope(*headings) is expected


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("3.1 주문 흐름", "주문 흐름"),
        ("Step 2: Payment", "Payment"),
        ("4. Review (`/review`)", "Review"),
        ("Returns", "Returns"),
        ("1.", "1."),
    ],
)
def test_a_heading_without_its_number(heading, bare):
    assert bare_heading(heading) == bare


def test_technology_is_quiet_and_work_is_not():
    found = passages("# Shop\n\n## Tech stack\n\nfast servers\n\n## Returns\n\nclerks inspect\n", "s.md")
    assert [is_quiet(p, "Shop") for p in found if p.text in ("fast servers", "clerks inspect")] == [True, False]
