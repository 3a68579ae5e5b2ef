"""A small service, understood, and a specification that speaks of its steps; and texts that nothing should trip over."""

from functools import cache
from pathlib import Path

from opslead.behaviour.attack import attack
from opslead.intake.page.readers import read_source
from opslead.lenses.hole import hole_id
from opslead.pipeline import Options, Sources, design
from opslead.render.format import Bundle
from opslead.spec.document import FailureMode

ROOT = Path(__file__).parents[2]
HOSTILE = "]]> <script>alert(1)</script> & \"' %% end note ;{x} \x0b\u202e\U0001f525 [a](1) " + "가" * 200


@cache
def designed(name="laundry"):
    made = design(Sources([read_source(f"examples/{name}/service.md")]), Options(search=False))
    return Bundle(made.specification, made.service)


@cache
def searched():
    """The same with a finding for every loss that the search has a story of."""
    bundle = designed("tool-library")
    keys = [
        (f"behaviour.{story.accident}", report.scope.flow.id)
        for report in attack(bundle.service)
        for story in report.stories
    ]
    found = tuple(FailureMode(id=hole_id(*key), condition=key[0]) for key in dict.fromkeys(keys))
    return Bundle(bundle.specification.model_copy(update={"findings": found}), bundle.service)


def hostile(bundle):
    """The same with hostile words in names, conditions and titles."""
    spec = bundle.specification
    policies = tuple(p.model_copy(update={"name": HOSTILE, "trigger": HOSTILE}) for p in spec.policies)
    findings = tuple(f.model_copy(update={"condition": HOSTILE}) for f in spec.findings)
    bent = spec.model_copy(update={"title": HOSTILE, "policies": policies, "findings": findings})
    return Bundle(bent, bundle.service)
