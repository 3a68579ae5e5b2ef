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
