"""Who and what a text means: its people, partners and resources as the ones already found in the description."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from opslead.intake import lexicon
from opslead.intake.flow.acts import Act
from opslead.intake.people.mentions import Part, Person, people
from opslead.intake.people.person import INDOORS
from opslead.model.calendar import HoursError, parse_hours
from opslead.model.document import ActorText, PartnerText, ResourceText
from opslead.model.steps import STEP_KINDS, Role

_OWNER = re.compile(r"^(\S{2,6})\s(?:사장님?|점주|주인|운영자|업주|대표|담당자?)$")
_ACTS_KO = re.compile(r"^(?:들|님)?(?:이|가|은|는|께서|에서|측이|측에서)(?=[\s,]|$)")
_BESIDE_STEP = re.compile(r"^\s(?=[가-힣A-Za-z])")
_SUBJECT_AFTER = re.compile(
    r"(?:^|[.,;:()!?]|\b(?:the|an?|when|if|after|before|once|then|and|but|or|until|while|each|every|any|our|their))\s*$",
    re.I,
)
_NOT_VERB = re.compile(r"^\s+(?:\w+ly|of|in|on|at|to|for|from|with|by|and|or|as|per|via|who|that|which)\b", re.I)
_BRACKETS = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]")
_NOBODY = re.compile(
    r"(?:시스템|플랫폼|서버|앱|프로그램|소프트웨어|회사|업체|기관|기계|단말기|키오스크)(?=(?:이|가|은|는)[\s,])"
    r"|\b(?:system|platform|software|app|application|site|website|gateway|processor|company|algorithm|server|engine|program|module"
    r"|machine|device|extension|scheduled job|batch|service|portal|provider's system|computer)\b(?=\s+[a-z]+(?:s|es|ed)?\s)",
    re.I,
)  # subjects that are nobody: what they do is done by nobody named
TO_SOMEBODY = frozenset(
    {
        "assign",
        "dispatch",
        "notify",
        "payout",
        "refund",
        "compensate",
        "verify",
        "review",
        "approve",
        "answer",
        "reject",
        "record",
    }
)
_CUSTOMERS_TOO = frozenset({"check_in", "start", "complete", "hand_over", "record"})
_INTERCHANGEABLE = frozenset({"user", "guest", "admin", "support", "office", "finance", "team"})
_TRADES = {
    "pick_up": frozenset({"courier", "driver"}),
    "deliver": frozenset({"courier", "driver"}),
    "make": INDOORS,
    "clean": frozenset({"cleaner"}),
}
_GENERAL = frozenset({"user", "guest"})  # groups whose words stand for any customer


@dataclass(frozen=True)
class Mention:
    """An actor named at `text[start:end]`; `acts` is 2 for the subject, 1 for a place that acts (`본사에서`), else 0."""

    start: int
    end: int
    actor: str
    acts: int


@dataclass(frozen=True)
class Cast:
    """The entities by name. All lookups give names of entries that exist, or nothing."""

    actors: tuple[ActorText, ...]
    partners: tuple[PartnerText, ...]
    resources: tuple[ResourceText, ...]

    @classmethod
    def of(
        cls, actors: Sequence[ActorText], partners: Sequence[PartnerText], resources: Sequence[ResourceText]
    ) -> Cast:
        return cls(tuple(actors), tuple(partners), tuple(resources))

    def actor(self, person: Person, when: str = "") -> str:
        """The actor a person of the text is; of several shifts of one job the one on duty at `when`, else the first."""
        wanted = {_bare(person.name), _bare(person.head)}
        exact = [a for a in self.actors if _bare(a.name) in wanted or wanted & _aliases(a.name)]
        tail = [a for a in self.actors if _bare(a.name).endswith(_bare(person.head))]
        alike = [
            a
            for a in self.actors
            if person.group in _groups(a.name)
            and (person.group in _INTERCHANGEABLE or set(person.name.split()) & set(_BRACKETS.sub("", a.name).split()))
        ]
        general = person.group in _GENERAL and person.role is Role.CUSTOMER
        any_customer = [a for a in self.actors if general and a.role is Role.CUSTOMER]
        return _on_duty(exact or tail or alike or any_customer, when)

    def mentions(self, text: str, when: str = "") -> tuple[Mention, ...]:
        """Every actor the text names, by its own name or by a word for such people, in order."""
        found = [
            Mention(person.start, person.end, name, _level(text, person))
            for person in people(text)
            if (name := self.actor(person, when))
        ]
        found += [Mention(m.start(), m.end(), "", 2) for m in _NOBODY.finditer(text)]
        for name, pattern in _patterns(self.actors):
            for match in pattern.finditer(text):
                if not any(m.start < match.end() and match.start() < m.end for m in found):
                    found.append(Mention(match.start(), match.end(), name, _acts(text, match.start(), match.end())))
        shifted = [replace(m, actor=self._shift(m.actor, when)) if m.actor and when else m for m in found]
        return tuple(sorted(shifted, key=lambda m: (m.start, m.end)))

    def _shift(self, name: str, when: str) -> str:
        return _on_duty([a for a in self.actors if _bare(a.name) == _bare(name)], when)

    def subject(self, text: str, before: int, after: int = -1, when: str = "", act: Act | None = None) -> str:
        """Who does what stands at `before`: the last person before it who acts, else one who acts after it (`by …`).

        Directly before the word of `act`, a name is what such an act is done to: `배달원 매칭`, `고객 안내`.
        """
        acting = [m for m in self.mentions(text, when) if m.acts and not (act and _not_by(text, m, act))]
        ahead = [m for m in acting if m.end <= before]
        if ahead:
            return max(ahead, key=lambda m: (m.acts, m.start)).actor
        agents = [m for m in acting if 0 <= after <= m.start <= after + 70 and _by(text, m.start)]
        return agents[0].actor if agents else ""

    def plain_subject(self, text: str) -> str:
        """The last actor that the words make their subject by a particle or a verb, not by mere neighbourhood."""
        return next((m.actor for m in reversed(self.mentions(text)) if m.acts == 2 and m.actor), "")

    def somebody_else(self, text: str) -> bool:
        """Whether the words name somebody who acts and is none of the actors."""
        return any(p.part is Part.ACTS and not self.actor(p) for p in people(text))

    def named(self, text: str, when: str = "") -> str:
        """The actor of the first person named at all, for a heading or a column that only names somebody."""
        return next((m.actor for m in self.mentions(text, when) if m.actor), "")

    def partner(self, text: str, kind: str) -> str:
        """The partner the words name; else by the kind of partner that the words or the step call for, if there is one."""
        low = _bare(text)
        for partner in sorted(self.partners, key=lambda p: -len(p.name)):
            if any(alias and alias in low for alias in {_bare(partner.name)} | _aliases(partner.name)):
                return partner.name
        wanted = STEP_KINDS[kind].partner
        fitting = [p for p in self.partners if p.kind == wanted]
        told = wanted == "payment" or wanted in lexicon.keys(text, "partners")
        return fitting[0].name if wanted and told and len(fitting) == 1 else ""

    def resource(self, text: str) -> str:
        """The longest resource name in the words, outside those that name steps (`review`, `예약 확정`)."""
        for hit in reversed(lexicon.find(text, "steps")):
            text = text[: hit.start] + " " + text[hit.end :]
        low = _bare(text)
        names = sorted((r.name for r in self.resources), key=lambda name: (-len(name), name))
        return next((name for name in names if _stem(name) and _stem(name) in low), "")

    def at_work(self, name: str) -> bool:
        """Whether the actor is one of those who do the work, and goes on with it from link to link."""
        return any(a.name == name and a.role in (Role.FIELD, Role.STAFF, Role.SUPPLIER) for a in self.actors)

    def by_trade(self, kind: str) -> str:
        """The one actor whose trade such a step is (`수거 기사` collects), where a text names nobody for it."""
        trade = _TRADES.get(kind, frozenset())
        found = [a.name for a in self.actors if a.role is Role.FIELD and trade & _groups(a.name)]
        return found[0] if len(found) == 1 else ""

    def may_do(self, name: str, kind: str) -> bool:
        """Whether a step that names nobody may fall to this actor: customers do not do the work of staff."""
        role = next((a.role for a in self.actors if a.name == name), None)
        staffs = STEP_KINDS[kind].performer in (Role.STAFF, Role.FIELD, Role.SUPPLIER)
        return bool(name) and not (role is Role.CUSTOMER and staffs and kind not in _CUSTOMERS_TOO)


_GOES_ON = re.compile(r"(?:해서|하고|하여|하며|한 뒤|한 후)\s")


def _not_by(text: str, mention: Mention, act: Act) -> bool:
    """Whether a Korean subject is none of this act: what it is done to, or the place of the next verb or before the road.

    `세탁물을 수거해서 공장에서 세탁하고 문 앞에 돌려준다`: the plant washes, it neither collects nor brings.
    """
    if object_of(text, mention, act):
        return True
    if not mention.actor or not text.startswith("에서", mention.end):
        return False
    if mention.start >= act.end and _GOES_ON.match(text, act.end):
        return True
    return act.kind in ("deliver", "pick_up") and bool(INDOORS & _groups(mention.actor))


def object_of(text: str, mention: Mention, act: Act) -> bool:
    """Whether a Korean compound does the act to the one named, inside its word or directly before it: `고객 안내`."""
    word = text[mention.start : mention.end]
    if act.kind not in TO_SOMEBODY or word.isascii():
        return False
    if act.kind == "approve" and "staff.manager" in lexicon.keys(word, "roles"):
        return False  # `팀장 승인` is the manager's
    return act.start <= mention.start < act.end or (
        mention.end <= act.start and not text[mention.end : act.start].strip()
    )


@lru_cache(maxsize=64)
def _patterns(actors: tuple[ActorText, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each actor its own names: without brackets, those in brackets, and the shop of a shop's owner."""
    found: list[tuple[str, re.Pattern[str]]] = []
    seen: set[str] = set()
    for actor in sorted(actors, key=lambda a: -len(a.name)):
        base = _BRACKETS.sub("", actor.name).strip()
        names = {base, *re.findall(r"[(（\[]([A-Za-z][^()（）\[\]]+)[)）\]]", actor.name)} - seen
        seen |= names
        if owner := _OWNER.match(base):
            names.add(owner.group(1))
        if not names:
            continue
        parts = "|".join(_spelled(name) for name in sorted(names, key=lambda n: (-len(n), n)) if name)
        found.append((actor.name, re.compile(parts, re.I)))
    return tuple(found)


