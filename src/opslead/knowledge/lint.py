"""The catalog checked like code: slots that exist, texts that act, languages that agree.

Each check is a function of one pattern that yields what is wrong; `lint` runs all of them and those across patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import combinations

from opslead.knowledge import schema
from opslead.knowledge.lint_prose import PROSE, SLOT, STARTING_NUMBER
from opslead.knowledge.schema import Pattern, PolicyText
from opslead.knowledge.slots import ALWAYS, SERVICE_SLOTS
from opslead.knowledge.vocabulary import CARE_WORDS
from opslead.model.steps import STEP_KINDS
from opslead.text import Lang, fill, slots_of

DETAILS: Mapping[str, frozenset[str]] = {
    "step": frozenset({"kind", "actor", "by", "partner", "resource", "within", "when", "minutes", "via", "quote"}),
    "exit": frozenset({"by", "within", "ladder"}),
    "actor": frozenset({"count", "duty", "limit", "gap", "gap_hours"}),
    "resource": frozenset({"capacity", "unit"}),
    "partner": frozenset({"latency", "worst", "mode"}),
    "channel": frozenset({"share", "delay"}),
    "clock": frozenset({"length", "time"}),
    "money": frozenset({"amount", "share", "due", "payer", "payee"}),
    "rate": frozenset({"share"}),
    "volume": frozenset({"amount", "per"}),
    "mention": frozenset({"quote"}),
    "personal": frozenset({"medium"}),
}


@dataclass(frozen=True, order=True)
class Complaint:
    """What is wrong with a pattern, and in which of its texts."""

    pattern: str
    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.pattern}: {self.where}: {self.reason}"


def lint(patterns: Iterable[Pattern], concepts: Set[str], only: Set[str] | None = None) -> list[Complaint]:
    """All complaints, sorted. `concepts` are the keys of the words by which texts are understood; `only` these patterns are
    looked at, beside all others."""
    everything = list(patterns)
    looked_at = [pattern for pattern in everything if only is None or pattern.id in only]
    if broken := [c for pattern in looked_at for c in _templates(pattern)]:
        return sorted(broken)  # the other checks read the templates
    complaints = [c for pattern in looked_at for check in _CHECKS for c in check(pattern)]
    complaints += [c for pattern in looked_at for c in _concepts(pattern, concepts)]
    complaints += [c for c in _across(everything) if only is None or c.pattern in only]
    return sorted(set(complaints))


def texts(pattern: Pattern) -> Iterator[tuple[str, str]]:
    """Every template of the pattern with its place; the place ends in the language."""
    for lang in ("ko", "en"):
        policy: PolicyText = getattr(pattern.policy, lang)
        for where, text in policy_texts(policy):
            yield f"policy.{where}.{lang}", text
        for part in ("condition", "user_impact", "operations_impact"):
            yield f"hole.{part}.{lang}", getattr(getattr(pattern.hole, part), lang)
        for part in ("severity", "occurrence", "detection"):
            yield f"{part}.{lang}", getattr(getattr(pattern, part).reason, lang)
        for index, question in enumerate(pattern.questions):
            yield f"questions.{index}.decision.{lang}", getattr(question.decision, lang)
            yield f"questions.{index}.data.{lang}", getattr(question.data, lang)
        if pattern.ask:
            yield f"ask.{lang}", getattr(pattern.ask, lang)


def policy_texts(policy: PolicyText) -> Iterator[tuple[str, str]]:
    """Every template of one policy with the name of its field."""
    for name in ("name", "intent", "scope", "trigger", "start", "relax", "stop"):
        yield name, getattr(policy, name)
    for name in ("signals", "exceptions", "leading", "lagging", "symptoms"):
        for index, text in enumerate(getattr(policy, name)):
            yield f"{name}.{index}", text
    for index, point in enumerate(policy.enforcement_points):
        yield f"enforcement_points.{index}", point.action
    for index, line in enumerate(policy.runbook):
        for part in ("actor", "action", "deadline", "data"):
            yield f"runbook.{index}.{part}", getattr(line, part)
    if policy.uncertain:
        yield "uncertain.what", policy.uncertain.what
        for index, question in enumerate(policy.uncertain.questions):
            yield f"uncertain.questions.{index}", question


def bound_slots(pattern: Pattern) -> tuple[frozenset[str], frozenset[str]]:
    """The slots that the matchers guarantee, and all that they may give."""
    sure: set[str] = set()
    possible: set[str] = set()
    for matcher in pattern.when:
        certain, maybe = _binds(matcher)
        sure |= certain
        possible |= certain | maybe
    return frozenset(sure), frozenset(possible)


def _binds(matcher: schema.Matcher) -> tuple[set[str], set[str]]:
    if matcher.absent is not None or matcher.doubt is not None:
        return set(), set()
    if matcher.all:
        parts = [_binds(inner) for inner in matcher.all]
        return set.union(*(part[0] for part in parts)), set.union(*(a | b for a, b in parts))
    if matcher.any:
        branches = [_binds(inner) for inner in matcher.any]
        certain = set.intersection(*(branch[0] for branch in branches))
        return certain, set.union(*(a | b for a, b in branches)) - certain
    kind = next(iter(matcher.model_fields_set))
    spec = getattr(matcher, kind)
    name = getattr(spec, "name", "")
    if not name:
        return set(), set()
    certain = {name} | {f"{name}.{detail}" for detail in _guaranteed(kind, spec)}
    return certain, {f"{name}.{detail}" for detail in DETAILS[kind]} - certain


def _guaranteed(kind: str, spec: object) -> Iterator[str]:
    match kind, spec:
        case "step", schema.StepMatch():
            yield from ("actor", "kind")
            if spec.timed:
                yield "within"
            if spec.has_partner:
                yield "partner"
        case "exit", schema.ExitMatch() if spec.ladder:
            yield "ladder"
        case ("rate", _):
            yield "share"
        case ("volume", _):
            yield "amount"
        case ("mention", _):
            yield "quote"


def _templates(pattern: Pattern) -> Iterator[Complaint]:
    """Texts that are no templates: a brace left open, a particle that does not exist."""
    for where, text in texts(pattern):
        try:
            fill(text, {slot: "x" for slot, _ in slots_of(text)})
        except (ValueError, KeyError) as error:
            yield Complaint(pattern.id, where, f"not a template: {error}")


def _slots(pattern: Pattern) -> Iterator[Complaint]:
    """Slots that nothing binds, and slots that may be missing outside of `[[ ]]`."""
    if not pattern.when:
        return  # the slots of a computing lens's hole are that lens's; its cases show them
    sure, possible = bound_slots(pattern)
    for where, text in texts(pattern):
        for slot, optional in slots_of(text):
            if slot.startswith("q."):
                if not optional:
                    yield Complaint(pattern.id, where, f"{{{slot}}} needs a starting value: {{{slot}~10분}}")
            elif slot not in possible | SERVICE_SLOTS:
                yield Complaint(pattern.id, where, f"nothing binds the slot {{{slot}}}")
            elif not optional and slot not in sure | ALWAYS:
                yield Complaint(pattern.id, where, f"the slot {{{slot}}} may have no value: put it inside [[ ]]")


def _specific(pattern: Pattern) -> Iterator[Complaint]:
    """A policy that names too little of the service would fit any."""
    roles = ALWAYS - {"case"}
    for lang in ("ko", "en"):
        named = {s for _, text in policy_texts(getattr(pattern.policy, lang)) for s, _ in slots_of(text)}
        if len(named - roles) < 4:
            yield Complaint(pattern.id, f"policy.{lang}", "names fewer than four things of the service: would fit any")


def _care(pattern: Pattern) -> Iterator[Complaint]:
    """Measures that rely on somebody's care."""
    for where, text in texts(pattern):
        if where.startswith("policy."):
            for word in CARE_WORDS[where[-2:]]:
                if re.search(word, text, re.I):
                    yield Complaint(pattern.id, where, f"relies on people's care: {word!r}")


