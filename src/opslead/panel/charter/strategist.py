"""The Domain Strategist: a language model drafts the charter; what it quotes and sums is checked, what it knows is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import Field

from opslead.intake.page.readers import Source
from opslead.knowledge.vocabulary import LEGAL_QUESTION, LEGAL_VERDICT
from opslead.model.service import Service
from opslead.panel.brief import brief, fenced
from opslead.panel.charter.draft import FEWEST, MOST, Basis, Charter, Sentence, draft
from opslead.panel.claims import figures
from opslead.panel.claims.sums import SumError, parse_sum
from opslead.panel.port import Ask, Port, Progress, Reply
from opslead.panel.prompt import prompt
from opslead.panel.reading.quotes import Pages
from opslead.spec.document import Refusal
from opslead.text import Lang, pick


class SentenceDraft(Reply):
    """`source`: quoted words, a sum, or the question that confirms an experience."""

    text: str = Field(min_length=8, max_length=300)
    basis: Basis
    source: str = Field(min_length=3, max_length=300)


class CharterDraft(Reply):
    """The sentences in their order."""

    sentences: tuple[SentenceDraft, ...] = Field(min_length=1, max_length=MOST)


@dataclass(frozen=True)
class Drafted:
    """A charter and what of the model's draft was not kept."""

    charter: Charter
    refused: tuple[Refusal, ...]


def draft_with(port: Port, service: Service, sources: Sequence[Source], progress: Progress) -> Drafted:
    """The model's draft of the charter, one ask. Sentences that do not hold are refused; where fewer than five are left, the engine's
    own follow. Without an answer the charter is the engine's.
    """
    own, lang = draft(service), service.language
    pages = Pages.of(sources)
    known = _Numbers(figures.of(source.text for source in sources), figures.raw(source.text for source in sources))

    def check(answer: CharterDraft) -> Sequence[str]:
        return [f"{one.text}: {why}" for one in answer.sentences for why in _faults(one, pages, known, lang)]

    ask = Ask(
        role="charter",
        subject=service.name,
        system=brief(service, sources, None).system,
        prompt=prompt("charter").fill(
            name=service.name, engine=fenced("\n".join(f"- {one.text}" for one in own.sentences), 3_000)
        ),
        answer=CharterDraft,
        check=check,
        repairs=1,
    )
    (answered,) = port.ask([ask])
    answer = answered.value or answered.last
    if answer is None:
        why = pick(lang, f"모델이 답하지 않았다({answered.failure})", f"no answer of the model ({answered.failure})")
        return Drafted(own, (Refusal(what=pick(lang, "헌장", "the charter"), why=why),))
    faults = [(one, tuple(_faults(one, pages, known, lang))) for one in answer.sentences]
    kept = [_sentence(one) for one, why in faults if not why]
    refused = tuple(Refusal(what=one.text, why="; ".join(why)) for one, why in faults if why)
    rest = [one for one in own.sentences if one.source not in {s.source for s in kept}]
    progress("charter", f"{len(kept)} sentences kept, {len(refused)} refused")
    return Drafted(Charter(service.name, lang, (*kept, *rest[: max(0, FEWEST - len(kept))])), refused)


def _sentence(one: SentenceDraft) -> Sentence:
    words = " ".join(one.source.split())
    return Sentence(" ".join(one.text.split()), one.basis, f"“{words}”" if one.basis == "quote" else words)


@dataclass(frozen=True)
class _Numbers:
    """The numbers of the description: with their units, as a sentence may say them, and bare, as a sum may use them."""

    said: figures.Figures
    bare: frozenset[float]


def _faults(one: SentenceDraft, pages: Pages, known: _Numbers, lang: Lang) -> Iterator[str]:
    """Why a sentence does not hold; nothing where it does."""
    if (verdict := LEGAL_VERDICT.search(one.text)) and not LEGAL_QUESTION.search(one.text):
        yield pick(lang, f"법적 판단을 단정한다: “{verdict[0]}”", f"states a legal verdict: “{verdict[0]}”")
    if one.basis == "quote":
        yield from _quote_faults(one, pages, lang)
        fine = figures.of([one.source])
    elif one.basis == "sum":
        yield from _sum_faults(one, known, lang)
        fine = known.said | figures.of([one.source])
    else:
        if "?" not in one.source:
            yield pick(lang, "경험에는 확인할 질문이 있어야 한다", "an experience needs the question that confirms it")
        fine = figures.of([])
    if strange := figures.strange(one.text, fine):
        shown = ", ".join(strange)
        yield pick(lang, f"근거에 없는 수다: {shown}", f"a number that its basis does not have: {shown}")


def _quote_faults(one: SentenceDraft, pages: Pages, lang: Lang) -> Iterator[str]:
    if pages.told(one.source):
        yield pick(
            lang,
            f"언어 모델에게 내리는 지시에서 가져온 말이다: “{one.source}”",
            f"taken from words that instruct a language model: “{one.source}”",
        )
    elif pages.find(one.source) is None:
        yield pick(
            lang, f"설명에 없는 말을 인용했다: “{one.source}”", f"quotes words that are not in the text: “{one.source}”"
        )


def _sum_faults(one: SentenceDraft, known: _Numbers, lang: Lang) -> Iterator[str]:
    try:
        work = parse_sum(one.source)
    except SumError:
        yield pick(lang, f"계산으로 읽을 수 없다: “{one.source}”", f"cannot be read as a sum: “{one.source}”")
        return
    strange = [number for number in work.numbers if round(number, 6) not in known.bare and number not in _CALENDAR]
    if strange:
        shown = ", ".join(f"{number:g}" for number in dict.fromkeys(strange))
        yield pick(lang, f"설명에 없는 수로 계산했다: {shown}", f"the sum uses numbers that are not stated: {shown}")
    elif not work.right:
        yield pick(
            lang,
            f"계산이 맞지 않는다: {work.formula} = {work.value:,.6g}",
            f"the sum is wrong: {work.formula} = {work.value:,.6g}",
        )


_CALENDAR = frozenset({1.0, 7.0, 12.0, 24.0, 30.0, 52.0, 60.0, 100.0, 168.0, 365.0})
"""Numbers of the calendar and of hundredths, which anybody may reckon with."""
