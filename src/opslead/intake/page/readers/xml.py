"""XML taken in piece by piece: only the wanted elements are kept, declarations of types and entities are refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from opslead.errors import InputErrors
from opslead.intake.page.readers.limits import LIMITS, Limits

__all__ = ["Budget", "Element", "children", "first", "fragments", "number", "value"]


class Budget:
    """How many elements of one document may still be read."""

    def __init__(self, name: str, limits: Limits = LIMITS) -> None:
        self.name = name
        self.limits = limits
        self.left = limits.elements


def fragments(pieces: Iterable[bytes], wanted: Set[str], budget: Budget) -> Iterator[Element]:
    """The outermost elements with one of the `wanted` names, whole, in order.

    Names of elements and attributes come without their namespaces (the strict and the transitional form of Office differ in
    nothing else); the `id` of a relationship is `r:id`. Raises InputErrors for what is not well formed, declares a document
    type or entities, or is too much.
    """
    walk = _Walk(wanted, budget)
    try:
        for piece in pieces:
            walk.parser.Parse(piece, False)
            yield from walk.take()
        walk.parser.Parse(b"", True)
    except expat.ExpatError as error:
        if "no element found" in str(error) and not walk.begun:
            return  # the part is not there
        reason = f"the document is damaged: its XML breaks off or is wrong ({expat.ErrorString(error.code)})"
        raise InputErrors.one(budget.name, reason, "open it in the program that made it and save it again") from error
    yield from walk.take()


class _Walk:
    """One pass. Mutable inside the pass only."""

    def __init__(self, wanted: Set[str], budget: Budget) -> None:
        self.wanted, self.budget = wanted, budget
        self.begun = False
        self._depth, self._inside = 0, 0
        self._builder: TreeBuilder | None = None
        self._done: list[Element] = []
        self._names: dict[str, str] = {}
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._declared
        self.parser.EntityDeclHandler = self._declared

    def take(self) -> list[Element]:
        done, self._done = self._done, []
        return done

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.begun = True
        self._depth += 1
        self.budget.left -= 1
        if self._depth > self.budget.limits.depth:
            raise InputErrors.one(
                self.budget.name, f"elements nested deeper than {self.budget.limits.depth}", "save it again, simpler"
            )
        if self.budget.left < 0:
            hint = "split it, or delete what does not describe the service (rows, sheets, chapters)"
            raise InputErrors.one(
                self.budget.name, f"more than {self.budget.limits.elements:,} pieces of content", hint
            )
        name = self._names.get(tag) or self._local(tag)
        if self._builder is None:
            if name not in self.wanted:
                return
            self._builder = TreeBuilder()
        self._inside += 1
        self._builder.start(name, {self._local(key): found for key, found in attributes.items()} if attributes else {})

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._builder is None:
            return
        self._builder.end(self._local(tag))
        self._inside -= 1
        if not self._inside:
            self._done.append(self._builder.close())
            self._builder = None

    def _text(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)

    def _declared(self, *_: object) -> None:
        reason = "the document declares a type or entities in its XML, as no office program does"
        raise InputErrors.one(
            self.budget.name, reason, "only open it if you know who made it; save it again from there"
        )

    def _local(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            space, _, local = name.rpartition("}")
            known = f"r:{local}" if space.endswith("/relationships") and local in ("id", "embed", "link") else local
            self._names[name] = known
        return known


def children(element: Element | None, name: str) -> list[Element]:
    """The direct children of that name."""
    return [] if element is None else [child for child in element if child.tag == name]


def first(element: Element | None, *names: str) -> Element | None:
    """The first child of the first name, the first child of the second name in that, and so on."""
    for name in names:
        element = next(iter(children(element, name)), None)
    return element


def value(element: Element | None, *names: str) -> str:
    """The `val` of a descendant by names, empty where there is none."""
    found = first(element, *names)
    return "" if found is None else found.get("val", "")


def number(text: str, otherwise: int, most: int = 999_999) -> int:
    """A whole number as documents write it, at most `most`; `otherwise` for everything else."""
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) <= 9 else otherwise
