"""ServiceText → Service: amounts parsed, references followed, impossible facts refused, all problems in one run."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TypeVar

from opslead.errors import InputErrors, Place, Problem
from opslead.model import document as doc
from opslead.model import service as svc
from opslead.model.calendar import HoursError, WeekHours, parse_hours
from opslead.model.load import Places
from opslead.model.measure import Money, parse_duration, parse_money, parse_number, parse_relative_day, parse_share
from opslead.model.plausible import faults
from opslead.model.steps import STEP_KINDS
from opslead.model.yamlio import Path

T = TypeVar("T")


def resolve(text: doc.ServiceText, places: Places | None = None) -> svc.Service:
    """The resolved service. Raises InputErrors with every unreadable value, broken reference and impossible fact."""
    resolver = _Resolver(text, places)
    service = resolver.service()
    if places is not None:  # in a description the same may be a misreading, and the lenses ask about it
        resolver.problems += [Problem(places(f.path), f.reason, f.hint) for f in faults(text)]
    if resolver.problems:
        raise InputErrors(resolver.problems)
    return service


class _Resolver:
    """One pass over the document. Problems are collected, so the result is only good when there are none."""

    def __init__(self, text: doc.ServiceText, places: Places | None) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self._places = places
        self._counts: dict[str, int] = {}

    # --- places and values

    def _place(self, path: Path, origin: doc.Origin) -> Place:
        if self._places is not None:
            return self._places(path)
        return Place.parse(origin.at)

    def _fail(self, path: Path, origin: doc.Origin, reason: str, hint: str = "") -> None:
        self.problems.append(Problem(self._place(path, origin), reason, hint))

    def _source(self, origin: doc.Origin, path: Path) -> svc.Source:
        stated = [k for k in ("given", "derived", "assumed") if getattr(origin, k)]
        if len(stated) > 1:
            self._fail(path, origin, f"has both {stated[0]!r} and {stated[1]!r}", "keep the one that is true")
        basis = svc.Basis(stated[0]) if stated else svc.Basis.GIVEN
        quoted = getattr(origin, stated[0]) if stated else _own_words(origin)
        return svc.Source(basis, quoted, Place.parse(origin.at) if origin.at else self._place(path, origin))

    def _value(
        self, said: doc.Said | None, path: Path, parse: Callable[[str], T | None], what: str, hint: str
    ) -> svc.Fact[T] | None:
        if said is None:
            return None
        try:
            value = parse(str(said.value))
        except HoursError as error:
            self._fail(path, said, str(error), "times run from 00:00 to 24:00")
            return None
        if value is None:
            self._fail(path, said, f"{said.value!r} is not {what}", hint)
            return None
        if (isinstance(value, Money) and value.amount < 0) or (isinstance(value, int | float) and value < 0):
            self._fail(path, said, f"{said.value!r} is negative", "amounts are zero or more; the kind says who pays")
            return None
        if isinstance(value, timedelta) and value < timedelta(0):
            self._fail(path, said, f"{said.value!r} is negative")
            return None
        return svc.Fact(value, self._source(said, path))

    def _duration(self, said: doc.Said | None, path: Path) -> svc.Fact[timedelta] | None:
        return self._value(said, path, parse_duration, "a length of time", "write 10m, 12시간, 3 days, net 5")

    def _hours(self, said: doc.Said | None, path: Path) -> svc.Fact[WeekHours] | None:
        return self._value(
            said, path, parse_hours, "hours of the week", "write 평일 10:00~19:00 or Mon-Sat 07:00-19:00"
        )

    def _money(self, said: doc.Said | None, path: Path) -> svc.Fact[Money] | None:
        def parse(value: str) -> Money | None:
            return parse_money(value, self.text.currency)

        return self._value(said, path, parse, "a sum of money", "write 3만원, KRW 30,000 or 25 EUR")

    def _share(self, said: doc.Said | None, path: Path) -> svc.Fact[float] | None:
        return self._value(said, path, parse_share, "a share", "write 20% or 0.2")

    def _number(self, said: doc.Said | None, path: Path) -> svc.Fact[float] | None:
        return self._value(said, path, parse_number, "a number", "write 90, 3,000 or 1.5")

    def _count(self, said: doc.Said | None, path: Path) -> svc.Fact[int] | None:
        number = self._number(said, path)
        if number is not None and said is not None and number.value != int(number.value):
            self._fail(path, said, f"{said.value!r} is not a whole number")
            return None
        return None if number is None else svc.Fact(int(number.value), number.source)

    # --- names

    def _find(self, things: Iterable[T], name: str, path: Path, origin: doc.Origin, what: str) -> T | None:
        if not name:
            return None
        known = list(things)
        for thing in known:
            if name in (getattr(thing, "id", ""), getattr(thing, "name", "")):
                return thing
        names = ", ".join(str(getattr(thing, "name", "")) for thing in known) or f"no {what} is described"
        self._fail(path, origin, f"refers to the {what} {name!r}, which does not exist", f"known: {names}")
        return None

    def _unique(self, entities: Iterable[doc.Entity], section: str, what: str) -> None:
        seen: dict[str, int] = {}
        for index, entity in enumerate(entities):
            for key in {entity.id or entity.name, entity.name}:
                if seen.get(key, index) != index:
                    hint = "give each its own name, such as the shift, or merge them"
                    self._fail((section, index), entity, f"the {what} {key!r} is described twice", hint)
                seen[key] = index

    def _numbered(self, kind: str) -> str:
        """The n-th of a kind: `hold`, `notify-2`."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return kind if self._counts[kind] == 1 else f"{kind}-{self._counts[kind]}"

    # --- entities

    def service(self) -> svc.Service:
        text = self.text
        for section, what in (
            ("actors", "actor"),
            ("resources", "resource"),
            ("partners", "partner"),
            ("channels", "channel"),
        ):
            self._unique(getattr(text, section), section, what)
        actors = tuple(self._actor(a, ("actors", i)) for i, a in enumerate(text.actors))
        resources = tuple(self._resource(r, ("resources", i)) for i, r in enumerate(text.resources))
        partners = tuple(self._partner(p, ("partners", i)) for i, p in enumerate(text.partners))
        flows = tuple(self._flow(f, ("flows", i), actors, resources, partners) for i, f in enumerate(text.flows))
        self._check_states(text.states)
        return svc.Service(
            name=text.name,
            language=text.language,
            currency=text.currency,
            domain=text.domain,
            sites=self._count(text.sites, ("sites",)),
            actors=actors,
            resources=resources,
            flows=flows,
            partners=partners,
            channels=tuple(self._channel(c, ("channels", i)) for i, c in enumerate(text.channels)),
            money=tuple(self._money_rule(m, ("money", i)) for i, m in enumerate(text.money)),
            clocks=tuple(self._clock(c, ("clocks", i)) for i, c in enumerate(text.clocks)),
            limits=_kept(self._limit(x, ("limits", i)) for i, x in enumerate(text.limits)),
            rates=_kept(self._rate(r, ("rates", i)) for i, r in enumerate(text.rates)),
            volumes=_kept(self._volume(v, ("volumes", i)) for i, v in enumerate(text.volumes)),
            kpis=tuple(
                svc.Kpi(k.name, str(k.target.value) if k.target else "", self._source(k, ("kpis", i)))
                for i, k in enumerate(text.kpis)
            ),
            personal_data=tuple(
                svc.Personal(p.item, p.medium, self._source(p, ("personal_data", i)))
                for i, p in enumerate(text.personal_data)
            ),
            states=tuple(
                svc.State(s.name, s.next, s.terminal, self._source(s, ("states", i))) for i, s in enumerate(text.states)
            ),
            seasons=tuple(
                svc.Season(
                    s.name,
                    s.when,
                    self._share(s.occupancy, ("seasons", i, "occupancy")),
                    self._source(s, ("seasons", i)),
                )
                for i, s in enumerate(text.seasons)
            ),
            rules=tuple(svc.Rule(r.text, r.subject, self._source(r, ("rules", i))) for i, r in enumerate(text.rules)),
            later=tuple(svc.Later(r.text, r.subject, self._source(r, ("later", i))) for i, r in enumerate(text.later)),
            controls=tuple(self._control(c, ("controls", i)) for i, c in enumerate(text.controls)),
            mentions=tuple(
                svc.Mention(m.concept, self._source(m, ("mentions", i)), m.word) for i, m in enumerate(text.mentions)
            ),
            unread=tuple((u.text, u.at) for u in text.unread),
        )

    def _actor(self, actor: doc.ActorText, path: Path) -> svc.Actor:
        authority = []
        for index, item in enumerate(actor.authority):
            where = (*path, "authority", index)
            limit = self._money(item.limit, (*where, "limit"))
            authority.append(svc.Authority(item.action, limit, item.per, self._source(item, where)))
        return svc.Actor(
            id=actor.id or actor.name,
            name=actor.name,
            role=actor.role,
            count=self._count(actor.count, (*path, "count")),
            per_site=actor.per_site,
            duty=self._hours(actor.duty, (*path, "duty")),
            authority=tuple(authority),
            does=actor.does,
            shared_account=actor.shared_account,
            source=self._source(actor, path),
        )

    def _resource(self, item: doc.ResourceText, path: Path) -> svc.Resource:
        return svc.Resource(
            id=item.id or item.name,
            name=item.name,
            capacity=self._number(item.capacity, (*path, "capacity")),
            unit=item.unit,
            physical=item.physical,
            perishable=item.perishable,
            source=self._source(item, path),
        )

    def _partner(self, item: doc.PartnerText, path: Path) -> svc.Partner:
        return svc.Partner(
            id=item.id or item.name,
            name=item.name,
            kind=item.kind,
            mode=item.mode,
            latency=self._duration(item.latency, (*path, "latency")),
            worst=self._duration(item.worst, (*path, "worst")),
            hours=self._hours(item.hours, (*path, "hours")),
            source=self._source(item, path),
        )

    def _channel(self, item: doc.ChannelText, path: Path) -> svc.Channel:
        return svc.Channel(
            id=item.id or item.name,
            name=item.name,
            share=self._share(item.share, (*path, "share")),
            sync=item.sync,
            delay=self._duration(item.delay, (*path, "delay")),
            source=self._source(item, path),
        )

    def _flow(
        self,
        flow: doc.FlowText,
        path: Path,
        actors: tuple[svc.Actor, ...],
        resources: tuple[svc.Resource, ...],
        partners: tuple[svc.Partner, ...],
    ) -> svc.Flow:
        resource = self._find(resources, flow.resource, (*path, "resource"), flow, "resource")
        steps = []
        for index, step in enumerate(flow.steps):
            where = (*path, "steps", index)
            if step.kind not in STEP_KINDS:
                close = difflib.get_close_matches(step.kind, STEP_KINDS, 3)
                hint = f"near: {', '.join(close)}" if close else "`step` is the plain kind"
                self._fail((*where, "kind"), step, f"{step.kind!r} is not a kind of step", hint)
                continue
            steps.append(
                svc.Step(
                    id=self._numbered(step.kind),
                    kind=step.kind,
                    name=step.name,
                    actor=self._find(actors, step.actor, (*where, "actor"), step, "actor"),
                    partner=self._find(partners, step.partner, (*where, "partner"), step, "partner"),
                    resource=self._find(resources, step.resource, (*where, "resource"), step, "resource") or resource,
                    within=self._duration(step.within, (*where, "within")),
                    when=self._hours(step.when, (*where, "when")),
                    manual=STEP_KINDS[step.kind].minutes > 0 if step.manual is None else step.manual,
                    via=step.via,
                    minutes=self._number(step.minutes, (*where, "minutes")),
                    source=self._source(step, where),
                )
            )
        exits = tuple(self._exit(way, (*path, "exits", i), actors) for i, way in enumerate(flow.exits))
        return svc.Flow(flow.id or flow.name, flow.name, resource, tuple(steps), exits, self._source(flow, path))

    def _exit(self, way: doc.ExitText, path: Path, actors: tuple[svc.Actor, ...]) -> svc.Exit:
        tiers = []
        for index, tier in enumerate(way.tiers):
            where = (*path, "tiers", index)
            share = self._share(tier.share, (*where, "share"))
            amount = self._money(tier.amount, (*where, "amount"))
            relative = parse_relative_day(tier.until)
            before = -relative if relative is not None else parse_duration(tier.until)
            tiers.append(svc.Tier(tier.until, before, share, amount, self._source(tier, where)))
        return svc.Exit(
            id=self._numbered(f"exit-{way.kind}"),
            kind=way.kind,
            name=way.name,
            by=self._find(actors, way.by, (*path, "by"), way, "actor"),
            within=self._duration(way.within, (*path, "within")),
            tiers=tuple(tiers),
            source=self._source(way, path),
        )

    def _money_rule(self, item: doc.MoneyText, path: Path) -> svc.MoneyRule:
        due = str(item.due.value) if item.due else ""
        return svc.MoneyRule(
            kind=item.kind,
            subject=item.subject,
            amount=self._money(item.amount, (*path, "amount")),
            share=self._share(item.share, (*path, "share")),
            due=due,
            cycle=cycle_of(due),
            payer=item.payer,
            payee=item.payee,
            source=self._source(item, path),
        )

    def _clock(self, item: doc.ClockText, path: Path) -> svc.Clock:
        minute = self._value(item.time, (*path, "time"), _minute_of_day, "a time of day", "write 18:00")
        if item.length is None and item.time is None:
            self._fail(path, item, "a clock needs a `length` or a `time`")
        length = self._duration(item.length, (*path, "length"))
        return svc.Clock(item.kind, item.subject, length, minute, self._source(item, path))

    def _limit(self, item: doc.LimitText, path: Path) -> svc.Limit | None:
        amount = self._number(item.amount, (*path, "amount"))
        return (
            None if amount is None else svc.Limit(item.subject, item.bound, amount, item.unit, self._source(item, path))
        )

    def _rate(self, item: doc.RateText, path: Path) -> svc.Rate | None:
        share = self._share(item.share, (*path, "share"))
        return None if share is None else svc.Rate(item.kind, item.subject, share, self._source(item, path))

    def _volume(self, item: doc.VolumeText, path: Path) -> svc.Volume | None:
        amount = self._number(item.amount, (*path, "amount"))
        return (
            None if amount is None else svc.Volume(item.kind, item.subject, amount, item.per, self._source(item, path))
        )

    def _control(self, control: doc.ControlText, path: Path) -> svc.Control:
        known = STEP_KINDS.keys() | {way.kind for flow in self.text.flows for way in flow.exits}
        for kind in control.on:
            if kind not in known:
                close = ", ".join(difflib.get_close_matches(kind, known, 3)) or "a step kind or a kind of exit"
                self._fail(
                    (*path, "on"), control, f"acts on {kind!r}, which is no kind of step or exit", f"near: {close}"
                )
        return svc.Control(control.kind, control.on, control.name, self._source(control, path))

    def _check_states(self, states: tuple[doc.StateText, ...]) -> None:
        names = {state.name for state in states}
        for index, state in enumerate(states):
            for other in state.next or ():
                if other not in names:
                    hint = f"known: {', '.join(sorted(names))}"
                    self._fail(
                        ("states", index, "next"), state, f"leads to the state {other!r}, which does not exist", hint
                    )
            if state.next == () and not state.terminal:
                hint = "name where it leads in `next`, or mark it `terminal: true`"
                self._fail(("states", index), state, f"nobody can leave the state {state.name!r}", hint)


