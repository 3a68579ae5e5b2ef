"""Who takes part: role, number, hours, what each does and may decide, one entry for each shift that differs.

Names come from lists (sections on users and roles, role columns, labels, portals) and, where there are none, from the
subjects of sentences. One job is one actor: synonyms in brackets, the general word for customers, and mentions in running
text go to the entry of their kind of job.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from opslead.intake.page.passages import Form, Passage
from opslead.intake.page.sentences import word_set
from opslead.intake.people.above import with_actions_above, with_lead
from opslead.intake.people.duty import Shift, authority, decides_above, doings, shifts
from opslead.intake.people.english import singular
from opslead.intake.people.mentions import clauses, people
from opslead.intake.people.person import INDOORS, Part, Person
from opslead.intake.people.roster import Entry, listed
from opslead.intake.people.sections import is_persona, is_roles_heading, is_technical
from opslead.intake.people.verbs import asks, is_served, offers, role_from, works_for_own_account
from opslead.model.document import ActorText, AuthorityText, Said
from opslead.model.steps import Role

_SHORT = 4_000  # letters; in a shorter description one sentence about somebody is enough
_LONG = 15_000
_MAX_DOES = 14
_MOST_SAID = 400  # sentences about one actor; more add nothing but time
_GENERIC = ("user", "team", "public")
_LOOSE = ("applicant", "passenger")  # commuters and participants of whom the text mostly speaks as members or users
_KEY_PROVIDER = re.compile(
    r"\b(?:payment|card|cloud|identity|insurance|network|energy|hosting|map|messaging) (?:service )?providers?\b", re.I
)
_QUOTE = 160


class _Told(Enum):
    """How a text belongs to an actor."""

    LISTED = "listed"  # the description of the one who is listed
    SECTION = "section"  # in a section that is this actor's
    PROSE = "prose"  # the actor is the subject


@dataclass
class _Draft:
    """An actor in the making."""

    name: str
    role: Role
    group: str
    heads: set[str]
    given: str
    at: str
    strong: bool
    source: Passage
    score: float = 0.0
    names: list[str] = field(default_factory=list)
    said: list[tuple[str, str, _Told]] = field(default_factory=list)
    """What is said of the actor: text, place, and how the text belongs to the actor."""


def actors(passages: Sequence[Passage]) -> tuple[ActorText, ...]:
    """The actors in the order in which the document introduces them, those that it lists first."""
    drafts: list[_Draft] = []
    whole = " ".join(passage.text for passage in passages)
    entries = listed(passages)
    for entry in sorted(entries, key=lambda entry: not entry.strong):
        _add_entry(drafts, entry, whole)
    _add_mentions(drafts, passages)
    if _OWN_PEOPLE.search(whole):
        _serve_employees(drafts)
    enough = _enough(len(whole), sum(draft.strong for draft in drafts))
    if _KEY_PROVIDER.search(whole):
        drafts = [draft for draft in drafts if draft.strong or draft.name != "provider"]
    kept = [draft for draft in drafts if draft.strong or draft.score >= enough]
    if not any(_settled_role(draft, kept) is Role.CUSTOMER for draft in kept):  # somebody is served by every service
        served = [draft for draft in drafts if draft.role is Role.CUSTOMER]
        kept += [max(served, key=lambda draft: draft.score)] if served else []
    finished = [actor for draft in _without_general(kept) for actor in _finish(draft, kept)]
    return with_actions_above(_named_apart(finished))


_OWN_PEOPLE = re.compile(
    r"사내 [가-힣]|임직원 (?:전용|대상|복지)|법인 ?차|직원들?이 [^.]{0,24}(?:예약|신청|대여|주문)(?:해서|하여|하고)? ?(?:쓰|사용|이용)"
)
"""A service that a company runs for the people who work there."""


def _serve_employees(drafts: list[_Draft]) -> None:
    """Where those who work in the house are the ones who are served, they are the customers, under whatever word."""
    staff = [draft for draft in drafts if draft.group == "team" and draft.name in ("직원", "임직원", "사원")]
    if not staff:
        return
    served = max(staff, key=lambda draft: draft.score)
    served.role, served.score = Role.CUSTOMER, max(served.score, 1.0)
    for other in [d for d in drafts if d is not served and (d in staff or (d.group == "user" and not d.strong))]:
        served.said += other.said
        served.heads |= other.heads
        drafts.remove(other)


def _named_apart(found: Iterable[ActorText]) -> Iterator[ActorText]:
    """Two entries that came out with one name are told apart by number; an input is never refused for that."""
    seen: dict[str, int] = {}
    for actor in found:
        seen[actor.name] = number = seen.get(actor.name, 0) + 1
        yield actor if number == 1 else actor.model_copy(update={"name": f"{actor.name} {number}"})


def _enough(letters: int, listed_ones: int) -> float:
    """How much must be said of somebody who is not listed: more in a longer text, and more beside a list of the others."""
    if letters <= _SHORT:
        return 1.0
    return (2.0 if letters <= _LONG else 3.0) + (listed_ones > 2)


def _key(name: str) -> str:
    return re.sub(r"[\s·'’\"-]", "", singular(name)).casefold().removesuffix("님")


def _add_entry(drafts: list[_Draft], entry: Entry, whole: str) -> None:
    known = entry.person is not None or any(shifts(text) for text, _ in entry.about[:1])
    if not known and whole.count(entry.name) + sum(whole.count(alias) for alias in entry.aliases) < 2:
        return
    person = entry.person
    own = (person.role, person.group) if person and person.end - person.start >= len(person.head) else None
    beside = next((p for alias in entry.aliases for p in people(alias)), None)
    if person and person.group == "team" and beside:
        own = (beside.role, beside.group)  # `일반 직원(예약자)`: staff who are the customers here
    if own is None and any(shifts(text) for text, _ in entry.about[:1]):
        own = (Role.FIELD, f"={_key(entry.name)}")  # people on duty
    role, group = own or (role_from(text for text, _ in entry.about), f"={_key(entry.name)}")
    draft = _same(drafts, entry.name, entry.aliases, person, entry.strong)
    at = str(entry.source.place)
    if draft is None:
        heads = {_key(entry.name), *map(_key, entry.aliases)} | ({_key(person.head)} if person else set())
        draft = _Draft(entry.name, role, group, heads, _quote(entry.source, entry.name), at, entry.strong, entry.source)
        drafts.append(draft)
    draft.heads |= {_key(entry.name), *map(_key, entry.aliases)}
    if entry.strong and entry.described:
        draft.heads |= _said_to_be(entry.about)
    draft.score += 2.0 if len(entry.about) or entry.strong else 1.0
    told = _Told.LISTED if entry.described else _Told.SECTION
    draft.said += [(_own_part(text, draft), place, told) for text, place in entry.about]


def _said_to_be(about: tuple[tuple[str, str], ...]) -> set[str]:
    """What a short description says the listed one is: `굿즈를 판매하는 창작자`, `Homeowners with driveways`."""
    text = about[0][0].rstrip(" .") if about else ""
    found = people(text)
    if not found or len(text) > 80:
        return set()
    last = text[found[-1].end :]
    if re.fullmatch(r"(?:님|들)?(?:[/·,]\s?[가-힣]{1,8})?", last) and "가" <= found[-1].name[-1] <= "힣":
        return {_key(found[-1].head), _key(found[-1].name)}
    return {_key(found[0].head), _key(found[0].name)} if found[0].start <= 8 and found[0].name[-1].isascii() else set()


def _own_part(text: str, draft: _Draft) -> str:
    """A description up to where somebody else begins to act in it, other than the people it counts (`by 12 operators`)."""
    for person, _ in clauses(text, people(text)):
        own = {_key(person.name), _key(person.head)} & draft.heads
        other = person.role is not draft.role or person.group == draft.group
        if person.start and not own and other and not text[: person.start].rstrip()[-1:].isdigit():
            return text[: person.start]
    return text


def _same(
    drafts: list[_Draft], name: str, aliases: Iterable[str], person: Person | None, strong: bool
) -> _Draft | None:
    """The draft that is the same actor: by name, by a synonym, or, unless both are listed, by the kind of job."""
    keys = {_key(name), *map(_key, aliases)}
    exact = [draft for draft in drafts if _key(draft.name) == _key(name)]
    if exact:
        return exact[0]
    for draft in drafts:
        if keys & draft.heads and (not strong or _key(name) in draft.heads or _key(draft.name) in keys):
            return draft
    if person is None or strong:
        return None
    same = [draft for draft in drafts if draft.group == person.group]
    if not same and person.group == "driver" and person.name == person.head:  # `기사` after `배송 기사`
        same = [draft for draft in drafts if draft.role is person.role and _key(draft.name).endswith(_key(name))]
        return same[0] if len(same) == 1 else None
    return same[0] if len(same) == 1 or (same and _key(person.name) == _key(person.head)) else None


def _add_mentions(drafts: list[_Draft], passages: Sequence[Passage]) -> None:
    named = {draft.name: f"{draft.role.value}.{draft.group}" for draft in drafts if draft.group.startswith("=")}
    for passage in passages:
        if is_technical(passage) or is_persona(passage) or passage.form is Form.HEADING:
            continue
        found = people(passage.text, named)
        said = dict(clauses(passage.text, found))
        listing = passage.label if is_roles_heading(passage.label) else ""
        for person in found:
            if person.end <= len(listing) and passage.text.startswith(listing):
                continue  # `Users: …` names a list and nobody
            _add_mention(drafts, person, passage, with_lead(passage.text, person, said.get(person, "")))


def _add_mention(drafts: list[_Draft], person: Person, passage: Passage, clause: str) -> None:
    draft = _same(drafts, person.name, (), person, strong=False)
    at = str(passage.place)
    beside = (
        draft is not None
        and draft.source is passage
        and draft.strong
        and _key(person.head) not in draft.heads
        and person.part is Part.ACTS
    )
    if draft is None or beside:  # `our support desk, at night a call centre that may refund`: two of one kind
        if person.part is Part.NAMED and person.role is not Role.CUSTOMER:
            return
        heads = {_key(person.name), _key(person.head)}
        draft = _Draft(person.name, person.role, person.group, heads, _quote(passage, person.name), at, False, passage)
        drafts.append(draft)
    draft.names.append(person.name)
    if person.part is Part.ACTS:
        draft.score += 1.0
        if len(draft.said) < _MOST_SAID:
            draft.said.append((clause, at, _Told.PROSE))
    else:
        draft.score += 0.4 if person.part is Part.TOUCHED else 0.05


def _without_general(drafts: list[_Draft]) -> list[_Draft]:
    """Without the general words (customer, staff) where the document names those people more exactly."""
    kept = [
        draft
        for draft in drafts
        if draft.strong or not (draft.group == "provider" and _KEY_PROVIDER.search(draft.source.text))
    ]
    for draft in [d for d in kept if d.group in _GENERIC and not d.strong]:
        roles = (Role.STAFF, Role.FIELD) if draft.group == "team" else (Role.CUSTOMER,)
        exact = [d for d in kept if d.role in roles and d.group not in _GENERIC]
        public = draft.group == "public" and any(d.role is Role.CUSTOMER and d is not draft for d in kept)
        if (
            public
            or any(d.strong for d in exact)
            or (draft.group == "user" and any(d.score > draft.score for d in exact))
        ):
            kept.remove(draft)
            if len(exact) == 1:
                exact[0].said += draft.said
    main = max((d.score for d in kept if d.group == "user"), default=0.0)
    return [d for d in kept if d.strong or d.group not in _LOOSE or d.score >= main]


def _settled_role(draft: _Draft, drafts: Sequence[_Draft]) -> Role:
    """The role, where the word alone does not tell: a driver may be the customer, a resident the host."""
    text = " ".join(said[:60] if told is _Told.PROSE else said for said, _, told in draft.said)
    buying, selling = asks(text), offers(text)
    others = any(d.role is Role.CUSTOMER and d is not draft and (d.strong or d.score >= 1) for d in drafts)
    if draft.group == "driver" and buying > selling and not others:
        return Role.CUSTOMER
    if draft.group == "driver" and works_for_own_account(text):
        return Role.SUPPLIER
    if draft.group == "homeowner" and not others:
        return Role.CUSTOMER
    if draft.group == "owner" and any(decides_above(said) for said, _, _ in draft.said):
        return Role.STAFF  # the owner of the service itself, not one of those who sell on it
    if draft.group == "citizen" and others and selling > buying:
        return Role.SUPPLIER
    if not others and is_served(draft.role, draft.name, text, draft.source.text):
        return Role.CUSTOMER
    return draft.role


def _finish(draft: _Draft, drafts: Sequence[_Draft]) -> list[ActorText]:
    role = _settled_role(draft, drafts)
    does: list[str] = []
    powers: dict[tuple[str, bool], AuthorityText] = {}
    for text, _, _ in draft.said:
        does += [kind for kind in doings(text) if kind not in does and _can_do(role, kind)]
    if draft.group in INDOORS:
        does = [kind for kind in does if kind not in ("deliver", "pick_up")]
    for text, at, told in draft.said:
        if role in (Role.STAFF, Role.FIELD, Role.SUPPLIER, Role.PARTNER):
            for power in (
                authority(text, at) if told is not _Told.PROSE or _permits(text) or decides_above(text) else ()
            ):
                powers.setdefault((power.action, power.limit is not None), power)
    kept = [p for (action, limited), p in powers.items() if limited or (action, True) not in powers]
    does += [power.action for power in kept if power.action not in does]
    return [_actor(draft, role, shift, tuple(kept), tuple(does[:_MAX_DOES])) for shift in _shifts_of(draft, role)]


_OF_CUSTOMERS = word_set(
    """request hold charge authorize pay_in confirm accept reject check_in start complete pick_up return claim review cancel no_show
    reschedule redeem renew pause terminate verify inspect transfer"""
)
_NOT_OF_WORKERS = word_set("charge authorize pay_in expire")


_HANGUL = re.compile(r"[가-힣]")
_PERMIT = re.compile(
    r"^\W*(?:[\w'’-]+\W+){0,6}?(?:may|can|could|is able|are able|is allowed|are allowed|is authori[sz]ed|are authori[sz]ed)\b(?! be\b)",
    re.I,
)


def _permits(text: str) -> bool:
    """Whether a permission in an English sentence is this actor's: it follows at once."""
    return bool(_HANGUL.search(text)) or bool(_PERMIT.match(text))


