"""A model's steps and ways out find their place in the flows that the rules read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opslead.model import document as doc
from opslead.model.steps import STEP_KINDS
from opslead.panel.reading.entries import ExitEntry, StepEntry
from opslead.panel.reading.meet import Field, Met, alike, differs, filled, key, overlap, words_filled
from opslead.panel.reading.proof import same
from opslead.panel.reading.quotes import squeezed
from opslead.spec.document import Refusal
from opslead.text import pick

_WITHIN: Field = ("within", "duration", {"ko": "제한 시간", "en": "time limit"})


@dataclass(frozen=True)
class _At:
    """A step in its flow."""

    flow: int
    index: int
    step: doc.StepText


def with_step(text: doc.ServiceText, entry: StepEntry, affirmed: Sequence[doc.StepText]) -> Met:
    """The document with the step: a known one is filled, one of no known kind gets its kind, a missing one is put in its place."""
    step, refused = _referred(text, entry.step)
    here = [at for at in _steps(text) if not at.step.assumed and overlap(at.step, step)]
    known = next((at for at in here if at.step.kind == step.kind), None) or _elsewhere(text, entry)
    if known is not None:
        grown, differences = _filled(text, known.step, step)
        return Met(_replaced(text, known, grown), differences, refused)
    plain = next((at for at in here if at.step.kind == "step"), None)
    if plain is not None:
        grown, _ = _filled(text, plain.step.model_copy(update={"kind": step.kind}), step)
        return Met(_replaced(text, plain, grown), (), refused)
    other = next((at for at in here if _equal(at.step, step) and not _told(at.step, affirmed)), None)
    if other is not None:
        label = pick(
            text.language,
            f"“{other.step.name or other.step.given}” 단계",
            f"step “{other.step.name or other.step.given}”",
        )
        kinds = [
            STEP_KINDS[kind].label(text.language) if kind in STEP_KINDS else kind
            for kind in (other.step.kind, step.kind)
        ]
        return Met(text, (differs(label, (kinds[0], ""), (kinds[1], ""), text.language),), refused)
    return Met(_inserted(_without_presumed(text, step.kind), entry, step), (), refused)


def _steps(text: doc.ServiceText) -> Iterator[_At]:
    for number, flow in enumerate(text.flows):
        for index, step in enumerate(flow.steps):
            yield _At(number, index, step)


def _elsewhere(text: doc.ServiceText, entry: StepEntry) -> _At | None:
    """The same step of the flow that is meant, by words that stand in several places of the text (`수납`)."""
    flow = flow_called(text, entry.flow)
    words = squeezed(entry.step.given)
    found = [at for at in _steps(text) if at.step.kind == entry.step.kind and squeezed(at.step.given) == words]
    return next((at for at in found if at.flow == flow), found[0] if len(found) == 1 else None)


def _referred(text: doc.ServiceText, step: doc.StepText) -> tuple[doc.StepText, tuple[Refusal, ...]]:
    """The step with the names that the model of the service uses; a name it does not know is left out and said."""
    update, refused = dict[str, str](), list[Refusal]()
    for name, known in (("actor", text.actors), ("partner", text.partners)):
        wanted = getattr(step, name)
        if wanted:
            update[name] = _called(wanted, known)
            if not update[name]:
                why = pick(text.language, "모델에 그런 이름이 없다", "nobody of that name is in the model")
                refused.append(Refusal(what=f"{step.name}: {wanted}", place=step.at, why=why))
    return step.model_copy(update=update), tuple(refused)


def _called(wanted: str, known: Sequence[doc.Entity]) -> str:
    """The known name that is meant, empty where none is or several are."""
    exact = [item.name for item in known if key(item.name) == key(wanted)]
    like = [item.name for item in known if alike(item.name, wanted)]
    return exact[0] if exact else like[0] if like else ""


def _filled(text: doc.ServiceText, old: doc.StepText, new: doc.StepText) -> tuple[doc.StepText, tuple[str, ...]]:
    who = old.name or old.given
    grown, differences = filled(old, new, (_WITHIN,), who, text)
    grown, more = words_filled(grown, new, ("actor", "partner", "via"), who, text.language)
    if old.manual is None and new.manual is not None:
        grown = grown.model_copy(update={"manual": new.manual})
    return grown, (*differences, *more)


def _equal(one: doc.StepText, other: doc.StepText) -> bool:
    """Whether two quotations are nearly the same words, and not one a clause of the other."""
    lengths = sorted((len(squeezed(one.given)), len(squeezed(other.given))))
    return lengths[0] >= 0.7 * lengths[1]


def _told(step: doc.StepText, affirmed: Sequence[doc.StepText]) -> bool:
    """Whether the answer claims the rules' step as well, so that the words tell two steps."""
    return any(claim.kind == step.kind and overlap(claim, step) for claim in affirmed)


def _replaced(text: doc.ServiceText, at: _At, step: doc.StepText) -> doc.ServiceText:
    if step == at.step:
        return text
    flow = text.flows[at.flow]
    steps = tuple(step if i == at.index else other for i, other in enumerate(flow.steps))
    return _with_flow(text, at.flow, flow.model_copy(update={"steps": steps}))


