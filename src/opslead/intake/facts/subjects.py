"""Subjects of lengths of time as noun phrases: what is left of a sentence when the length is taken out, without its loose ends.

`Buyers may return within 14 days of delivery` leaves `Buyers may return of delivery`, which is the `return`.
"""

from __future__ import annotations

import re

from opslead.intake.amounts.frames import Amount
from opslead.intake.page.passages import Form

_ANCHOR = re.compile(
    r"\s*(?P<word>of|after|from|before|following|since|prior|upon|once|later|ahead|behind|late|early|earlier|beforehand|past)\b",
    re.I,
)
_LOOSE_END = re.compile(
    r"(?:\s(?:can|may|must|will|should|shall|is|are|was|be|been|arrives?|comes?|takes?|lasts?|expires?|held|kept|valid|usually"
    r"|sometimes|often|typically|normally|up|later|late|behind|ahead|has to|have to|needs? to|of|for|to|by|within|from|and|or|the))+$",
    re.I,
)
_MODAL = re.compile(r"^[A-Z]?[\w'’ -]{0,40}?\b(?:may|can|must|should|shall|could)\s(?:only\s|be\s|also\s)?(?=\w)", re.I)
_BEGINS = re.compile(r"^(?:that|which|who|when|if|then|and|or|but|so)\s", re.I)
_WAY_OUT = re.compile(r"(?:.*\s)?(disputes?|returns?|refunds?|cancellations?|claims?|appeals?|exchanges?)", re.I)
_PREDICATE_KO = re.compile(r"(?<=[가-힣])\s[가-힣]{1,5}(?:[린는된한않]다|니다|어요|아요|해요)$")
_LEAST = 3


def settled(amount: Amount, kind: str = "") -> str:
    """The subject of an amount that is a length of time; as it was where nothing would be left."""
    subject = amount.subject
    if not subject.isascii():
        return _PREDICATE_KO.sub("", subject)
    tidy = _without_anchor(subject, amount.clause.after)
    tidy = _LOOSE_END.sub("", tidy)
    if modal := _MODAL.match(tidy):
        passive = re.search(r"(?P<who>.+?)\s(?:may|can|must|should|shall|could)\s(?:only\s)?be\s$", modal.group())
        tidy = f"{passive['who']} to be {tidy[modal.end() :]}" if passive else tidy[modal.end() :]
    tidy = _BEGINS.sub("", tidy).strip(" ,.;:")
    way = _WAY_OUT.fullmatch(tidy)
    if way and kind == "window" and amount.frame.passage.form is Form.CODE and len(tidy.split()) < 3:
        return f"{way.group(1).lower()} window"  # a drawn `[Dispute within 48h]` under another state
    return tidy if len(tidy) >= _LEAST else subject


def _without_anchor(subject: str, after: str) -> str:
    """The subject up to the words that followed the length and say from when it runs: `of delivery`, `later`."""
    anchor = _ANCHOR.match(after)
    if anchor is None:
        return subject
    for match in reversed(list(re.finditer(rf"(?<=\s){anchor['word']}\b", subject, re.I))):
        if (
            after.strip()
            .lower()
            .startswith(subject[match.start() : match.start() + 24].split(" and ")[0].lower().strip())
        ):
            return subject[: match.start()].strip()
    return subject
