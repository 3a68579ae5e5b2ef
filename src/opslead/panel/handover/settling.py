"""A reply's policies, one by one: taken into the engine's document where nothing stands against them, else kept out with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from opslead.intake.page.readers import Source
from opslead.knowledge.slots import computations
from opslead.lenses.hole import Hole, Question
from opslead.panel.breadth.meaning import same
from opslead.panel.brief import places
from opslead.panel.claims.judge import Known
from opslead.panel.depth.checks import Bench, complaints
from opslead.panel.depth.drafts import candidate_of
from opslead.panel.handover.placing import Placed, place
from opslead.panel.handover.proposing import linked, of_mode, of_policy, proposed
from opslead.panel.handover.references import unknown
from opslead.panel.handover.replies import Replies, Said
from opslead.panel.handover.wording import Worded, renumbered, worded
from opslead.policy.compose import Ground
from opslead.policy.synthesise import Candidate, Synthesis
from opslead.spec.document import FailureMode, Policy, Refusal
from opslead.text import Lang, pick

ALIKE = 0.3
"""Likeness of two conditions from which a failure mode without a policy is taken for one that is known."""


@dataclass(frozen=True)
class Basis:
    """What the engine has found by itself, with all texts of the user."""

    ground: Ground
    holes: tuple[Hole, ...]
    synthesis: Synthesis
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Taken:
    """A policy that goes into the document as the text of `candidate`. `new`: the engine had nothing on its matter."""

    said: Said
    candidate: Candidate
    worded: Worded
    new: bool


@dataclass(frozen=True)
class Kept:
    """A policy that stays out, with everything that stands against it. `instead`: the engine's policy on the same holes, if any."""

    said: Said
    complaints: tuple[str, ...]
    instead: Candidate | None = None


@dataclass(frozen=True)
class Settled:
    """`holes`: those of the engine and the new ones; `candidates`: the engine's, with the taken texts, and the new ones.

    `found`: failure modes of the reply that stand as holes without a policy; `unread`: what was read and not kept, and why.
    """

    taken: tuple[Taken, ...]
    out: tuple[Kept, ...]
    holes: tuple[Hole, ...]
    candidates: tuple[Candidate, ...]
    unanswered: tuple[Hole, ...]
    found: tuple[Hole, ...]
    unread: tuple[Refusal, ...]


def settle(basis: Basis, replies: Replies, beside: Mapping[str, Policy], out: Mapping[int, tuple[str, ...]]) -> Settled:
    """`beside`: the engine's chosen policies by id; `out`: policies, by their number in the reply, that the document has turned down."""
    service = basis.ground.service
    known = Known(service, basis.sources, places(service), basis.holes)
    placed = place(replies.policies, basis.synthesis, basis.holes)
    modes = linked(replies.policies, replies)
    ids = {candidate.id for candidate in basis.synthesis.candidates}
    cases: list[_Case] = []
    for said in replies.policies:
        number = said.policy.number
        case = _case(said, placed[number], known, replies, modes.get(number, []), frozenset(ids))
        ids |= {option.candidate.id for option in case.options}
        cases.append(case)
    bench = _bench(basis, known, cases, beside)
    decided = [_decide(case, bench, out.get(case.said.policy.number, ())) for case in cases]
    taken = [one for one in decided if isinstance(one, Taken)]
    kept = [one for one in decided if isinstance(one, Kept)]
    return _together(basis, taken, kept, *_modes(replies, modes, known))


@dataclass(frozen=True)
class _Option:
    """A place that a policy could take, and its text there."""

    candidate: Candidate
    words: Worded
    checked: Policy
    """The text with other policies called by their names, since numbers are not fixed yet."""
    new: bool
    own: bool = False
    """Whether the reply gives back the engine's own words, which stand in the document anyway."""


@dataclass(frozen=True)
class _Case:
    """A policy with the places it could take, best first; `complaints` hold wherever it is placed."""

    said: Said
    placed: Placed
    options: tuple[_Option, ...]
    complaints: tuple[str, ...]


