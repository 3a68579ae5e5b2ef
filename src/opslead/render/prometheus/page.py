"""METRICS.md: what the service has to emit for the rules to work, and what no rule watches."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.render.escape import cell
from opslead.render.monitoring.alert import Metric, Plan
from opslead.render.monitoring.condition import Unit
from opslead.render.monitoring.promql import duration
from opslead.spec.labels import MONITORING
from opslead.text import Lang, pick


def page(made: Plan, lang: Lang) -> str:
    """The page in the language of the document, in Markdown."""
    count = f"{len(made.metrics)}"
    alerts: dict[str, list[str]] = {}
    for alert in made.alerts:
        for term in alert.terms:
            alerts.setdefault(term.metric.name, []).append(alert.name)
    head = pick(
        lang,
        "| 지표 | 종류 | 단위 | 무엇을 재는가 | 정책 | 경보 |",
        "| Metric | Type | Unit | What it measures | Policy | Alerts |",
    )
    rows = [_row(metric, alerts.get(metric.name, []), lang) for metric in made.metrics]
    return "\n".join(
        [
            pick(lang, "# 서비스가 내보내야 하는 지표", "# Metrics that the service has to emit"),
            "",
            *_before(lang, count),
            "",
            head,
            "| --- " * 6 + "|",
            *rows,
            "",
            *_left(made, lang),
            "",
        ]
    )


def _before(lang: Lang, count: str) -> Iterator[str]:
    yield pick(
        lang,
        f"지표 {count}개다. 이름은 정책 번호를 따르므로 정책 문장이 그대로면 바뀌지 않는다. 어느 지표에나 `site`, `channel` 같은 라벨을 더할 수 있고, 경보는 라벨마다 따로 울린다. 한 경보의 조건이 둘이면 두 지표의 라벨이 같아야 한다.",
        f"{count} metrics. Their names follow the policies' ids and stay as long as the sentences do. Any may carry labels such as `site` or `channel`; an alert then fires for each. Where an alert has two conditions, both metrics carry the same labels.",
    )
    yield ""
    yield pick(
        lang,
        "`_state`는 그 정책이 지금 어디에 있는가다: 0 평상, 1 발동(늘 켜 두는 정책은 1), 2 중단. 완화와 재개 경보는 이 값이 1이나 2일 때만 울린다. 지표 하나가 15분 동안 들어오지 않으면 `…NoData`가 그 이름을 알린다.",
        "`_state` says where the policy stands: 0 ordinary, 1 started (always on: 1), 2 stopped. Alerts of easing and reopening fire only while it is 1 or 2. When a metric has not arrived for 15 minutes, `…NoData` names it.",
    )
    yield ""
    yield pick(
        lang,
        "`runbook_url`은 카드의 상대 경로다. Prometheus 설정의 `external_labels`에 카드를 둔 곳을 `runbooks: https://…/`로 적으면 앞에 붙는다.",
        "`runbook_url` is the card's relative path. With `runbooks: https://…/`, where the cards are kept, among Prometheus' `external_labels` it becomes a link.",
    )
    yield ""
    yield pick(
        lang,
        "counter는 일어날 때마다 1을 더하고 0에서 시작해 처음부터 내보낸다. 창은 달력의 하루가 아니라 지금까지의 길이다. gauge에 창이 적혀 있으면 그 길이로 집계한 값을 내보낸다. 비율은 0에서 1 사이, 시간은 초다. 창이 보관 기간(기본 15일)보다 길면 `--storage.tsdb.retention.time`을 늘린다.",
        "A counter adds 1 each time, begins at 0 and is emitted from the first moment on. A window is a length up to now, not a calendar day. Where a gauge names a window, its value is taken over that length. Shares are 0 to 1, times are seconds. For windows longer than the retention (15 days by default) raise `--storage.tsdb.retention.time`.",
    )


def _row(metric: Metric, alerts: list[str], lang: Lang) -> str:
    unit = {
        Unit.RATIO: pick(lang, "비율(0~1)", "share (0 to 1)"),
        Unit.TIMES: pick(lang, "배(나눈 값)", "quotient"),
        Unit.COUNT: pick(lang, "건", "items"),
        Unit.SECONDS: pick(lang, "초", "seconds"),
        Unit.CELSIUS: "℃",
        Unit.STATE: pick(lang, "0·1·2", "0, 1, 2"),
    }.get(metric.unit, metric.unit.value.upper())
    window = duration(metric.window) if metric.window else ""
    measured = metric.subject + (pick(lang, f" (창 {window})", f" (over {window})") if window else "")
    policy = f"#{metric.policy.number} {cell(metric.policy.name)}"
    return f"| `{metric.name}` | {metric.kind} | {unit} | {cell(measured)} | {policy} | {', '.join(f'`{name}`' for name in alerts)} |"


def _left(made: Plan, lang: Lang) -> Iterator[str]:
    """What stays with people, each sentence with the reason."""
    yield pick(lang, "## 규칙으로 쓰지 못한 문장", "## Sentences that no rule watches")
    yield ""
    if not made.unexpressed:
        yield pick(lang, "없다.", "None.")
        return
    yield pick(lang, "| 정책 | 자리 | 문장 | 이유 |", "| Policy | Part | Sentence | Why |")
    yield "| --- | --- | --- | --- |"
    for left in made.unexpressed:
        part = MONITORING[lang][left.part]
        yield f"| #{left.policy.number} | {part} | {cell(left.sentence)} | {cell(left.why)} |"
