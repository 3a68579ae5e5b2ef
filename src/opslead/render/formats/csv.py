"""Tables that Jira and Linear import: the horizons of the rollout, and below them a row for each policy.

Jira: support.atlassian.com, "Keep work parent-child relationships during CSV import": Issue Type, Issue ID and Parent, highest level
first; a field of several values has several columns of one name. Linear: the columns of its own CSV export, which its importer reads
(github.com/linear/linear, LinearCsvImporter); labels divided by a comma and a blank.
"""

from __future__ import annotations

from collections.abc import Mapping

from opslead.render.format import Bundle, Format
from opslead.render.plain import shortened
from opslead.render.tracker.items import Work, works
from opslead.render.tracker.table import table
from opslead.spec.document import Level

_JIRA: Mapping[Level, str] = {"high": "High", "medium": "Medium", "low": "Low", "": "Medium"}
_LINEAR: Mapping[Level, str] = {"high": "High", "medium": "Medium", "low": "Low", "": "No priority"}

_MOST = 255
"""Characters of a summary in Jira; a longer one makes the row fail."""


def _files(bundle: Bundle) -> Mapping[str, bytes]:
    items = works(bundle.specification, bundle.start)
    return {"csv/jira.csv": _jira(items), "csv/linear.csv": _linear(items)}


def _jira(items: tuple[Work, ...]) -> bytes:
    most = max((len(item.labels) for item in items), default=1)
    head = (
        "Issue ID",
        "Issue Type",
        "Summary",
        "Description",
        "Priority",
        "Due horizon",
        "Parent",
        *(("Due date",) if _dated(items) else ()),
        *("Labels",) * most,
    )
    rows = (
        (
            str(item.number),
            "Task" if item.parent else "Epic",
            *_fitting(item),
            _JIRA[item.urgency],
            item.horizon,
            str(item.parent or ""),
            *((item.due.isoformat(),) if item.due else ()),
            *item.labels,
            *("",) * (most - len(item.labels)),
        )
        for item in items
    )
    return table(head, rows)


def _fitting(item: Work) -> tuple[str, str]:
    """Summary and description; a summary that Jira would refuse is cut, and stands whole before the description."""
    short = shortened(item.summary, _MOST)
    return (short, item.description) if len(item.summary) <= _MOST else (short, f"{item.summary}\n\n{item.description}")


def _dated(items: tuple[Work, ...]) -> bool:
    return any(item.due for item in items)


def _linear(items: tuple[Work, ...]) -> bytes:
    head = (
        "ID",
        "Title",
        "Description",
        "Status",
        "Priority",
        "Labels",
        "Estimate",
        "Due horizon",
        "Parent issue",
        "Archived",
    )
    rows = (
        (
            f"OPS-{item.number}",
            item.summary,
            item.description,
            "Backlog",
            _LINEAR[item.urgency],
            ", ".join(item.labels),
            "",
            item.horizon,
            f"OPS-{item.parent}" if item.parent else "",
            "",
        )
        for item in items
    )
    return table(head, rows)


FORMAT = Format("csv", "the rollout for import into Jira and Linear", _files)
