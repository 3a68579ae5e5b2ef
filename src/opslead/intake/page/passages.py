"""A source as a list of passages: the pieces of text a reader takes in one at a time, each with its line and headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token

from opslead.errors import Place
from opslead.intake.page.drawings import drawn_lines, is_program
from opslead.intake.page.sentences import bounded, clean, clean_cell, label_of, sentences, unwrap


class Form(StrEnum):
    """How a passage stood on the page."""

    HEADING = "heading"
    PROSE = "prose"  # one sentence
    ITEM = "item"  # one list item, or a sentence of one
    ROW = "row"  # one row of a table
    CODE = "code"  # a line of a fenced or drawn block (state diagrams, chains)


@dataclass(frozen=True)
class Passage:
    """`text` without markup; `headings` from the outermost to the nearest; `label` the words before the colon of an item.

    For a ROW, `cells` are the cells and `header` the table's head, both without markup; for CODE, `cells` are the pieces
    that stand side by side. `number` is the number of an ordered item, 0 otherwise; `depth` the nesting of a list item
    from 0. The nearest heading may be a line that works as one: a bold line, a line with a colon before a list or table,
    or the item that a nested list belongs to.
    """

    text: str
    form: Form
    place: Place
    headings: tuple[str, ...] = ()
    label: str = ""
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    number: int = 0
    depth: int = 0
    group: int = 0
    """Passages of one list, table, paragraph or code block share a number."""


_BULLET = re.compile(r"^(\s*)[•●○◦▪■□◆◇▶▷►◾✓✔☑✅❌✗·ㆍ∙‣⁃–—☐※]\ufe0f?\s+(?=\S)")
_CIRCLED = re.compile(r"^(\s*)([①-⑳])\s*(?=\S)")
_KEYCAP = re.compile(r"^(\s*)(\d)\ufe0f?\u20e3\s*(?=\S)")
_SYLLABLE = re.compile(r"^(\s*)[가나다라마바사아자차카타파하][.)]\s+(?=\S)")
_LONE_TITLE = re.compile(
    r"^(?:제\s*\d+\s*[조장절]\b.{0,60}|[\[【<〈][^\[\]【】<>]{1,40}[\]】>〉]|[■□◆◇▶▷]\s*\S.{0,38}[^.:다요])\s*$"
)
_NUMBERED_TITLE = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+(?=\S).{1,44}[^.。:：다요,;]\s*$")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_DRAWING = re.compile(r"[\u2500-\u257f]{2}|^\s*[|+].*[|+]\s*$")
_TITLE_LEVEL = 7  # a bold line that serves as a heading stands below every real heading
_MAX_TITLE = 60
_MOST_BRACKETS = 200
_LONGEST_TITLE = 300


def passages(text: str, source: str, labels: tuple[str, ...] = ()) -> tuple[Passage, ...]:
    """The passages of a Markdown or plain text, in order. `source` is the name that places are given with, `labels` what
    the lines are called in the document that the text was made from (`Source.labels`)."""
    lines = _prepare(text)
    markdown = (
        MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"]).disable(["code", "entity"])
    )
    return tuple(_Walk(source, lines, labels).run(markdown.parse("\n".join(lines))))


def _prepare(text: str) -> list[str]:
    """The lines with front matter blanked and the bullets of plain text written as Markdown; line numbers stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\x0c", "\n").split("\n")
    if lines and lines[0].strip() == "---":
        end = next((i for i, line in enumerate(lines[1:60], 1) if line.strip() in ("---", "...")), 0)
        for index in range(end + 1 if end else 0):
            title = re.match(r"title:\s*[\"']?(.+?)[\"']?\s*$", lines[index])
            lines[index] = f"# {title.group(1)}" if title else ""
    plain = not any(re.match(r"\s{0,3}#{1,6}\s", line) for line in lines)
    fenced = False
    for index, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            if line.count("[") > _MOST_BRACKETS:  # the Markdown parser tries each of them as a link
                lines[index] = line.replace("[", "(").replace("]", ")")
            lines[index] = _as_markdown(lines, index, plain)
    return lines


def _as_markdown(lines: list[str], index: int, plain: bool) -> str:
    line = lines[index]
    if plain and _is_title(lines, index):
        return "## " + line.strip().strip("[]【】<>〈〉■□◆◇▶▷ ")
    line = _BULLET.sub(r"\1- ", line)
    line = _CIRCLED.sub(lambda m: f"{m.group(1)}{ord(m.group(2)) - 0x245F}. ", line)
    line = _KEYCAP.sub(r"\1\2. ", line)
    return _SYLLABLE.sub(r"\1- ", line)


def _is_title(lines: list[str], index: int) -> bool:
    """Whether a line of a text without Markdown headings works as one."""
    line = lines[index].strip()
    if _LONE_TITLE.match(line):
        return True
    if not _NUMBERED_TITLE.match(line) or (index and lines[index - 1].strip()):
        return False
    following = next((other.strip() for other in lines[index + 1 : index + 3] if other.strip()), "")
    return bool(following) and not _NUMBERED_TITLE.match(following)


