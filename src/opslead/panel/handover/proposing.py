"""What a reply found beyond the engine, as proposed holes: place, quotation and grades read off its own words, then judged as any claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from opslead.intake.lexicon import find
from opslead.intake.page.readers import Source
from opslead.knowledge.losses import Loss
from opslead.lenses.hole import Hole, Quotation
from opslead.panel.answers import Graded, HoleDraft
from opslead.panel.claims import figures
from opslead.panel.claims.judge import Known, judge
from opslead.panel.handover.nearness import cosine, shared, vectors
from opslead.panel.handover.placing import about
from opslead.panel.handover.replies import Replies, Said
from opslead.panel.shorter import shorter
from opslead.spec.document import FailureMode, Level, Refusal
from opslead.text import Lang, detect, pick

MANY = 3
"""Words of a sentence of the inputs that a claim uses when it is about the same."""
FEW, LARGE = 2, 0.4
"""The same of a short Korean sentence: fewer words, but a large share of them."""
SHORTEST = 10
"""Letters of a sentence that says anything."""
LINKED = 0.12
"""Nearness of a failure mode and a policy from which the one is what the other stops."""
_LINE = 400

_LOSS = {
    1: Loss.IDLE_CAPACITY, 2: Loss.STUCK_CASE, 3: Loss.WRONG_AMOUNT, 4: Loss.IDLE_CAPACITY, 5: Loss.PRIVATE_GAIN, 6: Loss.BLINDNESS,
    7: Loss.BROKEN_PROMISE, 8: Loss.PRIVATE_GAIN, 9: Loss.DISCLOSURE, 10: Loss.BROKEN_PROMISE, 11: Loss.BROKEN_PROMISE, 12: Loss.BLINDNESS,
}  # fmt: skip
"""What is lost on each surface, where nothing says more."""


@dataclass(frozen=True)
class Proposal:
    """What a hole is made of, each part in several wordings, best first: the first without invented numbers is used.

    `label` names it in the reply; `words` are all that are said of it, to find its place and quotation.
    """

    label: str
    conditions: tuple[str, ...]
    user_impacts: tuple[str, ...]
    operations_impacts: tuple[str, ...]
    surfaces: tuple[int, ...]
    words: str
    impact: Level = ""
    likelihood: Level = ""
    detectability: Level = ""
    decision: str = ""
    data: str = ""


def proposed(proposal: Proposal, known: Known, near: Sequence[Hole] = ()) -> Hole | Refusal:
    """The first of the proposal's wordings that stands, or why the first does not.

    `near`: the engine's holes on the same matter; where no sentence is shown by the words alone, those are quoted on which they rest.
    """
    quotes = shown_by(proposal.words, known.sources) or _rests_on(near)
    lang = known.service.language
    if not quotes:
        why = pick(lang, "설명에서 이 일을 보여 주는 문장을 찾지 못했다", "no sentence of the description shows it")
        return Refusal(what=proposal.conditions[0], why=why)
    first: Refusal | None = None
    for condition in proposal.conditions:
        try:
            draft = _draft(proposal, condition, quotes, known)
        except ValidationError:
            continue
        found = judge(draft, known)
        if isinstance(found, Hole):
            return found
        first = first or found
    why = pick(lang, "구멍의 꼴이 되지 않는다", "does not have the form of a hole")
    return first or Refusal(what=proposal.conditions[0], why=why)


def _rests_on(holes: Sequence[Hole]) -> tuple[str, ...]:
    quoted = [item for hole in holes for item in hole.evidence if isinstance(item, Quotation)]
    words = dict.fromkeys(source.text for item in quoted for source in item.sources)
    return tuple(text for text in words if SHORTEST <= len(text) <= _LINE)[:2]


def _draft(proposal: Proposal, condition: str, quotes: Sequence[str], known: Known) -> HoleDraft:
    lang = known.service.language
    said = pick(lang, "답이 매긴 등급", "as graded in the reply")
    surfaces = proposal.surfaces or (11,)
    return HoleDraft(
        name=_name(proposal, condition),
        place=place_of(proposal.words, known),
        surfaces=surfaces[:3],
        loss=_LOSS[surfaces[0]],
        condition=_cut(condition),
        user_impact=_cut(_plain(proposal.user_impacts, known)),
        operations_impact=_cut(_plain(proposal.operations_impacts, known)),
        quotes=tuple(quotes),
        severity=Graded(value=_GRADE[proposal.impact], reason=said),
        occurrence=Graded(value=_GRADE[proposal.likelihood], reason=said),
        detection=Graded(value=_UNSEEN[proposal.detectability], reason=said),
        decision=_cut(proposal.decision or condition),
        data=_cut(proposal.data or condition),
        sum="",
        accident="",
    )


def _plain(texts: Sequence[str], known: Known) -> str:
    """The first text without a number that is neither stated nor computed, else the first."""
    fine = known.given | known.computed
    return next((text for text in texts if not figures.strange(text, fine)), texts[0])


_GRADE: dict[Level, int] = {"high": 8, "medium": 6, "low": 3, "": 5}
_UNSEEN: dict[Level, int] = {"high": 3, "medium": 6, "low": 8, "": 5}


def of_policy(said: Said, replies: Replies, modes: Sequence[FailureMode], lang: Lang) -> Proposal:
    """The hole that a policy closes: its own failure mode where the reply states one, else what its purpose says."""
    policy = said.policy
    grades = next((item for item in replies.grades if item.policy in said.numbers), None)
    question = next((q for q in replies.questions if said.numbers & set(q.affects)), None)
    own = list(modes[:1])
    symptoms = (*policy.symptoms, policy.name)
    sentences = re.split(r"(?<=[.?!])\s+", policy.intent)
    whether = pick(
        lang, f"‘{policy.name}’이 막는 일이 실제로 일어나는지", f"whether what “{policy.name}” stops really happens"
    )
    return Proposal(
        label=f"#{policy.number}",
        conditions=tuple(dict.fromkeys([*(mode.condition for mode in own), policy.intent, *sentences, policy.name])),
        user_impacts=(*(mode.user_impact for mode in own if mode.user_impact), *symptoms),
        operations_impacts=(*(mode.operations_impact for mode in own if mode.operations_impact), *symptoms[1:], policy.name),
        surfaces=policy.surfaces,
        words=" ".join((about(policy), *(mode.condition for mode in own))),
        impact=grades.impact if grades else "",
        likelihood=grades.likelihood if grades else "",
        detectability=grades.detectability if grades else "",
        decision=question.decision if question else whether,
        data=(question.data_needed if question else "") or ", ".join(policy.signals),
    )  # fmt: skip


def of_mode(mode: FailureMode) -> Proposal:
    """A failure mode alone."""
    return Proposal(
        label=mode.id,
        conditions=(mode.condition,),
        user_impacts=(mode.user_impact or mode.condition,),
        operations_impacts=(mode.operations_impact or mode.user_impact or mode.condition,),
        surfaces=mode.surfaces,
        words=" ".join((mode.condition, mode.user_impact, mode.operations_impact)),
        decision=mode.condition,
        data=mode.operations_impact or mode.condition,
    )


def linked(policies: Sequence[Said], replies: Replies) -> dict[int, list[FailureMode]]:
    """For each policy by number the failure modes that it stops, nearest first; each mode belongs to its nearest policy alone."""
    modes = [said.mode for said in replies.modes]
    texts = [about(said.policy) for said in policies]
    texts += [" ".join((mode.condition, mode.user_impact, mode.operations_impact)) for mode in modes]
    vector = vectors(texts)
    found: dict[int, list[tuple[float, int]]] = {}
    for n, _ in enumerate(modes):
        scores = [(cosine(vector[len(policies) + n], vector[row]), -row) for row in range(len(policies))]
        best, row = max(scores, default=(0.0, 0))
        if best >= LINKED:
            found.setdefault(policies[-row].policy.number, []).append((best, n))
    return {number: [modes[n] for _, n in sorted(pairs, reverse=True)] for number, pairs in found.items()}


_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•|#>]|\d{1,2}[.)]\s))")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_MARK = re.compile(r"^(?:[-*•>]|\d{1,2}[.)])\s+")


def shown_by(words: str, sources: Iterable[Source]) -> tuple[str, ...]:
    """The one or two sentences of the inputs whose words the claim uses most, to the letter; none where it uses hardly any."""
    scored = []
    for sentence in dict.fromkeys(part for source in sources for part in _sentences(source.text)):
        count, share = shared(words, sentence)
        if count >= MANY or (count >= FEW and share >= LARGE and detect(sentence) == "ko"):
            scored.append((-count * share, sentence))
    return tuple(sentence for _, sentence in sorted(scored)[:2])


def _sentences(text: str) -> Iterator[str]:
    """The text's sentences in one line each, headings and table rows left out."""
    for block in _BLOCK.split(text):
        if not block.strip().startswith(("#", "|")):
            for part in _SENTENCE.split(_MARK.sub("", block.strip())):
                sentence = " ".join(part.split())
                if SHORTEST <= len(sentence) <= _LINE:
                    yield sentence


