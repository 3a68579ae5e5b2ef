"""Ways out of a flow other than its end: cancellation, no-show, return, expiry, rejection, dispute, with their ladders.

A ladder may stand in a sentence, a list, a table, or a section whose heading is the case (`Applicant cancels < 24h before`)
and whose items say what happens. Exits of one kind and one person from one place of the page are one exit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from opslead.intake.amounts.frames import Scene, scene_of
from opslead.intake.amounts.ladders import Rung, rungs
from opslead.intake.amounts.quantities import Sort, find
from opslead.intake.page.passages import Form, Passage
from opslead.model.document import ActorText, ExitText, Said, TierText
from opslead.model.steps import Role
from opslead.text import detect

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        ("no_show", r"노쇼|미방문|불참|no-?\s?shows?\b|(?:do(?:es)?|did) ?n[o']t show up"),
        ("dispute", r"분쟁|이의\s?(?:제기|신청)|\bdisput(?:e|es|ed)\b|chargeback"),
        (
            "return",
            r"반품|교환|회수\s?신청|\breturn(?:s|ed)? (?:policy|window|period|request|the (?:item|product|goods))"
            r"|\breturns\b|product return",
        ),
        (
            "expire",
            r"자동\s?(?:취소|만료|소멸)|미입금|기한\s?만료|시간\s?초과|auto-?\s?(?:cancel|expir|declin)"
            r"|automatic(?:ally)? (?:cancel|expir|declin)\w*|\bexpires?\b|\blapses?\b",
        ),
        ("reject", r"거절|반려|승인\s?거부|\breject(?:s|ed|ion)?\b|\bdeclin(?:e|es|ed)\b"),
        ("cancel", r"취소|캔슬|\bcancel"),
        ("reschedule", r"(?:예약|일정|날짜|시간)\s?(?:변경|수정)|\breschedul"),
        ("pause", r"일시\s?정지|일시\s?중지|\bpaus(?:e|es|ed|ing)\b"),
        ("damage", r"파손|분실|훼손|damage(?:s|d)? (?:claim|report|item)|lost (?:item|goods|parcel)"),
        ("terminate", r"중도\s?해지|해지|\bterminat|unsubscribe"),
        ("refund", r"환불|환급|\brefund"),
    )
)
_LADDER = re.compile(r"취소|환불|위약금|노쇼|반품|해지|\bcancel|\brefund|no-?show|penalt", re.I)
_CHARGED = re.compile(r"위약금|수수료|공제|부과|penalt|\bfee|charge|deduct", re.I)
_PAID_BACK = re.compile(r"환불|환급|반환|refund|paid back", re.I)
_NO_EXIT = re.compile(
    r"API|endpoint|엔드포인트|버튼|button|화면|screen|schema|데이터\s?모델|상태\s?코드|table|/[a-z]+/|사유\s?(?:입력|기록|선택)"
    r"|dashboard|modal",
    re.I,
)
_UNTIL_KO = re.compile(r"(?P<until>[가-힣A-Za-z_ ]{2,24}?)\s?(?:이전|전)(?:까지)(?:만)?(?=[\s)는]|$)")
_UNTIL_EN = re.compile(
    r"\bcancel\w*\b[^.;]{0,40}?\b(?P<until>(?:until|before|prior to)\s(?:the\s)?[A-Za-z][A-Za-z' ]{2,40})", re.I
)
_BARE = re.compile(
    r"(?:예약|일정)\s?변경|일시\s?정지|해지|reschedul\w*|\bpause\b|취소\s?(?:가능|할 수|처리|요청|신청|시)|(?:can|may|able to"
    r"|could) (?:\w+ )?cancel|cancell?ations?\b|cancels\b|노쇼|no-?shows?\b|반품|분쟁|이의\s?(?:제기|신청)|환불|거절|미입금"
    r"|\bdisputes?\b|declin|reject",
    re.I,
)


_NAMES = {
    "no_show": ("노쇼", "No-show"), "dispute": ("이의 제기", "Dispute"), "return": ("반품", "Return"),
    "expire": ("만료", "Expiry"), "reject": ("거절", "Rejection"), "reschedule": ("일정 변경", "Rescheduling"), "pause": ("일시정지", "Pause"),
    "damage": ("파손·분실", "Damage or loss"), "cancel": ("취소", "Cancellation"),
    "terminate": ("해지", "Termination"), "refund": ("환불", "Refund"),
}  # fmt: skip
_REJECTED = re.compile(
    r"주문|예약|요청|신청|배차|호출|매칭|booking|order|request|reservation|appointment|\bjob|application", re.I
)


@dataclass(frozen=True)
class _Way:
    """One way out as found at one place; `spans` are the parts of the passage that its tiers use."""

    kind: str
    name: str
    by: str
    passage: Passage
    rungs: tuple[Rung, ...] = ()
    within: str = ""
    spans: tuple[tuple[Passage, int, int], ...] = ()
    column: str = ""
    origins: tuple[Passage, ...] = ()
    """The passages of the rungs, in their order, where they stand in several."""


def exits(passages: Sequence[Passage], actors: Sequence[ActorText] = ()) -> tuple[ExitText, ...]:
    """Every way out that the passages describe. `by` names one of the actors, empty where the text names none of them."""
    ways = list(_ladders(passages, actors))
    known = {way.kind for way in ways}
    for way in _bare(passages, actors):
        if way.kind not in known:
            known.add(way.kind)
            ways.append(way)
    korean = detect(" ".join(passage.text for passage in passages)) == "ko"
    served = {a.name for a in actors if a.role is Role.CUSTOMER}
    ways = [_called_off(way, korean) if way.by and way.by not in served else way for way in ways]
    ours = [way for way in ways if way.kind == "cancel" and way.by and way.by not in served]
    return tuple(_written(way, korean) for way in _merged([way for way in ways if way not in ours] + ours))


def _called_off(way: _Way, korean: bool) -> _Way:
    """The service's own cancellation pays back whenever it comes: `전날 저녁에 사장님이 취소할 수 있고 전액 환불` is no customer's rung."""
    if way.kind != "cancel" or len(way.rungs) != 1 or not way.rungs[0].until.startswith("D-"):
        return way
    words = f"{way.by} 취소" if korean else f"cancelled by the {way.by}"
    return replace(way, rungs=(replace(way.rungs[0], until=words),))


def ladder_spans(passages: Sequence[Passage]) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """By place and text of a passage, the stretches of it that belong to a ladder."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for way in _ladders(passages, ()):
        for passage, start, end in way.spans:
            key = str(passage.place) + passage.text
            found[key] = (*found.get(key, ()), (start, end))
    return found


