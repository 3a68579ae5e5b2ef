"""Questions for Risk/Legal as a table: what is asked, the facts it needs, the policies that wait."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.render.escape import cell
from opslead.spec.document import Specification
from opslead.text import pick


def legal_section(spec: Specification) -> Iterator[str]:
    """The appendix, nothing for a document without such questions."""
    if not spec.legal:
        return
    lang = spec.language
    title = pick(lang, "## 부록 E) Risk/Legal에 넘길 질문", "## Appendix E) Questions for Risk/Legal")
    note = pick(
        lang,
        "이 문서는 법이 무엇을 허용하는지 판단하지 않는다. 답이 오면 기다리는 정책을 그에 맞게 고친다.",
        "This document does not judge what the law allows. The policies that wait change with the answer.",
    )
    head = pick(
        lang,
        "| 번호 | 질문 | 판단에 필요한 운영 사실 | 답을 기다리는 정책 |",
        "| No. | Question | Facts of the operation | Policies that wait |",
    )
    none = pick(lang, "설명에 없음", "none stated")
    rows = [
        f"| L{number} | {cell(one.question)} | {'<br>'.join(cell(fact) for fact in one.facts) or none} | {', '.join(f'#{n}' for n in one.policies) or '-'} |"
        for number, one in enumerate(spec.legal, 1)
    ]
    yield "\n".join([title, "", note, "", head, "| --- | --- | --- | --- |", *rows])
