"""Whether the chosen policies are this service's and no two are alike.

    python benchmarks/policies.py SERVICE.md … [--search]

For each description: how many policies; how many come from a domain pack; the largest overlap of two of them (share of the smaller
one's runs of three words that stand in the other too); surfaces with a hole above low and without a policy; and the share of policies
whose trigger, scope and runbook each hold a name of this service (of a person, thing, step, partner or channel, generic words for
customer and system not counted) or one of its numbers.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from opslead.intake.page.readers import read_source
from opslead.knowledge.catalog import load_catalog
from opslead.knowledge.slots import service_slots
from opslead.model.service import Service
from opslead.pipeline import Design, Options, Sources, design
from opslead.spec.document import Policy

_GENERIC = frozenset({"고객", "시스템", "customer", "customers", "system", "user", "users", "사용자", "이용자"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("services", nargs="+")
    parser.add_argument("--search", action="store_true")
    arguments = parser.parse_args()
    packs = load_catalog()
    print("service\tpolicies\tof packs\tlargest overlap\tuncovered surfaces\town names and numbers")
    for path in arguments.services:
        made = design(Sources([read_source(path)]), Options(search=arguments.search))
        chosen = made.specification.policies
        overlap, pair = max(overlaps(chosen))
        own = sum(speaks_of(policy, made.service) for policy in chosen)
        from_packs = sum(packs.pack_of(policy.id) is not None for policy in chosen)
        print(
            f"{path}\t{len(chosen)}\t{from_packs}\t{overlap:.0%} {pair}\t{uncovered(made) or '-'}\t{own / len(chosen):.0%}"
        )


def uncovered(made: Design) -> str:
    """The surfaces that have a certain hole above low as its first one, and no policy."""
    covered = {surface for policy in made.specification.policies for surface in policy.surfaces}
    open_ = {s for hole in made.holes if hole.certain and hole.action_priority != "low" for s in hole.surfaces[:1]}
    return ", ".join(map(str, sorted(open_ - covered)))


def overlaps(policies: Iterable[Policy]) -> Iterator[tuple[float, str]]:
    """For every two policies the share of the smaller one's runs of three words that the other has."""
    runs = {policy.id: _runs(" ".join(_texts(policy))) for policy in policies}
    for one, other in combinations(sorted(runs), 2):
        yield len(runs[one] & runs[other]) / min(len(runs[one]), len(runs[other])), f"{one}, {other}"


def _texts(policy: Policy) -> tuple[str, ...]:
    runbook = " ".join(f"{s.actor} {s.action} {s.deadline} {s.data}" for s in policy.runbook)
    return (policy.trigger, policy.scope, runbook, policy.intent, *policy.monitoring.leading, *policy.exceptions)


def _runs(text: str) -> set[tuple[str, str, str]]:
    said = re.findall(r"[가-힣]{2,}|[A-Za-z]{3,}", text)
    return set(zip(said, said[1:], said[2:], strict=False))


def speaks_of(policy: Policy, service: Service) -> bool:
    """Whether trigger, scope and runbook each hold a name or number of the service."""
    names = _names(service)
    return all(any(name in text.casefold() for name in names) for text in _texts(policy)[:3])


def _names(service: Service) -> frozenset[str]:
    """The service's own names, and its numbers as texts print them."""
    entities = [
        *(actor.name for actor in service.actors),
        *(thing.name for thing in service.resources),
        *(partner.name for partner in service.partners),
        *(channel.name for channel in service.channels),
        *(step.title(service.language) for step in service.steps()),
        *(mention.source.text for mention in service.mentions),
        *(rule.subject for rule in service.money),
        *(clock.subject for clock in service.clocks),
    ]
    slots = service_slots(service)
    numbers = [value for value in slots.values() if any(char.isdigit() for char in value) and "†" not in value]
    return frozenset(word.casefold().strip() for word in (*entities, *numbers) if len(word.strip()) > 1) - _GENERIC


if __name__ == "__main__":
    main()
