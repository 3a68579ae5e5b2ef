"""A document in a form of the user's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from opslead.render.format import Bundle, Format, RenderError
from opslead.render.plain import printable


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    from opslead.render.template.run import rendered

    if bundle.template is None or bundle.template.kind != "md.j2":
        raise RenderError("give a template: --template FILE.md.j2")
    name = PurePath(bundle.template.name).name.removesuffix(".j2")
    return {f"template/{name}": printable(rendered(bundle.template, bundle.specification)).encode()}


FORMAT = Format("template", "what --template FILE.md.j2 makes of it", _files, needs="md.j2")
