"""Why a model's draft was not taken, in the document's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from opslead.knowledge.schema import Both
from opslead.panel.depth.checks.bench import Complaint, Gravity
from opslead.panel.port import Failure
from opslead.text import Lang

_FAILURES: Mapping[str, Both] = {
    "": Both(ko="초안이 오지 않았다", en="no draft came"),
    "complaints": Both(
        ko="두 번 고치게 한 뒤에도 검사를 통과하지 못했다", en="did not pass the checks after two repairs"
    ),
    "shape": Both(ko="정해진 형식으로 답하지 않았다", en="did not answer in the asked form"),
    "refused": Both(ko="모델이 쓰기를 거절했다", en="the model refused to write it"),
    "wire": Both(ko="모델에 연결되지 않았다", en="the model could not be reached"),
    "budget": Both(ko="정한 예산이 다했다", en="the budget was spent"),
    "contradiction": Both(
        ko="새로 쓴 다른 정책과 어긋나는 것이 남았다", en="what contradicts another new policy remained in it"
    ),
}
_KINDS: Mapping[Gravity, Both] = {
    Gravity.LOST: Both(ko="탐색이 기대는 결정이 빠짐", en="a decision that the search counts on is missing"),
    Gravity.UNTRUE: Both(ko="숫자·사람·근무가 사실과 다름", en="numbers, people or duty that do not hold"),
    Gravity.FORM: Both(ko="계약의 형식을 어김", en="the contract is broken"),
    Gravity.BESIDE: Both(ko="닫아야 할 구멍을 다루지 않음", en="does not deal with the finding"),
    Gravity.LANGUAGE: Both(ko="문서의 언어가 아님", en="not in the document's language"),
    Gravity.TWIN: Both(ko="이웃 정책과 같은 말", en="says the same as a neighbour"),
    Gravity.UNDECLARED: Both(ko="시작값 표시가 맞지 않음", en="starting values do not match the text"),
    Gravity.STYLE: Both(ko="계약의 권고를 어김", en="the contract's advice is not met"),
}


def excuse(failure: Failure | Literal["contradiction"], left: Sequence[Complaint], lang: Lang) -> str:
    """One line: the failure, and of what kind the last complaints were."""
    said = _in(_FAILURES[failure], lang)
    kinds = [_in(_KINDS[gravity], lang) for gravity in sorted({complaint.gravity for complaint in left})]
    return f"{said}: {', '.join(kinds)}" if kinds else said


def _in(text: Both, lang: Lang) -> str:
    return text.ko if lang == "ko" else text.en
