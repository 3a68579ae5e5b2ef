"""A story in the service's own words, with the particles of its language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter

from opslead.behaviour.attack import Story
from opslead.behaviour.scope import Scope
from opslead.knowledge.roles import base_name, role_slots
from opslead.knowledge.schema import Both
from opslead.knowledge.slots import case_word, words_of
from opslead.model.service import Actor, Resource, Service
from opslead.model.steps import Role
from opslead.model.yamlio import parse_yaml
from opslead.text import Lang, fill, noun_phrase, pick, singular

NAMES = "ABCD"
T = TypeVar("T")


class _Choice(BaseModel):
    """An open choice: the question, the data it takes, and each handling as a story supposes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ask: Both
    data: Both
    taken: Mapping[str, Both]


class _Texts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    losses: Mapping[str, Both]
    faults: Mapping[str, Both]
    choices: Mapping[str, _Choice]


@cache
def _moves() -> Mapping[str, Both]:
    return TypeAdapter(dict[str, Both]).validate_python(load("moves.yaml"))


@cache
def _texts() -> _Texts:
    return _Texts.model_validate(load("losses.yaml"))


def accident_names() -> frozenset[str]:
    """The accidents that the search can look for, whatever the service."""
    return frozenset(name.partition("@")[0] for name in _texts().losses)


def load(name: str) -> object:
    """A file of `data/behaviour` as plain values."""
    text = (resources.files("opslead") / "data" / "behaviour" / name).read_text(encoding="utf-8")
    return parse_yaml(text, name).value


def tell(story: Story, scope: Scope, service: Service) -> tuple[str, ...]:
    """The story, a sentence an act, the loss last."""
    return tuple(_sentences(story, scope, service))


def _sentences(story: Story, scope: Scope, service: Service) -> Iterator[str]:
    lang = service.language
    slots = words(scope, service)
    at = 0
    while at < len(story.acts):
        act = story.acts[at]
        together = next((run for run in _RUNS if _runs(story, at, run)), (act.move,))
        named = {letter: NAMES[case] for letter, case in zip("ab", act.cases, strict=False)}
        name = "+".join(together) if len(together) > 1 else move_name(story, at)
        yield fill(_in(_as_said(_moves(), name, scope), lang), {**slots, **named})
        at += len(together)
    yield ending(story, scope, service)


_RUNS = (
    ("claim", "pay", "approve", "deliver", "notify"),
    ("claim", "pay", "approve", "deliver"),
    ("claim", "pay", "approve"),
    ("ask", "pay", "approve", "deliver", "notify"),
    ("ask", "pay", "approve", "deliver"),
    ("ask", "pay", "approve"),
    ("pay", "approve", "deliver", "notify"),
    ("pay", "approve", "deliver"),
    ("arrive", "check_in"),
)
"""Acts of one customer that are told in one sentence when nothing comes between."""


def _runs(story: Story, at: int, run: tuple[str, ...]) -> bool:
    acts = story.acts[at : at + len(run)]
    names = tuple(move_name(story, at + i) for i in range(len(acts)))
    return names == run and len({act.cases for act in acts}) == 1


def _as_said(texts: Mapping[str, T], name: str, scope: Scope) -> T:
    """The text of that name as it is said in this kind of flow."""
    return next((texts[f"{name}@{tag}"] for tag in scope.tags if f"{name}@{tag}" in texts), texts[name])


def move_name(story: Story, index: int) -> str:
    """The act's move; a second payment by the same customer is paying again."""
    act = story.acts[index]
    before = [e.move for e in story.acts[:index] if e.cases == act.cases and e.move in ("pay", "order_again")]
    if act.move == "pay" and before and before[-1] == "pay":
        return "pay_again"
    return act.move


def act_words(move: str, cases: tuple[int, ...], scope: Scope, service: Service) -> str:
    """One act as a sentence."""
    named = {letter: NAMES[case] for letter, case in zip("ab", cases, strict=False)}
    return fill(_in(_as_said(_moves(), move, scope), service.language), {**words(scope, service), **named})


def ending(story: Story, scope: Scope, service: Service, who: str = "") -> str:
    """The loss itself, in one sentence; `who` in the place of the customer whose loss it is."""
    return fill(
        _in(_as_said(_texts().losses, story.accident, scope), service.language),
        {**words(scope, service), "a": who or NAMES[story.case]},
    )


def because(story: Story, lang: Lang, scope: Scope | None = None) -> str:
    """What it takes: the handlings of open choices and the faults, each as a supposition."""
    known = _texts().choices
    parts = [
        _in((_as_said(known, name, scope) if scope else known[name]).taken[option], lang)
        for name, option in story.choices
    ]
    parts += [_in(_texts().faults[act.move], lang) for act in story.acts if act.move in _texts().faults]
    nothing = pick(lang, "고장도 실수도 없이", "with nothing broken and nobody at fault")
    return pick(lang, ", ", " and ").join(dict.fromkeys(parts)) or nothing


