"""Ends that somebody declares: by pressing, by not pressing, by silence, by whoever is paid or measured for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.lenses.worth import label, length_words, named, part_of, stated, told, unique
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_share
from opslead.model.service import Actor, Clock, Kpi, Service, Source
from opslead.model.steps import Role
from opslead.text import pick

_DONE = re.compile(r"완료|종료|확정|complet|finish|done", re.I)
_AUTO = re.compile(r"자동|auto", re.I)
_CONFIRMS = re.compile(r"확인|확정|confirm|acknowledg", re.I)
_DIRECT = re.compile(
    r"현장 결제|직접 (?:만나|결제|지급)|현금(?!영수증)|in person|cash|pay(?:s|ing)? (?:each other|directly)", re.I
)
_NO_FEE_ON_CANCEL = re.compile(
    r"취소.{0,12}수수료.{0,10}(?:없|않|면제)|no fee (?:on|for|after) cancel|cancel\w*.{0,20}no fee", re.I
)
_ENDS = ("complete", "deliver", "repair", "clean")
"""Steps by which a case is done."""
_PROOF = re.compile(r"사진|스캔|서명|위치 확인|GPS|photo|scan|signature|geofence|customer (?:confirms|code)", re.I)
_PRESS = re.compile(r"누르|누른|찍는|찍고|표시|입력|기록|press|tap|\bmarks?\b|clocks? (?:in|out)|log", re.I)
_PER_TIME = re.compile(r"시간당|분당|시급|시간 단위|분 단위|per (?:hour|minute)|an hour|a minute|hourly", re.I)
_FEE = r"(?:수수료|fee)"
_PAYS = r"(?:지불|부담|납부|낸다|pays?|owes?|borne)"
_TIME_TARGET = re.compile(r"\d\s*(?:분|시간|일|min|minutes?|hours?|h|days?)(?![a-z])", re.I)
_COMPLETION = re.compile(r"완료율|이행률|완수율|completion rate|fulfil\w* rate", re.I)
_MEASURED: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"배송|배달|deliver", re.I), ("deliver", "complete")),
    (re.compile(r"수리|출동|repair|dispatch", re.I), ("repair", "complete")),
    (re.compile(r"조리|제작|준비|prepar|cook", re.I), ("make",)),
    (re.compile(r"처리|해결|resol|handl|clos", re.I), ("close", "complete", "answer")),
)
"""What a KPI of time measures, and whose step stops the watch."""
_EARN = re.compile(r"적립|earn|collect(?:s|ed|ing)? (?:points|rewards|stamps)", re.I)
_TAKEN_BACK = re.compile(
    r"적립.{0,12}(?:회수|취소|차감)|(?:points?|reward).{0,25}(?:revers|deduct|taken back|claw)", re.I
)


def unpressed(service: Service) -> Iterator[Hole]:
    """Completion hangs on the button of the party who then owes a fee, and the money passes where the platform cannot see it."""
    lang = service.language
    fee = next((m for m in service.money if m.kind in ("commission", "fee") and (m.share or m.amount)), None)
    direct = next((m for m in service.mentions if m.concept == "cash" or _DIRECT.search(m.source.text)), None)
    step = next(
        (s for s in service.steps("complete") if s.actor and s.actor.role is Role.CUSTOMER and stated(s.source)), None
    )
    if fee is None or direct is None or step is None or step.actor is None or _closes_by_itself(service):
        return
    payer = _pays_fee(service, step.actor)
    if payer is None:
        return
    evidence: list[Evidence] = [Quotation(unique((step.source, payer, direct.source)))]
    slots = {"who": named(step.actor, lang), "party": named(step.actor, lang), "work": step.title(lang)}
    loss: Measured | None = None
    if fee.amount is not None:
        slots["levy"] = fee.amount.value.format(lang)
    if fee.share is not None:
        slots["share"] = slots["levy"] = format_share(fee.share.value, lang)
        price = next((m for m in service.money if m.kind == "price" and m.amount is not None), None)
        if price is not None and price.amount is not None:
            owed = part_of(price.amount, fee.share.value)
            slots |= {"fee": owed.format(lang), "example": price.amount.value.format(lang)}
            loss = Measured(owed.amount, f"{slots['example']} × {slots['share']} = {slots['fee']}")
            evidence.append(
                Arithmetic(
                    loss.shown,
                    pick(lang, "누르지 않으면 생기지 않는 수수료", "fee that never falls due without the button"),
                    unique((price.source, fee.source)),
                )
            )
    if rule := next((r for r in service.rules if _NO_FEE_ON_CANCEL.search(r.text)), None):
        slots["cancel_rule"] = rule.text.rstrip(".")
        evidence.append(Quotation((rule.source,)))
    yield find(service, "incentives.unpressed", step.id, slots, tuple(evidence), loss=loss)


def _closes_by_itself(service: Service) -> bool:
    """Whether silence has an end: a clock that completes, or a stated default."""
    timed = any(c.kind == "timeout" and _DONE.search(f"{c.subject} {c.source.text}") for c in service.clocks)
    return timed or any(
        service.control(kind, "complete") for kind in (GuardrailKind.DEFAULT_ACTION, GuardrailKind.EXPIRE)
    )


def _pays_fee(service: Service, actor: Actor) -> Source | None:
    """Where the text says that this actor pays the fee: named with it, or paying a total that holds it."""
    near = re.compile(
        rf"{re.escape(actor.name)}.{{0,40}}{_FEE}.{{0,20}}{_PAYS}|{_FEE}.{{0,30}}{re.escape(actor.name)}.{{0,15}}{_PAYS}",
        re.I,
    )
    texts = [*(m.source for m in service.money), *(r.source for r in service.rules)]
    if (source := next((s for s in texts if near.search(s.text)), None)) is not None:
        return source
    totals = (s.source for s in service.steps("charge", "pay_in") if s.actor is actor and stated(s.source))
    return next((source for source in totals if re.search(_FEE, source.text, re.I)), None)


def _silence(service: Service) -> tuple[Clock, Clock, Actor] | None:
    """The customer's time to confirm, and the automatic completion when it has passed."""
    customers = [a for a in service.actors if a.role is Role.CUSTOMER]
    auto = next((c for c in service.clocks if c.kind == "timeout" and c.length and _ends_itself(c)), None)
    if auto is None:
        return None
    for item in service.clocks:
        if item is auto or item.length is None or item.kind not in ("deadline", "window"):
            continue
        text = f"{item.subject} {item.source.text}"
        actor = next((a for a in customers if a.name in text), None)
        if actor is not None and _CONFIRMS.search(text):
            return item, auto, actor
    return None


