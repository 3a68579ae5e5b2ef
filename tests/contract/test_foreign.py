"""Whatever the hand: the slips are found at their place, and nothing that is there is missed."""

import pytest
from foreign import DOCUMENTS

from opslead.contract import lint
from opslead.contract.fixes import fix
from opslead.spec.parse import parse_specification
from specs import english, good

VAGUE = {"ko": "필요하다고 판단될 때", "en": "When deemed necessary by the team"}
OPEN = {"ko": "케이스별로 판단한다.", "en": "Decided case by case."}
SLIPS = {("OL008", 3), ("OL006", 4), ("OL010", 5), ("OL022", 6), ("OL012", 7)}


def bent(lang):
    """A good specification with a slip in each of five policies."""
    spec = english() if lang == "en" else good()
    p3, p4, p5, p6, p7 = spec.policies[2:7]
    slips = (
        p3.model_copy(update={"trigger": VAGUE[lang]}),
        p4.model_copy(update={"symptoms": ()}),
        p5.model_copy(update={"runbook": p5.runbook[:2]}),
        p6.model_copy(update={"exceptions": (OPEN[lang],)}),
        p7.model_copy(update={"monitoring": p7.monitoring.model_copy(update={"leading": ()})}),
    )
    return spec.model_copy(update={"policies": (*spec.policies[:2], *slips, *spec.policies[7:])})


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_five_slips_and_nothing_else(name):
    lang, write = DOCUMENTS[name]
    text = write(bent(lang))
    spec = parse_specification(text, name)
    findings = lint(spec)
    numbers = list(range(1, 21))
    assert [policy.number for policy in spec.policies] == numbers
    found = {(f.rule, n) for f in findings for n in numbers if f"#{n}," in f.breach.where}
    assert (found, len(findings)) == (SLIPS, 5), [str(f) for f in findings]
    for finding in findings:
        near = " ".join(text.splitlines()[finding.breach.line - 1 : finding.breach.line + 3])
        assert finding.breach.quote.split(" / ")[0].split("(")[0].strip(" .") in near.replace("*", ""), str(finding)


@pytest.mark.parametrize("name", ["paragraphs.en", "no colon.ko", "table each.ko", "nested.en", "chapters.ko"])
def test_mending_changes_no_word_of_it(name):
    lang, write = DOCUMENTS[name]
    text = write(bent(lang))
    done = fix(text)
    assert fix(done.text).changes == ()
    assert {f.rule for f in lint(parse_specification(done.text, name))} == {rule for rule, _ in SLIPS}
    before, after = parse_specification(text, name), parse_specification(done.text, name)
    assert [p.model_dump() for p in after.policies] == [p.model_dump() for p in before.policies]
