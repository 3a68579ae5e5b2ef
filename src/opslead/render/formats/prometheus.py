"""Alerting rules for Prometheus with their unit tests, and the metrics they need."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.format import Bundle, Format


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    from opslead.render.monitoring.plan import plan
    from opslead.render.prometheus.page import page
    from opslead.render.prometheus.rules import rules
    from opslead.render.prometheus.unit_tests import unit_tests

    lang = bundle.specification.language
    made = plan(bundle.specification)
    files = {"prometheus/METRICS.md": page(made, lang)}
    files |= {f"prometheus/rules/{name}.yaml": text for name, text in rules(made, lang).items()}
    files |= {f"prometheus/tests/{name}.yaml": text for name, text in unit_tests(made, lang).items()}
    return {name: text.encode() for name, text in files.items()}


FORMAT = Format("prometheus", "alerting rules with unit tests, and the metrics that the service has to emit", _files)