def _spelled(name: str) -> str:
    words = r"[\s\-]?".join(map(re.escape, name.split()))
    return rf"(?<![A-Za-z]){words}(?:e?s)?(?![A-Za-z])" if name[-1].isascii() else words


def _level(text: str, person: Person) -> int:
    """How surely a person acts: a Korean name without particle before a step (`관리자 승인`) less than a subject."""
    if person.part is not Part.ACTS:
        return _marked(text, person.end)
    korean = "가" <= text[person.end - 1] <= "힣"
    return 1 if korean and not _marked(text, person.end) else 2


def _marked(text: str, end: int) -> int:
    """2 for the particles of a subject after a name (`host가`), 1 for that of a place, 0 for none."""
    marker = _ACTS_KO.match(text[end : end + 6])
    return 0 if not marker else 1 if marker.group().endswith("에서") else 2


def _acts(text: str, start: int, end: int) -> int:
    if not text[start:end].isascii() or _marked(text, end):
        return _marked(text, end)
    before = text[max(0, start - 24) : start]
    if not _SUBJECT_AFTER.search(before):
        return 0
    followed = re.match(r"\s+(?:\([^()]{0,60}\)\s*)?[a-z]", text[end : end + 64])
    return 2 if followed and not _NOT_VERB.match(text[end:]) else 0


