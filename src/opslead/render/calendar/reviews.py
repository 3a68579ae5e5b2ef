"""When what is looked at again: each policy inside its horizon, each horizon at its end, the starting values after four weeks, all of it each quarter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from opslead.render.said import sentences, watched
from opslead.spec.document import Policy, RolloutItem, Specification
from opslead.spec.labels import HORIZONS
from opslead.text import STARTING, Lang, pick

WEEKS = {"week_1": range(1, 2), "weeks_1_4": range(2, 5), "months_1_3": range(5, 14)}
"""Weeks after the start at whose ends the policies of a horizon are reviewed; three months are 13 weeks."""
QUARTER = 13


@dataclass(frozen=True)
class Review:
    """A whole day. `key` is unique and stays the same from run to run. `quarterly`: comes again every three months."""

    key: str
    day: date
    title: str
    text: str
    quarterly: bool = False


def reviews(spec: Specification, start: date) -> tuple[Review, ...]:
    """In the order of their days."""
    return tuple(sorted(_all(spec, start), key=lambda one: (one.day, one.key)))


def policy_days(items: Sequence[RolloutItem], horizon: str, start: date) -> Iterator[date]:
    """By when each policy of a horizon stands, spread over its weeks in their order."""
    weeks = WEEKS[horizon]
    return (_day(start, weeks[index * len(weeks) // len(items)]) for index in range(len(items)))


def horizon_days(start: date) -> Mapping[str, date]:
    """When each horizon ends."""
    return {key: _day(start, weeks[-1]) for key, weeks in WEEKS.items()}


def _all(spec: Specification, start: date) -> Iterator[Review]:
    lang = spec.language
    policies = {policy.number: policy for policy in spec.policies}
    ends = horizon_days(start)
    for key in WEEKS:
        items: tuple[RolloutItem, ...] = getattr(spec.rollout, key)
        for item, day in zip(items, policy_days(items, key, start), strict=True):
            yield _policy(item.policy, policies.get(item.policy), day, lang)
        if items:
            title = pick(lang, f"도입 점검: {HORIZONS[lang][key]}", f"Rollout review: {HORIZONS[lang][key]}")
            names = (
                f"#{i.policy} {policies[i.policy].name}" if i.policy in policies else f"#{i.policy}" for i in items
            )
            yield Review(f"horizon-{key}", ends[key], title, "\n".join(names))
    if marked := [policy for policy in spec.policies if STARTING in str(policy.model_dump())]:
        title = pick(
            lang,
            f"시작값({STARTING}) 교체: 4주 운영 데이터",
            f"Replace starting values ({STARTING}): four weeks of data",
        )
        yield Review("starting-values", _day(start, 4), title, "\n".join(f"#{p.number} {p.name}" for p in marked))
    title = pick(lang, f"분기 점검: {spec.title}", f"Quarterly review: {spec.title}")
    asked = "\n".join(f"V{number} {q.decision}" for number, q in enumerate(spec.questions, 1))
    yield Review("quarterly", _day(start, QUARTER), title, asked, quarterly=True)


def _policy(number: int, policy: Policy | None, day: date, lang: Lang) -> Review:
    name = f"#{number} {policy.name}" if policy else f"#{number}"
    title = pick(lang, f"정책 점검: {name}", f"Policy review: {name}")
    if policy is None:
        return Review(f"policy-{number}", day, title, "")
    lines = [f"{label}: {text}" for label, text in watched(policy, lang)]
    signs = pick(lang, "실패 시 징후", "Symptoms when it fails")
    return Review(
        f"policy-{policy.id or number}", day, title, "\n".join([*lines, f"{signs}: {sentences(policy.symptoms)}"])
    )


def _day(start: date, weeks: int) -> date:
    """So many weeks later, on Monday where that is a weekend."""
    day = start + timedelta(weeks=weeks)
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day
