"""How long somebody waits for a person, a partner or a clock, against the moment the answer is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.knowledge.losses import Loss
from opslead.lenses.hole import Evidence, Grade, Hole, Question, Quotation, hole_id
from opslead.lenses.windows.clocks import about, words
from opslead.model.service import Service, Step
from opslead.text import josa, pick

WAITS = ("accept", "approve", "review", "verify")


def late_answer(service: Service) -> Iterator[Hole]:
    """A partner that tells the state of things later than the window on which something is decided."""
    lang = service.language
    for partner in service.partners:
        worst = partner.worst or partner.latency
        if worst is None or worst.assumed or partner.kind in ("payment", "bank", "messaging"):
            continue
        needed = next(
            (
                c
                for c in service.clocks
                if c.length is not None
                and c.kind in ("window", "lead", "timeout")
                and c.length.value <= worst.value * 10
            ),
            None,
        )
        if needed is None or needed.length is None:
            continue
        late, window = words(worst, service), words(needed.length, service)
        yield Hole(
            id=hole_id("windows.answer_after_need", partner.id),
            lens="windows",
            mechanism="windows.answer_after_need",
            surfaces=(10, 6, 2),
            loss=Loss.BROKEN_PROMISE,
            condition=pick(
                lang,
                f"{partner.name}의 상태는 {late}까지 늦는데, {josa(needed.subject, '은/는')} {window} 기준으로 판단한다",
                f"{partner.name} is up to {late} behind, while {needed.subject} is decided on {window}",
            ),
            user_impact=pick(lang, "화면에서는 비었는데 가 보면 쓰고 있다", "free on the screen, taken on arrival"),
            operations_impact=pick(
                lang,
                "둘 다 옳은 두 고객 사이에서 현장·상담이 정해야 한다",
                "support has to choose between two customers who are both right",
            ),
            evidence=(Quotation((worst.source, needed.source)),),
            severity=Grade(6, pick(lang, "도착한 뒤에야 드러난다", "shows on arrival")),
            occurrence=Grade(7, pick(lang, f"{late} 지연은 평소에도 있다", f"a lag of {late} is ordinary")),
            detection=Grade(
                6, pick(lang, "늦은 신호는 정상 신호와 같아 보인다", "a stale signal looks like a fresh one")
            ),
            slots={"partner": partner.name, "late": late, "window": window, "subject": needed.subject},
        )
        return


def auto_close(service: Service) -> Iterator[Hole]:
    """A clock that completes or ends a case whatever the state of the work."""
    lang = service.language
    endings = (
        "자동 완료",
        "자동완료",
        "자동 종료",
        "자동 확정",
        "완료",
        "auto-complete",
        "automatically complet",
        "auto complete",
        "complet",
        "settled",
        "auto-clos",
    )
    for item in service.clocks:
        if item.length is None or item.kind not in ("timeout", "window") or not about(item, endings):
            continue
        if about(item, ("dispute", "이의", "분쟁")) and not about(item, ("auto", "자동")):
            continue  # a time to object, not an end by itself
        length = words(item.length, service)
        yield Hole(
            id="windows.auto_close@timeout",
            lens="windows",
            mechanism="windows.auto_close",
            surfaces=(2, 7),
            loss=Loss.BROKEN_PROMISE,
            condition=pick(
                lang,
                f"{josa(item.subject, '은/는')} {length} 뒤 저절로 닫히고, 실제로 끝났는지는 아무도 보지 않는다",
                f"“{item.subject}” closes by itself after {length}, whether or not the work is done",
            ),
            user_impact=pick(
                lang,
                "받지 못했거나 문제가 있는데 완료로 바뀌어 취소도 이의도 막힌다",
                "what is not received or in dispute counts as complete, so cancelling and objecting are blocked",
            ),
            operations_impact=pick(
                lang,
                "끝나지 않은 일이 목록에서 사라지고, 지표는 오히려 좋아 보인다",
                "unfinished work leaves the list and the figures improve",
            ),
            evidence=(Quotation((item.source,)),),
            severity=Grade(6, pick(lang, "되돌릴 길이 닫힌다", "the way back closes")),
            occurrence=Grade(
                6, pick(lang, f"{length} 안에 끝나지 않은 건마다", f"with every case not finished in {length}")
            ),
            detection=Grade(
                8, pick(lang, "완료 건은 아무도 다시 보지 않는다", "nobody looks at completed cases again")
            ),
            slots={"subject": item.subject, "length": length},
        )
        return


def no_end(service: Service) -> Iterator[Hole]:
    """A wait for a person or a partner that no clock ends."""
    lang = service.language
    waits = [s for s in service.steps(*WAITS) if s.within is None and not _timed(service, s)]
    if not waits:
        yield from _open_state(service)
        return
    named = list(dict.fromkeys(s.title(lang) for s in waits))[:3]
    first = waits[0]
    who = first.actor.name if first.actor else pick(lang, "맡은 사람", "whoever it falls to")
    tasks = pick(lang, "·", ", ").join(pick(lang, name, f"“{name}”") for name in named)
    evidence: tuple[Evidence, ...] = (Quotation(tuple(s.source for s in waits[:3])),)
    yield Hole(
        id=hole_id("windows.no_end", first.id),
        lens="windows",
        mechanism="windows.no_end",
        surfaces=(2, 1),
        loss=Loss.STUCK_CASE,
        condition=pick(
            lang,
            f"{tasks}에 기한이 없어 {josa(who, '이/가')} 답하지 않으면 건이 끝나지 않는다",
            f"no deadline is stated for {tasks}: if {who} does not answer, the case never ends",
        ),
        user_impact=pick(
            lang,
            "기다려야 하는지 다른 곳을 찾아야 하는지 모른다",
            "people cannot tell whether to wait or to look elsewhere",
        ),
        operations_impact=pick(
            lang,
            "붙잡힌 자리·돈·물건이 풀리지 않고, 몇 건인지 아무도 세지 않는다",
            "what the case holds is never released, and nobody counts such cases",
        ),
        evidence=evidence,
        severity=Grade(6, pick(lang, "건이 살아 있는 동안 자리·돈이 묶인다", "capacity or money is tied up meanwhile")),
        occurrence=Grade(7, pick(lang, "바쁘거나 쉬는 날마다", "on every busy day and day off")),
        detection=Grade(8, pick(lang, "오래된 건은 목록 끝으로 밀려난다", "old cases sink to the end of the list")),
        slots={"work": tasks, "who": who},
        questions=(
            Question(
                pick(
                    lang,
                    f"{tasks}의 기한과 무응답 시 기본 처리",
                    f"the deadline of {tasks} and what happens without an answer",
                ),
                pick(
                    lang,
                    "요청부터 답까지의 시간 분포(시간대·요일별)와 답 없이 끝난 비율",
                    "time to answer by hour and weekday, and the share never answered",
                ),
                6.0,
            ),
        ),
    )


_OPEN_STATE = re.compile(
    r"reserv|pending|request|await|waiting|on.?hold|initiated|draft|대기|예약\s*중|선점|요청|접수됨|미결제", re.I
)


def _open_state(service: Service) -> Iterator[Hole]:
    """A state that waits for somebody, in a description without a single clock that could end it."""
    if any(c.kind in ("ttl", "timeout", "deadline", "window") for c in service.clocks):
        return
    state = next((s for s in service.states if not s.terminal and _OPEN_STATE.search(s.name)), None)
    if state is None or not any(service.steps("charge", "authorize", "pay_in", "hold", "request")):
        return
    lang = service.language
    held = service.resources[0].name if service.resources else pick(lang, "자리", "capacity")
    yield Hole(
        id=hole_id("windows.no_end", state.name),
        lens="windows",
        mechanism="windows.no_end",
        surfaces=(2, 1),
        loss=Loss.IDLE_CAPACITY,
        condition=pick(
            lang,
            f"‘{state.name}’ 상태를 끝내는 기한이 어디에도 적혀 있지 않다",
            f"no clock is stated that ends the state “{state.name}”",
        ),
        user_impact=pick(
            lang,
            f"실제로는 비어 있는 {josa(held, '을/를')} 아무도 잡지 못한다",
            f"nobody can take the {held} although nobody uses it",
        ),
        operations_impact=pick(
            lang,
            "끝나지 않은 건을 손으로 풀고, 어느 것을 풀어도 되는지 매번 정한다",
            "stale cases are released by hand, and each time somebody decides which",
        ),
        evidence=(Quotation((state.source,)),),
        severity=Grade(6, pick(lang, f"{held} 판매가 막힌다", f"the {held} cannot be sold")),
        occurrence=Grade(7, pick(lang, "결제하지 않고 떠난 사람마다", "with everybody who leaves without paying")),
        detection=Grade(7, pick(lang, "화면에는 정상 예약으로 보인다", "looks like an ordinary case")),
        slots={"work": state.name, "who": held},
        questions=(
            Question(
                pick(
                    lang,
                    f"‘{state.name}’ 상태의 기한과 끝났을 때의 처리",
                    f"how long “{state.name}” lasts and what ends it",
                ),
                pick(
                    lang,
                    "이 상태에 머문 시간의 분포와 결국 결제된 비율, 최근 3개월",
                    "time spent in the state and the share paid in the end, three months",
                ),
                7.0,
            ),
        ),
    )


def _timed(service: Service, step: Step) -> bool:
    """Whether some clock is about what the step does."""
    subjects = {
        "accept": ("respond", "accept", "응답", "수락", "접수"),
        "approve": ("approv", "승인"),
        "review": ("review", "심사", "검토"),
        "verify": ("verif", "인증", "확인"),
        "inspect": ("inspect", "검수"),
        "claim": ("claim", "report", "신고", "클레임"),
    }
    return any(
        about(c, subjects.get(step.kind, ()))
        for c in service.clocks
        if c.kind in ("deadline", "timeout", "sla", "window")
    )
