"""What must still be found out: from open choices, assumed values and computed numbers, ordered by the value of information.

The value of an answer is how far ranking scores could move over its plausible range (Howard, Information Value Theory, IEEE
Transactions on Systems Science and Cybernetics, 1966, in its simplest form: no probabilities, the range alone).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from opslead.knowledge.roles import role_slots
from opslead.lenses.hole import Hole, Question
from opslead.model.measure import moves
from opslead.model.service import Basis, Service
from opslead.policy.rank import Choice
from opslead.policy.write import computed_slots, crew, posts
from opslead.quantities.computation import Computation
from opslead.spec.document import VerificationQuestion
from opslead.text import STARTING, Lang, josa, pick

FEWEST, MOST = 15, 24


@dataclass(frozen=True)
class _Asked:
    """`value`: how far the answer could move ranking scores; `moves`: what it moves, in words."""

    value: float
    question: Question
    affects: tuple[int, ...]
    moves: str = ""


def questions(
    service: Service,
    choices: Sequence[Choice],
    unanswered: Iterable[Hole],
    numbers: Mapping[str, int],
    computed: Sequence[Computation],
    unjudged: Iterable[Question],
) -> tuple[VerificationQuestion, ...]:
    """At most 24, each decision once, the most valuable first: the value of information of each answer.

    `computed` are the numbers that policies may use; `unjudged` the questions of the checklist that cannot be answered.
    """
    asked = [
        *_from_model(service, choices, numbers),
        *_from_numbers(service, choices, numbers, computed),
        *(_Asked(question.weight * _SCALE / 10, question, ()) for question in unjudged),
        *_from_holes(service.language, choices, unanswered, numbers),
        *_from_starting(service.language, choices, numbers),
    ]
    best: dict[str, _Asked] = {}
    for item in sorted(asked, key=lambda a: (-a.value, a.question.decision)):
        known = best.get(item.question.decision)
        affects = tuple(sorted({*item.affects, *(known.affects if known else ())}))
        best[item.question.decision] = replace(known or item, affects=affects)
    ranked = list(best.values())
    first, seen = [], set[tuple[int, ...]]()
    for item in ranked:  # one for each policy before a second for any
        if item.affects not in seen or not item.affects:
            first.append(item)
            seen.add(item.affects)
    ordered = first + [item for item in ranked if item not in first]
    kept = sorted(ordered[:MOST], key=lambda a: (-a.value, a.question.decision))
    return tuple(
        VerificationQuestion(
            decision=a.question.decision,
            data_needed=a.question.data,
            affects=a.affects,
            value=round(a.value, 1),
            moves=a.moves,
        )
        for a in kept
    )


_SCALE = 300.0
"""A grave policy's score: what a question that decides over one policy as a whole is worth."""


def _from_numbers(
    service: Service, choices: Sequence[Choice], numbers: Mapping[str, int], computed: Sequence[Computation]
) -> Iterator[_Asked]:
    """For each computed number that policies use: the assumed inputs that move it by more than a tenth, most moving first."""
    lang = service.language
    used = {c.candidate.id: computed_slots(c.candidate.pattern, lang) for c in choices}
    for made in computed:
        users = [c for c in choices if used[c.candidate.id] & (made.slots or {}).keys()]
        moving = [item for item in made.inputs if made.swing(item.key) > SMALL]
        if not users or not moving:
            continue
        worst = max(moving, key=lambda item: made.swing(item.key))
        names = pick(lang, "·", ", ").join(item.name for item in moving)
        ends = next(s for s in made.sensitivity if s.key == worst.key)
        yield _Asked(
            max(c.score for c in users) * min(1.0, made.swing(worst.key)),
            Question(
                pick(lang, f"{made.title}(지금 계산값 {made.text})", f"{made.title} (computed now: {made.text})"),
                pick(lang, f"가정한 값의 실측 분포: {names}", f"measured distribution of what is assumed: {names}"),
            ),
            tuple(sorted(numbers[c.candidate.id] for c in users)),
            f"{worst.name} " + moves((worst.low, worst.high), worst.unit, (ends.at_low, ends.at_high), made.unit, lang),
        )


SMALL = 0.1
"""The share of the result below which an input hardly matters."""


def _from_holes(
    lang: Lang, choices: Sequence[Choice], unanswered: Iterable[Hole], numbers: Mapping[str, int]
) -> Iterator[_Asked]:
    """What a finding asks. One that rests on an unknown decides over its policy as a whole; others over part of it."""
    for choice in choices:
        number = numbers[choice.candidate.id]
        decisive = not choice.candidate.certain
        for hole in choice.candidate.holes:
            for order, question in enumerate(hole.questions):
                whole = decisive and order == 0
                moves = (
                    pick(lang, f"아니면 {josa(f'#{number}', '이/가')} 빠진다", f"if not, #{number} goes")
                    if whole
                    else ""
                )
                part = 1.0 if whole else question.weight / 10
                yield _Asked(hole.priority * part, question, (number,), moves)
    for hole in unanswered:
        for question in hole.questions:
            yield _Asked(hole.priority * question.weight / 10, question, ())


