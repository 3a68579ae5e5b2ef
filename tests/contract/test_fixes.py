"""--fix: mends names, order and numbers; never says anything else, never loses a sentence, has nothing left to do the second time."""

import re
from pathlib import Path

import pytest
from dresses import DRESSES, loose, plain, tables
from hypothesis import given, settings
from hypothesis import strategies as st

from opslead.contract import lint
from opslead.contract.fixes import fix
from opslead.spec.labels import FIELDS, LEGEND, SECTIONS
from opslead.spec.parse import parse_specification

HERE = Path(__file__).parent
DOCUMENTS = sorted([*(HERE / "broken").glob("*.md"), *(HERE / "good").glob("*.md")])


def rules(text):
    return sorted(f.rule for f in lint(parse_specification(text, "x.md")))


def words(text):
    """Everything that is said, without labels, titles, numbers of lists and marks."""
    bare = text
    for label in sorted(
        {w for names in (*FIELDS.values(), *SECTIONS.values()) for w in names.values()}, key=len, reverse=True
    ):
        bare = bare.replace(label, " ")
    return set(re.findall(r"[\w가-힣%†#]{2,}", bare))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_on_every_document(path):
    text = path.read_text(encoding="utf-8")
    done = fix(text)
    if not done.changes:
        assert done.text == text
        return
    assert fix(done.text) == type(done)(done.text, ())
    before, after = rules(text), rules(done.text)
    assert len(after) <= len(before)
    assert set(after) <= set(before)
    if not path.name.endswith("loose.ko.md"):
        assert words(text) <= words(done.text)


def test_other_words_become_the_contracts():
    done = fix(loose())
    assert done.changes
    for name in ("intent", "scope", "trigger", "runbook", "symptoms"):
        assert f"**{FIELDS['ko'][name]}**:" in done.text
    for name in ("failure_modes", "policies", "rollout", "questions"):
        assert f"\n## {SECTIONS['ko'][name]}\n" in done.text
    assert LEGEND["ko"] in done.text
    before, after = parse_specification(loose(), ""), parse_specification(done.text, "")
    assert after.policies == before.policies or [p.model_dump() for p in after.policies] == [
        p.model_dump() for p in before.policies
    ]


def test_sections_go_to_their_places_whole():
    text = plain()
    one, two = text.index("## 1)"), text.index("## 2)")
    three = text.index("## 3)")
    swapped = text[:one] + text[two:three] + text[one:two] + text[three:]
    assert rules(swapped) == ["OL001"]
    assert fix(swapped).text == text


def test_rows_that_stand_twice_stand_once_and_no_others():
    row = next(line for line in plain().splitlines() if line.startswith("| #7 "))
    twice = plain().replace(row, f"{row}\n{row}")
    assert rules(twice) == ["OL016"]
    assert fix(twice).text == plain()
    differs = plain().replace(row, f"{row}\n{row.replace('매주', '매일')}")
    assert fix(differs).changes == ()


def test_numbers_are_counted():
    text = plain().replace("\n3. 결정", "\n7. 결정").replace("  2. 당직 —", "  5. 당직 —")
    assert fix(text).text == plain()


def test_a_heading_or_label_that_says_more_stays():
    text = (
        plain()
        .replace("## 2) Policy Catalog (정책 카탈로그)", "## 정책 카탈로그: 3월 회의에서 정한 것만")
        .replace("- 적용 범위: 앱", "- 적용 범위(서울 제외): 앱")
    )
    done = fix(text)
    assert "3월 회의에서 정한 것만" in done.text
    assert "(서울 제외)" in done.text


def test_json_and_windows_line_ends():
    assert fix('{"title": "x"}').changes == ()
    assert fix(tables()).changes == ()


piece = st.sampled_from([line for made in DRESSES.values() for line in made().splitlines()])
noise = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)


@given(st.lists(st.one_of(piece, noise), max_size=60))
@settings(max_examples=150)
def test_no_sentence_is_lost_whatever_the_document(lines):
    """Shuffled lines of real documents and noise: every word but labels and numbers is still there, and a second time changes nothing."""
    text = "\n".join(lines)
    if text.lstrip().startswith("{"):
        return
    done = fix(text)
    assert fix(done.text).changes == ()
    kept = words(done.text)
    labels = {w.lower() for change in done.changes for w in re.findall(r"[\w가-힣%†#]{2,}", change.what)}
    titled = {w for line in text.splitlines() if line.lstrip().startswith("#") for w in words(line)}
    assert {w for w in words(text) - kept if w.lower() not in labels and w not in titled} == set()
