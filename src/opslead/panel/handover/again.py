"""The next message to the chat window: only what was not taken, with the reasons, and the holes that nothing closes yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opslead.lenses.hole import Hole
from opslead.panel.brief import fenced
from opslead.panel.handover.asking import short_evidence
from opslead.panel.handover.composing import Adopted
from opslead.panel.handover.settling import Kept
from opslead.panel.ops_lead import form
from opslead.panel.prompt import prompt
from opslead.spec.document import BreachResponse, Policy
from opslead.spec.labels import FIELDS
from opslead.text import Lang, pick

MOST_TEXTS = 20_000
"""Letters of the policies' own words that go back; past it a policy is named with its reasons alone."""
MOST_OPEN = 12


def open_holes(adopted: Adopted) -> tuple[Hole, ...]:
    """The holes that no policy of the document closes and that are worth one, the gravest first."""
    left = [h for h in adopted.settled.unanswered if h.certain and h.action_priority != "low"]
    return tuple(sorted(left, key=lambda hole: (-hole.priority, hole.id))[:MOST_OPEN])


def open_items(adopted: Adopted) -> tuple[BreachResponse, ...]:
    """Items of the breach report that no policy of the document closes."""
    return tuple(item for item in adopted.specification.breach_responses if item.status == "open")


def next_message(adopted: Adopted, command: str) -> str:
    """The message, empty when nothing is left to ask for."""
    lang: Lang = adopted.specification.language
    kept, holes, items = adopted.settled.out, open_holes(adopted), open_items(adopted)
    if not kept and not holes and not items:
        return ""
    said = [one.said for one in adopted.settled.taken] + [one.said for one in kept]
    numbers = [number for one in said for number in one.numbers]
    none = pick(lang, "없다.", "None.")
    text = prompt(f"again.{lang}").fill(
        failed="\n\n".join(_failed(kept, lang)) or none,
        open="\n".join(_open(holes, items, lang)) or none,
        first=str(max(numbers) + 1),
        form=policy_form(lang),
        command=f"```sh\n{command}\n```",
    )
    return text + "\n"


def policy_form(lang: Lang) -> str:
    """The form of one policy, as the brief shows it."""
    whole = form(lang)
    begin = whole.index("### [Policy #1]")
    end = whole.index("\n### ", begin + 1)
    return whole[begin:end].strip()


def _failed(kept: Sequence[Kept], lang: Lang) -> Iterator[str]:
    room = MOST_TEXTS
    for one in kept:
        policy = one.said.policy
        lines = [f"### [Policy #{policy.number}] {FIELDS[lang]['name']}: {policy.name}", ""]
        lines += [f"- {complaint}" for complaint in one.complaints]
        words = "\n".join(_words(policy, lang))
        if len(words) <= room:
            room -= len(words)
            lines += ["", pick(lang, "앞의 글:", "As it was:"), fenced(words, MOST_TEXTS)]
        yield "\n".join(lines)


def _words(policy: Policy, lang: Lang) -> Iterator[str]:
    for name, label in FIELDS[lang].items():
        if words := policy.raw.get(name, ""):
            yield f"- {label}: {words}"


def _open(holes: Sequence[Hole], items: Sequence[BreachResponse], lang: Lang) -> Iterator[str]:
    lines = [f"`{hole.id}`: {hole.condition} ({short_evidence(hole, lang)})" for hole in holes]
    lines += [pick(lang, f"공격 보고서: {i.item}", f"breach report: {i.item}") for i in items]
    if lines:
        yield fenced("\n".join(lines), MOST_TEXTS)
