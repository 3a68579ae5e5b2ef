"""Names of policies for places that allow only letters, digits and a joint."""

from __future__ import annotations

import re
from collections.abc import Iterable

from opslead.spec.document import Policy


def slugs(policies: Iterable[Policy]) -> list[str]:
    """A name for each policy (`op01_late_approval`): its own id where that is letters, else its number; no two alike."""
    found: list[str] = []
    for policy in policies:
        slug = re.sub(r"[^a-z0-9]+", "_", policy.id.lower()).strip("_") if policy.id.isascii() else ""
        slug = slug if re.match(r"[a-z]", slug) else f"policy_{policy.number:02d}"
        while slug in found:
            slug += f"_{policy.number:02d}"
        found.append(slug)
    return found
