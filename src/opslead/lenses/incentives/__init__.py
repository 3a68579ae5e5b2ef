"""The incentives lens: what pays whom to tell, to wait, to press or to stay silent, and who chooses between exits with different money."""

from __future__ import annotations

from collections.abc import Iterator

from opslead.lenses.hole import Hole
from opslead.lenses.incentives.declared import (
    filled_by_silence,
    own_stopwatch,
    paid_per_press,
    reward_kept,
    self_declared,
    self_timed,
    share_of_gross,
    unpressed,
)
from opslead.lenses.incentives.edges import cheap_claim, edge_clock, forfeit_without_cause, free_overstay, payee_button
from opslead.lenses.incentives.exits import event_after_use, exit_choice, judge_of_own_case
from opslead.lenses.incentives.ladders import date_change, early_notice_loses, ladder_edge, silent_no_show
from opslead.lenses.incentives.meters import endless_fee
from opslead.model.service import Service

_RULES = (
    silent_no_show, date_change, early_notice_loses, ladder_edge,
    event_after_use, exit_choice, judge_of_own_case,
    edge_clock, cheap_claim, forfeit_without_cause, free_overstay, payee_button, endless_fee,
    unpressed, self_declared, own_stopwatch, paid_per_press, self_timed, filled_by_silence, share_of_gross, reward_kept,
)  # fmt: skip


def examine(service: Service) -> Iterator[Hole]:
    """Payoffs that reward silence, waiting, early buttons and the exit that suits whoever chooses it."""
    for rule in _RULES:
        yield from rule(service)
