"""The catalog: every pattern with its cases, checked like code, loaded once and never stale."""

import pytest

from cases import FOLDER, failures, found, load_cases
from opslead.intake.lexicon import words
from opslead.knowledge.catalog import built_in, load_catalog
from opslead.knowledge.lint import lint, texts
from opslead.knowledge.lint_packs import lint_packs
from opslead.knowledge.schema import Pattern
from opslead.model.yamlio import parse_yaml

WHOLE = load_catalog(cache=False)
CATALOG = {pattern.id: pattern for pattern in WHOLE.everything()}
CONCEPTS = frozenset(words("concepts")) | WHOLE.concepts()
LATE = next(built_in().rglob("OP01-late-approval.yaml"))


@pytest.mark.parametrize("ident", sorted(CATALOG))
def test_the_pattern_does_what_its_cases_say(ident):
    cases = load_cases(ident)
    assert {case.service.language for case in cases.fires} == {"ko", "en"}
    assert len(cases.quiet) >= 2
    assert list(failures(CATALOG[ident], cases)) == []


@pytest.mark.parametrize("ident", sorted(ident for ident, pattern in CATALOG.items() if not pattern.when))
def test_a_pattern_without_matchers_is_written_for_each_of_its_mechanisms(ident):
    pattern = CATALOG[ident]
    first = [hole.mechanism for case in load_cases(ident).fires for hole in found(pattern, case)[:1]]
    assert set(first) == set(pattern.finding)


def test_no_cases_without_a_pattern():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(CATALOG)


def test_the_catalog_has_no_complaints():
    assert [str(complaint) for complaint in lint(CATALOG.values(), CONCEPTS)] == []


def test_the_packs_have_no_complaints():
    members = {pack.id: [p for p in CATALOG.values() if WHOLE.pack_of(p.id) is pack] for pack in WHOLE.packs}
    packs = {pack.id: pack for pack in WHOLE.packs}
    assert [str(complaint) for complaint in lint_packs(packs, members, CONCEPTS, frozenset(packs))] == []


@pytest.mark.parametrize("surface", range(1, 13))
def test_three_patterns_or_more_on_every_surface(surface):
    general = [pattern for pattern in CATALOG.values() if WHOLE.pack_of(pattern.id) is None]
    assert sum(surface == pattern.surfaces[0] for pattern in general) >= 3


def test_a_policy_of_twenty_questions_has_an_answer_somewhere():
    assert {n for pattern in CATALOG.values() for n in pattern.checklist} == set(range(1, 13))


def bent(**change):
    """A good pattern with one thing changed."""
    data = parse_yaml(LATE.read_text(encoding="utf-8"), "x").value
    for path, value in change.items():
        *parents, last = path.split("__")
        target = data
        for parent in parents:
            target = target[int(parent) if parent.isdigit() else parent]
        target[int(last) if last.isdigit() else last] = value
    return Pattern.model_validate(data)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"policy__ko__scope": "{nobody} 전 건"}, "nothing binds"),
        ({"policy__ko__scope": "{ticket} 이상"}, "put it inside"),
        ({"policy__ko__scope": "철저히 교육한다"}, "care"),
        ({"policy__en__scope": "train the staff on {case}"}, "care"),
        ({"policy__ko__start": "30분 안에"}, "starting value"),
        ({"policy__ko__start": "{~3건}", "policy__en__start": "{~4} cases"}, "Korean says"),
        ({"policy__ko__symptoms": ["{case} 하나"]}, "one language only"),
        ({"closes": [["nonsense"]]}, "no such concept"),
        ({"needs": ["OP01-nothing"]}, "no pattern"),
        ({"policy__ko__trigger": "문제가 생기면"}, "not measurable"),
        (
            {
                "guardrails": [
                    {"kind": "expire", "control": "preventive", "on": "hold"},
                    {"kind": "fence", "control": "preventive"},
                ]
            },
            "one control type",
        ),
        ({"guardrails__0__on": "nobody"}, "nothing binds"),
        ({"policy__ko__scope": "{case 전 건"}, "not a template"),
        ({"policy__ko__scope": "{case:에서/서} 온 건"}, "not a template"),
    ],
)
def test_the_lint_hears(change, reason):
    complaints = [str(c) for c in lint([bent(**change)], frozenset(words("concepts")))]
    assert any(reason in complaint for complaint in complaints), complaints


def test_a_text_for_any_service_is_refused():
    pattern = bent()
    plain = {
        name: "말 3건" if isinstance(value, str) else value
        for name, value in pattern.policy.ko.model_dump().items()
        if name in ("name", "intent", "scope", "trigger", "start", "relax", "stop")
    }
    texts_ko = pattern.policy.ko.model_copy(
        update={
            **plain,
            "signals": ("가", "나"),
            "enforcement_points": (),
            "runbook": (),
            "exceptions": (),
            "leading": (),
            "lagging": (),
            "symptoms": (),
        }
    )
    bare = pattern.model_copy(update={"policy": pattern.policy.model_copy(update={"ko": texts_ko})})
    assert any("would fit any" in str(c) for c in lint([bare], frozenset(words("concepts"))))


def test_two_patterns_with_one_name():
    other = bent().model_copy(update={"id": "OP01-twin"})
    assert any("same name" in str(c) for c in lint([bent(), other], frozenset(words("concepts"))))


def test_every_text_is_listed_in_both_languages():
    places = [where for where, _ in texts(bent())]
    assert {where[-2:] for where in places} == {"ko", "en"}
    assert len(places) == len(set(places))
