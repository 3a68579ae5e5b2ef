"""Automatic attempts that stop, and failures that end in a code: who has the case then, and how do they learn of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from opslead.lenses.contradictions.said import mentions, quote, quoted, said, short, silent
from opslead.lenses.finding import find
from opslead.lenses.hole import Arithmetic, Evidence, Hole
from opslead.model.guardrails import GuardrailKind
from opslead.model.measure import format_duration, format_number
from opslead.model.service import Basis, Clock, Flow, Limit, Rule, Service, Source
from opslead.text import pick

_TAKEN_OVER = re.compile(
    r"(?:재시도|재조회|재전송|retr(?:y|ies)|attempts?)[^.]{0,60}(?:소진|초과|모두\s?실패|끝나|exhaust|fail|after|then)[^.]{0,60}"
    r"(?:수동|담당|알림|알린|호출|취소|전환|보류|manual|alert|notif|escalat|cancel|call|fall\s?back|hold|queue)"
    r"|dead.?letter|\bDLQ\b|수동\s?(?:처리|확인|출력)|수기\s?(?:전환|출력|주문)",
    re.I,
)
_CODE = re.compile(r"(?:→|->|=>|:)\s*[45]\d\d\b")
_OUTWARD = re.compile(
    r"환불|결제|취소|출금|송금|정산|출력|프린터|발송|배차|refund|payment|charge|capture|payout|transfer|print|dispatch",
    re.I,
)
_FAILS = re.compile(r"실패|오류|불가|fail|error|declin|timeout", re.I)
_MONEY = re.compile(r"환불|결제|송금|정산|출금|refund|payment|charge|capture|payout|transfer", re.I)

_RECURRING = re.compile(r"구독|정기|subscription|recurring|standing order|auto-?ship", re.I)
_BY_ITSELF = re.compile(
    r"자동\s?(?:주문|결제|청구|생성|배송)|(?:구독|정기|이용권|멤버십)\S*\s?자동\s?갱신|auto-?(?:order|charge|bill|renew|ship|reorder)\w*"
    r"|automatic(?:ally)?\s(?:order|charge|bill|renew|ship|deliver|generat|creat)\w*",
    re.I,
)
_FAILED_ROUND = re.compile(
    r"(?:결제|청구|이체|갱신|승인)(?:이|가)?\s?(?:실패|거절|미납)|미납|연체|한도\s?초과|dunning|failed (?:payment|charge|renewal|card)|payment fail|card (?:fails?|expir|declin)"
    r"|declin|in arrears|unpaid",
    re.I,
)


def look(service: Service) -> Iterator[Hole]:
    yield from _failure_unowned(service)
    yield from _auto_order(service)


def _rounds(service: Service) -> list[tuple[str, list[Clock], Limit]]:
    """Each retried thing with its intervals and its stated number of attempts."""
    spaced: dict[str, list[Clock]] = {}
    for clock in service.clocks:
        if clock.kind == "retry" and clock.length is not None and clock.source.basis is not Basis.ASSUMED:
            spaced.setdefault(clock.subject, []).append(clock)
    found: list[tuple[str, list[Clock], Limit]] = []
    for subject, some in spaced.items():
        places = {clock.source.place for clock in some}
        limit = next((x for x in service.limits if x.source.place in places and x.bound in ("max", "exact")), None)
        label = short(re.split(r"[:：]", some[0].source.text)[0], 40)
        if limit is not None:
            found.append((label if len(label) > 3 else subject, some, limit))
    return found


def _until_last(spaced: list[Clock], limit: Limit, service: Service) -> tuple[timedelta, str]:
    """How long after the first try the last one has failed: the intervals added, or one interval as often as tries are allowed."""
    lengths = [clock.length.value for clock in spaced if clock.length is not None]
    words = [format_duration(length, service.language) for length in lengths]
    if len(lengths) == int(limit.amount.value):
        return sum(lengths, timedelta()), " + ".join(words)
    count = max(1, int(limit.amount.value))
    return lengths[0] * count, f"{words[0]} × {format_number(count)}"


def _failure_unowned(service: Service) -> Iterator[Hole]:
    """A failure towards the outside whose whole treatment is an error code."""
    failed = [r for r in service.rules if _CODE.search(r.text) and _OUTWARD.search(r.text) and _FAILS.search(r.text)]
    guarded = service.control(GuardrailKind.ESCALATE) or service.control(GuardrailKind.FALLBACK)
    if not failed or guarded or not silent(service, _TAKEN_OVER):
        return
    failed.sort(key=lambda rule: not _MONEY.search(rule.text))
    lang = service.language
    names = [_before_code(rule) for rule in failed[:3]]
    slots = {
        "failures": pick(lang, "·", ", ").join(pick(lang, f"‘{name}’", f"“{name}”") for name in names),
        "code": pick(lang, "·", ", ").join(dict.fromkeys(_code(rule) for rule in failed[:3])),
        "first": names[0],
    }
    evidence: list[Evidence] = [quote(*(quoted(rule) for rule in failed[:3]))]
    ends: list[str] = []
    for subject, spaced, limit in _rounds(service)[:3]:
        total, formula = _until_last(spaced, limit, service)
        shown = format_duration(total, lang)
        ends.append(pick(lang, f"{subject} {shown}", f"{subject} after {shown}"))
        evidence.append(Arithmetic(formula, shown, tuple(dict.fromkeys((*(c.source for c in spaced), limit.source)))))
    slots["ends"] = ", ".join(ends)
    yield find(service, "contradictions.failure_unowned", names[0], slots, tuple(evidence))


def _before_code(rule: Rule) -> str:
    """What fails: the last words before the code that say so."""
    parts = [part for part in re.split(r"→|->|=>", rule.text) if _FAILS.search(part)]
    return short(parts[-1] if parts else rule.text, 40)


def _code(rule: Rule) -> str:
    found = re.search(r"[45]\d\d\b", rule.text)
    return found.group() if found else ""


def _auto_order(service: Service) -> Iterator[Hole]:
    """Orders that arise by themselves every round, in a service that knows closed days, empty shelves and cards."""
    flow = next((f for f in service.flows if _RECURRING.search(f"{f.name} {f.source.text}")), None)
    made = _made(service, flow) if flow else None
    if flow is None or made is None or not any(s.kind in ("authorize", "charge", "renew") for s in flow.steps):
        return
    if not silent(service, _FAILED_ROUND):
        return
    closed = next((s for s in mentions(service, "holiday") if re.search(r"휴무|휴점|clos", s.text, re.I)), None)
    empty = next(iter(mentions(service, "stockout")), None)
    pay = next(s for s in flow.steps if s.kind in ("authorize", "charge", "renew"))
    clashes: tuple[Source | None, ...] = (closed, empty)
    lang = service.language
    named = [short(source.text, 40) for source in clashes if source is not None]
    slots = {
        "flow": flow.name,
        "made": _words(_BY_ITSELF, made.text),
        "pay": pay.title(lang),
        "clashes": pick(lang, "·", ", ").join(pick(lang, f"‘{n}’", f"“{n}”") for n in named),
    }
    cycle = next((c.source for c in service.clocks if c.kind == "cycle" and _RECURRING.search(c.subject)), None)
    evidence = (quote(flow.source, made, cycle, *clashes),)
    yield find(service, "contradictions.auto_order_unchecked", flow.id, slots, evidence)


def _made(service: Service, flow: Flow) -> Source | None:
    """Where it says that the orders arise by themselves: in the flow's own chain first."""
    own = [step.source for step in flow.steps if _BY_ITSELF.search(f"{step.name} {step.source.text}")]
    return next(iter(own), None) or (flow.source if _BY_ITSELF.search(flow.source.text) else said(service, _BY_ITSELF))


def _words(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else short(text, 50)
