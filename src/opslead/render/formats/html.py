"""One self-contained page: to read, to present, to print, and to answer the questions in."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.format import Bundle, Format


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    from opslead.render.html.report import report

    return {"report.html": report(bundle.specification, bundle.service)}


FORMAT = Format("html", "one page with pictures, filters and a form for the answers, that needs no network", _files)
