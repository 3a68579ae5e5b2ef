"""The one place where values enter that nobody stated. Each is marked as assumed, with the source of the default."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.model.document import FlowText, Said, ServiceText, StepText
from opslead.model.steps import STEP_KINDS
from opslead.text import Lang

HOLD = "10m"
HOLD_SOURCE: Mapping[Lang, str] = {
    "ko": "시작값: 예매·예약 결제의 선점은 보통 8~15분. 결제까지 걸린 시간의 실측으로 바꾼다",
    "en": "starting value: ticket and booking checkouts commonly hold 8 to 15 minutes; replace by the measured time to pay",
}
MINUTES_SOURCE: Mapping[Lang, str] = {
    "ko": "시작값: 손으로 하는 {kind} 한 건. 실제로 재서 바꾼다",
    "en": "starting value for {kind} done by hand; replace by measured handling time",
}


def complete(text: ServiceText) -> ServiceText:
    """The document with defaults for what the lenses cannot do without: the TTL of a hold, the work of a manual step."""
    return text.model_copy(update={"flows": tuple(_flow(flow, text.language) for flow in text.flows)})


def _flow(flow: FlowText, lang: Lang) -> FlowText:
    return flow.model_copy(update={"steps": tuple(_step(step, lang) for step in flow.steps)})


def _step(step: StepText, lang: Lang) -> StepText:
    kind = STEP_KINDS.get(step.kind)
    if kind is None:
        return step  # `resolve` reports it
    update: dict[str, Said] = {}
    if step.kind == "hold" and step.within is None:
        update["within"] = Said(value=HOLD, assumed=HOLD_SOURCE[lang])
    manual = kind.minutes > 0 if step.manual is None else step.manual
    if manual and step.minutes is None and kind.minutes > 0 and step.kind != "step":
        update["minutes"] = Said(value=kind.minutes, assumed=MINUTES_SOURCE[lang].format(kind=kind.label(lang)))
    return step.model_copy(update=update) if update else step
