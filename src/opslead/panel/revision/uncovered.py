"""Items that no policy covers: the grave ones get a policy of their own, the rest is accepted with its grades as the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opslead.panel.attack.items import Item, gravest, hole_of
from opslead.panel.depth.drafts import candidate_of
from opslead.panel.depth.write import write
from opslead.panel.port import Port, Progress
from opslead.panel.revision.containment import left_open
from opslead.panel.revision.forms import Response
from opslead.panel.revision.hits import Desk
from opslead.policy.breach import stopping
from opslead.policy.synthesise import Candidate
from opslead.spec.document import Refusal
from opslead.text import Lang, pick

MOST = 4
"""Policies that one round may add, for the gravest first; what is left stays open, and the next round may raise it again."""


@dataclass(frozen=True)
class Added:
    """New candidates, one response an item, and what was proposed and not taken."""

    candidates: tuple[Candidate, ...]
    responses: tuple[Response, ...]
    refused: tuple[Refusal, ...]


def add(port: Port, items: Sequence[Item], standing: Sequence[Candidate], desk: Desk, progress: Progress) -> Added:
    """`standing`: the candidates after the revision of this round."""
    lang = desk.brief.language
    grave = [item for item in gravest(items) if item.level != "low"]
    holes = [(item, hole) for item in grave if (hole := hole_of(item, lang)) is not None][:MOST]
    proposed: list[Candidate] = []
    for _, hole in holes:
        proposed.append(candidate_of(hole, desk.bench.service, {c.id for c in (*standing, *proposed)}))
    written = write(port, desk.brief, proposed, desk.bench, progress) if proposed else ()
    made = tuple(one.candidate for one in written if one.candidate is not None)
    responses = [_accepted(item, lang) for item in items if item.level == "low"]
    for (item, _), one in zip(holes, written, strict=True):
        responses.append(_covered(item, one.candidate, (*standing, *made), desk))
    told = {response.item.label for response in responses}
    responses += [left_open(item, None, lang) for item in grave if item.label not in told]
    return Added(made, tuple(responses), tuple(one.refused for one in written if one.refused is not None))


def _covered(item: Item, made: Candidate | None, together: Sequence[Candidate], desk: Desk) -> Response:
    lang = desk.brief.language
    if made is None or not desk.agreement.closes(item, together):
        return left_open(item, made, lang)
    said = pick(lang, f"새 정책을 더했다: {made.policy.name}", f"a policy was added: {made.policy.name}")
    return Response(item, "closed", (made.id,), said, stopping(made, item.story))


def _accepted(item: Item, lang: Lang) -> Response:
    if item.grades is None:
        return left_open(item, None, lang)
    s, o, d = item.grades.severity, item.grades.occurrence, item.grades.detection
    grades = f"S{s.value} O{o.value} D{d.value}"
    said = pick(
        lang,
        f"조치 우선순위 하({grades}): {s.reason.rstrip('.')}. 발생이나 탐지 등급이 오르면 다시 연다.",
        f"action priority low ({grades}): {s.reason.rstrip('.')}. Opened again when occurrence or detection gets worse.",
    )
    return Response(item, "accepted", answer=said)
