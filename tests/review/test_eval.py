"""`opslead eval`: what it prints for people and programs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from opslead.cli.eval import short_names
from opslead.errors import InputErrors
from opslead.knowledge.catalog import load_catalog
from opslead.lenses import examine_all
from opslead.review import table
from opslead.review.figures import figures
from opslead.review.openholes import closing_sets, coverage
from review.made import camping, document, policy

HERE = Path(__file__).parent
REPLY = HERE / "documents" / "camping.ko.md"
CONTEXT = HERE.parent / "contexts" / "camping.ko.md"


def opslead(*arguments):
    command = [sys.executable, "-c", "from opslead.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=120, check=False)


def test_it_compares_without_a_service():
    done = opslead("eval", REPLY, HERE / "documents" / "ev-charging.en.md")
    assert done.returncode == 0, done.stderr.decode()
    lines = done.stdout.decode().splitlines()
    assert lines[0].split() == ["camping.ko.md", "ev-charging.en.md"]
    assert lines[1].split() == ["policies", "27", "22"]
    assert any("–" in line for line in lines)  # what only the service could tell
    assert len({len(line) for line in lines}) == 1


def test_details_and_json_with_a_service():
    done = opslead("eval", REPLY, "--service", CONTEXT, "--no-search", "--details")
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "정책 수" in said
    assert "운영 책임자" in said
    made = opslead("eval", REPLY, "--service", CONTEXT, "--no-search", "--format", "json")
    (one,) = json.loads(made.stdout)["documents"]
    assert one["counts"]["names"] == 2
    assert one["holes"]["judged"] > 40
    assert 0 < len(one["holes"]["open"]) < one["holes"]["judged"]
    assert one["numbers"]["share_with_source"] < 0.5
    assert made.stdout == opslead("eval", REPLY, "--service", CONTEXT, "--no-search", "--format", "json").stdout


def test_bad_input_is_an_error_and_bad_documents_are_not(tmp_path):
    (tmp_path / "poem.md").write_text("Roses are red.\n", encoding="utf-8")
    assert opslead("eval", tmp_path / "poem.md").returncode == 0
    done = opslead("eval", tmp_path / "missing.md")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr.decode()


def test_korean_labels_take_two_columns_a_letter():
    one = figures("가.md", document("ko", policy(1)))
    lines = table.text([one, figures("b.md", document("ko", policy(1), policy(2)))], "ko").splitlines()
    assert len({table.width(line) for line in lines}) == 1
    assert table.markdown([one], "ko").splitlines()[0] == "| | 가.md |"


def test_names_are_as_short_as_they_can_be():
    assert short_names(["a/x.md", "b/x.md", "b/y.md"]) == ["a/x.md", "b/x.md", "b/y.md"]
    assert short_names(["a/x.md", "b/y.md"]) == ["x.md", "y.md"]
    assert short_names(["a/x.md", "a/x.md"]) == ["x.md (1)", "x.md (2)"]


def test_a_hole_is_covered_by_words_and_not_by_what_a_document_says_of_itself():
    service = camping()
    catalog = load_catalog(())
    selection = catalog.select(service)
    holes = examine_all(service, selection.patterns, search=False)
    claims = policy(1, closes=tuple(hole.id for hole in holes))
    nothing = coverage(document("ko", claims), holes, selection.patterns)
    assert nothing.judged == nothing.open
    assert all(hole.certain and hole.action_priority != "low" for hole in nothing.judged)
    about = policy(
        1, name="선점 만료 뒤 늦은 결제 승인", intent="선점이 끝난 뒤 승인 콜백이 와서 돈만 받고 자리가 없다."
    )
    some = coverage(document("ko", about), holes, selection.patterns)
    assert {hole.id for hole in some.open} < {hole.id for hole in nothing.open}


def test_every_mechanism_that_a_pattern_closes_has_its_sets():
    selection = load_catalog(()).select(camping())
    sets = closing_sets(selection.patterns)
    for pattern in selection.patterns:
        for mechanism in (pattern.id, *pattern.finding):
            assert {frozenset(group) for group in pattern.closes} <= set(sets[mechanism])


def test_a_document_with_nothing_in_it_has_figures():
    empty = figures("empty", document("en"), None)
    assert (empty.policies, empty.faults, len(empty.uncovered)) == (0, (), 12)
    assert empty.numbers is None


@pytest.mark.parametrize("text", ["{", '{"title": 1}'])
def test_json_that_is_no_specification(text):
    from opslead.spec.parse import parse_specification

    with pytest.raises(InputErrors):
        parse_specification(text, "x.json")
