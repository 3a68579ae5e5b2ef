"""What the author of a policy is told of it: findings with evidence, numbers, the text to beat, decisions that stay, neighbours. Bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole, Quotation, Story
from opslead.panel.brief import fenced
from opslead.panel.depth.checks.bench import Bench
from opslead.panel.depth.daggers import unappointed
from opslead.panel.depth.decisions import SAYINGS
from opslead.panel.depth.drafts import is_models
from opslead.panel.depth.neighbours import nearest, overlapping
from opslead.panel.depth.stems import stems
from opslead.panel.prompt import prompt
from opslead.panel.shorter import shorter
from opslead.policy.synthesise import Candidate
from opslead.policy.verify import decisions
from opslead.policy.write import computed_slots
from opslead.quantities.computation import Computation
from opslead.spec.document import Policy
from opslead.text import STARTING, Lang

MOST_PROMPT = 4900
"""Letters of a whole prompt; the text to beat takes what the other parts leave."""
MOST_FINDINGS, MOST_NUMBERS, MOST_BESIDE = 1000, 320, 1000
MOST_OVERLAP, MOST_TRIGGER = 310, 70
"""Letters of a neighbour that acts on the same, and of any other's trigger."""
LEAST_BASE = 400
MOST_LETTERS: Mapping[Lang, int] = MappingProxyType({"ko": 2_200, "en": 4_000})
"""Letters of a policy's prose."""
_NONE = "(none)"
_MARK = re.compile(r"\(Q\d+\)")
"""The number of a computation in the document, which only a reader of its appendix needs."""


def commission(candidate: Candidate, bench: Bench) -> str:
    """The whole prompt for one policy."""
    decided = (f"- {d.value}: {SAYINGS[d].meaning}" for d in sorted(decisions(candidate.pattern)))
    slots = {
        "findings": _data(_lines(_findings(candidate.holes), MOST_FINDINGS)),
        "numbers": _lines(_numbers(candidate, bench), MOST_NUMBERS),
        "people": ", ".join(unappointed(bench.service)) or "nobody",
        "decides": "\n".join(decided) or _NONE,
        "neighbours": _data(_lines(_neighbours(candidate, bench), MOST_BESIDE)),
        "letters": f"{MOST_LETTERS[bench.language]:,}",
    }
    room = MOST_PROMPT - len(prompt("depth").fill(base=_data(""), **slots))
    base = "(none: the engine has no text for this)" if is_models(candidate) else " / ".join(_base(candidate.policy))
    return prompt("depth").fill(base=_data(_cut(base, max(room, LEAST_BASE))), **slots)


def _data(text: str) -> str:
    """Words that come from the user's documents or a model, marked as data; the parts are bounded already."""
    return fenced(text, len(text))


def _findings(holes: Sequence[Hole]) -> Iterator[str]:
    for hole in holes[:4]:
        yield f"- {hole.condition} [{hole.loss}]; {hole.operations_impact}"
        for evidence in hole.evidence[:3]:
            if words := _evidence(evidence):
                yield f"  {words}"


def _evidence(evidence: Evidence) -> str:
    match evidence:
        case Story():
            return "story: " + " → ".join(evidence.steps)
        case Arithmetic():
            return f"sum: {evidence.formula} → {evidence.result}"
        case CalendarGap():
            return f"away: {evidence.who}, {evidence.gap} ({evidence.hours:g} h)"
        case Quotation():
            return "quoted: " + "; ".join(f"“{source.text}”" for source in evidence.sources[:2] if source.text)


def _numbers(candidate: Candidate, bench: Bench) -> Iterator[str]:
    """Those that the pattern's text asks for with their sums, then those by title that speak of the same things."""
    asked = computed_slots(candidate.pattern, bench.language)
    about = stems(f"{candidate.policy.name} {' '.join(hole.condition for hole in candidate.holes)}")

    def used(made: Computation) -> bool:
        return bool(asked & (made.slots or {}).keys())

    bearing = [made for made in bench.computed if used(made) or about & stems(made.title)]
    for made in sorted(bearing, key=lambda made: not used(made)):
        sum_ = f" ({_cut(made.formula, 110)})" if used(made) else ""
        yield f"- {made.title}: {made.text.replace(STARTING, '')}{sum_}"


def _base(policy: Policy) -> Iterator[str]:
    """The engine's text in the order of weight, so that a cut takes what matters least."""
    watch = policy.monitoring
    yield f"{policy.name}. {policy.intent}"
    yield f"scope: {policy.scope}"
    yield f"trigger: {policy.trigger}"
    for number, step in enumerate(policy.runbook, 1):
        yield f"{number}. {step.actor}: {step.action} ({step.deadline})"
    yield "exceptions: " + " ".join(policy.exceptions)
    yield "points: " + "; ".join(f"{point.kind}: {point.action}" for point in policy.enforcement_points)
    yield f"leading: {' '.join(watch.leading)} start: {watch.start} relax: {watch.relax} stop: {watch.stop}"


def _neighbours(candidate: Candidate, bench: Bench) -> Iterator[str]:
    """Those on the same accident with what they decide; of the others the trigger."""
    same = overlapping(candidate, bench)
    for other in same:
        if not other.policy.runbook:
            yield f"- SAME GROUND, being written beside this one: {_cut(other.holes[0].condition, MOST_OVERLAP // 2)}"
        else:
            yield f"- SAME GROUND ‘{other.policy.name}’: {_cut(' / '.join(_decides(other.policy)), MOST_OVERLAP)}"
    for near in nearest(candidate, bench, same):
        yield f"- ‘{near.name}’: {_cut(near.trigger, MOST_TRIGGER)}"


def _decides(policy: Policy) -> Iterator[str]:
    """What two policies would contradict each other in: when it acts, what the system does, when it starts and ends."""
    watch = policy.monitoring
    for text in (policy.trigger, *(point.action for point in policy.enforcement_points), watch.start, watch.stop):
        yield text.rstrip(". ")


def _bare(text: str) -> str:
    return _MARK.sub("", text)


def _cut(text: str, most: int) -> str:
    return shorter(_bare(text), most)


def _lines(lines: Iterator[str], most: int) -> str:
    """As many whole lines as there is room for, the one that does not fit up to a sentence's end where that is much of it."""
    found: list[str] = []
    room = most
    for line in lines:
        bare = _bare(line)
        if len(bare) > room:
            if not found or room > 120:
                found.append(_cut(bare, room))
            break
        found.append(bare)
        room -= len(bare) + 1
    return "\n".join(found) or _NONE
