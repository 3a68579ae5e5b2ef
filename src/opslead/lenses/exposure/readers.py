"""Who reads: outside companies that reach every record, people who see before they accept, and what is sent and cannot be called back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.dependence.amounts import paid_cases
from opslead.lenses.exposure.ends import end_stated, stems_of
from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_number
from opslead.model.service import Actor, Exit, Personal, Service, Source
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import pick

_OUTSIDE = re.compile(
    r"outsourc|subcontract|third[- ]party (?:desk|agent|support)|외주|위탁|용역|대행\s?(?:사|업체)", re.I
)
_LOOKS_UP = ("refund", "answer", "claim", "cancel", "reschedule", "compensate")
_TELLING = {"주소", "address", "전화번호", "phone number", "출입 비밀번호", "door code", "계좌번호", "bank account"}
_ACCOUNT = {"계좌번호", "bank account"}
_SENT = re.compile(r"confirm|receiv|\bsen[dt]|\bget\b|확정|확인 (?:문자|메일|메시지)|발송|보낸|보내|안내", re.I)
_PART_SHOWN = re.compile(
    r"first name only|initials? only|\bmasked\b|이름 일부|성만 (?:표시|보)|마스킹|가려서 표시", re.I
)
_FILES = re.compile(
    r"(?:materials?|documents?|files?|r[ée]sum[ée]s?|essays?|portfolios?)\b.{0,15}?(?:upload|submit|attach)"
    r"|(?:upload|submit|attach)\w*.{0,15}?(?:materials?|documents?|files?|r[ée]sum[ée]s?|essays?|portfolios?)\b"
    r"|(?:자료|서류|파일|이력서|포트폴리오)\S*\s?(?:업로드|첨부|제출)",
    re.I,
)
_CODES = {"출입 비밀번호", "door code"}
_AT_THE_DOOR = ("deliver", "pick_up", "clean", "repair", "hand_over")
_SPREAD = re.compile(
    r"(?:\d[\d,]*\s?(?:곳|명|개)|여러|주변|가까운|모든)[^.]{0,25}(?:요청|전송|발송|알림|공유|전달)"
    r"|(?:sent|goes|shown|visible|offered) to (?:all|nearby|several|every|\d+)",
    re.I,
)
_WHERE = {"주소", "address"}


def outsiders(service: Service) -> Iterator[Hole]:
    """An outside desk, or the owners of many shops, with work that opens customers' records: reach against need."""
    for actor in service.people:
        work = next((k for k in _LOOKS_UP if k in actor.does or actor.limit_for(k) is not None), None)
        outside = _outside_words(service, actor)
        many = (
            actor.role is Role.SUPPLIER and work == "refund" and service.sites is not None and service.sites.value > 1
        )
        if work is None or (outside is None and not many) or service.control(GuardrailKind.MASK) is not None:
            continue
        yield _outsiders_hole(service, actor, work, outside)
        return


def _outside_words(service: Service, actor: Actor) -> Source | None:
    """The words that say that this is another company's work."""
    name = actor.name.split("(")[0].strip().lower()
    near = [m.source for m in service.mentions if name in m.source.text.lower()]
    return next((s for s in (actor.source, *(a.source for a in actor.authority), *near) if _says(s.text, name)), None)


def _says(text: str, name: str) -> bool:
    """Whether the text calls the named one an outside company: the word stands within a few words of the name."""
    lowered = text.lower()
    at = lowered.find(name)
    return at >= 0 and any(abs(m.start() - at) < NEAR for m in _OUTSIDE.finditer(lowered))


NEAR = 60
"""Characters between a name and the word that says whose company it is."""


def _outsiders_hole(service: Service, actor: Actor, work: str, outside: Source | None) -> Hole:
    lang = service.language
    step = next((s for s in service.steps(work) if s.actor is not None and s.actor.id == actor.id), None)
    items = list(
        dict.fromkeys(p.item for p in service.personal_data if p.medium != "camera" and p.item not in ("이름", "name"))
    )
    sources = [outside or actor.source, *((step.source,) if step else ())]
    sources += [p.source for p in service.personal_data if p.item in items][:2]
    label = STEP_KINDS[work].label(lang)
    slots = {
        "who": actor.name,
        "work": label,
        "items": pick(lang, "·", ", ").join(items[:3]),
        "shops": str(service.sites.value) if outside is None and service.sites else "",
        "face": label,
        "face.actor": actor.name,
    }
    evidence: list[Evidence] = [Quotation(tuple(dict.fromkeys(sources)))]
    cases = paid_cases(service)
    if cases is not None:
        year = cases.value * 365
        slots["year"] = f"{year:,.0f}"
        said = pick(lang, f"한 해 {year:,.0f}건의 기록이 닿는 곳에 있다", f"{year:,.0f} records a year within reach")
        evidence.append(Arithmetic(f"{format_number(cases.value)} × 365 = {year:,.0f}", said, (cases.source,)))
    return find(service, "exposure.outsiders_see", actor.id, {k: v for k, v in slots.items() if v}, tuple(evidence))


def sent_for_good(service: Service) -> Iterator[Hole]:
    """Somebody's address, telephone, code or account goes out by message at booking, and bookings can be cancelled afterwards."""
    sent = [p for p in service.personal_data if p.item in _TELLING and _goes_out(p)]
    way = next((e for e in service.exits("cancel") if e.source.basis != "assumed"), None)
    if not sent or way is None or service.control(GuardrailKind.MASK, "notify", "confirm") is not None:
        return
    yield _sent_hole(service, sent, way)