def question(choice: str, lang: Lang, scope: Scope | None = None) -> tuple[str, str]:
    """An open choice as a question: the decision and the data it takes."""
    known = _as_said(_texts().choices, choice, scope) if scope else _texts().choices[choice]
    return _in(known.ask, lang), _in(known.data, lang)


def _first_unit(scope: Scope, service: Service) -> Resource | None:
    """What is given out where the flow does not say: where it is held or used on the spot the first thing with a stated capacity, else
    the first named."""
    used = any(step.kind in ("hold", "check_in", "start") for step in scope.flow.steps)
    sized = (r for r in service.resources if used and r.capacity is not None)
    return next(sized, None) or next(iter(service.resources), None)


def words(scope: Scope, service: Service) -> dict[str, str]:
    """The flow's own words for what a story speaks of; what it has no word for is left out."""
    lang = service.language
    roles = role_slots(service)
    claim, pay, extras = scope.claim, scope.pay, scope.extras
    unit = (claim and claim.resource) or scope.flow.resource or _first_unit(scope, service)
    found = {
        "case": case_word(service),
        "unit": singular(unit.name, lang) if unit else _unnamed(scope, lang),
        "claim": claim.title(lang) if claim else pick(lang, "선점", "hold"),
        "ttl": _ttl(scope, lang),
        "pay": noun_phrase(pay.name, lang) if pay else "",
        "partner": _taker(scope, service),
        "staff": roles["support"],
        "front": roles["frontline"],
        "decider": _the(scope.confirm.actor, lang) if scope.confirm and scope.confirm.actor else roles["frontline"],
        "marker": _the(extras.ended.actor, lang) if extras.ended and extras.ended.actor else "",
        "bank": _the(extras.dispute.by, lang)
        if extras.dispute and extras.dispute.by
        else pick(lang, "카드사", "the card issuer"),
        "penalty": words_of(extras.penalty.amount, lang) if extras.penalty else "",
        "who": _who(service),
    }
    named = {
        "confirm": scope.confirm, "arrive": scope.arrive, "capture": extras.capture, "begun": extras.begun, "ended": extras.ended,
        "earned": extras.earned, "spent": extras.spent, "payout": extras.payout, "renew": extras.renew, "offer": extras.offer,
    }  # fmt: skip
    found |= {slot: step.title(lang) for slot, step in named.items() if step is not None}
    ways = {"dispute": extras.dispute, "erase": extras.erase, "extend": extras.extend}
    found |= {slot: noun_phrase(way.name, lang) for slot, way in ways.items() if way is not None}
    return {key: value for key, value in found.items() if value}


def _ttl(scope: Scope, lang: Lang) -> str:
    """How long a claim lasts: what is stated of it or of its payment, else the usual."""
    known = [s.within for s in (scope.claim, scope.pay) if s is not None and s.within is not None]
    return words_of(next((within for within in known if not within.assumed), known[0] if known else None), lang)


def _unnamed(scope: Scope, lang: Lang) -> str:
    """What is taken where the description has no name for it."""
    if scope.claim is None and scope.arrive is None:
        return pick(lang, "물건", "goods")
    return pick(lang, "자리", "place")


def _taker(scope: Scope, service: Service) -> str:
    """Who takes the money and says so."""
    pay = scope.pay
    if pay is not None and pay.partner is not None:
        return _the_name(pay.partner.name, service.language)
    bank = pay is not None and pay.kind == "pay_in"
    known = next((p.name for p in service.partners if p.kind == ("bank" if bank else "payment")), "")
    usual = (
        pick(service.language, "은행", "the bank") if bank else pick(service.language, "결제사", "the payment company")
    )
    return (known and _the_name(known, service.language)) or usual


def _the(actor: Actor, lang: Lang) -> str:
    """The actor as one person of the kind, with an article where the language has one."""
    return _the_name(base_name(actor.name), lang)


def _the_name(name: str, lang: Lang) -> str:
    return (
        name
        if lang == "ko" or name[:1].isupper() or name.startswith(("the ", "a ", "an "))
        else f"the {singular(name, lang)}"
    )


def _who(service: Service) -> str:
    """What the description calls its customers, where it calls them by one short name."""
    usual = pick(service.language, "손님", "customer")
    names = [base_name(a.name) for a in service.actors if a.role is Role.CUSTOMER]
    if len(names) != 1 or " " in names[0] or len(names[0]) > 12:
        return usual
    return singular(names[0], service.language) if service.language == "ko" else singular(names[0].lower(), "en")


def _in(both: Both, lang: Lang) -> str:
    return both.ko if lang == "ko" else both.en
