"""The flows as BPMN 2.0, one file each, with a diagram."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.format import Bundle, Format, RenderError
from opslead.text import pick


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    from opslead.render.bpmn.document import document
    from opslead.render.bpmn.process import process

    specification, service = bundle.specification, bundle.service
    lang = specification.language
    if service is None or not service.flows:
        raise RenderError(
            pick(
                lang,
                "흐름이 없다: 읽은 명세만으로는 그릴 수 없다",
                "there are no flows: a document that was only read has none to draw",
            )
        )
    return {
        f"bpmn/{number:02d}.bpmn": document(process(flow, specification, lang), lang)
        for number, flow in enumerate(service.flows, 1)
    }


FORMAT = Format("bpmn", "the flows as BPMN 2.0 with deadlines and the policies that guard each step", _files)
