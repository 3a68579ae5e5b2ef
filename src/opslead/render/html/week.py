"""Who is there when: the week of every actor with stated hours as a strip."""

from __future__ import annotations

from markupsafe import Markup

from opslead.model.calendar import DAY, WEEK
from opslead.model.service import Service
from opslead.render.html import svg
from opslead.text import Lang

NAME, WIDE, ROW = 98, 224, 26
"""Pixels: of the names, of the week, of a row; together no wider than a telephone."""
_DAYS = {"ko": tuple("월화수목금토일"), "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")}


def picture(service: Service, lang: Lang) -> Markup:
    """Empty where nobody's hours are stated."""
    rows = [(actor.name, actor.duty.value) for actor in service.actors if actor.duty is not None]
    if not rows:
        return Markup("")
    scale = WIDE / WEEK
    parts = [
        svg.words(NAME + (day + 0.5) * DAY * scale, 14, [name], of="swim-name") for day, name in enumerate(_DAYS[lang])
    ]
    y = 22.0
    for name, hours in rows:
        lines = svg.wrap(name, NAME - 8)
        height = max(ROW, svg.LINE * len(lines) + 6)
        parts.append(svg.words(0, y + (height - svg.LINE * len(lines)) / 2 + 12, lines, of="swim-name", anchor="start"))
        parts.append(svg.box(NAME, y + 3, WIDE, height - 6, "off-duty", 3))
        parts += [
            svg.box(NAME + start * scale, y + 3, (end - start) * scale, height - 6, "on-duty", 2)
            for start, end in hours.spans
        ]
        y += height
    parts += [
        f'<line class="day" x1="{NAME + day * DAY * scale:g}" y1="20" x2="{NAME + day * DAY * scale:g}" y2="{y:g}"/>'
        for day in range(8)
    ]
    return Markup(svg.drawing(NAME + WIDE + 2, y + 2, parts, "", hidden=True))
