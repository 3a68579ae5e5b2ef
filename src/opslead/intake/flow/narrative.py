"""Flows told in sentences: the acts of a section's sentences in their order, and small flows beside it for what may happen.

The acts of one section make one flow, whatever its number of paragraphs, since a service whose ordering, payment and
delivery are spread over sentences is one flow all the same. A sentence that begins with a change of plan (a cancellation, a
complaint, a move) stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from opslead.intake.flow.acts import Act, acts, phrase_acts
from opslead.intake.flow.links import Words, step
from opslead.intake.page.passages import Form, Passage
from opslead.intake.people.cast import Cast
from opslead.intake.scope import Scope, bare_heading, scope_of
from opslead.model.document import StepText

_HANGUL = re.compile(r"[가-힣]")
BESIDE = frozenset(
    {"cancel", "no_show", "expire", "reschedule", "transfer", "claim", "compensate", "pause", "terminate", "adjust"}
)
_EXITS = frozenset({"cancel", "no_show", "expire"})
_CHANGES = frozenset({"reschedule", "transfer", "pause", "terminate", "compensate"})
_LEADS_TO = frozenset({"request", "notify", "record", "approve", "review"})
_DUTIES = re.compile(
    r"^(?:\d[\d.]*\s*)?(?:주요\s?)?(?:사용자|이용자|역할|액터|담당|이해관계자|참여자|조직|인력|users?\b|user (?:types|roles)|roles?\b|actors?\b|personas?\b|stakeholders?|people|team|staff)",
    re.I,
)
_CLAUSE_KO = re.compile(r"(?<=[가-힣])(?:고|며|면|지만|는데|거나|다가|므로|니까|면서|뒤|후|,)[,\s]\s*")
_CLAUSE_EN = re.compile(
    r"[;:]\s+|,\s+(?:and|but|then|who|which|while|whereas|or)?\s*|\s+(?:and|but|then|when|if|after|before|until|while|who|which|once|or)\s+"
)


@dataclass
class Told:
    """The steps of one section, and those that stand beside them, by the kind they begin with."""

    name: str
    first: Passage
    scope: Scope
    main: list[StepText] = field(default_factory=list)
    beside: dict[str, list[StepText]] = field(default_factory=dict)


def narrative(
    passages: Sequence[Passage], used: frozenset[tuple[str, str]], cast: Cast, title: str
) -> tuple[Told, ...]:
    """One for each section with sentences outside `used` (place and text of what is a link of a chain already)."""
    sections: dict[tuple[str, ...], Told] = {}
    carried = ""
    for passage in passages:
        scope = scope_of(passage, title)
        if scope in (Scope.LATER, Scope.ASIDE) or not _tells(passage, scope):
            continue
        if (str(passage.place), passage.text) in used:
            continue
        key = tuple(h for h in passage.headings if h != passage.label) or (title,)
        told = sections.get(key)
        if told is None:
            carried = ""
            name = bare_heading(key[-1])
            if key[-1] == title or _ABOUT.match(name):
                name = ""
            told = sections[key] = Told(name, passage, scope)
        carried = _add(told, passage, cast, carried)
    return tuple(told for told in sections.values() if told.main or told.beside)


_ABOUT = re.compile(
    r"^(?:(?:서비스 |사업 )?(?:개요|소개|설명)|배경|들어가며|overview|introduction|background|about(?: us)?|summary|in short)$",
    re.I,
)
"""Headings that name no flow: what stands below them tells of the whole."""


def _tells(passage: Passage, scope: Scope) -> bool:
    """Whether the passage is running text about the work: prose, or an item that is a sentence."""
    if any(_DUTIES.match(heading) for heading in passage.headings[-1:]) or _DUTIES.match(passage.label):
        return False
    if any(act.kind in _EXITS or act.kind == "refund" for act in phrase_acts(passage.label)):
        return False  # a ladder of refunds
    if passage.form is Form.PROSE:
        return True
    if passage.form is not Form.ITEM:
        return False
    return scope is Scope.FLOW or bool(_SENTENCE_END.search(passage.text)) or bool(_labelled(passage))


_SENTENCE_END = re.compile(r"(?:[다요]|[가-힣](?:함|됨|음|임))\.?$|\.$")
_LONGEST_LABEL = 8


def _labelled(passage: Passage) -> tuple[Act, ...]:
    """The act that the label of a Korean item names: `반납: 원래 자리에 세우고 …`."""
    label = passage.label
    if not label or len(label) > _LONGEST_LABEL or not _HANGUL.search(label) or not passage.text.startswith(label):
        return ()
    return tuple(act for act in phrase_acts(label) if act.end == len(label) and act.kind not in BESIDE)


def _add(told: Told, passage: Passage, cast: Cast, carried: str) -> str:
    """Adds the steps of a sentence; gives who acted last, for the sentences that go on with `they` or nobody."""
    steps, carried = sentence_steps(passage, cast, carried)
    named = [step(act, Words(passage.text, passage), cast) for act in _labelled(passage)]
    steps = [*named, *(s for s in steps if all(s.kind != n.kind for n in named))]
    if not steps:
        return carried
    kinds = [s.kind for s in steps if s.kind not in _LEADS_TO]
    if kinds and kinds[0] in BESIDE and (len(told.main) >= 2 or any(s.kind in _CHANGES for s in steps)):
        if len(steps) > 1 or kinds[0] not in _EXITS:
            extend(told.beside.setdefault(kinds[0], []), steps)
        return carried
    extend(told.main, [s for s in steps if s.kind not in _EXITS])
    return carried


_FIRST_TOLD = frozenset({"request", "charge", "confirm", "list", "hold"})
_OTHER_WAY = frozenset({"phone", "fax", "paper", "spreadsheet"})


def extend(flow: list[StepText], steps: Sequence[StepText]) -> None:
    """Appends the steps of kinds that are new, or that come another way (by telephone, on paper).

    What a repeated one by the same actor says more is filled in.
    """
    for new in steps:
        same = next((i for i, old in enumerate(flow) if old.kind == new.kind), -1)
        if same < 0 or (new.via in _OTHER_WAY and flow[same].via != new.via):
            flow.append(new)
        elif new.actor and not flow[same].actor and new.kind not in _FIRST_TOLD:
            flow.append(filled(new, flow.pop(same)))  # the telling that says who does it says when
        elif new.actor in ("", flow[same].actor) or not flow[same].actor:
            flow[same] = filled(flow[same], new)


def filled(step_: StepText, other: StepText) -> StepText:
    """The step with what only the other says."""
    update = {
        name: getattr(other, name)
        for name in ("actor", "partner", "within", "when", "manual", "via", "minutes")
        if getattr(step_, name) in ("", None) and getattr(other, name) not in ("", None)
    }
    return step_.model_copy(update=update) if update else step_


def sentence_steps(passage: Passage, cast: Cast, carried: str = "") -> tuple[list[StepText], str]:
    """The sure acts of a sentence as steps, and who acts at its end."""
    text = passage.text
    found = [act for act in acts(text) if act.sure and not (act.weak and _says_little(act))]
    steps: list[StepText] = []
    for index, act in enumerate(found):
        if steps and steps[-1].kind == act.kind:
            continue
        start, end = _clause(text, act, found, index)
        words = _trimmed(text[start:end])
        at = max(words.find(act.word), 0)
        local = replace(act, start=at, end=at + len(act.word))
        subject = _subject(text, act, start, end, cast, carried)
        steps.append(step(local, Words(words, passage, actor=subject, told=True), cast))
    last = [m for m in cast.mentions(text) if m.acts and m.actor]
    return steps, (last[-1].actor if last else carried)


def _says_little(act: Act) -> bool:
    """A general word that names a step in a chain and may mean anything in a sentence: `holds`, `starts`, `완료`."""
    if _HANGUL.search(act.word):
        return act.kind in ("complete", "start", "confirm", "grade", "check_in")
    return act.kind not in ("request", "check_in", "return", "authorize")


def _trimmed(clause: str) -> str:
    """A clause without the joint it was cut at."""
    return re.sub(
        r"^(?:(?:해서|하고|하면|하며|하여|해|한|되면|되고|시|후|뒤|및|또는|과|와|을|를|이|가|은|는)\s)|[/·,;\s]+$",
        "",
        clause.strip(" ,;/·"),
    )


_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|also\s+|then\s+|often\s+)?(?:\w+\s+(?:and|or)\s+)?$", re.I
)
_PRONOUN = re.compile(r"\b(?:they|he|she)\b", re.I)
_LONGEST_NAME = 8  # letters of a name before the particle that makes it the topic
_TOPIC = re.compile(r"[가-힣](?:은|는|이|가|에서는?)\s")


def _subject(text: str, act: Act, start: int, end: int, cast: Cast, carried: str) -> str:
    """Who does the act: in Korean whoever the clause or the one before names, in English not the subject of a passive."""
    if start and text[start - 1] in "(（":
        return cast.subject(text[start:end], end - start)
    if _HANGUL.search(act.word):
        inner = replace(act, start=act.start - start, end=act.end - start)
        named = cast.subject(text[start:end], end - start, act=inner)
        if named or _TOPIC.search(text[start : act.start]):
            return named  # a subject of the clause's own that is no actor: `공장은 … 세탁한다`
        topics = [m.start() for m in _TOPIC.finditer(text, 0, start)]
        if not topics:
            return cast.subject(text[:start], start, act=act) or carried
        return cast.subject(
            text[topics[-1] - _LONGEST_NAME if topics[-1] > _LONGEST_NAME else 0 : start], start, act=act
        )
    if act.word.lower().endswith("ed") and (_PASSIVE.search(text[: act.start]) or _lists_passives(text, act)):
        return cast.subject(text[act.end :], 0, 0)
    named = cast.subject(text[:end], act.start, act.end)
    return named or (carried if _PRONOUN.search(text[start : act.start]) else "")


def _lists_passives(text: str, act: Act) -> bool:
    """`orders are picked, shipped by …`: one of several participles after the same `are`."""
    return bool(re.search(r"(?:,|\band|\bor)\s+(?:\w+ly\s+|also\s+|then\s+)?$", text[: act.start])) and bool(
        re.search(r"\b(?:is|are|was|were|be|been)\b", text[: act.start])
    )


def _clause(text: str, act: Act, found: Sequence[Act], index: int) -> tuple[int, int]:
    """The words that belong to an act: its clause, cut at the acts before and after it."""
    for bracket in re.finditer(r"[(（]([^()（）]*)[)）]", text):
        if bracket.start() < act.start < bracket.end():
            return bracket.start(1), bracket.end(1)
    low = found[index - 1].end if index else 0
    high = found[index + 1].start if index + 1 < len(found) else len(text)
    breaks = _CLAUSE_KO if _HANGUL.search(act.word) else _CLAUSE_EN
    starts = [m.end() for m in breaks.finditer(text, 0, act.start) if m.end() <= act.start]
    ends = [m.start() for m in breaks.finditer(text, act.end)]
    start = max([low, *starts[-1:]])
    end = min([high if high > act.end else len(text), *(e + 1 if _HANGUL.search(act.word) else e for e in ends[:1])])
    return start, max(end, act.end)


def duties(passages: Sequence[Passage], cast: Cast, title: str) -> Iterator[StepText]:
    """The steps of every sentence and item that is not left for later, for a text that tells no sequence."""
    carried = ""
    for passage in passages:
        if passage.form in (Form.HEADING, Form.CODE, Form.ROW) or scope_of(passage, title) in (
            Scope.LATER,
            Scope.ASIDE,
        ):
            continue
        steps, carried = sentence_steps(passage, cast, carried)
        if not steps and passage.form is Form.ITEM:
            owner = next((name for h in reversed(passage.headings) if (name := cast.named(h))), "")
            found = [act for act in phrase_acts(passage.text) if not act.weak]
            steps = [step(act, Words(passage.text, passage, actor=owner), cast) for act in found]
        yield from steps
