"""A page read back by Python's own parser: every element with its attributes, and all text."""

from functools import cached_property
from html.parser import HTMLParser


class Page(HTMLParser):
    """`elements`: (name, attributes) in order; `text`: what a reader reads, without style and script; `open`: unclosed elements."""

    VOID = frozenset({"meta", "link", "br", "input", "img", "hr"})
    DRAWN = frozenset({"path", "rect", "circle", "line"})

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self._text: list[str] = []
        self.raw: dict[str, list[str]] = {"style": [], "script": []}
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> closes {self.open[-3:]}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        inside = self.open[-1] if self.open else ""
        if inside in self.raw:
            self.raw[inside].append(data)
        else:
            self._text.append(data)

    @cached_property
    def text(self) -> str:
        return " ".join("".join(self._text).split())

    def all(self, name, **attributes):
        return [
            found
            for tag, found in self.elements
            if tag == name and all(found.get(key.replace("_", "-")) == value for key, value in attributes.items())
        ]


def flat(text: str) -> str:
    return " ".join(text.split())
