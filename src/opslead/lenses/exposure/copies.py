"""What piles up: copies outside the system, data taken from each case, recordings; none with a stated end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.lenses.dependence.amounts import Sum, coming_share, full_house, paid_cases
from opslead.lenses.exposure.ends import business_days, end_stated, people_of, stems_of
from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.lenses.people import stated_performers
from opslead.model.measure import format_number, format_share
from opslead.model.service import Actor, Personal, Rate, Service, Step
from opslead.model.steps import Role
from opslead.text import Lang, noun_phrase, pick

PHONE_SHARE = 0.1
"""Starting value: the share of cases that come by telephone where the description names the telephone and no share."""
_MEDIA = (
    ("spreadsheet", "엑셀", "spreadsheet", re.compile(r"엑셀|스프레드시트|구글\s?시트|\bexcel\b|spreadsheet|google sheet", re.I)),
    ("chat", "단체방·개인 휴대폰", "group chats and private phones",
     re.compile(r"단톡|단체\s?(?:대화)?방|개인\s?(?:휴대폰|핸드폰|전화기)|chat group|group chat|(?:own|personal|private) (?:mobile )?phones?", re.I)),
    ("fax", "팩스 용지", "fax sheets", re.compile(r"팩스|\bfax", re.I)),
    ("paper", "종이 장부", "paper list", re.compile(r"종이|장부|명부|수기|paper list|paper form|on paper|logbook|notebook|clipboard", re.I)),
)  # fmt: skip
_KEPT_AS = {"spreadsheet": "in a spreadsheet", "chat": "in a chat", "fax": "on fax sheets", "paper": "on a paper list"}
_ABOUT_PEOPLE = (
    "record",
    "request",
    "list",
    "check_in",
    "hand_over",
    "import_result",
    "confirm",
    "return",
    "receive",
    "inspect",
    "verify",
    "sync",
)
_TYPED_IN = re.compile(r"옮겨|옮긴|입력|types?\b|typed|copied into|enters?\b|entered", re.I)
_BY_PHONE = re.compile(r"전화|\bphone", re.I)
_COLLECT = ("record", "verify", "check_in", "hand_over", "receive", "start")
_ARRIVAL = ("check_in", "hand_over", "start", "return")


def _goes_along(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether the words are a label on the thing itself, which leaves with it, and no list that stays."""
    return bool(re.search(r"스티커|라벨|송장|\blabels?\b|\bstickers?\b", text, re.I)) and not pattern.search(text)


@dataclass(frozen=True)
class Copy:
    step: Step
    medium: str
    name: str


def shadow_copy(service: Service) -> Iterator[Hole]:
    """Lists of people kept beside the system with no stated end; the one that grows fastest, the others quoted."""
    copies = [copy for step in service.steps(*_ABOUT_PEOPLE) if (copy := _copy(service, step)) is not None]
    if not copies:
        yield from _listed(service)
        return
    counted = [(copy, _a_year(service, copy)) for copy in copies]
    copy, year = max(counted, key=lambda c: (c[1].value if c[1] else 0.0, -copies.index(c[0])))
    people = [a for a in stated_performers(service, copy.step.kind, copy.step) if a.role is not Role.CUSTOMER]
    if copy.medium == "chat":
        yield _private_devices(service, copy, people)
        return
    yield _shadow_hole(service, copy, year, people, copies)


def _shadow_hole(service: Service, copy: Copy, year: Sum | None, people: list[Actor], copies: list[Copy]) -> Hole:
    lang = service.language
    total, heads = people_of(service, people)
    mark = "†" if year is not None and "†" in year.shown else ""
    evidence: list[Evidence] = [Quotation((copy.step.source, *(c.step.source for c in copies if c is not copy)))]
    slots = {"copy": copy.name, "item": copy.name, "kept": _kept(copy, lang), "what": _what(service, copy)}
    if _typed_in(service, copy.step):
        slots["typed"] = pick(lang, "옮겨 적고 나면", "once typed in")
    if year is not None:
        slots["year"] = f"{year.value:,.0f}{mark}"
        said = pick(lang, f"한 해에 {slots['year']}줄", f"{slots['year']} lines a year")
        evidence.append(Arithmetic(f"{year.shown} = {slots['year']}", said, year.sources))
    if total > 1:
        slots["people"] = str(total)
    shifts = _shifts(service, people)
    if total > 1 and shifts != str(total):
        who = people[0].name.split("(")[0].strip()
        said = pick(lang, f"그 자리를 거치는 {who}만 적어도 {total}명", f"at least {total} people hold the {who} job")
        evidence.append(Arithmetic(f"{shifts} = {total}", said, heads))
    return find(service, "exposure.shadow_copy", copy.step.id, slots, tuple(evidence))


