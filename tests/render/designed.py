"""A small service, understood, and a specification that speaks of its steps; and texts that nothing should trip over."""

from functools import cache
from pathlib import Path

from opslead.intake.page.readers import read_source
from opslead.pipeline import Options, Sources, design
from opslead.render.format import Bundle

ROOT = Path(__file__).parents[2]
HOSTILE = "]]> <script>alert(1)</script> & \"' %% end note ;{x} \x0b\u202e\U0001f525 [a](1) " + "가" * 200


@cache
def designed(name="laundry"):
    made = design(Sources([read_source(f"examples/{name}/service.md")]), Options(search=False))
    return Bundle(made.specification, made.service)


def hostile(bundle):
    """The same with hostile words in names, conditions and titles."""
    spec = bundle.specification
    policies = tuple(p.model_copy(update={"name": HOSTILE, "trigger": HOSTILE}) for p in spec.policies)
    findings = tuple(f.model_copy(update={"condition": HOSTILE}) for f in spec.findings)
    bent = spec.model_copy(update={"title": HOSTILE, "policies": policies, "findings": findings})
    return Bundle(bent, bundle.service)
