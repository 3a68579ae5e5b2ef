"""RACI of every runbook step: who does it, who answers for it, who is called in, who is told.

Responsible is the step's actor. Accountable is one for a policy, and a person: a role that leads by its name, else who approves in its
runbook, else the last person to act. Consulted is who an alarm or a deadline calls in, and Risk/Legal where a question of theirs is open;
informed is who an alarm tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.spec.document import Policy, RunbookStep, Specification
from opslead.text import STARTING

_SYSTEM = re.compile(r"^(?:시스템|자동화|배치|봇|(?:the )?(?:system|batch|bot))$", re.I)
_APPROVES = re.compile(r"(?:승인|결재)(?:한다|하거나|하고|·)|\bapproves?\b|\bsigns? off\b", re.I)
_LEADS = re.compile(
    r"책임자|팀장|점장|매니저|원장|대표|관리자|\b(?:lead|owner|manager|head|director|supervisor)\b", re.I
)
_CALLED = re.compile(r"호출|부른|불러|부르|\bcalls?\b|\bpag(?:e|es|ed)\b|\bcalled\b", re.I)
LEGAL = "Risk/Legal"


def bare(actor: str) -> str:
    """The role without the mark of a role that nobody is named for yet."""
    return actor.replace(STARTING, "").strip()


def _people(policy: Policy) -> list[RunbookStep]:
    return [step for step in policy.runbook if step.actor and not _SYSTEM.match(bare(step.actor))]


def accountable(policy: Policy) -> str:
    """The role that answers for the policy; empty where no person acts in it."""
    people = _people(policy)
    approving = [step.actor for step in people if _APPROVES.search(step.action)]
    leading = [step.actor for step in people if _LEADS.search(step.actor)]
    return bare(next(iter([*leading, *approving, *(step.actor for step in reversed(people))]), ""))


def actors(spec: Specification) -> tuple[str, ...]:
    """All roles in the order of their first step; Risk/Legal last where a policy waits for it."""
    roles = dict.fromkeys(bare(step.actor) for policy in spec.policies for step in policy.runbook if step.actor)
    return (*roles, *((LEGAL,) if any(_legal(policy) for policy in spec.policies) and LEGAL not in roles else ()))


def _legal(policy: Policy) -> bool:
    words = " ".join((policy.uncertain.what, *policy.uncertain.questions)) if policy.uncertain else ""
    return bool(re.search(r"Risk/Legal|법무|\blegal\b", words, re.I))


def chart(spec: Specification, roles: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A row a step: policy, number, task, deadline, and a letter for each role that has one; two where one role has two."""
    for policy in spec.policies:
        owner = accountable(policy)
        named = _named(policy, roles)
        for number, step in enumerate(policy.runbook, 1):
            letters = tuple(_letters(role, step, owner, named) for role in roles)
            yield (f"#{policy.number} {policy.name}", str(number), step.action, step.deadline, *letters)


def _letters(role: str, step: RunbookStep, owner: str, named: dict[str, str]) -> str:
    own = [letter for letter, holds in (("R", role == bare(step.actor)), ("A", role == owner)) if holds]
    return "/".join(own) or named.get(role, "")


def _named(policy: Policy, roles: tuple[str, ...]) -> dict[str, str]:
    """C for a role that alarms or deadlines call in, I for one that they tell. The system is told nothing."""
    watch = policy.monitoring
    said = [
        *watch.leading,
        *watch.lagging,
        watch.start,
        watch.relax,
        watch.stop,
        *(step.deadline for step in policy.runbook),
    ]
    found: dict[str, str] = {}
    for text in said:
        for role in _mentioned(text, roles):
            if _CALLED.search(text):
                found[role] = "C"
            else:
                found.setdefault(role, "I")
    if _legal(policy):
        found[LEGAL] = "C"
    return found


def _mentioned(text: str, roles: tuple[str, ...]) -> Iterator[str]:
    """Roles that the text names; a longer name takes its place before a shorter one that is a part of it."""
    rest = text
    for role in sorted(roles, key=len, reverse=True):
        if role and not _SYSTEM.match(role) and role in rest:
            rest = rest.replace(role, "\0")
            yield role