def _listed(service: Service) -> Iterator[Hole]:
    """A list of people of which only its content is told: what stands on it, and no step that writes it."""
    lang = service.language
    for medium, korean, english, pattern in _MEDIA:
        items = [p for p in service.personal_data if p.medium == medium and not _goes_along(p.source.text, pattern)]
        if not items or medium == "chat" or end_stated(service, (korean, english, medium, *_named(pattern, items))):
            continue
        name = pick(lang, korean, english)
        what = pick(lang, "·", " and ").join(dict.fromkeys(p.item for p in items))
        slots = {"copy": name, "item": what, "what": what, "kept": _KEPT_AS[medium] if lang == "en" else name}
        evidence = (Quotation(tuple(dict.fromkeys(p.source for p in items))),)
        yield find(service, "exposure.shadow_copy", medium, slots, evidence)
        return


def _named(pattern: re.Pattern[str], items: list[Personal]) -> list[str]:
    return [found.lower() for p in items for found in pattern.findall(p.source.text)]


def _kept(copy: Copy, lang: Lang) -> str:
    return _KEPT_AS[copy.medium] if lang == "en" else copy.name


def _what(service: Service, copy: Copy) -> str:
    """What stands on the copy: the data that the description puts there, else where it comes from."""
    lang, step = service.language, copy.step
    items = [p.item for p in service.personal_data if p.medium == copy.medium]
    if items:
        return pick(lang, "·", " and ").join(dict.fromkeys(items))
    if _called_in(service, step):
        return pick(lang, "전화로 받은 내용", "what is taken by phone")
    return pick(lang, f"‘{step.known.label(lang)}’ 내용", f"what is noted at “{step.known.label(lang)}”")


def _called_in(service: Service, step: Step) -> bool:
    """Whether somebody of ours writes down what comes by telephone."""
    if step.actor is not None and step.actor.role is Role.CUSTOMER:
        return False
    return step.via == "phone" or _BY_PHONE.search(step.source.text) is not None or _phone_before(service, step)


def _private_devices(service: Service, copy: Copy, people: list[Actor]) -> Hole:
    lang = service.language
    total, _ = people_of(service, people)
    sources = [copy.step.source] + [m.source for m in service.mentions if m.concept in ("chat", "photo")]
    near = [s for s in sources if s.place.line == copy.step.source.place.line or s is copy.step.source]
    slots = {
        "work": copy.step.known.label(lang),
        "item": copy.name,
        "who": people[0].name.split("(")[0].strip() if people else pick(lang, "직원", "staff"),
        "people": str(total) if total > 1 else "",
    }
    evidence = (Quotation(tuple(dict.fromkeys(near))),)
    return find(service, "exposure.private_devices", copy.step.id, {k: v for k, v in slots.items() if v}, evidence)


def _shifts(service: Service, people: list[Actor]) -> str:
    """The sum of the shifts, over the places where the numbers are for each."""
    counted = [a for a in people if a.count is not None]
    inner = " + ".join(str(a.count.value) for a in counted if a.count)
    if service.sites is None or service.sites.value == 1 or not all(a.per_site for a in counted):
        return inner
    return f"({inner}) × {service.sites.value}" if len(counted) > 1 else f"{inner} × {service.sites.value}"


def _copy(service: Service, step: Step) -> Copy | None:
    if step.source.basis == "assumed":
        return None
    text = f"{step.name} {step.source.text}"
    for medium, korean, english, pattern in _MEDIA:
        if pattern.search(text):
            words = (korean, english, medium, *(m.lower() for m in pattern.findall(text)))
            return None if end_stated(service, words) else Copy(step, medium, pick(service.language, korean, english))
    return None


def _typed_in(service: Service, step: Step) -> bool:
    """Whether what stands on the copy is entered into the system afterwards."""
    for flow in service.flows:
        if step in flow.steps:
            index = flow.steps.index(step)
            after = [s for s in flow.steps[index : index + 2] if s is step or s.kind in ("sync", "record", "transmit")]
            return any(_TYPED_IN.search(f"{s.name} {s.source.text}") for s in after)
    return False


