"""Runbook cards: one page a policy, to hang on a wall or to open from an alarm at night, as HTML and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from opslead.render.escape import cell, escape
from opslead.render.html import engine
from opslead.render.html.svg import em
from opslead.render.html.words import words
from opslead.spec.document import Policy, RunbookStep, Specification
from opslead.spec.labels import ENFORCEMENT, HORIZONS, MONITORING
from opslead.text import STARTING, Lang

_MACHINES = frozenset({"시스템", "system", "the system", ""})
BLANK = "____________________"
"""Where a person writes by hand."""
ROOMY = 1600
"""Heights of a letter, as `svg.em` counts: what A4 holds in 9.4 points, in both languages; measured on the cards of the examples."""


@dataclass(frozen=True)
class Person:
    """Somebody who has to act: `steps` are the numbers of theirs."""

    name: str
    steps: tuple[int, ...]


@dataclass(frozen=True)
class Card:
    """What stands on one card. `alarms` and `thresholds` with their labels; `file` without its ending.

    `dense`: it says so much that it is printed smaller, to stay on one page.
    """

    policy: Policy
    file: str
    people: tuple[Person, ...]
    alarms: tuple[str, ...]
    thresholds: tuple[tuple[str, str], ...]
    horizon: str
    dense: bool


def cards(spec: Specification) -> tuple[Card, ...]:
    """One card a policy, in the order of the catalog."""
    lang = spec.language
    width = max(2, *(len(str(policy.number)) for policy in spec.policies)) if spec.policies else 2
    horizons = {item.policy: title for name, title in HORIZONS[lang].items() for item in getattr(spec.rollout, name)}
    return tuple(
        Card(
            policy,
            f"{policy.number:0{width}d}",
            people(policy.runbook),
            policy.monitoring.leading,
            tuple(
                (MONITORING[lang][key], text)
                for key, text in (
                    ("start", policy.monitoring.start),
                    ("relax", policy.monitoring.relax),
                    ("stop", policy.monitoring.stop),
                )
                if text
            ),
            horizons.get(policy.number, ""),
            _dense(policy),
        )
        for policy in spec.policies
    )


def _dense(policy: Policy) -> bool:
    said = [policy.trigger, policy.intent, policy.scope, *policy.exceptions, *policy.symptoms]
    said += [part for step in policy.runbook for part in (step.actor, step.action, step.deadline, step.data)]
    said += [*policy.monitoring.leading, policy.monitoring.start, policy.monitoring.relax, policy.monitoring.stop]
    said += [point.action for point in policy.enforcement_points]
    said += [policy.uncertain.what, *policy.uncertain.questions] if policy.uncertain else []
    return sum(map(em, said)) > ROOMY


def people(runbook: tuple[RunbookStep, ...]) -> tuple[Person, ...]:
    """People in the order in which they are first needed; the system needs no telephone."""
    names = dict.fromkeys(step.actor for step in runbook if step.actor.rstrip(STARTING).lower() not in _MACHINES)
    return tuple(
        Person(name, tuple(number for number, step in enumerate(runbook, 1) if step.actor == name)) for name in names
    )


def files(spec: Specification) -> Mapping[str, bytes]:
    """`cards/NN.html`, `cards/NN.md` and a list of them in `cards/index.html`."""
    made: dict[str, bytes] = {}
    every = cards(spec)
    shared: Mapping[str, object] = {
        "spec": spec,
        "lang": spec.language,
        "w": words(spec.language),
        "places": ENFORCEMENT[spec.language],
    }
    for card in every:
        made[f"cards/{card.file}.html"] = engine.page("card.html.j2", "card.css", "", {**shared, "card": card})
        made[f"cards/{card.file}.md"] = markdown(card, spec.language).encode("utf-8", "replace")
    made["cards/index.html"] = engine.page("cards.html.j2", "card.css", "", {**shared, "cards": every})
    return made


def markdown(card: Card, lang: Lang) -> str:
    """The same card for a wiki or an alarm's link; ends in a newline."""
    return "\n".join(_lines(card, lang)) + "\n"


def _lines(card: Card, lang: Lang) -> Iterator[str]:
    w, policy = words(lang), card.policy
    yield f"# #{policy.number} {escape(policy.name)}"
    yield from _part(w.trigger, [escape(policy.trigger)])
    yield from _part(w.steps, [f"{n}. [ ] {_step(step)}" for n, step in enumerate(policy.runbook, 1)])
    yield from _part(
        w.decides,
        [f"| {w.who} | {w.steps} | {w.contact} |", "| --- | --- | --- |", *(_reach(person) for person in card.people)]
        if card.people
        else [f"{w.contact}: {BLANK}"],
    )
    yield from _part(w.exceptions, [f"- {escape(text)}" for text in policy.exceptions])
    yield from _part(
        w.thresholds,
        [
            *(f"- {escape(text)}" for text in card.alarms),
            *(f"- {label}: {escape(text)}" for label, text in card.thresholds),
        ],
    )
    yield from _part(w.symptoms, [f"- {escape(text)}" for text in policy.symptoms])
    yield from _part(w.prevents, [escape(policy.intent)])
    yield from _part(w.applies, [escape(policy.scope)])
    if policy.uncertain:
        asked = [f"- {escape(text)}" for text in policy.uncertain.questions]
        yield from _part(w.unclear, [escape(policy.uncertain.what), "", *asked])
    if STARTING in policy.model_dump_json():
        yield ""
        yield escape(w.starting)


def _part(title: str, lines: list[str]) -> Iterator[str]:
    if any(lines):
        yield ""
        yield f"## {title}"
        yield ""
        yield from lines


def _step(step: RunbookStep) -> str:
    who = f"**{escape(step.actor)}** " if step.actor else ""
    detail = " · ".join(escape(part) for part in (step.deadline, step.data) if part)
    return f"{who}{escape(step.action)}" + (f" ({detail})" if detail else "")


def _reach(person: Person) -> str:
    return f"| {cell(person.name)} | {', '.join(str(number) for number in person.steps)} | {BLANK} |"