def _from_model(service: Service, choices: Sequence[Choice], numbers: Mapping[str, int]) -> Iterator[_Asked]:
    """Values that were assumed or not stated, and the policies whose texts use them."""
    lang = service.language
    for step in service.steps("hold"):
        if step.within is not None and step.within.assumed:
            decision = pick(
                lang,
                f"{step.title(lang)} 시간(지금은 10분†으로 둠)",
                f"how long {step.title(lang)} lasts (10 min† for now)",
            )
            data = pick(
                lang, "선점부터 결제 완료까지의 시간 분포, 최근 3개월", "time from hold to payment, three months"
            )
            yield _Asked(200.0, Question(decision, data), _using(("OP01-",), choices, numbers))
    if service.cases_per_day is None:
        decision = pick(
            lang,
            "인원·알람·한도의 크기(하루 건수가 적혀 있지 않다)",
            "the size of teams, alarms and limits (cases a day are not stated)",
        )
        data = pick(
            lang,
            "하루·시간대별 건수와 취소·환불·문의 비율, 최근 3개월과 성수기 4주",
            "cases by day and hour, shares cancelled, refunded, asking, three months and four peak weeks",
        )
        yield _Asked(250.0, Question(decision, data), _using(("OP04-", "OP12-"), choices, numbers))
    missing = [
        name.removeprefix("the ").rstrip(STARTING) for name in role_slots(service).values() if name.endswith(STARTING)
    ]
    people = crew(service)
    missing += [
        name.removeprefix("the ").removeprefix("The ")
        for c in choices
        for name in posts(c.candidate.pattern, people, lang)
    ]
    if missing:
        names = pick(lang, "·", ", ").join(dict.fromkeys(missing))
        decision = pick(
            lang,
            f"{josa(names, '으로/로')} 누구를 지정할지(설명에 없다)",
            f"whom to appoint: {names} (the description names nobody)",
        )
        data = pick(
            lang,
            "맡을 수 있는 사람, 연락되는 시간, 혼자 정해도 되는 한도",
            "who can take it, when they can be reached, what they may decide alone",
        )
        yield _Asked(260.0, Question(decision, data), ())
    presumed = [x.title(lang) for x in service.steps() if x.source.basis is Basis.ASSUMED]
    presumed += [way.name for way in service.exits() if way.source.basis is Basis.ASSUMED]
    if presumed:
        names = pick(lang, "·", ", ").join(presumed)
        decision = pick(
            lang,
            f"설명에 없지만 있다고 본 단계({names})를 누가 어떻게 하는지",
            f"who does what is not described but taken to exist ({names}), and how",
        )
        data = pick(
            lang,
            "단계별 담당, 화면 또는 도구, 하루 건수, 걸리는 시간",
            "for each step: who, on which screen or tool, how many a day, how long",
        )
        yield _Asked(230.0, Question(decision, data), ())
    unknown = [a for a in service.people if a.duty is None]
    if unknown:
        names = pick(lang, "·", ", ").join(dict.fromkeys(a.name for a in unknown[:4]))
        decision = pick(
            lang,
            f"야간·주말에 누가 결정하는지({names}의 근무 시간이 적혀 있지 않다)",
            f"who decides at night and on weekends (hours of {names} are not stated)",
        )
        data = pick(
            lang,
            "요일·시간별 근무 인원, 대체자, 연락이 닿는 시간",
            "people on duty by weekday and hour, stand-ins, and when they can be reached",
        )
        yield _Asked(240.0, Question(decision, data), _using(("OP02-", "OP11-"), choices, numbers))
    if any(s.minutes is not None and s.minutes.assumed for s in service.steps()):
        steps = pick(lang, "·", ", ").join(
            dict.fromkeys(s.title(lang) for s in service.steps() if s.minutes and s.minutes.assumed)
        )
        short = steps if len(steps) <= 60 else steps[:57] + "…"
        decision = pick(lang, f"사람이 하는 단계의 인원({short})", f"staffing of the steps people do ({short})")
        data = pick(
            lang,
            "단계별 건당 처리 시간(중앙값·95%)과 시간대별 건수, 4주치",
            "minutes a case (median and 95%) and counts by hour, four weeks",
        )
        yield _Asked(120.0, Question(decision, data), _using(("OP04-", "OP11-"), choices, numbers))


def _using(prefixes: tuple[str, ...], choices: Sequence[Choice], numbers: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sorted(numbers[c.candidate.id] for c in choices if c.candidate.id.startswith(prefixes)))


def _from_starting(lang: Lang, choices: Sequence[Choice], numbers: Mapping[str, int]) -> Iterator[_Asked]:
    """The starting values that a policy declares with the data that replaces them."""
    for choice in choices:
        declared = choice.candidate.policy.starting_values
        if not declared:
            continue
        number = numbers[choice.candidate.id]
        values = ", ".join(f"{value.text}{STARTING}" for value in declared)
        name = choice.candidate.policy.name.rstrip(".")
        decision = pick(
            lang,
            f"‘{name}’의 시작값({values})을 무엇으로 바꿀지",
            f"what replaces the starting values of “{name}” ({values})",
        )
        data = "; ".join(dict.fromkeys(value.data.rstrip(".") for value in declared))
        yield _Asked(choice.score * SMALL, Question(decision, data), (number,))
