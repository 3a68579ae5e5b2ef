"""The dashboard: the metrics of the rules and no others, each in a panel of its own, none over another."""

import json
import re

from opslead.render.format import Bundle, render_all
from opslead.render.monitoring.condition import Unit
from opslead.render.monitoring.plan import plan
from specs import english, good


def dashboard(spec):
    files, failed = render_all(["grafana"], Bundle(spec))
    assert not failed
    return json.loads(files["grafana/dashboard.json"])


def test_a_panel_a_metric_with_its_thresholds():
    for spec in (good(), english()):
        made, board = plan(spec), dashboard(spec)
        assert board["schemaVersion"] >= 39
        assert board["title"] == spec.title
        drawn = [panel for panel in board["panels"] if panel["type"] == "timeseries"]
        states = [panel for panel in board["panels"] if panel["type"] == "state-timeline"]
        queried = {name for p in drawn + states for t in p["targets"] for name in re.findall(r"opslead_\w+", t["expr"])}
        assert queried == {metric.name for metric in made.metrics}
        assert len(drawn) == len([metric for metric in made.metrics if metric.unit is not Unit.STATE])
        bounds = {step["value"] for p in drawn for step in p["fieldConfig"]["defaults"]["thresholds"]["steps"]}
        assert {t.condition.amount.value for a in made.alerts if not a.eases for t in a.terms} <= bounds
        assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def test_no_panel_covers_another():
    cells = set()
    for panel in dashboard(good())["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                assert (x, y) not in cells
                cells.add((x, y))


def test_steps_rise():
    for panel in dashboard(good())["panels"]:
        steps = panel.get("fieldConfig", {}).get("defaults", {}).get("thresholds", {}).get("steps", [])
        values = [step["value"] for step in steps[1:]]
        assert values == sorted(values)
        assert not steps or steps[0]["value"] is None