def _goes_out(item: Personal) -> bool:
    """Sent by message with the booking; an account to pay into is shown to the payer wherever it is shown at all."""
    if item.item in _ACCOUNT:
        return item.medium in ("message", "screen")
    return item.medium == "message" and _SENT.search(item.source.text) is not None


def _sent_hole(service: Service, sent: list[Personal], way: Exit) -> Hole:
    lang = service.language
    notify = next((s for s in service.steps("confirm", "notify") if s.source.basis != "assumed"), None)
    label = notify.title(lang) if notify else STEP_KINDS["notify"].label(lang)
    slots = {
        "items": pick(lang, "·", " and ").join(dict.fromkeys(p.item for p in sent)),
        "send": label.lower() if label.isupper() else label,
        "item": sent[0].item,
    }
    evidence: list[Evidence] = [Quotation((*dict.fromkeys(p.source for p in sent), way.source))]
    cases, rate = paid_cases(service), service.rate("cancel")
    if cases is not None and rate is not None:
        year = cases.value * rate.share.value * 365
        slots["gone"] = f"{year:,.0f}"
        shown = f"{format_number(cases.value)} × {format_number(rate.share.value * 100)}% × 365 = {year:,.0f}"
        evidence.append(
            Arithmetic(
                shown,
                pick(
                    lang, f"취소하고도 아는 사람이 한 해 {year:,.0f}명", f"{year:,.0f} a year know it and do not come"
                ),
                (cases.source, rate.source),
            )
        )
    return find(service, "exposure.sent_for_good", notify.id if notify else "notify", slots, tuple(evidence))


def shown_before_accept(service: Service) -> Iterator[Hole]:
    """A request with an address is seen by people who may refuse it."""
    where = [p for p in service.personal_data if p.item in _WHERE]
    if not where or service.control(GuardrailKind.MASK) is not None:
        return
    lang = service.language
    able = [a for a in service.people if a.role in (Role.FIELD, Role.SUPPLIER) and {"accept", "reject"} <= set(a.does)]
    takers = [a for a in able if {"deliver", "pick_up", "start"} & set(a.does)]
    go = next((s for s in service.steps("deliver", "pick_up", "start") if s.actor in takers), None)
    spread = next((p for p in where if _SPREAD.search(p.source.text)), None)
    sources: tuple[Source, ...]
    if go is not None and takers:
        who, sources, place = takers[0].name, (where[0].source, go.source, takers[0].source), takers[0].id
    elif spread is not None:
        who, sources, place = pick(lang, "요청을 받은 쪽", "one who gets the request"), (spread.source,), "request"
    else:
        return
    slots = {"item": where[0].item, "who": who, "face": STEP_KINDS["accept"].label(lang), "face.actor": who}
    evidence = (Quotation(tuple(dict.fromkeys(sources))),)
    yield find(service, "exposure.shown_before_accept", place, slots, evidence, certain=False)


def codes_known(service: Service) -> Iterator[Hole]:
    """Customers' door codes in the hands of people who come to the door: how many know how many, and until when."""
    code = next((p for p in service.personal_data if p.item in _CODES), None)
    team = [a for a in service.people if a.role in (Role.FIELD, Role.SUPPLIER) and set(_AT_THE_DOOR) & set(a.does)]
    if (
        code is None
        or not team
        or end_stated(service, stems_of(code.item))
        or service.control(GuardrailKind.MASK) is not None
    ):
        return
    lang, cases = service.language, paid_cases(service)
    actor = next((a for a in team if a.count is not None), team[0])
    step = next((s for s in service.steps(*_AT_THE_DOOR) if s.kind in actor.does), None)
    kind = step.known.label(lang) if step else STEP_KINDS["deliver"].label(lang)
    slots = {"item": code.item, "who": actor.name, "work": kind, "face": kind, "face.actor": actor.name}
    evidence: list[Evidence] = [Quotation((code.source, actor.source))]
    many = actor.count.value if actor.count is not None else 1
    slots["whom"] = pick(lang, f"{actor.name} {many}명", f"{actor.name} ({many} people)") if many > 1 else actor.name
    others = [a for a in team if a is not actor and a.count is not None]
    if actor.count is not None and cases is not None and not others:
        each = cases.value / actor.count.value
        slots["each"] = format_number(each)
        said = pick(lang, f"한 사람이 하루에 지나는 문 {slots['each']}곳", f"{slots['each']} doors a day for each")
        evidence.append(
            Arithmetic(
                f"{format_number(cases.value)} / {actor.count.value} = {slots['each']}",
                said,
                (cases.source, actor.count.source),
            )
        )
    yield find(service, "exposure.codes_known", actor.id, slots, tuple(evidence))


def mask_undone(service: Service) -> Iterator[Hole]:
    """Names are shown in part, and the same reader gets files from that person, which carry what was hidden."""
    texts = (
        [p.source for p in service.personal_data]
        + [r.source for r in service.rules]
        + [m.source for m in service.mentions]
    )
    masked = next((s for s in texts if _PART_SHOWN.search(s.text)), None)
    given = [s.source for s in service.steps() if s.source.basis != "assumed"] + [x.source for x in service.limits]
    files = next((s for s in (*given, *texts) if _FILES.search(s.text)), None)
    reader = next((a for a in service.people if a.role is Role.SUPPLIER), None)
    if masked is None or files is None or reader is None:
        return
    slots = {"who": reader.name, "face": STEP_KINDS["accept"].label(service.language), "face.actor": reader.name}
    yield find(service, "exposure.mask_undone", reader.id, slots, (Quotation((masked, files)),), certain=False)
