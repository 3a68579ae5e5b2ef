"""The closed vocabularies that an answer has to keep to; the prompt shows them and the engine refuses anything else."""

from __future__ import annotations

from opslead.model.guardrails import GuardrailKind
from opslead.model.steps import STEP_KINDS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STEPS = frozenset(STEP_KINDS)
EXITS = _words("cancel no_show expire return reject dispute refund reschedule pause terminate damage weather")
CLOCKS = _words("ttl deadline window cutoff cycle retention retry timeout opening latency sla reminder lead duration")
RATES = _words("no_show cancel occupancy refund return channel conversion error complaint late share")
VOLUMES = _words("cases visitors tickets peak peak_factor units")
MONEY = _words(
    "price ticket fee commission deposit preauthorization penalty compensation refund reward bonus coupon discount credit "
    "subscription surcharge settlement reconciliation authority minimum threshold wage"
)
PARTNERS = _words("payment channel messaging carrier bank identity map network supplier lab insurer calendar")
MODES = _words("callback webhook api batch portal phone fax file")
VIA = _words("callback webhook api batch file phone fax spreadsheet paper chat email portal")
CONTROLS = frozenset(kind.value for kind in GuardrailKind)
MEDIA = _words("screen paper spreadsheet message photo camera export")
PERIODS = _words("minute hour day week month year")

_SHOWN = (
    ("step", STEPS),
    ("way out", EXITS),
    ("clock", CLOCKS),
    ("rate", RATES),
    ("volume", VOLUMES),
    ("money", MONEY),
    ("partner", PARTNERS),
    ("partner mode", MODES),
    ("via", VIA),
    ("guardrail", CONTROLS),
    ("medium", MEDIA),
)


def lines() -> str:
    """All vocabularies for the prompt, one a line."""
    return "\n".join(f"- {name}: {' '.join(sorted(kinds))}" for name, kinds in _SHOWN)