def _ladders(passages: Sequence[Passage], actors: Sequence[ActorText]) -> Iterator[_Way]:
    for index, passage in enumerate(passages):
        if passage.form is Form.HEADING:
            yield from _section(passages, index, actors)
            continue
        context = " ".join((*passage.headings[-2:], passage.label, *passage.header))
        if not _LADDER.search(passage.text) and not _LADDER.search(context):
            continue
        head = " ".join(passage.header)
        charged = bool(_CHARGED.search(head)) and not _PAID_BACK.search(head)
        charged = charged or (
            not _PAID_BACK.search(passage.text)
            and bool(re.search(r"위약금|취소\s?수수료|penalt|cancellation fee", context, re.I))
            and not _PAID_BACK.search(context)
        )
        in_ladder = bool(_LADDER.search(context))
        columns = _columns(passage, charged) if passage.form is Form.ROW and in_ladder else ()
        if columns:
            yield from _per_column(passage, columns, actors)
            continue
        if passage.form is Form.ROW:
            found = _row_rungs(passage, charged, in_ladder)
        else:
            found = rungs(passage.text, charged=charged, in_ladder=in_ladder)
        if found:
            yield from _from_rungs(passage, found, actors)
        else:
            yield from _bounded(passage, actors)


def _columns(passage: Passage, charged: bool) -> tuple[tuple[str, Rung], ...]:
    """The rungs of a row with a column of outcomes for each season or class; nothing unless two columns have one."""
    if len(passage.cells) < 3 or len(passage.header) < len(passage.cells):
        return ()
    found = []
    for head, cell in zip(passage.header[1:], passage.cells[1:], strict=False):
        own = rungs(f"{passage.cells[0]} : {cell}", charged=charged, in_ladder=True) if cell and len(cell) < 24 else ()
        found += [(head, own[0])] if own else []
    return tuple(found) if len(found) > 1 else ()


