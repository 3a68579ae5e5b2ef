"""From numbers with units to FMEA grades, and the AIAG-VDA action priority.

The grades of severity, occurrence and detection are read off scales; AIAG-VDA leaves the scales to whoever uses them, and these
are opslead's own, geometric so that a grade is about a factor of three. Action priority: AIAG & VDA FMEA Handbook, 1st edition
2019, table “Action Priority for DFMEA and PFMEA”.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

Priority = Literal["high", "medium", "low"]

_TICKETS = (0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0, 100.0)
"""Loss a case, in average tickets, from which grades 2 to 10 begin."""
_PER_MONTH = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 1000.0)
"""Cases a month from which grades 2 to 10 begin: 0.1 is one in ten months, 30 one a day."""
_HOURS = (0.1, 0.5, 1.0, 4.0, 12.0, 36.0, 120.0, 360.0, 2000.0)
"""Hours until somebody who can act sees it, from which grades 2 to 10 begin: 12 is a night, 120 a working week."""


def severity_grade(loss: float, ticket: float) -> int:
    """1 to 10 from the money lost in one case against the average ticket, both in the same currency."""
    return bisect_right(_TICKETS, loss / ticket) + 1


def occurrence_grade(per_month: float) -> int:
    """1 to 10 from how many cases a month meet it."""
    return bisect_right(_PER_MONTH, per_month) + 1


def detection_grade(hours: float) -> int:
    """1 to 10 from the hours until somebody who can act sees it."""
    return bisect_right(_HOURS, hours) + 1


_H: Priority = "high"
_M: Priority = "medium"
_L: Priority = "low"
_TABLE: tuple[tuple[int, tuple[tuple[int, tuple[Priority, Priority, Priority, Priority]], ...]], ...] = (
    (9, ((8, (_H, _H, _H, _H)), (6, (_H, _H, _H, _H)), (4, (_H, _H, _H, _M)), (2, (_H, _M, _L, _L)))),
    (7, ((8, (_H, _H, _H, _H)), (6, (_H, _H, _H, _M)), (4, (_H, _M, _M, _M)), (2, (_M, _M, _L, _L)))),
    (4, ((8, (_H, _H, _M, _M)), (6, (_M, _M, _M, _L)), (4, (_M, _L, _L, _L)), (2, (_L, _L, _L, _L)))),
    (2, ((8, (_M, _M, _L, _L)), (6, (_L, _L, _L, _L)), (4, (_L, _L, _L, _L)), (2, (_L, _L, _L, _L)))),
)  # fmt: skip
"""Severity from, then occurrence from, then detection 7-10, 5-6, 2-4, 1."""


def action_priority(severity: int, occurrence: int, detection: int) -> Priority:
    """High, medium or low by the handbook's table; severity 1 or occurrence 1 is always low."""
    column = 0 if detection >= 7 else 1 if detection >= 5 else 2 if detection >= 2 else 3
    for lowest, rows in _TABLE:
        if severity >= lowest:
            return next((row[column] for least, row in rows if occurrence >= least), _L)
    return _L
