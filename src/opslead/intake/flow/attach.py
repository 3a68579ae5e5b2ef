"""Ways out put to the flows they leave.

A step such as `cancel` or `expire` in the middle of a chain is a way out of it and no step on the way; a flow that begins
with one is that way out told at length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from opslead.model.document import ExitText, FlowText, RuleText, StepText

LEAVING = frozenset({"cancel", "no_show", "expire", "reject"})
_MORE = frozenset(
    {"claim", "review", "approve", "adjust", "return", "inspect", "compensate", "record", "reschedule", "transfer"}
)
_FITS = {
    "cancel": ("request", "hold", "charge", "confirm"),
    "weather": ("request", "charge", "confirm", "check_in"),
    "no_show": ("check_in", "confirm", "request"),
    "expire": ("hold", "request", "pay_in"),
    "reject": ("accept", "approve", "review", "request"),
    "return": ("return", "deliver", "hand_over"),
    "dispute": ("complete", "deliver", "payout", "charge"),
}
_WORD = re.compile(r"[A-Za-z]{4,}|[가-힣]{2,}")


def with_exits(
    flows: Sequence[FlowText], exits: Sequence[ExitText]
) -> tuple[tuple[FlowText, ...], tuple[RuleText, ...]]:
    """The flows with their exits, and as rules the exits of a text that has no flow at all."""
    known = {way.kind for way in exits}
    kept: list[FlowText] = []
    told: list[ExitText] = []
    for flow in flows:
        if _is_way_out(flow):
            told += [] if flow.steps[0].kind in known else [_exit(flow.steps[0], flow)]
            continue
        kept.append(
            flow.model_copy(update={"steps": tuple(s for s in flow.steps if s.kind not in LEAVING or _alone(s, flow))})
        )
        told += [_exit(s, None) for s in flow.steps if s.kind in LEAVING - known and not _alone(s, flow)]
    ways = [*exits, *_once(told)]
    if not kept:
        return tuple(flows), tuple(
            RuleText(text=w.given or w.name, subject=w.kind, at=w.at) for w in ways if w.given or w.name
        )
    placed: dict[int, list[ExitText]] = {}
    for way in ways:
        placed.setdefault(_best(way, kept), []).append(way)
    return tuple(f.model_copy(update={"exits": (*f.exits, *placed.get(i, ()))}) for i, f in enumerate(kept)), ()


def _is_way_out(flow: FlowText) -> bool:
    kinds = [s.kind for s in flow.steps]
    first = kinds[0] if kinds else ""
    return first in LEAVING and not _MORE & set(kinds) and "check_in" not in kinds


def _alone(step: StepText, flow: FlowText) -> bool:
    """Whether taking the step out would leave a flow of nothing."""
    return all(s.kind in LEAVING or s is step for s in flow.steps)


def _exit(step: StepText, flow: FlowText | None) -> ExitText:
    name = (flow.name if flow else "") or step.name or step.kind
    return ExitText(kind=step.kind, name=name, by=step.actor, within=step.within, given=step.given, at=step.at)


def _once(ways: Iterable[ExitText]) -> list[ExitText]:
    found: dict[tuple[str, str], ExitText] = {}
    for way in ways:
        found.setdefault((way.kind, way.name), way)
    return list(found.values())


def _best(way: ExitText, flows: Sequence[FlowText]) -> int:
    """The flow that shares words with the exit, has the steps it leaves from, and is long; the first of equals."""
    words = set(_WORD.findall(f"{way.name} {way.given}".lower()))
    wanted = _FITS.get(way.kind, ("request", "charge"))

    def score(flow: FlowText) -> tuple[int, int, int]:
        about = f"{flow.name} {flow.given} " + " ".join(f"{s.name} {s.given}" for s in flow.steps)
        shared = len(words & set(_WORD.findall(about.lower())))
        fitting = sum(s.kind in wanted for s in flow.steps)
        return min(fitting, 2), shared, len(flow.steps)

    return max(range(len(flows)), key=lambda i: (score(flows[i]), -i))
