"""From the words of one link or sentence to steps: kind, who, with whom, on what, within what time, by which way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opslead.intake import lexicon
from opslead.intake.amounts.quantities import Measure, Sort, find
from opslead.intake.flow.acts import Act
from opslead.intake.page.passages import Passage
from opslead.intake.people.cast import TO_SOMEBODY, Cast, object_of
from opslead.model.document import Said, StepText
from opslead.model.steps import STEP_KINDS, Role
from opslead.text import noun_phrase

_HANGUL = re.compile(r"[가-힣]")
_BY_HAND = frozenset({"phone", "fax", "spreadsheet", "paper"})
_TIMED = frozenset({"hold", "expire", "accept", "review", "approve", "pay_in", "payout", "refund", "deliver", "verify"})
_ON_SPOT = re.compile(r"현장|현금|오프라인|대면|계좌\s?이체|cash|in person|on site", re.I)
_SENT = re.compile(r"알림|톡|문자|메일|푸시|발송|전송|공지|e-?mail|sms|push|text|notification|sent", re.I)
_ARRIVES = re.compile(r"arriv|도착", re.I)
_IS_TOLD = re.compile(r"(?:gets?|receives?)\b", re.I)
_MAX_NAME, _MAX_QUOTE = 60, 140


@dataclass(frozen=True)
class Words:
    """The words about one step. `text` names it, `around` says more, `actor` is who it falls to unless they say."""

    text: str
    passage: Passage
    around: str = ""
    actor: str = ""
    when: str = ""
    told: bool = False
    """Whether `actor` is the subject of the sentence, not merely who did the link before."""
    spoken: bool = False
    """Whether `actor` is somebody on the spot, who tells people things in person."""


def step(act: Act, words: Words, cast: Cast, who: str = "") -> StepText:
    """The step an act is. `who` names somebody (a column, a bracket) before the words themselves are asked."""
    about = f"{words.text}; {words.around}" if words.around else words.text
    at = str(words.passage.place)
    measures = find(about)
    hours = next((m.text for m in measures if m.sort is Sort.HOURS), words.when)
    via = _via(about, act.kind)
    actor = (cast.named(who, hours) if who else "") or _actor(words, act, cast, hours)
    partner = _partner(about, act.kind, cast)
    given = quote(words.text)
    return StepText(
        kind=_kind(act, actor, partner, cast),
        name=_name(words.text, act),
        actor=actor,
        partner=partner,
        resource=cast.resource(words.text),
        within=_within(measures, act, given, at),
        when=Said(value=hours, given=given, at=at)
        if hours and STEP_KINDS[act.kind].performer is not Role.SYSTEM
        else None,
        manual=_manual(about, via),
        via=via,
        given=given,
        at=at,
    )


def _kind(act: Act, actor: str, partner: str, cast: Cast) -> str:
    """The kind of the act with who does it: a groomer who arrives at the customer's door begins, nobody is checked in; and
    what `carrier picks up` is shipped, nobody queues for it."""
    if act.kind == "check_in" and _ARRIVES.match(act.word) and cast.at_work(actor):
        return "start"
    carried = any(p.name == partner and p.kind == "carrier" for p in cast.partners)
    return "ship" if act.kind == "pick_up" and carried and not actor and act.word.isascii() else act.kind


def _actor(words: Words, act: Act, cast: Cast, hours: str) -> str:
    # in Korean the subject may stand after the object that names the step: `환불은 점주가 처리한다`
    reach = len(words.text) if _HANGUL.search(act.word) else act.end
    subject = cast.subject(words.text, reach, reach, hours, act)
    if act.kind == "notify" and _IS_TOLD.match(act.word):
        return ""  # `the applicant gets an e-mail`
    if subject and not for_them(subject, act, cast):
        return subject
    if "served" in lexicon.keys(words.text, "step_marks"):
        return next((a.name for a in cast.actors if a.role is Role.CUSTOMER), "")
    named = _beside(words.text, act, cast, hours)
    if not named and STEP_KINDS[act.kind].performer is not Role.SYSTEM:
        named = cast.subject(words.around, len(words.around), when=hours)
    if named:
        return named
    if cast.somebody_else(words.text) or not _does(words, act):
        return ""
    return words.actor if cast.may_do(words.actor, act.kind) else ""


_PACKS = re.compile(r"포장|패킹|피킹|출고|출하")


def for_them(subject: str, act: Act, cast: Cast) -> bool:
    """Whether the subject is whom the work is done for: `알레르기 있는 고객은 따로 포장`."""
    customers = {a.name for a in cast.actors if a.role is Role.CUSTOMER}
    return subject in customers and (act.kind == "make" or bool(_PACKS.search(act.word)))


def _does(words: Words, act: Act) -> bool:
    """Whether a step without a subject falls to whoever did the step before: not what the system does by itself."""
    if act.kind == "notify":
        return words.spoken and not _SENT.search(words.text)
    if act.kind in TO_SOMEBODY and act.kind != "record":
        return words.told
    paying = act.kind in ("charge", "authorize", "hold") and not words.spoken
    return STEP_KINDS[act.kind].performer is not Role.SYSTEM or paying


def _beside(text: str, act: Act, cast: Cast, hours: str) -> str:
    """Somebody named in brackets, or at the beginning of a link: `예약 확정 (판매자)`, `Provider accepts`, `마트 주문 접수`."""
    for bracket in re.findall(r"[(（]([^()（）]{1,30})[)）]", text):
        if name := cast.named(bracket, hours):
            return name
    first = cast.mentions(text, hours)[:1]
    if (
        not first
        or first[0].start > 2
        or object_of(text, first[0], act)
        or (act.kind in TO_SOMEBODY and not first[0].acts)
    ):
        return ""
    return first[0].actor if text[first[0].end : first[0].end + 1] == " " else ""


def _partner(about: str, kind: str, cast: Cast) -> str:
    if STEP_KINDS[kind].partner == "payment" and _ON_SPOT.search(about):
        return ""
    return cast.partner(about, kind)


def _via(text: str, kind: str) -> str:
    found = lexicon.keys(text, "vias")
    usable = [via for via in found if via != "api" or STEP_KINDS[kind].partner]
    return usable[0] if usable else ""


def _manual(text: str, via: str) -> bool | None:
    marks = lexicon.keys(text, "step_marks")
    if via in _BY_HAND or "manual" in marks:
        return True
    return False if "automatic" in marks or "served" in marks else None


def _within(measures: tuple[Measure, ...], act: Act, given: str, at: str) -> Said | None:
    nearest = sorted(measures, key=lambda m: min(abs(act.start - m.end), abs(m.start - act.end)))
    for measure in nearest:  # "15분 슬롯 5분 선점": the five minutes are the hold's
        if measure.sort is not Sort.DURATION or measure.per or measure.relation in ("every", "before"):
            continue
        if measure.value.endswith(("second", "seconds", "초", " s")) and act.kind != "hold":
            continue  # how long it takes somebody, not by when it must be done
        if measure.relation == "within" or (act.kind in _TIMED and measure.relation in ("", "after")):
            return Said(value=measure.value, given=given, at=at)
    return None


def _name(text: str, act: Act) -> str:
    """The words of a link without its brackets, shortened at a word; of a Korean clause the noun that names the act in it."""
    plain = re.sub(r"\s*[(（\[][^()（）\[\]]*(?:[)）\]]|$)", "", text).strip(' .;,:"') or text
    if _HANGUL.search(act.word):
        plain = _MANNER.sub("", plain) or plain
        if not noun_phrase(plain, "ko"):
            return _called(text, act) or clip(plain, _MAX_NAME)
    return clip(plain, _MAX_NAME)


_MANNER = re.compile(r"^(?:(?:바로|즉시|곧바로|곧장|그러면|먼저|다시)\s)+")
_VERB_TAIL = re.compile(r"(?:[을를]\s)?(?:받[가-힣]?|하[가-힣]?|한다?|해서?|합|했다?|되[가-힣]?|된다?)$")
_NOUN = re.compile(r"(?:[입출신공보광]고|인가|허가|안내|반려)$")
_NO_NOUN = re.compile(
    r"[을를에로가](?:\s|$)|(?:깎아|거둬|세어|맞춰 ?[보봄]?|나르|해 판|들인|적|주|준|줍|본|고|며|면|다|는|내|낸|받|간|가|쓰|해|푼|둔|두|넣|놓|드|네|러|려|꿔|기면|들이)$"
)
_OBJECT = re.compile(r"(?<![가-힣A-Za-z])(?!이를|그를|것을|무엇을)([가-힣A-Za-z]{2,8})[을를]\s$")


def _called(text: str, act: Act) -> str:
    """The noun of an act told by a verb, with its object: `수거를 신청하고` is `수거 신청`; empty where the verb is no noun's."""
    noun = _VERB_TAIL.sub("", act.word).strip()
    if len(noun) < 2 or (_NO_NOUN.search(noun) and not _NOUN.search(noun)):
        return ""
    if act.kind == "check_in" and noun.endswith("확인"):
        return ""  # what is done on arrival and not what it is: the day on which `예약자 확인` is impossible is no day that anybody speaks of
    thing = _OBJECT.search(text, 0, act.start)
    return f"{thing[1]} {noun}" if thing and " " not in noun and thing[1] != noun else noun


def quote(text: str) -> str:
    return clip(" ".join(text.split()), _MAX_QUOTE)


def clip(text: str, most: int) -> str:
    """The text, or its beginning up to the last whole word that fits."""
    if len(text) <= most:
        return text
    cut = text[: most + 1].rsplit(" ", 1)[0]
    return (cut if len(cut) > most // 2 else text[:most]).rstrip(" ,;:·-(")