def place_of(words: str, known: Known) -> str:
    """The place whose name the words use, the longest; else the first step of a kind they speak of; else the first place of all."""
    folded = "".join(words.lower().split())
    named = [
        (-len(name), ident)
        for ident, name in known.places.items()
        if len(name) > 1 and "".join(name.lower().split()) in folded
    ]
    if named:
        return min(named)[1]
    kinds = [hit.key for hit in find(words, "steps")]
    steps = {step.kind: step.id for step in reversed(list(known.service.steps()))}
    return next((steps[kind] for kind in kinds if kind in steps), next(iter(known.places), ""))


_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "its",
        "no",
        "not",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "to",
        "up",
        "with",
        "without",
    ]
)


def _name(proposal: Proposal, condition: str) -> str:
    """Two to five English words for the id: of the policy's own, else the concepts that its words name."""
    english = [w for w in re.findall(r"[a-z]{2,}", condition.lower()) if w not in _STOP]
    if len(english) < 3:
        hits = [hit.key for section in ("concepts", "steps") for hit in find(f"{condition} {proposal.words}", section)]
        english = [part for key in dict.fromkeys(hits) for part in re.findall(r"[a-z0-9]+", key.lower())]
    words = list(dict.fromkeys(english))[:4]
    return "-".join(words if len(words) > 1 else ["said", *words, "reply"])[:60].strip("-")


def _cut(text: str) -> str:
    return shorter(" ".join(text.split()), _LINE)
