"""What a chat window gave back, in one or several pieces, as one set of policies: a later piece replaces what it writes again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from opslead.errors import InputErrors, Place, Problem
from opslead.intake.page.readers import Source
from opslead.spec.document import FailureMode, Policy, RolloutItem, Specification, VerificationQuestion
from opslead.spec.parse import parse_specification
from opslead.text import Lang, detect, pick

MOST_POLICIES = 120
"""Policies that all pieces together may bring."""
MOST_LETTERS = 12_000
"""Letters of one policy. A dense one has 3,000."""


@dataclass(frozen=True)
class Said:
    """One policy of a reply. `policy.number` is the reply's own; `numbers`: all by which the replies have called it; `source`: the file."""

    policy: Policy
    source: str
    numbers: frozenset[int]

    @property
    def place(self) -> Place:
        return Place(self.source, self.policy.line)


@dataclass(frozen=True)
class SaidMode:
    """A failure mode of a reply."""

    mode: FailureMode
    source: str

    @property
    def place(self) -> Place:
        return Place(self.source, self.mode.line)


@dataclass(frozen=True)
class Replies:
    """All pieces together. `policies` by number; `grades` of the reply's own rollout by its policy number.

    `replaced`: what a later piece wrote again, by the place of the earlier text. `rules`: lines before the first policy that define what
    the policies speak of.
    """

    policies: tuple[Said, ...]
    modes: tuple[SaidMode, ...] = ()
    questions: tuple[VerificationQuestion, ...] = ()
    grades: tuple[RolloutItem, ...] = ()
    replaced: tuple[Said, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def numbers(self) -> frozenset[int]:
        """Every number by which the replies have called a policy."""
        return frozenset(number for said in self.policies for number in said.numbers)


def read_replies(sources: Sequence[Source], lang: Lang) -> Replies:
    """The pieces in the order given. Raises InputErrors when a piece holds nothing of the form, another language, or too much."""
    parsed = [(source, parse_specification(source.text, source.name)) for source in sources]
    if problems := [problem for source, spec in parsed for problem in _problems(source, spec, lang)]:
        raise InputErrors(problems)
    kept: list[Said] = []
    replaced: list[Said] = []
    for source, spec in parsed:
        for policy in spec.policies:
            if _is_form(policy):
                continue
            kept, earlier = _with(kept, Said(policy, source.name, frozenset({policy.number})))
            replaced += earlier
    if not kept:
        raise InputErrors(_no_policy(source.name, lang) for source, _ in parsed)
    if len(kept) > MOST_POLICIES:
        raise InputErrors.one(
            sources[0].name, f"{len(kept)} policies; at most {MOST_POLICIES} are read", "adopt them in parts"
        )
    return Replies(
        policies=tuple(sorted(kept, key=lambda said: said.policy.number)),
        modes=tuple(_modes(parsed)),
        questions=tuple(question for _, spec in parsed for question in spec.questions),
        grades=tuple({item.policy: item for _, spec in parsed for item in spec.rollout.items}.values()),
        replaced=tuple(replaced),
        rules=tuple(dict.fromkeys(rule for _, spec in parsed for rule in spec.rules)),
    )


def _with(kept: list[Said], new: Said) -> tuple[list[Said], list[Said]]:
    """The list with the new policy in the place of those of its number or name, and what it took the place of."""
    earlier = [s for s in kept if new.policy.number in s.numbers or _name(s.policy) == _name(new.policy)]
    numbers = new.numbers.union(*(s.numbers for s in earlier))
    return [*(s for s in kept if s not in earlier), replace(new, numbers=numbers)], earlier


def _name(policy: Policy) -> str:
    return "".join(letter for letter in policy.name.lower() if letter.isalnum())


_PLACEHOLDER = re.compile(r"^[\s….\-{}()<>_]*$|^\{?NAME\}?$|^(?:정책\s*)?이름$|^name$", re.I)


def _is_form(policy: Policy) -> bool:
    """Whether it is the empty form of the brief, quoted back."""
    return bool(_PLACEHOLDER.match(policy.name)) and len("".join(policy.raw.values())) < 1200


def _problems(source: Source, spec: Specification, lang: Lang) -> Iterable[Problem]:
    if not (spec.policies or spec.failure_modes or spec.questions or spec.rollout.items):
        yield _no_policy(source.name, lang)
    elif detect(source.text) != lang:
        said, wanted = pick(spec.language, "Korean", "English"), pick(lang, "Korean", "English")
        hint = f"ask for it in {wanted}, or write the specification in {said} with --lang {detect(source.text)}"
        yield Problem(Place(source.name), f"the reply is in {said}, the service in {wanted}", hint)
    for policy in spec.policies:
        letters = sum(map(len, policy.raw.values()))
        if letters > MOST_LETTERS:
            reason = f"policy #{policy.number} has {letters:,} letters; at most {MOST_LETTERS:,} are read"
            yield Problem(source.place(policy.line), reason, "ask for it again, shorter, or split it in two")


def _no_policy(name: str, lang: Lang) -> Problem:
    form = pick(lang, "### [Policy #1] 정책명: …", "### [Policy #1] Name: …")
    label = pick(lang, "- 트리거(발동 조건): …", "- Trigger: …")
    hint = f"a policy begins with a line like `{form}`, its fields with lines like `{label}`; paste the whole answer, and ask for it with `opslead prompt`"
    return Problem(Place(name), "no policy was found in it", hint)


def _modes(parsed: Sequence[tuple[Source, Specification]]) -> Iterable[SaidMode]:
    seen: set[str] = set()
    for source, spec in parsed:
        for mode in spec.failure_modes:
            if mode.condition and mode.condition not in seen:
                seen.add(mode.condition)
                yield SaidMode(mode, source.name)
