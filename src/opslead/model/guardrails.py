"""The kinds of guardrails: what a policy builds into a system, or a description says is there. A closed set, so that a search can know what each does."""

from __future__ import annotations

from enum import StrEnum


class GuardrailKind(StrEnum):
    """Named by what the system does, not by what people should remember."""

    IDEMPOTENT = "idempotent"  # the same message twice has one effect
    SETTLE_LATE = "settle_late"  # a late success is settled: honoured if possible, else reversed
    EXPIRE = "expire"  # an unanswered claim ends by itself
    DEFAULT_ACTION = "default_action"  # something stated happens when nobody answers
    ESCALATE = "escalate"  # after a time the next person gets it
    FENCE = "fence"  # an action is impossible in the wrong state, time or order
    EXCLUSIVE = "exclusive"  # one owner of a unit at a time, checked at the write
    TWO_PERSON = "two_person"  # maker and checker are different people
    LIMIT = "limit"  # a bound per case, person, day, sum
    BIND_IDENTITY = "bind_identity"  # scan or code ties thing, person and case
    RECONCILE = "reconcile"  # two records are compared at an interval
    COUNT = "count"  # reality is counted against the record
    ACKNOWLEDGE = "acknowledge"  # the receiver must confirm, else it is not handed over
    OFFLINE_LEDGER = "offline_ledger"  # numbered paper or device record, replayed once
    THROTTLE = "throttle"  # admission at the rate that can be served
    BUFFER = "buffer"  # kept-back capacity, stock, money or time
    RELEASE_CONTROL = "release_control"  # a change of price, rule or data is checked and dated before it works
    AUDIT_LOG = "audit_log"  # who did what, when, why, unalterable
    MASK = "mask"  # shown only as far as the task needs
    ERASE = "erase"  # goes at a time by itself
    MONITOR = "monitor"  # a measure with a threshold and an owner
    SWITCH = "switch"  # one lever that stops a part of the service
    FALLBACK = "fallback"  # the second way when the first is away
    EVIDENCE = "evidence"  # proof taken at the moment it exists
    GRADUAL = "gradual"  # steps of friction before a block, with a way back
    SNAPSHOT = "snapshot"  # price, terms or version frozen into the case
    COMPENSATE = "compensate"  # a stated making-good, automatic up to a sum
    INFORM = "inform"  # a dated, stated notice goes out by itself


class Decision(StrEnum):
    """What a guardrail decides in the world of the search: each takes an open choice away, stops a fault, or adds a way back.

    A pattern's guardrail names what its policy really decides (`decides`); a control that a description states decides by its kind
    and what it acts on.
    """

    LATE_APPROVAL_SETTLED = (
        "late_approval_settled"  # an approval after the lapse or a cancellation is paid back by itself
    )
    SECOND_PAYMENT_RETURNED = (
        "second_payment_returned"  # a second payment for what is paid already is paid back by itself
    )
    APPROVAL_ONCE = "approval_once"  # a repeated message has no second effect
    PAYMENT_BOUND = "payment_bound"  # a payment settles the case it was made for and no other
    ORPHAN_MONEY_FOUND = "orphan_money_found"  # money that no case stands for is found and paid back
    CLAIM_EXPIRES = "claim_expires"  # an unpaid or unanswered claim ends by itself
    UNIT_CHECKED = "unit_checked"  # a unit is given at the moment of writing or not at all
    NO_CANCEL_WHILE_PAYING = "no_cancel_while_paying"
    REFUND_ONCE = "refund_once"  # one number a refund, never more than was paid
    REFUND_BY_DEFAULT = "refund_by_default"  # a refund within the rules goes out without a person
    NOTICE_CONFIRMED = "notice_confirmed"  # what did not arrive goes another way
    NO_SHOW_BY_EVIDENCE = "no_show_by_evidence"  # not before the grace time is over, and with proof
    UNIT_KEPT_UNTIL_BACK = "unit_kept_until_back"  # what is not back is not offered again
    BALANCE_CHECKED = "balance_checked"  # a balance is read and debited in one step
    APPROVAL_RENEWED = "approval_renewed"  # an approved sum is approved again before its life ends, or nothing goes on
    STATE_IN_ORDER = "state_in_order"  # a mark is refused without its proof or out of its order
    OFFLINE_ENTERED_ONCE = "offline_entered_once"  # what was noted by hand has a number of its own and goes in once
    BENEFIT_REVERSED = "benefit_reversed"  # what a purchase brought goes with the purchase
    OVERDUE_KEPT = "overdue_kept"  # no extension covers a delay
    LATEST_RESULT_COUNTS = "latest_result_counts"  # a result newer than our record is applied, an older one only noted
    ERASURE_WAITS = "erasure_waits"  # nothing is erased that an open duty needs
    PENALTY_CLOSED = "penalty_closed"  # every penalty is booked or waived by a date, by itself
    PAYOUT_WAITS = "payout_waits"  # money is passed on when it can no longer come back
    OFFER_ENDS_CLAIM = "offer_ends_claim"  # an unpaid claim does not outlive its price


