"""The sheets of the register as rows of text, before they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from opslead.render.said import grade_words, sentences, step_words
from opslead.render.xlsx.raci import accountable, actors, chart, unnamed
from opslead.spec.document import FailureMode, Policy, RolloutItem, Specification
from opslead.spec.labels import AXES, ENFORCEMENT, EVIDENCE, FIELDS, HORIZONS, LEVELS, MONITORING, SURFACES
from opslead.text import STARTING, Lang, pick

Kind = Literal["text", "number", "level", "ease", "status", "owner", "letter"]


@dataclass(frozen=True)
class Column:
    """`width` in characters. `number`: whole numbers, which sort as such. `level` is coloured, `ease` too, where low is what is bad; `status` and
    `owner` have a list to choose from, `letter` is centred."""

    title: str
    width: int
    kind: Kind = "text"


@dataclass(frozen=True)
class Sheet:
    """`frozen`: how many columns stay in view."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    frozen: int = 2


def statuses(lang: Lang) -> tuple[str, ...]:
    """What a status may be; the first is where everything begins."""
    return tuple(
        pick(lang, "검토 전|진행 중|적용|보류|위험 수용", "to review|in progress|in force|on hold|risk accepted").split(
            "|"
        )
    )


def sheets(spec: Specification) -> tuple[Sheet, ...]:
    """Holes, policies, rollout, questions, RACI; how to read them is in `guide`."""
    return (_holes(spec), _policies(spec), _rollout(spec), _questions(spec), _raci(spec))


def _kept(lang: Lang) -> tuple[Column, Column, Column]:
    """What the team fills in."""
    return (
        Column(pick(lang, "상태", "Status"), 12, "status"),
        Column(pick(lang, "책임자", "Owner"), 16, "owner"),
        Column(pick(lang, "메모", "Note"), 30),
    )


def _surfaces(surfaces: tuple[int, ...], lang: Lang) -> str:
    return ", ".join(f"[{n}] {SURFACES[lang].get(n, '')}".rstrip() for n in surfaces)


def _lines(parts: tuple[str, ...]) -> str:
    return "\n".join(parts)


def _holes(spec: Specification) -> Sheet:
    lang = spec.language
    shown = spec.findings or spec.failure_modes
    closing = {key: policy for policy in reversed(spec.policies) for key in policy.closes}
    names = pick(
        lang, "조건|사용자 영향|운영 영향|표면|근거", "Condition|Effect on users|Effect on operations|Surfaces|Evidence"
    )
    grades = pick(
        lang,
        "심각도|발생도|검출도|조치 우선순위|등급의 이유|닫는 정책|확실한가",
        "Severity|Occurrence|Detection|Action priority|Reasons of the grades|Closed by|Certain",
    )
    texts = (Column(title, width) for title, width in zip(names.split("|"), (48, 34, 34, 24, 60), strict=True))
    kinds: tuple[Kind, ...] = ("number", "number", "number", "level", "text", "text", "text")
    graded = (
        Column(title, width, kind)
        for title, width, kind in zip(grades.split("|"), (9, 9, 9, 12, 50, 30, 11), kinds, strict=True)
    )
    columns = (Column(pick(lang, "번호", "No."), 7), *texts, *graded, Column("ID", 34), *_kept(lang))
    rows = tuple(
        (f"F{number}", *_hole(mode, lang), _policy_name(closing.get(mode.id)), _certain(mode, lang), mode.id,
         statuses(lang)[0], accountable(closing[mode.id]) if mode.id in closing else "", "")
        for number, mode in enumerate(shown, 1)
    )  # fmt: skip
    return Sheet(pick(lang, "구멍", "Holes"), columns, rows)


def _hole(mode: FailureMode, lang: Lang) -> Iterator[str]:
    yield from (mode.condition, mode.user_impact, mode.operations_impact, _surfaces(mode.surfaces, lang))
    proofs = (
        f"{EVIDENCE[lang][item.kind]}: {item.text}" + (f" ({', '.join(item.sources)})" if item.sources else "")
        for item in mode.evidence
    )
    yield _lines(tuple(proofs))
    if mode.ratings is None:
        yield from ("",) * 5
        return
    rated = (mode.ratings.severity, mode.ratings.occurrence, mode.ratings.detection)
    yield from (str(one.grade) for one in rated)
    yield LEVELS[lang][mode.ratings.action_priority]
    yield _lines(tuple(one.reason for one in rated if one.reason))


def _policy_name(policy: Policy | None) -> str:
    return f"#{policy.number} {policy.name}" if policy else ""


def _certain(mode: FailureMode, lang: Lang) -> str:
    return pick(lang, "확실", "yes") if mode.certain else pick(lang, "확인 필요", "to be confirmed")


