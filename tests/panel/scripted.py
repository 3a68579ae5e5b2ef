"""A port that a test's own function answers: no wire, no library of a provider."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from opslead.panel.port import A, Answered, Ask, Failure, Reply, Spent

FAILURES = frozenset(get_args(Failure)) - {""}


def tokens_of(text: str) -> int:
    """A rough count: a token each three characters."""
    return len(text) // 3


@dataclass
class Scripted:
    """Answers each ask by `answers(ask)`: a value of the ask's type, or the name of a failure (`"refused"`, `"wire"`, …).

    `Ask.check` is run as the real port runs it: while it complains, `answers` is called again with the ask whose prompt ends with the
    complaints, at most `Ask.repairs` times. `asked` keeps every call in order, the repairs too.
    """

    answers: Callable[[Ask[Any]], Reply | str]
    model: str = "scripted"
    asked: list[Ask[Any]] = field(default_factory=list)
    _spent: Spent = field(default_factory=Spent)

    @property
    def spent(self) -> Spent:
        return self._spent

    def ask(self, asks: Sequence[Ask[A]]) -> tuple[Answered[A], ...]:
        return tuple(self._one(ask) for ask in asks)

    def _one(self, ask: Ask[A]) -> Answered[A]:
        last, complaints, calls, tokens, turn = None, (), 0, 0, ask
        for _ in range(ask.repairs + 1):
            said = self._call(turn)
            if isinstance(said, str):
                if said not in FAILURES:
                    raise ValueError(f"no such failure: {said!r}; one of {sorted(FAILURES)}")
                return Answered(ask, None, last, said, f"scripted: {said}", complaints, calls + 1, tokens)
            if not isinstance(said, ask.answer):
                raise TypeError(f"{ask.role}: the script answered a {type(said).__name__}, not {ask.answer.__name__}")
            calls, last = calls + 1, said
            tokens += tokens_of(turn.system + turn.prompt) + tokens_of(said.model_dump_json())
            complaints = tuple(ask.check(said))
            if not complaints:
                return Answered(ask, said, said, calls=calls, tokens=tokens)
            turn = replace(ask, prompt=ask.prompt + "\n\n" + "\n".join(f"- {c}" for c in complaints))
        detail = f"after {ask.repairs} repairs: {complaints[0]}"
        return Answered(ask, None, last, "complaints", detail, complaints, calls, tokens)

    def _call(self, turn: Ask[Any]) -> Reply | str:
        self.asked.append(turn)
        said = self.answers(turn)
        spent = self._spent
        out = tokens_of(said if isinstance(said, str) else said.model_dump_json())
        self._spent = replace(
            spent,
            calls=spent.calls + 1,
            tokens_in=spent.tokens_in + tokens_of(turn.system + turn.prompt),
            tokens_out=spent.tokens_out + out,
        )
        return said
