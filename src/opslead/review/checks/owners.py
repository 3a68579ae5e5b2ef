"""owners: two people have the last word on one thing, or two people wait for each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.review.fault import Fault, quoted
from opslead.review.matter import Check, Matter, Passage, step_text
from opslead.spec.document import Policy
from opslead.text import STARTING, pick


@dataclass(frozen=True)
class Word:
    """Who has the last word on what."""

    who: str
    about: frozenset[str]
    passage: Passage


@dataclass(frozen=True)
class Escalation:
    """If `first` does not answer, `then` has it."""

    first: str
    then: str
    passage: Passage


def find(matter: Matter) -> Iterator[Fault]:
    yield from _two_owners(matter)
    for policy in matter.policies:
        yield from _loop(matter, policy)


# --- the last word

_WHO_KO = r"(?P<who>[가-힣A-Za-z]+(?:\s[가-힣]+)??)†?"
_FINAL = (
    re.compile(rf"(?P<about>[가-힣A-Za-z0-9 ·]{{2,30}}?)(?:의|은|는|에 대한)?\s(?:최종|마지막)\s?(?:결정|승인|판단|확정)(?:권자?)?(?:은|는|을|를)?\s{_WHO_KO}(?:이|가|에게)\s?(?:하|내|한|맡|있)"),
    re.compile(rf"(?P<about>[가-힣A-Za-z0-9 ·]{{2,30}}?)(?:은|는|을|를)\s{_WHO_KO}(?:이|가)\s(?:최종|마지막으로)\s?(?:결정|승인|판단|확정)"),
    re.compile(r"(?:the\s)?final (?:decision|say|approval|word) on (?:the\s)?(?P<about>[a-z -]{3,40}?) (?:is made by|lies with|rests with|is with|belongs to|by) (?:the\s)?(?P<who>[a-z -]{2,30}?)(?=[.,;:)]|$)", re.I),
    re.compile(r"(?:the\s)?(?P<who>[a-z -]{2,30}?) (?:has the (?:final|last) (?:say|word)|makes the final decision|finally decides|decides finally) (?:on|about|over) (?:the\s)?(?P<about>[a-z -]{3,40}?)(?=[.,;:)]|$)", re.I),
)  # fmt: skip


_SPEAKS_OF_LAST = re.compile(r"최종|마지막|final|last", re.I)
_SPEAKS_OF_SILENCE = re.compile(r"않으면|무응답|부재|답이 없|answer|reply|respon|react|decide|accept|\bact\b", re.I)
"""Most sentences are passed over by these, which costs less than the patterns."""


def _two_owners(matter: Matter) -> Iterator[Fault]:
    """Statements about the last word whose subjects share all the words of the shorter one, two at least."""
    words = [word for policy in matter.specification.policies for word in _last_words(policy)]
    for index, one in enumerate(words):
        for other in words[index + 1 :]:
            numbers = tuple(dict.fromkeys((one.passage.policy, other.passage.policy)))
            if matter.judged is not None and not matter.judged & set(numbers):
                continue
            shared = one.about & other.about
            if one.who != other.who and len(shared) >= 2 and shared in (one.about, other.about):
                message = pick(
                    matter.language,
                    f"같은 일의 마지막 결정권자가 둘이다: {one.who}, {other.who}",
                    f"two people have the last word on one thing: {one.who}, {other.who}",
                )
                quote = f"{quoted(one.passage.text)} / {quoted(other.passage.text)}"
                yield Fault("owners", numbers, other.passage.field, message, quote, other.passage.line)


def _last_words(policy: Policy) -> Iterator[Word]:
    for passage in _spoken(policy):
        for pattern in _FINAL if _SPEAKS_OF_LAST.search(passage.text) else ():
            for match in pattern.finditer(passage.text):
                about = frozenset(
                    re.sub(r"(?:의|은|는|을|를)$", "", w) for w in match["about"].lower().split() if w not in _SMALL
                )
                yield Word(_name(match["who"]), about, passage)


_SMALL = frozenset(("the", "a", "an", "of", "on", "for", "each", "every", "any"))


# --- who waits for whom

_SILENT_KO = r"(?:답하지|응답하지|받지|처리하지|수락하지|결정하지)\s?않으면|(?:무응답|부재|답이 없)(?:이면|으면)"
_ESCALATES = (
    re.compile(rf"{_WHO_KO}(?:이|가|에게서|의)\s[^.;]{{0,30}}?(?:{_SILENT_KO})[^.;]{{0,12}}?\s(?P<then>[가-힣A-Za-z]+(?:\s[가-힣]+)?)†?(?:에게|이|가|으로|로)(?:\s|$)"),
    re.compile(r"(?:if|when|unless) (?:the\s)?(?P<who>[a-z -]{2,30}?)†? (?:does not|doesn't|do not) (?:answer|reply|respond|act|react|decide|accept)[^.;]{0,40}?(?:to|the case goes to|pages|calls|escalates? to|goes to) (?:the\s)?(?P<then>[a-z -]{2,30}?)†?(?=[.,;:)]|\sis\b|\swho\b|$)", re.I),
    re.compile(r"(?:without|no) (?:an )?(?:answer|reply|response) (?:from|by) (?:the\s)?(?P<who>[a-z -]{2,30}?)†?(?:\s(?:in|within|for)[^.;,]{0,20})?,? (?:it goes to|the case goes to|escalates? to|page|call|goes to) (?:the\s)?(?P<then>[a-z -]{2,30}?)†?(?=[.,;:)]|$)", re.I),
)  # fmt: skip


def _loop(matter: Matter, policy: Policy) -> Iterator[Fault]:
    """A chain of silences within one policy, or in one with the same trigger, that comes back to where it began."""
    steps = [e for one in (policy, *_same_trigger(matter, policy)) for e in _escalations(one)]
    nexts = {step.first: step for step in reversed(steps)}
    for step in steps:
        if step.passage.policy != policy.number:
            continue
        chain, place = [step.first], step
        while place.then not in chain and place.then in nexts:
            chain.append(place.then)
            place = nexts[place.then]
        if place.then in chain and place.then == step.first and step.first == min(chain):
            names = " → ".join([*chain, step.first])
            message = pick(
                matter.language,
                f"답이 없을 때 넘기는 길이 되돌아온다: {names}",
                f"escalation comes back to where it began: {names}",
            )
            numbers = tuple(sorted({policy.number, place.passage.policy}))
            quote = " / ".join(dict.fromkeys((quoted(step.passage.text), quoted(place.passage.text))))
            yield Fault("owners", numbers, step.passage.field, message, quote, step.passage.line)


def _same_trigger(matter: Matter, policy: Policy) -> Iterator[Policy]:
    words = frozenset(re.findall(r"[^\W_]+", policy.trigger.lower()))
    for other in matter.specification.policies:
        others = frozenset(re.findall(r"[^\W_]+", other.trigger.lower()))
        if (
            other is not policy
            and min(len(words), len(others)) >= 3
            and len(words & others) >= 0.8 * min(len(words), len(others))
        ):
            yield other


def _escalations(policy: Policy) -> Iterator[Escalation]:
    for passage in _spoken(policy):
        for pattern in _ESCALATES if _SPEAKS_OF_SILENCE.search(passage.text) else ():
            for match in pattern.finditer(passage.text):
                first, then = _name(match["who"]), _name(match["then"])
                if first and then and first != then:
                    yield Escalation(first, then, passage)


def _spoken(policy: Policy) -> Iterator[Passage]:
    for step in policy.runbook:
        yield Passage(step_text(step), "runbook", policy.number, step.line)
    for text in policy.exceptions:
        yield Passage(text, "exceptions", policy.number, policy.field_lines.get("exceptions", policy.line))


def _name(words: str) -> str:
    """The name without article, dagger and case."""
    bare = re.sub(r"^(?:the|our|an?)\s", "", words.replace(STARTING, "").strip(), flags=re.I)
    return " ".join(bare.lower().split())


CHECK = Check("owners", find)
