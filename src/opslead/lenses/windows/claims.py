"""How long something is claimed, against how long paying takes and when use begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from opslead.knowledge.losses import Loss
from opslead.lenses.hole import Arithmetic, Grade, Hole, Question, Story, hole_id
from opslead.lenses.windows.clocks import last_entry, one, pay_later, words
from opslead.model.calendar import DAY, clock
from opslead.model.measure import format_number
from opslead.model.service import Flow, Service
from opslead.text import josa, pick

PAY = ("charge", "authorize", "pay_in", "capture")


def late_approval(service: Service, flow: Flow) -> Iterator[Hole]:
    """A hold that ends while the payment is under way."""
    hold = next((s for s in flow.steps if s.kind == "hold" and s.within is not None), None)
    pay = next((s for s in flow.steps if s.kind in PAY and hold and flow.steps.index(s) > flow.steps.index(hold)), None)
    if hold is None or pay is None or hold.within is None:
        return
    lang = service.language
    ttl = words(hold.within, service)
    held, paid = hold.title(lang), pay.title(lang)
    place = one(hold.resource.name, lang) if hold.resource else pick(lang, "자리", "unit")
    partner = pay.partner.name if pay.partner else pick(lang, "결제사", "the payment provider")
    story = Story(
        steps=(
            pick(lang, f"고객 A가 {josa(place, '을/를')} 선점한다({ttl})", f"customer A holds the {place} ({ttl})"),
            pick(lang, f"A가 {paid} 화면에서 인증을 시작한다", f"A starts to pay ({paid})"),
            pick(lang, f"{ttl}이 지나 선점이 풀린다", f"{ttl} later the hold ends"),
            pick(
                lang,
                f"고객 B가 같은 {josa(place, '을/를')} 잡고 확정한다",
                f"customer B takes the same {place} and is confirmed",
            ),
            pick(
                lang,
                f"{partner}의 A 승인이 뒤늦게 도착한다: A의 돈은 나갔고 자리는 없다",
                f"{partner}'s approval for A arrives: A has paid and has no {place}",
            ),
        ),
        faults=0,
        sources=(hold.source, pay.source),
    )
    yield Hole(
        id=hole_id("windows.late_approval", hold.id),
        lens="windows",
        mechanism="windows.late_approval",
        surfaces=(1, 10, 3),
        loss=Loss.MONEY_WITHOUT_ENTITLEMENT,
        condition=pick(
            lang,
            f"{held}의 {ttl}이 끝난 뒤 {josa(partner, '이/가')} {paid} 승인을 보낸다(어느 쪽도 고장이 아니다)",
            f"{partner} approves {paid} after the {held} of {ttl} has ended; nothing is broken",
        ),
        user_impact=pick(
            lang,
            f"돈은 빠졌는데 {josa(place, '은/는')} 다른 사람 것이다. 불안해서 한 번 더 결제한다",
            f"people are charged while somebody else has the {place}; many pay a second time",
        ),
        operations_impact=pick(
            lang,
            "확정 없는 승인이 쌓이고, 밤이면 다음 근무까지 아무도 취소하지 못한다",
            "approvals without a booking pile up; at night nobody can cancel them",
        ),
        evidence=(story,),
        severity=Grade(8, pick(lang, "돈과 자리가 함께 어긋난다", "money and place are both wrong")),
        occurrence=Grade(
            6 if hold.within.value <= timedelta(hours=1) else 3,
            pick(lang, "결제 인증이 길어지는 만큼 생긴다", "as often as paying takes long"),
        ),
        detection=Grade(
            7, pick(lang, "두 장부가 각각 정상이라 고객이 먼저 안다", "each book looks right, so the customer finds it")
        ),
        slots={"hold": held, "hold.within": ttl, "pay": paid, "partner": partner},
        questions=(
            Question(
                pick(lang, f"{held} 시간과 만료 뒤 확인 시간", f"the length of {held} and the check after it ends"),
                pick(
                    lang,
                    "결제창 진입부터 승인까지의 시간 분포와 만료 뒤 도착한 승인 건수, 최근 3개월",
                    "time from start to approval, and approvals after the end, three months",
                ),
                7.0,
            ),
        ),
    )


def unpaid_hold(service: Service, flow: Flow) -> Iterator[Hole]:
    """A promise to pay later that keeps capacity much longer than a hold does."""
    hold = next((s for s in flow.steps if s.kind == "hold" and s.within is not None), None)
    later = pay_later(service)
    if hold is None or hold.within is None or later is None or later[0].value <= hold.within.value * 3:
        return
    lang = service.language
    length, subject, source = later
    ttl, wait = words(hold.within, service), words(length, service)
    ratio = format_number(length.value / hold.within.value)
    place = one(hold.resource.name, lang) if hold.resource else pick(lang, "자리", "unit")
    yield Hole(
        id=hole_id("windows.unpaid_hold", hold.id),
        lens="windows",
        mechanism="windows.unpaid_hold",
        surfaces=(1, 8, 3),
        loss=Loss.IDLE_CAPACITY,
        condition=pick(
            lang,
            f"나중에 내는 결제({subject})를 고르면 {josa(place, '을/를')} 돈 없이 {wait} 붙잡는다(선점 {ttl}의 {ratio}배)",
            f"by {subject} a {place} is kept for {wait} without money, {ratio} times the {ttl} of a hold",
        ),
        user_impact=pick(lang, "실제로 올 사람은 매진만 본다", "people who would come see it sold out"),
        operations_impact=pick(
            lang,
            "만료되면 한꺼번에 풀리고, 풀리는 시각을 아는 사람만 다시 가져간다",
            "it is released all at once, to whoever knows the moment",
        ),
        evidence=(
            Arithmetic(
                f"{wait} / {ttl} = {ratio}",
                pick(lang, "돈 없이 잡는 시간", "time held without money"),
                (source, hold.within.source),
            ),
        ),
        severity=Grade(7, pick(lang, "성수기 판매 시간이 사라진다", "selling time at the peak is gone")),
        occurrence=Grade(7, pick(lang, "비용 없는 선택이라 반복된다", "it costs nothing, so it is repeated")),
        detection=Grade(6, pick(lang, "대기 상태라 정상 판매처럼 보인다", "looks like an ordinary sale")),
        slots={"hold": hold.name, "hold.within": ttl, "wait": wait, "subject": subject, "ratio": ratio},
        questions=(
            Question(
                pick(lang, f"{subject} 기한", f"the deadline of {subject}"),
                pick(
                    lang,
                    "발급부터 입금까지의 시간 분포, 미입금 만료율, 같은 고객의 반복 횟수",
                    "time from issue to payment, share never paid, repeats by the same customer",
                ),
                6.0,
            ),
        ),
    )


def deadline_past_use(service: Service) -> Iterator[Hole]:
    """A payment deadline that, started on the day of use, ends after the use has begun."""
    later, close = pay_later(service), last_entry(service)
    if later is None or close is None:
        return
    lang = service.language
    length, subject, source = later
    minutes = int(length.value.total_seconds() // 60)
    latest = close[0] - minutes
    if minutes >= 2 * DAY or latest >= close[0] or minutes < 60:
        return
    start = clock(max(latest, 0))
    wait = words(length, service)
    yield Hole(
        id="windows.deadline_past_use@service",
        lens="windows",
        mechanism="windows.deadline_past_use",
        surfaces=(1, 2, 3),
        loss=Loss.IDLE_CAPACITY,
        condition=pick(
            lang,
            f"이용 당일 {start} 뒤에 {josa(subject, '을/를')} 고르면 {wait} 기한이 이용 시작 마감 {clock(close[0])}을 넘긴다",
            f"chosen after {start} on the day of use, the {wait} of {subject} end after the last start at {clock(close[0])}",
        ),
        user_impact=pick(
            lang,
            "입금 전인데 이미 와 있거나, 온 사람이 자리를 못 받는다",
            "they arrive before having paid, or find no place",
        ),
        operations_impact=pick(
            lang,
            "안 낼 사람의 자리가 그날 밤 비어 끝난다",
            "the place of somebody who never pays stays empty that night",
        ),
        evidence=(
            Arithmetic(
                f"{clock(close[0])} - {wait} = {start}",
                pick(lang, f"{start} 이후 발급분", f"issued after {start}"),
                (source, close[1]),
            ),
        ),
        severity=Grade(6, pick(lang, "당일 자리는 되팔 시간이 없다", "no time to sell it again that day")),
        occurrence=Grade(5, pick(lang, "당일 예약마다", "with every same-day case")),
        detection=Grade(6, pick(lang, "마감 뒤에야 드러난다", "shows after the last start")),
        slots={"wait": wait, "subject": subject, "latest": start, "close": clock(close[0])},
    )
