"""A brief for a finished document alone, where no description of the service is at hand."""

from __future__ import annotations

from opslead.panel.brief import Brief
from opslead.panel.prompt import prompt
from opslead.spec.document import Specification


def document_brief(specification: Specification) -> Brief:
    """The common part of the prompts with nothing but the document's language: it knows no places, and quotes the policies."""
    system = prompt("common").fill(
        language={"ko": "Korean (한국어)", "en": "English"}[specification.language],
        description="(not given: the policies are all that is known, and quotations are their words)",
        charter="(none given)",
        model="(no model: name places in one or two words of the policies)",
    )
    return Brief(system, {}, specification.language)