def _by(text: str, start: int) -> bool:
    return bool(re.search(r"\bby\s+(?:the\s+|an?\s+)?(?:\w+\s+)?$", text[max(0, start - 24) : start], re.I))


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    return re.sub(r"[\s\-_]+", "", _BRACKETS.sub("", name)).lower()


def _stem(name: str) -> str:
    """An English name without the plural's s, so that `spots` is found in `a spot`."""
    low = _bare(name)
    return low[:-1] if low.isascii() and low.endswith("s") and not low.endswith("ss") else low


def _aliases(name: str) -> frozenset[str]:
    """The names in brackets: `아조씨 (Uncle)` is also called `uncle`."""
    inner = re.findall(r"[(（\[]([^()（）\[\]]+)[)）\]]", name)
    return frozenset(_bare(alias) for alias in inner if len(alias) > 1)


def _groups(name: str) -> frozenset[str]:
    return frozenset(key.partition(".")[2] for key in lexicon.keys(name, "roles"))


def _on_duty(found: Sequence[ActorText], when: str) -> str:
    if not found:
        return ""
    if when and len(found) > 1:
        try:
            hours = parse_hours(when)
        except HoursError:
            hours = None
        for actor in found if hours else ():
            if actor.duty is not None and _overlaps(str(actor.duty.value), when):
                return actor.name
    return found[0].name


def _overlaps(duty: str, when: str) -> bool:
    try:
        theirs, wanted = parse_hours(duty), parse_hours(when)
    except HoursError:
        return False
    return theirs is not None and wanted is not None and (theirs & wanted).minutes > 0
