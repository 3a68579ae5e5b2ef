"""What the verbs said of somebody tell of the role: who asks and pays, who offers, who runs the service and who works on the spot."""

from __future__ import annotations

import re
from collections.abc import Iterable

from opslead.model.steps import Role

_CUSTOMER_VERBS = re.compile(
    r"예약|주문|결제|구매|신청|이용|\b(?:reserve|book|pay|pays|order|buy|subscribe|request|rent|hire)", re.I
)
_SUPPLIER_VERBS = re.compile(
    r"제공|수락|판매|출품|수익|정산받|입점|\b(?:offer|earn|provide|host|list|open|accept|sell|decide themselves|deliver)",
    re.I,
)
_STAFF_VERBS = re.compile(
    r"관리|승인|심사|운영|모니터링|\b(?:manage|approve|review|monitor|moderate|administer|oversee)", re.I
)
_FIELD_VERBS = re.compile(
    r"청소|배달|배송|점검|수거|체크인|설치|출동|\b(?:clean|deliver|inspect|collect|install|repair|check in|on site)",
    re.I,
)


def role_from(about: Iterable[str]) -> Role:
    """The role of somebody the vocabulary does not know, from the verbs of the description."""
    text = " ".join(about)
    counts = [
        (len(pattern.findall(text)), -order, role)
        for order, (role, pattern) in enumerate(
            (
                (Role.SUPPLIER, _SUPPLIER_VERBS),
                (Role.CUSTOMER, _CUSTOMER_VERBS),
                (Role.STAFF, _STAFF_VERBS),
                (Role.FIELD, _FIELD_VERBS),
            )
        )
    ]
    best = max(counts)
    return best[2] if best[0] else Role.CUSTOMER


_FREE = re.compile(r"프리랜서|자영|개인 ?차량|decide themselves|freelance|independent|own (?:car|vehicle)s?", re.I)
_ASKING_VERBS = re.compile(r"\b(?:fills? in|files?|submits?|returns?|complains?|applies|apply)\b", re.I)


def asks(text: str) -> int:
    """How often the text says that somebody books, orders or pays."""
    return len(_CUSTOMER_VERBS.findall(text))


def offers(text: str) -> int:
    """How often the text says that somebody offers, sells or earns."""
    return len(_SUPPLIER_VERBS.findall(text))


def works_for_own_account(text: str) -> bool:
    """Whether somebody works free-lance or with a vehicle of their own."""
    return bool(_FREE.search(text))


def is_served(role: Role, name: str, said: str, source: str) -> bool:
    """Whether somebody usually at work is whom this service is for, where nobody else is: dealers who send parts back, the
    engineers of an `internal service for our 420 engineers`. `said`: what is said of them; `source`: where they appear first."""
    if role is Role.SUPPLIER:
        return not offers(said) and (asks(said) > 0 or bool(_ASKING_VERBS.search(said)))
    whom = rf"\bfor (?:(?:our|all|the|about) )*(?:[\d,.]+ )?{re.escape(name)}s?\b"
    return role in (Role.STAFF, Role.FIELD) and bool(re.search(whom, source, re.I))
