"""An outcome with an `or` in it: two different results for one case, and no word on who chooses or by what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.contradictions.quoted import Said, quote, saying, sources
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole, Quotation
from opslead.model.service import Service
from opslead.text import pick

_RESULT_EN = r"(?:full |partial |half )?refund|rebook\w*|credit|replacement|exchange|re-?do|re-?schedul\w*|suspension|warning|ban|deny|voucher|compensation"
_RESULT_KO = r"(?:전액|부분|일부)?\s?환불|교환|재배송|재제공|재예약|보상|적립금|쿠폰|경고|정지|거절|제한|반려"
_EITHER = re.compile(
    rf"\b(?:free |a )?(?:{_RESULT_EN})\s?(?:/| or | or a )\s?(?:{_RESULT_EN})\b|(?:{_RESULT_KO})\s?(?:/|또는|혹은|이나|나|하거나)\s?(?:{_RESULT_KO})",
    re.I,
)
_DECIDED = re.compile(
    r"\bif\b|\bwhen\b|\bcustomer('s)? choice|\bchooses?\b|\bdepending\b|\bas the \w+ prefers|경우|선택|원하는|따라|이면|시에는|%|\d",
    re.I,
)
_NO_OUTCOME = re.compile(
    r"정책|처리\s?방법|버튼|화면|탭|메뉴|\bbutton|\bpage|\bscreen|\bvia\b|\brequests? (?:a )?(?:refund|exchange)", re.I
)
_LONGEST, _MOST = 90, 3


def look(service: Service) -> Iterator[Hole]:
    """One hole for all such outcomes."""
    found = tuple(i for i in saying(service, _EITHER) if _open(i))[:_MOST]
    if not found:
        return
    lang = service.language
    shown = pick(lang, "·", ", ").join(_named(item, service) for item in found)
    slots = {"outcomes": shown, "first": quote(found[0].text, lang, 40)}
    yield find(service, "contradictions.outcome_unchosen", "outcome", slots, (Quotation(sources(found)),))


def _open(item: Said) -> bool:
    whole = len(item.text) <= _LONGEST
    return whole and not _DECIDED.search(item.text) and not _NO_OUTCOME.search(item.text)


def _named(item: Said, service: Service) -> str:
    """The outcome with the case it belongs to."""
    subject = item.subject if item.subject and item.subject not in item.text else ""
    text = f"{subject}: {item.text}" if subject and len(subject) <= 36 else item.text
    return quote(text, service.language, 64)