def _ends_itself(item: Clock) -> bool:
    text = f"{item.subject} {item.source.text}"
    return bool(_AUTO.search(text) and _DONE.search(text))


def self_declared(service: Service) -> Iterator[Hole]:
    """Whoever is paid says that it was done, and the customer's silence makes it so."""
    lang = service.language
    found = _silence(service)
    paid = next((a for a in service.people if a.role is Role.SUPPLIER), None)
    if found is None or paid is None or service.control(GuardrailKind.EVIDENCE, "complete"):
        return
    confirm, auto, customer = found
    length = length_words(auto.length.value, lang) if auto.length else ""
    proof = [
        s.source for s in service.steps("deliver", "ship", "claim", "return")
    ]  # a carrier's record, a way to object
    proof += [w.source for w in service.exits("dispute", "claim", "return")]
    if any(stated(source) for source in proof):
        return
    hours = auto.length.value.total_seconds() / 3600 if auto.length else 0.0
    yield find(
        service,
        "incentives.self_declared",
        auto.kind,
        {
            "who": named(paid, lang),
            "customer": named(customer, lang),
            "length": length,
            "end": pick(lang, "자동 완료", "automatic completion"),
        },
        (Quotation(unique((confirm.source, auto.source, paid.source))),),
        unseen=Measured(hours, length),
    )


def filled_by_silence(service: Service) -> Iterator[Hole]:
    """A completion rate is a target, and cases complete themselves when nobody speaks: the figure cannot fail."""
    lang = service.language
    kpi = next((k for k in service.kpis if _COMPLETION.search(k.name)), None)
    auto = next((c for c in service.clocks if c.kind == "timeout" and c.length and _ends_itself(c)), None)
    if kpi is None or auto is None or auto.length is None:
        return
    length = length_words(auto.length.value, lang)
    yield find(
        service,
        "incentives.filled_by_silence",
        auto.kind,
        {
            "kpi": _kpi_name(kpi),
            "target": kpi.target,
            "length": length,
            "end": pick(lang, "자동 완료", "automatic completion"),
        },
        (Quotation(unique((kpi.source, auto.source))),),
    )


