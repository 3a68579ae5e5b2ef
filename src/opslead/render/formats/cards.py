"""Runbook cards: one page a policy, for the wall and for the link in an alarm."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.format import Bundle, Format


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    from opslead.render.html.cards import files

    return files(bundle.specification)


FORMAT = Format("cards", "one page a runbook, as HTML to print or open from an alarm, and as Markdown", _files)