def _case(
    said: Said, placed: Placed, known: Known, replies: Replies, modes: Sequence[FailureMode], ids: frozenset[str]
) -> _Case:
    lang = known.service.language
    complaints = tuple(_own_complaints(said, placed, replies, lang))
    options: list[_Option] = []
    if placed.candidate is not None:
        options.append(_option(said, placed.candidate, known, replies, new=False))
    if not placed.named or placed.hole is not None:
        found = placed.hole or proposed(
            of_policy(said, replies, modes, lang), known, placed.candidate.holes if placed.candidate else ()
        )
        if isinstance(found, Refusal):
            why = pick(lang, f"맡을 구멍이 없다: {found.why}", f"there is no hole it could take: {found.why}")
            complaints = complaints if options else (*complaints, why)
        else:
            hole = found if placed.hole else _unlike(found, known, ids)
            options.append(_option(said, candidate_of(hole, known.service, ids), known, replies, new=True))
    return _Case(said, placed, tuple(options), complaints)


def _option(said: Said, candidate: Candidate, known: Known, replies: Replies, *, new: bool) -> _Option:
    if _told(said.policy) == _told(candidate.policy):
        return _Option(candidate, Worded(candidate.policy, (), ()), candidate.policy, new, own=True)
    words = worded(said.policy, candidate, known)
    names = {number: f"‘{one.policy.name}’" for one in replies.policies for number in one.numbers}
    names |= dict.fromkeys(unknown(said.policy, replies.numbers), "‘…’")  # a complaint of its own
    return _Option(_with(candidate, words, said, replies), words, renumbered(words.policy, names), new)


def _told(policy: Policy) -> tuple[str, ...]:
    """What tells one text of a policy from another, as Markdown keeps it."""
    steps = (step.action.rstrip(".") for step in policy.runbook)
    return (policy.name, policy.intent, policy.scope, policy.trigger, *steps)


def _own_complaints(said: Said, placed: Placed, replies: Replies, lang: Lang) -> Iterator[str]:
    """What is wrong with the policy wherever it is placed."""
    for ident in placed.unknown:
        yield pick(
            lang,
            f"닫는 구멍: 그런 id가 없다 “{ident}”. 받은 목록의 id를 글자 그대로 쓴다",
            f"closes: there is no such id “{ident}”; use the ids of the list to the letter",
        )
    for number in unknown(said.policy, replies.numbers):
        yield pick(
            lang,
            f"#{number} 정책을 부르는데 받은 답에 그 번호가 없다. 썼다면 그 답도 함께 주고, 아니면 있는 번호로 고친다",
            f"refers to #{number}, which no reply has; give that reply too, or use a number that exists",
        )


def _bench(basis: Basis, known: Known, cases: Sequence[_Case], beside: Mapping[str, Policy]) -> Bench:
    """Neighbours are the other policies of the replies, and the engine's where no reply takes their place."""
    replies = {case.options[0].candidate.id: case.options[0].checked for case in cases if case.options}
    return Bench(
        service=known.service,
        computed=computations(known.service),
        holes=basis.holes,
        sources=basis.sources,
        policies={**beside, **replies},
    )


def _decide(case: _Case, bench: Bench, against: tuple[str, ...]) -> Taken | Kept:
    """In the first place where nothing stands against it; else out, with what stands against it where least does."""
    tried: list[tuple[str, ...]] = []
    for option in case.options:
        if option.own and not (case.complaints or against):
            return Taken(case.said, option.candidate, option.words, option.new)
        tried.append(complaints(option.checked, option.candidate, _beside(bench, case, option)))
        if not (tried[-1] or case.complaints or against):
            return Taken(case.said, option.candidate, option.words, option.new)
    least = min(tried, key=len, default=())
    return Kept(case.said, (*case.complaints, *against, *least), case.placed.candidate)


def _beside(bench: Bench, case: _Case, option: _Option) -> Bench:
    """The bench without the policy's own text in another of its places, which is no neighbour."""
    others = {one.candidate.id for one in case.options if one is not option} - {option.candidate.id}
    if not others & set(bench.policies):
        return bench
    return replace(bench, policies={key: policy for key, policy in bench.policies.items() if key not in others})


