"""The Ops Lead answers a breach report: hit policies are revised, holes that no policy covers get one, the rest is accepted or stays open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from opslead.panel.agreement import Agreement
from opslead.panel.brief import Brief, fenced, quantity_lines
from opslead.panel.checks import Bench, complaints
from opslead.panel.containment import contained
from opslead.panel.depth import write
from opslead.panel.drafts import candidate_of, with_draft
from opslead.panel.items import Item, hole_of
from opslead.panel.kept import kept
from opslead.panel.port import Answered, Ask, Port, Progress
from opslead.panel.prompt import prompt
from opslead.panel.revision import ItemAnswer, Response, RevisionDraft, by_label, missing, wrong
from opslead.panel.sight import full, whole
from opslead.policy.breach import stopping
from opslead.policy.synthesise import Candidate
from opslead.spec.document import Refusal
from opslead.text import Lang, pick

MOST_ADDED = 4
"""Policies that one round may add, for the gravest holes first; further ones wait for the next round."""
MOST_ITEMS = 6
"""Items that one policy answers in one ask, the gravest first."""
MOST_POLICY, MOST_STORIES, MOST_QUANTITIES = 6_000, 5_000, 10
MOST_TOKENS = 6_000
_RANK = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True)
class Revised:
    """`candidates`: all that were given, in their order, the revised ones replaced; `changed` their ids; `added` new ones.

    `responses`: one an item, in the order of the items; `refused`: what was proposed and not taken.
    """

    candidates: tuple[Candidate, ...]
    added: tuple[Candidate, ...]
    changed: tuple[str, ...]
    responses: tuple[Response, ...]
    refused: tuple[Refusal, ...]


def answer(
    port: Port, brief: Brief, items: Sequence[Item], candidates: Sequence[Candidate], bench: Bench, progress: Progress
) -> Revised:
    """The answers to all items, and the policies that come of them. `candidates` are the chosen ones."""
    agreement = Agreement(bench.service, bench.verification)
    hit = _hit(items, candidates)
    asked = [candidate for candidate in candidates if candidate.id in hit]
    asks = [_ask(c, hit[c.id], candidates, brief, bench, agreement) for c in asked]
    now = {candidate.id: candidate for candidate in candidates}
    said: dict[str, Response] = {}
    refused: list[Refusal] = []
    for candidate, answered in zip(asked, port.ask(asks), strict=True):
        settled = _settled(candidate, hit[candidate.id], answered, candidates, bench, agreement)
        now[candidate.id] = settled.candidate
        said.update((response.item.label, response) for response in settled.responses)
        refused += settled.refused
    changed = tuple(c.id for c in candidates if now[c.id] is not c)
    progress("revise", f"{len(asked)} policies asked, {len(changed)} revised")
    loose = [item for item in items if item.label not in said]
    added = _add(port, brief, loose, tuple(now.values()), bench, agreement, progress)
    said.update((response.item.label, response) for response in added.responses)
    return Revised(
        tuple(now[c.id] for c in candidates),
        added.candidates,
        changed,
        tuple(said[item.label] for item in items),
        (*refused, *added.refused),
    )


def _hit(items: Sequence[Item], candidates: Sequence[Candidate]) -> Mapping[str, tuple[Item, ...]]:
    """The items by the policy whose words let them through, the gravest first."""
    known = {candidate.id for candidate in candidates}
    found: dict[str, list[Item]] = {}
    for item in items:
        first = next((ident for ident in item.policies if ident in known), "")
        if first:
            found.setdefault(first, []).append(item)
    return {
        ident: tuple(sorted(group, key=lambda item: _RANK[item.level])[:MOST_ITEMS]) for ident, group in found.items()
    }


def _ask(
    candidate: Candidate,
    items: Sequence[Item],
    candidates: Sequence[Candidate],
    brief: Brief,
    bench: Bench,
    agreement: Agreement,
) -> Ask[RevisionDraft]:
    def check(draft: RevisionDraft) -> Sequence[str]:
        revised = _revised(candidate, draft, bench)
        return tuple(_complaints(candidate, revised, draft, items, candidates, bench, agreement))

    guards = "; ".join(
        f"{g.kind} ({g.control})" + (f" decides {', '.join(g.decides)}" if g.decides else "")
        for g in candidate.pattern.guardrails
    )
    return Ask(
        role="revise",
        subject=candidate.id,
        system=brief.system,
        prompt=prompt("revise").fill(
            policy=fenced("\n".join(full(candidate.policy)), MOST_POLICY),
            guardrails=guards,
            quantities=_quantities(candidate, bench),
            items=fenced("\n".join(_told(item) for item in items), MOST_STORIES),
        ),
        answer=RevisionDraft,
        check=check,
        most_tokens=MOST_TOKENS,
    )


def _told(item: Item) -> str:
    through = f" It goes through these words: “{item.gap}”" if item.gap else ""
    accident = f" (the search tells it as {item.accident})" if item.accident else ""
    return f"{item.label} [{item.level}, {item.loss}] {item.story}{through}{accident}"


def _quantities(candidate: Candidate, bench: Bench) -> str:
    """The computed numbers, those that the policy uses first."""
    used = candidate.policy.quantities
    ordered = sorted(bench.computed, key=lambda made: made.id not in used)
    return "\n".join(quantity_lines(ordered[:MOST_QUANTITIES])) or "nothing"


def _revised(candidate: Candidate, draft: RevisionDraft, bench: Bench) -> Candidate:
    """The candidate in the draft's words; itself where the draft leaves it as it is."""
    if draft.policy is None:
        return candidate
    made = with_draft(candidate, kept(draft.policy, candidate.policy, bench.service.language), bench.service)
    return candidate if whole(made.policy) == whole(candidate.policy) else made


