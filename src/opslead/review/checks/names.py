"""names: whoever acts in a runbook is nobody of the service; hours that are said to be somebody's are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.intake.amounts.quantities import Sort
from opslead.model.calendar import HoursError, WeekHours, format_hours, parse_hours
from opslead.model.service import Service
from opslead.review.amounts import measures
from opslead.review.fault import Fault, quoted
from opslead.review.matter import Check, Matter, Passage
from opslead.review.people import is_nobody_special, parts, resolve
from opslead.text import STARTING, pick


def find(matter: Matter) -> Iterator[Fault]:
    """One fault a name, with every policy that leans on it; one for each place with wrong hours. Nothing without the service."""
    if matter.service is None:
        return
    met: dict[str, list[tuple[str, Passage]]] = {}
    for name, passage in (*_acting(matter), *_titled(matter)):
        met.setdefault(name.lower(), []).append((name, passage))
    for met_as in (met[key] for key in sorted(met)):
        name, passages = met_as[0][0], [passage for _, passage in met_as]
        if _is_known(name, matter, matter.service):
            continue
        message = pick(
            matter.language,
            f"‘{name}’: 서비스에 없는 사람이고 가정으로 밝혀지지도 않았다",
            f"“{name}” is nobody of the service, and no assumption says who it is",
        )
        numbers = tuple(sorted({passage.policy for passage in passages}))
        place = passages[0]
        at = max(0, place.text.lower().find(name.lower()))
        yield Fault("names", numbers, place.field, message, quoted(place.text, at, at + len(name)), place.line)
    yield from _hours(matter, matter.service)


# --- people

_KO = re.compile(
    r"(?<![가-힣])(?:(?:운영|현장|재무|야간|본사|지점|매장|안전|시설|정산|상담|고객|교대|총괄|보안|물류|배송|예약|영업)\s?"
    r"(?:책임자|매니저|팀장|실장|감독자|당직자)|점장|본부장|센터장|지배인|당직자|당직)(?=[은는이가을를의도와과,.·)\s]|에게|께|이면|로|$)(?!\s?(?:콘솔|화면|페이지|메뉴))"
)
_EN = re.compile(
    r"\b(?:on-duty|duty|shift|operations|finance|account|site|night|day|regional|general|store|fleet|support|area|risk|field|station|team"
    r"|branch|depot|warehouse|safety|incident)\s(?:manager|supervisor|director|lead|coordinator|controller|officer)\b",
    re.I,
)
_DEPARTMENT = re.compile(
    r"^(Finance|Accounting|Billing|Security|Marketing|Procurement|HR)\s(?!queue|console|screen|line)[a-z]+s\b"
)
_FIELDS = frozenset(("runbook", "exceptions", "monitoring"))


def _acting(matter: Matter) -> Iterator[tuple[str, Passage]]:
    """The names in the actor column of runbooks."""
    for policy in matter.policies:
        for step in policy.runbook:
            if STARTING in step.actor:
                continue
            for name in parts(step.actor):
                bare = re.sub(r"^(?:the|our|an?)\s", "", name, flags=re.I)
                yield bare, Passage(f"{step.actor} — {step.action}", "runbook", policy.number, step.line)


def _titled(matter: Matter) -> Iterator[tuple[str, Passage]]:
    """Titles (`운영 책임자`, `shift manager`) and departments that act in the text."""
    for passage in matter.passages:
        if not passage.policy or passage.field not in _FIELDS:
            continue
        for match in (_KO if matter.language == "ko" else _EN).finditer(passage.text):
            if passage.text[match.end() : match.end() + 1] != STARTING:
                yield " ".join(match.group().split()), passage
        if matter.language == "en" and (department := _DEPARTMENT.match(passage.text)):
            yield department[1], passage


def _is_known(name: str, matter: Matter, service: Service) -> bool:
    """Whether the service has such a person, or the document says that it takes one to be there or that one has to be appointed."""
    if is_nobody_special(name, service) or resolve(name, service) is not None:
        return True
    lowered = name.lower()
    declared = (*matter.specification.assumptions, *matter.texts)
    if any(lowered in text.lower() for text in declared):
        return True
    modifier, _, title = lowered.rpartition(" ")
    if modifier and title in ("당직", "당직자", "manager") and any(f"{modifier}s" in t.lower() for t in declared):
        return True  # the fleets' own manager
    return any(mark in text for text in _all_texts(matter) for mark in (f"{name}{STARTING}", f"{name}자{STARTING}"))


def _all_texts(matter: Matter) -> Iterator[str]:
    for policy in matter.specification.policies:
        for step in policy.runbook:
            yield step.actor
            yield f"{step.action} {step.deadline}"


# --- hours


def _hours(matter: Matter, service: Service) -> Iterator[Fault]:
    """`CS 담당(평일 09:00~18:00)`: hours in brackets right after a name, outside the duty that the service states."""
    for passage in matter.passages:
        if not passage.policy:
            continue
        for measure in measures(passage.text):
            if measure.sort is not Sort.HOURS:
                continue
            before = re.search(
                r"([가-힣A-Za-z][가-힣A-Za-z ]{1,24})(?:\([^()]*\))?\s?\((?:\d+명,\s)?$",
                passage.text[max(0, measure.start - 60) : measure.start],
            )
            named = _last_name(before[1], service) if before else None
            try:
                said = parse_hours(measure.value)
            except HoursError:
                continue
            if named is None or said is None or (said - named[1]).minutes == 0:
                continue
            duty = format_hours(named[1], matter.language)
            message = pick(
                matter.language,
                f"{named[0]}의 근무는 {duty}인데 {measure.text.strip()}(으)로 쓰여 있다",
                f"{named[0]} is on duty {duty}, the text says {measure.text.strip()}",
            )
            quote = quoted(passage.text, max(0, measure.start - 30), measure.end)
            yield Fault("names", (passage.policy,), passage.field, message, quote, passage.line)


def _last_name(words: str, service: Service) -> tuple[str, WeekHours] | None:
    """The person whose name the words end with, and the duty."""
    tokens = words.split()
    for size in (3, 2, 1):
        name = " ".join(tokens[-size:])
        named = resolve(name, service) if len(tokens) >= size else None
        if named is not None and named.hours is not None:
            return name, named.hours
    return None


CHECK = Check("names", find)
