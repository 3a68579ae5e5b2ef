"""The same good specification in the dress of several writers: opslead's, bold labels, tables, other words for the labels."""

import re

from opslead.render import markdown
from opslead.spec.labels import FIELDS, MONITORING
from specs import english, good


def plain():
    return markdown.render(good())


def bold():
    """English, every label in bold."""
    text = markdown.render(english())
    return re.sub(r"^(\s*- )([A-Z\[][^:\n]{2,40}):", r"\1**\2**:", text, flags=re.M)


def tables():
    """English, a policy as a table, its runbook in one cell with (1) (2) (3)."""
    spec, lang = english(), "en"
    parts = markdown.render(spec).split("### [Policy #")
    blocks = [parts[0]]
    for policy, part in zip(spec.policies, parts[1:], strict=True):
        rest = part[part.index("\n\n## ") :] if "\n\n## " in part else "\n\n"
        steps = " ".join(
            f"({n}) {s.actor} — {s.action} ({s.deadline}{'; data: ' + s.data if s.data else ''})"
            for n, s in enumerate(policy.runbook, 1)
        )
        watch = policy.monitoring
        said = [
            f"{MONITORING[lang]['leading']}: {watch.leading[0]}.",
            f"{MONITORING[lang]['lagging']}: {watch.lagging[0]}.",
        ]
        said += [f"{MONITORING[lang][name]}: {getattr(watch, name)}." for name in ("start", "relax", "stop")]
        rows = {
            "surfaces": ", ".join(f"[{n}]" for n in policy.surfaces),
            "intent": policy.intent,
            "scope": policy.scope,
            "trigger": policy.trigger,
            "signals": ", ".join(policy.signals),
            "enforcement_points": "; ".join(f"server API — {p.action}" for p in policy.enforcement_points),
            "runbook": steps,
            "exceptions": " ".join(policy.exceptions),
            "monitoring": " ".join(said),
            "symptoms": " ".join(policy.symptoms),
        }
        if policy.uncertain:
            rows["uncertain"] = f"{policy.uncertain.what} — Questions: (1) {policy.uncertain.questions[0]}"
        table = "\n".join(f"| {FIELDS[lang][name].strip('[]')} | {text} |" for name, text in rows.items())
        blocks.append(f"{policy.number}] Name: {policy.name}\n\n| Field | |\n| --- | --- |\n{table}{rest}")
    return "### [Policy #".join(blocks)


OTHER = {
    "목적/방지하는 사고": "**목적**",
    "적용 범위": "**범위**",
    "트리거(발동 조건)": "**발동 조건**",
    "필요한 데이터/신호": "**데이터/신호**",
    "집행 위치(Enforcement Point)": "**집행 위치**",
    "운영 절차(Runbook 요약)": "**운영 절차**",
    "예외/충돌 우선순위": "**예외**",
    "모니터링/알람": "**지표**",
    "실패 시 관측되는 징후": "**징후**",
}
TITLES = {
    "## 1) 운영 관점 Top Failure Modes (상위 실패 패턴)": "## 상위 실패 패턴",
    "## 2) Policy Catalog (정책 카탈로그)": "## 정책 카탈로그",
    "## 3) Priority & Rollout (우선순위 및 도입 순서)": "## 도입 순서",
    "## 4) Verification Questions (검증 질문 묶음)": "## 검증 질문",
}


def loose():
    """Korean, other words for titles and labels, runbooks in one line, no dagger explained."""
    text = plain()
    for mine, theirs in {**TITLES, **{f"- {label}:": f"- {other}:" for label, other in OTHER.items()}}.items():
        text = text.replace(mine, theirs)
    text = re.sub(r"(\*\*운영 절차\*\*:)\n  1\. (.*)\n  2\. (.*)\n  3\. (.*)", r"\1 (1) \2 (2) \3 (3) \4", text)
    return re.sub(r"^† = .*\n\n", "", text, flags=re.M)


DRESSES = {"plain.ko": plain, "bold.en": bold, "tables.en": tables, "loose.ko": loose}