@dataclass
class _Walk:
    """One pass over the tokens. Mutable inside the pass only."""

    source: str
    lines: list[str]
    labels: tuple[str, ...] = ()
    titles: list[tuple[int, str]] = field(default_factory=list)
    lead: str = ""  # a line with a colon, the title of the block that follows at once
    group: int = 0

    def run(self, tokens: list[Token]) -> Iterator[Passage]:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = _closing(tokens, index)
            inner = tokens[index + 1 : end]
            if token.type == "heading_open":
                yield from self._heading(token, inner[0])
            elif token.type == "paragraph_open":
                following = tokens[end + 1].type if end + 1 < len(tokens) else ""
                yield from self._paragraph(inner[0], following)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                self.group += 1
                yield from self._list(tokens[index : end + 1], 0, ())
                self.lead = ""
            elif token.type == "table_open":
                self.group += 1
                yield from self._table(inner)
                self.lead = ""
            elif token.type in ("fence", "code_block"):
                self.group += 1
                yield from self._fence(token)
                self.lead = ""
            elif token.type == "html_block":
                yield from self._html(token)
            elif token.type == "blockquote_open":
                yield from self.run(inner)
            index = end + 1

    def _titles(self, inner: tuple[str, ...] = ()) -> tuple[str, ...]:
        return tuple(title for _, title in self.titles) + ((self.lead,) if self.lead else ()) + inner

    def _place(self, line: int) -> Place:
        return Place(self.source, line, label=self.labels[line - 1] if 0 < line <= len(self.labels) else "")

    def _heading(self, token: Token, inline: Token) -> Iterator[Passage]:
        lines = _inline_lines(inline)
        level = int(token.tag[1])
        if not lines:
            return
        underlined = token.markup in ("-", "=") and (len(lines) > 1 or len(lines[0][1]) > _MAX_TITLE)
        if underlined or len(lines[0][1]) > _LONGEST_TITLE:
            self.group += 1
            yield from self._prose(lines)  # a paragraph above a rule, not a title
            return
        yield from self._title(level, " ".join(line for _, line in lines), lines[0][0])

    def _title(self, level: int, text: str, line: int) -> Iterator[Passage]:
        text = clean(text).strip(" :：#")
        self.lead = ""
        if not text:
            return
        self.titles = [title for title in self.titles if title[0] < level]
        self.group += 1
        yield Passage(text, Form.HEADING, self._place(line), self._titles(), depth=level, group=self.group)
        self.titles.append((level, text))

    def _paragraph(self, inline: Token, following: str) -> Iterator[Passage]:
        lines = _inline_lines(inline)
        self.lead = ""
        if not lines:
            return
        self.group += 1
        only = clean(lines[0][1]) if len(lines) == 1 else ""
        if only and _all_bold(inline) and len(only) <= _MAX_TITLE and not only.endswith((".", "다", "요")):
            yield from self._title(_TITLE_LEVEL, only, lines[0][0])
            return
        if sum(bool(_DRAWING.search(line)) for _, line in lines) * 2 >= len(lines):
            yield from self._drawn([line for _, line in lines], lines[0][0], "")
            return
        yield from self._prose(lines)
        last = clean(lines[-1][1])
        if (
            last.endswith((":", "："))
            and len(last) <= _MAX_TITLE
            and following.endswith(("list_open", "table_open", "fence"))
        ):
            self.lead = last.rstrip(":： ")

    def _prose(self, lines: list[tuple[int, str]]) -> Iterator[Passage]:
        for number, line, label in _sentences_with_lines(lines):
            label = label if line.startswith(label) else ""  # in running text a label is the first sentence's alone
            yield Passage(line, Form.PROSE, self._place(number), self._titles(), label, group=self.group)

    def _list(self, tokens: list[Token], depth: int, above: tuple[str, ...]) -> Iterator[Passage]:
        ordered = tokens[0].type == "ordered_list_open"
        number = int(tokens[0].attrs.get("start", 1)) if ordered else 0
        index = 1
        while index < len(tokens) - 1:
            end = _closing(tokens, index)
            yield from self._item(tokens[index + 1 : end], number if ordered else 0, depth, above)
            number += 1
            index = end + 1

    def _item(self, tokens: list[Token], number: int, depth: int, above: tuple[str, ...]) -> Iterator[Passage]:
        title = ""
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = _closing(tokens, index)
            if token.type == "paragraph_open":
                lines = [] if _is_contents(tokens[index + 1]) else _inline_lines(tokens[index + 1])
                found = _sentences_with_lines(lines)
                for line, text, label in found:
                    place = self._place(line)
                    yield Passage(
                        text, Form.ITEM, place, self._titles(above), label, number=number, depth=depth, group=self.group
                    )
                if found and not title:
                    text = found[0][2] or found[0][1]
                    title = text.rstrip(" :：") if len(text) <= _MAX_TITLE else ""
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                yield from self._list(tokens[index : end + 1], depth + 1, above + ((title,) if title else ()))
            elif token.type == "table_open":
                yield from self._table(tokens[index + 1 : end])
            elif token.type in ("fence", "code_block"):
                yield from self._fence(token)
            index = end + 1

    def _table(self, tokens: list[Token]) -> Iterator[Passage]:
        header: tuple[str, ...] = ()
        cells: list[str] = []
        line, head = 0, False
        for token in tokens:
            if token.type == "thead_open":
                head = True
            elif token.type == "thead_close":
                head = False
            elif token.type == "tr_open":
                cells, line = [], (token.map or [0])[0] + 1
            elif token.type == "inline":
                cells.append(clean_cell(_inline_text(token)))
            elif token.type == "tr_close" and head:
                header = tuple(cells)
            elif token.type == "tr_close" and any(cells):
                text = " | ".join(cell for cell in cells if cell)
                titles = self._titles()
                yield Passage(text, Form.ROW, self._place(line), titles, "", tuple(cells), header, group=self.group)

    def _fence(self, token: Token) -> Iterator[Passage]:
        start = (token.map or [0])[0] + (2 if token.type == "fence" else 1)
        yield from self._drawn(token.content.split("\n"), start, token.info)

    def _drawn(self, lines: list[str], start: int, language: str) -> Iterator[Passage]:
        if is_program(lines, language):
            return
        for index, line, pieces in drawn_lines(lines, language):
            for text in bounded(line):
                place = self._place(start + index)
                yield Passage(text, Form.CODE, place, self._titles(), label_of(text), pieces, group=self.group)

    def _html(self, token: Token) -> Iterator[Passage]:
        start = (token.map or [0])[0] + 1
        lines = [(start + i, clean(line)) for i, line in enumerate(token.content.split("\n"))]
        self.group += 1
        yield from self._prose([(number, line) for number, line in lines if line])


