"""The twelve questions, each answered: by findings, by what was looked at in vain, or by what must be known to judge.

A question is answered by the gravest certain finding that is above low; a finding low because the description states a
guardrail is said as such. Where nothing was found although a fact it turns on is not stated, the answer is "cannot be judged
without …", which is then a verification question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from opslead.knowledge.findings import Finding
from opslead.knowledge.schema import Both, Pattern
from opslead.lenses.hole import Hole, Question
from opslead.model.service import Service
from opslead.policy.rank import Choice
from opslead.spec.document import ChecklistAnswer
from opslead.spec.labels import CHECKLIST
from opslead.text import Lang, pick


@dataclass(frozen=True)
class _Need:
    """A fact without which a question cannot be judged, and how to find it out."""

    known: Callable[[Service], bool]
    fact: Both
    data: Both


def _both(ko: str, en: str) -> Both:
    return Both(ko=ko, en=en)


_NEEDS: Mapping[int, _Need] = {
    1: _Need(
        lambda s: not any(s.steps("hold", "pay_in")) or s.cases_per_day is not None,
        _both("하루 건수와 결제까지 걸리는 시간", "cases a day and the time people take to pay"),
        _both("선점부터 결제까지의 시간 분포, 만료 비율, 최근 3개월", "time from hold to payment, share that lapses, three months"),
    ),
    2: _Need(
        lambda s: all(a.duty is not None for a in s.people),
        _both("사람이 처리하는 단계의 담당과 근무 시간", "who does the manual steps, and their hours"),
        _both("요일·시간별 근무 인원과 단계별 처리 시간, 4주치", "people on duty by hour and weekday, time by step, four weeks"),
    ),
    3: _Need(
        lambda s: bool(s.kinds & {"adjust", "compensate"}) or any(a.authority for a in s.people),
        _both("할인·환불을 손으로 고칠 수 있는 사람과 그 기록", "who may alter discounts and refunds by hand, and what is recorded"),
        _both("최근 6개월 수동 조정의 건수·금액·사유·처리자", "manual adjustments of six months: count, sum, reason, by whom"),
    ),
    4: _Need(
        lambda s: s.rate("no_show") is not None or not (s.kinds & {"check_in", "start"}),
        _both("노쇼 비율과 현장에서 누가 정하는지", "the no-show rate and who decides on the spot"),
        _both("약속 시각과 실제 도착 시각의 차이, 노쇼 건수, 12개월", "arrival against appointment, no-shows, twelve months"),
    ),
    5: _Need(
        lambda s: any(a.shared_account for a in s.people) or all(a.count is not None and a.duty is not None for a in s.people),
        _both("교대별 인원과 계정 수", "people and accounts a shift"),
        _both("교대별 인원, 로그인 계정 수, 근무 밖 로그인, 4주치", "people, accounts and logins off duty by shift, four weeks"),
    ),
    6: _Need(
        lambda s: any(r.physical for r in s.resources),
        _both("기록과 실물을 맞춰 보는 방법과 주기", "how and how often record and reality are compared"),
        _both("최근 실사·대조의 차이 건수와 원인", "differences of the latest counts and their causes"),
    ),
    7: _Need(
        lambda s: any(a.authority for a in s.people),
        _both("응대 담당이 혼자 내줄 수 있는 금액", "what support may give away alone"),
        _both("최근 6개월 보상·환불의 금액 분포를 담당자·사유별로", "compensation and refunds of six months by person and reason"),
    ),
    8: _Need(
        lambda s: bool(s.concepts & {"fraud", "blocking", "abuse", "friction", "captcha"}),
        _both("부정 방지 차단이 있는지와 그 기준", "whether there are anti-fraud blocks, and their rules"),
        _both("차단 건수, 그중 정상 고객, 이의까지 걸린 시간, 3개월", "blocks, good customers among them, time to appeal, three months"),
    ),
    9: _Need(
        lambda s: bool(s.personal_data),
        _both("어떤 개인정보를 어디에 적고 보여 주는지", "which personal data is written and shown where"),
        _both("단계별 화면·종이·메시지의 개인정보 항목과 보관 기한", "personal data by screen, paper and message, and how long it is kept"),
    ),
    10: _Need(
        lambda s: bool(s.partners),
        _both("기대는 회사와 그 응답 시간", "which companies are relied on, and how fast they answer"),
        _both("파트너별 응답 시간(중앙값·99%)과 장애 이력, 12개월", "answer times (median, 99%) and outages by partner, twelve months"),
    ),
    11: _Need(
        lambda s: bool(s.kinds),
        _both("시스템 없이도 계속되는 일", "what goes on without the system"),
        _both("최근 장애의 길이와 그동안 한 일, 다시 입력한 건수", "length of outages, what was done meanwhile, entries caught up"),
    ),
    12: _Need(
        lambda s: bool(s.kpis),
        _both("누가 어떤 지표로 평가받는지", "who is judged by which measure"),
        _both("담당별 평가 지표와 그 값을 누가 입력하는지", "measures by team, and who enters their values"),
    ),
}  # fmt: skip


def checklist(
    service: Service,
    choices: Sequence[Choice],
    holes: Sequence[Hole],
    patterns: Sequence[Pattern],
    findings: Mapping[str, Finding],
    numbers: Mapping[str, int],
) -> dict[str, ChecklistAnswer]:
    """All twelve, keyed "1" to "12"."""
    views = {pattern.id: pattern.checklist for pattern in patterns}
    closing = {hole.id: numbers[c.candidate.id] for c in choices for hole in c.candidate.holes}
    return {
        str(number): _answer(
            number, service, _bearing(number, holes, views), closing, _looked(number, patterns, findings)
        )
        for number in range(1, 13)
    }


def unjudged(service: Service, answers: Mapping[str, ChecklistAnswer]) -> tuple[Question, ...]:
    """The questions behind every "cannot be judged without"."""
    lang = service.language
    asked = []
    for number, answer in answers.items():
        if answer.verdict == "unknown":
            need = _NEEDS[int(number)]
            asked.append(Question(_in(need.fact, lang), _in(need.data, lang), 4.0))
    return tuple(asked)


def _bearing(number: int, holes: Sequence[Hole], views: Mapping[str, tuple[int, ...]]) -> list[Hole]:
    """The holes that answer the question, the best answer first."""
    found = []
    for hole in holes:
        order = views.get(hole.mechanism, hole.checklist)
        if number in order:
            found.append(
                (not hole.certain, hole.action_priority == "low", order.index(number), -hole.priority, hole.id, hole)
            )
    return [entry[-1] for entry in sorted(found, key=lambda entry: entry[:-1])]


def _looked(number: int, patterns: Sequence[Pattern], findings: Mapping[str, Finding]) -> tuple[tuple[str, ...], int]:
    """The lenses that look at the question, and how many patterns do."""
    lenses = sorted({f.id.split(".")[0] for f in findings.values() if number in f.checklist})
    return tuple(lenses), sum(number in pattern.checklist for pattern in patterns)


def _answer(
    number: int,
    service: Service,
    bearing: list[Hole],
    closing: Mapping[str, int],
    looked: tuple[tuple[str, ...], int],
) -> ChecklistAnswer:
    lang, need = service.language, _NEEDS[number]
    question = CHECKLIST[lang][number]
    sure = [hole for hole in bearing if hole.certain and hole.action_priority != "low"]
    unsure = [hole for hole in bearing if not hole.certain]
    low = [hole for hole in bearing if hole.certain and hole.action_priority == "low"]
    if sure:
        policies = tuple(dict.fromkeys(closing[h.id] for h in sure if h.id in closing))[:3]
        return ChecklistAnswer(
            question=question, verdict="found", answer=sure[0].condition, findings=tuple(h.id for h in sure), policies=policies
        )  # fmt: skip
    if unsure or not need.known(service):
        missing = unsure[0].questions[0].decision if unsure and unsure[0].questions else _in(need.fact, lang)
        policies = tuple(dict.fromkeys(closing[h.id] for h in unsure if h.id in closing))[:3]
        return ChecklistAnswer(
            question=question, verdict="unknown", findings=tuple(h.id for h in unsure), policies=policies,
            answer=pick(lang, f"이것을 모르면 판단할 수 없다: {missing}", f"cannot be judged without: {missing}"),
        )  # fmt: skip
    return ChecklistAnswer(
        question=question, verdict="nothing", answer=_nothing(low, looked, lang), findings=tuple(h.id for h in low)
    )


def _nothing(low: list[Hole], looked: tuple[tuple[str, ...], int], lang: Lang) -> str:
    lenses, count = ", ".join(looked[0]), looked[1]
    text = pick(
        lang,
        f"보았으나 찾지 못했다(렌즈 {lenses or '-'}, 패턴 {count}개의 조건이 설명에 없다)",
        f"examined, nothing found (lenses {lenses or '-'}; the conditions of {count} patterns do not occur)",
    )
    if low:
        text += pick(lang, f". 낮음: {low[0].condition}", f". Low: {low[0].condition}")
    return text


def _in(both: Both, lang: Lang) -> str:
    return both.ko if lang == "ko" else both.en