def _complaints(
    candidate: Candidate,
    revised: Candidate,
    draft: RevisionDraft,
    items: Sequence[Item],
    candidates: Sequence[Candidate],
    bench: Bench,
    agreement: Agreement,
) -> Iterator[str]:
    yield from missing(items, draft.answers)
    if revised is not candidate:
        yield from complaints(revised.policy, revised, bench)
    answers = by_label(draft.answers)
    for item in items:
        if item.label in answers:
            yield from _wrong(item, answers[item.label], revised, candidates, agreement)


def _wrong(
    item: Item, given: ItemAnswer, revised: Candidate, candidates: Sequence[Candidate], agreement: Agreement
) -> Iterator[str]:
    yield from wrong(item, given, whole(revised.policy))
    together = [revised if c.id == revised.id else c for c in candidates]
    if given.disposition == "closed" and not agreement.closes(item, together):
        yield f"{item.label}: the search still finds {item.accident} with what the policies decide: bound it or say what is accepted"


@dataclass(frozen=True)
class _Settled:
    candidate: Candidate
    responses: tuple[Response, ...]
    refused: tuple[Refusal, ...] = ()


def _settled(
    candidate: Candidate,
    items: Sequence[Item],
    answered: Answered[RevisionDraft],
    candidates: Sequence[Candidate],
    bench: Bench,
    agreement: Agreement,
) -> _Settled:
    """What is taken of an answer. A text that does not pass is not taken, and an item whose answer does not hold stays open."""
    lang = bench.service.language
    draft = answered.value or answered.last
    if draft is None:
        return _Settled(candidate, tuple(_open(item, candidate, lang) for item in items))
    revised = _revised(candidate, draft, bench)
    refused: tuple[Refusal, ...] = ()
    if revised is not candidate and (complained := complaints(revised.policy, revised, bench)):
        refused = (Refusal(what=revised.policy.name, place=candidate.id, why=_untaken(complained, lang)),)
        revised = candidate
    answers = by_label(draft.answers)
    responses = []
    for item in items:
        given = answers.get(item.label)
        if given is None or any(_wrong(item, given, revised, candidates, agreement)):
            responses.append(_open(item, revised, lang))
        else:
            responses.append(_response(item, given, revised))
    return _Settled(revised, tuple(responses), refused)


def _untaken(complained: Sequence[str], lang: Lang) -> str:
    return pick(lang, f"고쳐 쓴 글이 검사를 지나지 못했다: {complained[0]}", f"the revised text did not pass: {complained[0]}")


def _response(item: Item, given: ItemAnswer, candidate: Candidate) -> Response:
    holds = () if given.disposition == "accepted" else (candidate.id,)
    evidence = given.evidence.strip() if holds else ""
    return Response(item, given.disposition, holds, given.remains.strip(), evidence)


def _open(item: Item, nearest: Candidate | None, lang: Lang) -> Response:
    policies = (nearest.id,) if nearest else ()
    return Response(item, "open", policies, contained(item, nearest.policy if nearest else None, lang))


@dataclass(frozen=True)
class _Added:
    candidates: tuple[Candidate, ...]
    responses: tuple[Response, ...]
    refused: tuple[Refusal, ...]


def _add(
    port: Port,
    brief: Brief,
    items: Sequence[Item],
    candidates: Sequence[Candidate],
    bench: Bench,
    agreement: Agreement,
    progress: Progress,
) -> _Added:
    """Items that no policy covers: a policy of their own when they are above low, else accepted."""
    lang = bench.service.language
    responses = [_accepted(item, lang) for item in items if item.level == "low"]
    grave = sorted((item for item in items if item.level != "low"), key=lambda item: _RANK[item.level])
    holes = [(item, hole) for item in grave if (hole := hole_of(item, lang)) is not None][:MOST_ADDED]
    proposed: list[Candidate] = []
    for _, hole in holes:
        proposed.append(candidate_of(hole, bench.service, {c.id for c in (*candidates, *proposed)}))
    written = write(port, brief, proposed, bench, progress) if proposed else ()
    made = [(item, one) for (item, _), one in zip(holes, written, strict=True)]
    kept_ones = tuple(one.candidate for _, one in made if one.candidate is not None)
    for item, one in made:
        responses.append(_by_new(item, one.candidate, (*candidates, *kept_ones), agreement, lang))
    told = {response.item.label for response in responses}
    responses += [_open(item, None, lang) for item in grave if item.label not in told]
    return _Added(kept_ones, tuple(responses), tuple(one.refused for _, one in made if one.refused is not None))


def _by_new(
    item: Item, made: Candidate | None, together: Sequence[Candidate], agreement: Agreement, lang: Lang
) -> Response:
    if made is None or not agreement.closes(item, together):
        return _open(item, made, lang)
    said = pick(lang, f"새 정책: {made.policy.name}", f"a policy of its own: {made.policy.name}")
    return Response(item, "closed", (made.id,), said, stopping(made, item.story))


def _accepted(item: Item, lang: Lang) -> Response:
    if item.grades is None:
        return _open(item, None, lang)
    g = item.grades
    return Response(
        item,
        "accepted",
        answer=pick(
            lang,
            f"조치 우선순위 하(S{g.severity.value} O{g.occurrence.value} D{g.detection.value}): {g.severity.reason} 등급이 오르면 다시 연다.",
            f"action priority low (S{g.severity.value} O{g.occurrence.value} D{g.detection.value}): {g.severity.reason} Opened again when a grade rises.",
        ),
    )
