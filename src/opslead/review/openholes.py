"""Which holes of the engine a document leaves open, judged by the same words whoever wrote it.

A pattern that closes a mechanism carries sets of concepts (`closes`): an accident whose words show all of one set is closed by it. A
policy covers a hole when its own words show all of one set of a pattern that closes the hole's mechanism. What a document of opslead
says of itself (the ids of the findings it closes) is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from opslead.intake.lexicon import find
from opslead.intake.named import concepts_named
from opslead.knowledge.schema import Pattern
from opslead.lenses.hole import Hole
from opslead.model.vocabulary import Vocabulary
from opslead.spec.document import Policy, Specification


@dataclass(frozen=True)
class Coverage:
    """The holes that were judged, and those of them that no policy of the document is about, the gravest first."""

    judged: tuple[Hole, ...]
    open: tuple[Hole, ...]


def coverage(
    specification: Specification,
    holes: Iterable[Hole],
    patterns: Sequence[Pattern],
    packs: Sequence[Vocabulary] = (),
) -> Coverage:
    """Every certain hole above low whose mechanism some pattern closes. `packs`: the words of the service's domain packs."""
    sets = closing_sets(patterns)
    shown = [_concepts(about(policy), tuple(packs)) for policy in specification.policies]
    judged = tuple(
        hole for hole in holes if hole.certain and hole.action_priority != "low" and sets.get(hole.mechanism)
    )
    left = tuple(
        hole for hole in judged if not any(group <= words for words in shown for group in sets[hole.mechanism])
    )
    return Coverage(judged, left)


def closing_sets(patterns: Iterable[Pattern]) -> Mapping[str, tuple[frozenset[str], ...]]:
    """The sets of concepts by the mechanism they close: of the pattern itself, and of the findings it answers."""
    found: dict[str, list[frozenset[str]]] = {}
    for pattern in patterns:
        groups = [frozenset(group) for group in pattern.closes]
        for mechanism in (pattern.id, *pattern.finding):
            found.setdefault(mechanism, []).extend(groups)
    return {mechanism: tuple(dict.fromkeys(groups)) for mechanism, groups in found.items()}


def about(policy: Policy) -> str:
    """What a policy is about: its name, the accident it is to prevent, and when it acts.

    Its steps and alarms are left out: they name so many things that a document for another service would cover half the holes.
    """
    return f"{policy.name}. {policy.intent} {policy.trigger}"


@lru_cache(maxsize=4096)
def _concepts(text: str, packs: tuple[Vocabulary, ...]) -> frozenset[str]:
    named = frozenset(hit.key for section in ("steps", "concepts") for hit in find(text, section))
    return named | concepts_named(text, packs)
