"""What is lost when a hole opens: the losses that patterns and lenses speak of."""

from __future__ import annotations

from enum import StrEnum


class Loss(StrEnum):
    """What is lost when the hole opens."""

    DOUBLE_ALLOCATION = "double_allocation"
    MONEY_WITHOUT_ENTITLEMENT = "money_without_entitlement"  # paid, and nothing to show for it
    ENTITLEMENT_WITHOUT_MONEY = "entitlement_without_money"
    WRONG_AMOUNT = "wrong_amount"
    PAID_TWICE = "paid_twice"
    STUCK_CASE = "stuck_case"
    IDLE_CAPACITY = "idle_capacity"
    LOST_GOODS = "lost_goods"
    WRONG_PERSON = "wrong_person"
    PRIVATE_GAIN = "private_gain"
    BROKEN_PROMISE = "broken_promise"
    SAFETY = "safety"
    DISCLOSURE = "disclosure"
    BLINDNESS = "blindness"  # nobody sees it in time
