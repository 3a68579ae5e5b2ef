"""A figure that a rule computes and a person may change by hand, without a reason, a second look or a record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.contradictions.quoted import Said, quote, saying, short, sources
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole, Quotation
from opslead.model.guardrails import GuardrailKind
from opslead.model.service import Service
from opslead.model.steps import Role
from opslead.text import pick

_FIGURE = re.compile(
    r"점수|평점|등급|온도|지수|평가|별점|\bscores?\b|\bratings?\b|\brank(?:ing)?s?\b|\blevels?\b", re.I
)
_COMPUTED = re.compile(
    r"\bauto-?(?:updating|calculated|computed)\b|\bautomatically (?:updated|calculated|computed)\b|\b(?:calculated|computed) (?:from|by)\b"
    r"|(?:별점|평점|리뷰|후기|점수|평가|비율)(?:에|\s)?\s?(?:따라|기반|비율|반영)",
    re.I,
)
_BY_HAND = re.compile(
    r"(?:점수|평점|등급|온도|지수|평가|별점)(?:를|을|의)?\s?(?:점수\s?)?(?:수동\s?|직접\s?|임의\s?)?(?:조정|수정|변경|정정)"
    r"|\b(?:adjust|chang|edit|overrid|correct)\w*\b.{0,24}\b(?:score|rating|rank|level)s?\b|\bmanual\w*.{0,16}\b(?:score|rating|rank|level)s?\b",
    re.I,
)
_REASON = re.compile(r"사유|근거|감사|이의|승인|기록|reason|audit|appeal|second|logged", re.I)


def look(service: Service) -> Iterator[Hole]:
    """At most one hole: the first figure that both a rule and a hand set."""
    hand = next((i for i in saying(service, _BY_HAND) if not _REASON.search(i.text) and not _computes(i)), None)
    if hand is None or service.control(GuardrailKind.AUDIT_LOG, "adjust"):
        return
    rules = tuple(
        i
        for i in saying(service, _COMPUTED)
        if _FIGURE.search(f"{i.text} {i.subject}") and i.source.place != hand.source.place
    )
    who = next((a.name for a in service.actors if a.role is Role.STAFF), "")
    if not rules or not who:
        return
    lang = service.language
    shown = pick(lang, "·", ", ").join(_named(item, service) for item in rules[:2])
    appeal = not saying(service, re.compile(r"이의\s?(?:신청|제기)|소명|\bappeal", re.I))
    slots = {"rule": shown, "hand": quote(hand.text, lang, 40), "who": who, "fix": short(hand.text, 40)}
    if appeal:
        slots["appeal"] = pick(lang, "이의를 낼 곳도 없다", "there is no way to object")
    quoted = (*sources(rules)[:2], hand.source)
    yield find(service, "contradictions.computed_by_hand", hand.subject or "service", slots, (Quotation(quoted),))


def _computes(item: Said) -> bool:
    return bool(_COMPUTED.search(item.text))


def _named(item: Said, service: Service) -> str:
    """The figure with how it is computed, when the sentence does not name the figure itself."""
    subject = re.sub(r"\s*\([^()]*\)", "", item.subject)
    text = f"{subject}: {item.text}" if subject and _FIGURE.search(subject) and subject not in item.text else item.text
    return quote(text, service.language, 44)
