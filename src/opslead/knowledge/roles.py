"""Who answers for what: the roles that a policy text speaks of, filled with the description's own people."""

from __future__ import annotations

from collections.abc import Iterable

from opslead.knowledge.duty import NIGHT
from opslead.model.service import Actor, Basis, Service
from opslead.model.steps import Role
from opslead.text import STARTING, Lang, pick

_SUPPORT = ("cs", "고객센터", "상담", "콜센터", "support", "call cent", "customer service", "help desk", "desk", "관제")
_FINANCE = ("재무", "회계", "정산", "경리", "finance", "account", "treasury", "billing")
_OWNER = (
    "운영",
    "책임",
    "본사",
    "본부",
    "대표",
    "사장",
    "점장",
    "원장",
    "manager",
    "owner",
    "head",
    "operat",
    "admin",
    "관리자",
)


def role_slots(service: Service) -> dict[str, str]:
    """Who answers for what, by the description's own names, no person in two roles.

    A role that nobody is named for carries the dagger of what opslead chose: somebody has to be appointed. Whoever stands
    on the spot at night is not the one on call: what is decided there needs somebody else. `called_out` goes out to a thing or a
    place: whoever is on the spot, and where nobody is, the people called out to faults.
    """
    lang = service.language
    staff = [a for a in service.actors if a.role in (Role.STAFF, Role.FIELD)]
    office = [a for a in staff if a.role is Role.STAFF]
    field = [a for a in service.actors if a.role is Role.FIELD and not _only_tidies(a)] or [
        a for a in service.actors if a.role is Role.SUPPLIER
    ]
    taken: set[str] = set()

    def take(actors: Iterable[Actor], words: tuple[str, ...], ko: str, en: str) -> str:
        name = _named([a for a in actors if a.name not in taken], words) or pick(lang, ko, en) + STARTING
        taken.add(name)
        return name

    customer = next((a.name for a in service.actors if a.role is Role.CUSTOMER), pick(lang, "고객", "the customer"))
    finance = take(staff, _FINANCE, "정산 담당", "the settlement owner")
    support = take([a for a in staff if not _leads(a)], _SUPPORT, "", "")
    owner = take(office, _OWNER, "운영 책임자", "the operations owner")
    if support == STARTING:
        apart = [a for a in office if not _meets(a)]
        answering = [a for a in apart if _ANSWERS & set(a.does)]
        support = take(answering or apart or office, ("",), "고객 응대 담당", "the support desk")
    met = [a for a in (*field, *office) if _meets(a) and a.name not in {*taken, support}]
    afar = _from_afar(service, support)
    there = [] if afar else [a for a in field if not _on_call_out(a)] or field
    frontline = base_name((max(met, key=_presence) if met else there[0]).name) if met or there else support
    called_out = next((base_name(a.name) for a in staff if afar and a.role is Role.FIELD), frontline)
    night = next((a for a in office if a.duty and not a.duty.assumed and (a.duty.value & NIGHT).minutes), None)
    oncall = night.name if night else pick(lang, "당직자", "the person on call") + STARTING
    roles = {
        "customer": customer,
        "frontline": frontline,
        "called_out": called_out,
        "support": support,
        "finance": finance,
        "owner": owner,
        "oncall": oncall,
        "system": pick(lang, "시스템", "the system"),
    }
    return {role: spoken(name, lang) for role, name in roles.items()}


def _only_tidies(actor: Actor) -> bool:
    """Whether all that is said of somebody is cleaning and repairing: no one for the door, the keys or an evacuation."""
    return bool(actor.does) and set(actor.does) <= {"clean", "repair"}


def _leads(actor: Actor) -> bool:
    """Whether the name says that somebody answers for a desk and does not sit at it: `head of desk`."""
    return actor.name.lower().startswith(("head of ", "chief "))


_CALLED_OUT = ("technician", "mechanic", "field service", "maintenance", "repair", "수리", "정비", "보수")


def _on_call_out(actor: Actor) -> bool:
    """Whether somebody comes to a fault and stands at no door: a technician of whom no meeting with customers is told."""
    return not _meets(actor) and any(word in actor.name.lower() for word in _CALLED_OUT)


def _from_afar(service: Service, support: str) -> bool:
    """Whether customers serve themselves, whoever comes out comes to repair, and support answers at every hour."""
    arrivals = [s for s in service.steps("check_in", "start", "hand_over") if s.source.basis is Basis.GIVEN]
    alone = bool(arrivals) and not any(s.manual for s in arrivals)
    crew = [a for a in service.actors if a.role is Role.FIELD]
    always = any(a.name == support and a.duty and not (~a.duty.value).minutes for a in service.actors)
    return alone and always and all(_on_call_out(a) or _only_tidies(a) for a in crew)


_MEETINGS = frozenset({"check_in", "hand_over", "pick_up", "start", "receive", "deliver"})
"""Work in which somebody stands before the customer or the goods change hands."""
_ANSWERS = frozenset({"answer", "claim", "reject", "refund", "compensate"})


_AT_THE_DESK = frozenset({"check_in", "hand_over", "receive"})


def _presence(actor: Actor) -> tuple[bool, int, int]:
    """How much of meeting customers is somebody's work: the arrival, what is done at the desk, anything; ties as listed."""
    does = set(actor.does)
    return "check_in" in does, len(_AT_THE_DESK & does), len(_MEETINGS & does)


def _meets(actor: Actor) -> bool:
    return bool(_MEETINGS & set(actor.does))


_MASS = ("service", "support", "staff", "finance", "operations", "management", "accounting", "payroll")


def spoken(name: str, lang: Lang) -> str:
    """The name of a job in a sentence: in English with `the`, unless an article or a mass noun (staff) makes it wrong."""
    if lang == "ko":
        return name
    plain = name.lower().startswith(("the ", "a ", "an ", "our ", "each ")) or name.lower().endswith(_MASS)
    return name if plain else f"the {name}"


def _named(actors: Iterable[Actor], words: tuple[str, ...]) -> str:
    for word in words:
        for actor in actors:
            if word in actor.name.lower():
                return actor.name
    return ""


def base_name(name: str) -> str:
    """The job without its shift: `현장 관리인(밤)` → `현장 관리인`."""
    return name.split("(")[0].strip() or name
