"""What language models did to the document: what they read otherwise, brought, lost, and how the rounds of attack ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from opslead.render.escape import cell, escape
from opslead.spec.document import PanelRun, Specification
from opslead.text import Lang, pick

ENDED = {
    "ko": {
        "quiet": "새로 나온 위험이 없어 멈췄다",
        "limit": "정한 라운드를 다 써서 멈췄다. 다음 라운드에 더 나올 수 있다",
        "budget": "예산을 다 써서 멈췄다. 같은 폴더로 다시 실행하면 이어진다",
        "off": "공격은 하지 않았다",
    },
    "en": {
        "quiet": "stopped because a round brought nothing new above low",
        "limit": "stopped at the limit of rounds; another one may bring more",
        "budget": "stopped because the budget was spent; a run in the same folder goes on from here",
        "off": "no attack was asked for",
    },
}


_WHO: Mapping[Lang, Mapping[str, str]] = {
    "ko": {
        "opportunist": "약삭빠른 손님", "night": "지친 야간 근무자", "insider": "내부자", "partner": "허술한 파트너",
        "peak": "가장 붐비는 날", "outage": "장애", "auditor": "감사인", "search": "탐색",
    },
    "en": {
        "opportunist": "opportunist customer", "night": "tired night shift", "insider": "insider", "partner": "careless partner",
        "peak": "peak day", "outage": "outage", "auditor": "auditor", "search": "the search",
    },
}  # fmt: skip
"""Attackers as the document calls them."""


def panel_section(run: PanelRun, spec: Specification) -> Iterator[str]:
    """The lines of the appendix in Markdown."""
    lang = spec.language
    yield pick(lang, "## 부록 F) 패널 기록", "## Appendix F) The panel's record")
    yield ""
    yield from (f"- {escape(line)}" for line in panel_lines(run, spec))
    if run.refused:
        yield ""
        yield pick(lang, "| 받지 않은 것 | 자리 | 까닭 |", "| Not taken | Place | Why |")
        yield "| --- | --- | --- |"
        yield from (f"| {cell(one.what)} | {cell(one.place) or '-'} | {cell(one.why)} |" for one in run.refused)


def panel_lines(run: PanelRun, spec: Specification) -> Iterator[str]:
    """What there is to say but for the refusals, each a line of plain text."""
    lang = spec.language
    yield f"{pick(lang, '모델', 'Model')}: {run.model}. " + pick(
        lang,
        f"호출 {run.calls}회",
        f"{run.calls} call{'s' * (run.calls != 1)}",
    )
    if run.tokens_in or run.tokens_out:  # of a chat window nobody knows them
        yield pick(
            lang,
            f"토큰: 입력 {run.tokens_in:,} · 출력 {run.tokens_out:,}",
            f"Tokens: {run.tokens_in:,} in, {run.tokens_out:,} out",
        )
    yield _words(spec, lang)
    for sentence in run.drafted_charter:
        yield f"{pick(lang, '초안 헌장(확인 전)', 'Drafted charter, not confirmed')}: {sentence}"
    for difference in run.differences:
        yield f"{pick(lang, '다르게 읽은 곳', 'Read differently')}: {difference}"
    yield pick(
        lang,
        f"모델이 낸 구멍 {run.proposed}개 가운데 {run.kept}개를 남겼다",
        f"Of {run.proposed} holes that the model proposed {run.kept} were kept",
    )
    yield from _rounds(run, lang)
    yield f"{pick(lang, '끝', 'End')}: {ENDED[lang][run.ended]}"


def _words(spec: Specification, lang: Lang) -> str:
    """How many policies are in whose words."""
    by_model = sum(policy.author == "model" for policy in spec.policies)
    fallen = sum(bool(policy.fallback) for policy in spec.policies)
    return pick(
        lang,
        f"정책 {len(spec.policies)}개 가운데 {by_model}개는 모델이 쓰고 엔진 검사를 통과했다. {fallen}개는 모델 초안이 검사를 통과하지 못해 엔진 문안을 썼다",
        f"Of {len(spec.policies)} policies {by_model} are the model's, checked by the engine; for {fallen} the model's draft did not pass and the engine's text stands",
    )


def _rounds(run: PanelRun, lang: Lang) -> Iterator[str]:
    for one in run.rounds:
        changed = ", ".join(f"#{n}" for n in one.revised) or "-"
        added = ", ".join(f"#{n}" for n in one.added) or "-"
        who = ", ".join(_WHO[lang].get(name, escape(name)) for name in one.attackers)
        yield pick(
            lang,
            f"{one.number}차 공격({who}): {one.raised}건, 낮음보다 위로 새로운 것 {one.new}건. 고친 정책 {changed}, 더한 정책 {added}",
            f"Attack round {one.number} ({who}): {one.raised} items, {one.new} new above low; revised {changed}, added {added}",
        )
