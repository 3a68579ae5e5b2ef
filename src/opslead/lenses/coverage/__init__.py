"""The coverage lens: who is on duty, hour by hour over a week and a week with a Monday holiday, for the work people do."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.coverage.desk import approval_gap, two_needed, unattended
from opslead.lenses.coverage.reach import peak_uncovered, span_of_control
from opslead.lenses.coverage.spot import alone, nobody, outside_duty, shift_change
from opslead.lenses.coverage.windows import unchecked, work_window
from opslead.lenses.hole import Hole
from opslead.model.service import Service


def examine(service: Service) -> Iterator[Hole]:
    """Unattended work, approvals beyond everybody's limit, people alone, changes of shift in a rush, work outside of all duty,
    repair that is away after the peak, one person for many places."""
    for look in (
        unattended,
        approval_gap,
        two_needed,
        alone,
        nobody,
        shift_change,
        outside_duty,
        peak_uncovered,
        span_of_control,
        work_window,
        unchecked,
    ):
        yield from look(service)
