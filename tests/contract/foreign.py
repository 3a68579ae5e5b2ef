"""A specification as other hands would write it: other headings, other words for the labels, other lists and tables."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from opslead.spec.labels import HORIZONS, LEVELS, SURFACES

TITLES = {
    "ko": ("가정", "상위 실패 패턴", "정책 카탈로그", "우선순위 및 도입 순서", "검증 질문"),
    "en": ("Assumptions", "Top failure modes", "Policy catalog", "Priority and rollout", "Verification questions"),
}
LABELS = {
    "ko": {
        "surfaces": "표면 태그", "intent": "막으려는 사고", "scope": "적용 대상", "trigger": "발동 기준", "signals": "필요 데이터", "enforcement_points": "집행 지점",
        "runbook": "대응 절차", "exceptions": "예외 및 충돌 시 우선순위", "monitoring": "모니터링 지표", "symptoms": "실패 징후", "uncertain": "불확실한 점",
    },
    "en": {
        "surfaces": "Surface tags", "intent": "What it prevents", "scope": "Applies to", "trigger": "Activation condition", "signals": "Data required",
        "enforcement_points": "Where enforced", "runbook": "Operating steps", "exceptions": "Exceptions & conflicts", "monitoring": "Metrics and alerts",
        "symptoms": "Failure symptoms", "uncertain": "Open points",
    },
}  # fmt: skip
WATCH = {
    "ko": {"leading": "선행 지표", "lagging": "결과 지표", "start": "발동 기준", "relax": "완화 기준", "stop": "중단 기준"},
    "en": {"leading": "Leading indicator", "lagging": "Lagging indicator", "start": "Start", "relax": "Relax", "stop": "Stop"},
}  # fmt: skip
SERVER = {"ko": "서버 API", "en": "server API"}
DATA = {"ko": "필요한 데이터", "en": "Data needed"}
ASKED = {"ko": "질문", "en": "Questions"}


def steps(policy):
    return [f"{step.actor} — {step.action} ({step.deadline})" for step in policy.runbook]


def watched(policy, lang):
    watch = policy.monitoring
    said = {"leading": watch.leading, "lagging": watch.lagging}
    said |= {name: filter(None, [getattr(watch, name)]) for name in ("start", "relax", "stop")}
    return [f"{WATCH[lang][name]}: {text}" for name, texts in said.items() for text in texts]


def fields(policy, lang):
    """What the policy says, field by field, each in one line."""
    rows = {
        "surfaces": ", ".join(f"[{n}] {SURFACES[lang][n]}" for n in policy.surfaces),
        "intent": policy.intent,
        "scope": policy.scope,
        "trigger": policy.trigger,
        "signals": ", ".join(policy.signals),
        "enforcement_points": "; ".join(f"{SERVER[lang]} — {point.action}" for point in policy.enforcement_points),
        "runbook": " ".join(f"({n}) {step}." for n, step in enumerate(steps(policy), 1)),
        "exceptions": " ".join(policy.exceptions),
        "monitoring": ". ".join(watched(policy, lang)) + ".",
        "symptoms": " ".join(policy.symptoms),
    }
    if policy.uncertain:
        asked = " ".join(f"({n}) {question}" for n, question in enumerate(policy.uncertain.questions, 1))
        rows["uncertain"] = f"{policy.uncertain.what} — {ASKED[lang]}: {asked}"
    return {name: text for name, text in rows.items() if text}


# --- a policy's body, one hand each


def lines(form, between="\n"):
    """A line a field; the runbook stands in one line with (1) (2) (3)."""
    return lambda p, lang: between.join(form.format(LABELS[lang][k], text) for k, text in fields(p, lang).items())


def lists(form, step="  {}. {}", bullet="  - {}"):
    """Runbook and thresholds as lists under their labels."""

    def body(p, lang):
        out = []
        for name, text in fields(p, lang).items():
            nested = name in ("runbook", "monitoring")
            out.append(form.format(LABELS[lang][name], "" if nested else text).rstrip())
            if name == "runbook":
                out += [step.format(n, s) for n, s in enumerate(steps(p), 1)]
            elif name == "monitoring":
                out += [bullet.format(w) for w in watched(p, lang)]
        return "\n".join(out)

    return body


def headings(form):
    """Every label a heading of its own, its text under it."""

    def body(p, lang):
        texts = fields(p, lang)
        texts["runbook"] = "\n".join(f"{n}. {step}" for n, step in enumerate(steps(p), 1))
        texts["monitoring"] = "\n".join(f"- {text}" for text in watched(p, lang))
        return "\n\n".join(f"{form.format(LABELS[lang][name])}\n\n{text}" for name, text in texts.items())

    return body


def cells(p, lang):
    """The fields as a table's cells, with breaks in them."""
    texts = fields(p, lang)
    texts["runbook"] = "<br>".join(f"{n}. {step}" for n, step in enumerate(steps(p), 1))
    texts["monitoring"] = "<br>".join(watched(p, lang))
    return texts