def _policies(spec: Specification) -> Sheet:
    lang = spec.language
    names, watch = FIELDS[lang], MONITORING[lang]
    widths = {
        "surfaces": 26,
        "intent": 50,
        "scope": 40,
        "trigger": 44,
        "signals": 40,
        "enforcement_points": 56,
        "runbook": 100,
        "exceptions": 50,
    }
    columns = (
        Column("#", 6, "number"), Column(names["name"], 34),
        *(Column(names[name], width) for name, width in widths.items()),
        *(Column(watch[name], 40) for name in ("leading", "lagging", "start", "relax", "stop")),
        Column(names["symptoms"], 40), Column(names["uncertain"], 40), Column(pick(lang, "닫는 구멍", "Closes"), 34),
        Column(pick(lang, "도입", "Horizon"), 18), Column("ID", 26), *_kept(lang),
    )  # fmt: skip
    when = {item.policy: HORIZONS[lang][key] for key in HORIZONS[lang] for item in getattr(spec.rollout, key)}
    rows = tuple(
        (str(p.number), p.name, *_fields(p, lang), when.get(p.number, ""), p.id, statuses(lang)[0], accountable(p), "")
        for p in spec.policies
    )
    return Sheet(pick(lang, "정책", "Policies"), columns, rows)


def _fields(policy: Policy, lang: Lang) -> Iterator[str]:
    watch = policy.monitoring
    yield from (_surfaces(policy.surfaces, lang), policy.intent, policy.scope, policy.trigger, _lines(policy.signals))
    yield _lines(tuple(f"{ENFORCEMENT[lang].get(p.kind, p.kind)} — {p.action}" for p in policy.enforcement_points))
    yield _lines(tuple(f"{n}. {step_words(step, lang)}" for n, step in enumerate(policy.runbook, 1)))
    yield sentences(policy.exceptions)
    yield from (_lines(watch.leading), _lines(watch.lagging), watch.start, watch.relax, watch.stop)
    yield _lines(policy.symptoms)
    yield _lines((policy.uncertain.what, *policy.uncertain.questions)) if policy.uncertain else ""
    yield _lines(policy.closes)


def _rollout(spec: Specification) -> Sheet:
    lang = spec.language
    policies = {policy.number: policy for policy in spec.policies}
    kinds: tuple[Kind, ...] = ("level", "level", "ease")
    columns = (
        Column("#", 6, "number"), Column(pick(lang, "정책", "Policy"), 40), Column(pick(lang, "도입", "Horizon"), 20),
        *(Column(axis, 14, kind) for axis, kind in zip(AXES[lang], kinds, strict=True)),
        Column(pick(lang, "이유", "Reasons"), 70), *_kept(lang),
    )  # fmt: skip

    def row(item: RolloutItem, key: str) -> tuple[str, ...]:
        policy = policies.get(item.policy)
        grades = (LEVELS[lang][level] for level in (item.impact, item.likelihood, item.detectability))
        owner = accountable(policy) if policy else ""
        reasons = _lines((*grade_words(item, lang), *item.reasons))
        return (
            str(item.policy),
            policy.name if policy else "",
            HORIZONS[lang][key],
            *grades,
            reasons,
            statuses(lang)[0],
            owner,
            "",
        )

    rows = tuple(row(item, key) for key in HORIZONS[lang] for item in getattr(spec.rollout, key))
    return Sheet(pick(lang, "도입", "Rollout"), columns, rows)


def _questions(spec: Specification) -> Sheet:
    lang = spec.language
    titles = pick(
        lang, "번호|결정|필요한 데이터|정책|답에 따라|답", "No.|Decision|Data needed|Policies|What it moves|Answer"
    )
    columns = (*(Column(t, w) for t, w in zip(titles.split("|"), (7, 52, 48, 14, 40, 40), strict=True)), *_kept(lang))
    asked = tuple(
        (
            f"V{number}",
            q.decision,
            q.data_needed,
            ", ".join(f"#{n}" for n in q.affects),
            q.moves,
            "",
            statuses(lang)[0],
            "",
            "",
        )
        for number, q in enumerate(spec.questions, 1)
    )
    legal = tuple(
        (
            f"L{number}",
            q.question,
            _lines(q.facts),
            ", ".join(f"#{n}" for n in q.policies),
            "",
            "",
            statuses(lang)[0],
            "Risk/Legal",
            "",
        )
        for number, q in enumerate(spec.legal, 1)
    )
    return Sheet(pick(lang, "질문", "Questions"), columns, asked + legal)


def _raci(spec: Specification) -> Sheet:
    lang = spec.language
    roles, open_roles = actors(spec), unnamed(spec)
    titles = pick(lang, "정책|단계|할 일|언제까지", "Policy|Step|Task|By when").split("|")
    columns = (
        Column(titles[0], 34), Column(titles[1], 7, "number"), Column(titles[2], 56), Column(titles[3], 26),
        *(Column(role + STARTING * (role in open_roles), 13, "letter") for role in roles),
    )  # fmt: skip
    return Sheet("RACI", columns, tuple(chart(spec, roles)), frozen=3)
