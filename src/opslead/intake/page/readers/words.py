"""The words of one paragraph with what of their dress is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """A stretch of text in one dress."""

    text: str
    bold: bool = False


def marked(runs: Sequence[Run]) -> str:
    """The text with bold kept where it works as a title or a label: throughout, or at the beginning up to a colon.

    Bold inside a sentence is dropped: before a Korean particle Markdown would not close it.
    """
    text = "".join(run.text for run in runs).strip()
    filled = [run for run in runs if run.text.strip()]
    if "\n" in text or "**" in text or not filled:
        return text
    if all(run.bold for run in filled):
        return f"**{text}**"
    label = ""
    for run in runs:
        if not run.bold and run.text.strip():
            break
        label += run.text
    label = label.strip()
    return f"**{label}**{text[len(label) :]}" if label.endswith((":", "：")) and text.startswith(label) else text