def _per_column(passage: Passage, columns: tuple[tuple[str, Rung], ...], actors: Sequence[ActorText]) -> Iterator[_Way]:
    for head, rung in columns:
        way = next(iter(_from_rungs(passage, (rung,), actors)))
        spans = ((passage, 0, len(passage.text)),)
        yield replace(way, name=f"{way.name} ({head})", column=head, spans=spans)


def _row_rungs(passage: Passage, charged: bool, in_ladder: bool) -> tuple[Rung, ...]:
    """The rungs of a row: its first cells up to the one that says what is paid back, without the remarks behind."""
    cells = [cell for cell in passage.cells if cell]
    for count in range(2, len(cells) + 1):
        found = rungs(" : ".join(cells[:count]), charged=charged, in_ladder=in_ladder)
        if found:
            return found
    return ()


def _from_rungs(passage: Passage, found: tuple[Rung, ...], actors: Sequence[ActorText]) -> Iterator[_Way]:
    kind = _kind(passage)
    if kind == "refund" and any(re.match(r"D-|\d+(?:\.\d+)?[hm]$|before_start", rung.until) for rung in found):
        kind = "cancel"
    spans = tuple((passage, rung.start, rung.end) for rung in found if rung.share)
    within = next((rung.within for rung in found if rung.within), "")
    yield _Way(kind, _name(passage), _by(passage, actors), passage, found, within, spans)
    for other, prefix in (("no_show", "no_show"), ("weather", "weather")):
        own = tuple(rung for rung in found if rung.until.startswith(prefix))
        if own and kind != other:
            yield _Way(
                other, passage.text[own[0].start : own[0].end].strip(" :·-|").replace(" | ", ": "), "", passage, own
            )


def _section(passages: Sequence[Passage], index: int, actors: Sequence[ActorText]) -> Iterator[_Way]:
    """A heading that is a case of its own, with what follows under it."""
    heading = passages[index]
    if not _is_case(heading.text):
        return
    body = []
    for passage in passages[index + 1 :]:
        if passage.form is Form.HEADING or not passage.headings or heading.text not in passage.headings:
            break
        body.append(passage)
    text = re.sub(r"^[\d.]+\s+", "", heading.text)
    found = []
    for passage in body[:8]:
        found = [
            replace(rung, start=0, end=len(heading.text)) for rung in rungs(f"{text}: {passage.text}", in_ladder=True)
        ]
        if found:
            break
    if not found and not body:
        return
    condition = next((m for m in find(text) if m.sort is Sort.DURATION), None)
    kind = _kind_of(text) or "cancel"
    outcome = found[0] if found else _plain_outcome(text, body)
    tiers = (outcome,) if outcome else ()
    within = condition.value if condition and condition.relation != "before" else ""
    spans = ((heading, 0, len(heading.text)),) if tiers and condition and condition.relation == "before" else ()
    yield _Way(kind, text, _by(heading, actors), heading, tiers, within, spans)


