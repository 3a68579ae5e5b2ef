"""What stands after the four parts: the twelve questions, the sums, the search, the sources, the law, the panel's record."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.render.appendix import quantity_lines, search_lines
from opslead.render.outline.blocks import Block, Heading, Item, Items, Paragraph, Table, cell
from opslead.render.outline.rollout import numbers
from opslead.render.outline.tales import tales
from opslead.render.panel import panel_lines
from opslead.spec.document import Specification
from opslead.spec.labels import VERDICTS
from opslead.text import STARTING, pick


def appendices(spec: Specification) -> Iterator[Block]:
    """Only those that there is something for."""
    if spec.checklist:
        yield from _checklist(spec)
    if spec.quantities:
        yield from _quantities(spec)
    if spec.searches or spec.unsearched:
        yield from _searches(spec)
    if spec.packs or any(policy.references for policy in spec.policies):
        yield from _sources(spec)
    if spec.legal:
        yield from _legal(spec)
    if spec.panel:
        yield from _panel(spec)


def _checklist(spec: Specification) -> Iterator[Block]:
    lang = spec.language
    yield Heading(1, pick(lang, "부록 A) 열두 질문의 답", "Appendix A) The twelve questions"), "appendix-a")
    rows = tuple(
        (cell(number), cell(a.question), cell(VERDICTS[lang][a.verdict]), cell(a.answer), cell(numbers(a.policies)))
        for number, a in spec.checklist.items()
    )
    head = pick(lang, "번호|질문|판단|답|정책", "No.|Question|Verdict|Answer|Policies")
    yield Table(tuple(head.split("|")), rows, (6, 30, 12, 38, 14))


def _quantities(spec: Specification) -> Iterator[Block]:
    lang = spec.language
    yield Heading(1, pick(lang, "부록 B) 계산 근거", "Appendix B) Computed numbers"), "appendix-b")
    yield Paragraph(
        pick(
            lang,
            f"정책의 (Q1) 같은 표시는 여기의 번호다. {STARTING}가 붙은 값은 가정한 입력이 하나 이상 들어간 계산이다.",
            f"(Q1) in a policy is the number of the entry here. {STARTING}: at least one input is assumed.",
        ),
        note=True,
    )
    for number, made in enumerate(spec.quantities, 1):
        where = numbers(tuple(p.number for p in spec.policies if made.id in p.quantities))
        yield Heading(3, f"Q{number} {made.title}: {made.text}", f"quantity-{number}")
        lines = (*quantity_lines(made, lang), f"{pick(lang, '쓰는 정책', 'used in')}: {where} · {made.id}")
        yield Items(tuple(Item(line) for line in lines))


def _searches(spec: Specification) -> Iterator[Block]:
    lang = spec.language
    yield Heading(1, pick(lang, "부록 C) 탐색", "Appendix C) The search"), "appendix-c")
    for flow in spec.searches:
        first, *rest = search_lines(flow, lang)
        yield Paragraph(first)
        yield Items(tuple(Item(line.strip()) for line in rest))
    if spec.unsearched:
        names = ", ".join(spec.unsearched)
        yield Paragraph(
            pick(
                lang,
                f"탐색하지 않은 흐름: {names}. 이용한 뒤에 값을 받는 결제에 대해서는 탐색이 아무 말도 하지 않는다",
                f"Not searched: {names}. Of a payment taken after the use the search says nothing",
            )
        )
    yield from tales(spec)


def _sources(spec: Specification) -> Iterator[Block]:
    lang = spec.language
    yield Heading(
        1, pick(lang, "부록 D) 적용한 지식과 출처", "Appendix D) Knowledge used, and its sources"), "appendix-d"
    )
    packs = tuple(
        Item(
            f"{pack.name} {pack.id}",
            lead=pick(lang, "도메인 팩", "Domain pack"),
            detail=", ".join(f"“{words}”" for words in pack.because),
        )
        for pack in spec.packs
    )
    if packs:
        yield Items(packs)
    rows = tuple(
        (
            cell(f"#{policy.number} {policy.name}"),
            cell(*(f"{reference.title} — {reference.source}" for reference in policy.references)),
        )
        for policy in spec.policies
        if policy.references
    )
    if rows:
        yield Table((pick(lang, "정책", "Policy"), pick(lang, "출처", "Sources")), rows, (30, 70))


def _legal(spec: Specification) -> Iterator[Block]:
    lang = spec.language
    yield Heading(1, pick(lang, "부록 E) Risk/Legal에 넘길 질문", "Appendix E) Questions for Risk/Legal"), "appendix-e")
    yield Paragraph(
        pick(
            lang,
            "이 문서는 법이 무엇을 허용하는지 판단하지 않는다. 답이 오면 기다리는 정책을 그에 맞게 고친다.",
            "This document does not judge what the law allows. The policies that wait change with the answer.",
        ),
        note=True,
    )
    none = pick(lang, "설명에 없음", "none stated")
    rows = tuple(
        (cell(f"L{number}"), cell(one.question), cell(*(one.facts or (none,))), cell(numbers(one.policies)))
        for number, one in enumerate(spec.legal, 1)
    )
    head = pick(
        lang,
        "번호|질문|판단에 필요한 운영 사실|기다리는 정책",
        "No.|Question|Facts of the operation|Policies that wait",
    )
    yield Table(tuple(head.split("|")), rows, (7, 38, 42, 13))


def _panel(spec: Specification) -> Iterator[Block]:
    lang = spec.language
    run = spec.panel
    if run is None:
        return
    yield Heading(1, pick(lang, "부록 F) 패널 기록", "Appendix F) The panel's record"), "appendix-f")
    yield Items(tuple(Item(line) for line in panel_lines(run, spec)))
    if run.refused:
        rows = tuple((cell(one.what), cell(one.place or "-"), cell(one.why)) for one in run.refused)
        head = pick(lang, "받지 않은 것|자리|까닭", "Not taken|Place|Why")
        yield Table(tuple(head.split("|")), rows, (40, 20, 40))