def _can_do(role: Role, kind: str) -> bool:
    """Whether somebody of a role can perform a kind of step: customers do not pay out, staff do not pay for the order."""
    return kind in _OF_CUSTOMERS if role is Role.CUSTOMER else role is Role.SYSTEM or kind not in _NOT_OF_WORKERS


def _shifts_of(draft: _Draft, role: Role) -> tuple[tuple[Shift, str], ...]:
    """The shifts with their places; at least one, empty if nothing is said of numbers and hours."""
    if role in (Role.CUSTOMER, Role.SYSTEM):
        return ((Shift(), ""),)
    found: list[tuple[Shift, str]] = []
    for text, at, told in draft.said:
        stated = shifts(text, frozenset(draft.heads), told is _Told.LISTED)
        if told is not _Told.LISTED:
            stated = tuple(shift for shift in stated if len(text) < 220 and _rostered(shift, text, draft))
        if told is _Told.LISTED and len(found) == len(stated) == 1 and (both := _completed(found[0], stated[0], at)):
            found = [both]
            continue
        new = [shift for shift in stated if shift.label not in {known.label for known, _ in found}]
        if len(stated) > 1 or not found or all(shift.label and shift.count is not None for shift in new):
            found += [(shift, at) for shift in new]
    if role is Role.SUPPLIER:
        found = [(replace(shift, count=None, per_site=False), at) for shift, at in found[:1]]
    if len(found) == 1:
        found = [(replace(found[0][0], label=""), found[0][1])]
    return tuple(found) or ((Shift(), ""),)


