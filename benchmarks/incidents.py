"""For how many real incidents the preventing policy is among those opslead chooses.

    python benchmarks/incidents.py incidents.yaml [--misses] [--policies 24]

Each incident gives only `service_type` and `service_context` to opslead. What happened, the hole and the preventing
policies serve the judging alone. A chosen policy prevents the incident when all three hold:

- surface: it stands on one of the incident's surfaces;
- guardrail: it builds in a kind of guardrail that acts against the incident's mechanism (the table below);
- subject: the words of the hole and of the preventing policies show every concept of one of the policy's `closes` sets.

Surface and guardrail alone are met easily, so they decide nothing without the subject. An incident whose hole and
preventing policies name too few concepts to judge (fewer than three) counts as "cannot tell", not as a hit. The judge
reads concepts, not sense: a hit says that a policy about the right matter with the right kind of control is there, not
that it would have been followed; a miss can hide a policy that says it in other words. The control says how many hits the
judge would give away: it judges each incident by the policies chosen for five other services.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from opslead.errors import InputErrors
from opslead.intake.lexicon import find
from opslead.intake.named import concepts_named
from opslead.intake.page.readers import Source
from opslead.knowledge.catalog import load_catalog
from opslead.knowledge.schema import Pattern
from opslead.model.guardrails import GuardrailKind as G
from opslead.model.vocabulary import Vocabulary
from opslead.pipeline import Options, Sources, design

AGAINST: dict[str, frozenset[G]] = {
    "concurrency_race": frozenset({G.EXCLUSIVE, G.IDEMPOTENT, G.SETTLE_LATE, G.FENCE}),
    "duplicate": frozenset({G.IDEMPOTENT, G.EXCLUSIVE, G.RECONCILE, G.BIND_IDENTITY, G.FENCE}),
    "out_of_order": frozenset({G.IDEMPOTENT, G.FENCE, G.SETTLE_LATE, G.RECONCILE}),
    "delay": frozenset(
        {G.SETTLE_LATE, G.EXPIRE, G.DEFAULT_ACTION, G.ESCALATE, G.MONITOR, G.FENCE, G.INFORM, G.FALLBACK}
    ),
    "partial_failure": frozenset({G.RECONCILE, G.SETTLE_LATE, G.COMPENSATE, G.IDEMPOTENT, G.FENCE, G.SWITCH}),
    "handoff_miss": frozenset({G.ACKNOWLEDGE, G.COUNT, G.ESCALATE, G.BIND_IDENTITY, G.RECONCILE, G.DEFAULT_ACTION}),
    "human_input_error": frozenset(
        {G.TWO_PERSON, G.LIMIT, G.FENCE, G.RELEASE_CONTROL, G.BIND_IDENTITY, G.EXCLUSIVE, G.COUNT}
    ),
    "unit_or_config_error": frozenset(
        {G.RELEASE_CONTROL, G.TWO_PERSON, G.LIMIT, G.COUNT, G.RECONCILE, G.SWITCH, G.FENCE}
    ),
    "limit_missing": frozenset({G.LIMIT, G.SWITCH, G.TWO_PERSON, G.FENCE, G.MONITOR, G.THROTTLE}),
    "surge": frozenset({G.THROTTLE, G.BUFFER, G.SWITCH, G.EXPIRE, G.LIMIT, G.GRADUAL, G.INFORM}),
    "offline": frozenset({G.OFFLINE_LEDGER, G.FALLBACK, G.SWITCH, G.IDEMPOTENT, G.RECONCILE}),
    "privilege_abuse": frozenset({G.TWO_PERSON, G.AUDIT_LOG, G.LIMIT, G.RECONCILE, G.FENCE, G.MASK, G.COUNT}),
    "physical_mismatch": frozenset({G.COUNT, G.BIND_IDENTITY, G.EVIDENCE, G.RECONCILE, G.FENCE}),
    "night_weekend_gap": frozenset({G.ESCALATE, G.DEFAULT_ACTION, G.MONITOR, G.SWITCH, G.FALLBACK, G.BUFFER}),
    "kpi_gaming": frozenset({G.LIMIT, G.AUDIT_LOG, G.EVIDENCE, G.MONITOR, G.RECONCILE, G.FENCE}),
    "other": frozenset(G),
}


@dataclass(frozen=True)
class Incident:
    """One record of the benchmark."""

    id: str
    description: str
    mechanism: str
    surfaces: frozenset[int]
    told: str


def read(path: Path) -> list[Incident]:
    records = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [
        Incident(
            r["id"],
            f"# {r['service_type']}\n\n{r['service_context']}\n",
            r["mechanism"],
            frozenset(r["surfaces"]),
            " ".join([r["hole"], *r["preventing_policies"]]),
        )
        for r in records
    ]


def judge(incident: Incident, chosen: list[Pattern], packs: Sequence[Vocabulary] = ()) -> tuple[str, str]:
    """`hit`, `near` (right subject, wrong guardrail or surface), `miss` or `cannot tell`, and the policy it rests on."""
    concepts = {hit.key for section in ("steps", "concepts") for hit in find(incident.told, section)}
    concepts |= concepts_named(incident.told, packs)
    if len(concepts) < 3:
        return "cannot tell", ""
    near = ""
    for pattern in chosen:
        if not any(set(group) <= concepts for group in pattern.closes):
            continue
        guarded = bool({guardrail.kind for guardrail in pattern.guardrails} & AGAINST[incident.mechanism])
        if guarded and set(pattern.surfaces) & incident.surfaces:
            return "hit", pattern.id
        near = near or pattern.id
    return ("near", near) if near else ("miss", ", ".join(sorted(concepts)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("incidents", type=Path)
    parser.add_argument("--policies", type=int, default=24)
    parser.add_argument("--misses", action="store_true", help="say what was missed")
    arguments = parser.parse_args()
    if not arguments.incidents.is_file():
        sys.exit(f"{arguments.incidents}: there is no such file; name the incidents as the first argument")
    whole = load_catalog()
    catalog, packs = {pattern.id: pattern for pattern in whole.everything()}, whole.vocabularies
    incidents = read(arguments.incidents)
    chosen = [choose(incident, catalog, arguments.policies) for incident in incidents]
    verdicts: Counter[str] = Counter()
    by_chance = 0
    for number, incident in enumerate(incidents):
        verdict, why = judge(incident, chosen[number], packs)
        verdicts[verdict] += 1
        others = [chosen[(number + step) % len(incidents)] for step in (1, 2, 3, 5, 7)]
        by_chance += sum(judge(incident, policies, packs)[0] == "hit" for policies in others)
        if verdict != "hit" and arguments.misses:
            print(f"{verdict:14} {incident.id} ({incident.mechanism}): {why}")
    print(
        f"{verdicts['hit']} of {len(incidents)} incidents have the preventing policy among the top {arguments.policies}"
    )
    print("  " + ", ".join(f"{name} {count}" for name, count in sorted(verdicts.items())))
    print(f"  control: {by_chance / 5:.1f} would be hits with the policies chosen for another incident's service")


def choose(incident: Incident, catalog: dict[str, Pattern], wanted: int) -> list[Pattern]:
    """The patterns of the `wanted` policies that stand first; none when it is not understood as a service."""
    digest = hashlib.sha256(incident.description.encode()).hexdigest()
    try:
        made = design(Sources([Source(f"{incident.id}.md", incident.description, digest)]), Options(policies=wanted))
    except InputErrors as error:
        print(f"not understood {incident.id}: {str(error).splitlines()[0]}")
        return []
    return [catalog[policy.id] for policy in made.specification.policies[:wanted]]


if __name__ == "__main__":
    main()
