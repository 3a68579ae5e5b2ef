"""The answers to the breach report, part 3 and part 4, each a table."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.render.outline.blocks import Block, Cell, Heading, Paragraph, Table, cell
from opslead.render.said import answer_words, grade_words
from opslead.spec.document import Level, RolloutItem, Specification
from opslead.spec.labels import AXES, DISPOSITIONS, HORIZONS, LEVELS
from opslead.text import Lang, pick


def numbers(policies: tuple[int, ...]) -> str:
    """`#1, #7`, or a dash."""
    return ", ".join(f"#{n}" for n in policies) or "-"


def breaches(spec: Specification) -> Iterator[Block]:
    """Each item of the breach report with what became of it."""
    lang = spec.language
    yield Heading(2, pick(lang, "공격 보고서 대응", "Answers to the breach report"), "breach")
    rows = tuple(
        (cell(r.item), cell(DISPOSITIONS[lang][r.status]), cell(numbers(r.policies)), cell(answer_words(r, lang)))
        for r in spec.breach_responses
    )
    head = pick(lang, "항목|상태|정책|답", "Item|Status|Policies|Answer")
    yield Table(tuple(head.split("|")), rows, (40, 9, 11, 40))


def rollout(spec: Specification) -> Iterator[Block]:
    """A table a horizon; an empty one says so."""
    lang = spec.language
    if not spec.rollout.items:
        return
    names = {policy.number: policy.name for policy in spec.policies}
    yield Paragraph(
        pick(
            lang,
            "등급: 위험도·발생확률은 상일수록 나쁘고, 탐지가능성은 하일수록 나쁘다(터진 뒤에야 보인다).",
            "Grades: high impact and likelihood are bad; low detectability is bad (seen only after it has happened).",
        ),
        note=True,
    )
    short = pick(lang, "위험도|발생확률|탐지|이유", "Impact|Likelihood|Detect.|Reasons").split("|")
    for key, title in HORIZONS[lang].items():
        yield Heading(2, title, f"rollout-{key.replace('_', '-')}")
        items: tuple[RolloutItem, ...] = getattr(spec.rollout, key)
        rows = tuple(_row(item, names.get(item.policy, ""), lang) for item in items)
        yield Table((pick(lang, "정책", "Policy"), *short), rows, (28, 8, 10, 8, 46))
    yield Paragraph(" · ".join(AXES[lang]), note=True)


def _row(item: RolloutItem, name: str, lang: Lang) -> tuple[Cell, ...]:
    turned: dict[Level, Level] = {"low": "high", "high": "low"}  # hard to detect is what is bad
    return (
        cell(f"#{item.policy} {name}"),
        cell(LEVELS[lang][item.impact], level=item.impact),
        cell(LEVELS[lang][item.likelihood], level=item.likelihood),
        cell(LEVELS[lang][item.detectability], level=turned.get(item.detectability, item.detectability)),
        cell(*grade_words(item, lang), *item.reasons),
    )


def questions(spec: Specification) -> Iterator[Block]:
    """What has to be found out, for which decision, with which data."""
    lang = spec.language
    if not spec.questions:
        return
    rows = tuple(
        (
            cell(f"V{number}"),
            cell(one.decision),
            cell(one.data_needed),
            cell(numbers(one.affects)),
            cell(one.moves or "-"),
        )
        for number, one in enumerate(spec.questions, 1)
    )
    head = pick(lang, "번호|결정|필요한 데이터|정책|답에 따라", "No.|Decision|Data needed|Policies|What it moves")
    yield Table(tuple(head.split("|")), rows, (7, 32, 30, 10, 21))