_PAID = frozenset({"charge", "authorize", "pay_in", "capture", "renew"})
_DECIDED_BY: tuple[tuple[GuardrailKind, frozenset[str], Decision], ...] = (
    (GuardrailKind.SETTLE_LATE, _PAID | {"hold"}, Decision.LATE_APPROVAL_SETTLED),
    (GuardrailKind.SETTLE_LATE, _PAID, Decision.SECOND_PAYMENT_RETURNED),
    (GuardrailKind.IDEMPOTENT, _PAID, Decision.APPROVAL_ONCE),
    (GuardrailKind.BIND_IDENTITY, _PAID, Decision.PAYMENT_BOUND),
    (GuardrailKind.RECONCILE, _PAID | {"refund", "reconcile"}, Decision.ORPHAN_MONEY_FOUND),
    (GuardrailKind.EXPIRE, frozenset({"hold", "request", "pay_in"}), Decision.CLAIM_EXPIRES),
    (
        GuardrailKind.EXCLUSIVE,
        frozenset({"hold", "request", "confirm", "approve", "accept", "assign"}),
        Decision.UNIT_CHECKED,
    ),
    (GuardrailKind.FENCE, frozenset({"cancel"}), Decision.NO_CANCEL_WHILE_PAYING),
    (GuardrailKind.IDEMPOTENT, frozenset({"refund"}), Decision.REFUND_ONCE),
    (GuardrailKind.FENCE, frozenset({"refund"}), Decision.REFUND_ONCE),
    (GuardrailKind.DEFAULT_ACTION, frozenset({"refund"}), Decision.REFUND_BY_DEFAULT),
    (GuardrailKind.ACKNOWLEDGE, frozenset({"notify"}), Decision.NOTICE_CONFIRMED),
    (GuardrailKind.FALLBACK, frozenset({"notify"}), Decision.NOTICE_CONFIRMED),
    (GuardrailKind.EVIDENCE, frozenset({"no_show"}), Decision.NO_SHOW_BY_EVIDENCE),
    (GuardrailKind.COUNT, frozenset({"return", "complete"}), Decision.UNIT_KEPT_UNTIL_BACK),
    (GuardrailKind.EXCLUSIVE, frozenset({"redeem"}), Decision.BALANCE_CHECKED),
    (GuardrailKind.FENCE, frozenset({"capture", "ship"}), Decision.APPROVAL_RENEWED),
    (GuardrailKind.FENCE, frozenset({"complete"}), Decision.STATE_IN_ORDER),
    (GuardrailKind.BIND_IDENTITY, frozenset({"complete"}), Decision.STATE_IN_ORDER),
    (
        GuardrailKind.OFFLINE_LEDGER,
        frozenset({"charge", "issue", "check_in", "record", "sync"}),
        Decision.OFFLINE_ENTERED_ONCE,
    ),
    (GuardrailKind.SETTLE_LATE, frozenset({"issue", "redeem"}), Decision.BENEFIT_REVERSED),
    (GuardrailKind.FENCE, frozenset({"reschedule", "renew"}), Decision.OVERDUE_KEPT),
    (GuardrailKind.FENCE, frozenset({"terminate", "erase"}), Decision.ERASURE_WAITS),
    (GuardrailKind.DEFAULT_ACTION, frozenset({"no_show"}), Decision.PENALTY_CLOSED),
    (GuardrailKind.FENCE, frozenset({"payout"}), Decision.PAYOUT_WAITS),
    (GuardrailKind.BUFFER, frozenset({"payout"}), Decision.PAYOUT_WAITS),
    (GuardrailKind.EXPIRE, frozenset({"quote"}), Decision.OFFER_ENDS_CLAIM),
    (GuardrailKind.FENCE, frozenset({"dispute"}), Decision.LATEST_RESULT_COUNTS),
)


def decided_by(kind: GuardrailKind, on: tuple[str, ...]) -> frozenset[Decision]:
    """What a stated control decides. One that names nothing it acts on decides nothing that the search relies on."""
    return frozenset(decision for known, kinds, decision in _DECIDED_BY if known is kind and kinds & set(on))
