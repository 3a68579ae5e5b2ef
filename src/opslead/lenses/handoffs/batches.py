"""Cases of one channel that are written down elsewhere and copied into the system once a day."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.finding import find
from opslead.lenses.handoffs.entries import LateEntry, late_entries, media
from opslead.lenses.handoffs.words import named
from opslead.lenses.hole import Arithmetic, Evidence, Hole
from opslead.lenses.people import SPOT_KINDS, headcount, performers
from opslead.model.calendar import DAY, clock, format_hours
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_number
from opslead.model.service import Actor, Channel, Fact, Service, Source
from opslead.model.steps import STEP_KINDS
from opslead.text import pick


def lines_a_day(entry: LateEntry, service: Service) -> tuple[float, tuple[Source, ...]] | None:
    """How many cases a day are written down so, where volume and the channel's share are stated."""
    cases, share = service.cases_per_day, channel_share(entry.channel, service)
    if cases is None or share is None or cases.assumed or share.assumed:
        return None
    return cases.value * share.value, (cases.source, share.source)


def channel_share(channel: Channel | None, service: Service) -> Fact[float] | None:
    """The channel's own share, or the stated rate that names it."""
    if channel is None or channel.share is not None:
        return channel.share if channel else None
    return next((r.share for r in service.rates if r.kind == "channel" and channel.name in r.subject), None)


def batch_entry(service: Service) -> Iterator[Hole]:
    """A batch of lines copied by hand, with nobody who compares what was written with what was entered."""
    if service.control(GuardrailKind.COUNT, "record", "sync", "list", "import_result") or service.control(
        GuardrailKind.RECONCILE, "record", "sync", "list", "import_result"
    ):
        return
    for entry in late_entries(service):
        if entry.channel is not None:
            yield _hole(service, entry)


def _hole(service: Service, entry: LateEntry) -> Hole:
    assert entry.channel is not None
    slots = {
        "channel": entry.channel.name,
        "slow": entry.channel.name,
        "load": entry.step.title(service.language) if entry.step else STEP_KINDS["record"].label(service.language),
        "medium": media(entry, service.language),
        "at": entry.at,
        "oldest": format_number(entry.oldest_hours),
        **_people(service, entry),
    }
    if slots["oldest"] == slots.get("hours"):
        del slots["from"]  # the first line of the day is the oldest
    lines = lines_a_day(entry, service)
    if lines is not None:
        slots["lines"] = format_number(round(lines[0]))
    return find(service, "handoffs.batch_entry", entry.place, slots, tuple(_sums(service, entry, slots)))


def _people(service: Service, entry: LateEntry) -> dict[str, str]:
    """Who wrote the first lines of the day and has left by then, who copies, and what that person does at the same time."""
    moment, lang = entry.moments[0], service.language
    starts = [
        (start % DAY, actor)
        for actor in entry.writers
        if actor.duty
        for start, end in actor.duty.value.stretches()
        if end - start < DAY and start % DAY < moment % DAY
    ]
    slots: dict[str, str] = {}
    if starts:
        first, writer = min(starts, key=lambda pair: (pair[0], pair[1].id))
        slots |= {"from": clock(first), "hours": format_number((moment % DAY - first) / 60)}
        copiers = [a for a in entry.writers if a.duty and moment in a.duty.value]
        if copiers and writer not in copiers and writer.duty:
            left = next(end for start, end in writer.duty.value.stretches() if start % DAY == first)
            slots |= {"writer": writer.name, "left": clock(left), "copier": _copier(copiers, moment, service)}
    for step in service.steps(*SPOT_KINDS):
        busy = step.when is not None and not step.when.assumed and moment in step.when.value
        if busy and step.when and set(performers(service, step.kind, step)) & set(entry.writers):
            slots["busy"] = named(step, lang) + pick(lang, "(", " (") + format_hours(step.when.value, lang) + ")"
            break
    return slots


def _copier(copiers: list[Actor], moment: int, service: Service) -> str:
    count = headcount(tuple(copiers), moment)
    names = pick(service.language, "·", ", ").join(a.name for a in copiers)
    return pick(service.language, f"{names} {count}명", f"{names} ({count})")


def _sums(service: Service, entry: LateEntry, slots: dict[str, str]) -> Iterator[Evidence]:
    lang = service.language
    duty = tuple(a.duty.source for a in entry.writers if a.duty)
    if "from" in slots:
        yield Arithmetic(
            f"{entry.at} - {slots['from']}",
            pick(
                lang,
                f"{slots['from']}에 적은 줄은 {slots['hours']}시간",
                f"{slots['hours']} h for a line of {slots['from']}",
            ),
            (entry.source, *duty),
        )
    oldest = pick(lang, f"최장 {slots['oldest']}시간", f"{slots['oldest']} h at most")
    yield Arithmetic(
        pick(lang, f"{entry.at} 직후 ~ 다음 {entry.at}", f"just after {entry.at} to the next {entry.at}"),
        oldest,
        (entry.source, *duty),
    )
    lines = lines_a_day(entry, service)
    share = channel_share(entry.channel, service)
    if lines is not None and service.cases_per_day and share:
        yield Arithmetic(
            f"{format_number(service.cases_per_day.value)} × {share.value:.0%} = {format_number(lines[0])}",
            pick(lang, f"하루 {slots['lines']}줄", f"{slots['lines']} lines a day"),
            lines[1],
        )
