"""Claims of a model meet the document that the rules read: people, partners, things, channels, numbers, controls, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from opslead.model import document as doc
from opslead.panel.reading.chains import with_exit, with_step
from opslead.panel.reading.entries import Entry, ExitEntry, StepEntry
from opslead.panel.reading.meet import Field, Met, alike, differs, filled, key, overlap, said_differently, words_filled
from opslead.panel.reading.proof import What, same
from opslead.text import pick

N = TypeVar("N", bound=doc.Entity)
M = TypeVar("M", bound=doc.Origin)


def merged(text: doc.ServiceText, entry: Entry, affirmed: Sequence[doc.StepText] = ()) -> Met:
    """The document with the claim's entry. `affirmed`: all steps that the answer claims, so that a step told twice is seen."""
    match entry:
        case doc.ActorText():
            return _with_actor(text, entry)
        case doc.PartnerText():
            return _with_partner(text, entry)
        case doc.ResourceText():
            return _with_entity(text, text.resources, entry, "resources", (_CAPACITY,))
        case doc.ChannelText():
            return _with_entity(text, text.channels, entry, "channels", (_SHARE, _DELAY), ("sync",))
        case StepEntry():
            return with_step(text, entry, affirmed)
        case ExitEntry():
            return with_exit(text, entry)
        case doc.ControlText():
            return _with_control(text, entry)
        case doc.PersonalText() | doc.KpiText() | doc.LaterText():
            return _with_note(text, entry)
        case _:
            return _with_number(text, entry)


_CAPACITY: Field = ("capacity", "number", {"ko": "수량", "en": "capacity"})
_SHARE: Field = ("share", "share", {"ko": "비중", "en": "share"})
_DELAY: Field = ("delay", "duration", {"ko": "반영 지연", "en": "delay"})
_COUNT: Field = ("count", "count", {"ko": "인원", "en": "count"})
_DUTY: Field = ("duty", "hours", {"ko": "근무 시간", "en": "hours"})
_LIMIT: Field = ("limit", "money", {"ko": "전결 한도", "en": "limit"})
_LATENCY: Field = ("latency", "duration", {"ko": "응답 시간", "en": "latency"})
_WORST: Field = ("worst", "duration", {"ko": "가장 늦을 때", "en": "worst latency"})
_HOURS: Field = ("hours", "hours", {"ko": "운영 시간", "en": "hours"})


def _put(items: Sequence[M], old: M | None, new: M) -> tuple[M, ...]:
    """The items with `new` in the place of `old`, at the end without one."""
    return tuple(new if item is old else item for item in items) if old is not None else (*items, new)


def _with_entity(
    text: doc.ServiceText, known: Sequence[N], new: N, section: str, fields: Sequence[Field], words: Sequence[str] = ()
) -> Met:
    """An entry with a name: known under this or a like name, or new."""
    old = next((item for item in known if key(item.name) == key(new.name)), None)
    old = old or next((item for item in known if alike(item.name, new.name)), None)
    if old is None:
        return Met(text.model_copy(update={section: (*known, new)}))
    grown, differences = filled(old, new, fields, old.name, text)
    grown, more = words_filled(grown, new, words, old.name, text.language)
    return Met(text.model_copy(update={section: _put(known, old, grown)}), (*differences, *more))


def _with_partner(text: doc.ServiceText, new: doc.PartnerText) -> Met:
    fields = (_LATENCY, _WORST, _HOURS)
    return _with_entity(text, text.partners, new, "partners", fields, ("kind", "mode"))


# --- people


