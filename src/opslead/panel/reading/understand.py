"""A language model reads the description beside the rules: what it adds is quoted and checked, where it differs is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from opslead.errors import InputErrors, Place
from opslead.intake.page.readers import Source
from opslead.model.document import ServiceText, StepText
from opslead.model.plausible import faults
from opslead.model.resolve import resolve
from opslead.panel.brief import fenced
from opslead.panel.port import Answered, Ask, Port, Progress
from opslead.panel.prompt import prompt
from opslead.panel.reading import kinds
from opslead.panel.reading.answer import Understood
from opslead.panel.reading.clerk import Clerk
from opslead.panel.reading.entries import Claim, StepEntry, claims
from opslead.panel.reading.known import Section, known_lines, sections
from opslead.panel.reading.merge import merged
from opslead.panel.reading.quotes import Pages, squeezed
from opslead.spec.document import Refusal
from opslead.text import pick

MOST_LETTERS = 6_000
"""Letters of the description in one ask."""
MOST_SECTIONS = 20
"""Asks about one service: 120,000 letters; what lies behind stays with the rules, and that is said."""


@dataclass(frozen=True)
class Reading:
    """The document after a model has read it too. `differences`: what it reads otherwise than the rules, each in words with the value
    that was taken; `refused`: what the engine threw away, with place and reason.
    """

    document: ServiceText
    differences: tuple[str, ...]
    refused: tuple[Refusal, ...]


def read_with(port: Port, document: ServiceText, sources: Sequence[Source], progress: Progress) -> Reading:
    """The rules' reading completed by the model's.

    What the rules read as given stands; what they assumed or left open is filled with quoted values; what they missed is added. The result
    resolves: an entry that would make it fail is refused. Raises InputErrors when the rules' own reading does not resolve.
    """
    resolve(document)
    pages = Pages.of(sources)
    parts = [part for source in sources for part in sections(source, MOST_LETTERS) if part.text.strip()]
    asked = parts[:MOST_SECTIONS]
    answers = port.ask([_ask(document, part, pages) for part in asked])
    clerk = Clerk(pages, document.language, document.currency)
    differences: list[str] = []
    proven: list[Claim] = []
    for part, answered in zip(asked, answers, strict=True):
        read = answered.value or answered.last
        if read is None:
            clerk.refuse(*_unanswered(document, part, answered))
        else:
            proven += claims(clerk, read)
    for part in parts[MOST_SECTIONS:]:
        why = pick(document.language, "너무 길어 모델에게는 묻지 않았다", "too long to be asked of the model")
        clerk.refuse(_lines(document, part), why, str(part.place))
    refused = [*_instructions(document, pages), *clerk.refused]
    affirmed = [claim.entry.step for claim in proven if isinstance(claim.entry, StepEntry)]
    grown, kept = document, []
    for claim in proven:
        grown, said, thrown = _taken(grown, claim, affirmed)
        differences += said
        refused += thrown
        if not any(thing.what == _name(claim) for thing in thrown):
            kept.append(claim)
    grown = _understood(grown, kept)
    progress(
        "understand", f"{len(kept)} entries quoted by the model, {len(differences)} differences, {len(refused)} refused"
    )
    return Reading(grown, tuple(dict.fromkeys(differences)), tuple(dict.fromkeys(refused)))


def _ask(document: ServiceText, part: Section, pages: Pages) -> Ask[Understood]:
    language = {"ko": "Korean", "en": "English"}[document.language]

    def check(read: Understood) -> Sequence[str]:
        """What quotes words that are not there, or gives values that its words do not state."""
        clerk = Clerk(pages, document.language, document.currency)
        list(claims(clerk, read))
        return [f"{refusal.what}: {refusal.why}" for refusal in clerk.mendable]

    unread = [f"- {one.text}" for one in document.unread if part.holds(one.at)]
    return Ask(
        role="understand",
        subject=str(
            replace(part.place, source=Path(part.place.source).name)
        ),  # wherever the folder stands when it is told again
        system=prompt("understand").fill(language=language, kinds=kinds.lines()),
        prompt=prompt("understand_section").fill(
            title=document.name,
            text=fenced(part.text, MOST_LETTERS * 2),
            known=fenced(known_lines(document, part), MOST_LETTERS),
            unread=fenced("\n".join(unread), MOST_LETTERS // 2) if unread else "none",
        ),
        answer=Understood,
        check=check,
        repairs=1,
    )


def _taken(
    document: ServiceText, claim: Claim, affirmed: Sequence[StepText]
) -> tuple[ServiceText, tuple[str, ...], tuple[Refusal, ...]]:
    """The document with the claim, or as it was with the reason why the claim was not kept."""
    met = merged(document, claim.entry, affirmed)
    if met.document is document:
        return document, met.differences, met.refused
    reason = _misfit(document, met.document)
    if reason:
        why = pick(
            document.language,
            f"서비스 모델과 맞지 않는다: {reason}",
            f"does not fit the model of the service: {reason}",
        )
        return document, (), (Refusal(what=_name(claim), place=str(claim.quotes[0].place), why=why),)
    return met.document, met.differences, met.refused


def _misfit(before: ServiceText, after: ServiceText) -> str:
    """Why the document does not resolve, or which number in it cannot be meant that could be before; empty: it fits."""
    try:
        resolve(after)
    except InputErrors as error:
        return "; ".join(problem.reason for problem in error.problems)
    known = {fault.reason for fault in faults(before)}
    return "; ".join(fault.reason for fault in faults(after) if fault.reason not in known)


def _name(claim: Claim) -> str:
    """What a refusal calls the claim: its words."""
    return f"“{claim.quotes[0].quote[:160]}”"


def _understood(document: ServiceText, kept: Sequence[Claim]) -> ServiceText:
    """The document without the unread sentences that the kept claims explain."""
    quoted = [(found.place.source, found.quote) for claim in kept for found in claim.quotes]
    left = []
    for one in document.unread:
        words, source = squeezed(one.text.removesuffix("…")), Place.parse(one.at).source
        if not any(source == name and (quote in words or words in quote) for name, quote in quoted):
            left.append(one)
    return document.model_copy(update={"unread": tuple(left)})


def _instructions(document: ServiceText, pages: Pages) -> Iterator[Refusal]:
    """The sentences that talk to a language model, named so that a person looks at what the rules made of them."""
    for told in pages.instructions:
        why = pick(
            document.language,
            "언어 모델에게 내리는 지시라서 따르지 않았고, 여기서는 사실도 가져오지 않았다",
            "instructs a language model: not followed, and no fact was taken from it",
        )
        yield Refusal(what=f"“{told.text[:160]}”", place=str(told.place), why=_with_rules(document, told.place, why))


def _with_rules(document: ServiceText, place: Place, why: str) -> str:
    """Whether the rules have numbers from the same line, which a person has to look at."""
    read = [item.subject for item in document.money if item.at == str(place)]
    read += [item.subject for item in document.clocks if item.at == str(place)]
    read += [item.subject for item in document.limits if item.at == str(place)]
    read += [
        f"{actor.name} {item.action}" for actor in document.actors for item in actor.authority if item.at == str(place)
    ]
    if not read:
        return why
    names = ", ".join(dict.fromkeys(read))
    return why + pick(
        document.language,
        f". 규칙이 같은 줄에서 읽은 값은 사람이 확인한다: {names}",
        f". The rules have read values from the same line, to be looked at by a person: {names}",
    )


def _unanswered(document: ServiceText, part: Section, answered: Answered[Understood]) -> tuple[str, str, str]:
    why = pick(
        document.language,
        f"모델이 답하지 않아 규칙의 읽기만 쓴다({answered.failure})",
        f"the model gave no answer, the rules' reading is used alone ({answered.failure})",
    )
    return _lines(document, part), why, str(part.place)


def _lines(document: ServiceText, part: Section) -> str:
    return pick(document.language, f"{part.first}~{part.last}행", f"lines {part.first} to {part.last}")