def _prose(pattern: Pattern) -> Iterator[Complaint]:
    """What makes texts bad although every slot is right."""
    languages: tuple[Lang, ...] = ("ko", "en")
    for lang in languages:
        policy: PolicyText = getattr(pattern.policy, lang)
        for check in PROSE:
            yield from (
                Complaint(pattern.id, f"policy.{where}.{lang}", reason)
                for where, reason in check(pattern, policy, lang)
            )


_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
UNIT_AFTER = re.compile(
    r"(?<![\d:~†.])\d[\d,.]*\s*(?:분|시간|초|%|퍼센트|만원|원\b|minutes?\b|min\b|hours?\b|h\b|seconds?\b|percent|EUR|KRW)"
)


_SPELLED = {"four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "twelve": "12"}


def _said_numbers(text: str) -> list[str]:
    """The numbers of a text in digits, English number words among them; up to three they are spelled out in both and say little."""
    plain = re.sub(r"[A-Za-z]+", lambda m: _SPELLED.get(m[0].lower(), m[0]), SLOT.sub(_chosen, text))
    return sorted(n for n in (found.rstrip(",") for found in _NUMBER.findall(plain)) if n not in ("1", "2", "3"))


def _chosen(slot: re.Match[str]) -> str:
    """The number of a starting value; nothing for what the service fills in."""
    started = STARTING_NUMBER.fullmatch(slot[0])
    return f" {started[1]} " if started else " "


def _numbers(pattern: Pattern) -> Iterator[Complaint]:
    """Chosen numbers that are not marked, and languages whose starting values differ."""
    for where, text in texts(pattern):
        bare = STARTING_NUMBER.sub("", text)
        if where.startswith("policy.") and (found := UNIT_AFTER.search(bare)):
            yield Complaint(pattern.id, where, f"a chosen number without the mark of a starting value: {found[0]!r}")
    ko, en = (dict(policy_texts(getattr(pattern.policy, lang))) for lang in ("ko", "en"))
    for where in sorted(set(ko) & set(en)):
        values = [sorted(n for s in STARTING_NUMBER.findall(t[where]) for n in _NUMBER.findall(s)) for t in (ko, en)]
        if values[0] != values[1]:
            yield Complaint(pattern.id, f"policy.{where}", f"Korean says {values[0]}, English {values[1]}")
    both = {where: text for where, text in texts(pattern) if not where.startswith("policy.")}
    for where in sorted(place[:-3] for place in both if place.endswith(".ko")):
        said = [_said_numbers(both[f"{where}.{lang}"]) for lang in ("ko", "en")]
        if said[0] != said[1]:
            yield Complaint(pattern.id, where, f"Korean says {said[0]}, English {said[1]}")
    if set(ko) != set(en):
        odd = ", ".join(sorted(set(ko) ^ set(en)))
        yield Complaint(pattern.id, "policy", f"a line stands in one language only: {odd}")


def _controls(pattern: Pattern) -> Iterator[Complaint]:
    """Guardrails of one type only, bindings and controls that do not exist, a runbook by one actor throughout."""
    if len({guardrail.control for guardrail in pattern.guardrails}) < 2:
        yield Complaint(pattern.id, "guardrails", "all of one control type: add a detective or corrective one")
    names = bound_slots(pattern)[1]
    for name in sorted(names & SERVICE_SLOTS):
        yield Complaint(pattern.id, "when", f"binds {name!r}, which is a word of the service: name it otherwise")
    for guardrail in pattern.guardrails:
        if guardrail.on and guardrail.on not in names:
            yield Complaint(pattern.id, "guardrails", f"acts on {guardrail.on!r}, which nothing binds")
    built = {guardrail.kind for guardrail in pattern.guardrails}
    for inner in (inner for matcher in pattern.when for inner in matcher.within() if inner.control):
        assert inner.control is not None
        if odd := ", ".join(kind for kind in inner.control.kind if kind not in built):
            yield Complaint(pattern.id, "when", f"asks for a control that its policy does not build: {odd}")
    for lang in ("ko", "en"):
        policy = getattr(pattern.policy, lang)
        if len({line.actor for line in policy.runbook}) < 2:
            yield Complaint(pattern.id, f"policy.runbook.{lang}", "one actor does and checks everything")
        if not re.search(r"\d|\{", policy.trigger):
            yield Complaint(
                pattern.id, f"policy.trigger.{lang}", "not measurable: no number, state or event of the service"
            )


def _concepts(pattern: Pattern, concepts: Set[str]) -> Iterator[Complaint]:
    known = concepts | set(STEP_KINDS)
    for group in pattern.closes:
        if missing := [c for c in group if c not in known]:
            yield Complaint(pattern.id, "closes", f"no such concept: {', '.join(missing)}")
    for matcher in pattern.when:
        for inner in matcher.within():
            if inner.mention and (missing := [c for c in inner.mention.any if c not in concepts]):
                yield Complaint(pattern.id, "when", f"no such concept: {', '.join(missing)}")


def _across(patterns: list[Pattern]) -> Iterator[Complaint]:
    """Needs that nobody meets, names that stand twice."""
    ids = {pattern.id for pattern in patterns}
    names: dict[str, str] = {}
    for pattern in patterns:
        for need in pattern.needs:
            if need not in ids:
                yield Complaint(pattern.id, "needs", f"there is no pattern {need}")
        for other in pattern.overlaps:
            if other not in ids:
                yield Complaint(pattern.id, "overlaps", f"there is no pattern {other}")
        name = pattern.policy.ko.name
        if name in names:
            yield Complaint(pattern.id, "policy.name.ko", f"the same name as {names[name]}")
            yield Complaint(names[name], "policy.name.ko", f"the same name as {pattern.id}")
        names[name] = pattern.id
    yield from _alike(patterns)


ALIKE = 0.2
"""Share of the shorter policy's runs of three words that another one may have."""


def _alike(patterns: list[Pattern]) -> Iterator[Complaint]:
    """Two patterns that say the same are one."""
    runs = {pattern.id: _runs(pattern) for pattern in patterns}
    for one, other in combinations(sorted(runs), 2):
        same = len(runs[one] & runs[other]) / min(len(runs[one]), len(runs[other]))
        if same > ALIKE:
            yield Complaint(other, "policy", f"says nearly the same as {one}: {same:.0%} of its runs of three words")


def _runs(pattern: Pattern) -> frozenset[tuple[str, str, str]]:
    """Every three words in a row of the English policy, by their beginnings."""
    found: set[tuple[str, str, str]] = set()
    for _, text in policy_texts(pattern.policy.en):
        said = [word[:5].lower() for word in re.findall(r"[A-Za-z]{3,}", SLOT.sub(" ", text))]
        found |= set(zip(said, said[1:], said[2:], strict=False))
    return frozenset(found) or frozenset({("", "", "")})


_CHECKS: tuple[Callable[[Pattern], Iterator[Complaint]], ...] = (
    _slots,
    _specific,
    _care,
    _numbers,
    _controls,
    _prose,
)
