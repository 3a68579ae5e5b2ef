"""The log against the published schema, and against the document: every hole once, where its evidence stands."""

import json
import re

import pytest
from designed import HOSTILE, designed, hostile
from schemas import errors

from opslead.render.format import Bundle, render_all
from opslead.render.sarif.log import place_of, uri
from opslead.spec.document import EvidenceItem, Input
from opslead.spec.parse import parse_specification
from specs import good

SARIF = "(SARIF) Version 2.1.0 JSON Schema"


def rendered(bundle):
    files, failed = render_all(["sarif"], bundle)
    assert not failed
    return json.loads(files["findings.sarif"])


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    from designed import ROOT

    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize(
    "made",
    [
        lambda: designed(),
        lambda: hostile(designed()),
        lambda: Bundle(good()),
        lambda: Bundle(parse_specification("# x\n", "x")),
    ],
    ids=["designed", "hostile", "small", "empty"],
)
def test_it_keeps_the_schema(made):
    assert errors(rendered(made()), SARIF) == []


def test_the_schema_would_hear_a_slip():
    log = rendered(designed())
    log["runs"][0]["results"][0]["level"] = "high"
    assert errors(log, SARIF)


def test_every_hole_is_there_once_at_its_line():
    spec = designed().specification
    (run,) = rendered(designed())["runs"]
    levels = {"high": "error", "medium": "warning", "low": "note"}
    assert [r["partialFingerprints"]["opslead/v1"] for r in run["results"]] == [f.id for f in spec.findings]
    for finding, result in zip(spec.findings, run["results"], strict=True):
        assert result["level"] == levels[finding.ratings.action_priority]
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding.id.partition("@")[0]
        assert finding.condition in result["message"]["text"].replace("\\", "").replace("{{", "{").replace("}}", "}")
        places = [source for item in finding.evidence for source in item.sources]
        physical = result["locations"][0]["physicalLocation"]
        if places:
            assert f"{physical['artifactLocation']['uri']}:{physical['region']['startLine']}" == places[0]
            assert len(result.get("relatedLocations", [])) == len(dict.fromkeys(places)) - 1


def test_words_of_a_document_are_neither_links_nor_slots():
    text = rendered(hostile(designed()))["runs"][0]["results"][0]["message"]["text"]
    assert "\\[a\\](1)" in text
    assert "{{x}}" in text
    assert "가" * 200 in text
    assert HOSTILE[:10].replace("]", "\\]") in text


@pytest.mark.parametrize(
    ("source", "written"),
    [("a/b c.md", "a/b%20c.md"), ("/home/x/계획.md", "%EA%B3%84%ED%9A%8D.md"), ("C:\\work\\plan.md", "plan.md"), ("./x/../y.md", "y.md"), ("<stdin>", "%3Cstdin%3E")],
)  # fmt: skip
def test_places_are_relative(source, written):
    assert uri(source) == written
    assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", written)


def test_a_page_is_no_line():
    assert place_of("plan.md:12").line == 12
    assert place_of("plan.pdf:p.3").line == 0


def test_a_place_in_a_file_without_lines_is_said_in_its_own_terms():
    spec = good()
    proof = EvidenceItem(kind="quotation", text="“선점 10분”", sources=("plan.docx:¶8", "plan.docx:¶18"))
    mode = spec.failure_modes[0].model_copy(update={"evidence": (proof,)})
    source = Input(role="service", source="plan.docx", sha256="0" * 64, characters=1)
    log = rendered(Bundle(spec.model_copy(update={"failure_modes": (mode,), "inputs": (source,)})))
    assert errors(log, SARIF) == []
    (result,) = log["runs"][0]["results"]
    shown = [*result["locations"], *result["relatedLocations"]]
    assert [one["logicalLocations"][0]["fullyQualifiedName"] for one in shown] == ["¶8", "¶18"]
    assert {one["physicalLocation"]["artifactLocation"]["uri"] for one in shown} == {"plan.docx"}
    assert shown[0]["message"]["text"] == "plan.docx ¶8"
