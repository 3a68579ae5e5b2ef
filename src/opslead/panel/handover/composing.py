"""The document with the taken policies: numbered, its references set, searched and held to the contract as any other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from opslead.contract import lint
from opslead.contract.rule import Finding
from opslead.lenses.hole import Question
from opslead.panel.brief import places
from opslead.panel.claims import figures
from opslead.panel.claims.judge import Known
from opslead.panel.handover.placing import TOUCHES, nearness
from opslead.panel.handover.references import renumber
from opslead.panel.handover.replies import Replies
from opslead.panel.handover.settling import Basis, Kept, Settled, settle
from opslead.panel.handover.wording import daggered, renumbered, sourced
from opslead.policy.compose import Draft, chosen, compose, searched
from opslead.policy.rank import Choice
from opslead.policy.synthesise import Candidate, Synthesis
from opslead.policy.verify import needed
from opslead.spec.document import PanelRun, Refusal, Specification
from opslead.text import pick


@dataclass(frozen=True)
class Adopted:
    """The document, what went into it, and what did not."""

    specification: Specification
    settled: Settled
    numbers: Mapping[int, int]
    """The document's number of each policy of the replies that it has, by the reply's own."""


def adopt(basis: Basis, replies: Replies) -> Adopted:
    """Every policy of the replies taken that stands, the rest of the document as the engine writes it.

    What the contract has against the document as a whole (twins, references) turns out the policies that bring it; each turn has one
    policy less, so it ends.
    """
    ground = basis.ground
    candidates = basis.synthesis.candidates
    least = needed(ground.service, candidates, ground.bounds, ground.stop) if ground.search else frozenset[str]()
    quick = replace(
        ground, search=False
    )  # taken texts keep what the engine's decide, so what the search needs stays the same
    beside = {c.candidate.id: c.candidate.policy for c in chosen(quick, candidates, least)}
    out: dict[int, tuple[str, ...]] = {}
    while True:
        settled = settle(basis, replies, beside, out)
        choices, numbers = _numbered(replace(basis, ground=quick), settled, least)
        draft = Draft(settled.holes, Synthesis(settled.candidates, settled.unanswered), choices, None)
        against = _against(compose(ground, draft), settled, choices)
        if not against:
            break
        out |= against
    whole = compose(ground, replace(draft, verification=searched(ground, choices)))
    return Adopted(_said_of(whole, basis, replies, settled), settled, numbers)


def _numbered(basis: Basis, settled: Settled, least: frozenset[str]) -> tuple[tuple[Choice, ...], dict[int, int]]:
    """The chosen policies with the references of the taken ones set to their numbers here."""
    taken = {t.candidate.id: t for t in settled.taken}
    choices = chosen(basis.ground, _shadowed(settled), least | frozenset(taken))
    place = {choice.candidate.id: number for number, choice in enumerate(choices, 1)}
    numbers = {n: place[t.candidate.id] for t in settled.taken for n in t.said.numbers if t.candidate.id in place}
    words = {n: f"#{number}" for n, number in numbers.items()}
    for kept in settled.out:
        words |= {n: _instead(kept, place, basis) for n in kept.said.numbers if n not in words}
    return tuple(
        replace(c, candidate=_set(c.candidate, words)) if c.candidate.id in taken else c for c in choices
    ), numbers


def _set(candidate: Candidate, words: Mapping[int, str]) -> Candidate:
    holes = tuple(
        replace(hole, questions=tuple(_question(question, words) for question in hole.questions))
        for hole in candidate.holes
    )
    return replace(candidate, policy=renumbered(candidate.policy, words), holes=holes)


_BRACKETED = re.compile(r"\s*\((?:#\d{1,3}(?:,\s*)?)+\)")


def _question(question: Question, words: Mapping[int, str]) -> Question:
    """The question with the document's numbers; those in brackets go, since the document says itself what a question bears on."""
    decision = renumber(_BRACKETED.sub("", question.decision), words)
    return replace(question, decision=decision, data=renumber(question.data, words))


def _instead(kept: Kept, place: Mapping[str, int], basis: Basis) -> str:
    """What a reference to a policy that was not taken says: the engine's on the same holes, else its name."""
    if kept.instead is not None and kept.instead.id in place:
        return f"#{place[kept.instead.id]}"
    lang, name = basis.ground.service.language, kept.said.policy.name
    return pick(lang, f"‘{name}’(아직 없는 정책)", f"“{name}” (not in this document yet)")


def _shadowed(settled: Settled) -> tuple[Candidate, ...]:
    """The engine's policies on the matter of a new one need not stand beside it, unless something computed asks for them."""
    new = [t.candidate for t in settled.taken if t.new]
    others = [c for c in settled.candidates if c.id not in {t.candidate.id for t in settled.taken}]
    table = nearness([c.policy for c in new], others)
    beside = {c.id: tuple(n.id for n, row in zip(new, table, strict=True) if row[c.id] >= TOUCHES) for c in others}
    return tuple(_beside(c, beside.get(c.id, ())) for c in settled.candidates)


def _beside(candidate: Candidate, ids: Sequence[str]) -> Candidate:
    if not ids:
        return candidate
    overlaps = tuple(dict.fromkeys((*candidate.pattern.overlaps, *ids)))
    return replace(candidate, pattern=candidate.pattern.model_copy(update={"overlaps": overlaps}))


_NUMBER = re.compile(r"#(\d{1,3})")


def _against(specification: Specification, settled: Settled, choices: Sequence[Choice]) -> dict[int, tuple[str, ...]]:
    """By the reply's numbers: what the contract has against taken policies in the document."""
    ids = {number: choice.candidate.id for number, choice in enumerate(choices, 1)}
    taken = {t.candidate.id: t.said.policy.number for t in settled.taken}
    found: dict[int, tuple[str, ...]] = {}
    for finding in lint(specification):
        named = [int(n) for n in _NUMBER.findall(f"{finding.breach.where} {finding.breach.message}")]
        guilty = next((taken[ids[n]] for n in named if ids.get(n) in taken), None)
        if guilty is not None:
            found[guilty] = (*found.get(guilty, ()), said(finding))
    return found


def said(finding: Finding) -> str:
    """The breach without the number that the policy has here: field, what is wrong, the words, the repair."""
    breach = finding.breach
    field = breach.where.split(", ", 1)[-1]
    quote = f" “{breach.quote}”" if breach.quote else ""
    repair = f" {breach.repair}" if breach.repair else ""
    return f"{field}: {breach.message}{quote}.{repair}"


def _said_of(specification: Specification, basis: Basis, replies: Replies, settled: Settled) -> Specification:
    """The document with what all policies of the reply take for granted, and with what was read and not kept."""
    lang = basis.ground.service.language
    known = Known(basis.ground.service, basis.sources, places(basis.ground.service), basis.holes)
    fine = sourced(known)
    rules = tuple(daggered(rule, figures.strange(rule, fine)) for rule in replies.rules) if settled.taken else ()
    refused = [
        Refusal(what=kept.said.policy.name, place=str(kept.said.place), why="; ".join(kept.complaints))
        for kept in settled.out
    ]
    new = sum(t.new for t in settled.taken)
    run = PanelRun(
        model=pick(lang, "대화 창", "chat window"),
        calls=len({t.said.source for t in settled.taken} | {k.said.source for k in settled.out}),
        tokens_in=0,
        tokens_out=0,
        proposed=new + len(settled.found) + len(settled.unread),
        kept=new + len(settled.found),
        refused=(*refused, *settled.unread),
    )
    return specification.model_copy(update={"panel": run, "rules": rules})
