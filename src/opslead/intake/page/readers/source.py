"""What a reader hands on: the text, and what each of its lines is called in the document."""

from __future__ import annotations

from dataclasses import dataclass

from opslead.errors import Place


@dataclass(frozen=True)
class Source:
    """A text with the name the user gave it; `sha256` is of the bytes as read.

    `labels`: for a document that was converted to Markdown, the place of each line of `text` in the document's own terms
    (`p.3 l.14`, `¶12`, `slide 4`, `Prices!B7`), empty where a line has none; nothing for a text that has its own lines.
    """

    name: str
    text: str
    sha256: str
    labels: tuple[str, ...] = ()

    def place(self, line: int, column: int = 0) -> Place:
        """The place of a line of `text`, counted from 1, as it is shown to the user."""
        label = next(
            filter(None, self.labels[max(line - 1, 0) :]), ""
        )  # an empty line stands before the next that has words
        return Place(self.name, line, 0 if label else column, label)
