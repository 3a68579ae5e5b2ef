"""The stories of the search as they stand on paper: before and after in one, the act that the policies stop marked where it was."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.render.outline.blocks import Act, Block, Cell, Heading, Paragraph, Table, Tale, cell
from opslead.render.said import stop_words
from opslead.spec.document import Specification, Story
from opslead.text import Lang, pick


def tales(spec: Specification) -> Iterator[Block]:
    """A heading, how to read them, and each story. Nothing where the search found none."""
    if not spec.stories:
        return
    lang = spec.language
    yield Heading(2, pick(lang, "탐색이 찾은 이야기", "The stories it found"), "stories")
    yield Paragraph(
        pick(
            lang,
            "정책이 없으면 끝까지 가는 이야기다. 초록 줄은 정책이 막는 자리, 흐린 줄은 막지 않으면 이어지는 일이다.",
            "Without the policies each goes to its end. Green: where the policies stop it; faint: what follows if they do not.",
        ),
        note=True,
    )
    for number, story in enumerate(spec.stories, 1):
        yield tale(number, story, lang)


def tale(number: int, story: Story, lang: Lang) -> Tale:
    """The story with what stops it put in before the act that cannot happen."""
    kept = story.stopped_at - 1 if story.stopped_at else len(story.arrows)
    acts = [Act(a.source, a.target, a.text, "act" if i < kept else "undone") for i, a in enumerate(story.arrows)]
    if story.stopped_at:
        at = story.arrows[min(kept, len(story.arrows) - 1)] if story.arrows else None
        acts.insert(kept, Act(at.source if at else 0, at.target if at else 0, stop_words(story, lang), "stop"))
    supposed = f" ({story.supposes})" if story.supposes else ""
    return Tale(f"{number}. {story.ending}{supposed}", story.lanes, tuple(acts), story.ending, bool(story.stopped_at))


def as_table(told: Tale, lang: Lang) -> Table:
    """The acts in rows, for a format without pictures."""
    rows = [_row(act, told) for act in told.acts]
    words = pick(lang, "정책이 없으면", "Without the policies") if told.stopped else pick(lang, "끝", "The end")
    rows.append((cell(words), cell(told.ending, level="high")))
    head = (pick(lang, "누가 → 누구에게", "Who → whom"), pick(lang, "무슨 일", "What"))
    return Table(head, tuple(rows), (28, 72))


def _row(act: Act, told: Tale) -> tuple[Cell, ...]:
    if act.kind == "stop":
        return cell("✓"), cell(act.text, level="low")
    source, target = told.lanes[act.source], told.lanes[act.target]
    who = source if source == target else f"{source} → {target}"
    faint = act.kind == "undone"
    return Cell((who,), faint=faint), Cell((act.text,), faint=faint)
