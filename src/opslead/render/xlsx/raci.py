"""RACI of every policy and of every step of its runbook: who does it, who answers for it, who is called in, who is told.

Responsible is the step's actor. Accountable is one for a policy, and a person: a role that leads by its name, else who approves in its
runbook, else the last person to act. Consulted is who a deadline calls in, informed who it tells; for the policy as a whole, which has a row of
its own, who its alarms call in or tell, and Risk/Legal where a question of theirs is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from opslead.render.called import calls
from opslead.spec.document import Policy, RunbookStep, Specification
from opslead.text import STARTING, pick

_SYSTEM = re.compile(r"^(?:시스템|자동화|배치|봇|(?:the )?(?:system|batch|bot))$", re.I)
_APPROVES = re.compile(r"(?:승인|결재)(?:한다|하거나|하고|·)|\bapproves?\b|\bsigns? off\b", re.I)
_LEADS = re.compile(
    r"책임자|팀장|점장|매니저|원장|대표|관리자|\b(?:lead|owner|manager|head|director|supervisor)\b", re.I
)
_ARTICLE = re.compile(r"^the (?=\w)", re.I)
LEGAL = "Risk/Legal"


def bare(actor: str) -> str:
    """The role without its article and the mark of a role that nobody is named for yet."""
    role = _ARTICLE.sub("", actor.replace(STARTING, "").strip())
    return role[:1].upper() + role[1:]


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


def unnamed(spec: Specification) -> frozenset[str]:
    """Roles that the description names nobody for."""
    return frozenset(bare(s.actor) for policy in spec.policies for s in policy.runbook if STARTING in s.actor)


def _legal(policy: Policy) -> bool:
    words = " ".join((policy.uncertain.what, *policy.uncertain.questions)) if policy.uncertain else ""
    return bool(re.search(r"Risk/Legal|법무|\blegal\b", words, re.I))


def chart(spec: Specification, roles: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A row a policy, then one a step: policy, number (none for the whole), task, deadline, and a letter for each role that has one; two where
    one role has two."""
    whole = pick(
        spec.language, "기준과 예외를 정하고 경보를 받는다", "settles thresholds and exceptions, answers the alarms"
    )
    for policy in spec.policies:
        owner, name = accountable(policy), f"#{policy.number} {policy.name}"
        named = _named(_alarms(policy), roles) | ({LEGAL: "C"} if _legal(policy) else {})
        yield (name, "", whole, "", *_letters(owner, owner, named, roles))
        for number, step in enumerate(policy.runbook, 1):
            letters = _letters(bare(step.actor), owner, _named((step.deadline,), roles), roles)
            yield (name, str(number), step.action, step.deadline, *letters)


def _letters(actor: str, owner: str, named: Mapping[str, str], roles: tuple[str, ...]) -> Iterator[str]:
    for role in roles:
        own = [letter for letter, who in (("R", actor), ("A", owner)) if role == who]
        yield "/".join(own) or named.get(role, "")


def _alarms(policy: Policy) -> tuple[str, ...]:
    watch = policy.monitoring
    return (*watch.leading, *watch.lagging, watch.start, watch.relax, watch.stop)


def _named(said: Iterable[str], roles: tuple[str, ...]) -> dict[str, str]:
    """C for a role that the sentences call in, I for one that they tell. The system is told nothing."""
    found: dict[str, str] = {}
    for text in said:
        for role in _mentioned(text, roles):
            if calls(text):
                found[role] = "C"
            else:
                found.setdefault(role, "I")
    return found


def _mentioned(text: str, roles: tuple[str, ...]) -> Iterator[str]:
    """Roles that the text names; a longer name takes its place before a shorter one that is a part of it."""
    rest = text.casefold()
    for role in sorted(roles, key=len, reverse=True):
        if role and not _SYSTEM.match(role) and role.casefold() in rest:
            rest = rest.replace(role.casefold(), "\0")
            yield role