def _is_case(heading: str) -> bool:
    """Whether a heading tells what happens (`No-show by provider`) and does not merely name a feature."""
    text = re.sub(r"^[\d.]+\s+", "", heading)
    if not _kind_of(text) or _NO_EXIT.search(text) or len(text) > 70:
        return False
    return bool(
        re.search(
            r"\bby\b|\bcancels\b|\d|no-?show|does ?n[o']t|declines|rejects|filed|\bif\b|when|시$|경우|노쇼|않|미입금|초과"
            r"|불참",
            text,
            re.I,
        )
    )


_FULL = re.compile(r"전액\s?환불|full refund|refunded in full", re.I)
_NONE = re.compile(r"환불\s?(?:불가|없음)|no refund|forfeit", re.I)


def _plain_outcome(text: str, body: list[Passage]) -> Rung | None:
    """What a case pays back where its heading names no time: the case itself is the condition."""
    for passage in body[:6]:
        for pattern, share in ((_NONE, "0%"), (_FULL, "100%")):
            if pattern.search(passage.text):
                return Rung(text, share, 0, len(text))
    return None


def _bounded(passage: Passage, actors: Sequence[ActorText]) -> Iterator[_Way]:
    """A point of the process up to which cancelling is possible (`조리 시작 전까지 취소 가능`)."""
    text = passage.text
    if not re.search(r"취소|cancel", f"{text} {passage.label}", re.I) or len(text) > 400:
        return
    for pattern in (_UNTIL_KO, _UNTIL_EN):
        match = pattern.search(text)
        counted = match is not None and text[: match.start()].rstrip()[-1:].isdigit()  # `2시간 전까지` is a length
        if match and not counted and not find(match.group("until")):
            words = match.group("until").strip()
            if pattern is _UNTIL_KO:
                words = re.sub(r"^.*취소(?:는|은|를|을)?\s+", "", words.lstrip("-·* ")) + " 전"
            until = Rung(words, "", match.start(), match.end())
            yield _Way("cancel", _name(passage), _by(passage, actors), passage, (until,))
            return


def _bare(passages: Sequence[Passage], actors: Sequence[ActorText]) -> Iterator[_Way]:
    """Ways out that the text only mentions."""
    title = next((p.text for p in passages if p.form is Form.HEADING and p.depth == 1), "")
    for passage in passages:
        headings = tuple(h for h in passage.headings if h != title)
        if scene_of(headings, passage) is not Scene.RULES or re.search(r"→|->|=>", passage.text):
            continue
        if passage.form in (Form.HEADING, Form.CODE) or _NO_EXIT.search(
            " ".join((*passage.headings[-2:], passage.text))
        ):
            continue
        for match in _BARE.finditer(passage.text):
            kind = _kind_of(match.group())
            if kind == "reject" and not _REJECTED.search(passage.text):
                continue
            if kind and kind != "refund":
                within = _within(passage, match)
                yield _Way(kind, _name(passage), _by(passage, actors), passage, (), within)


def _within(passage: Passage, match: re.Match[str]) -> str:
    near = passage.text[max(0, match.start() - 40) : match.end() + 40]
    return next((m.value for m in find(near) if m.sort is Sort.DURATION and m.relation == "within"), "")


def _kind(passage: Passage) -> str:
    for text in (passage.label, *passage.header, passage.text, *reversed(passage.headings[-3:])):
        kind = _kind_of(text)
        if kind and kind not in ("refund", "reject", "reschedule", "pause", "damage"):
            return kind
    return "cancel" if re.search(r"전|before|D-", passage.text) else "refund"


def _kind_of(text: str) -> str:
    """The kind whose word comes first in the text; the more telling kind where two begin together."""
    found = [
        (match.start(), order, kind) for order, (kind, pattern) in enumerate(_KINDS) if (match := pattern.search(text))
    ]
    return min(found)[2] if found else ""