def _completed(known: tuple[Shift, str], more: Shift, at: str) -> tuple[Shift, str] | None:
    """Number and hours of one job from two cells of a row as one shift; None where they are not such a pair."""
    first, place = known
    if place != at or (first.count is None) == (more.count is None) or bool(first.hours) == bool(more.hours):
        return None
    count = first.count if first.count is not None else more.count
    given = f"{first.given} | {more.given}"
    return Shift("", count, first.hours or more.hours, first.per_site or more.per_site, given), place


def _rostered(shift: Shift, text: str, draft: _Draft) -> bool:
    """Whether a running sentence gives the numbers and hours of this actor's duty and not of something else."""
    topic = _OWN_TOPIC.match(shift.given)
    if topic and _key(topic[1]) in draft.heads and shift.hours:
        return True
    if topic and _key(topic[1]) not in draft.heads and not any(head in _key(shift.given) for head in draft.heads):
        return False  # `…, 공장은 평일 08:00~20:00에 35명이 검수한다` in a sentence that began with the drivers
    return _counted(text, draft) if shift.count is not None else bool(_ON_DUTY.search(text))


_OWN_TOPIC = re.compile(r"([가-힣]{2,8}?)(?:은|는)\s")


_ON_DUTY = re.compile(
    r"근무|상주|당직|교대|담당(?:한|합|하)|응대|on duty|\bon site\b|\bstaffed\b|\bshifts?\b|\bworks? (?:from|in|on|mon|tue|wed|thu|fri|sat|sun|weekdays|daily)|on call",
    re.I,
)


