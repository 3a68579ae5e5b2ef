"""A language model adds questions of law and missing facts to those the engine has gathered. What judges instead of asking is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import Field

from opslead.intake.page.readers import Source
from opslead.knowledge.vocabulary import LEGAL_VERDICT
from opslead.panel.breadth.meaning import same
from opslead.panel.brief import Brief, fenced
from opslead.panel.claims import figures
from opslead.panel.port import Ask, Port, Progress, Reply
from opslead.panel.prompt import prompt
from opslead.panel.reading.quotes import Pages
from opslead.policy.legal import MOST, MOST_FACTS, of_law
from opslead.spec.document import LegalQuestion, Policy, Refusal, Specification
from opslead.text import Lang, pick

ALIKE = 0.6
"""From this share of common meaning on, two questions are one."""


class FactDraft(Reply):
    """A fact with the words that state it."""

    text: str = Field(min_length=3, max_length=160)
    quote: str = Field(min_length=2, max_length=300)


class QuestionDraft(Reply):
    """A new question; `policies` wait for it."""

    question: str = Field(min_length=8, max_length=300)
    policies: tuple[int, ...] = Field((), max_length=12)
    facts: tuple[FactDraft, ...] = Field((), max_length=MOST_FACTS)


class FactsDraft(Reply):
    """Facts for the question of that number, from 1."""

    number: int = Field(ge=1, le=MOST)
    facts: tuple[FactDraft, ...] = Field(min_length=1, max_length=MOST_FACTS)


class LegalDraft(Reply):
    questions: tuple[QuestionDraft, ...] = Field((), max_length=5)
    facts: tuple[FactsDraft, ...] = Field((), max_length=MOST)


@dataclass(frozen=True)
class Gathered:
    """All questions, the engine's first, and what of the model's was not kept."""

    questions: tuple[LegalQuestion, ...]
    refused: tuple[Refusal, ...]


def legal_with(
    port: Port, brief: Brief, specification: Specification, sources: Sequence[Source], progress: Progress
) -> Gathered:
    """`specification.legal` with what the model adds, one ask, at most twelve questions. Without an answer they stay as they are."""
    lang = specification.language
    desk = _Desk(Pages.of(sources), frozenset(policy.number for policy in specification.policies), lang)

    def check(draft: LegalDraft) -> Sequence[str]:
        return [f"{refusal.what}: {refusal.why}" for refusal in desk.read(specification.legal, draft).refused]

    (answered,) = port.ask(
        [
            Ask(
                role="legal",
                subject=specification.title,
                system=brief.system,
                prompt=prompt("legal").fill(
                    asked=fenced("\n".join(_asked(specification.legal, sources)) or "none", 7_000),
                    policies=fenced("\n".join(map(_policy, specification.policies)), 7_000),
                ),
                answer=LegalDraft,
                check=check,
                repairs=1,
            )
        ]
    )
    draft = answered.value or answered.last
    if draft is None:
        why = pick(lang, f"모델이 답하지 않았다({answered.failure})", f"no answer of the model ({answered.failure})")
        return Gathered(specification.legal, (Refusal(what="Risk/Legal", why=why),))
    made = desk.read(specification.legal, draft)
    added = len(made.questions) - len(specification.legal)
    progress("legal", f"{added} questions added, {len(made.refused)} refused")
    return made


def _asked(questions: Sequence[LegalQuestion], sources: Sequence[Source]) -> Iterator[str]:
    """The engine's questions with their facts, without the places: where a file lies on somebody's disk is nobody else's business."""
    names = "|".join(re.escape(source.name) for source in sources)
    place = re.compile(rf" (?:{names}):[^\s)]+")
    for number, one in enumerate(questions, 1):
        yield f"{number}. {one.question}"
        yield from (f"   - {place.sub('', fact)}" for fact in one.facts)


def _policy(policy: Policy) -> str:
    asked = of_law(policy.uncertain.what) if policy.uncertain else ""
    return f"#{policy.number} {policy.name}" + (f": {asked}" if asked else "")


@dataclass(frozen=True)
class _Desk:
    """What a draft is held against."""

    pages: Pages
    numbers: frozenset[int]
    lang: Lang

    def read(self, known: Sequence[LegalQuestion], draft: LegalDraft) -> Gathered:
        """The known questions with what holds of the draft."""
        refused: list[Refusal] = []
        questions = list(known)
        for more in draft.facts:
            if more.number > len(known):
                refused.append(
                    self._refusal(str(more.number), "그런 번호의 질문이 없다", "there is no question of that number")
                )
                continue
            old = questions[more.number - 1]
            facts = tuple(dict.fromkeys((*old.facts, *self._facts(more.facts, refused))))[: MOST_FACTS + 2]
            questions[more.number - 1] = old.model_copy(update={"facts": facts})
        for one in draft.questions:
            fault = self._fault(one, questions)
            if fault is not None:
                refused.append(fault)
            elif len(questions) < MOST:
                facts = tuple(self._facts(one.facts, refused))
                policies = tuple(sorted(set(one.policies)))
                questions.append(LegalQuestion(question=" ".join(one.question.split()), facts=facts, policies=policies))
        return Gathered(tuple(questions), tuple(refused))

    def _fault(self, one: QuestionDraft, known: Sequence[LegalQuestion]) -> Refusal | None:
        """Why a question is not taken; None where it is."""
        if not one.question.rstrip().endswith(("?", "？")):
            return self._refusal(one.question, "질문이 아니다", "is no question")
        if judged(one.question):
            return self._refusal(one.question, "묻지 않고 법적 판단을 단정한다", "judges instead of asking")
        if wrong := sorted(set(one.policies) - self.numbers):
            shown = ", ".join(f"#{number}" for number in wrong)
            return self._refusal(
                one.question, f"없는 정책을 부른다: {shown}", f"names policies that do not exist: {shown}"
            )
        if any(same(one.question, old.question, self.lang) >= ALIKE for old in known):
            return self._refusal(one.question, "이미 있는 질문이다", "is asked already")
        return None

    def _facts(self, drafts: Sequence[FactDraft], refused: list[Refusal]) -> Iterator[str]:
        """The facts that their quotations state, each with quotation and place; the others go to `refused`."""
        for one in drafts:
            found = self.pages.find(one.quote)
            strange = figures.strange(one.text, figures.of([one.quote]))
            if found is None:
                refused.append(
                    self._refusal(
                        one.text,
                        f"설명에 없는 말을 인용했다: “{one.quote}”",
                        f"quotes words that are not in the text: “{one.quote}”",
                    )
                )
            elif judged(one.text):
                refused.append(self._refusal(one.text, "사실이 아니라 법적 판단이다", "a legal verdict and no fact"))
            elif strange:
                shown = ", ".join(strange)
                refused.append(
                    self._refusal(
                        one.text, f"인용에 없는 수다: {shown}", f"a number that the quotation does not have: {shown}"
                    )
                )
            else:
                yield f"{' '.join(one.text.split())} (“{found.quote}” {found.place})"

    def _refusal(self, what: str, ko: str, en: str) -> Refusal:
        return Refusal(what=what, why=pick(self.lang, ko, en))


_SENTENCE = re.compile(r"(?<=[.!?。？])\s+")


def judged(text: str) -> bool:
    """Whether a sentence of the text states that something is legal or illegal; one that asks does not."""
    return any(LEGAL_VERDICT.search(part) and not part.rstrip().endswith(("?", "？")) for part in _SENTENCE.split(text))
