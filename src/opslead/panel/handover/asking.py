"""The brief for a chat window: the Ops Lead's demands, what the engine has understood, found and computed, and how the answer comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from opslead.intake.page.readers import Source
from opslead.knowledge.slots import computations
from opslead.lenses.hole import Hole, Story
from opslead.model.service import Service
from opslead.panel.brief import fenced, model_lines, quantity_lines
from opslead.panel.ops_lead import ops_lead_for
from opslead.panel.prompt import prompt
from opslead.panel.shorter import shorter
from opslead.policy.overview import evidence_items
from opslead.policy.rank import Choice
from opslead.text import Lang, fault_words, pick

MOST_FINDINGS = 13_000
"""Letters of findings; of more, the gravest stay and the number of the others is said."""
MOST_MODEL = 6_000
MOST_COMPUTED = 4_000
_EVIDENCE = 110
"""Letters of one finding's evidence."""


@dataclass(frozen=True)
class Given:
    """The user's texts, as they go behind the brief as data."""

    services: Sequence[Source]
    charter: Source | None = None
    breach: Source | None = None


def brief_for_chat(
    given: Given, service: Service, choices: Sequence[Choice], open_holes: Sequence[Hole], command: str
) -> str:
    """The whole text to paste. `choices`: the engine's policies with their holes; `open_holes`: those that none of them closes.

    `command`: how the user hands the answer back.
    """
    lang = service.language
    also = prompt(f"handover.{lang}").fill(
        model=fenced("\n".join(model_lines(service)), MOST_MODEL),
        findings=fenced("\n".join(finding_lines(choices, open_holes, lang)), MOST_FINDINGS + 2_000),
        computed=fenced("\n".join(quantity_lines(computations(service))), MOST_COMPUTED),
        command=f"```sh\n{command}\n```",
    )
    return ops_lead_for(
        lang,
        "\n\n".join(source.text for source in given.services),
        given.charter.text if given.charter else "",
        given.breach.text if given.breach else "",
        also,
    )


def finding_lines(choices: Sequence[Choice], open_holes: Sequence[Hole], lang: Lang) -> Iterator[str]:
    """The holes under the policy that takes them, the gravest policies first, until the letters run out; open ones before all."""
    groups: list[tuple[str, Sequence[Hole]]] = []
    if open_holes:
        groups.append((pick(lang, "아직 닫는 정책이 없는 구멍", "holes that no policy closes yet"), open_holes))
    groups += [(choice.candidate.policy.name, choice.candidate.holes) for choice in choices]
    room, left = MOST_FINDINGS, 0
    for title, holes in groups:
        lines = [f"* {title}", *(f"  - {line}" for line in _holes(holes, lang))]
        letters = sum(map(len, lines))
        if letters > room:
            left += len(holes)
            continue
        room -= letters
        yield from lines
    if left:
        yield pick(lang, f"(여기에 싣지 않은 구멍 {left}개)", f"({left} more holes are not shown)")


def _holes(holes: Iterable[Hole], lang: Lang) -> Iterator[str]:
    for hole in holes:
        proof = short_evidence(hole, lang)
        yield f"`{hole.id}`: {hole.condition}" + (f" ({proof})" if proof else "")


def short_evidence(hole: Hole, lang: Lang) -> str:
    """The evidence that says most, short: a story's length, else the sum or the gap, else the quotation."""
    for evidence in hole.evidence:
        if isinstance(evidence, Story):
            steps = len(evidence.steps)
            said = pick(lang, f"탐색이 찾은 이야기 {steps}단계", f"a story of {steps} steps found by search")
            return f"{said}, {fault_words(evidence.faults, lang)}"
    items = [item for evidence in hole.evidence for item in evidence_items(evidence, lang)]
    items.sort(key=lambda item: item.kind == "quotation")
    text = " ".join(items[0].text.split()) if items else ""
    return shorter(text, _EVIDENCE)
