"""One hit policy and its items: what the Ops Lead is asked, what is wrong with an answer, and what is taken of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from opslead.panel.attack.items import Item
from opslead.panel.attack.sight import draft as compact
from opslead.panel.attack.sight import full, whole
from opslead.panel.attack.verbatim import stands
from opslead.panel.brief import Brief, fenced, quantity_lines
from opslead.panel.depth.checks import Bench, complaints, guard_complaints
from opslead.panel.depth.commission import MOST_LETTERS
from opslead.panel.depth.drafts import clean, with_draft
from opslead.panel.port import Answered, Ask
from opslead.panel.prompt import prompt
from opslead.panel.revision.agreement import Agreement
from opslead.panel.revision.containment import left_open
from opslead.panel.revision.forms import ItemAnswer, Response, RevisionDraft, by_label, missing, own_words, wrong
from opslead.panel.revision.kept import kept
from opslead.policy.synthesise import Candidate
from opslead.spec.document import Refusal
from opslead.text import Lang, pick

MOST_POLICY, MOST_STORIES, MOST_OTHERS = 6_000, 4_000, 1_500
"""Letters of the policy, of its items, and of the other policies that these go through."""
MORE_LETTERS = 300
MOST_QUANTITIES = 5
MOST_TOKENS = 6_000


@dataclass(frozen=True)
class Desk:
    """From what the Ops Lead answers: the chosen `candidates` as they stood when the round began, and what checks them."""

    candidates: tuple[Candidate, ...]
    brief: Brief
    bench: Bench
    agreement: Agreement


def ask(candidate: Candidate, items: Sequence[Item], desk: Desk) -> Ask[RevisionDraft]:
    """The ask about one policy with the items that go through its words."""

    def check(draft: RevisionDraft) -> Sequence[str]:
        return tuple(_complaints(candidate, draft, items, desk))

    return Ask(
        role="revise",
        subject=candidate.id,
        system=desk.brief.system,
        prompt=prompt("revise").fill(
            policy=fenced("\n".join((*full(candidate.policy), f"effort: {candidate.pattern.effort}")), MOST_POLICY),
            guardrails=_guards(candidate),
            others=_others(candidate, items, desk.candidates),
            quantities=_quantities(candidate, desk.bench),
            items=fenced("\n".join(_told(item) for item in items), MOST_STORIES),
            letters=_letters(candidate, desk.brief.language),
        ),
        answer=RevisionDraft,
        check=check,
        most_tokens=MOST_TOKENS,
    )


def _letters(candidate: Candidate, lang: Lang) -> str:
    """As many as any policy may have; where it has them already, a few sentences more."""
    return f"{max(MOST_LETTERS[lang], len(whole(candidate.policy)) + MORE_LETTERS):,}"


def _guards(candidate: Candidate) -> str:
    return "\n".join(
        f"- {guard.kind}, {guard.control}" + (f", {', '.join(guard.decides)}" if guard.decides else "")
        for guard in candidate.pattern.guardrails
    )


def _others(candidate: Candidate, items: Sequence[Item], candidates: Sequence[Candidate]) -> str:
    """The other policies that the items go through."""
    named = {ident for item in items for ident in item.policies} - {candidate.id}
    policies = [c.policy.model_copy(update={"number": n}) for n, c in enumerate(candidates, 1) if c.id in named]
    return fenced(compact(policies, most=MOST_OTHERS), 2 * MOST_OTHERS) if policies else "none"


def _told(item: Item) -> str:
    through = f" It goes through these words: “{item.gap}”" if item.gap else ""
    accident = f" (the search tells it as {item.accident})" if item.accident else ""
    return f"{item.label} [{item.level}, {item.loss}] {item.story}{through}{accident}"


def _quantities(candidate: Candidate, bench: Bench) -> str:
    """The computed numbers, those that the policy uses first."""
    used = candidate.policy.quantities
    ordered = sorted(bench.computed, key=lambda made: made.id not in used)
    return "\n".join(quantity_lines(ordered[:MOST_QUANTITIES])) or "nothing"


def _revised(candidate: Candidate, draft: RevisionDraft, desk: Desk) -> Candidate:
    """The candidate in the draft's words; itself where the draft leaves it as it is.

    Starting values that the text before had carry their dagger on; only those that somebody gave a reason for are listed.
    """
    if draft.policy is None:
        return candidate
    service = desk.bench.service
    made = with_draft(candidate, kept(draft.policy, candidate.policy, service.language), service)
    listed = {value.text for value in candidate.policy.starting_values}
    listed |= {value.text for value in draft.policy.starting_values}
    values = tuple(value for value in made.policy.starting_values if value.text in listed)
    made = replace(made, policy=made.policy.model_copy(update={"starting_values": values}))
    return candidate if whole(made.policy) == whole(candidate.policy) else made


def _complaints(candidate: Candidate, draft: RevisionDraft, items: Sequence[Item], desk: Desk) -> Iterator[str]:
    revised = _revised(candidate, draft, desk)
    yield from missing(items, draft.answers)
    yield from _of_text(candidate, revised, draft, desk)
    answers = by_label(draft.answers)
    for item in items:
        if item.label in answers:
            yield from _of_answer(item, answers[item.label], revised, desk)


def _of_text(candidate: Candidate, revised: Candidate, draft: RevisionDraft, desk: Desk) -> tuple[str, ...]:
    """What is wrong with the revised text; nothing where it stays as it was."""
    if revised is candidate or draft.policy is None:
        return ()
    guards = map(str, guard_complaints(draft.policy, candidate))
    return (*guards, *complaints(revised.policy, revised, desk.bench))


def _of_answer(item: Item, given: ItemAnswer, revised: Candidate, desk: Desk) -> Iterator[str]:
    yield from wrong(item, given, whole(_holder(item, given, revised, desk).policy))
    together = [revised if candidate.id == revised.id else candidate for candidate in desk.candidates]
    if given.disposition == "closed" and not desk.agreement.closes(item, together):
        yield f"{item.label}: the search still finds {item.accident} with what the policies decide: bound it, or accept it with a reason"


def _holder(item: Item, given: ItemAnswer, revised: Candidate, desk: Desk) -> Candidate:
    """The policy whose words the evidence is: the revised one; for a report that was given also another that was said to close it."""
    if item.grades is None and not stands(given.evidence, whole(revised.policy)):
        others = [c for c in desk.candidates if c.id in item.policies and c.id != revised.id]
        return next((c for c in others if stands(given.evidence, whole(c.policy))), revised)
    return revised


@dataclass(frozen=True)
class Settled:
    """What is taken of an answer: the candidate, revised or as it was, one response an item, and what was refused."""

    candidate: Candidate
    responses: tuple[Response, ...]
    refused: tuple[Refusal, ...] = ()


def settle(candidate: Candidate, items: Sequence[Item], answered: Answered[RevisionDraft], desk: Desk) -> Settled:
    """A text that does not pass is not taken, and an item whose answer does not hold stays open with its containment."""
    lang = desk.brief.language
    draft = answered.value or answered.last
    if draft is None:
        return Settled(candidate, tuple(left_open(item, candidate, lang) for item in items))
    revised = _revised(candidate, draft, desk)
    refused: tuple[Refusal, ...] = ()
    if complained := _of_text(candidate, revised, draft, desk):
        why = pick(lang, "고쳐 쓴 글이 검사를 지나지 못했다", "the revised text did not pass")
        refused = (Refusal(what=revised.policy.name, place=candidate.id, why=f"{why}: {complained[0]}"),)
        revised = candidate
    answers = by_label(draft.answers)
    responses = []
    for item in items:
        given = answers.get(item.label)
        if given is None or any(_of_answer(item, given, revised, desk)):
            responses.append(left_open(item, revised, lang))
        else:
            responses.append(_response(item, given, _holder(item, given, revised, desk)))
    return Settled(revised, tuple(responses), refused)


def _response(item: Item, given: ItemAnswer, candidate: Candidate) -> Response:
    holds = () if given.disposition == "accepted" else (candidate.id,)
    evidence = own_words(given.evidence, candidate.policy) if holds else ""
    return Response(item, given.disposition, holds, clean(given.remains), evidence)