def _with_flow(text: doc.ServiceText, number: int, flow: doc.FlowText) -> doc.ServiceText:
    return text.model_copy(update={"flows": tuple(flow if i == number else f for i, f in enumerate(text.flows))})


def _without_presumed(text: doc.ServiceText, kind: str) -> doc.ServiceText:
    """Without the step of this kind that was only taken to exist: now it is read."""
    flows = tuple(
        flow.model_copy(update={"steps": tuple(s for s in flow.steps if not (s.assumed and s.kind == kind))})
        for flow in text.flows
    )
    return text.model_copy(update={"flows": flows})


def _inserted(text: doc.ServiceText, entry: StepEntry, step: doc.StepText) -> doc.ServiceText:
    """The new step behind the nearest step that the answer puts before it, else in the flow of that name, else in a flow of its own."""
    for quote in reversed(entry.before):
        before = doc.StepText(kind="step", given=quote, at=step.at)
        found = [at for at in _steps(text) if squeezed(quote) and squeezed(quote) == squeezed(at.step.given)]
        found = found or [at for at in _steps(text) if overlap(at.step, before) and not at.step.assumed]
        if found:
            at = found[-1]
            flow = text.flows[at.flow]
            steps = (*flow.steps[: at.index + 1], step, *flow.steps[at.index + 1 :])
            return _with_flow(text, at.flow, flow.model_copy(update={"steps": steps}))
    number = flow_called(text, entry.flow)
    if number is None:
        flow = doc.FlowText(name=entry.flow or step.name, steps=(step,), given=step.given, at=step.at)
        return text.model_copy(update={"flows": (*text.flows, flow)})
    flow = text.flows[number]
    end = next((i for i, s in enumerate(flow.steps) if s.assumed), len(flow.steps))
    return _with_flow(text, number, flow.model_copy(update={"steps": (*flow.steps[:end], step, *flow.steps[end:])}))


def flow_called(text: doc.ServiceText, name: str) -> int | None:
    """The number of the flow of this or a like name."""
    if not name:
        return None
    exact = next((number for number, flow in enumerate(text.flows) if key(flow.name) == key(name)), None)
    if exact is not None:
        return exact
    return next((number for number, flow in enumerate(text.flows) if alike(flow.name, name)), None)


# --- ways out


def with_exit(text: doc.ServiceText, entry: ExitEntry) -> Met:
    """The document with the way out; the rungs of a known one are compared, missing ones added."""
    way, refused = entry.exit, list[Refusal]()
    by = _called(way.by, text.actors) if way.by else ""
    if way.by and not by:
        why = pick(text.language, "모델에 그런 이름이 없다", "nobody of that name is in the model")
        refused.append(Refusal(what=f"{way.name}: {way.by}", place=way.at, why=why))
    way = way.model_copy(update={"by": by})
    for number, flow in enumerate(text.flows):
        old = next((one for one in flow.exits if _same_exit(one, way)), None)
        if old is not None:
            grown, differences = _exit_filled(text, old, way)
            exits = tuple(grown if one is old else one for one in flow.exits)
            return Met(_with_flow(text, number, flow.model_copy(update={"exits": exits})), differences, tuple(refused))
    text = _without_presumed_exit(text, way.kind)
    place = flow_called(text, entry.flow)
    if place is None:
        if not text.flows:
            return Met(text)
        place = max(range(len(text.flows)), key=lambda i: (len(text.flows[i].exits), len(text.flows[i].steps), -i))
    flow = text.flows[place]
    return Met(_with_flow(text, place, flow.model_copy(update={"exits": (*flow.exits, way)})), (), tuple(refused))


def _same_exit(old: doc.ExitText, new: doc.ExitText) -> bool:
    """The same way out: of one kind, from the same words or by the same name."""
    if old.kind != new.kind or old.assumed:
        return False
    return overlap(old, new) or key(old.name) == key(new.name)


def _without_presumed_exit(text: doc.ServiceText, kind: str) -> doc.ServiceText:
    flows = tuple(
        flow.model_copy(update={"exits": tuple(e for e in flow.exits if not (e.assumed and e.kind == kind))})
        for flow in text.flows
    )
    return text.model_copy(update={"flows": flows})


def _exit_filled(text: doc.ServiceText, old: doc.ExitText, new: doc.ExitText) -> tuple[doc.ExitText, tuple[str, ...]]:
    grown, differences = filled(old, new, (_WITHIN,), old.name, text)
    if not grown.by and new.by:
        grown = grown.model_copy(update={"by": new.by})
    share: Field = ("share", "share", {"ko": "환불", "en": "refund"})
    amount: Field = ("amount", "money", {"ko": "금액", "en": "sum"})
    tiers = list(old.tiers)
    for tier in new.tiers:
        at = next((i for i, one in enumerate(tiers) if _same_rung(one, tier)), None)
        if at is None:
            tiers.append(tier)
            continue
        tiers[at], more = filled(tiers[at], tier, (share, amount), f"{old.name} {tiers[at].until}", text)
        differences += more
    return grown.model_copy(update={"tiers": tuple(tiers)}), differences


def _same_rung(one: doc.TierText, other: doc.TierText) -> bool:
    return (
        key(one.until) == key(other.until) or same(one.until, other.until, "duration") or alike(one.until, other.until)
    )
