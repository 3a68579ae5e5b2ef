"""Worked examples whose numbers do not follow from the stated rule: who bears the fee, which share it is, sums."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opslead.lenses.contradictions.quoted import Said, quote, said, saying, sources
from opslead.lenses.finding import Measured, find
from opslead.lenses.hole import Arithmetic, Evidence, Hole, Quotation
from opslead.model.measure import format_number, format_share
from opslead.model.service import Basis, MoneyRule, Service
from opslead.model.steps import Role
from opslead.text import pick

_SPLIT = re.compile(
    r"(?:split|shared|divided) (?:equally )?(?:between|by|among)|\bboth (?:sides|parties|the customer and)\b.{0,20}\bpay|half each|fee.{0,30}\bfrom both\b"
    r"|(?:수수료|비용).{0,24}(?:반반|절반씩|나누어\s?(?:부담|낸)|나눠\s?(?:부담|낸)|양측|쌍방|각각\s?부담)|(?:반반|절반씩|양측|쌍방).{0,16}부담",
    re.I,
)
_NEAR = 20  # lines between the price and the payout of one example
_CLOSE = 4  # lines between a price and the fee worked out from it
_MOST = 3
_FEES = ("commission", "fee")


@dataclass(frozen=True)
class _Case:
    """One worked example: what the customer pays, what the fee is, what the other side receives."""

    price: MoneyRule
    fee: MoneyRule
    received: MoneyRule


def look(service: Service) -> Iterator[Hole]:
    """Who bears the fee, the fee's share, and sums that are not what they say."""
    yield from _one_bears_all(service)
    yield from _another_share(service)
    yield from _wrong_sums(service)


# --- who bears it ----------------------------------------------------------------------------------------------------


def _one_bears_all(service: Service) -> Iterator[Hole]:
    """The fee is called shared, and in every example the one who is paid bears all of it."""
    rule = next(iter(saying(service, _SPLIT)), None)
    cases = tuple(_cases(service))
    if rule is None or not cases:
        return
    lang = service.language
    payee = next((a.name for a in service.actors if a.role is Role.SUPPLIER), pick(lang, "받는 쪽", "payee"))
    payer = next((a.name for a in service.actors if a.role is Role.CUSTOMER), pick(lang, "내는 쪽", "payer"))
    sums = tuple(
        Arithmetic(
            f"{_money(c.price)} − {_money(c.received)} = {_money(c.fee)}",
            pick(lang, f"수수료 {_money(c.fee)} 전부를 {payee} 쪽에서 뗀다", f"the whole fee of {_money(c.fee)} comes from the {payee}"),
            (c.price.source, c.fee.source, c.received.source),
        )
        for c in cases
    )  # fmt: skip
    first = cases[0]
    half = (first.fee.amount.value.amount / 2) if first.fee.amount else 0.0
    shown = f"{_money(first.fee)} ÷ 2"
    slots = {
        "rule": quote(rule.text, lang), "payee": payee, "payer": payer, "fee": _money(first.fee), "price": _money(first.price),
        "received": _money(first.received), "subject": pick(lang, "수수료 부담", "the burden of the fee"),
        "first": pick(lang, "‘나눠 부담’", "“split”"), "second": pick(lang, f"‘{payee} 전액 부담’", f"“all on the {payee}”"),
    }  # fmt: skip
    if len(cases) > 1:
        slots["more"] = str(len(cases) - 1)
    evidence: tuple[Evidence, ...] = (Quotation((rule.source, first.fee.source, first.received.source)), *sums)
    loss = Measured(half, pick(lang, f"반씩이라면 건당 {shown}", f"{shown} a case if halved"))
    yield find(service, "contradictions.fee_bearer", "fee", slots, evidence, loss=loss)


def _cases(service: Service) -> Iterator[_Case]:
    """Prices, fees and payouts that stand together and make a sum; each payout once."""
    stated = [m for m in service.money if m.amount is not None and m.amount.source.basis is Basis.GIVEN]
    prices = [
        m for m in stated if m.kind in ("price", "ticket", *_FEES)
    ]  # below a heading on fees a price is read as one
    fees = [m for m in stated if m.kind in _FEES and m.amount and m.amount.value.amount > 0]
    for received in (m for m in stated if m.kind in ("settlement", "payout")):
        for fee in fees:
            price = next((p for p in prices if _adds_up(p, fee, received)), None)
            if price is not None and _distance(fee, received) <= _CLOSE:
                yield _Case(price, fee, received)
                break


def _adds_up(price: MoneyRule, fee: MoneyRule, received: MoneyRule) -> bool:
    if price.amount is None or fee.amount is None or received.amount is None or _distance(price, received) > _NEAR:
        return False
    if price.kind in _FEES and _distance(price, received) > _CLOSE:
        return False
    rest = price.amount.value.amount - fee.amount.value.amount
    return abs(rest - received.amount.value.amount) < 0.005 and price.amount.value.amount > received.amount.value.amount


