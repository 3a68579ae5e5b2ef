"""Rules and patterns as Markdown for a reader, both languages side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opslead.contract import Rule
from opslead.knowledge.pack import Pack
from opslead.knowledge.schema import Both, Pattern, PolicyText
from opslead.spec.labels import ENFORCEMENT, FIELDS, MONITORING
from opslead.text import Lang, pick

LANGUAGES: tuple[Lang, Lang] = ("ko", "en")


def contract(rules: Iterable[Rule]) -> str:
    """All rules."""
    return "# The contract\n\n" + "\n".join(map(rule, rules))


def rule(one: Rule) -> str:
    """One rule: what it asks, why, a bad and a good example."""
    lines = [f"## {one.id} {one.name} ({one.severity})", ""]
    lines += [f"- {lang}: {one.summary[lang]}. {one.why[lang]}" for lang in LANGUAGES]
    return "\n".join([*lines, f"- bad: {one.bad}", f"- good: {one.good}", ""])


def index(patterns: Iterable[tuple[Pattern, Pack | None]]) -> str:
    """One line a pattern: id, pack, surfaces, name in both languages."""
    lines = ["# Patterns", "", "id | pack | surfaces | ko | en", "--- | --- | --- | --- | ---"]
    for one, pack in patterns:
        surfaces = ", ".join(map(str, one.surfaces))
        lines.append(
            f"{one.id} | {pack.id if pack else '-'} | {surfaces} | {one.policy.ko.name} | {one.policy.en.name}"
        )
    return "\n".join(lines) + "\n"


def pattern(one: Pattern, pack: Pack | None) -> str:
    """A pattern whole: what goes wrong, when it applies, what stops it, the policy, where it is known from."""
    return "\n".join([*_head(one, pack), *(line for lang in LANGUAGES for line in _in(one, lang)), *_proof(one)]) + "\n"


def _head(one: Pattern, pack: Pack | None) -> Iterator[str]:
    yield f"# {one.id}"
    yield ""
    yield "`{slot}` is filled from the model of the service; `[[…]]` stands only where its slots are known; `~30` is a starting value."
    yield ""
    yield f"- pack: {pack.id if pack else 'general'}"
    yield f"- surfaces: {', '.join(map(str, one.surfaces))}"
    yield f"- loss: {one.loss}"
    for matcher in one.when:
        yield f"- applies when: `{matcher.model_dump_json(by_alias=True, exclude_unset=True)}`"
    if one.finding:
        yield f"- closes findings of: {', '.join(one.finding)}"
    for guardrail in one.guardrails:
        yield f"- guardrail: {guardrail.kind} ({guardrail.control})" + (f" on {guardrail.on}" if guardrail.on else "")
    yield ""


def _in(one: Pattern, lang: Lang) -> Iterator[str]:
    def said(both: Both) -> str:
        return both.ko if lang == "ko" else both.en

    yield f"## {pick(lang, '한국어', 'English')}"
    yield ""
    yield f"- {said(one.hole.condition)} / {said(one.hole.user_impact)} / {said(one.hole.operations_impact)}"
    for name, graded in (("S", one.severity), ("O", one.occurrence), ("D", one.detection)):
        yield f"- {name}{graded.value}: {said(graded.reason)}"
    yield from _policy(one.policy.ko if lang == "ko" else one.policy.en, lang)
    for question in one.questions:
        yield f"- {said(question.decision)} — {said(question.data)}"
    yield ""


def _policy(text: PolicyText, lang: Lang) -> Iterator[str]:
    fields, watch = FIELDS[lang], MONITORING[lang]
    yield f"- {fields['name']}: {text.name}"
    for name, words in (("intent", text.intent), ("scope", text.scope), ("trigger", text.trigger)):
        yield f"- {fields[name]}: {words}"
    yield f"- {fields['signals']}: {', '.join(text.signals)}"
    points = (f"{ENFORCEMENT[lang][point.kind]} — {point.action}" for point in text.enforcement_points)
    yield f"- {fields['enforcement_points']}: {'; '.join(points)}"
    yield f"- {fields['runbook']}:"
    for number, step in enumerate(text.runbook, 1):
        yield f"  {number}. {step.actor} — {step.action} ({'; '.join(filter(None, (step.deadline, step.data)))})"
    yield f"- {fields['exceptions']}: {' '.join(text.exceptions)}"
    figures = [(watch["leading"], words) for words in text.leading] + [(watch["lagging"], w) for w in text.lagging]
    figures += [(watch["start"], text.start), (watch["relax"], text.relax), (watch["stop"], text.stop)]
    yield f"- {fields['monitoring']}:"
    yield from (f"  - {label}: {words}" for label, words in figures)
    yield f"- {fields['symptoms']}: {' '.join(text.symptoms)}"
    if text.uncertain is not None:
        yield f"- {fields['uncertain']}: {text.uncertain.what} — {' '.join(text.uncertain.questions)}"


def _proof(one: Pattern) -> Iterator[str]:
    yield "## References"
    yield ""
    yield from (f"- {reference.title}: {reference.source}" for reference in one.references)
