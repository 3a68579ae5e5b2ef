"""What a round of attack brought, as a breach report."""

from __future__ import annotations

from collections.abc import Mapping

from opslead.panel.attack.assail import Raised
from opslead.panel.attack.attackers import everybody
from opslead.panel.attack.items import SEARCH, Item
from opslead.panel.attack.sight import key
from opslead.policy.overview import evidence_items
from opslead.spec.breach import BreachItem, BreachReport
from opslead.spec.document import Policy, Specification
from opslead.text import Lang, pick


def report(raised: Raised, specification: Specification, number: int) -> BreachReport:
    """The report of round `number`, items in their order."""
    lang = specification.language
    policies = {key(policy): policy for policy in specification.policies}
    return BreachReport(
        title=specification.title,
        language=lang,
        number=number,
        items=tuple(_item(item, policies, lang) for item in raised.items),
        attackers=tuple(_who(ident, lang) for ident in raised.by),
        silent=tuple(_who(ident, lang) for ident in raised.silent),
    )


def _item(item: Item, policies: Mapping[str, Policy], lang: Lang) -> BreachItem:
    hit = [policies[ident] for ident in item.policies if ident in policies]
    return BreachItem(
        story=item.story,
        policies=tuple(policy.number for policy in hit),
        through=hit[0].name if hit else "",
        gap=item.gap,
        loss=str(item.loss),
        level=item.level,
        evidence=()
        if item.raised_by == SEARCH  # the story is its own evidence
        else tuple(part for proof in item.evidence for part in evidence_items(proof, lang)),
        raised_by=_who(item.raised_by, lang),
    )


def _who(ident: str, lang: Lang) -> str:
    """The attacker's name in the document's language."""
    if ident == SEARCH:
        return pick(lang, "탐색", "search")
    return next((pick(lang, one.name.ko, one.name.en) for one in everybody() if one.id == ident), ident)
