"""The catalog: every pattern with its cases, checked like code, loaded once and never stale."""

import pytest

from cases import FOLDER, failures, found, load_cases
from opslead.intake.lexicon import words
from opslead.knowledge.catalog import built_in, load_catalog
from opslead.knowledge.lint import lint, texts
from opslead.knowledge.lint_packs import lint_packs
from opslead.knowledge.pack import Pack
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
def test_eight_general_patterns_or_more_on_every_surface(surface):
    general = [pattern for pattern in CATALOG.values() if WHOLE.pack_of(pattern.id) is None]
    assert sum(surface == pattern.surfaces[0] for pattern in general) >= 8


@pytest.mark.parametrize("pack", [pack.id for pack in WHOLE.packs])
def test_ten_patterns_or_more_in_every_pack_on_several_surfaces(pack):
    members = [pattern for pattern in CATALOG.values() if (home := WHOLE.pack_of(pattern.id)) and home.id == pack]
    assert len(members) >= 10
    assert len({pattern.surfaces[0] for pattern in members}) >= 5


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
        ({"policy__ko__leading": ["{hold} 만료율(일): {~3%} 초과 시 알림"]}, "alarm without owner"),
        ({"policy__en__leading": ["expired holds: above {~3%} alerts {owner}"]}, "without window"),
        ({"policy__ko__leading": ["{hold} 만료(일): {~3} 초과 시 {owner:에게/에} 알림"]}, "without unit"),
        ({"policy__ko__trigger": "{~3번} 전화벨"}, "cannot be observed"),
        ({"policy__en__trigger": "{~3} minutes have passed"}, "names nothing of the service"),
        ({"hole__condition__en": "nothing says what follows after 45 minutes"}, "English ['45']"),
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


def runbook(*lines):
    return {
        f"policy__{lang}__runbook": [
            {"actor": actor, "action": action, "deadline": deadline, "data": "x"} for actor, action, deadline in lines
        ]
        for lang in ("ko", "en")
    }


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (
            [
                ("{support}", "{hold} 목록을 만든다. list the {hold}", "-"),
                ("{system}", "보낸다", "-"),
                ("{support}", "대조한다. reviews it", "-"),
            ],
            "whoever did it checks it",
        ),
        (
            [
                ("{system}", "{hold} 정지", "-"),
                ("{support}", "{hold} 확인", "-"),
                ("{owner}", "{hold} 승인 여부를 정한다. decides on the {hold}", "즉시 {~5분} {~5 min}"),
            ],
            "nothing said for no answer",
        ),
        (
            [
                ("{support}", "목록을 만든다. makes the list", "-"),
                ("{owner}", "정한다. decides", "-"),
                ("{system}", "보낸다. sends", "-"),
            ],
            "names nothing of the service",
        ),
    ],
)
def test_the_lint_hears_a_runbook_that_nobody_can_follow(lines, reason):
    plain = {
        f"policy__{lang}__{name}": value
        for lang, end in (("ko", "."), ("en", "."))
        for name, value in (("exceptions", [end]), ("stop", end))
    }
    complaints = [str(c) for c in lint([bent(**runbook(*lines), **plain)], CONCEPTS)]
    assert any(reason in complaint for complaint in complaints), complaints


def test_two_patterns_that_say_the_same_are_one():
    other = bent(policy__ko__name="다른 이름").model_copy(update={"id": "OP01-twin"})
    assert any("says nearly the same" in str(c) for c in lint([bent(), other], CONCEPTS))


def pack(**change):
    given = {
        "id": "kites",
        "name": {"ko": "연", "en": "Kites"},
        "concepts": {"kite": {"ko": ["방패연"], "en": ["kite"]}},
        "when": [{"mention": {"any": ["kites.kite"]}}],
    }
    return Pack.model_validate({**given, **change})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"when": []}, "speak everywhere"),
        ({"when": [{"mention": {"any": ["kites.dragon"]}}]}, "no such concept"),
        ({"concepts": {"kite": {"ko": ["방패연"]}}}, "one language only"),
        ({"concepts": {"kite": {"ko": ["연"], "en": ["kite"]}}}, "too many other words"),
        (
            {"concepts": {"kite": {"ko": ["방패연"], "en": ["kite"]}, "sail": {"ko": ["방패 연"], "en": ["sail"]}}},
            "a word of",
        ),
        (
            {"concepts": {"kite": {"ko": ["방패연"], "en": ["kite"]}, "sail": {"ko": ["돛대"], "en": ["sail"]}}},
            "asks for it",
        ),
        ({}, "fewer than"),
    ],
)
def test_the_lint_hears_a_pack_that_does_not_work(change, reason):
    complaints = lint_packs({"kites": pack(**change)}, {}, CONCEPTS | {"kites.kite"}, {"kites"})
    assert any(reason in str(complaint) for complaint in complaints), complaints
