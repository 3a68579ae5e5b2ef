"""What an attack is judged by: the draft, the description, the search with the policies in place, and what is known already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from opslead.intake.page.readers import Source
from opslead.model.service import Service
from opslead.panel.attack.items import Item
from opslead.panel.attack.sight import whole
from opslead.panel.claims import figures
from opslead.panel.claims.figures import Figures
from opslead.panel.claims.judge import Known
from opslead.panel.claims.searched import Verdicts, verdicts
from opslead.spec.document import Policy, Specification
from opslead.text import Lang


@dataclass(frozen=True)
class Scene:
    """`known.reports`: the search with all policies in place, none where it was not made; `known` None: a finished document alone, so
    that places and quotations cannot be compared. `earlier`: items of earlier rounds and of a report that was given.
    """

    specification: Specification
    known: Known | None
    earlier: tuple[Item, ...]

    @property
    def lang(self) -> Lang:
        return self.specification.language

    @property
    def service(self) -> Service | None:
        return self.known.service if self.known else None

    @property
    def places(self) -> Mapping[str, str]:
        """Id → name of everything in the model; empty where there is none."""
        return self.known.places if self.known else {}

    def place(self, said: str) -> str:
        """The id that is meant: itself, or that of the only place of that name; empty where the model has none. Any without a model."""
        said = said.strip()
        if self.known is None or said in self.places:
            return said
        named = [ident for ident, name in self.places.items() if name == said]
        return named[0] if len(named) == 1 else ""

    @cached_property
    def sources(self) -> Sequence[Source]:
        """What quotations are taken from: the description, or the policies themselves where they are all that is at hand."""
        if self.known:
            return self.known.sources
        return tuple(Source(f"#{number}", text, "") for number, text in self.texts.items())

    @cached_property
    def numbered(self) -> Mapping[int, Policy]:
        """The policies by number."""
        return {policy.number: policy for policy in self.specification.policies}

    @cached_property
    def texts(self) -> Mapping[int, str]:
        """Every policy's whole text, by number."""
        return {number: whole(policy) for number, policy in self.numbered.items()}

    @cached_property
    def numbers(self) -> Figures:
        """The numbers that a story may use: of the description, the policies, the findings and the computed quantities."""
        said = figures.of(self._said())
        return said | self.known.given | self.known.computed if self.known else said

    @cached_property
    def edges(self) -> Figures:
        """The numbers that somebody can stay just below or above: those of the description and of the policies."""
        said = figures.of(self.texts.values())
        return said | self.known.given if self.known else said

    def _said(self) -> Iterator[str]:
        spec = self.specification
        yield from self.texts.values()
        yield from (f"{made.text} {made.formula}" for made in spec.quantities)
        for mode in (*spec.failure_modes, *spec.findings):
            yield from (mode.condition, mode.user_impact, mode.operations_impact)
            yield from (item.text for item in mode.evidence)

    @cached_property
    def verdicts(self) -> Verdicts:
        """What the search says of each accident with all policies in place; nothing where it did not run."""
        return verdicts(self.known.service, self.known.reports) if self.known else Verdicts()
