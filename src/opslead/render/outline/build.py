"""The whole document as an outline, in the order of the contract: what Markdown says, nothing left out."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.render.outline.appendices import appendices
from opslead.render.outline.blocks import Block, Heading, Item, Items, Outline, Paragraph
from opslead.render.outline.failures import failures
from opslead.render.outline.policies import policies
from opslead.render.outline.rollout import breaches, questions, rollout
from opslead.spec.document import Specification
from opslead.spec.labels import SECTIONS
from opslead.text import Lang, pick

_NAMED = 12


def outline(spec: Specification) -> Outline:
    """A pure function of the specification. An empty section keeps its heading and says that it is empty."""
    lang = spec.language
    return Outline(
        title=spec.title,
        kind=pick(lang, "운영 정책 명세", "Operating policy"),
        language=lang,
        facts=tuple(_facts(spec, lang)),
        blocks=tuple(_blocks(spec, lang)),
    )


def _facts(spec: Specification, lang: Lang) -> Iterator[tuple[str, str]]:
    """What stands on the title page: how much there is, from what it was made, by which version."""
    high = sum(m.ratings is not None and m.ratings.action_priority == "high" for m in spec.failure_modes)
    yield (
        pick(lang, "범위", "Contents"),
        pick(
            lang,
            f"실패 패턴 {len(spec.failure_modes)}개(조치 우선순위 상 {high}개), 정책 {len(spec.policies)}개, 검증 질문 {len(spec.questions)}개",
            f"{len(spec.failure_modes)} failure modes ({high} of high action priority), {len(spec.policies)} policies, {len(spec.questions)} verification questions",
        ),
    )
    if spec.rollout.week_1:
        yield pick(lang, "첫 주에 시작", "Start in week 1"), _first_week(spec)
    for made in spec.inputs:
        yield _role(made.role, lang), f"{made.source} (SHA-256 {made.sha256[:12]})"
    if spec.version:
        yield pick(lang, "만든 도구", "Made with"), f"opslead {spec.version}"


def _first_week(spec: Specification) -> str:
    """The policies by name, where they are few enough for a title page; their number else."""
    items, names = spec.rollout.week_1, {policy.number: policy.name for policy in spec.policies}
    if len(items) > _NAMED:
        return pick(spec.language, f"정책 {len(items)}개", f"{len(items)} policies")
    return " · ".join(f"#{item.policy} {names.get(item.policy, '')}".rstrip() for item in items)


def _role(role: str, lang: Lang) -> str:
    names = {
        "service": ("서비스 설명", "Service description"),
        "charter": ("도메인 헌장", "Domain charter"),
        "breach": ("공격 보고서", "Breach report"),
        "model": ("서비스 모델", "Service model"),
    }
    return pick(lang, *names[role]) if role in names else role


def _blocks(spec: Specification, lang: Lang) -> Iterator[Block]:
    if spec.assumptions:
        yield Heading(1, SECTIONS[lang]["assumptions"], "assumptions")
        yield Items(tuple(Item(text) for text in spec.assumptions))
    for name, part in (
        ("failure_modes", failures),
        ("policies", policies),
        ("rollout", rollout),
        ("questions", questions),
    ):
        yield Heading(1, SECTIONS[lang][name], name.replace("_", "-"))
        blocks = tuple(part(spec))
        yield from blocks or (Paragraph(pick(lang, "이 부분에는 적힌 것이 없다.", "Nothing is stated in this part.")),)
        if name == "policies" and spec.breach_responses:
            yield from breaches(spec)
    yield from appendices(spec)
