"""Who a document speaks of, and who of the service that is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from opslead.knowledge.roles import base_name
from opslead.model.calendar import WeekHours
from opslead.model.service import Actor, Service
from opslead.model.steps import Role
from opslead.text import STARTING

_NIGHT = re.compile(r"야간|밤|night", re.I)
_DAY = re.compile(r"낮|주간|\bday\b|daytime", re.I)
_SHIFT = re.compile(r"\s?\([^)]*\)|\b(?:on[- ]duty|the|our|an?|day|night)\s|(?:야간|밤|낮|주간)\s?(?:근무\s)?", re.I)
SYSTEM = re.compile(
    r"시스템|서버|배치|자동|콘솔|\bsystem|server|platform|\bapp\b|batch|scheduler|software|console|engine|gateway", re.I
)
_ANYBODY = re.compile(
    r"고객|손님|이용자|회원|예약자|사용자|신청자|근무자|접수자|승인자|처리자|요청자|발견자|담당자$|등록자|시술자|작업자|본인|사람|지정한|직원$"
    r"|customer|guest|\buser|client|member|whoever|second person|another|colleague|incoming|outgoing|next shift|last shift|approver|requester|both|witness|responsible|in charge|on call|ordering|person",
    re.I,
)
"""Words for whoever it is at the moment: in one document the next shift, in another the one who approves."""


@dataclass(frozen=True)
class Named:
    """Actors of the service that a name means; `hours`: when at least one of them is on duty, None where that is not stated."""

    name: str
    actors: tuple[Actor, ...]

    @property
    def hours(self) -> WeekHours | None:
        duties = [actor.duty for actor in self.actors]
        stated = [duty.value for duty in duties if duty is not None and not duty.assumed]
        if len(stated) < len(duties) or not stated:
            return None
        return WeekHours.of(span for hours in stated for span in hours.spans)


def parts(name: str) -> tuple[str, ...]:
    """The names in a name: `CS 담당·재무 담당`, `support and finance`; without daggers."""
    found = re.split(r"[,·/+&]|\s(?:and|or)\s|(?<=[가-힣])[과와]\s|\s또는\s|\s및\s", name.replace(STARTING, ""))
    return tuple(part.strip() for part in found if part.strip())


def resolve(name: str, service: Service) -> Named | None:
    """Who of the service the name means: the shift it says, else everybody of the job. None: nobody of the service."""
    wanted = _bare(name)
    if not wanted:
        return None
    found = [a for a in service.actors if _means(wanted, _bare(a.name))]
    for pattern in (_NIGHT, _DAY):
        if pattern.search(name) and (some := [a for a in found if pattern.search(a.name)]):
            found = some
    return Named(name, tuple(found)) if found else None


def is_nobody_special(name: str, service: Service) -> bool:
    """Whether the name is the system, a partner, the customer, or whoever happens to be there."""
    if SYSTEM.search(name) or _ANYBODY.search(name):
        return True
    lowered = name.lower()
    return any(p.name.lower() in lowered or lowered in p.name.lower() for p in service.partners)


def _bare(name: str) -> str:
    return " ".join(_SHIFT.sub(" ", f"{base_name(name)} ").lower().split())


def _means(wanted: str, known: str) -> bool:
    """`CS` and `cs 담당`, `관리인` and `현장 관리인`, `the field company` and `field service company`: all words of one in the other."""
    one, other = _words(wanted), _words(known)
    return bool(one and other) and (one <= other or other <= one)


def _words(name: str) -> frozenset[str]:
    words = (word[:-1] if word.isascii() and word.endswith("s") and len(word) > 3 else word for word in name.split())
    return frozenset(word for word in words if word not in ("team", "staff", "팀", "직원"))


# --- in running text


def subjects(text: str, service: Service) -> Iterator[tuple[Named, str]]:
    """Who does something in each sentence of a step, with the sentence: only where the subject stands at its beginning."""
    for sentence in re.split(r"(?<=[.?!;])\s+", text):
        for pattern, named in _patterns(service):
            if pattern.match(sentence):
                yield named, sentence
                break


@cache
def _patterns(service: Service) -> tuple[tuple[re.Pattern[str], Named], ...]:
    """How sentences begin whose subject is one of the people, longer names first."""
    found: dict[str, Named] = {}
    for actor in service.actors:
        if actor.role is Role.CUSTOMER:
            continue
        for form in _forms(actor, service):
            named = resolve(form, service)
            if named is not None:
                found.setdefault(form, named)
    made = []
    for form, named in sorted(found.items(), key=lambda item: (-len(item[0]), item[0])):
        words = re.escape(form)
        pattern = (
            rf"(?:[가-힣0-9:]{{1,8}}(?:에|면|는)?\s)?{words}(?:이|가|은|는)\s"
            if not form.isascii() or form.isupper()
            else ""
        )
        english = rf"(?:the |our |an? )?{words}s?\s(?!(?:screen|console|shows?|queue|app|desk)\b)[a-z]+"
        made.append((re.compile(pattern or english, re.I), named))
    return tuple(made)


def _forms(actor: Actor, service: Service) -> Iterator[str]:
    """The ways a text names the actor: in full, with its shift, and by its head word where nobody else has it."""
    base = base_name(actor.name)
    yield base
    words = base.split()
    for word in words:
        others = [a for a in service.actors if base_name(a.name) != base and word.lower() in a.name.lower().split()]
        if len(words) > 1 and not others and word not in ("담당", "직원", "팀", "service", "company", "team", "desk"):
            yield word
            if not word.isascii():
                yield from (f"야간 {word}", f"낮 {word}")
    if not base.isascii():
        yield from (f"야간 {base}", f"낮 {base}")