def _closing(tokens: list[Token], index: int) -> int:
    """The index of the token that closes the one at `index`; itself where it does not open anything."""
    if tokens[index].nesting != 1:
        return index
    level = tokens[index].level
    for position in range(index + 1, len(tokens)):
        if tokens[position].nesting == -1 and tokens[position].level == level:
            return position
    return len(tokens) - 1


def _inline_lines(inline: Token) -> list[tuple[int, str]]:
    """The lines of a paragraph without markup, each with its number."""
    number = (inline.map or [0])[0] + 1
    parts: list[str] = [""]
    deleted = 0
    for child in inline.children or ():
        if child.type in ("s_open", "s_close"):
            deleted += child.nesting
        elif child.type in ("softbreak", "hardbreak"):
            parts[-1] = parts[-1].strip() + ("  " if child.type == "hardbreak" else "")
            parts.append("")
        elif child.type in ("text", "code_inline", "html_inline") and not deleted:
            parts[-1] += child.content
    return [(number + i, part) for i, part in enumerate(parts) if clean(part)]


def _inline_text(inline: Token) -> str:
    return " ".join(line for _, line in _inline_lines(inline)) or inline.content


def _all_bold(inline: Token) -> bool:
    """Whether all the words of a line stand in bold."""
    depth, bold, plain = 0, False, False
    for child in inline.children or ():
        if child.type in ("strong_open", "strong_close"):
            depth += child.nesting
        elif child.type in ("text", "code_inline") and child.content.strip(" :："):
            bold, plain = (True, plain) if depth else (bold, plain or bool(clean(child.content)))
    return bold and not plain


def _is_contents(inline: Token) -> bool:
    """A line of a table of contents: nothing but a link into the same document."""
    children = [child for child in inline.children or () if child.type != "text" or child.content.strip()]
    opening = children[0] if children else None
    return bool(
        opening
        and opening.type == "link_open"
        and str(opening.attrs.get("href", "")).startswith("#")
        and children[-1].type == "link_close"
    )


def _sentences_with_lines(lines: list[tuple[int, str]]) -> list[tuple[int, str, str]]:
    """Line number, sentence and label for each sentence; the label of a line holds for all its sentences."""
    found = []
    paragraphs = unwrap(lines)
    index = 0
    for following, (number, joined) in enumerate(paragraphs, 1):
        end = paragraphs[following][0] if following < len(paragraphs) else lines[-1][0] + 1
        begins, numbers, reached = [0], [number], 0
        while index < len(lines) and lines[index][0] < end:
            if content := clean(lines[index][1]):
                begins.append(reached)
                numbers.append(lines[index][0])
                reached += len(content) + 1
            index += 1
        text = clean(joined)
        label = label_of(text)
        position = 0
        for sentence in sentences(text):
            position = max(position, text.find(sentence, position))
            found.append((numbers[bisect_right(begins, position) - 1], sentence, label))
    return found
