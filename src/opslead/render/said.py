"""What every format says in the same plain words: a step, an alarm, a grade, on what a policy rests. Nothing is escaped here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from opslead.spec.document import BreachResponse, Policy, RolloutItem, RunbookStep, Specification, Story
from opslead.spec.labels import EVIDENCE, LEVELS, MONITORING
from opslead.text import Lang, pick


def _same(key: str) -> str:
    return key


def step_words(step: RunbookStep, lang: Lang) -> str:
    """`who — what (by when; with which data)`."""
    detail = step_detail(step, lang)
    who = f"{step.actor} — " if step.actor else ""
    return f"{who}{step.action.rstrip('.')}" + (f" ({detail})" if detail else "")


def step_detail(step: RunbookStep, lang: Lang) -> str:
    """By when and with which data, empty where neither is said."""
    data = step.data and pick(lang, f"데이터: {step.data}", f"data: {step.data}")
    return "; ".join(part for part in (step.deadline, data) if part)


def sentences(parts: Iterable[str]) -> str:
    """The parts as sentences in a row."""
    return " ".join(part if part.endswith((".", "?", "!")) else part + "." for part in parts)


def watched(policy: Policy, lang: Lang) -> Iterator[tuple[str, str]]:
    """Label and text of each indicator and threshold, leading ones first."""
    labels = MONITORING[lang]
    watch = policy.monitoring
    for name in ("leading", "lagging"):
        for text in getattr(watch, name):
            yield labels[name], text
    for name in ("start", "relax", "stop"):
        if text := getattr(watch, name):
            yield labels[name], text


def grade_words(item: RolloutItem, lang: Lang) -> Iterator[str]:
    """`S8 O9 D6, 조치 우선순위 상`: the grades of severity, occurrence and detection and what they give."""
    if item.ratings is not None:
        r = item.ratings
        word = pick(lang, "조치 우선순위", "action priority")
        yield f"S{r.severity.grade} O{r.occurrence.grade} D{r.detection.grade}, {word} {LEVELS[lang][r.action_priority]}"


def answer_words(response: BreachResponse, lang: Lang) -> str:
    """The answer to an attack, and the words of the policy that it rests on."""
    if not response.evidence:
        return response.answer
    shown = pick(lang, f"근거: “{response.evidence}”", f"evidence: “{response.evidence}”")
    return f"{response.answer} {shown}".strip()


def closing_words(policy: Policy, spec: Specification) -> Iterator[str]:
    """The findings a policy closes that a lens computed, with their words and sums; its ids say the others."""
    for found in spec.findings:
        if found.id in policy.closes and not found.id.startswith("patterns."):
            sums = "; ".join(item.text for item in found.evidence if item.kind in ("arithmetic", "calendar"))
            yield found.condition + (f" ({sums})" if sums else "")


def used_numbers(policy: Policy, spec: Specification) -> tuple[str, ...]:
    """The computed numbers that its text uses, by their number in the appendix."""
    return tuple(
        f"Q{number} {made.title} {made.text}"
        for number, made in enumerate(spec.quantities, 1)
        if made.id in policy.quantities
    )


def proof_words(policy: Policy, lang: Lang, code: Callable[[str], str] = _same) -> str:
    """What the search says of the policy, or on what else it rests; empty for neither. `code` marks up ids."""
    proof = policy.evidence
    if not proof.kinds:
        return ""
    if not proof.decides:
        kinds = ", ".join(EVIDENCE[lang][kind] for kind in proof.kinds)
        return kinds + pick(lang, " (탐색이 다루는 결정이 없다)", " (decides nothing that the search knows)")
    parts = [
        (proof.ends, pick(lang, "이 정책만으로 사라지는 이야기", "ends by itself")),
        (proof.harder, pick(lang, "장애가 더 있어야 일어나게 되는 이야기", "takes more faults than before")),
        (proof.returns, pick(lang, "이 정책만 빼면 되돌아오는 이야기", "comes back if this one is taken away")),
    ]
    said = [f"{words}: {', '.join(code(key) for key in ids)}" for ids, words in parts if ids]
    nothing = (
        pick(lang, "탐색에서는 빼도 달라지는 것이 없다", "the search changes nothing without it")
        if proof.judged
        else pick(lang, "모두 보지 못해 판정하지 않는다", "not all states were seen, so not judged")
    )
    return f"{pick(lang, '탐색', 'search')} — " + ("; ".join(said) or nothing)


def author_words(policy: Policy, spec: Specification) -> str:
    """Whose words the policy is in; empty where no language model was asked."""
    lang = spec.language
    if spec.panel is None:
        return ""
    if policy.author == "model":
        return pick(lang, "언어 모델(엔진 검사 통과)", "language model, checked by the engine")
    if policy.fallback:
        head = pick(lang, "엔진. 모델 초안은 쓰지 않았다 — ", "engine; the model's draft was not taken — ")
        return head + policy.fallback
    return pick(lang, "엔진", "engine")


def stop_words(story: Story, lang: Lang) -> str:
    """What happens with the policies at the act that cannot happen any more; empty where the story still happens."""
    if not story.stopped_at:
        return ""
    by = ", ".join(f"#{number}" for number in story.stopped_by)
    head = pick(lang, f"정책 {by}이 막는다" if by else "정책이 막는다", f"Stopped by policy {by}" if by else "Stopped")
    if story.instead:
        return f"{head}: {pick(lang, ' 또는 ', ' or ').join(story.instead)}"
    if story.stopped_at > len(story.arrows):
        return f"{head}: {pick(lang, '이 결말에 이르지 않는다', 'it does not come to this end')}"
    cannot = pick(lang, "이 일이 일어날 수 없다", "this cannot happen")
    return f"{head}: {cannot} — {story.arrows[story.stopped_at - 1].text}"
