"""Part 2: each policy with every field, the runbook as numbered steps between what it is and how it is watched."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.render.outline.blocks import Block, Field, Fields, Heading, Item, Items, Paragraph
from opslead.render.said import (
    author_words,
    closing_words,
    proof_words,
    step_detail,
    used_numbers,
    watched,
)
from opslead.spec.document import Policy, Specification
from opslead.spec.labels import ENFORCEMENT, FIELDS, LEGEND, SURFACES
from opslead.text import pick


def policies(spec: Specification) -> Iterator[Block]:
    """Nothing for a document without policies."""
    if not spec.policies:
        return
    yield Paragraph(LEGEND[spec.language], note=True)
    if spec.rules:
        yield Items(tuple(Item(rule) for rule in spec.rules))
    for policy in spec.policies:
        yield from _policy(policy, spec)


def _policy(policy: Policy, spec: Specification) -> Iterator[Block]:
    lang = spec.language
    names = FIELDS[lang]
    yield Heading(2, f"[Policy #{policy.number}] {names['name']}: {policy.name}", f"policy-{policy.number}")
    tags = ", ".join(f"[{n}] {SURFACES[lang].get(n, '')}".rstrip() for n in policy.surfaces)
    points = tuple(f"{ENFORCEMENT[lang].get(p.kind, p.kind)} — {p.action}" for p in policy.enforcement_points)
    yield Fields(
        (
            Field(names["surfaces"], (tags,)),
            Field(names["intent"], (policy.intent,)),
            Field(names["scope"], (policy.scope,)),
            Field(names["trigger"], (policy.trigger,)),
            Field(names["signals"], policy.signals, bullets=True),
            Field(names["enforcement_points"], points, bullets=True),
        )
    )
    yield Heading(3, names["runbook"], f"policy-{policy.number}-runbook")
    steps = tuple(Item(step.action, lead=step.actor, detail=step_detail(step, lang)) for step in policy.runbook)
    yield Items(steps, numbered=True)
    yield Fields((*_watching(policy, spec), *_basis(policy, spec)))


def _watching(policy: Policy, spec: Specification) -> Iterator[Field]:
    lang = spec.language
    names = FIELDS[lang]
    alarms = tuple(watched(policy, lang))
    yield Field(names["exceptions"], policy.exceptions, bullets=True)
    yield Field(names["monitoring"], tuple(text for _, text in alarms), labels=tuple(label for label, _ in alarms))
    yield Field(names["symptoms"], policy.symptoms, bullets=True)
    if policy.uncertain:
        asked = tuple(f"({n}) {question}" for n, question in enumerate(policy.uncertain.questions, 1))
        yield Field(names["uncertain"], (policy.uncertain.what, *asked))


def _basis(policy: Policy, spec: Specification) -> Iterator[Field]:
    """What it closes and on what it rests; only what there is."""
    lang = spec.language
    if policy.closes:
        yield Field(pick(lang, "닫는 구멍", "Closes"), (", ".join(policy.closes), *closing_words(policy, spec)))
    if used := used_numbers(policy, spec):
        yield Field(pick(lang, "계산 근거", "Computed"), used)
    if proof := proof_words(policy, lang):
        yield Field(pick(lang, "증거", "Evidence"), (proof,))
    if author := author_words(policy, spec):
        yield Field(pick(lang, "작성", "Written by"), (author,))
    for value in policy.starting_values:
        why = pick(lang, f"{value.why} 바꿀 데이터: {value.data}", f"{value.why} Replaced by: {value.data}")
        yield Field(pick(lang, "시작값", "Starting value"), (f"{value.text}: {why}",))
