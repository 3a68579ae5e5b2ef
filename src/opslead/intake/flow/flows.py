"""The flows of a description: what happens to one case, step by step, and the smaller flows beside it.

Sequences that the page draws come first, then those told in sentences. The same flow told twice (a chain, then screen by
screen, then once for each side) is kept once, with what each telling adds. A text that tells no sequence at all gives one
flow of the acts it names, in the order that such services usually have; its origin says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from opslead.intake.flow.acts import Act, phrase_acts
from opslead.intake.flow.acts import found as found_acts
from opslead.intake.flow.chain_steps import AFTER_REQUEST, chain_steps
from opslead.intake.flow.chains import Chain, Shape, chains
from opslead.intake.flow.links import Words, clip, quote, step
from opslead.intake.flow.narrative import BESIDE, Told, duties, extend, filled, narrative
from opslead.intake.lexicon import keys
from opslead.intake.page.passages import Form, Passage
from opslead.intake.people.cast import Cast
from opslead.intake.scope import Scope, scope_of, title_of
from opslead.model.document import ActorText, FlowText, PartnerText, ResourceText, StepText
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import Lang, detect, noun_phrase, pick

_IN_ORDER = """
list request quote review verify hold release authorize charge pay_in accept approve reject confirm issue assign dispatch make
ship pick_up receive inspect grade store deliver hand_over check_in start redeem record transmit import_result sync complete
return clean repair capture renew notify answer claim refund compensate adjust count payout reconcile close
"""
ORDER = {kind: rank for rank, kind in enumerate(_IN_ORDER.split())}
"""The order in which the steps of a case usually follow each other, for texts that do not say."""

_ALONE = frozenset(
    {
        "payout",
        "reconcile",
        "refund",
        "claim",
        "approve",
        "clean",
        "repair",
        "inspect",
        "assign",
        "dispatch",
        "answer",
        "count",
    }
    | {
        "close",
        "transmit",
        "import_result",
        "sync",
        "transfer",
        "reschedule",
        "adjust",
        "compensate",
        "return",
        "review",
        "verify",
    }
)
"""Kinds of work that are worth a flow of their own even when the text tells nothing around them."""
_LAST = frozenset({"payout", "reconcile", "close", "count"})
_BY_HAND = frozenset({"phone", "fax", "paper", "spreadsheet"})
_SERVED = frozenset(
    {"accept", "approve", "assign", "make", "ship", "deliver", "hand_over", "check_in", "start", "pick_up", "receive"}
)


def flows(
    passages: Sequence[Passage],
    actors: Sequence[ActorText],
    partners: Sequence[PartnerText],
    resources: Sequence[ResourceText],
) -> tuple[FlowText, ...]:
    """Every flow, in the order of the text, each with a name of its own."""
    cast = Cast.of(actors, partners, resources)
    title = title_of(passages)
    lang = detect(" ".join(p.text for p in passages))
    drawn = chains(passages, title)
    told = narrative(passages, _used(drawn), cast, title)
    found = [_Draft.of(chain, chain_steps(chain, cast, title), cast) for chain in drawn if _counts(chain)]
    kept = _without_repeats([draft for draft in found if draft])
    kept = _with_told(kept, told, lang)
    if not any(len(draft.steps) >= 3 and len(_kinds(draft.steps)) >= 2 for draft in kept):
        kept = _without_repeats([*kept, *_usual(passages, cast, title, lang), *_names_only(drawn, cast, title)])
    _kept_back(kept, passages, cast, title)
    _answered(kept, passages, title)
    _self_served(kept)
    _by_trade(kept, cast)
    return _named(kept, cast, lang)


def _self_served(drafts: Iterable[_Draft]) -> None:
    """Where customers let themselves in, nobody starts or ends the use by hand unless the text says who."""
    for draft in drafts:
        arrived = False
        for index, one in enumerate(draft.steps):
            arrived = arrived or (one.kind == "check_in" and one.manual is False)
            if arrived and one.kind in ("start", "complete") and not one.actor and one.manual is None:
                draft.steps[index] = one.model_copy(update={"manual": False})


def _by_trade(drafts: Iterable[_Draft], cast: Cast) -> None:
    """Work that names nobody falls to the one whose trade it is; not to our drivers where a carrier delivers."""
    carried = any(p.kind == "carrier" for p in cast.partners)
    for draft in drafts:
        for index, one in enumerate(draft.steps):
            open_ = not one.actor and not one.partner and one.manual is not False
            if open_ and not (carried and one.kind in ("deliver", "pick_up")) and (name := cast.by_trade(one.kind)):
                draft.steps[index] = one.model_copy(update={"actor": name})


class _Draft:
    """A flow in the making."""

    def __init__(self, name: str, steps: list[StepText], shape: Shape | None, at: str, given: str) -> None:
        self.name, self.steps, self.shape, self.at, self.given = name, steps, shape, at, given
        self.derived = ""

    @classmethod
    def of(cls, chain: Chain, steps: list[StepText], cast: Cast) -> _Draft | None:
        del cast
        first = chain.items[0].passage
        if len(_kinds(steps)) < 2:
            return None
        return cls(chain.name, steps, chain.shape, str(first.place), quote(first.text))


def _counts(chain: Chain) -> bool:
    return chain.shape is not Shape.STATES and chain.scope is not Scope.ASIDE


def _used(drawn: Iterable[Chain]) -> frozenset[tuple[str, str]]:
    links = [passage for chain in drawn for i in chain.items for passage in (i.passage, *(p for _, p in i.notes))]
    return frozenset((str(passage.place), passage.text) for passage in links)


def _kinds(steps: Iterable[StepText]) -> frozenset[str]:
    return frozenset(s.kind for s in steps if s.kind != "step")


# --- what the page draws ---------------------------------------------------------------------------------------------


def _names_only(drawn: Sequence[Chain], cast: Cast, title: str) -> list[_Draft]:
    """Flows from names of states and screens, the last resort before the acts that are merely named."""
    found = [_Draft.of(chain, chain_steps(chain, cast, title), cast) for chain in drawn if chain.shape is Shape.STATES]
    for draft in found:
        if draft:
            draft.steps = [s for s in draft.steps if s.kind != "step"]
    return [draft for draft in found if draft]


# --- the same flow told twice ----------------------------------------------------------------------------------------


def _without_repeats(found: Sequence[_Draft]) -> list[_Draft]:
    """Drops a flow whose steps another one has all, keeping what it adds to them. Order of the text."""
    ranked = sorted(range(len(found)), key=lambda i: (-len(_kinds(found[i].steps)), i))
    kept: list[int] = []
    for index in ranked:
        draft = found[index]
        host = next((found[k] for k in kept if _repeats(draft, found[k])), None)
        if host is None:
            kept.append(index)
        else:
            _enrich(host, draft.steps)
    return [found[i] for i in sorted(kept)]


def _repeats(draft: _Draft, host: _Draft) -> bool:
    if draft.shape is Shape.CASE or host.shape is Shape.CASE:
        return False
    mine, theirs = _kinds(draft.steps), _kinds(host.steps)
    loose = draft.shape in (Shape.NUMBERED, Shape.BULLETS) and len(mine) > 3
    return mine <= theirs or (loose and len(mine & theirs) >= 0.8 * len(mine))


def _enrich(host: _Draft, steps: Iterable[StepText]) -> None:
    for other in steps:
        for index, mine in enumerate(host.steps):
            if mine.kind == other.kind:
                host.steps[index] = filled(mine, other)
                break


# --- what sentences tell ---------------------------------------------------------------------------------------------


def _with_told(kept: list[_Draft], told: Sequence[Told], lang: Lang) -> list[_Draft]:
    """The drawn flows with those of the sentences: filled in where they tell the same, beside them where they do not."""
    drafts = list(kept)
    for section in told:
        drafts += [_single(steps, kind, lang) for kind, steps in section.beside.items()]
        host = _host(section, drafts)
        if host is not None:
            _enrich(host, section.main)
            _placed(host, section.main)
        elif len(_kinds(section.main)) >= 2:
            steps = in_order(section.main)
            drafts.append(_Draft(section.name, steps, None, steps[0].at, steps[0].given))
        elif section.main and (section.main[0].kind in _ALONE or section.main[0].via in _BY_HAND):
            drafts.append(_single(section.main, section.main[0].kind, lang))
    return drafts


def _host(section: Told, drafts: Sequence[_Draft]) -> _Draft | None:
    """The flow that tells most of these steps already, or to which they are remarks: it stands under the same heading."""
    kinds = _kinds(section.main)
    if any(s.via in _BY_HAND for s in section.main):
        return None  # work by hand stands beside what the system does
    beneath = [d for d in drafts if d.shape not in (None, Shape.CASE)]
    best = max(beneath, key=lambda d: len(kinds & _kinds(d.steps)), default=None)
    if best is not None and kinds and len(kinds & _kinds(best.steps)) * 2 >= len(kinds):
        return best
    here = [d for d in beneath if d.name == section.name]
    return here[0] if here and len(kinds) <= 2 else None


def _placed(host: _Draft, steps: Sequence[StepText]) -> None:
    """Puts in what the sentences add: a transfer after the payment it is one way of, money paid on at the end."""
    have = _kinds(host.steps)
    for new in steps:
        if new.kind in have:
            continue
        if new.kind == "pay_in":
            after = max((i for i, s in enumerate(host.steps) if s.kind in ("charge", "hold", "request")), default=-1)
            host.steps.insert(after + 1, new)
        elif new.kind in _LAST | {"refund", "clean", "return"}:
            host.steps.append(new)


def _single(steps: list[StepText], kind: str, lang: Lang) -> _Draft:
    return _Draft(STEP_KINDS[kind].label(lang), list(steps), None, steps[0].at, steps[0].given)


def in_order(steps: Sequence[StepText]) -> list[StepText]:
    """Steps told in sentences: offering stands first, asking before money, paying on and closing last; else as told."""
    listed = [s for s in steps if s.kind == "list"]
    last = [s for s in steps if s.kind in _LAST]
    rest = [s for s in steps if s.kind not in _LAST and s.kind != "list"]
    ask = next((i for i, s in enumerate(rest) if s.kind == "request"), -1)
    served = next((i for i, s in enumerate(rest) if s.kind in AFTER_REQUEST | _SERVED), -1)
    if 0 <= served < ask:
        rest.insert(served, rest.pop(ask))
    return [*listed, *rest, *last]


def _usual(passages: Sequence[Passage], cast: Cast, title: str, lang: Lang) -> list[_Draft]:
    """One flow of all the acts that the text names anywhere, in the usual order."""
    steps: list[StepText] = []
    for new in duties(passages, cast, title):
        if new.kind not in BESIDE:
            extend(steps, [new])
    if not any(s.kind == "request" for s in steps):
        steps += _asked(passages, cast, title)
    steps.sort(key=lambda s: ORDER.get(s.kind, len(ORDER)))
    if not steps:
        return []
    draft = _Draft("", steps, None, "", "")
    draft.derived = (
        "말한 단계를 이런 서비스의 통상 순서로 늘어놓음" if lang == "ko" else "the acts it names, in the usual order"
    )
    return [draft]


def _asked(passages: Sequence[Passage], cast: Cast, title: str) -> list[StepText]:
    """The first place at which ordering or booking is named at all."""
    customers = [a.name for a in cast.actors if a.role is Role.CUSTOMER]
    places: list[tuple[bool, bool, Act, Passage]] = []
    for passage in passages:
        scope = scope_of(passage, title)
        if scope is Scope.LATER or passage.form in (Form.HEADING, Form.ROW, Form.CODE):
            continue
        hits = found_acts(passage.text)
        alone = [a for i, a in enumerate(hits) if i + 1 == len(hits) or hits[i + 1].start - a.end > 1]
        act = next((a for a in alone if a.kind == "request" and _ORDERING.match(a.word)), None)
        if act:
            by_customer = cast.subject(passage.text, act.start) in customers
            places.append((not by_customer, scope is Scope.ASIDE, act, passage))
    if not places:
        return []
    _, _, act, passage = min(places, key=lambda place: place[:2])
    return [step(act, Words(passage.text, passage, actor=customers[0] if customers else ""), cast)]


_ORDERING = re.compile(r"order|book|reserv|place|주문|예약|신청", re.I)
_KEPT_BACK = {
    "hold": ("authorize", "charge", "pay_in", "confirm"),
    "authorize": ("charge", "capture", "confirm", "start"),
}


def _kept_back(drafts: Sequence[_Draft], passages: Sequence[Passage], cast: Cast, title: str) -> None:
    """A hold or an authorisation that stands among functions or rules belongs before the payment of the main flow."""
    told = {s.kind for draft in drafts for s in draft.steps}
    for passage in passages:
        if passage.form not in (Form.ITEM, Form.PROSE) or scope_of(passage, title) not in (Scope.OPEN, Scope.FLOW):
            continue
        for act in phrase_acts(passage.text):
            if act.weak or act.kind not in _KEPT_BACK or act.kind in told:
                continue
            host = next((d for d in drafts if _kinds(d.steps) & {"charge", "confirm"}), None)
            if host is None:
                return
            place = next(
                i
                for i, s in enumerate([*host.steps, StepText(kind="step")])
                if s.kind in (*_KEPT_BACK[act.kind], "step")
            )
            host.steps.insert(place, step(act, Words(passage.text, passage), cast))
            told.add(act.kind)


_PAID = frozenset({"charge", "authorize", "capture", "pay_in"})


def _answered(drafts: Sequence[_Draft], passages: Sequence[Passage], title: str) -> None:
    """A payment whose answer comes by callback or webhook somewhere in the text is such a payment in every flow."""
    ways = [
        keys(p.text, "vias")[0]
        for p in passages
        if scope_of(p, title) is not Scope.LATER
        and set(keys(p.text, "vias")[:1]) & {"callback", "webhook"}
        and "payment" in keys(p.text, "concepts")
    ]
    for draft in drafts if ways else ():
        for index, old in enumerate(draft.steps):
            if old.kind in _PAID and not old.via and not old.manual:
                draft.steps[index] = old.model_copy(update={"via": ways[0]})


# --- names -----------------------------------------------------------------------------------------------------------


def _named(drafts: Sequence[_Draft], cast: Cast, lang: Lang) -> tuple[FlowText, ...]:
    names: dict[str, int] = {}
    result = []
    for draft in drafts:
        base = clip(draft.name, 80) or _by_its_start(draft, len(drafts) == 1, lang)
        names[base] = names.get(base, 0) + 1
        name = base if names[base] == 1 else _told_apart(base, draft, names[base])
        resource = _main_resource(draft.steps, cast)
        origin = {"derived": draft.derived} if draft.derived else {"given": draft.given, "at": draft.at}
        result.append(FlowText(name=name, resource=resource, steps=tuple(draft.steps), **origin))
    return tuple(result)


def _by_its_start(draft: _Draft, alone: bool, lang: Lang) -> str:
    """A name for a flow that the text gives none: what it begins with, unless it is the only one."""
    if alone:
        return pick(lang, "기본 흐름", "main flow")
    first = draft.steps[0]
    short = len(first.name) <= 12 and noun_phrase(first.name, lang)
    start = first.name if short else STEP_KINDS[first.kind].label(lang)
    return pick(lang, f"{start} 흐름", f"{start} flow")


def _main_resource(steps: Sequence[StepText], cast: Cast) -> str:
    """What the flow is about: of the resources its steps name the first with a capacity, else the first."""
    named = [s.resource for s in steps if s.resource]
    limited = {r.name for r in cast.resources if r.capacity is not None}
    return next((name for name in named if name in limited), next(iter(named), ""))


def _told_apart(base: str, draft: _Draft, number: int) -> str:
    first = clip(draft.steps[0].name, 30)
    return f"{base}: {first}" if first and first != base else f"{base} ({number})"