def _kept(items: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(item for item in items if item is not None)


def _own_words(origin: doc.Origin) -> str:
    """What stands there, for an entry whose only source is the file itself."""
    words = [
        str(getattr(origin, name, "") or "") for name in ("name", "text", "subject", "item", "until", "action", "value")
    ]
    return next((word for word in words if word), str(getattr(origin, "kind", "") or getattr(origin, "concept", "")))


def _minute_of_day(text: str) -> int | None:
    hours, _, minutes = text.strip().partition(":")
    if not hours.isdigit() or (minutes and not minutes.isdigit()):
        return None
    minute = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or minute > 24 * 60:
        raise HoursError(f"{text!r} is not a time of day")
    return minute


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CYCLES = (
    (("매일", "daily", "every day", "당일", "익일", "d+1", "next day"), 1),
    (("격주", "biweekly", "every two weeks", "fortnight"), 14),
    (("매주", "주간", "weekly", "every week", "요일", "on monday", "each week", *(f"every {d}" for d in _WEEKDAYS)), 7),
    (("분기", "quarter"), 91),
    (("매월", "매달", "월말", "월 1회", "monthly", "each month", "every month", "of the month", "익월"), 31),
    (("매년", "연 1회", "yearly", "annual"), 365),
)


def cycle_of(due: str) -> timedelta | None:
    """How often a payment or comparison comes round, from its words; `net 5` and lengths are taken as the cycle."""
    lowered = due.lower()
    for words, days in _CYCLES:
        if any(word in lowered for word in words):
            return timedelta(days=days)
    return parse_duration(due)
