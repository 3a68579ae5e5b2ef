"""OSCAL as compliance-trestle reads it, compared with the document: same policies, same names, same ids again."""

import json

import pytest
from designed import ROOT, designed, hostile
from trestle.oscal.catalog import Catalog
from trestle.oscal.component import ComponentDefinition

from opslead.render.format import Bundle, render_all
from opslead.spec.parse import parse_specification
from specs import english, good


def rendered(bundle):
    files, failed = render_all(["oscal"], bundle)
    assert not failed
    return json.loads(files["oscal/catalog.json"]), json.loads(files["oscal/component-definition.json"])


def controls(catalog):
    return [control for group in catalog["catalog"].get("groups", []) for control in group["controls"]]


@pytest.mark.parametrize("kind", ["ko", "en", "designed", "hostile", "empty"])
def test_trestle_reads_it(kind, monkeypatch):
    monkeypatch.chdir(ROOT)
    bundle = {
        "ko": lambda: Bundle(good()),
        "en": lambda: Bundle(english()),
        "designed": designed,
        "hostile": lambda: hostile(designed()),
        "empty": lambda: Bundle(parse_specification("# x\n", "x")),
    }[kind]()
    catalog, components = rendered(bundle)
    read = Catalog(**catalog["catalog"])
    parts = ComponentDefinition(**components["component-definition"])
    told = [control for group in read.groups or [] for control in group.controls]
    assert len(told) == len(bundle.specification.policies)
    known = {control.id for control in told}
    named = [
        r.control_id
        for c in parts.components or []
        for i in c.control_implementations
        for r in i.implemented_requirements
    ]
    assert set(named) <= known
    assert len(known) == len(told)


def test_a_control_says_what_its_policy_says():
    spec = good()
    catalog, components = rendered(Bundle(spec))
    found = {int(next(p["value"] for p in c["props"] if p["name"] == "number")): c for c in controls(catalog)}
    for policy in spec.policies:
        control = found[policy.number]
        assert control["title"] == policy.name
        statement = control["parts"][0]
        assert statement["prose"] == policy.trigger
        assert [s["prose"].split(" — ")[0] for s in statement["parts"]] == [s.actor for s in policy.runbook]
        assert {p["value"] for p in control["props"] if p["name"] == "surface"} == {str(n) for n in policy.surfaces}
    (component,) = components["component-definition"]["components"]
    actions = [r["description"] for r in component["control-implementations"][0]["implemented-requirements"]]
    assert actions == [p.enforcement_points[0].action for p in spec.policies]


def test_ids_stay_while_words_change():
    spec = good()
    bent = spec.model_copy(
        update={"policies": tuple(p.model_copy(update={"trigger": "다른 말 1건"}) for p in spec.policies)}
    )
    (one, parts), (two, others) = rendered(Bundle(spec)), rendered(Bundle(bent))
    assert one["catalog"]["uuid"] == two["catalog"]["uuid"]
    assert parts["component-definition"]["uuid"] == others["component-definition"]["uuid"]
    assert one["catalog"]["metadata"]["version"] != two["catalog"]["metadata"]["version"]
    assert rendered(Bundle(spec)) == (one, parts)