def _name(passage: Passage) -> str:
    if passage.label and (_kind_of(passage.label) or not re.search(r"\d|전$|후$|당일", passage.label)):
        return passage.label
    if passage.cells and _kind_of(passage.cells[0]) and not re.search(r"\d|\|", passage.cells[0]):
        return passage.cells[0][:80]
    if passage.form is Form.ROW or (passage.form is Form.PROSE and len(passage.text) > 60):
        korean = bool(re.search("[가-힣]", passage.text))
        return _NAMES[_kind(passage)][0 if korean else 1]
    text = (
        passage.text
        if not passage.label and len(passage.text) <= 60
        else next((h for h in reversed(passage.headings) if _kind_of(h)), passage.text)
    )
    return re.sub(r"^[\d.]+\s+|\s*\([^()]*/[a-z][^()]*\)", "", text)[:80].strip()


def _by(passage: Passage, actors: Sequence[ActorText]) -> str:
    """The actor whose name stands first in the passage, else in the headings above it."""
    for text in (passage.text, *reversed(passage.headings[-2:])):
        found = []
        for actor in actors:
            for name in {actor.name, *re.findall(r"[가-힣A-Za-z ]{2,}", actor.name)}:
                position = text.lower().find(name.strip().lower())
                if position >= 0 and len(name.strip()) > 1:
                    found.append((position, -len(name), actor.name))
        if found:
            return min(found)[2]
    return ""


def _merged(ways: list[_Way]) -> list[_Way]:
    """Ways of one kind, person and block of the page as one, with all their rungs."""
    kept: dict[tuple[object, ...], _Way] = {}
    for way in ways:
        heading, row = way.passage.form is Form.HEADING, way.passage.form is Form.ROW
        block = way.passage.text if heading else (*way.passage.headings[-1:], way.passage.group if row else 0)
        key = (way.kind, way.by, block, way.column)
        if key in kept:
            first = kept[key]
            shares = {rung.until: rung.share for rung in first.rungs}
            if any(shares.get(rung.until, rung.share) != rung.share for rung in way.rungs):
                kept[(*key, way.passage.text)] = way  # another person's case, or another rule
                continue
            known = {(rung.until, rung.share) for rung in first.rungs}
            more = tuple(rung for rung in way.rungs if (rung.until, rung.share) not in known)
            origins = (first.origins or (first.passage,) * len(first.rungs)) + (way.passage,) * len(more)
            kept[key] = replace(
                first,
                rungs=first.rungs + more,
                within=first.within or way.within,
                spans=first.spans + way.spans,
                origins=origins,
            )
        else:
            kept[key] = way
    return list(kept.values())


_UNTIL_WORDS = {
    "before_start": ("시작 전", "before the start"), "after_start": ("시작 후", "after the start"), "no_show": ("노쇼", "no-show"),
    "same day": ("당일", "same day"), "weather": ("기상 악화", "bad weather"),
}  # fmt: skip


def until_words(until: str, korean: bool) -> str:
    """The condition of a rung as a reader understands it; `D-7` and lengths of time stay as they are."""
    kind, _, told = until.partition(":")
    if kind in ("weather", "fault") and told.strip():
        return told.strip()
    return _UNTIL_WORDS[kind][0 if korean else 1] if kind in _UNTIL_WORDS else until


def _written(way: _Way, korean: bool) -> ExitText:
    passage = way.passage
    at = str(passage.place)
    given = passage.text[:160]
    origins = way.origins or (passage,) * len(way.rungs)
    tiers = tuple(_tier(rung, origin, korean) for rung, origin in zip(way.rungs, origins, strict=True))
    within = Said(value=way.within, given=given, at=at) if way.within else None
    return ExitText(kind=way.kind, name=way.name or way.kind, by=way.by, within=within, tiers=tiers, given=given, at=at)


def _tier(rung: Rung, passage: Passage, korean: bool) -> TierText:
    given, at = passage.text[:160], str(passage.place)
    share = Said(value=rung.share, given=given, at=at) if rung.share else None
    return TierText(until=until_words(rung.until, korean), share=share, given=given, at=at)
