"""Who decides what lies above the limit of others: `everything above that`, `그 이상은`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from opslead.intake.people.duty import decides_above
from opslead.intake.people.person import Person
from opslead.model.document import ActorText, AuthorityText


def with_actions_above(found: Iterable[ActorText]) -> tuple[ActorText, ...]:
    """Who decides `everything above that` does so for what others may decide up to a limit: on the same line, else anywhere."""
    whole = tuple(found)
    limited = [power for actor in whole for power in actor.authority if power.limit is not None]

    def told(power: AuthorityText) -> list[AuthorityText]:
        if power.limit is not None or power.action != "approve" or not decides_above(power.given):
            return [power]
        near = [other for other in limited if other.at == power.at] or limited
        actions = dict.fromkeys(other.action for other in near) or {"approve": None}
        return [power.model_copy(update={"action": action}) for action in actions]

    def settled(actor: ActorText) -> ActorText:
        powers = tuple(new for power in actor.authority for new in told(power))
        does = tuple(dict.fromkeys([*actor.does, *(power.action for power in powers)]))
        return actor.model_copy(update={"authority": powers, "does": does})

    return tuple(settled(actor) if actor.authority else actor for actor in whole)


_LEAD = re.compile(r"(?:\b(?:above|over|beyond|more than)\s|\b그\s?이상|초과)[^.;:]{0,40}$", re.I)


def with_lead(text: str, person: Person, clause: str) -> str:
    """The clause with what stands before the person where that says from which amount on: `Above that, the manager approves`."""
    lead = _LEAD.search(text, 0, person.start) if clause.startswith(text[person.start : person.end]) else None
    return text[lead.start() : person.start] + clause if lead else clause
