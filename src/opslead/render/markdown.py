"""The specification as Markdown, exactly in the contract's form and order. Text from outside is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opslead.render.appendix import appendices
from opslead.render.escape import cell, escape
from opslead.render.said import (
    answer_words,
    author_words,
    closing_words,
    grade_words,
    proof_words,
    sentences,
    step_words,
    used_numbers,
    watched,
)
from opslead.spec.document import (
    BreachResponse,
    FailureMode,
    Policy,
    RolloutItem,
    Specification,
)
from opslead.spec.labels import (
    AXES,
    DISPOSITIONS,
    ENFORCEMENT,
    FIELDS,
    HORIZONS,
    LEGEND,
    LEVELS,
    SECTIONS,
    SURFACES,
)
from opslead.text import Lang, pick


def render(specification: Specification) -> str:
    """The whole document, ending in a newline."""
    spec = specification
    lang = spec.language
    blocks: list[str] = [f"# {escape(spec.title)}"]
    if spec.assumptions:
        blocks.append(_section("assumptions", lang, [f"- {escape(a)}" for a in spec.assumptions]))
    blocks.append(_section("failure_modes", lang, [line for m in spec.failure_modes for line in _mode(m, lang)]))
    legend = _section("policies", lang, [LEGEND[lang]])
    rules = ["\n".join(f"- {escape(rule)}" for rule in spec.rules)] if spec.rules else []
    blocks.append("\n\n".join([legend, *rules, *(_policy(p, spec) for p in spec.policies)]))
    if spec.breach_responses:
        blocks.append(_breaches(spec.breach_responses, lang))
    blocks.append(_rollout(spec, lang))
    blocks.append(_questions(spec, lang))
    blocks += appendices(spec)
    return "\n\n".join(blocks) + "\n"


def _section(name: str, lang: Lang, lines: Iterable[str]) -> str:
    return f"## {SECTIONS[lang][name]}\n\n" + "\n".join(lines)


def _mode(mode: FailureMode, lang: Lang) -> Iterator[str]:
    parts = (mode.condition, mode.user_impact, mode.operations_impact)
    yield "- " + " / ".join(escape(part) for part in parts) + f" {_tags(mode.surfaces)} `{mode.id}`"
    proof = pick(lang, "근거", "evidence")
    for item in mode.evidence:
        places = f" ({escape(', '.join(item.sources))})" if item.sources else ""
        yield f"  - {proof}: {escape(item.text)}{places}"


def _tags(surfaces: Iterable[int]) -> str:
    return "".join(f"[{number}]" for number in surfaces)


def _policy(policy: Policy, spec: Specification) -> str:
    lang = spec.language
    fields = FIELDS[lang]
    lines = [f"### [Policy #{policy.number}] {fields['name']}: {escape(policy.name)}", ""]
    tags = ", ".join(f"[{n}] {SURFACES[lang][n]}" for n in policy.surfaces)
    lines.append(f"- {fields['surfaces']}: {tags}")
    lines += [f"- {fields[name]}: {escape(getattr(policy, name))}" for name in ("intent", "scope", "trigger")]
    lines.append(f"- {fields['signals']}: {escape(', '.join(policy.signals))}")
    points = [f"{ENFORCEMENT[lang].get(p.kind, p.kind)} — {p.action}" for p in policy.enforcement_points]
    lines.append(f"- {fields['enforcement_points']}: {escape('; '.join(points))}")
    lines.append(f"- {fields['runbook']}:")
    lines += [f"  {n}. {escape(step_words(step, lang))}" for n, step in enumerate(policy.runbook, 1)]
    lines.append(f"- {fields['exceptions']}: {escape(sentences(policy.exceptions))}")
    lines.append(f"- {fields['monitoring']}:")
    lines += [f"  - {label}: {escape(text)}" for label, text in watched(policy, lang)]
    lines.append(f"- {fields['symptoms']}: {escape(sentences(policy.symptoms))}")
    if policy.uncertain:
        asked = " ".join(f"({n}) {question}" for n, question in enumerate(policy.uncertain.questions, 1))
        lines.append(
            f"- {fields['uncertain']}: {escape(policy.uncertain.what)} — {pick(lang, '질문', 'Questions')}: {escape(asked)}"
        )
    lines += _basis(policy, spec)
    return "\n".join(lines)


def _basis(policy: Policy, spec: Specification) -> Iterator[str]:
    """What it closes, the computed numbers in it, on what it rests, whose words it is in."""
    lang = spec.language
    if policy.closes:
        yield f"- {pick(lang, '닫는 구멍', 'Closes')}: " + ", ".join(f"`{key}`" for key in policy.closes)
        yield from (f"  - {escape(words)}" for words in closing_words(policy, spec))
    if used := used_numbers(policy, spec):
        yield f"- {pick(lang, '계산 근거', 'Computed')}: " + escape("; ".join(used))
    if proof := proof_words(policy, lang, code=lambda key: f"`{key}`"):
        yield f"- {pick(lang, '증거', 'Evidence')}: {proof}"
    if author := author_words(policy, spec):
        yield f"- {pick(lang, '작성', 'Written by')}: {escape(author)}"


def _breaches(responses: Iterable[BreachResponse], lang: Lang) -> str:
    title = pick(lang, "### 공격 보고서 대응", "### Answers to the breach report")
    head = pick(lang, "| 항목 | 상태 | 정책 | 답 |", "| Item | Status | Policies | Answer |")
    rows = [
        f"| {cell(r.item)} | {DISPOSITIONS[lang][r.status]} | {', '.join(f'#{n}' for n in r.policies) or '-'} | {cell(answer_words(r, lang))} |"
        for r in responses
    ]
    return "\n".join([title, "", head, "| --- | --- | --- | --- |", *rows])


def _rollout(spec: Specification, lang: Lang) -> str:
    names = {policy.number: policy.name for policy in spec.policies}
    axes = AXES[lang]
    note = pick(
        lang,
        "등급: 위험도·발생확률은 상일수록 나쁘고, 탐지가능성은 하일수록 나쁘다(터진 뒤에야 보인다).",
        "Grades: high impact and likelihood are bad; low detectability is bad (seen only after it has happened).",
    )
    parts = [f"## {SECTIONS[lang]['rollout']}", note]
    for name in HORIZONS[lang]:
        items: tuple[RolloutItem, ...] = getattr(spec.rollout, name)
        head = pick(lang, "정책", "Policy"), *axes, pick(lang, "이유", "Reasons")
        rows = [
            "| "
            + " | ".join(
                [
                    f"#{item.policy} {cell(names.get(item.policy, ''))}",
                    *(LEVELS[lang][level] for level in (item.impact, item.likelihood, item.detectability)),
                    cell("; ".join((*grade_words(item, lang), *item.reasons))),
                ]
            )
            + " |"
            for item in items
        ]
        parts.append(
            "\n".join([f"### {HORIZONS[lang][name]}", "", f"| {' | '.join(head)} |", "|" + " --- |" * 5, *rows])
        )
    return "\n\n".join(parts)


def _questions(spec: Specification, lang: Lang) -> str:
    lines = []
    for number, question in enumerate(spec.questions, 1):
        refs = f" ({', '.join(f'#{n}' for n in question.affects)})" if question.affects else ""
        decision = pick(lang, f"결정: {question.decision}{refs}", f"Decision: {question.decision}{refs}")
        data = pick(lang, f"필요한 데이터: {question.data_needed}", f"Data needed: {question.data_needed}")
        moves = (
            pick(lang, f" — 답에 따라: {question.moves}", f" — It moves: {question.moves}") if question.moves else ""
        )
        lines.append(f"{number}. {escape(decision)} — {escape(data + moves)}")
    return _section("questions", lang, lines)
