"""What somebody writes is never refused because two of our readers disagree: lines of real descriptions mixed, their numbers changed."""

import re
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.errors import InputErrors
from opslead.intake.page.readers import decode
from opslead.knowledge.catalog import load_catalog
from opslead.pipeline import understand

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/service.md"))
LINES = sorted({line for path in EXAMPLES for line in path.read_text(encoding="utf-8").splitlines() if line.strip()})
NUMBERS = [
    "두",
    "세",
    "반",
    "몇",
    "0",
    "4.8",
    "1,000",
    "3~5",
    "약 10",
    "최대 20",
    "two",
    "half a",
    "1/2",
    "10만",
    "99999999",
]
THIN = ("hardly anything happens", "describes no service")


@cache
def catalog():
    return load_catalog()


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(LINES), min_size=4, max_size=20, unique=True),
    st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=6),
)
def test_no_mixture_of_lines_is_an_error(lines, numbers):
    given_numbers = iter(numbers)
    changed = [re.sub(r"\d[\d,.]*", lambda match: next(given_numbers, match[0]), line) for line in lines]
    refused = ""
    try:
        understand([decode(("# Trial\n\n" + "\n".join(changed)).encode(), "service.md")], catalog=catalog())
    except InputErrors as error:
        refused = str(error)
    assert not refused or any(reason in refused for reason in THIN)
