"""The outline as the JSON that `report.typ` reads. Strings in it are shown, never read as markup, so nothing is escaped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from opslead.render.outline.blocks import Block, Field, Heading, Outline
from opslead.render.plain import printable, shortened
from opslead.text import pick


def data(outline: Outline) -> str:
    """All of the outline, and the few words that the page itself says."""
    lang = outline.language
    return json.dumps(
        {
            "title": printable(outline.title),
            "running": printable(shortened(outline.title, 60)),
            "kind": printable(outline.kind),
            "language": lang,
            "contents": pick(lang, "차례", "Contents"),
            "none": pick(lang, "없음", "none"),
            "end": pick(lang, "정책이 없으면", "Without the policies"),
            "facts": [_plain(Field(label, (text,))) for label, text in outline.facts],
            "blocks": list(_blocks(outline.blocks)),
        },
        ensure_ascii=False,
    )


def _blocks(blocks: tuple[Block, ...]) -> Iterator[dict[str, object]]:
    """Each with its kind. A heading also has its `depth`, without the gaps that readers of tagged PDF stumble over."""
    depth = 0
    for block in blocks:
        made: dict[str, object] = {"type": type(block).__name__.lower(), **_plain(block)}
        if isinstance(block, Heading):
            depth = min(block.level, depth + 1)
            made["depth"] = depth
        yield made


def _plain(part: object) -> dict[str, object]:
    return {one.name: _value(getattr(part, one.name)) for one in fields(part)}  # type: ignore[arg-type]


def _value(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return _plain(value) if is_dataclass(value) else value
