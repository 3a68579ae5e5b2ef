"""Who and what a text means: its people, partners and resources as the ones already found in the description."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from opslead.intake import lexicon
from opslead.intake.people import Part, Person, people
from opslead.model.calendar import HoursError, parse_hours
from opslead.model.document import ActorText, PartnerText, ResourceText
from opslead.model.steps import STEP_KINDS, Role

_BRACKETS = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]")
_GENERAL = frozenset({"user", "guest"})  # groups whose words stand for any customer


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
        alike = [a for a in self.actors if person.group in _groups(a.name)]
        general = person.group in _GENERAL and person.role is Role.CUSTOMER
        any_customer = [a for a in self.actors if general and a.role is Role.CUSTOMER]
        return _on_duty(exact or tail or alike or any_customer, when)

    def subject(self, text: str, before: int, after: int = -1, when: str = "") -> str:
        """Who does what stands at `before`: the last person before it who acts, else one who acts after it (`by …`)."""
        found = people(text)
        acting = [p for p in found if p.part is Part.ACTS]
        ahead = [p for p in acting if p.end <= before]
        if ahead:
            return self.actor(ahead[-1], when)
        agents = [p for p in acting if 0 <= after <= p.start <= after + 30 and _by(text, p.start)]
        return self.actor(agents[0], when) if agents else ""

    def named(self, text: str, when: str = "") -> str:
        """The actor of the first person named at all, for a heading or a column that only names somebody."""
        return next((name for p in people(text) if (name := self.actor(p, when))), "")

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

    def on_the_spot(self, name: str) -> bool:
        """Whether the actor works with people face to face."""
        return any(a.name == name and a.role in (Role.FIELD, Role.STAFF) for a in self.actors)

    def resource(self, text: str) -> str:
        """The longest resource name in the words."""
        low = _bare(text)
        names = sorted((r.name for r in self.resources), key=lambda name: (-len(name), name))
        return next((name for name in names if _stem(name) and _stem(name) in low), "")


def _by(text: str, start: int) -> bool:
    return bool(re.search(r"\bby\s+(?:the\s+|an?\s+)?(?:\w+\s+)?$", text[max(0, start - 24) : start], re.I))


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
