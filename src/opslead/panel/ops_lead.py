"""The Ops Lead's brief for whoever writes the whole document alone, in a chat window or as an agent: `prompts/ops_lead.{ko,en}.md`."""

from __future__ import annotations

from opslead.panel.brief import fenced
from opslead.panel.prompt import prompt
from opslead.text import Lang

MOST = 200_000
"""Letters of one input that go behind the brief."""


def ops_lead(lang: Lang) -> str:
    """The brief alone."""
    return prompt(f"ops_lead.{lang}").fill()


def ops_lead_for(lang: Lang, service: str, charter: str = "", breach: str = "", also: str = "") -> str:
    """The brief, what is `also` to be said, and the inputs behind it, each fenced as data; an empty input is left out."""
    given = (("SERVICE_CONTEXT", service), ("DOMAIN_CHARTER", charter), ("BREACH_REPORT", breach))
    inputs = (f"{name}\n{fenced(text, MOST)}" for name, text in given if text.strip())
    return "\n\n".join(part for part in (ops_lead(lang), also, *inputs) if part) + "\n"


def form(lang: Lang) -> str:
    """The form of the document, heading by heading and field by field, as the brief shows it."""
    return ops_lead(lang).split("```\n")[1]