def _with_actor(text: doc.ServiceText, new: doc.ActorText) -> Met:
    """A known actor's open values are filled; one of several shifts is told by its hours or its count, else left alone."""
    known = same_actors(text, new)
    if not known:
        return Met(text.model_copy(update={"actors": (*text.actors, new)}))
    if len(known) > 1:
        return Met(text)
    (old,) = known
    grown, differences = filled(old, new, (_COUNT, _DUTY), old.name, text)
    authority, more = _authority(text, old, new)
    grown = grown.model_copy(
        update={
            "authority": authority,
            "does": tuple(dict.fromkeys((*old.does, *new.does))),
            "per_site": old.per_site or (new.per_site and grown.count is new.count),
        }
    )
    if old.role is not new.role:
        label = pick(text.language, f"{old.name} 역할", f"{old.name} role")
        more += (differs(label, (old.role.value, old.given), (new.role.value, new.given), text.language),)
    return Met(text.model_copy(update={"actors": _put(text.actors, old, grown)}), (*differences, *more))


def same_actors(text: doc.ServiceText, new: doc.ActorText) -> list[doc.ActorText]:
    """The known entries that may be the same person: by full name, by bare name, by a like name in the same role or of the
    same words."""
    tests: tuple[Callable[[doc.ActorText], bool], ...] = (
        lambda a: key(a.name) == key(new.name),
        lambda a: key(a.name, bare=True) == key(new.name, bare=True),
        lambda a: a.role is new.role and alike(a.name, new.name),
        lambda a: overlap(a, new) and (key(new.name) in key(a.name) or key(a.name) in key(new.name)),
    )
    found = next((hits for test in tests if (hits := [a for a in text.actors if test(a)])), [])
    if len(found) > 1:
        told = [a for a in found if _same_said(a.duty, new.duty, text, "hours")]
        told = told or [a for a in found if not new.duty and _same_said(a.count, new.count, text, "count")]
        return told[:1] if len(told) == 1 else found
    return found


def _same_said(one: doc.Said | None, other: doc.Said | None, text: doc.ServiceText, what: str) -> bool:
    if one is None or other is None:
        return False
    return same(str(one.value), str(other.value), "hours" if what == "hours" else "count", text.currency)


def _authority(
    text: doc.ServiceText, old: doc.ActorText, new: doc.ActorText
) -> tuple[tuple[doc.AuthorityText, ...], tuple[str, ...]]:
    """What both say of what the actor may do alone."""
    items, differences = old.authority, list[str]()
    for claim in new.authority:
        known = next((item for item in items if item.action == claim.action and item.per == claim.per), None)
        grown: doc.AuthorityText = claim
        if known is not None:
            grown, more = filled(known, claim, (_LIMIT,), f"{old.name} {claim.action}", text)
            differences += more
        items = _put(items, known, grown)
    return items, tuple(differences)


# --- numbers

_SECTION = {
    doc.ClockText: "clocks",
    doc.RateText: "rates",
    doc.VolumeText: "volumes",
    doc.MoneyText: "money",
    doc.LimitText: "limits",
}
_UNDECIDED = {"rates": "share", "money": "price"}
"""The kind that the rules give to what no word names more exactly."""
_NO_PRICE = frozenset({"penalty", "fee", "commission", "deposit", "compensation", "refund", "surcharge"})
"""Sums that are no price at all, so that the rules' `price` was only what no word named."""


Number = doc.ClockText | doc.RateText | doc.VolumeText | doc.MoneyText | doc.LimitText


def _with_number(text: doc.ServiceText, new: Number) -> Met:
    """A number is known when the same amount is read from the same words already, whatever it is called there."""
    section = _SECTION[type(new)]
    known: tuple[Number, ...] = getattr(text, section)
    old = next((item for item in known if _same_amount(item, new, text) and overlap(item, new)), None)
    if old is not None:
        return _named_better(text, section, known, old, new)
    other = next((item for item in known if _same_subject(item, new)), None)
    mine, theirs = (_amount(item) for item in (other, new)) if other is not None else (None, None)
    if other is not None and mine is not None and theirs is not None and not _same_amount(other, new, text):
        return Met(text, (said_differently(_subject(other), mine, theirs, text.language),))
    if other is not None and mine is not None:
        return Met(text)
    return Met(text.model_copy(update={section: (*known, new)}))


