"""A proposed hole, held against the description, the model, the calendar, arithmetic and the search: a Hole with evidence, or why not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from opslead.intake.amounts.quantities import Sort
from opslead.intake.page.readers import Source as Text
from opslead.knowledge.slots import computations
from opslead.knowledge.vocabulary import CARE_WORDS, LEGAL_QUESTION, LEGAL_VERDICT
from opslead.lenses.hole import Arithmetic, CalendarGap, Evidence, Hole, Question, Quotation, Story, hole_id
from opslead.model.calendar import format_hours
from opslead.model.service import Service, Source
from opslead.panel.answers import HoleDraft
from opslead.panel.claims import figures, grading
from opslead.panel.claims.absence import away
from opslead.panel.claims.figures import Figures
from opslead.panel.claims.quotes import located
from opslead.panel.claims.searched import Unfounded, looked_up
from opslead.panel.claims.sums import Sum, SumError, parse_sum
from opslead.policy.overview import PANEL
from opslead.spec.document import Refusal
from opslead.text import Lang, detect, pick

if TYPE_CHECKING:
    from opslead.behaviour.attack import Report

_CALENDAR = frozenset((7.0, 12.0, 24.0, 30.0, 52.0, 60.0, 100.0, 365.0))
"""Numbers of the calendar and of percent that a sum may use without their being stated."""


@dataclass(frozen=True)
class Known:
    """What a proposal is held against. `places`: id → name; `holes` that stand already; `reports`: the search without any policy."""

    service: Service
    sources: Sequence[Text]
    places: Mapping[str, str]
    holes: tuple[Hole, ...]
    reports: tuple[Report, ...] = ()

    @cached_property
    def given(self) -> Figures:
        """The numbers of the description."""
        return figures.of(text.text for text in self.sources) | figures.of(
            hours
            for actor in self.service.actors
            if actor.duty
            for hours in [format_hours(actor.duty.value, self.service.language)]
        )

    @cached_property
    def computed(self) -> Figures:
        """The numbers that the engine worked out, in its quantities and findings; some rest on starting values."""
        return figures.counted(self._results())

    @cached_property
    def terms(self) -> frozenset[float]:
        """The bare numbers that may go into a sum."""
        return self.stated | figures.raw(self._results())

    @cached_property
    def stated(self) -> frozenset[float]:
        """Of those, the ones that rest on no starting value: the description's and the calendar's."""
        return figures.raw(text.text for text in self.sources) | _CALENDAR

    def _results(self) -> list[str]:
        made = [computed.text for computed in computations(self.service)]
        return made + [f"{hole.condition}\n{hole.user_impact}\n{hole.operations_impact}" for hole in self.holes]


@dataclass(frozen=True)
class Judged:
    """`hole` when it stands; else `faults`, which its author could mend, or `because`, for which nothing is to be mended."""

    hole: Hole | None = None
    faults: tuple[str, ...] = ()
    because: str = ""


def judge(draft: HoleDraft, known: Known) -> Hole | Refusal:
    """The hole with the evidence that was verified, or the refusal with every reason, in the document's language."""
    judged = weigh(draft, known)
    if judged.hole is not None:
        return judged.hole
    return refusal(draft, known, judged.because or "; ".join(judged.faults))


def refusal(draft: HoleDraft, known: Known, why: str) -> Refusal:
    """The draft thrown away."""
    return Refusal(what=draft.condition, place=known.places.get(draft.place, draft.place), why=why)


def weigh(draft: HoleDraft, known: Known) -> Judged:
    """The same with what could be mended told apart."""
    lang = known.service.language
    place = _place(draft.place, known)
    faults = [*_wording(draft, lang)]
    if not place:
        faults.append(
            pick(lang, f"모델에 없는 자리다: {draft.place}", f"there is no such place in the model: {draft.place}")
        )
    quoted = [located(quote, known.sources) for quote in draft.quotes]
    for quote, source in zip(draft.quotes, quoted, strict=True):
        if source is None:
            faults.append(
                pick(
                    lang,
                    f"인용이 설명에 글자 그대로 있지 않다: “{quote}”",
                    f"not in the description to the letter: “{quote}”",
                )
            )
    work, wrong = _sum(draft.sum, known) if draft.sum.strip() else (None, "")
    gap, absent = away(draft.gap, known.service) if draft.gap else (None, "")
    faults += [fault for fault in (wrong, absent) if fault]
    faults += _numbers(draft, known, work, gap)
    story, undecided = None, ""
    if draft.accident.strip() and place:
        try:
            story, undecided = looked_up(draft.accident.strip(), place, known.service, known.reports, known.holes)
        except Unfounded as no:
            if no.final:
                return Judged(because=str(no))
            faults.append(str(no))
    if faults:
        return Judged(faults=tuple(faults))
    return Judged(hole=_hole(draft, place, known, _Proof(tuple(s for s in quoted if s), work, gap, story, undecided)))


@dataclass(frozen=True)
class _Proof:
    """What was verified. `undecided`: what the search could not say."""

    quoted: tuple[Source, ...]
    work: Sum | None
    gap: CalendarGap | None
    story: Story | None
    undecided: str


