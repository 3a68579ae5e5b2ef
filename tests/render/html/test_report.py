"""The report as a document: everything of the specification is in it, whole and inert, and nothing else."""

import base64
import hashlib
import json
import re
from functools import cache

import pytest
from dom import Page, flat

from opslead.render.format import Bundle, format_of, render_all
from opslead.render.html.words import words
from opslead.spec.document import Specification
from opslead.spec.labels import SECTIONS
from report_case import HOSTILE, hostile, rich, service
from specs import english, good

HANGUL = re.compile("[가-힣]")


def made(spec, with_service=None):
    return format_of("html").render(Bundle(spec, with_service))["report.html"].decode()


@cache
def read(case, language="ko", with_service=True):
    """The page of a case of `report_case`, parsed once for all tests."""
    return Page(made(case(language), service(language) if with_service else None))


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def spoken(spec):
    """Every string of the JSON that says something to a reader, and not what stands for a label or is told by its place."""
    data = json.loads(format_of("json").render(Bundle(spec))["specification.json"])
    for policy in data["policies"]:
        policy["control_types"] = []
        policy["evidence"] = {}
        policy["author"] = ""
        policy["closes"], policy["quantities"] = [], []
        for point in policy["enforcement_points"]:
            point["kind"] = ""
    for part in (*data["failure_modes"], *data["findings"]):
        part["author"] = ""
        for item in part["evidence"]:
            item["kind"] = ""
        if part["ratings"]:
            part["ratings"]["action_priority"] = ""
            for axis in ("severity", "occurrence", "detection"):
                part["ratings"][axis]["unit"] = ""
    for horizon in ("week_1", "weeks_1_4", "months_1_3"):
        for item in data["rollout"][horizon]:
            item["impact"] = item["likelihood"] = item["detectability"] = ""
            item["ratings"] = None
    for answer in data["checklist"].values():
        answer["verdict"], answer["findings"] = "", []
    for view in data["surfaces"].values():
        view["holes"] = []
    for one in data["breach_responses"]:
        one["status"] = ""
    for one in data["quantities"]:
        one["unit"] = ""
        for item in one["inputs"]:
            item["key"], item["unit"], item["basis"] = "", "", ""
    if data["panel"]:
        data["panel"]["ended"] = ""
    for flow in data["searches"]:
        flow["outside"], flow["verdict"] = [], ""
    data["language"] = ""
    return {flat(text) for text in strings(data) if text.strip()}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_everything_that_the_json_says_is_on_the_page(language):
    spec = rich(language)
    text = read(rich, language).text
    missing = [said for said in sorted(spoken(spec)) if said not in text]
    assert missing == []


@pytest.mark.parametrize("spec", [good(), english()])
def test_a_document_without_a_model_of_its_service_is_whole_too(spec):
    page = Page(made(spec))
    assert [said for said in sorted(spoken(spec)) if said not in page.text] == []
    assert words(spec.language).no_model in page.text


def test_policies_keep_their_numbers_and_their_order():
    page = read(rich)
    found = [
        attributes["id"] for attributes in page.all("article") if (attributes.get("id") or "").startswith("policy-")
    ]
    assert found == [f"policy-{policy.number}" for policy in rich().policies]
    rollout = [href for href in (a.get("href") for a in page.all("a")) if href == "#policy-1"]
    assert len(rollout) >= 3  # of the matrix, the rollout and a question


def test_every_link_leads_somewhere_on_the_page():
    page = read(rich)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {a["href"] for a in page.all("a")}
    sources = {reference.source for policy in rich().policies for reference in policy.references}
    assert sources
    assert {target for target in targets if not target.startswith("#")} == sources
    assert {target[1:] for target in targets - sources} <= set(ids)


@pytest.mark.parametrize(
    ("case", "language", "model"),
    [(rich, "ko", True), (hostile, "ko", True), (hostile, "en", True), (rich, "ko", False)],
)
def test_the_markup_is_well_formed(case, language, model):
    page = read(case, language, model)
    assert page.wrong == []
    assert page.open == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_hostile_words_are_words(language):
    spec = hostile(language)
    page = read(hostile, language)
    assert len(page.all("script")) == 1
    assert len(page.all("style")) == 1
    assert page.all("img") == []
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    plain = read(rich, language)
    assert [tag for tag, _ in page.elements if tag not in ("tspan", "text")] == [
        tag for tag, _ in plain.elements if tag not in ("tspan", "text")
    ]
    for said in HOSTILE:
        assert flat(said) in page.text
    assert [said for said in sorted(spoken(spec)) if said not in page.text] == []


def test_the_page_may_use_its_own_style_and_script_and_nothing_else():
    page = read(rich)
    (policy,) = (meta["content"] for meta in page.all("meta", http_equiv="Content-Security-Policy"))
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for name in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256("".join(page.raw[name]).encode()).digest()).decode()
        assert rules[f"{name}-src"] == f"'sha256-{digest}'"
    assert "connect-src" not in rules
    assert not any("style" in attributes for _, attributes in page.elements)  # the policy forbids it


def test_a_page_in_english_has_no_korean_of_its_own():
    page = Page(made(english()))
    assert not HANGUL.search(page.text)
    assert page.all("html") == [{"lang": "en"}]


def test_the_same_document_is_the_same_bytes():
    assert made(rich(), service()) == made(rich(), service())


def test_an_empty_document_says_that_its_parts_are_empty():
    page = Page(made(Specification(title="빈 문서", language="ko")))
    assert page.wrong == []
    for name in ("failure_modes", "policies", "rollout", "questions"):
        assert SECTIONS["ko"][name] in page.text
    assert page.text.count(words("ko").empty) >= 8


def test_three_hundred_policies_are_all_there():
    base = good()
    many = tuple(
        base.policies[n % 20].model_copy(update={"number": n + 1, "name": f"정책 {n + 1}호"}) for n in range(300)
    )
    files, failed = render_all(("html", "cards"), Bundle(base.model_copy(update={"policies": many})))
    assert not failed
    text = files["report.html"].decode()
    assert all(f"</span> 정책 {n}호</h3>" in text for n in range(1, 301))
    assert len([name for name in files if name.endswith(".md")]) == 300