def _named_better(text: doc.ServiceText, section: str, known: Sequence[Number], old: Number, new: Number) -> Met:
    """The same amount under another kind: a kind that the rules could not tell is taken from the model, any other stands."""
    mine, theirs = getattr(old, "kind", ""), getattr(new, "kind", "")
    if mine == theirs:
        return Met(text)
    undecided = mine == _UNDECIDED.get(section) and (section != "money" or theirs in _NO_PRICE)
    label = pick(text.language, f"{_subject(old)} 종류", f"{_subject(old)}: kind")
    said = (differs(label, (mine, ""), (theirs, new.given), text.language, theirs if undecided else mine),)
    if not undecided:
        return Met(text, said)
    grown = old.model_copy(update={"kind": theirs})
    return Met(text.model_copy(update={section: _put(known, old, grown)}), said if section == "money" else ())


def _amount(item: Number) -> doc.Said | None:
    for name in ("amount", "share", "length", "time", "due"):
        if (said := getattr(item, name, None)) is not None:
            return said if isinstance(said, doc.Said) else None
    return None


def _same_amount(one: Number, other: Number, text: doc.ServiceText) -> bool:
    """Whether both hold the same amount in the same field."""
    pairs: tuple[tuple[str, What], ...] = (
        ("amount", "money"),
        ("amount", "number"),
        ("share", "share"),
        ("length", "duration"),
        ("time", "time"),
        ("due", "words"),
    )
    for name, what in pairs:
        mine, theirs = getattr(one, name, None), getattr(other, name, None)
        if mine is not None and theirs is not None and same(str(mine.value), str(theirs.value), what, text.currency):
            return True
    return False


def _same_subject(one: Number, other: Number) -> bool:
    return (
        type(one) is type(other)
        and getattr(one, "kind", "") == getattr(other, "kind", "")
        and key(_subject(one)) == key(_subject(other))
        and (_amount(one) is None) == (_amount(other) is None)
    )


def _subject(item: Number) -> str:
    return item.subject or str(getattr(item, "kind", ""))


# --- controls and notes


def _with_control(text: doc.ServiceText, new: doc.ControlText) -> Met:
    """A control takes findings away, so one that the model alone reads is always shown."""
    for item in text.controls:
        if item.kind is new.kind and (overlap(item, new) or set(item.on) & set(new.on)):
            return Met(text)
    on = f" ({', '.join(new.on)})" if new.on else ""
    said = pick(
        text.language,
        f"이미 있는 통제: 규칙은 읽지 못했고, 모델은 {new.kind.value}{on}로 읽었다(“{new.given}”) → 있는 것으로 본다",
        f"control in place: not read by the rules, read by the model as {new.kind.value}{on} (“{new.given}”) → taken as in place",
    )
    return Met(text.model_copy(update={"controls": (*text.controls, new)}), (said,))


def _with_note(text: doc.ServiceText, new: doc.PersonalText | doc.KpiText | doc.LaterText) -> Met:
    if isinstance(new, doc.PersonalText):
        old = next((p for p in text.personal_data if alike(p.item, new.item)), None)
        if old is None:
            return Met(text.model_copy(update={"personal_data": (*text.personal_data, new)}))
        grown, differences = words_filled(old, new, ("medium",), old.item, text.language)
        return Met(text.model_copy(update={"personal_data": _put(text.personal_data, old, grown)}), differences)
    if isinstance(new, doc.KpiText):
        known = any(alike(kpi.name, new.name) for kpi in text.kpis)
        return Met(text if known else text.model_copy(update={"kpis": (*text.kpis, new)}))
    known = _within(new.text, (item.text for item in text.later))
    return Met(text if known else text.model_copy(update={"later": (*text.later, new)}))


def _within(words: str, texts: Iterable[str]) -> bool:
    return any(words in text or text in words for text in texts)
