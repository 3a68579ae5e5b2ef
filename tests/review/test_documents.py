"""Two real documents that a language model wrote, read whole by hand: exactly these faults are in them, and no others."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from opslead.intake.page.readers import read_source
from opslead.pipeline import understand
from opslead.review import review
from opslead.review.figures import figures
from opslead.spec.parse import parse_specification

HERE = Path(__file__).parent
CONTEXTS = HERE.parent / "contexts"

FAULTS = {
    "camping.ko.md": {
        (
            "names",
            (1, 3, 7, 13, 16, 18, 19, 21, 22),
            "운영 책임자",
        ),  # decides in nine policies; nobody says who that is
        ("names", (24,), "현장 책임자"),
        ("roster", (27,), "CS"),  # has to call the same day, also on Saturdays and Sundays
    },
    "ev-charging.en.md": {
        ("names", (4, 7, 18), "on-duty manager"),
        ("names", (14, 17, 22), "shift manager"),
        ("names", (15, 17), "Finance"),
        ("names", (15,), "finance manager"),
        ("names", (16,), "account manager"),
        ("thresholds", (4, 17), "20%"),  # #4 starts #17 at a mark that #17 does not know
    },
}


@cache
def read(name):
    context = read_source(CONTEXTS / name)
    source = read_source(HERE / "documents" / name)
    return parse_specification(source.text, source.name), understand([context])[1], (context.text,)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_exactly_the_faults_that_are_there(name):
    specification, service, texts = read(name)
    found = [fault for fault in review(specification, service, texts) if fault.check != "numbers"]
    assert {(fault.check, fault.policies) for fault in found} == {
        (check, numbers) for check, numbers, _ in FAULTS[name]
    }
    for check, numbers, words in FAULTS[name]:
        (fault,) = [one for one in found if (one.check, one.policies) == (check, numbers)]
        assert words.lower() in f"{fault.message} {fault.quote}".lower()
        assert fault.line
    assert len(found) == len(FAULTS[name])


@pytest.mark.parametrize(("name", "from_", "to", "heard"), [
    ("camping.ko.md", "금 19:00~월 10:00은 63시간", "금 19:00~월 10:00은 53시간", "arithmetic"),
    ("camping.ko.md", "7만 2천원의 2.8배다", "7만 2천원의 3.8배다", "arithmetic"),
    ("camping.ko.md", "7만 2천원 ≒ 518만원", "7만 2천원 ≒ 581만원", "arithmetic"),
    ("camping.ko.md", "0.96^41로 약 19%", "0.96^41로 약 29%", "arithmetic"),
    ("camping.ko.md", "당직 설계(가정 3)", "당직 설계(가정 9)", "references"),
    ("camping.ko.md", "콘솔이 멈추면 #15를 따른다", "콘솔이 멈추면 #51을 따른다", "references"),
    ("ev-charging.en.md", "36-hour technician hole", "48-hour technician hole", "arithmetic"),
    ("ev-charging.en.md", "Needed for #18 and #19", "Needed for #18 and #91", "references"),
])  # fmt: skip
def test_a_slip_planted_in_them_is_heard(name, from_, to, heard):
    text = (HERE / "documents" / name).read_text(encoding="utf-8")
    assert from_ in text
    _, service, texts = read(name)
    before = Counter(f.check for f in review(parse_specification(text, name), service, texts))
    after = Counter(f.check for f in review(parse_specification(text.replace(from_, to), name), service, texts))
    assert after[heard] == before[heard] + 1


def test_where_their_numbers_come_from():
    korean, english = (figures(name, *read(name)).numbers for name in sorted(FAULTS))
    assert korean.blanket > 100  # one sentence calls all minutes, sums and shares starting values
    assert english.blanket == 0
    assert english.none > 150  # nothing in it says where its numbers come from
    assert 0.25 < korean.share < 0.4
    assert 0.25 < english.share < 0.4