def table(head):
    """A table of two columns a policy."""

    def body(p, lang):
        rows = [f"| **{LABELS[lang][name]}** | {text} |" for name, text in cells(p, lang).items()]
        return "\n".join([head.format(number=p.number, name=p.name), "|---|---|", *rows])

    return body


def step_table(p, lang):
    """Headings, and the runbook as a table with a column for who, what and when."""
    rows = [f"| {n} | {s.actor} | {s.action} | {s.deadline} |" for n, s in enumerate(p.runbook, 1)]
    made = "\n".join(["| Step | Who | What | By when |", "|---|---|---|---|", *rows])
    listed = "\n".join(f"{n}. {step}" for n, step in enumerate(steps(p), 1))
    return headings("#### {}")(p, lang).replace(listed, made)


def emoji(p, lang):
    signs = dict(zip(LABELS[lang], "🏷🎯📍⚡📊🔒🛠⚖📈🚨❓", strict=True))
    return "\n".join(f"- {signs[k]} **{LABELS[lang][k]}**: {text}" for k, text in fields(p, lang).items())


def numbered(p, lang):
    return "\n".join(f"{n}. **{LABELS[lang][k]}**: {text}" for n, (k, text) in enumerate(fields(p, lang).items(), 1))


def arrows(p, lang):
    texts = fields(p, lang) | {"runbook": " → ".join(steps(p))}
    return "\n".join(f"- **{LABELS[lang][name]}:** {text}" for name, text in texts.items())


# --- the whole document


@dataclass(frozen=True)
class Hand:
    """How one writer writes: a policy's body, and the forms of headings, rollout rows and questions."""

    lang: str
    body: Callable
    policy: str = "### Policy {number}: {name}"
    section: str = "## {place}. {title}"
    horizon: str = "### {title}"
    row: str = "| #{number} {name} | {impact} | {likelihood} | {detectability} |"
    question: str = "{n}. {decision} — {data}: {needed}"
    title: str = "# {title}"


HANDS = {
    "translated labels.ko": Hand("ko", lines("- **{}**: {}"), policy="### 정책 {number}. {name}", horizon="**{title}**"),
    "paragraphs.en": Hand("en", lines("**{}:** {}", "\n\n"), policy="**Policy {number} — {name}**", section="## Part {place}: {title}"),
    "no colon.ko": Hand("ko", lines("- **{}** {}"), policy="### [정책 {number}] {name}"),
    "dashes.en": Hand("en", lines("- **{}** — {}"), question="- **{decision}** _{data}:_ {needed}"),
    "numbered headings.en": Hand("en", lists("- {}: {}"), policy="### 2.{number}. Policy {number}: {name}", horizon="### 3.1 {title}"),
    "chapters.ko": Hand("ko", lists("○ {} : {}", "  ① {1}", "   - {}"), policy="■ [Policy #{number}] {name}", section="# {place}장. {title}"),
    "emoji.ko": Hand("ko", emoji, policy="### 🔒 [Policy #{number}] 정책명: {name}", section="## 🧭 {place}) {title}", row="| #{number} {name} | 🔴 {impact} | 🟡 {likelihood}(3) | 🟢 {detectability} |"),
    "emoji.en": Hand("en", emoji, policy="### 🔒 Policy #{number} | {name}", section="## ⚠️ {title}", horizon="#### ⏱ {title}"),
    "table each.ko": Hand("ko", table("| 항목 | 내용 |"), policy="### P{number}. {name}"),
    "table head.en": Hand("en", table("| Policy #{number} | {name} |"), policy="", question="- Q{n}. {decision} ({data}: {needed})"),
    "labels as headings.ko": Hand("ko", headings("##### {}"), policy="#### [P-{number}] {name}"),
    "labels bold alone.en": Hand("en", headings("**{}**")),
    "step tables.en": Hand("en", step_table, policy="### 2.{number} {name}"),
    "arrows.ko": Hand("ko", arrows, policy="### {number}. {name}", row="- #{number} {name}: 위험도 {impact} / 발생확률 {likelihood} / 탐지가능성 {detectability}"),
    "numbered fields.en": Hand("en", numbered, policy="### POL-{number:03d}: {name}", row="- **#{number} {name}** (Impact: {impact}, Likelihood: {likelihood}, Detectability: {detectability})"),
    "underlined.en": Hand("en", lists("* **{}**: {}", "    {}) {}", "    * {}"), title="{title}\n=====", section="{place}) {title}\n-----", policy="### Policy {number:02d} · {name}"),
}  # fmt: skip


def write(hand, spec):
    """The specification in that hand."""
    lang, titles = hand.lang, TITLES[hand.lang]
    sections = (_assumptions, _modes, _policies, _rollout, _questions)
    parts = [hand.title.format(title=spec.title)]
    for place, (title, section) in enumerate(zip(titles, sections, strict=True)):
        parts += [hand.section.format(place=place, title=title), section(hand, spec, lang)]
    return "\n\n".join(parts) + "\n"


