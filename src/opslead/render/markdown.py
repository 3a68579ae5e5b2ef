"""The specification as Markdown, exactly in the contract's form and order. Text from outside is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from opslead.spec.document import (
    BreachResponse,
    FailureMode,
    Policy,
    RolloutItem,
    RunbookStep,
    Specification,
)
from opslead.spec.labels import AXES, ENFORCEMENT, FIELDS, HORIZONS, LEVELS, MONITORING, SECTIONS, SURFACES
from opslead.text import STARTING, Lang, pick

_SPECIAL = re.compile(r"([\\`*_<])")
_LEADING = re.compile(r"^(\s*)(#{1,6}\s|[-+>]\s|>|\d+[.)]\s|=+$|-+$)")


def escape(text: str) -> str:
    """One line of plain text as Markdown that shows exactly that text. Two tildes would strike out what is between."""
    flat = " ".join(text.split())
    escaped = _SPECIAL.sub(r"\\\1", flat).replace("![", "!\\[").replace("](", "]\\(")
    if escaped.count("~") > 1:
        escaped = escaped.replace("~", "\\~")
    return _LEADING.sub(lambda m: m.group(1) + "\\" + m.group(2), escaped)


def cell(text: str) -> str:
    """The same inside a table."""
    return escape(text).replace("|", "\\|")


def render(specification: Specification) -> str:
    """The whole document, ending in a newline."""
    spec = specification
    lang = spec.language
    blocks: list[str] = [f"# {escape(spec.title)}"]
    if spec.assumptions:
        blocks.append(_section("assumptions", lang, [f"- {escape(a)}" for a in spec.assumptions]))
    blocks.append(_section("failure_modes", lang, [line for m in spec.failure_modes for line in _mode(m, lang)]))
    legend = pick(
        lang,
        f"{STARTING} = 입력에 없어 정한 시작값이나 아직 지정되지 않은 담당. 4주 운영 데이터나 검증 질문의 답으로 바꾼다.",
        f"{STARTING} = not in the input: a starting value, or a role that nobody is named for; replace it by four weeks of operating data or an answer to a question.",
    )
    blocks.append("\n\n".join([_section("policies", lang, [legend]), *(_policy(p, lang) for p in spec.policies)]))
    if spec.breach_responses:
        blocks.append(_breaches(spec.breach_responses, lang))
    blocks.append(_rollout(spec, lang))
    blocks.append(_questions(spec, lang))
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


def _policy(policy: Policy, lang: Lang) -> str:
    fields = FIELDS[lang]
    lines = [f"### [Policy #{policy.number}] {fields['name']}: {escape(policy.name)}", ""]
    tags = ", ".join(f"[{n}] {SURFACES[lang][n]}" for n in policy.surfaces)
    lines.append(f"- {fields['surfaces']}: {tags}")
    lines += [f"- {fields[name]}: {escape(getattr(policy, name))}" for name in ("intent", "scope", "trigger")]
    lines.append(f"- {fields['signals']}: {escape(', '.join(policy.signals))}")
    points = [f"{ENFORCEMENT[lang].get(p.kind, p.kind)} — {p.action}" for p in policy.enforcement_points]
    lines.append(f"- {fields['enforcement_points']}: {escape('; '.join(points))}")
    lines.append(f"- {fields['runbook']}:")
    lines += [f"  {n}. {escape(_step(step, lang))}" for n, step in enumerate(policy.runbook, 1)]
    lines.append(f"- {fields['exceptions']}: {escape(_sentences(policy.exceptions))}")
    lines.append(f"- {fields['monitoring']}:")
    lines += [f"  - {label}: {escape(text)}" for label, text in _monitoring(policy, lang)]
    lines.append(f"- {fields['symptoms']}: {escape(_sentences(policy.symptoms))}")
    if policy.uncertain:
        asked = " ".join(f"({n}) {question}" for n, question in enumerate(policy.uncertain.questions, 1))
        lines.append(
            f"- {fields['uncertain']}: {escape(policy.uncertain.what)} — {pick(lang, '질문', 'Questions')}: {escape(asked)}"
        )
    if policy.closes:
        lines.append(f"- {pick(lang, '닫는 구멍', 'Closes')}: " + ", ".join(f"`{key}`" for key in policy.closes))
    return "\n".join(lines)


def _step(step: RunbookStep, lang: Lang) -> str:
    """`who — what (by when; with which data)`."""
    detail = "; ".join(
        part for part in (step.deadline, step.data and pick(lang, f"데이터: {step.data}", f"data: {step.data}")) if part
    )
    who = f"{step.actor} — " if step.actor else ""
    return f"{who}{step.action.rstrip('.')}" + (f" ({detail})" if detail else "")


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(part if part.endswith((".", "?", "!")) else part + "." for part in parts)


def _monitoring(policy: Policy, lang: Lang) -> Iterator[tuple[str, str]]:
    labels = MONITORING[lang]
    watch = policy.monitoring
    for name in ("leading", "lagging"):
        for text in getattr(watch, name):
            yield labels[name], text
    for name in ("start", "relax", "stop"):
        if text := getattr(watch, name):
            yield labels[name], text


def _breaches(responses: Iterable[BreachResponse], lang: Lang) -> str:
    title = pick(lang, "### 공격 보고서 대응", "### Answers to the breach report")
    head = pick(lang, "| 항목 | 상태 | 정책 | 답 |", "| Item | Status | Policies | Answer |")
    words = {"closed": pick(lang, "닫힘", "closed"), "open": pick(lang, "열려 있음", "open")}
    rows = [
        f"| {cell(r.item)} | {words[r.status]} | {', '.join(f'#{n}' for n in r.policies) or '-'} | {cell(r.answer)} |"
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
                    cell("; ".join(item.reasons)),
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
        lines.append(f"{number}. {escape(decision)} — {escape(data)}")
    return _section("questions", lang, lines)
