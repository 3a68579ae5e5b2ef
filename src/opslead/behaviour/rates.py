"""How many cases a month meet a story: what the service says of its volumes, and starting values for what nobody has counted yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, TypeAdapter

from opslead.behaviour.attack import Story
from opslead.knowledge.schema import Both
from opslead.model.measure import format_number, format_share
from opslead.model.service import Service
from opslead.model.yamlio import parse_yaml
from opslead.text import STARTING, pick

DAYS = 30


class Rate(BaseModel):
    """A share of cases, and what it is the share of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    share: float
    of: Both


@dataclass(frozen=True)
class Frequency:
    """Cases a month, their sum in words, and the shares that nobody has counted (their names in the service's language)."""

    per_month: float
    shown: str
    assumed: tuple[str, ...]


@cache
def _rates() -> Mapping[str, Rate]:
    text = (resources.files("opslead") / "data" / "behaviour" / "rates.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Rate]).validate_python(parse_yaml(text, "rates.yaml").value)


def frequency(story: Story, service: Service) -> Frequency | None:
    """Cases a month × the share of each rare thing that the story needs; None where the cases are not stated."""
    cases = service.cases_per_day
    if cases is None:
        return None
    lang = service.language
    month, parts, assumed = cases.value * DAYS, [format_number(cases.value), str(DAYS)], []
    for name in _rare(story):
        stated = service.rate(name) or (service.rate("no_show") if name == "mark_no_show" else None)
        rate = _rates()[name]
        share = stated.share.value if stated else rate.share
        month *= share
        parts.append(format_share(share, lang) + ("" if stated else STARTING))
        if not stated:
            assumed.append(rate.of.ko if lang == "ko" else rate.of.en)
    shown = " × ".join(parts) + " = " + pick(lang, f"월 {_small(month)}건", f"{_small(month)} a month")
    return Frequency(month, shown, tuple(assumed))


def _small(value: float) -> str:
    return format_number(value) if value >= 1 else f"{value:.2g}"


def _rare(story: Story) -> Iterator[str]:
    """The rare things among the acts, each once; a second payment by the same customer counts as paying again."""
    seen: set[str] = set()
    paid: set[tuple[int, ...]] = set()
    for act in story.acts:
        name = act.move.partition(":")[0]
        if name == "order_again":  # the first payment was refused: the next one is no second one
            paid.discard(act.cases)
        if name == "pay":
            name = "pay_again" if act.cases in paid else ""
            paid.add(act.cases)
        if name in _rates() and name not in seen:
            seen.add(name)
            yield name
    if story.accident in _rates():  # what happens by nobody doing anything
        yield story.accident