def self_timed(service: Service) -> Iterator[Hole]:
    """A target of time whose watch is stopped by those whom it measures."""
    lang = service.language
    for kpi in service.kpis:
        if not _TIME_TARGET.search(kpi.target):
            continue
        found = _stops_watch(service, kpi)
        if found is None:
            continue
        actor, source, event = found
        who = named(actor, lang)
        slots = {
            "kpi": _kpi_name(kpi),
            "target": kpi.target,
            "who": who,
            "event": event,
            "entry": event,
            "entry.actor": who,
        }
        yield find(service, "incentives.self_timed", actor.id, slots, (Quotation(unique((kpi.source, source))),))
        return


def _stops_watch(service: Service, kpi: Kpi) -> tuple[Actor, Source, str] | None:
    """Whose step ends what the KPI measures, the sentence that says so, and the event in words: `배송 완료`."""
    lang = service.language
    for words, kinds in _MEASURED:
        spoken = words.search(kpi.name)
        if spoken is None:
            continue
        done = pick(lang, f"{spoken[0]} 완료", f"{label(kinds[0], lang)} done")
        for step in service.steps(*kinds):
            if step.actor in service.people and step.actor is not None and stated(step.source):
                return step.actor, step.source, done
        for actor in service.people:
            if set(kinds) & set(actor.does):
                return actor, actor.source, done
    return None


def _kpi_name(kpi: Kpi) -> str:
    """The measure without the words that make it a target."""
    return re.sub(r"\s*(?:목표(?:다|이다|는|치)?|targets?(?: is)?)$", "", kpi.name, flags=re.I).strip() or kpi.name


def paid_per_press(service: Service) -> Iterator[Hole]:
    """Somebody is paid by the case and is also the one who says that the case is done."""
    lang = service.language
    for actor in service.people:
        kinds: list[str] = [kind for kind in _ENDS if kind in actor.does]
        kinds += [s.kind for s in service.steps(*_ENDS) if s.actor is actor and s.manual]
        rule = next((m for m in service.money if m.amount is not None and _piece_rate(m.source.text, actor)), None)
        proven = [service.control(kind, *kinds) for kind in (GuardrailKind.EVIDENCE, GuardrailKind.BIND_IDENTITY)]
        if not kinds or rule is None or rule.amount is None or any(proven) or not stated(rule.source):
            continue
        if any(_PROOF.search(text) for text in told(service)):
            continue
        who, pay, event = named(actor, lang), rule.amount.value.format(lang), label(kinds[0], lang)
        step = next((s for s in service.steps(*kinds) if s.actor is actor and stated(s.source)), None)
        yield find(
            service,
            "incentives.paid_per_press",
            actor.id,
            {"who": who, "pay": pay, "event": event, "entry": event, "entry.actor": who},
            (Quotation(unique((rule.source, *((step.source,) if step else ())))),),
            loss=Measured(rule.amount.value.amount, pay),
        )
        return


def _piece_rate(text: str, actor: Actor) -> bool:
    """Whether the sentence says that this actor gets a sum for each case."""
    name = re.escape(actor.name)
    return bool(
        re.search(
            rf"{name}s?\b[^.;]{{0,30}}\b(?:paid|gets?|receives?|earns?)\b(?:[^.;]|\.\d){{0,25}}\b(?:per|each|an?)\b",
            text,
            re.I,
        )
        or re.search(rf"{name}[은는이가에게]+[^.;]{{0,25}}건당[^.;]{{0,20}}(?:받|지급|준다|가져)", text)
    )


def own_stopwatch(service: Service) -> Iterator[Hole]:
    """The price goes by time, and beginning and end are pressed by the one who is paid for the time between."""
    lang = service.language
    rule = next((m for m in service.money if m.kind == "price" and m.amount and _PER_TIME.search(m.source.text)), None)
    if rule is None or rule.amount is None or any(_PROOF.search(text) for text in told(service)):
        return
    for step in service.steps("start", "complete"):
        actor = step.actor
        if actor is None or actor.role not in (Role.SUPPLIER, Role.FIELD) or not _PRESS.search(step.source.text):
            continue
        both = {"start", "complete"} <= set(actor.does) | {s.kind for s in service.steps() if s.actor is actor}
        if not both or not stated(step.source):
            continue
        price, unit_of_time = rule.amount.value.format(lang), _PER_TIME.search(rule.source.text)
        spoken = unit_of_time[0] if unit_of_time else ""
        sources = [step.source, rule.source]
        slots = {"who": named(actor, lang), "price": pick(lang, f"{spoken} {price}", f"{price} {spoken}").strip()}
        loss: Measured | None = None
        evidence: list[Evidence] = [Quotation(unique(sources))]
        if (found := _rounding(service)) and (hours := _hours_of(rule.source.text)):
            unit, item = found
            more = part_of(rule.amount, unit / hours)
            minutes = f"{unit * 60:g}"
            slots |= {"unit": pick(lang, f"{minutes}분", f"{minutes} min"), "step": more.format(lang)}
            loss = Measured(more.amount, slots["step"])
            formula = f"{price} × {minutes}/{hours * 60:g} = {slots['step']}"
            result = pick(lang, "한 단위를 넘길 때마다 더 나오는 값", "more for each unit begun")
            evidence.append(Arithmetic(formula, result, unique((rule.source, item.source))))
        yield find(service, "incentives.own_stopwatch", step.id, slots, tuple(evidence), loss=loss)
        return


