"""One proposed way through the policies, held to the draft, the description and the search: what is wrong with it, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.intake.amounts.quantities import Sort
from opslead.knowledge.vocabulary import LEGAL_QUESTION, LEGAL_VERDICT
from opslead.lenses.hole import Evidence, Grade, Quotation
from opslead.model.service import Service
from opslead.panel.attack.items import BreachDraft, Grades, Item
from opslead.panel.attack.scene import Scene
from opslead.panel.attack.sight import key
from opslead.panel.attack.verbatim import stands
from opslead.panel.claims import figures, grading
from opslead.panel.claims.quotes import located
from opslead.panel.claims.searched import Unfounded, looked_up
from opslead.panel.depth.drafts import clean
from opslead.spec.document import Refusal
from opslead.text import Lang, pick

MOST_STORY = 420
"""Letters of a story, which stands in one paragraph."""
_FEW = 12
"""Counts up to this are the attacker's own doing (`세 계정`, `3 sites`), no claim about the service."""
_NEAR = 0.1
"""How far from a number of the policies an attacker may stay below or above it, as a share of it."""


def faults(draft: BreachDraft, scene: Scene, lang: Lang) -> tuple[str, ...]:
    """What keeps the item from being taken and could be mended, each with its place, in the language of whoever reads it."""
    return tuple(f"{draft.name}: {fault}" for fault in _faults(draft, scene, lang))


def _faults(draft: BreachDraft, scene: Scene, lang: Lang) -> Iterator[str]:
    yield from _through(draft, scene, lang)
    if not scene.place(draft.place):
        yield pick(lang, f"모델에 없는 자리다: {draft.place}", f"place: no such id: {draft.place}")
    for quote in draft.quotes:
        if located(quote, scene.sources) is None:
            yield pick(
                lang, f"설명에 없는 인용이다: “{quote}”", f"quotes: not in the description to the letter: “{quote}”"
            )
    story = " ".join(draft.story)
    if len(story) > MOST_STORY:
        yield pick(lang, f"이야기가 {len(story)}자다", f"story: {len(story)} letters, at most {MOST_STORY}")
    told = f"{story} {draft.user_impact} {draft.operations_impact}"
    if (verdict := LEGAL_VERDICT.search(told)) and not LEGAL_QUESTION.search(told):
        yield pick(
            lang,
            f"법적 판단을 단정한다: “{verdict[0]}”",
            f"story: a legal verdict: “{verdict[0]}”; say what happens instead",
        )
    if unknown := strange(told, scene):
        said = ", ".join(unknown)
        yield pick(
            lang,
            f"설명에도 정책에도 없는 수다: {said}",
            f"story: numbers of neither the description nor the policies: {said}; use theirs or none",
        )
    seen = scene.verdicts
    names = (*seen.found, *seen.none, *seen.undecided)
    if draft.accident.strip() and names and draft.accident.strip() not in names:
        yield pick(lang, f"탐색이 모르는 사고다: {draft.accident}", f"accident: not one of the names: {draft.accident}")


def _through(draft: BreachDraft, scene: Scene, lang: Lang) -> Iterator[str]:
    """The policies it goes through exist, and the words that let it pass stand in one of them."""
    missing = [number for number in draft.policies if number not in scene.numbered]
    if missing:
        said = ", ".join(f"#{number}" for number in missing)
        yield pick(lang, f"없는 정책이다: {said}", f"policies: there is no {said}")
    elif draft.policies and not any(stands(draft.gap, scene.texts[number]) for number in draft.policies):
        said = ", ".join(f"#{number}" for number in draft.policies)
        yield pick(
            lang,
            f"뚫린다는 말이 {said}에 없다: “{draft.gap}”",
            f"gap: these words do not stand in {said} to the letter: “{draft.gap}”; copy a run of its words",
        )
    elif draft.gap and not draft.policies:
        yield pick(lang, "어느 정책의 말인지 적지 않았다", "gap: give the number of the policy whose words these are")


def strange(text: str, scene: Scene) -> tuple[str, ...]:
    """Numbers of the text that are claims and stand nowhere: not a time of day, a small count, or just beside a limit."""
    return tuple(dict.fromkeys(f.text for f in figures.figures(text) if not _believed(f, scene)))


def _believed(figure: figures.Figure, scene: Scene) -> bool:
    if figure.sort is Sort.TIME or scene.numbers.holds(figure):
        return True
    edges = scene.edges
    if figure.sort in (Sort.COUNT, Sort.NUMBER, Sort.FACTOR):
        return figure.value <= _FEW or any(_beside(figure.value, value) for value in edges.plain)
    return any(sort is figure.sort and _beside(figure.value, value) for sort, value in edges.units)


def _beside(value: float, known: float) -> bool:
    return known > 0 and abs(value - known) <= _NEAR * known


def judge(draft: BreachDraft, scene: Scene, raised_by: str, number: int) -> Item | Refusal:
    """The item without its label, or why it is not one: a fault that was not mended, or the search says that it does not occur."""
    what, place = clean(" ".join(draft.story))[:MOST_STORY], scene.place(draft.place)
    wrong = tuple(_faults(draft, scene, scene.lang))
    if wrong:
        return Refusal(what=what, place=draft.place, why="; ".join(wrong))
    try:
        found = _searched(draft, place, scene)
    except Unfounded as no:
        return Refusal(what=what, place=draft.place, why=str(no))
    quoted = tuple(source for quote in draft.quotes if (source := located(quote, scene.sources)) is not None)
    return Item(
        label="",
        name=draft.name,
        story=clean(" ".join(draft.story)),
        place=place,
        policies=_ordered(draft, scene),
        gap=clean(draft.gap),
        loss=draft.loss,
        surfaces=draft.surfaces,
        user_impact=clean(draft.user_impact),
        operations_impact=clean(draft.operations_impact),
        grades=_grades(draft, place, scene.service),
        evidence=(*((Quotation(quoted),) if quoted else ()), *found),
        accident=draft.accident.strip(),
        data=clean(draft.data),
        raised_by=raised_by,
        round=number,
    )


def _searched(draft: BreachDraft, place: str, scene: Scene) -> tuple[Evidence, ...]:
    """The story that the search tells of the accident with all policies in place. Raises Unfounded for what it has ruled out."""
    known, accident = scene.known, draft.accident.strip()
    if not accident or known is None or not known.reports:
        return ()
    story, _ = looked_up(accident, place, known.service, known.reports, ())
    return (story,) if story else ()


def _grades(draft: BreachDraft, place: str, service: Service | None) -> Grades:
    """As said, and at most what the engine can bound them by: attackers make themselves important."""
    if service is None:
        return Grades(*(Grade(g.value, g.reason) for g in (draft.severity, draft.occurrence, draft.detection)))
    return Grades(
        grading.severity(draft.severity, draft.loss, None, service),
        grading.occurrence(draft.occurrence, place, service),
        grading.detection(draft.detection, None),
    )


def _ordered(draft: BreachDraft, scene: Scene) -> tuple[str, ...]:
    """Ids of the policies, the one whose words are the gap first."""
    numbers = sorted(dict.fromkeys(draft.policies), key=lambda n: not stands(draft.gap, scene.texts[n]))
    return tuple(key(scene.numbered[number]) for number in numbers)
