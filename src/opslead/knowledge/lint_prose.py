"""What makes the texts of a policy bad although every slot is right: each check yields the place and what is wrong there.

Words are compared by their beginnings, since both languages inflect; a check that only reads words can be wrong, and then the
text is better said another way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from itertools import pairwise

from opslead.knowledge.schema import Pattern, PolicyText, StepLine
from opslead.knowledge.slots import ALWAYS
from opslead.text import Lang, slots_of

Found = tuple[str, str]
"""A place in the policy and what is wrong there."""

_PEOPLE = ALWAYS - {"customer", "case", "service", "system"}
_NOBODY = frozenset({"case", "service", "system"})
STARTING_NUMBER = re.compile(r"\{(?:q\.[\w.]+)?~([^{}:]*)(?::[^{}]*)?\}")
SLOT = re.compile(r"\{[^{}]*\}")

_ALARM: Mapping[Lang, re.Pattern[str]] = {
    "ko": re.compile(r"알림|알람|알린|호출|통보"),
    "en": re.compile(r"\b(?:alert|alarm|page|call|notif|tell|inform)", re.I),
}
_WINDOW: Mapping[Lang, re.Pattern[str]] = {
    "ko": re.compile(
        r"분|시간|시각|일|주|월|달|년|근무|밤|새벽|하루|오늘|당일|매|연속|회차|마다|동안|즉시|당|중|철|교대|때"
    ),
    "en": re.compile(
        r"\b(?:min|minutes?|h|hours?|hourly|days?|daily|nights?|weeks?|weekly|months?|monthly|years?|quarters?|shifts?|seasons?|rounds?"
        r"|each|every|per|any|once|open|still|s|seconds?|working days?|in a row|after|before|while|during|when|at|within|running|rolling|today)\b"
    ),
}
"""Words that say over what time a number is taken."""


def alarms(pattern: Pattern, policy: PolicyText, lang: Lang) -> Iterator[Found]:
    """An alarm that nobody gets, or a number that is taken over no stated time. What acts by itself needs no owner."""
    people = _PEOPLE | _actors(pattern) | _answering(pattern)
    for index, text in enumerate(policy.leading):
        if _ALARM[lang].search(text) and not {slot for slot, _ in slots_of(text)} & people:
            yield f"leading.{index}", "an alarm without owner: name who gets it ({owner}, {support}, …)"
        if not _WINDOW[lang].search(_spoken(text)):
            yield f"leading.{index}", "a threshold without window: over an hour, a day, a week?"


def _spoken(text: str) -> str:
    """The text with its starting values in words and without its slots."""
    return SLOT.sub(" ", STARTING_NUMBER.sub(lambda match: f" {match[1]} ", text))


def units(pattern: Pattern, policy: PolicyText, lang: Lang) -> Iterator[Found]:
    """A number that nobody can read: 3 of what?"""
    del pattern
    yield from (("trigger", reason) for reason in _bare(policy.trigger, lang))
    for index, text in enumerate(policy.leading):
        yield from ((f"leading.{index}", reason) for reason in _bare(text, lang))


def _bare(text: str, lang: Lang) -> Iterator[str]:
    for match in STARTING_NUMBER.finditer(text):
        after = text[match.end() : match.end() + 3]
        spoken = re.search(r"[^\d\s,.:~+\-–/×*]", match[1])
        clock = re.search(r":\d{2}\}$", match[0]) or text[: match.start()].endswith("number ")
        follows = re.match(r"[가-힣%]" if lang == "ko" else r"\s?[%A-Za-z{“\[]|-", after)
        if not spoken and not clock and not follows:
            yield f"a threshold without unit: {match[0]}"


def observed(pattern: Pattern, policy: PolicyText, lang: Lang) -> Iterator[Found]:
    """A trigger of which no signal speaks."""
    del pattern
    if not _said(policy.trigger, lang) & _said(" ; ".join(policy.signals), lang):
        yield "trigger", "cannot be observed from the signals that are named: no word or slot in common"


def _said(text: str, lang: Lang) -> frozenset[str]:
    """Beginnings of the content words of a text, and its slots."""
    slots = {slot.split(".")[0] for slot, _ in slots_of(text)} - ALWAYS
    plain = SLOT.sub(" ", text)
    if lang == "ko":
        return frozenset(slots | {word[:2] for word in re.findall(r"[가-힣]{2,}", plain)})
    return frozenset(slots | {word[:5].lower() for word in re.findall(r"[A-Za-z]{4,}", plain)} - _COMMON)


_COMMON = frozenset(
    {"that", "this", "with", "from", "when", "have", "more", "than", "past", "after", "befor", "witho", "same", "each"}
)

_CHECKS: Mapping[Lang, re.Pattern[str]] = {
    "ko": re.compile(r"승인한다|승인하|검토한다|검토해|재검|대조한다|맞춰 보고|다시 (?:세|확인|센)"),
    "en": re.compile(r"\b(?:approves?|reviews?|countersigns?|double-checks?|counts? again|checks? again)\b", re.I),
}


def self_check(pattern: Pattern, policy: PolicyText, lang: Lang) -> Iterator[Found]:
    """A step that checks or approves what the same actor alone has done before, and that nobody looks at afterwards."""
    del pattern
    people = [(index, line) for index, line in enumerate(policy.runbook) if not _is(line, _NOBODY)]
    for number, (index, line) in enumerate(people):
        before = {_who(earlier) for _, earlier in people[:number]}
        later = {_who(after) for _, after in people[number + 1 :]}
        if before == {_who(line)} and not later - before and _CHECKS[lang].search(line.action):
            yield f"runbook.{index}.action", "whoever did it checks it, and nobody else follows"


_AT_ONCE: Mapping[Lang, re.Pattern[str]] = {
    "ko": re.compile(r"즉시|바로|곧바로|\{[^{}]*~\d+\s*분[^{}]*\}"),
    "en": re.compile(r"\bat once\b|\bimmediately\b|\{[^{}]*~\d+\s*min[^{}]*\}"),
}
_OTHERWISE: Mapping[Lang, re.Pattern[str]] = {
    "ko": re.compile(
        r"없으면|않으면|못하면|무응답|지나면|지나도|넘기면|넘으면|안 되면|답이 없|부재|대신|자동으로|아니면|까지 .*면|닿지"
    ),
    "en": re.compile(
        r"no answer|without (?:an |a )?(?:answer|decision|reply|response)|unless|otherwise|unanswered|past (?:it|that|the|them)|if not|failing|by itself"
        r"|automatic|not reached|does not answer|silence|stands? in|instead|until then|within .* (?:else|or)\b|not (?:answer|decid|reach)|after that",
        re.I,
    ),
}


def at_once(pattern: Pattern, policy: PolicyText, lang: Lang) -> Iterator[Found]:
    """Somebody from the office due within minutes, with nothing said for the hours in which there is nobody."""
    del pattern
    office = frozenset({"owner", "finance"})
    steps = [*policy.runbook, StepLine(actor="-", action=" ".join([*policy.exceptions, policy.stop]), deadline="-")]
    for index, (line, following) in enumerate(pairwise(steps)):
        if _is(line, office) and _AT_ONCE[lang].search(line.deadline):
            said = " ".join([line.action, line.deadline, following.action, following.deadline, steps[-1].action])
            if not _OTHERWISE[lang].search(said):
                yield (
                    f"runbook.{index}.deadline",
                    "due within minutes by someone of the office, and nothing said for no answer",
                )


def of_this_service(pattern: Pattern, policy: PolicyText, lang: Lang) -> Iterator[Found]:
    """A trigger and scope, or a runbook, that would read the same for any service."""
    del pattern, lang
    runbook = " ".join(f"{line.action} {line.deadline} {line.data}" for line in policy.runbook)
    for name, text in (("trigger", policy.trigger), ("scope", policy.scope), ("runbook", runbook)):
        if not {slot.split(".")[0] for slot, _ in slots_of(text)} - {"system", "service", "q"}:
            yield name, "names nothing of the service: would fit any"


def _who(line: StepLine) -> str:
    return " ".join(sorted(slot for slot, _ in slots_of(line.actor))) or line.actor


def _is(line: StepLine, slots: Set[str]) -> bool:
    return bool({slot for slot, _ in slots_of(line.actor)} & slots)


def _actors(pattern: Pattern) -> frozenset[str]:
    """The names under which the matchers bind somebody."""
    return frozenset(m.actor.name for matcher in pattern.when for m in matcher.within() if m.actor and m.actor.name)


def _answering(pattern: Pattern) -> frozenset[str]:
    """The slots for whoever does a step that the matchers bind."""
    inner = [m for matcher in pattern.when for m in matcher.within()]
    steps = {spec.name for m in inner for spec in (m.step, m.exit) if spec is not None and spec.name}
    return frozenset(f"{name}.{who}" for name in steps for who in ("actor", "by"))


PROSE: tuple[Callable[[Pattern, PolicyText, Lang], Iterator[Found]], ...] = (
    alarms,
    units,
    observed,
    self_check,
    at_once,
    of_this_service,
)