def _rounding(service: Service) -> tuple[float, Clock] | None:
    """The unit in which time is billed, in hours."""
    for item in service.clocks:
        if item.length is not None and re.search(r"단위|increments?|rounded|per started", item.source.text, re.I):
            return item.length.value.total_seconds() / 3600, item
    return None


def _hours_of(text: str) -> float:
    """The hours that the price is for."""
    return 1.0 if re.search(r"시간당|시급|per hour|an hour|hourly", text, re.I) else 0.0


def share_of_gross(service: Service) -> Iterator[Hole]:
    """Somebody gets a share of the takings on a fixed day, and nothing says that refunds reduce it."""
    lang = service.language
    ticket = service.ticket
    rule = next(
        (m for m in service.money if m.kind == "commission" and m.share and _receiver(service, m.source.text)), None
    )
    due = next((m for m in service.money if m.kind in ("settlement", "payout") and m.due), None)
    refund = next(
        ((a, p) for a in service.people for p in a.authority if p.action == "refund" and a.role is not Role.SUPPLIER),
        None,
    )
    if rule is None or rule.share is None or due is None or ticket is None or refund is None:
        return
    texts = " ".join(told(service))
    if re.search(r"net of|after refunds|refunds? (?:are )?deduct|차감|환불.{0,8}제외", texts, re.I):
        return
    supplier = _receiver(service, rule.source.text)
    kept = part_of(ticket, rule.share.value)
    share = format_share(rule.share.value, lang)
    yield find(
        service,
        "incentives.share_of_gross",
        supplier.id if supplier else rule.kind,
        {
            "who": named(supplier, lang) if supplier else "", "share": share, "kept": kept.format(lang),
            "due": due.due.removeprefix("on "), "decider": named(refund[0], lang),
        },
        (
            Arithmetic(
                f"{ticket.value.format(lang)} × {share} = {kept.format(lang)}",
                pick(lang, "환불된 한 건에서 남는 몫", "stays paid in one refunded case"),
                unique((ticket.source, rule.source)),
            ),
            Quotation(unique((due.source, refund[1].source))),
        ),
        loss=Measured(kept.amount, kept.format(lang)),
    )  # fmt: skip


def _receiver(service: Service, text: str) -> Actor | None:
    """The supplier who gets the share, not one from whom it is taken: `hosts get 8%`, `점주는 매출의 8%를 받는다`."""
    for actor in service.people:
        name = re.escape(actor.name)
        gets = rf"{name}s?\b[^.;]*?\b(?:gets?|receives?|earns?|keeps?)\b[^.;]{{0,15}}\d+\s?%|{name}[^.;]{{0,20}}\d+\s?%[를을]?\s?(?:받|가져)"
        if actor.role is Role.SUPPLIER and re.search(gets, text, re.I):
            return actor
    return None


def reward_kept(service: Service) -> Iterator[Hole]:
    """What a purchase earns, and a reversal that gives back the money alone: a question, since the rule may exist."""
    lang = service.language
    earned = next(
        (m for m in service.mentions if m.concept in ("points", "incentive") and _EARN.search(m.source.text)), None
    )
    back = next((s for s in service.steps("refund", "return") if stated(s.source)), None)
    if earned is None or back is None or any(_TAKEN_BACK.search(text) for text in told(service)):
        return
    yield find(
        service,
        "incentives.reward_kept",
        back.id,
        {"back": back.known.label(lang)},
        (Quotation(unique((earned.source, back.source))),),
        certain=False,
    )
