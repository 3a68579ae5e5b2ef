"""The specification as Markdown, exactly in the contract's form and order. Text from outside is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opslead.render.appendix import appendices
from opslead.render.escape import cell, escape
from opslead.spec.document import (
    BreachResponse,
    FailureMode,
    Policy,
    RolloutItem,
    RunbookStep,
    Specification,
)
from opslead.spec.labels import (
    AXES,
    DISPOSITIONS,
    ENFORCEMENT,
    EVIDENCE,
    FIELDS,
    HORIZONS,
    LEGEND,
    LEVELS,
    MONITORING,
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
    rules = ["\n".join(f"- {escape(rule)}" for rule in spec.rules)] if spec.rules else []
    blocks.append(
        "\n\n".join([_section("policies", lang, [LEGEND[lang]]), *rules, *(_policy(p, spec) for p in spec.policies)])
    )
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
    lines += _closes(policy, spec)
    lines += _numbers(policy, spec)
    lines += _proof(policy, spec)
    lines += _author(policy, spec)
    return "\n".join(lines)


def _closes(policy: Policy, spec: Specification) -> Iterator[str]:
    """The findings a policy closes; those that a lens computed with their words and sums."""
    if not policy.closes:
        return
    lang = spec.language
    yield f"- {pick(lang, '닫는 구멍', 'Closes')}: " + ", ".join(f"`{key}`" for key in policy.closes)
    for found in spec.findings:
        if found.id in policy.closes and not found.id.startswith("patterns."):
            sums = "; ".join(item.text for item in found.evidence if item.kind in ("arithmetic", "calendar"))
            yield f"  - {escape(found.condition)}" + (f" ({escape(sums)})" if sums else "")


def _numbers(policy: Policy, spec: Specification) -> Iterator[str]:
    """Which computed numbers the text uses, by their number in the appendix."""
    used = [
        f"Q{number} {made.title} {made.text}"
        for number, made in enumerate(spec.quantities, 1)
        if made.id in policy.quantities
    ]
    if used:
        yield f"- {pick(spec.language, '계산 근거', 'Computed')}: " + escape("; ".join(used))


def _proof(policy: Policy, spec: Specification) -> Iterator[str]:
    """What the search says of the policy, or on what else it rests."""
    lang, proof = spec.language, policy.evidence
    if not proof.kinds:
        return
    label = pick(lang, "증거", "Evidence")
    if not proof.decides:
        kinds = ", ".join(EVIDENCE[lang][kind] for kind in proof.kinds)
        yield f"- {label}: {kinds}" + pick(
            lang, " (탐색이 다루는 결정이 없다)", " (decides nothing that the search knows)"
        )
        return
    parts = [
        (proof.ends, pick(lang, "이 정책만으로 사라지는 이야기", "ends by itself")),
        (proof.harder, pick(lang, "장애가 더 있어야 일어나게 되는 이야기", "takes more faults than before")),
        (proof.returns, pick(lang, "이 정책만 빼면 되돌아오는 이야기", "comes back if this one is taken away")),
    ]
    said = [f"{words}: {', '.join(f'`{key}`' for key in ids)}" for ids, words in parts if ids]
    nothing = (
        pick(lang, "탐색에서는 빼도 달라지는 것이 없다", "the search changes nothing without it")
        if proof.judged
        else pick(lang, "모두 보지 못해 판정하지 않는다", "not all states were seen, so not judged")
    )
    yield f"- {label}: {pick(lang, '탐색', 'search')} — " + ("; ".join(said) or nothing)


def _author(policy: Policy, spec: Specification) -> Iterator[str]:
    """Whose words the policy is in, where a language model was asked."""
    if spec.panel is None:
        return
    lang = spec.language
    label = pick(lang, "작성", "Written by")
    if policy.author == "model":
        yield f"- {label}: " + pick(lang, "언어 모델(엔진 검사 통과)", "language model, checked by the engine")
    elif policy.fallback:
        yield (
            f"- {label}: "
            + pick(lang, "엔진. 모델 초안은 쓰지 않았다 — ", "engine; the model's draft was not taken — ")
            + escape(policy.fallback)
        )
    else:
        yield f"- {label}: " + pick(lang, "엔진", "engine")


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
    rows = [
        f"| {cell(r.item)} | {DISPOSITIONS[lang][r.status]} | {', '.join(f'#{n}' for n in r.policies) or '-'} | {cell(_answer(r, lang))} |"
        for r in responses
    ]
    return "\n".join([title, "", head, "| --- | --- | --- | --- |", *rows])


def _answer(response: BreachResponse, lang: Lang) -> str:
    """The answer, and the words of the policy that it rests on."""
    if not response.evidence:
        return response.answer
    shown = pick(lang, f"근거: “{response.evidence}”", f"evidence: “{response.evidence}”")
    return f"{response.answer} {shown}".strip()


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
                    cell("; ".join((*_grades(item, lang), *item.reasons))),
                ]
            )
            + " |"
            for item in items
        ]
        parts.append(
            "\n".join([f"### {HORIZONS[lang][name]}", "", f"| {' | '.join(head)} |", "|" + " --- |" * 5, *rows])
        )
    return "\n\n".join(parts)


def _grades(item: RolloutItem, lang: Lang) -> Iterator[str]:
    """`S8 O9 D6, 조치 우선순위 상`: the grades of severity, occurrence and detection and what they give."""
    if item.ratings is not None:
        r = item.ratings
        word = pick(lang, "조치 우선순위", "action priority")
        yield f"S{r.severity.grade} O{r.occurrence.grade} D{r.detection.grade}, {word} {LEVELS[lang][r.action_priority]}"


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
