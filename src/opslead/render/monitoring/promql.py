"""Alerts as expressions of the Prometheus query language."""

from __future__ import annotations

from opslead.render.monitoring.alert import Alert, Missing, Term

_STEPS = (("w", 604800), ("d", 86400), ("h", 3600), ("m", 60), ("s", 1))


def expression(alert: Alert) -> str:
    """All comparisons of the alert; several are joined by `and` and so have to agree in their labels."""
    parts = [comparison(term) for term in alert.terms]
    return parts[0] if len(parts) == 1 else " and ".join(f"({part})" for part in parts)


def absent(missing: Missing) -> str:
    """A result for each metric that no series of is there, with its name as the label `metric`."""
    return "\nor ".join(f'label_replace(absent({one.name}), "metric", "{one.name}", "", "")' for one in missing.metrics)


def comparison(term: Term) -> str:
    """One comparison. What is counted is counted over its window, rounded: `increase` extrapolates to fractions.

    "None in four weeks" is true of a counter that has stood for four weeks and not of one that began this morning.
    """
    condition = term.condition
    bound = f"{condition.operator} {number(condition.amount.value)}"
    if term.metric.kind == "gauge" or condition.window is None:
        return f"{term.metric.name} {bound}"
    window = duration(condition.window)
    counted = f"round(increase({term.metric.name}[{window}])) {bound}"
    few = condition.operator in ("==", "<", "<=")
    return f"{counted} and {term.metric.name} offset {window}" if few else counted


def number(value: float) -> str:
    """Without an exponent and without a fraction that is nought."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


def duration(seconds: int) -> str:
    """In the largest unit that divides it, as Prometheus writes it: `30m`, `4w`."""
    unit, size = next((unit, size) for unit, size in _STEPS if seconds % size == 0)
    return f"{seconds // size}{unit}"
