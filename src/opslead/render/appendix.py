"""The appendices of the Markdown document: the twelve questions answered, and every computed number with its sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from opslead.model.measure import amount, moves
from opslead.model.steps import STEP_KINDS
from opslead.render.escape import address, cell, escape
from opslead.render.legal import legal_section
from opslead.render.panel import panel_section
from opslead.spec.document import ChecklistAnswer, FlowSearch, Quantity, QuantityInput, Specification
from opslead.spec.labels import BASIS, LOSSES, VERDICTS
from opslead.text import STARTING, Lang, fault_words, pick


def appendices(spec: Specification) -> Iterator[str]:
    """What stands after the four parts of the contract; nothing for a document without them."""
    if spec.checklist:
        yield _checklist(spec.checklist, spec.language)
    if spec.quantities:
        yield _quantities(spec)
    if spec.searches or spec.unsearched:
        yield _searches(spec)
    if spec.packs or any(policy.references for policy in spec.policies):
        yield _sources(spec)
    if spec.legal:
        yield "\n".join(legal_section(spec))
    if spec.panel:
        yield "\n".join(panel_section(spec.panel, spec))


def _sources(spec: Specification) -> str:
    """Which packs of knowledge spoke, and on what public sources each policy rests."""
    lang = spec.language
    lines = [pick(lang, "## 부록 D) 적용한 지식과 출처", "## Appendix D) Knowledge used, and its sources"), ""]
    for pack in spec.packs:
        shown = ", ".join(f"“{escape(words)}”" for words in pack.because)
        lines.append(
            f"- {pick(lang, '도메인 팩', 'Domain pack')}: {escape(pack.name)} `{pack.id}`"
            + (f" ({shown})" if shown else "")
        )
    for policy in spec.policies:
        if policy.references:
            lines.append(f"- #{policy.number} {escape(policy.name)}")
            lines += [f"  - {escape(reference.title)}: {address(reference.source)}" for reference in policy.references]
    return "\n".join(lines)


def _checklist(answers: Mapping[str, ChecklistAnswer], lang: Lang) -> str:
    title = pick(lang, "## 부록 A) 열두 질문의 답", "## Appendix A) The twelve questions")
    head = pick(lang, "| 번호 | 질문 | 판단 | 답 | 정책 |", "| No. | Question | Verdict | Answer | Policies |")
    rows = [
        f"| {number} | {cell(a.question)} | {VERDICTS[lang][a.verdict]} | {cell(a.answer)} | {', '.join(f'#{n}' for n in a.policies) or '-'} |"
        for number, a in answers.items()
    ]
    return "\n".join([title, "", head, "| --- | --- | --- | --- | --- |", *rows])


def _quantities(spec: Specification) -> str:
    lang = spec.language
    title = pick(lang, "## 부록 B) 계산 근거", "## Appendix B) Computed numbers")
    note = pick(
        lang,
        f"정책의 (Q1) 같은 표시는 여기의 번호다. {STARTING}가 붙은 값은 가정한 입력이 하나 이상 들어간 계산이다. `opslead explain Q1`도 같은 내용을 보여 준다.",
        f"(Q1) in a policy is the number of the entry here. {STARTING}: at least one input is assumed. `opslead explain Q1` shows the same.",
    )
    used = {
        made.id: [policy.number for policy in spec.policies if made.id in policy.quantities] for made in spec.quantities
    }
    blocks = ["\n".join(_quantity(number, made, used[made.id], lang)) for number, made in enumerate(spec.quantities, 1)]
    return "\n\n".join([title, note, *blocks])


def _quantity(number: int, made: Quantity, policies: list[int], lang: Lang) -> Iterator[str]:
    where = ", ".join(f"#{n}" for n in policies)
    yield f"- Q{number} {escape(made.title)}: {escape(made.text)}" + (f" → {where}" if where else "") + f" `{made.id}`"
    yield from (f"  - {escape(line)}" for line in quantity_lines(made, lang))


def quantity_lines(made: Quantity, lang: Lang) -> Iterator[str]:
    """Sum, method with its source, inputs, sensitivity, each a line of plain text."""
    yield pick(lang, f"계산: {made.formula}", f"sum: {made.formula}")
    yield pick(lang, f"방법: {made.method} ({made.reference})", f"method: {made.method} ({made.reference})")
    yield pick(lang, "입력: ", "inputs: ") + "; ".join(_input(item, lang) for item in made.inputs)
    names = {item.key: item for item in made.inputs}
    moved = [
        f"{names[row.key].name} "
        + moves(
            (names[row.key].low, names[row.key].high), names[row.key].unit, (row.at_low, row.at_high), made.unit, lang
        )
        for row in made.sensitivity
    ]
    if moved:
        yield pick(lang, "민감도: ", "sensitivity: ") + "; ".join(moved)
    if made.flat:
        near = amount(*made.flat, made.unit, lang)
        yield pick(
            lang,
            f"{near} 안에서는 비용이 10% 넘게 달라지지 않는다",
            f"between {near} the cost changes by less than a tenth",
        )


def _input(item: QuantityInput, lang: Lang) -> str:
    """`노쇼율 4% (설명: “노쇼율 4%” 파일:줄)`."""
    value = amount(item.value, item.value, item.unit, lang)
    place = f" {item.place}" if item.place else ""
    return f"{item.name} {value} ({BASIS[lang].get(item.basis, item.basis)}: {item.source}{place})"


def _searches(spec: Specification) -> str:
    lang = spec.language
    title = pick(lang, "## 부록 C) 탐색", "## Appendix C) The search")
    blocks = ["\n".join(search_lines(flow, lang, bullet="- ")) for flow in spec.searches]
    if spec.unsearched:
        names = ", ".join(escape(name) for name in spec.unsearched)
        blocks.append(
            pick(
                lang,
                f"- 탐색하지 않은 흐름: {names}. 이용한 뒤에 값을 받는 결제에 대해서는 탐색이 아무 말도 하지 않는다",
                f"- Not searched: {names}. Of a payment taken after the use the search says nothing",
            )
        )
    return "\n\n".join([title, *blocks])


def _good(flow: FlowSearch, lang: Lang) -> str:
    """Whether the good path was met. A search that did not end may not have come to it yet."""
    if flow.good and flow.after_good:
        return pick(
            lang, "정상 경로에 도달할 수 있다(정책 전후 모두)", "the good path can be reached, before and after"
        )
    if flow.verdict != "exhausted":
        return pick(lang, "정상 경로는 아직 보지 못했다", "the good path has not been met yet")
    return pick(
        lang,
        "정상 경로에 도달하지 못한다: 판정을 믿을 수 없다",
        "the good path cannot be reached: do not trust the verdicts",
    )


def search_lines(flow: FlowSearch, lang: Lang, bullet: str = "") -> Iterator[str]:
    """The bounds, the verdict, and each loss before and after, each a line of Markdown where it has a bullet, else of plain text."""
    name = escape(flow.flow) if bullet else flow.flow
    whole = flow.verdict == "exhausted"
    yield bullet + pick(
        lang,
        f"{name}: 손님 {flow.cases}명, 장애·실수 {flow.faults}건까지, 상태 {flow.states:,}개(깊이 {flow.depth})를 "
        + ("모두 보았다" if whole else f"보다가 멈췄다({flow.verdict}): 판정 없음"),
        f"{name}: {flow.cases} customers, up to {fault_words(flow.faults, lang)}, "
        + (
            f"all {flow.states:,} states seen (depth {flow.depth})"
            if whole
            else f"stopped after {flow.states:,} states ({flow.verdict}): not decided"
        ),
    )
    yield f"  {bullet}" + _good(flow, lang)
    for loss, faults in flow.before.items():
        now = flow.after.get(loss)
        before = fault_words(faults, lang)
        after = (
            pick(lang, "이 범위에서 일어나지 않는다", "does not occur within the bounds")
            if whole
            else pick(lang, "본 데까지는 없다", "not met as far as was seen")
        )
        if now is not None:
            after = pick(
                lang, f"여전히 {fault_words(now, lang)}으로 일어난다", f"still occurs with {fault_words(now, lang)}"
            )
        yield f"  {bullet}{LOSSES[lang].get(loss, loss)}: {before} → {after}"
    for loss, faults in flow.after.items():
        if loss not in flow.before:
            yield f"  {bullet}{LOSSES[lang].get(loss, loss)}: " + pick(
                lang,
                f"정책을 넣은 뒤 {fault_words(faults, lang)}으로 생긴다",
                f"appears with the policies, with {fault_words(faults, lang)}",
            )
    if flow.outside:
        kinds = ", ".join(
            STEP_KINDS[kind].label(lang) for kind in flow.outside if kind != "step" and kind in STEP_KINDS
        )
        if kinds:
            yield f"  {bullet}" + pick(
                lang, f"탐색이 뜻을 모르는 단계: {kinds}", f"steps that the search gives no meaning to: {kinds}"
            )