def _counted(text: str, draft: _Draft) -> bool:
    """Whether a number of people in a running sentence belongs to this actor: it stands right beside the word."""
    close = re.sub(r"\s", "", text).casefold()
    beside = (
        rf"{re.escape(head)}[은는이가]?(?:\d+|한|두|세|네)명|\d+(?:[a-z]{{0,12}}){re.escape(head)}"
        for head in draft.heads
    )
    return any(re.search(pattern, close) for pattern in beside) or bool(re.search(r"혼자|\balone\b", text))


def _actor(
    draft: _Draft, role: Role, shift: tuple[Shift, str], powers: tuple[AuthorityText, ...], does: tuple[str, ...]
) -> ActorText:
    stated, at = shift
    called = draft.name if draft.strong else _called(draft)
    name = f"{called}({stated.label})" if stated.label and "가" <= called[-1] <= "힣" else called
    if stated.label and name == called:
        name = f"{called} ({stated.label})"
    given = stated.given.strip()
    return ActorText(
        name=name,
        role=role,
        count=Said(value=stated.count, given=given, at=at) if stated.count is not None else None,
        per_site=stated.per_site,
        duty=Said(value=stated.hours, given=given, at=at) if stated.hours else None,
        authority=powers,
        does=does,
        given=draft.given,
        at=draft.at,
    )


def _called(draft: _Draft) -> str:
    """The name that the text uses most, the first of equals."""
    return Counter([draft.name, *draft.names]).most_common(1)[0][0]  # of equals the first


_BOUNDARY = re.compile(r"[,;:.](?=\s)|[(（|]")


def _quote(passage: Passage, name: str) -> str:
    """The words about somebody: the passage, or of a long one the clause that names them and what follows in the sentence."""
    text = passage.text
    if len(text) <= _QUOTE:
        return text
    at = text.casefold().find(name.casefold())
    start = max((m.end() for m in _BOUNDARY.finditer(text, 0, max(at, 0))), default=0)
    start += len(text[start:]) - len(text[start:].lstrip())
    if start + _QUOTE >= len(text):
        return text[start:]
    cut = text[start : start + _QUOTE]
    sentence = cut.rfind(". ")
    return cut[: sentence + 1] if sentence > at - start + len(name) else cut.rsplit(" ", 1)[0]
