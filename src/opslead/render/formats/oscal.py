"""The policies for compliance tools: an OSCAL catalog and component definition."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.format import Bundle, Format


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    from opslead.render.oscal.documents import catalog, components

    made = {"catalog": catalog(bundle.specification), "component-definition": components(bundle.specification)}
    return {f"oscal/{name}.json": text.encode() for name, text in made.items()}


FORMAT = Format("oscal", "the policies as an OSCAL catalog, and where each is enforced", _files)