def _unlike(hole: Hole, known: Known, ids: frozenset[str]) -> Hole:
    """The hole under an id that no other has."""
    used = {other.id for other in known.holes} | ids
    mechanism, _, where = hole.id.partition("@")
    number, ident, name = 2, hole.id, mechanism
    while ident in used or f"OP{hole.surfaces[0]:02d}-{name.partition('.')[2]}" in used:
        name = f"{mechanism}-{number}"
        ident, number = f"{name}@{where}", number + 1
    return replace(hole, id=ident, mechanism=name)


def _with(candidate: Candidate, words: Worded, said: Said, replies: Replies) -> Candidate:
    """The candidate in the reply's words, its gravest hole with the reply's questions on it."""
    questions = [
        Question(q.decision, q.data_needed or ", ".join(said.policy.signals), 2.0)
        for q in replies.questions
        if said.numbers & set(q.affects)
    ]
    first, *rest = candidate.holes
    asked = {question.decision for question in first.questions}
    first = replace(first, questions=(*first.questions, *(q for q in questions[:2] if q.decision not in asked)))
    return replace(candidate, policy=words.policy, holes=(first, *rest))


def _modes(
    replies: Replies, modes: Mapping[int, list[FailureMode]], known: Known
) -> tuple[tuple[Hole, ...], tuple[Refusal, ...]]:
    """Failure modes that belong to no policy of the reply: as holes of their own, or read and not kept."""
    brought = {mode.condition for own in modes.values() for mode in own}
    found: list[Hole] = []
    unread: list[Refusal] = []
    for said in replies.modes:
        if said.mode.condition in brought:
            continue
        result = _found(said.mode, known, found)
        if isinstance(result, Refusal):
            unread.append(result.model_copy(update={"place": str(said.place)}))
        else:
            found.append(result)
    return tuple(found), tuple(unread)


def _found(mode: FailureMode, known: Known, found: Sequence[Hole]) -> Hole | Refusal:
    lang = known.service.language
    result = proposed(of_mode(mode), known)
    if isinstance(result, Refusal):
        return result
    hole = _unlike(result, known, frozenset(other.id for other in found))
    like = _like(hole, (*known.holes, *found), lang)
    if not like:
        return hole
    why = pick(
        lang,
        f"이미 찾은 {like}와 같은 일일 수 있어 따로 두지 않는다",
        f"may be {like}, found already, so it does not stand twice",
    )
    return Refusal(what=mode.condition, why=why)


def _like(hole: Hole, standing: Sequence[Hole], lang: Lang) -> str:
    """The id of the standing hole that is most like it, where it may be the same: there is nobody to ask."""
    best, ident = max(((same(hole.condition, o.condition, lang), o.id) for o in standing), default=(0.0, ""))
    return ident if best >= ALIKE else ""


def _together(
    basis: Basis, taken: list[Taken], kept: list[Kept], found: tuple[Hole, ...], unread: tuple[Refusal, ...]
) -> Settled:
    replaced = {t.candidate.id: t.candidate for t in taken if not t.new}
    why = {k.instead.id: k.complaints[0] for k in kept if k.instead and k.instead.id not in replaced}
    engine = [replaced.get(c.id) or _left(c, why.get(c.id, "")) for c in basis.synthesis.candidates]
    new = [t.candidate for t in taken if t.new]
    known = {hole.id for hole in basis.holes}
    fresh = [hole for candidate in new for hole in candidate.holes if hole.id not in known]
    closed = {hole.id for candidate in new for hole in candidate.holes}
    return Settled(
        taken=tuple(taken),
        out=tuple(kept),
        holes=(*basis.holes, *fresh, *found),
        candidates=(*engine, *new),
        unanswered=(*(h for h in basis.synthesis.unanswered if h.id not in closed), *found),
        found=found,
        unread=unread,
    )


def _left(candidate: Candidate, why: str) -> Candidate:
    """The engine's policy as it is, with why the reply's was not taken."""
    if not why:
        return candidate
    return replace(candidate, policy=candidate.policy.model_copy(update={"fallback": why}))
