"""A rollout item as a piece of work: what a tracker is told of a policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import repeat

from opslead.render.calendar.reviews import horizon_days, policy_days
from opslead.render.escape import escape
from opslead.render.said import grade_words, step_words, watched
from opslead.spec.document import Level, Policy, RolloutItem, Specification
from opslead.spec.labels import AXES, ENFORCEMENT, FIELDS, HORIZONS, LEVELS
from opslead.text import Lang, pick


@dataclass(frozen=True)
class Work:
    """`number` counts from 1 through the file. `parent`: the number of its horizon, 0 for a horizon itself. `description` is Markdown.
    `due`: the day of its review, where the rollout has a start."""

    number: int
    summary: str
    description: str
    urgency: Level
    labels: tuple[str, ...]
    horizon: str
    parent: int
    due: date | None


def works(spec: Specification, start: date | None = None) -> tuple[Work, ...]:
    """The horizons that hold something, then every rollout item; parents come first, as importers want them."""
    lang = spec.language
    horizons = [(key, title) for key, title in HORIZONS[lang].items() if getattr(spec.rollout, key)]
    parents = {key: number for number, (key, _) in enumerate(horizons, 1)}
    policies = {policy.number: policy for policy in spec.policies}
    ends = horizon_days(start) if start else {}
    heads = [
        Work(parents[key], f"{spec.title}: {title}", escape(spec.title), "", ("opslead",), title, 0, ends.get(key))
        for key, title in horizons
    ]
    items = [(item, key, day) for key, _ in horizons for item, day in _dated(getattr(spec.rollout, key), key, start)]
    return (
        *heads,
        *(
            _work(number, item, policies.get(item.policy), HORIZONS[lang][key], parents[key], day, lang)
            for number, (item, key, day) in enumerate(items, len(heads) + 1)
        ),
    )


def _dated(
    items: tuple[RolloutItem, ...], horizon: str, start: date | None
) -> Iterator[tuple[RolloutItem, date | None]]:
    days: Iterator[date | None] = policy_days(items, horizon, start) if start else repeat(None)
    return zip(items, days, strict=False)


def _work(
    number: int, item: RolloutItem, policy: Policy | None, horizon: str, parent: int, due: date | None, lang: Lang
) -> Work:
    urgency: Level = item.ratings.action_priority if item.ratings else item.impact
    surfaces = tuple(f"surface-{n}" for n in policy.surfaces) if policy else ()
    return Work(
        number=number,
        summary=f"#{item.policy} {policy.name}" if policy else f"#{item.policy}",
        description="\n".join(_description(item, policy, lang)),
        urgency=urgency,
        labels=("opslead", *surfaces),
        horizon=horizon,
        parent=parent,
        due=due,
    )


def _description(item: RolloutItem, policy: Policy | None, lang: Lang) -> Iterator[str]:
    names = FIELDS[lang]
    if policy:
        yield f"**{names['intent']}**: {escape(policy.intent)}"
        yield ""
        yield f"**{names['scope']}**: {escape(policy.scope)}"
        yield ""
        yield f"**{names['trigger']}**: {escape(policy.trigger)}"
        for title, rows in (
            (
                names["enforcement_points"],
                [f"{ENFORCEMENT[lang].get(p.kind, p.kind)} — {p.action}" for p in policy.enforcement_points],
            ),
            (names["runbook"], [step_words(step, lang) for step in policy.runbook]),
            (names["monitoring"], [f"{label}: {text}" for label, text in watched(policy, lang)]),
        ):
            numbered = title == names["runbook"]
            yield from ("", f"**{title}**", "")
            yield from (f"{f'{n}.' if numbered else '-'} {escape(row)}" for n, row in enumerate(rows, 1))
        yield from ("", f"{pick(lang, '정책', 'Policy')}: `{escape(policy.id)}`")
    grades = zip(AXES[lang], (item.impact, item.likelihood, item.detectability), strict=True)
    said = ", ".join(f"{axis} {LEVELS[lang][level]}" for axis, level in grades if level)
    yield from ("", escape("; ".join(part for part in (said, *grade_words(item, lang), *item.reasons) if part)))