def _distance(one: MoneyRule, other: MoneyRule) -> int:
    """Lines between them; very far when they stand in different files."""
    a, b = one.source.place, other.source.place
    return abs(a.line - b.line) if a.source == b.source else 10**6


def _money(rule: MoneyRule) -> str:
    """The amount as the description writes it, where it does."""
    if rule.amount is None:
        return ""
    number = format_number(rule.amount.value.amount)
    written = re.search(rf"[₩$€£¥₹]?\s?{re.escape(number)}\s?(?:만\s?원|원|유로|달러)?", rule.source.text)
    return written.group().strip() if written else rule.amount.value.format("en")


# --- which share it is -----------------------------------------------------------------------------------------------


def _another_share(service: Service) -> Iterator[Hole]:
    """The fee of an example is another share of its price than the rule says, whatever it is taken of."""
    shares = [m for m in service.money if m.kind == "commission" and m.share is not None and not m.share.assumed]
    if not shares:
        return
    low, high = (f(m.share.value for m in shares if m.share) for f in (min, max))
    lang = service.language
    for case in _cases(service):
        if case.price.amount is None or case.fee.amount is None or case.received.amount is None:
            continue
        price, fee, rest = (m.amount.value.amount for m in (case.price, case.fee, case.received) if m.amount)
        could_be = [fee / base for base in (price, rest, price + fee) if base]
        if any(low - 0.006 <= share <= high + 0.006 for share in could_be):
            continue
        stated = format_share(low, lang) if low == high else f"{format_share(low, lang)}~{format_share(high, lang)}"
        slots = {
            "stated": stated, "shown": format_share(round(fee / price, 4), lang), "fee": _money(case.fee), "price": _money(case.price),
            "rule": quote(shares[0].source.text, lang), "subject": pick(lang, "수수료율", "the fee rate"),
        }  # fmt: skip
        slots |= {"first": slots["stated"], "second": slots["shown"]}
        formula = f"{_money(case.fee)} ÷ {_money(case.price)}"
        sums = Arithmetic(formula, slots["shown"], (case.fee.source, case.price.source))
        evidence = (Quotation((shares[0].source, case.fee.source)), sums)
        yield find(service, "contradictions.other_share", "fee", slots, evidence)
        return


# --- sums ------------------------------------------------------------------------------------------------------------

_NUMBER = r"[₩$€£¥₹]?\s?(?P<{0}>\d[\d,]*(?:\.\d+)?)\s?(?P<{0}u>만|억|천|%)?[^\d=+×*−–\-÷/()%]{{0,16}}(?:\([^()]*\)\s*)?"
_SUM = re.compile(
    _NUMBER.format("a") + r"(?P<op>[×*+−]|\sx\s|\s-\s)\s*" + _NUMBER.format("b") + r"=\s*" + _NUMBER.format("c")
)
_SCALE = {"만": 1e4, "억": 1e8, "천": 1e3, "%": 0.01}
_ABOUT = re.compile(r"약\s|~|≈|approx|about|around|정도|내외", re.I)


def _wrong_sums(service: Service) -> Iterator[Hole]:
    """`60 × 20,000 = 1,000,000`: a written sum that gives something else. At most three."""
    lang = service.language
    found = 0
    for item in said(service):
        match = _SUM.search(item.text)
        if match is None or _ABOUT.search(item.text) or found == _MOST or not _alone(match, item):
            continue
        a, b, c = (_value(match, part) for part in "abc")
        operator = match["op"].strip()
        result = a * b if operator in "×*x" else a + b if operator == "+" else a - b
        if abs(result - c) <= max(0.01 * abs(result), 0.005):
            continue
        found += 1
        slots = {"sum": quote(match.group().strip(), lang), "result": format_number(result), "said": format_number(c)}
        slots["subject"] = pick(lang, "적힌 계산", "the written sum")
        slots["first"] = pick(lang, f"적힌 값 {slots['said']}", f"{slots['said']} as written")
        slots["second"] = pick(lang, f"다시 계산한 값 {slots['result']}", f"{slots['result']} as it works out")
        sums = Arithmetic(f"{format_number(a)} {operator} {format_number(b)}", format_number(result), (item.source,))
        yield find(
            service, "contradictions.wrong_sum", str(item.source.place.line), slots, (Quotation(sources((item,))), sums)
        )


def _alone(match: re.Match[str], item: Said) -> bool:
    """Whether the sum has no further term before or behind it."""
    before, behind = item.text[: match.start()].rstrip(), item.text[match.end() :].lstrip()
    return not re.search(r"[×*+−÷/=\-]$", before) and not re.match(r"[×*+−÷/\d]", behind)


def _value(match: re.Match[str], part: str) -> float:
    return float(match[part].replace(",", "")) * _SCALE.get(match[f"{part}u"] or "", 1.0)
