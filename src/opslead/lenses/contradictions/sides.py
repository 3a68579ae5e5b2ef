"""Described for one side only: who may leave at what price, who is checked, who can be reached, whose promise it is, whose word suffices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.knowledge.slots import ladder_words
from opslead.lenses.contradictions.said import (
    everything,
    given,
    mentions,
    paid_loss,
    quote,
    quoted,
    said,
    short,
    silent,
    suppliers,
)
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_share
from opslead.model.service import Actor, Basis, Exit, Service, Source
from opslead.model.steps import Role

_SAFE = re.compile(
    r"안전|긴급|비상|신고|emergenc|safety|panic|\bSOS\b|report (?:a|the) (?:user|guest|host|member)|forbidden|금지\s?행위",
    re.I,
)
_MESSAGE = re.compile(r"SMS|문자|알림톡|이메일|e-?mail|text message", re.I)
_BY_PHONE = re.compile(r"SMS|문자|알림톡|text message", re.I)
_CONTACT = re.compile(r"연락처|전화번호|휴대폰|휴대전화|phone number|e-?mail|이메일|mobile number", re.I)
_TAKEN = re.compile(r"입력|수집|인증|등록|enter|collect|provid|sign-?up|register|verif|account", re.I)
_ELSEWHERE = re.compile(
    r"relocat|alternative (?:spot|space|place|room)|another (?:spot|space|place|room)|free rebook|rebook(?:ed|ing)?\s(?:into|at|elsewhere|the)|re-?accommodat|compensat|(?:\d|as|a) credit\b|대체\s?(?:자리|좌석|숙소|차량|공간)|다른\s?(?:자리|곳|좌석)|보상",
    re.I,
)
_BY_HAND = re.compile(
    r"manual(?:ly)?\s(?:verif|confirm|approv|mark)\w*[^.]{0,20}(?:payment|paid|transfer|deposit)|(?:payment|transfer)s?[^.]{0,20}(?:confirmed|verified|marked) (?:by hand|manually)"
    r"|(?:결제|입금)[^.]{0,10}(?:수동|수기|직접)\s?(?:확인|승인|처리)|수동\s?(?:결제|입금)\s?(?:확인|처리|승인)",
    re.I,
)
_MUST = re.compile(
    r"(?:must not|cannot|can't|may not|never|not)[^.]{0,40}(?:until|unless|without)[^.]{0,40}(?:pay|paid)|zero[^.]{0,40}without payment|결제[^.]{0,20}(?:전에는|없이는|되어야|후에만|완료\s?후)",
    re.I,
)
_PROOF = re.compile(
    r"audit|second (?:person|approver)|two.?person|four.?eyes|evidence|proof|감사|증빙|증거|사유|이중\s?승인|2인", re.I
)


_NOTHING_BACK = re.compile(r"no refund|환불\s?(?:없음|불가)|0% refund", re.I)
_UNKNOWN = re.compile(
    r"비로그인|비회원|(?:로그인|회원\s?가입)\s?없이|guest checkout|(?:no|without)\s(?:an?\s)?(?:login|account|sign-?up|registration)",
    re.I,
)


_PREPARES = ("make", "clean", "hand_over", "list")


def look(service: Service) -> Iterator[Hole]:
    yield from _one_sided_exit(service)
    yield from _role_unverified(service)
    yield from _alone_together(service)
    yield from _customer_unreachable(service)
    yield from _promise_without_fallback(service)
    yield from _by_hand_unproven(service)


def _one_sided_exit(service: Service) -> Iterator[Hole]:
    """The supplier may cancel as well, and the only steps of repayment are made for the customer's notice."""
    ladder = next((w for w in service.exits("cancel") if _by_time(w) and not _by_supplier(w)), None)
    who = next((a for a in suppliers(service) if "cancel" in a.does), None)
    if ladder is None or who is None or any(_by_supplier(w) for w in service.exits("cancel", "no_show")):
        return
    own = re.compile(
        rf"{re.escape(who.name)}s?\s[^.]{{0,30}}cancel[^.]{{0,60}}(?:refund|compens|full|credit)|{re.escape(who.name)}[^.]{{0,30}}취소[^.]{{0,40}}(?:환불|보상|전액)",
        re.I,
    )
    if not silent(service, own):
        return
    lowest = min(t.share.value for t in ladder.tiers if t.share is not None)
    nothing = said(service, _NOTHING_BACK) if lowest == 0 else None
    right = next((a.source for a in who.authority if a.action == "cancel"), who.source)
    customer = next((a.name for a in service.actors if a.role is Role.CUSTOMER), "")
    slots = {
        "who": who.name,
        "renter": customer,
        "ladder": ladder_words(ladder, service.language),
        "share": format_share(lowest, service.language),
    }
    evidence = (quote(right, ladder.source, nothing),)
    yield find(
        service, "contradictions.one_sided_exit", ladder.id, slots, evidence, loss=paid_loss(service, 1 - lowest)
    )


def _by_time(way: Exit) -> bool:
    return len([t for t in way.tiers if t.share is not None]) >= 2 and any(t.before is not None for t in way.tiers)


def _by_supplier(way: Exit) -> bool:
    return way.by is not None and way.by.role is Role.SUPPLIER and bool(way.tiers)


