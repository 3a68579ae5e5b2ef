"""Steps that a description leaves out although hardly any service is without them, added as assumed.

Whoever takes money gives some of it back; whoever takes bookings gets cancellations and questions; what is confirmed is told to
somebody. Each added step is marked, stands in `service.yaml` for the planner to delete, makes what rests on it uncertain, and
brings a question. Only texts are completed so: in a `service.yaml` what is not there is not there.
"""

from __future__ import annotations

from opslead.model.document import ExitText, FlowText, ServiceText, StepText
from opslead.text import pick

_PAID = frozenset({"charge", "pay_in", "capture", "authorize", "renew"})
_ASKED = frozenset({"request", "hold", "charge", "pay_in", "issue", "assign", "confirm", "accept"})
_DECIDED = _ASKED | {"claim", "approve", "review"}
"""Where somebody waits for a word on what they asked for, be it a booking or a correction."""
_MET = frozenset({"check_in", "hand_over", "pick_up", "deliver", "start", "return", "redeem", "ship", "make"})


def presume(text: ServiceText) -> ServiceText:
    """The document with what is missing from its longest flow. Nothing is added to a text without a flow."""
    if not text.flows:
        return text
    known = {step.kind for flow in text.flows for step in flow.steps} | {
        way.kind for flow in text.flows for way in flow.exits
    }
    known |= {kind for actor in text.actors for kind in actor.does}
    main = max(range(len(text.flows)), key=lambda index: (len(text.flows[index].steps), -index))
    flow = text.flows[main]
    steps = [_step(text, kind, why) for kind, why in _missing(known)]
    exits = [_cancel(text)] if known & _ASKED and not known & {"cancel", "refund_rule"} else []
    grown = FlowText.model_validate(
        {**flow.model_dump(), "steps": [*flow.steps, *steps], "exits": [*flow.exits, *exits]}
    )
    return text.model_copy(update={"flows": tuple(grown if i == main else f for i, f in enumerate(text.flows))})


def _missing(known: set[str]) -> list[tuple[str, tuple[str, str]]]:
    missing = []
    if known & _DECIDED and "notify" not in known:
        missing.append(
            ("notify", ("신청·확정·변경은 고객에게 알린다고 봄", "customers are told what was booked or changed"))
        )
    if known & _PAID and "refund" not in known:
        missing.append(("refund", ("돈을 받으면 돌려줄 일도 생긴다고 봄", "whoever takes money gives some of it back")))
    if known & _DECIDED and "answer" not in known:
        missing.append(("answer", ("고객 문의가 온다고 봄", "customers ask questions")))
    if known & _MET and "claim" not in known:
        missing.append(("claim", ("받은 것에 대한 이의가 온다고 봄", "customers complain about what they got")))
    return missing


def _step(text: ServiceText, kind: str, why: tuple[str, str]) -> StepText:
    return StepText(kind=kind, assumed=pick(text.language, *why))


def _cancel(text: ServiceText) -> ExitText:
    why = pick(text.language, "신청이 있으면 취소도 있다고 봄", "what can be asked for is also cancelled")
    return ExitText(kind="cancel", name=pick(text.language, "취소", "cancellation"), assumed=why)
