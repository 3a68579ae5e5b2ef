"""One pair of hands on both sides: who makes the ground of a payment also pays, who keeps the only record also lets people in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from opslead.knowledge.roles import base_name
from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.lenses.worth import label, labels, named, same_job, second_person, stated, told, unique
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_number, format_share
from opslead.model.service import Actor, Resource, Service, Source, Step
from opslead.model.steps import Role
from opslead.text import pick

_GROUND = ("inspect", "grade", "no_show", "count", "receive")
"""Facts that the person makes; what a customer reports is none."""
_MONEY = ("refund", "compensate", "adjust")
_ADMIT = ("check_in", "hand_over", "start", "redeem")
_OFF_SYSTEM = re.compile(
    r"(엑셀|스프레드시트|종이 장부|종이|장부|수기|공책|수첩|excel|spreadsheet|paper list|paper|notebook|ledger)", re.I
)
_PHONE = re.compile(r"전화|phone|\bcall", re.I)
_PRICED = re.compile(r"차액|추가 요금|추가 금액|difference|surcharge|upgrade fee", re.I)


def same_hands(service: Service) -> Iterator[Hole]:
    """The same person establishes the fact and decides the money that follows from it, both quoted."""
    lang = service.language
    for actor in service.people:
        if actor.role is Role.SUPPLIER:
            continue  # judges in their own case are the matter of the incentives lens
        quoted = _quoted(service, actor)
        money = {k: s for k, s in quoted.items() if k in _MONEY}
        ground = {k: s for k, s in quoted.items() if k in _GROUND}
        if "adjust" in money and "record" in actor.does:
            ground["record"] = money["adjust"]
        if set(money) == {"adjust"} and "record" not in ground:
            continue  # changing settings or plans moves no money
        if not ground or not money or second_person(service, *money, *ground) or _bounded(service, money):
            continue
        yield find(
            service,
            "authority.same_hands",
            actor.id,
            {"who": named(actor, lang), "ground": labels(ground, lang), "money": labels(money, lang)},
            (Quotation(unique([*money.values(), *ground.values()])),),
        )
        return


def _bounded(service: Service, kinds: Iterable[str]) -> bool:
    """Whether each of these has a stated total, a record that nobody erases, and a second person above some sum."""
    needed = (GuardrailKind.LIMIT, GuardrailKind.AUDIT_LOG, GuardrailKind.TWO_PERSON)
    return all(service.control(control, kind) for kind in kinds for control in needed)


def _quoted(service: Service, actor: Actor) -> dict[str, Source]:
    """What the description says that the actor does, each with the sentence that says it."""
    found = {s.kind: s.source for s in service.steps(*_GROUND, *_MONEY) if s.actor is actor and stated(s.source)}
    found |= {a.action: a.source for a in actor.authority}
    return found


def off_book(service: Service) -> Iterator[Hole]:
    """The only record of a case lies outside the system, with the person who lets the customer in."""
    lang = service.language
    for step in service.steps("record", "request"):
        medium = _OFF_SYSTEM.search(step.source.text)
        if step.actor is None or medium is None or not stated(step.source) or not _by_phone(service, step):
            continue
        admit = _admits(service, step.actor)
        if admit is None:
            continue
        evidence: list[Evidence] = [Quotation(unique((step.source, admit.source)))]
        phone = next((r for r in service.rates if r.kind == "channel" and _PHONE.search(r.subject)), None)
        cases, ticket = service.cases_per_day, service.ticket
        count = ""
        if phone and cases:
            daily = cases.value * phone.share.value
            count = format_number(daily)
            share = format_share(phone.share.value, lang)
            evidence.append(
                Arithmetic(
                    f"{format_number(cases.value)} × {share} = {count}",
                    pick(lang, f"하루 {count}건", f"{count} a day"),
                    unique((cases.source, phone.share.source)),
                )
            )
        yield find(
            service,
            "authority.off_book",
            step.id,
            {
                "who": named(step.actor, lang),
                "medium": medium[1],
                "use": label(admit.kind, lang)
                if base_name(step.actor.name) in admit.title(lang)
                else admit.title(lang),
                **({"count": count} if count else {}),
            },
            tuple(evidence),
            loss=Measured(ticket.value.amount, ticket.value.format(lang)) if ticket else None,
        )
        return


def _by_phone(service: Service, step: Step) -> bool:
    """Whether the clause, or the sentence that it is part of, speaks of the telephone."""
    clause = step.source.text.rstrip(".다 ")
    return any(clause in text and _PHONE.search(text) for text in told(service))


def _admits(service: Service, actor: Actor) -> Step | None:
    return next((s for s in service.steps(*_ADMIT) if s.actor and same_job(s.actor, actor) and stated(s.source)), None)


def unpriced_change(service: Service) -> Iterator[Hole]:
    """Somebody on the spot moves a customer between kinds of a resource, and nothing says what the difference costs."""
    lang = service.language
    whole, kinds = _kinds(service)
    if whole is None or any(_PRICED.search(text) for text in told(service)):
        return
    for step in service.steps("transfer", "adjust"):
        if step.actor is None or step.actor.role is not Role.FIELD or not step.manual or not stated(step.source):
            continue
        if step.actor.authority or second_person(service, step.kind):
            continue
        listed = pick(lang, "·", ", ").join(f"{k.name} {format_number(k.capacity.value)}" for k in kinds if k.capacity)
        sums = " + ".join(format_number(k.capacity.value) for k in kinds if k.capacity)
        total = format_number(whole.capacity.value) if whole.capacity else ""
        yield find(
            service,
            "authority.unpriced_change",
            step.id,
            {"who": named(step.actor, lang), "work": step.title(lang), "unit": whole.name, "kinds": listed},
            (
                Quotation(unique((step.source,))),
                Arithmetic(
                    f"{sums} = {total}",
                    pick(lang, f"{whole.name}의 종류 {len(kinds)}가지", f"{len(kinds)} kinds of {whole.name}"),
                    unique(k.capacity.source for k in kinds if k.capacity),
                ),
            ),
        )
        return


def _kinds(service: Service) -> tuple[Resource | None, list[Resource]]:
    """A resource whose capacity is the sum of at least two others: these are its kinds."""
    sized = [r for r in service.resources if r.capacity is not None and r.physical]
    for whole in sized:
        parts = [r for r in sized if r is not whole]
        total = sum(r.capacity.value for r in parts if r.capacity)
        if len(parts) >= 2 and whole.capacity and total == whole.capacity.value:
            return whole, parts
    return None, []


def on_behalf(service: Service) -> Iterator[Hole]:
    """Customers who booked by phone can only change by phone, and the money or the place goes by what the caller says."""
    lang = service.language
    phone = next((s for s in service.steps("request") if s.via == "phone" and stated(s.source)), None)
    way = next((e for e in service.exits("cancel") if stated(e.source) and any(t.share for t in e.tiers)), None)
    verified = any(_PHONE.search(s.source.text) for s in service.steps("verify"))
    scarce = any(r.kind == "occupancy" and r.share.value >= 0.8 for r in service.rates) or service.volume("visitors")
    if not scarce:
        return  # nobody frees another's place where places are to be had
    if phone is None or way is None or verified or service.control(GuardrailKind.BIND_IDENTITY, "cancel", "request"):
        return
    best = max(
        (t for t in way.tiers if t.share and t.before), key=lambda t: t.share.value if t.share else 0, default=None
    )
    if best is None or best.share is None:
        return
    yield find(
        service,
        "authority.on_behalf",
        phone.id,
        {"act": label(way.kind, lang), "share": format_share(best.share.value, lang)},
        (Quotation(unique((phone.source, best.source))),),
        certain=False,
    )


_EDIT = re.compile(
    r"(?:may|can|could|able to)\s(?:\w+\s){0,2}?(?:correct|edit|delete|alter|overwrite|change)\b.{0,30}(?:record|order|time|balance|status|payment)"
    r"|(?:기록|주문서|주문|시각|금액|입금|잔고)\S{0,3}\s?(?:직접\s?|수동으로?\s?|손으로\s?)?(?:고친|고쳐|고칠|수정|정정|조정|삭제)",
    re.I,
)
_CUSTOMER = re.compile(r"고객|회원|이용자|본인|customer|\busers? (?:can|may)|\bguests?\b", re.I)
_TRACED = re.compile(r"사유|이력|로그|승인|기록이 남|audit|\blog|reason|approv|second person", re.I)


def silent_edit(service: Service) -> Iterator[Hole]:
    """Somebody may change or wave through what others rely on, and nothing says that the change leaves a trace."""
    lang = service.language
    if service.control(GuardrailKind.AUDIT_LOG) or second_person(service, "adjust", "record"):
        return
    sources = [
        *(m.source for m in service.mentions),
        *(s.source for s in service.steps()),
        *(r.source for r in service.rules),
    ]
    for source in unique(sources):
        match = _EDIT.search(source.text)
        actor = _editor(service, source.text)
        if match is None or actor is None or _TRACED.search(source.text):
            continue
        yield find(
            service,
            "authority.silent_edit",
            actor.id,
            {
                "who": named(actor, lang),
                "quote": source.text.strip().rstrip("."),
                "fix": pick(lang, "직접 수정", "direct correction"),
            },
            (Quotation(unique((source, actor.source))),),
        )
        return


def _editor(service: Service, text: str) -> Actor | None:
    """Who is said to change it: named in the sentence, else the only office there is where nobody else is named."""
    lowered = text.lower()
    spoken = [a for a in service.actors if a.name.lower() in lowered]
    staff = [a for a in service.people if a.role is not Role.SUPPLIER]
    if spoken:
        return next((a for a in spoken if a in staff), None)
    return staff[0] if len(staff) == 1 and not _CUSTOMER.search(text) else None
