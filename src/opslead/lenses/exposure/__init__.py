"""The exposure lens: what each step needs to know of a person against what it shows, to how many, and what is left when the case is over.

No judgement of law: operational need against exposure, computed where the description has numbers, and a question for risk and legal.
"""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.exposure.copies import piles_up, recordings, shadow_copy
from opslead.lenses.exposure.readers import codes_known, mask_undone, outsiders, sent_for_good, shown_before_accept
from opslead.lenses.exposure.stays import idle_location, kept_too_short, papers_after_check
from opslead.lenses.hole import Hole
from opslead.model.service import Service


def examine(service: Service) -> Iterator[Hole]:
    """Copies outside the system, records without an end, readers who need less, and what cannot be called back."""
    for look in (
        shadow_copy,
        piles_up,
        recordings,
        outsiders,
        sent_for_good,
        shown_before_accept,
        codes_known,
        mask_undone,
        papers_after_check,
        kept_too_short,
        idle_location,
    ):
        yield from look(service)