def _hole(draft: HoleDraft, place: str, known: Known, proof: _Proof) -> Hole:
    lang, mechanism = known.service.language, f"{PANEL}.{draft.name}"
    work, gap, story = proof.work, proof.gap, proof.story
    shown = work is not None and _says(draft, work)
    given = work is not None and not _assumed(work, known)
    evidence: list[Evidence] = [Quotation(proof.quoted)]
    if work is not None:
        evidence.append(Arithmetic(work.formula, work.result, proof.quoted))
    evidence += [item for item in (gap, story) if item is not None]
    asked = [Question(draft.decision, draft.data, 6.0)]
    asked += [Question(proof.undecided, draft.data, 3.0)] if proof.undecided else []
    return Hole(
        id=hole_id(mechanism, place),
        lens=PANEL,
        mechanism=mechanism,
        surfaces=tuple(dict.fromkeys(draft.surfaces)),
        loss=draft.loss,
        condition=_clean(draft.condition, lang),
        user_impact=_clean(draft.user_impact, lang),
        operations_impact=_clean(draft.operations_impact, lang),
        evidence=tuple(evidence),
        severity=grading.severity(draft.severity, draft.loss, _money(work, known.service), known.service),
        occurrence=grading.occurrence(draft.occurrence, place, known.service),
        detection=grading.detection(draft.detection, gap),
        questions=tuple(asked),
        certain=bool(gap or story or (shown and given)),
    )


def _clean(text: str, lang: Lang) -> str:
    """One line without its full stop, as the engine's own findings are written."""
    return " ".join(text.split()).rstrip("." if lang == "en" else ".。")


def _place(said: str, known: Known) -> str:
    """The id that is meant: the id itself, or the only place of that name; empty where there is none."""
    said = said.strip()
    if said in known.places:
        return said
    named = [ident for ident, name in known.places.items() if name == said]
    return named[0] if len(named) == 1 else ""


def _wording(draft: HoleDraft, lang: Lang) -> Iterator[str]:
    """What no hole may say, whatever its evidence."""
    for text in (draft.condition, draft.user_impact, draft.operations_impact, draft.decision):
        if detect(text) != lang:
            yield pick(lang, f"문서의 언어가 아니다: “{text}”", f"not in the document's language: “{text}”")
        for words in (*CARE_WORDS["ko"], *CARE_WORDS["en"]):
            if match := re.search(words, text, re.I):
                yield pick(
                    lang,
                    f"사람의 주의나 교육에 기댄다: “{match[0]}”",
                    f"relies on people's care or training: “{match[0]}”",
                )
        if (match := LEGAL_VERDICT.search(text)) and not LEGAL_QUESTION.search(text):
            yield pick(
                lang,
                f"법적 판단을 단정한다(Risk/Legal이 정한다): “{match[0]}”",
                f"states a legal verdict, which is for risk/legal: “{match[0]}”",
            )


def _sum(text: str, known: Known) -> tuple[Sum | None, str]:
    """The sum worked out, or what is wrong with it."""
    lang = known.service.language
    try:
        work = parse_sum(text)
    except SumError:
        return None, pick(
            lang,
            f"계산으로 읽을 수 없다(‘3 * 14 / 2 = 21개’처럼 쓴다): “{text}”",
            f"cannot be read as a sum (write it as `3 * 14 / 2 = 21 sites`): “{text}”",
        )
    strange = [number for number in work.numbers if round(number, 6) not in known.terms]
    if strange:
        shown = ", ".join(f"{number:g}" for number in dict.fromkeys(strange))
        return None, pick(
            lang,
            f"계산에 쓴 수가 설명에도 엔진의 계산에도 없다: {shown}",
            f"the sum uses numbers that are neither stated nor computed: {shown}",
        )
    if not work.right:
        return None, pick(
            lang,
            f"계산이 맞지 않는다: {work.formula} = {work.value:,.6g} (적힌 값 {work.result})",
            f"the sum is wrong: {work.formula} = {work.value:,.6g}, not {work.result}",
        )
    return work, ""


def _assumed(work: Sum, known: Known) -> bool:
    """Whether the sum uses a number that only the engine's quantities have, which may be a starting value."""
    return any(round(number, 6) not in known.stated for number in work.numbers)


def _says(draft: HoleDraft, work: Sum) -> bool:
    """Whether the hole's own words state the result: a sum that they do not need proves nothing of them."""
    said = figures.raw((draft.condition, draft.user_impact, draft.operations_impact))
    return round(work.shown, 6) in said


def _numbers(draft: HoleDraft, known: Known, work: Sum | None, gap: CalendarGap | None) -> Iterator[str]:
    """Numbers in the hole's words that are neither stated nor computed, be it by its own sum or gap."""
    lang, fine = known.service.language, known.given | known.computed
    if work is not None:
        fine |= figures.of((work.formula, work.result)) | figures.of_values((work.shown,))
    if gap is not None:
        fine |= figures.of((gap.gap, pick(lang, f"{gap.hours:g}시간", f"{gap.hours:g} hours")))
    strange: list[str] = []
    for text in (draft.condition, draft.user_impact, draft.operations_impact):
        strange += figures.strange(text, fine)
    if strange:
        shown = ", ".join(dict.fromkeys(strange))
        yield pick(
            lang,
            f"설명에도 엔진의 계산에도 없는 수다: {shown}",
            f"a number that is neither stated nor computed: {shown}",
        )


def _money(work: Sum | None, service: Service) -> float | None:
    """The money at stake that the sum shows, in the service's currency and of one case: a total of days or months is none."""
    if work is None or _PERIOD.search(f"{work.formula} {work.result}"):
        return None
    sorts = [figure for figure in figures.figures(work.result) if figure.sort is Sort.MONEY]
    return sorts[0].value if sorts and service.ticket is not None else None


_PERIOD = re.compile(r"월|달|년|주(?!말)|하루|/일|일간|month|year|week|\bday|daily|night", re.I)