def _assumptions(hand, spec, lang):
    return "\n".join(f"{n}. {text}" for n, text in enumerate(spec.assumptions, 1))


def _modes(hand, spec, lang):
    head = {"ko": "| # | 조건 | 사용자 영향 | 운영 영향 |", "en": "| # | Condition | User impact | Operations impact |"}
    rows = [f"| F{n} | {m.condition} | {m.user_impact} | {m.operations_impact} |" for n, m in enumerate(spec.failure_modes, 1)]  # fmt: skip
    return "\n".join([head[lang], "|---|---|---|---|", *rows])


def _policies(hand, spec, lang):
    made = [(hand.policy.format(number=p.number, name=p.name), hand.body(p, lang)) for p in spec.policies]
    return "\n\n".join(part for pair in made for part in pair)


def _rollout(hand, spec, lang):
    names = {policy.number: policy.name for policy in spec.policies}
    head = {"ko": "| 정책 | 위험도 | 발생확률 | 탐지가능성 |", "en": "| Policy | Impact | Likelihood | Detectability |"}
    parts = []
    for name, title in HORIZONS[lang].items():
        rows = [
            hand.row.format(number=item.policy, name=names[item.policy], **{axis: LEVELS[lang][getattr(item, axis)] for axis in ("impact", "likelihood", "detectability")})
            for item in getattr(spec.rollout, name)
        ]  # fmt: skip
        table = [head[lang], "|---|---|---|---|"] if hand.row.startswith("|") else []
        parts += [hand.horizon.format(title=title), "\n".join([*table, *rows])]
    return "\n\n".join(parts)


def _questions(hand, spec, lang):
    asked = enumerate(spec.questions, 1)
    return "\n".join(hand.question.format(n=n, decision=q.decision, data=DATA[lang], needed=q.data_needed) for n, q in asked)  # fmt: skip


# --- documents that differ in more than a form


def one_table(spec, lang):
    """All policies in one table, a row each."""
    text = write(HANDS["translated labels.ko"] if lang == "ko" else Hand("en", lines("- {}: {}")), spec)
    names = list(LABELS[lang])
    head = [{"ko": "번호", "en": "No."}[lang], {"ko": "정책", "en": "Policy"}[lang], *LABELS[lang].values()]
    rows = [[str(p.number), p.name, *(cells(p, lang).get(name, "") for name in names)] for p in spec.policies]
    table = "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))
    return _replaced(text, lang, 2, table)


def nested(spec, lang):
    """Policies as items of a list; failure modes and questions with their parts listed under them."""
    text = write(Hand(lang, lines("  - {}: {}"), policy="- **Policy {number}: {name}**"), spec)
    roles = {"ko": ("조건", "사용자 영향", "운영 영향"), "en": ("Condition", "User impact", "Operations impact")}[lang]
    modes = "\n".join(
        f"{n}. **F{n}**\n   - {roles[0]}: {m.condition}\n   - {roles[1]}: {m.user_impact}\n   - {roles[2]}: {m.operations_impact}"
        for n, m in enumerate(spec.failure_modes, 1)
    )
    questions = "\n".join(f"{n}. **{q.decision}?**\n   - {DATA[lang]}: {q.data_needed}" for n, q in enumerate(spec.questions, 1))  # fmt: skip
    return _replaced(_replaced(text, lang, 1, modes), lang, 4, questions)


def graded_apart(spec, lang):
    """Grades in one table, in another order of axes; who comes when in lists."""
    text = write(Hand(lang, lines("- **{}**: {}")), spec)
    axes = {"ko": "| 정책 | 발생확률 | 위험도 | 탐지가능성 |", "en": "| Policy | Likelihood | Impact | Detectability |"}
    word = LEVELS[lang]
    rows = [f"| P{i.policy} | {word[i.likelihood]} | {word[i.impact]} (4) | {word[i.detectability]} |" for i in spec.rollout.items]  # fmt: skip
    placed = [
        f"### {title}\n\n- " + ", ".join(f"#{item.policy}" for item in getattr(spec.rollout, name))
        for name, title in HORIZONS[lang].items()
    ]
    return _replaced(text, lang, 3, "\n".join([axes[lang], "|---|---|---|---|", *rows]) + "\n\n" + "\n\n".join(placed))


def _replaced(text, lang, place, body):
    """The document with another body under the section's title."""
    title = TITLES[lang][place]
    pattern = rf"(?ms)(^## {place}\. {re.escape(title)}\n\n).*?(?=^## |\Z)"
    made, count = re.subn(pattern, lambda match: f"{match[1]}{body}\n\n", text)
    assert count == 1
    return made


def whole(form, lang):
    return lambda spec: form(spec, lang)


DOCUMENTS = {name: (hand.lang, lambda spec, hand=hand: write(hand, spec)) for name, hand in HANDS.items()} | {
    f"{form.__name__}.{lang}": (lang, whole(form, lang)) for form in (one_table, nested, graded_apart) for lang in ("ko", "en")
}  # fmt: skip
"""By name: the language, and the function that writes a specification so."""
