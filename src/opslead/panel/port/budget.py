"""What a run may cost, and what it has cost: finite before the first call, never overshot by calls that run at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from opslead.panel.port import Spent
from opslead.panel.port.exchange import CallFailed, Usage

Lang = Literal["ko", "en"]

Pricing = Callable[[Usage], float | None]
"""US dollars for tokens; None where the price is not known."""


@dataclass(frozen=True)
class Budget:
    """The bounds of a run: calls that are answered, tokens in and out, US dollars (None: no bound), minutes of this process.

    Stored calls count as the calls they were, and are always told again; only a new call needs room.
    """

    calls: int = 120
    tokens: int = 600_000
    money: float | None = None
    minutes: float = 60

    def lines(self, lang: Lang) -> tuple[str, ...]:
        """Said before a run."""
        money = self.money
        if lang == "ko":
            dollars = "" if money is None else f", {money:,.2f}달러"
            return (f"언어 모델 한도: 호출 {self.calls:,}회, 토큰 {self.tokens:,}개, {self.minutes:g}분{dollars}",)
        dollars = "" if money is None else f", ${money:,.2f}"
        return (
            f"language model: at most {self.calls:,} calls, {self.tokens:,} tokens, {self.minutes:g} minutes{dollars}",
        )


def spent_lines(spent: Spent, lang: Lang) -> tuple[str, ...]:
    """Said after a run: what it took, and the bound that ended it."""
    if lang == "ko":
        money = "" if spent.money is None else f", {spent.money:,.2f}달러"
        took = (
            f"언어 모델 사용: 호출 {spent.calls:,}회(새 호출 {spent.fresh:,}회), 입력 토큰 {spent.tokens_in:,}개, "
            f"출력 토큰 {spent.tokens_out:,}개{money}"
        )
        ended = f"한도에 닿아 더 묻지 않음: {_in_korean(spent.exhausted)}"
    else:
        money = "" if spent.money is None else f", ${spent.money:,.2f}"
        took = (
            f"language model: {spent.calls:,} calls ({spent.fresh:,} new), {spent.tokens_in:,} tokens in, "
            f"{spent.tokens_out:,} out{money}"
        )
        ended = f"a bound was reached, nothing more was asked: {spent.exhausted}"
    return (took, ended) if spent.exhausted else (took,)


_KOREAN = {"calls": "호출 {}회", "tokens": "토큰 {}개", "dollars": "{}달러", "minutes": "{}분"}


def _in_korean(bound: str) -> str:
    number, _, unit = bound.partition(" ")
    return _KOREAN[unit].format(number) if unit in _KOREAN else bound


@dataclass(frozen=True)
class _Set:
    """Set aside for a call under way."""

    tokens: int
    money: float


@dataclass
class Meter:
    """Counts a run against its budget. Made for one event loop at a time; `clock` gives seconds."""

    budget: Budget
    pricing: Pricing
    clock: Callable[[], float]
    spent: Spent = field(default_factory=Spent)
    _counted: set[str] = field(default_factory=set)
    _under_way: list[_Set] = field(default_factory=list)
    _lost: list[_Set] = field(default_factory=list)
    _started: float = 0.0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._started = self.clock()

    def begin(self) -> None:
        """Before each batch of asks: nothing of an interrupted one is under way, and waiting belongs to this batch's event loop."""
        self._under_way.clear()
        self._changed = asyncio.Event()

    def seconds_left(self) -> float:
        return self.budget.minutes * 60 - (self.clock() - self._started)

    async def reserve(self, tokens_in: int, tokens_out: int) -> _Set:
        """Room for one call. Waits while calls under way hold what may come back. Raises CallFailed when a bound is reached;
        from then on it is reached for the run."""
        dearest = Usage(
            tokens_in=tokens_in, tokens_out=tokens_out, stored=tokens_in
        )  # writing a cache costs more than reading
        price = self.pricing(dearest) or 0.0
        wanted = _Set(tokens_in + tokens_out, price)
        while not self.spent.exhausted:
            bound = self._bound(wanted)
            if not bound:
                self._under_way.append(wanted)
                return wanted
            if not self._under_way or bound.endswith("minutes"):
                self.exhaust(bound)
                break
            self._changed.clear()
            await self._changed.wait()
        raise self.reached()

    def release(self, held: _Set) -> None:
        self._under_way.remove(held)
        self._changed.set()

    def lose(self, held: _Set, again: bool) -> None:
        """A call broke off after it was sent: whoever answers may bill it, so its room does not come back.

        `again`: it is to be sent once more, in further room. Raises CallFailed where there is none.
        """
        self._lost.append(held)
        bound = self._bound() if again else ""
        if bound:
            self.exhaust(bound)
            raise self.reached()

    def count(self, key: str, usage: Usage, fresh: bool, seconds: float = 0.0) -> None:
        """A call that was answered; the same call of the store counts once."""
        spent = self.spent
        if key in self._counted:
            return
        known = usage.money is not None and (spent.money is not None or not self._counted)
        self._counted.add(key)
        self.spent = replace(
            spent,
            calls=spent.calls + 1,
            fresh=spent.fresh + fresh,
            tokens_in=spent.tokens_in + usage.tokens_in,
            tokens_out=spent.tokens_out + usage.tokens_out,
            money=round((spent.money or 0.0) + (usage.money or 0.0), 6) if known else None,
            seconds=spent.seconds + seconds,
        )

    def exhaust(self, bound: str) -> None:
        if not self.spent.exhausted:
            self.spent = replace(self.spent, exhausted=bound)
        self._changed.set()

    def reached(self) -> CallFailed:
        bound = self.spent.exhausted
        return CallFailed("budget", f"the budget of the run is spent: {bound}", bound)

    def _bound(self, *wanted: _Set) -> str:
        """The bound that calls under way and wanted would break; empty: none."""
        held = (*self._under_way, *self._lost, *wanted)
        spent, budget = self.spent, self.budget
        if self.seconds_left() <= 0:
            return minutes_bound(budget)
        if spent.calls + len(held) > budget.calls:
            return f"{budget.calls:,} calls"
        if spent.tokens_in + spent.tokens_out + sum(h.tokens for h in held) > budget.tokens:
            return f"{budget.tokens:,} tokens"
        if budget.money is not None and (spent.money or 0.0) + sum(h.money for h in held) > budget.money:
            return f"{budget.money:,.2f} dollars"
        return ""


def minutes_bound(budget: Budget) -> str:
    return f"{budget.minutes:g} minutes"
