"""The first sheet: what the workbook is of, what stands on which sheet, and how its letters and grades are read."""

from __future__ import annotations

from opslead.spec.document import Specification
from opslead.text import STARTING, Lang, pick

_READ = (
    ("시트", "Sheet", "구멍: 설명이 비워 둔 선택과 그 근거. 정책: 규정 전문. 도입: 언제 시작하는가. 질문: 무엇을 알아내야 하는가(L은 Risk/Legal). RACI: 누가 무엇을",
     "Holes: choices that the description leaves open, with their evidence. Policies: in full. Rollout: what begins when. Questions: what has to be found out (L: Risk/Legal). RACI: who does what"),
    ("채우는 칸", "Yours to fill in", "상태, 책임자, 메모, 답. 책임자는 절차에서 고른 첫 제안이다",
     "Status, Owner, Note, Answer. The owner is a first proposal, taken from the runbook"),
    ("심각도·발생도·검출도", "Severity, Occurrence, Detection", "1~10, FMEA(AIAG-VDA)의 등급. 클수록 나쁘다. 검출도 10은 터진 뒤에야 보인다는 뜻이다",
     "1 to 10 as in FMEA (AIAG-VDA); higher is worse. Detection 10: seen only after it has happened"),
    ("조치 우선순위", "Action priority", "상: 바로 조치, 중: 조치하거나 하지 않는 까닭을 적음, 하: 여유가 있을 때",
     "high: act; medium: act, or write down why not; low: when there is time"),
    ("탐지가능성", "Detectability", "하가 나쁘다. 미리 보이지 않는다", "low is bad: nothing shows beforehand"),
    ("R / A / C / I", "R / A / C / I", "R 하는 사람, A 답하는 사람(정책마다 한 명), C 불러서 함께 정하는 사람, I 알리는 사람. ‘시스템’의 R은 자동으로 되는 일이다. 단계가 빈 줄은 정책 전체에 관한 것이다",
     "R does it, A answers for it (one a policy), C is called in, I is told. R of the system: it happens by itself. A row without a step is about the policy as a whole"),
    (STARTING, STARTING, "입력에 없어 정한 시작값이나 아직 지정되지 않은 담당. 4주 운영 데이터나 질문의 답으로 바꾼다",
     "not in the input: a starting value, or a role that nobody is named for; replace it by four weeks of data or an answer"),
)  # fmt: skip


def guide(spec: Specification) -> tuple[tuple[str, str], ...]:
    """Rows of a label and its text; the first is the title."""
    lang = spec.language
    return (
        (spec.title, ""),
        *_facts(spec, lang),
        *((pick(lang, ko, en), pick(lang, *text)) for ko, en, *text in _READ),
    )


def _facts(spec: Specification, lang: Lang) -> tuple[tuple[str, str], ...]:
    counted = pick(
        lang,
        f"구멍 {len(spec.findings or spec.failure_modes)}개, 정책 {len(spec.policies)}개, 질문 {len(spec.questions) + len(spec.legal)}개",
        f"{len(spec.findings or spec.failure_modes)} holes, {len(spec.policies)} policies, {len(spec.questions) + len(spec.legal)} questions",
    )
    sources = ", ".join(made.source for made in spec.inputs)
    made = ((pick(lang, "입력", "Input"), sources),) if sources else ()
    return ((pick(lang, "범위", "Contents"), counted), *made)