def _role_unverified(service: Service) -> Iterator[Hole]:
    """Some of those who deliver are checked before they take part, and one kind of them is not."""
    checked = mentions(service, "role_verified")
    supplying = suppliers(service)
    known = [a for a in supplying if any(_names(a, s) for s in checked)]
    left = next((a for a in supplying if a not in known and "verify" not in a.does), None)
    if not known or left is None or len(supplying) < 2:
        return
    sources = [s for s in checked if any(_names(a, s) for a in service.actors)]
    slots = {"left": left.name, "known": known[0].name, "check": short(sources[0].text)}
    evidence = (quote(left.source, *sources[:3]),)
    yield find(service, "contradictions.role_unverified", left.id, slots, evidence)


def _names(actor: Actor, source: Source) -> bool:
    name = actor.name.lower()
    return name in source.text.lower() or (name.endswith("s") and name[:-1] in source.text.lower())


def _alone_together(service: Service) -> Iterator[Hole]:
    """A supplier and a customer meet in a private home, and the text knows no check of the customer and no call for help."""
    home = next(iter(mentions(service, "private_place")), None)
    who = next((a for a in suppliers(service) if "accept" in a.does or "confirm" in a.does), None)
    if home is None or who is None or not silent(service, _SAFE):
        return
    customer = next((a for a in service.actors if a.role is Role.CUSTOMER), None)
    checks = mentions(service, "role_verified")
    both = customer is not None and any(_names(customer, s) for s in checks)
    checked = None if both else next((s for s in checks if _names(who, s)), None)
    slots = {"who": who.name, "place": short(home.text), "checked": short(checked.text) if checked else ""}
    evidence = (quote(home, who.source, customer.source if customer else None, checked),)
    yield find(service, "contradictions.alone_together", who.id, slots, evidence)


def _customer_unreachable(service: Service) -> Iterator[Hole]:
    """Customers stay unknown, and messages, refunds or the hand-over need to know them."""
    unknown = next(iter(mentions(service, "anonymous")), None)
    note = next((s for s in given(service, "notify") if _MESSAGE.search(f"{s.name} {s.source.text}")), None)
    told = note.source if note else said(service, _BY_PHONE)  # a guest checkout takes an e-mail address as a rule
    if unknown is None or told is None or _contact_taken(service, unknown):
        return
    back = next((w.source for w in service.exits("cancel", "return") if w.source.basis is not Basis.ASSUMED), None)
    given_out = next(iter(given(service, "pick_up", "hand_over", "redeem")), None)
    lang = service.language
    slots = {
        "unknown": _words(_UNKNOWN, unknown.text),
        "note": short(told.text),
        "handover": given_out.title(lang) if given_out else "",
        "back": short(back.text, 40) if back else "",
    }
    evidence = (quote(unknown, told, given_out.source if given_out else None, back),)
    yield find(service, "contradictions.customer_unreachable", note.id if note else "notify", slots, evidence)


def _words(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else short(text)


def _contact_taken(service: Service, unknown: Source) -> bool:
    """Whether some other entry says that the customer gives a number or an address."""
    texts = [
        source.text for _, source in everything(service) if source.place != unknown.place or source.text != unknown.text
    ]
    texts += [text for text, _ in service.unread]
    return any(_CONTACT.search(text) and _TAKEN.search(text) for text in texts)


def _promise_without_fallback(service: Service) -> Iterator[Hole]:
    """The thing itself is guaranteed, keeping it free is up to an outsider, and nothing follows when it is not."""
    promised = next((s for s in sorted(mentions(service, "guarantee"), key=lambda s: -len(s.text))), None)
    who = next(iter(suppliers(service)), None)
    unit = next((r for r in service.resources if r.physical and r.perishable), None)
    if (
        given(service, "deliver", "ship")
        or promised is None
        or who is None
        or unit is None
        or not silent(service, _ELSEWHERE)
    ):
        return
    if any(w.by is who and w.tiers for w in service.exits("cancel", "no_show")):
        return
    own = sorted((s for s in given(service, *_PREPARES) if s.actor is who), key=lambda s: _PREPARES.index(s.kind))
    duty = next(iter(own), None)
    support = said(service, re.compile(r"support ticket|customer support|고객\s?센터|1:1\s?문의", re.I))
    slots = {
        "who": who.name,
        "promise": short(promised.text, 80),
        "unit": unit.name,
        "arrival": unit.name,
        "desk": short(support.text, 40) if support else "",
    }
    evidence = (quote(promised, duty.source if duty else who.source, support),)
    yield find(service, "contradictions.promise_without_fallback", unit.id, slots, evidence)


def _by_hand_unproven(service: Service) -> Iterator[Hole]:
    """A condition that the system keeps strictly, and a person who may declare it met."""
    hand = said(service, _BY_HAND)
    rule = next((r for r in service.rules if _MUST.search(r.text)), None)
    if hand is None or rule is None or not silent(service, _PROOF):
        return
    if service.control(GuardrailKind.TWO_PERSON) or service.control(GuardrailKind.EVIDENCE):
        return
    who = next((a.name for a in service.people if a.role is Role.STAFF and "verify" in a.does), "")
    slots = {"hand": short(hand.text), "fix": short(hand.text), "rule": short(rule.text), "who": who}
    evidence = (quote(hand, quoted(rule)),)
    yield find(service, "contradictions.by_hand_unproven", "verify", slots, evidence)