def _a_year(service: Service, copy: Copy) -> Sum | None:
    """Lines a year: the cases that go by telephone where it is about calls, all cases where each passes; None where neither is known."""
    cases = paid_cases(service)
    if cases is None or copy.medium in ("fax", "chat"):
        return None
    days = business_days(
        a for a in stated_performers(service, copy.step.kind, copy.step) if a.role is not Role.CUSTOMER
    )
    shown, share, sources = format_number(cases.value), 1.0, [cases.source]
    if _called_in(service, copy.step):
        rate = _phone_rate(service)
        share = rate.share.value if rate else PHONE_SHARE
        shown += f" × {format_share(share, service.language)}{'' if rate else '†'}"
        sources += [rate.source] if rate else []
    elif copy.step.kind not in _ARRIVAL:
        return None
    return Sum(cases.value * share * days, f"{shown} × {days}", tuple(sources))


def _phone_before(service: Service, step: Step) -> bool:
    """Whether the step writes down what came by telephone just before."""
    for flow in service.flows:
        if step in flow.steps:
            index = flow.steps.index(step)
            return index > 0 and flow.steps[index - 1].via == "phone"
    return False


def _phone_rate(service: Service) -> Rate | None:
    return next((r for r in service.rates if r.kind in ("channel", "share") and _BY_PHONE.search(r.subject)), None)


def piles_up(service: Service) -> Iterator[Hole]:
    """A datum taken from each case that is needed only while the case lasts, with no stated end: records a year against those in use."""
    cases = paid_cases(service)
    for item in service.personal_data if cases is not None else ():
        step = _collected_at(service, item)
        if (
            step is None
            or item.medium in ("camera", "spreadsheet", "paper")
            or end_stated(service, stems_of(item.item))
        ):
            continue
        assert cases is not None
        lang, coming, house = service.language, coming_share(service), full_house(service)
        year = cases.value * coming.value * 365
        now = house.value if house is not None else cases.value * coming.value
        shown = (
            f"{format_number(cases.value)} × ({coming.shown}) × 365 = {year:,.0f}"
            if coming.sources
            else f"{format_number(cases.value)} × 365 = {year:,.0f}"
        )
        evidence: list[Evidence] = [
            Quotation((item.source, step.source)),
            Arithmetic(
                shown, pick(lang, f"한 해에 {year:,.0f}건", f"{year:,.0f} a year"), (cases.source, *coming.sources)
            ),
        ]
        if house is not None:
            evidence.append(
                Arithmetic(
                    f"{house.shown} = {now:,.0f}",
                    pick(lang, f"만실에 쓰이는 것은 {now:,.0f}건", f"{now:,.0f} in use when full"),
                    house.sources,
                )
            )
        slots = {"item": item.item, "step": step.title(lang), "year": f"{year:,.0f}", "now": f"{now:,.0f}"}
        yield find(service, "exposure.piles_up", step.id, slots, tuple(evidence))
        return


def _collected_at(service: Service, item: Personal) -> Step | None:
    """The step that takes the datum from each case: it names it, or stands in the words that name it."""
    word = item.item.replace(" ", "").lower()
    steps = [s for s in service.steps(*_COLLECT) if s.source.basis != "assumed"]
    named = next((s for s in steps if word in f"{s.name}{s.source.text}".replace(" ", "").lower()), None)
    inside = (
        s
        for s in steps
        if len(s.source.text) > 3 and s.source.text in item.source.text and s.kind in ("verify", "record")
    )
    return named or next(inside, None)


def recordings(service: Service) -> Iterator[Hole]:
    """Cameras without a word on how long recordings stay and who takes them out."""
    camera = next((p for p in service.personal_data if p.medium == "camera"), None)
    if camera is None or end_stated(service, stems_of("CCTV 영상") + stems_of("camera footage")):
        return
    lang = service.language
    watch = next((a for a in service.people if a.source.text == camera.source.text or _watches(a.source.text)), None)
    places = service.sites.value if service.sites and service.sites.value > 1 else 1
    evidence: list[Evidence] = [Quotation((camera.source,))]
    slots = {"item": noun_phrase(camera.item, lang) or camera.item, "places": str(places) if places > 1 else ""}
    if watch is not None:
        slots["watch"] = watch.name
        slots["watch_count"] = str(watch.count.value) if watch.count else ""
    if service.sites is not None and places > 1:
        month = places * 24 * 30
        slots["month"] = f"{month:,}"
        said = pick(
            lang,
            f"지점마다 한 대†만 녹화해도 한 달 {month:,}시간",
            f"one camera† a place records {month:,} hours a month",
        )
        evidence.append(Arithmetic(f"{places} × 24 h × 30 = {month:,} h", said, (service.sites.source,)))
    yield find(service, "exposure.recordings", "camera", {k: v for k, v in slots.items() if v}, tuple(evidence))


def _watches(text: str) -> bool:
    return re.search(r"CCTV|카메라|관제|camera|footage", text, re.I) is not None
