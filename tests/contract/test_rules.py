"""Every rule: silent on a good specification, and heard when its point is broken."""

import pytest

from opslead.contract import lint, rules
from opslead.spec.document import EnforcementPoint, Monitoring, Rollout, RunbookStep, Uncertain
from specs import SUBJECTS, english, good


def bend(spec, number=3, **update):
    policies = tuple(p.model_copy(update=update) if p.number == number else p for p in spec.policies)
    return spec.model_copy(update={"policies": policies})


def runbook(action):
    steps = list(good().policies[2].runbook)
    return (*steps[:2], RunbookStep(actor="재무", action=action, deadline="즉시"))


BREAKS = {
    "OL001": lambda s: s.model_copy(update={"questions": ()}),
    "OL002": lambda s: s.model_copy(update={"assumptions": ("하나",)}),
    "OL003": lambda s: s.model_copy(update={"failure_modes": s.failure_modes[:7]}),
    "OL004": lambda s: s.model_copy(update={"failure_modes": (s.failure_modes[0].model_copy(update={"user_impact": ""}), *s.failure_modes[1:])}),
    "OL005": lambda s: s.model_copy(update={"policies": s.policies[:19]}),
    "OL006": lambda s: bend(s, symptoms=()),
    "OL007": lambda s: bend(s, surfaces=(1, 2, 3, 4)),
    "OL008": lambda s: bend(s, trigger="필요하다고 판단될 때"),
    "OL009": lambda s: bend(s, enforcement_points=(EnforcementPoint(kind="other", action="담당자"),)),
    "OL010": lambda s: bend(s, runbook=s.policies[2].runbook[:2]),
    "OL011": lambda s: bend(s, runbook=tuple(RunbookStep(action=f"{w} 건을 본다") for w in ("가", "나", "다"))),
    "OL012": lambda s: bend(s, monitoring=s.policies[2].monitoring.model_copy(update={"leading": ()})),
    "OL013": lambda s: bend(s, monitoring=Monitoring(leading=("대기 시간을 본다",), start="이상하면", relax="나으면", stop="심하면")),
    "OL014": lambda s: bend(s, number=1, uncertain=Uncertain(what="모름", questions=())),
    "OL015": lambda s: s.model_copy(update={"rollout": s.rollout.model_copy(update={"week_1": (*s.rollout.week_1, *s.rollout.months_1_3), "months_1_3": ()})}),
    "OL016": lambda s: s.model_copy(update={"rollout": s.rollout.model_copy(update={"week_1": s.rollout.week_1[1:]})}),
    "OL017": lambda s: s.model_copy(update={"questions": s.questions[:14]}),
    "OL018": lambda s: s.model_copy(update={"questions": (s.questions[0].model_copy(update={"data_needed": ""}), *s.questions[1:])}),
    "OL019": lambda s: bend(s, runbook=runbook("ReservationService에서 Redis 잠금을 건다")),
    "OL020": lambda s: bend(s, exceptions=("이 제한은 합법이다.",)),
    "OL021": lambda s: bend(s, runbook=runbook("직원에게 철저히 교육한다")),
    "OL022": lambda s: bend(s, exceptions=("상황에 따라 유연하게 처리한다.",)),
    "OL023": lambda s: bend(s, name=s.policies[0].name),
    "OL024": lambda s: s.model_copy(update={"policies": tuple(p.model_copy(update={"surfaces": (3,)}) for p in s.policies)}),
    "OL025": lambda s: bend(s, exceptions=("#77을 따른다.",)),
}  # fmt: skip


def test_every_rule_has_a_case():
    assert sorted(BREAKS) == list(rules())


@pytest.mark.parametrize("spec", [good(), english()], ids=["ko", "en"])
def test_a_good_specification_keeps_the_contract(spec):
    assert [str(f) for f in lint(spec)] == []


@pytest.mark.parametrize("ident", sorted(BREAKS))
def test_the_rule_is_heard(ident):
    found = lint(BREAKS[ident](good()))
    assert ident in {f.rule for f in found}
    assert all(f.breach.message and f.breach.where for f in found)


@pytest.mark.parametrize("ident", ["OL008", "OL019", "OL020", "OL021", "OL022"])
@pytest.mark.parametrize(
    "text",
    [
        "선점 만료 뒤 승인 1건 도착. 교육장 예약도 같다. 합법 여부는 Risk/Legal에 묻는다. #3을 따른다.",
        "Approval 1 arrives after the hold. Training rooms too. Whether it is lawful is for legal. A card holder updates the case.",
    ],
)
def test_words_that_only_look_like_a_breach(ident, text):
    assert ident not in {f.rule for f in lint(bend(good(), trigger=text, scope=text))}


def test_every_rule_explains_itself_in_both_languages():
    for rule in rules().values():
        assert rule.bad
        assert rule.good
        assert all(rule.summary[lang] and rule.why[lang] for lang in ("ko", "en"))


def test_an_empty_rollout_is_one_finding_not_twenty():
    found = lint(good().model_copy(update={"rollout": Rollout()}))
    assert [f.rule for f in found] == ["OL001"]


def test_subjects_are_enough():
    assert len(SUBJECTS) == 20
