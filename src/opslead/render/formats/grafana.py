"""A Grafana dashboard over the metrics of the Prometheus rules."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.format import Bundle, Format


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    from opslead.render.grafana.dashboard import dashboard
    from opslead.render.monitoring.plan import plan

    specification = bundle.specification
    return {"grafana/dashboard.json": dashboard(specification, plan(specification)).encode()}


FORMAT = Format("grafana", "a dashboard over the metrics of the alerting rules", _files)
