"""Lifecycles and stories as Mermaid, one file each."""

from __future__ import annotations

import re
from collections.abc import Mapping

from opslead.render.format import Bundle, Format, RenderError
from opslead.text import pick


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    from opslead.render.mermaid.lifecycle import lifecycle
    from opslead.render.mermaid.stories import stories

    specification, service = bundle.specification, bundle.service
    flows = service.flows if service else ()
    if not flows and not specification.stories:
        reason = pick(
            specification.language,
            "흐름도 탐색한 이야기도 없다: 읽은 명세만으로는 그릴 것이 없다",
            "there are neither flows nor stories: a document that was only read has none to draw",
        )
        raise RenderError(reason)
    files = {f"mermaid/flow-{number:02d}.mmd": lifecycle(flow, specification) for number, flow in enumerate(flows, 1)}
    for number, (ident, text) in enumerate(stories(specification), 1):
        accident = re.sub(r"[^a-z_]", "", ident.removeprefix("behaviour.").partition("@")[0])
        files[f"mermaid/story-{number:02d}-{accident}.mmd"] = text
    return {name: text.encode() for name, text in files.items()}


FORMAT = Format("mermaid", "the life of a case in each flow and the stories of the search, as diagrams", _files)
