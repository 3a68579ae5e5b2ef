"""The steps of a sequence that the page draws: arrows, numbered and plain lists, tables, headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from opslead.intake.amounts.quantities import Sort, find
from opslead.intake.flow.acts import Act, acts, chooses, phrase_acts
from opslead.intake.flow.chains import ARROW, Chain, Item, Shape, is_state
from opslead.intake.flow.links import Words, clip, for_them, quote, step
from opslead.intake.flow.narrative import filled
from opslead.intake.page.passages import Form, Passage
from opslead.intake.people.cast import Cast
from opslead.model.document import StepText
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import noun_phrase

_HANGUL = re.compile(r"[가-힣]")
AFTER_REQUEST = frozenset({"hold", "authorize", "charge", "pay_in", "confirm", "capture"})
"""What follows the request of a case."""
_MAX_UNKNOWN = 40  # longer words between arrows explain and name no step


def chain_steps(chain: Chain, cast: Cast, title: str) -> list[StepText]:
    """The steps that the items of a chain name, each with who does it; without a request of its own it begins with the last choice."""
    when = next((m.text for m in find(chain.lead) if m.sort is Sort.HOURS), "") if chain.lead else ""
    heading = next(iter(reversed(chain.items[0].passage.headings)), "")
    listed = chain.shape in (Shape.NUMBERED, Shape.BULLETS, Shape.ARROWS)
    default = cast.named(heading, when) if listed and heading != title else ""  # a title names the service
    steps: list[StepText] = []
    chosen: list[tuple[int, Item]] = []
    carried = default
    drawn = chain.shape is Shape.ARROWS
    for item in chain.items:
        found = _item_acts(item, chain)
        if not found:
            if chooses(item.text):
                chosen.append((len(steps), item))
                carried = carried if default else cast.subject(item.text, len(item.text)) or carried
            elif drawn and steps and len(item.text) <= _MAX_UNKNOWN and not is_state(item.text):
                steps.append(
                    StepText(kind="step", name=clip(item.text, 60), given=quote(item.text), at=str(item.passage.place))
                )
            continue
        for text, act, passage in found:
            more = item.more if text == item.text else ""
            words = Words(text, passage, more, carried, when, spoken=not default and cast.at_work(carried))
            new = step(_bill(act, steps), words, cast, item.who)
            told = cast.plain_subject(f"{text}; {more}")
            if (
                told
                and not for_them(told, act, cast)
                and not default
                and chain.shape is not Shape.CASE
                and (chain.shape is Shape.NUMBERED or cast.at_work(told))
            ):
                carried = told
            _append(steps, new)
    return _with_request(steps, chosen, cast, default)


def _bill(act: Act, before: Sequence[StepText]) -> Act:
    """A bare `정산` after the stay or the visit is the customer's bill, not money paid on to somebody."""
    kinds = [s.kind for s in before]
    leaving = kinds[-1:] and kinds[-1] in ("complete", "start", "check_in", "return")
    return replace(act, kind="charge") if act.word == "정산" and leaving and "charge" not in kinds else act


def _item_acts(item: Item, chain: Chain) -> list[tuple[str, Act, Passage]]:
    """The acts of an item, each with the words it stands in and their place: its own, then of a chain in its further cells
    or of the lines that explain it those of new kinds."""
    found = [(item.text, act, item.passage) for act in phrase_acts(item.text)]
    named = {act.kind for _, act, _ in found}
    notes = list(item.notes)
    if chain.shape is Shape.TABLE and ARROW.search(item.more):
        notes += [(part, item.passage) for part in re.split(rf"{ARROW.pattern}|;\s", item.more) if part]
    named_by_headings = item.passage.form is Form.HEADING
    further = [
        (text, act, where)
        for text, where in notes
        for act in (acts(text) if named_by_headings else phrase_acts(text))
        if act.sure
    ]
    return found + [link for link in further if not link[1].weak and link[1].kind not in named]


def _append(steps: list[StepText], new: StepText) -> None:
    """A kind that the chain has already is the same step told on, unless somebody else does it."""
    for index, old in enumerate(steps):
        by_nobody = not old.actor and STEP_KINDS[old.kind].performer is not Role.SYSTEM
        if old.kind == new.kind and (new.actor in ("", old.actor) or by_nobody):
            steps[index] = filled(old, new)
            return
    steps.append(new)


def _with_request(steps: list[StepText], chosen: list[tuple[int, Item]], cast: Cast, actor: str) -> list[StepText]:
    """Choosing is how a customer asks: without a request of its own, a flow begins with the last choice before money."""
    if any(s.kind in ("request", "claim", "list") and s.kind != "list" for s in steps) or not chosen:
        return steps
    first = next((i for i, s in enumerate(steps) if s.kind in AFTER_REQUEST), -1)
    before = [(index, item) for index, item in chosen if index <= first]
    if first < 0 or not before:
        return steps
    before = [pair for pair in before if pair[0] == 0] or before
    index, item = before[-1]
    act = Act(0, len(item.text), "request", item.text)
    customers = [a.name for a in cast.actors if a.role is Role.CUSTOMER]
    made = step(
        act, Words(item.text, item.passage, item.more, actor or (customers[0] if customers else "")), cast, item.who
    )
    if _HANGUL.search(made.name) and not noun_phrase(made.name, "ko"):
        made = made.model_copy(update={"name": "신청"})
    return [*steps[:index], made, *steps[index:]]
