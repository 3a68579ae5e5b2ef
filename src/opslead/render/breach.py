"""A breach report as Markdown in the form that `design --breach` reads: one item, one paragraph, a label before it."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.render.escape import escape
from opslead.spec.breach import BreachItem, BreachReport
from opslead.spec.labels import LEVELS
from opslead.text import Lang, pick


def render(report: BreachReport) -> str:
    """The whole report, ending in a newline. Text from outside is escaped."""
    lang = report.language
    title = pick(lang, f"공격 보고서 {report.number}차", f"Breach report, round {report.number}")
    blocks = [f"# {title}", *_items(report)]
    if not report.items:
        blocks.append(_nothing(report))
    return "\n\n".join(blocks) + "\n"


def _items(report: BreachReport) -> Iterator[str]:
    for number, item in enumerate(report.items, 1):
        yield " ".join([f"B-{number}.", escape(_sentence(item.story)), *_proof(item, report.language)])


def _proof(item: BreachItem, lang: Lang) -> Iterator[str]:
    """What it goes through, on what it rests, how grave it is and who found it: after the story, in the same paragraph."""
    if item.policies:
        first, *others = (f"#{number}" for number in item.policies)
        gap = f" “{item.gap}”" if item.gap else ""
        also = "".join(f", {number}" for number in others)
        yield escape(pick(lang, "통과한 정책", "Through") + f": {first} {item.through}{gap}{also}.")
    else:
        yield pick(lang, "막는 정책이 없다.", "No policy covers it.")
    for proof in item.evidence:
        places = f" ({', '.join(proof.sources)})" if proof.sources else ""
        yield escape(pick(lang, f"근거: {proof.text}{places}.", f"Evidence: {proof.text}{places}."))
    tail = (
        [pick(lang, f"조치 우선순위 {LEVELS[lang][item.level]}", f"action priority {item.level}")] if item.level else []
    )
    tail += [item.raised_by] if item.raised_by else []
    if tail:
        yield escape(f"({', '.join(tail)})")


def _nothing(report: BreachReport) -> str:
    """That nothing was found is worth as much as who looked. A heading, which is no item when the report is read."""
    lang = report.language
    who = ", ".join(name for name in report.attackers if name not in report.silent)
    said = pick(
        lang,
        f"뚫린 곳을 찾지 못했다. 공격자: {who or '없음'}",
        f"No way through was found. Attackers: {who or 'none'}",
    )
    return f"## {escape(said)}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
