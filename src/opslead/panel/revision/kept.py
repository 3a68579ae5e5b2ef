"""Starting values that a revised policy takes over from the text before, so that nobody has to declare them again."""

from __future__ import annotations

import re

from opslead.panel.answers import PolicyDraft, StartingDraft
from opslead.panel.attack.sight import whole
from opslead.panel.depth.daggers import stands_in
from opslead.spec.document import Policy
from opslead.text import STARTING, Lang, pick

_MARKED = re.compile(rf"(\d[\d,.:]*\s?[^\s\d{STARTING},.;:()/·]{{0,12}}){STARTING}")


def kept(draft: PolicyDraft, before: Policy, lang: Lang) -> PolicyDraft:
    """The draft with the starting values of the text before that it still uses and does not declare itself.

    A value that stood before without a dagger as well is left alone: there it was given or computed.
    """
    text = whole(before)
    bare = _MARKED.sub(" ", text)
    own = {value.text.replace(STARTING, "").strip() for value in draft.starting_values}
    known = {value.text: value for value in before.starting_values}
    said = _words(draft)
    taken = [
        StartingDraft(
            text=value,
            why=known[value].why
            if value in known
            else pick(lang, "개정 전 정책의 시작값", "the starting value of the text before"),
            data=known[value].data if value in known else pick(lang, "4주 운영 데이터", "four weeks of operating data"),
        )
        for value in dict.fromkeys(match[1].strip() for match in _MARKED.finditer(text))
        if value not in own and stands_in(value, said) and not stands_in(value, bare)
    ]
    return draft.model_copy(update={"starting_values": (*draft.starting_values, *taken)})


def _words(draft: PolicyDraft) -> str:
    parts = [draft.intent, draft.scope, draft.trigger, draft.start, draft.relax, draft.stop]
    parts += [*draft.signals, *draft.exceptions, *draft.leading, *draft.lagging, *draft.symptoms]
    parts += [point.action for point in draft.enforcement_points]
    parts += [f"{step.actor} {step.action} {step.deadline} {step.data}" for step in draft.runbook]
    return "\n".join(parts)
