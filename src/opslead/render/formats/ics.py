"""Review dates for everybody's calendar."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.calendar.ics import calendar
from opslead.render.calendar.reviews import reviews
from opslead.render.format import Bundle, Format, RenderError


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    if bundle.start is None:
        raise RenderError("review dates are counted from the day on which the rollout begins: give --start YYYY-MM-DD")
    spec = bundle.specification
    return {"reviews.ics": calendar(spec.title, bundle.start, reviews(spec, bundle.start))}


FORMAT = Format("ics", "review dates, counted from --start", _files, needs="start")
