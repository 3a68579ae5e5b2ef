"""Who attacks a draft: roles as data (`attackers.yaml`), those of them that the service has, and who in it they are."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from opslead.knowledge.schema import Both
from opslead.model.service import Service
from opslead.model.steps import Role
from opslead.model.yamlio import parse_yaml


class Attacker(BaseModel):
    """One role. `needs` empty: every service has it; `are`: roles of actors who it may be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z]+$")
    name: Both
    who: str = Field(min_length=1)
    wants: str = Field(min_length=1)
    knows: str = Field(min_length=1)
    reaches: str = Field(min_length=1)
    tries: str = Field(min_length=1)
    needs: Literal["", "partner"] = ""
    are: tuple[Role, ...] = ()


@cache
def everybody() -> tuple[Attacker, ...]:
    """All roles, in the order of the table."""
    name = "attackers.yaml"
    text = resources.files("opslead.panel.attack").joinpath(name).read_text(encoding="utf-8")
    return TypeAdapter(tuple[Attacker, ...]).validate_python(parse_yaml(text, name).value)


def attackers(service: Service | None) -> tuple[Attacker, ...]:
    """Those that the service has: no partner, no careless partner; nobody who works there, no insider. All where no model is at hand."""
    return tuple(one for one in everybody() if service is None or _exists(one, service))


def _exists(attacker: Attacker, service: Service) -> bool:
    if attacker.needs == "partner":
        return bool(service.partners)
    return not attacker.are or any(actor.role in attacker.are for actor in service.actors)


def here(attacker: Attacker, service: Service | None) -> str:
    """Ids of the actors or partners who the attacker is in this service."""
    if service is None:
        return "whoever fits in the draft"
    if attacker.needs == "partner":
        return ", ".join(partner.id for partner in service.partners)
    named = [actor.id for actor in service.actors if actor.role in attacker.are]
    return ", ".join(named) or "the service as a whole"
