"""Whether the search agrees that an item is closed: with what the policies now decide, its accident no longer occurs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from opslead.model.guardrails import Decision
from opslead.model.service import Service
from opslead.panel.attack.items import Item
from opslead.policy.synthesise import Candidate
from opslead.policy.verify import decisions

if TYPE_CHECKING:
    from opslead.behaviour.verify import Verification


class Agreement:
    """The search with what some candidates decide; the same decisions are searched once. Without a verification nothing is judged."""

    def __init__(self, service: Service, verification: Verification | None) -> None:
        self._service, self._verification = service, verification
        self._known: dict[frozenset[Decision], frozenset[str]] = {}

    def closes(self, item: Item, candidates: Iterable[Candidate]) -> bool:
        """True where the item names no accident that the policies left, or the candidates end it within the bounds."""
        if not item.accident or self._verification is None or item.accident not in self._left_before():
            return True
        decided = frozenset(decision for candidate in candidates for decision in decisions(candidate.pattern))
        return item.accident not in self._left(decided)

    def _left_before(self) -> frozenset[str]:
        assert self._verification is not None
        return frozenset(story.accident for report in self._verification.after for story in report.stories)

    def _left(self, decided: frozenset[Decision]) -> frozenset[str]:
        """Accidents that occur, and, of a search that did not see all states, everything that occurred before."""
        if decided not in self._known:
            from opslead.behaviour.attack import attack

            assert self._verification is not None
            reports = attack(self._service, self._verification.after[0].bounds, decided)
            found = frozenset(story.accident for report in reports for story in report.stories)
            whole = all(report.verdict == "exhausted" for report in reports)
            self._known[decided] = found if whole else found | self._left_before()
        return self._known[decided]
