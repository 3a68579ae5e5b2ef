"""Guardrails that the description says are in place, each with the sentence that states it.

A sentence states a control when all word groups of one of its signs stand close together in it: a callback that counts once, a
refund above a sum that somebody else approves, books compared every day. A wish, a plan, a goal, a question or a problem is no
control; nor is a sign whose kind of step cannot be told where the kind alone would say too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from opslead.intake.amounts.frames import Scene
from opslead.intake.flow.links import clip
from opslead.intake.lexicon import every, find, inner
from opslead.intake.page.passages import Form, Passage
from opslead.intake.scope import Scope, is_quiet, scene, scope_of, title_of
from opslead.model.document import ControlText
from opslead.model.guardrails import GuardrailKind

_NEAR = 90
"""Characters within which the groups of a sign stand."""
_MAX_QUOTE = 240

_PAYING = ("charge", "pay_in", "authorize", "capture", "renew")
_MONEY = (*_PAYING, "refund", "payout", "compensate", "adjust")
_ASKED = ("request", "hold", "confirm", "issue", "redeem", "list", "quote")
_SPOT = ("check_in", "start", "hand_over", "pick_up", "receive", "return", "deliver", "ship", "store", "dispatch", "inspect",
         "complete", "transfer", "clean", "repair", "no_show")  # fmt: skip
_WAITED = ("accept", "approve", "review", "verify", "assign", "grade", "claim", "answer", "reject", "confirm", "refund",
           "reschedule", "compensate", "adjust", "cancel", "inspect", "dispatch", "no_show")  # fmt: skip
_DEFAULTED = tuple(kind for kind in _WAITED if kind not in ("reject", "confirm", "cancel"))
"""Without what a default does, which is no step that it waits for."""
_SENT = ("notify", "transmit", "sync", "import_result", "deliver", "ship", "issue")


@dataclass(frozen=True)
class _Sign:
    """`groups` of words (section `controls`) that together state a control of the kind.

    `acts` are the kinds of steps it may act on; of those the sentence names, or its heading, `on` is made. `usual` stands where
    none is named; None there means that the sentence then says too little.
    """

    kind: GuardrailKind
    groups: tuple[str, ...]
    acts: tuple[str, ...]
    usual: tuple[str, ...] | None = None


_G = GuardrailKind
_SIGNS = (
    _Sign(_G.IDEMPOTENT, ("once",), (*_MONEY, *_SENT), ("charge", "pay_in", "authorize", "capture")),
    _Sign(_G.IDEMPOTENT, ("repeat", "dropped"), (*_MONEY, *_SENT), ("charge", "pay_in", "authorize", "capture")),
    _Sign(_G.IDEMPOTENT, ("same_number", "only_once"), (*_MONEY, *_SENT), ("charge", "pay_in", "authorize", "capture")),
    _Sign(_G.SETTLE_LATE, ("late", "paid", "made_good"), _PAYING, ("charge", "authorize")),
    _Sign(_G.EXPIRE, ("ends_itself",), ("hold", "pay_in", "request", "quote", "pause", "repair", "store", "list", "confirm")),
    _Sign(_G.DEFAULT_ACTION, ("silence", "acts_itself"), _DEFAULTED, ("accept", "approve", "review")),
    _Sign(_G.ESCALATE, ("silence", "next_person"), (*_WAITED, *_SENT, *_PAYING), ("answer", "claim", "accept", "approve", "review")),
    _Sign(_G.DEFAULT_ACTION, ("reply", "absent", "acts_itself"), _DEFAULTED, ("accept", "approve", "review")),
    _Sign(_G.ESCALATE, ("reply", "absent", "next_person"), (*_WAITED, *_SENT, *_PAYING), ("answer", "claim", "accept", "approve", "review")),
    _Sign(_G.ESCALATE, ("unmet", "next_person"), (*_WAITED, *_SENT, *_PAYING), ("answer", "claim", "accept", "approve", "review")),
    _Sign(_G.FENCE, ("without_it", "blocked"), (*_SPOT, *_MONEY, "close", "cancel", "record", "issue", "redeem")),
    _Sign(_G.FENCE, ("must_first",), (*_SPOT, *_MONEY, "close", "cancel", "record", "issue", "redeem")),
    _Sign(_G.EXCLUSIVE, ("one_owner",), (*_ASKED, *_PAYING, "accept", "assign", "approve", "review", "claim", "check_in"),
          ("hold", "request", "confirm", "assign")),
    _Sign(_G.EXCLUSIVE, ("overlap", "refused"), (*_ASKED, *_PAYING, "accept", "assign"), ("hold", "request", "confirm", "assign")),
    _Sign(_G.EXCLUSIVE, ("one_editor",), _WAITED, ("accept", "approve", "review", "claim", "assign")),
    _Sign(_G.TWO_PERSON, ("second_person",), (*_MONEY, "record", "cancel", "list", "quote", "issue", "transfer", "import_result", "redeem",
                                              "repair", "pause", "reschedule")),
    _Sign(_G.TWO_PERSON, ("over_sum", "superior"), ("refund", "payout", "compensate", "adjust", "cancel", "issue")),
    _Sign(_G.LIMIT, ("each", "bound"), ("request", "hold", "confirm", "issue", "redeem", "charge", "reschedule", "cancel")),
    _Sign(_G.LIMIT, ("day_sum", "bound"), ("refund", "compensate", "adjust", "payout", "issue")),
    _Sign(_G.BIND_IDENTITY, ("tied",), (*_SPOT, "redeem", "verify", "refund", "cancel", "reschedule", "answer", "issue"), ("hand_over", "check_in", "receive")),
    _Sign(_G.BIND_IDENTITY, ("code_word", "needed"), (*_SPOT, "redeem")),
    _Sign(_G.BIND_IDENTITY, ("own_login",), (), ("record",)),
    _Sign(_G.RECONCILE, ("often", "compared", "books"), (*_MONEY, "close", "receive", "ship", "deliver", "sync", "transmit", "import_result"),
          ("charge", "pay_in", "refund")),
    _Sign(_G.COUNT, ("counted", "often"), (*_SPOT, "transmit", "import_result", "list"), ("count", "store")),
    _Sign(_G.COUNT, ("counted", "compared"), (*_SPOT, "transmit", "import_result", "list"), ("count", "store")),
    _Sign(_G.ACKNOWLEDGE, ("handed",), ("hand_over", "deliver", "receive", "ship", "transmit", "assign", "dispatch", "transfer", "return"),
          ("record", "close", "transfer")),
    _Sign(_G.ACKNOWLEDGE, ("signed", "shift"), (), ("record", "close", "transfer")),
    _Sign(_G.OFFLINE_LEDGER, ("down", "paper", "replayed"), (*_SPOT, "charge"), ()),
    _Sign(_G.FALLBACK, ("down", "second_way"), (*_MONEY, *_SENT, "verify", "check_in", "hand_over", "start", "receive")),
    _Sign(_G.THROTTLE, ("admitted",), ("request", "hold", "confirm", "check_in", "start", "receive"), ("request", "check_in")),
    _Sign(_G.BUFFER, ("kept_back",), (*_ASKED, *_SPOT, "payout", "make", "sync")),
    _Sign(_G.RELEASE_CONTROL, ("changed", "dated"), (*_ASKED, *_PAYING, "cancel", "refund"), ("quote", "list", "charge")),
    _Sign(_G.RELEASE_CONTROL, ("changed", "superior", "from_then"), (*_ASKED, *_PAYING, "cancel", "refund"), ("quote", "list", "charge")),
    _Sign(_G.RELEASE_CONTROL, ("changed", "second_person", "from_then"), (*_ASKED, *_PAYING, "cancel", "refund"), ("quote", "list", "charge")),
    _Sign(_G.AUDIT_LOG, ("logged",), (*_MONEY, "record", "cancel", "transfer", "issue"), ()),
    _Sign(_G.MASK, ("masked",), (*_SPOT, "notify", "answer", "assign", "accept", "transmit"), ("check_in", "hand_over", "deliver", "answer")),
    _Sign(_G.MASK, ("hidden", "data"), (*_SPOT, "notify", "answer", "assign", "accept", "transmit"), ("check_in", "hand_over", "deliver", "answer")),
    _Sign(_G.MASK, ("part", "only"), (*_SPOT, "notify", "answer", "assign", "accept", "transmit")),
    _Sign(_G.ERASE, ("erased",), (*_SPOT, "close", "terminate"), ()),
    _Sign(_G.ERASE, ("removed", "data"), (*_SPOT, "close", "terminate"), ()),
    _Sign(_G.ERASE, ("delete", "by_itself", "data"), (*_SPOT, "close", "terminate"), ()),
    _Sign(_G.MONITOR, ("alarmed", "threshold"), (*_MONEY, *_SENT, *_ASKED, "check_in", "receive")),
    _Sign(_G.SWITCH, ("one_lever",), (*_ASKED, *_PAYING, *_SENT, "check_in", "start", "receive", "hand_over"),
          ("request", "hold", "charge")),
    _Sign(_G.EVIDENCE, ("proof",), (*_SPOT, "claim", "grade")),
    _Sign(_G.GRADUAL, ("friction",), (*_ASKED, *_PAYING, "verify", "cancel", "no_show")),
    _Sign(_G.SNAPSHOT, ("frozen",), (*_ASKED, *_PAYING, "cancel", "refund", "reschedule", "terminate")),
    _Sign(_G.SNAPSHOT, ("price", "at_time", "stays"), (*_ASKED, *_PAYING, "cancel", "refund", "reschedule", "terminate")),
    _Sign(_G.COMPENSATE, ("amends", "cause", "by_table"), ("compensate", "refund", "claim", "hand_over", "check_in", "start", "deliver", "return"),
          ("compensate", "claim")),
)  # fmt: skip
_TIME = re.compile(
    r"\d+\s*(?:초|분|시간|일|주|개월|달|년|days?|hours?|h\b|weeks?|months?|years?|minutes?)|즉시|immediately",
    re.I,
)
_AT_AN_EVENT = re.compile(r"시각에|끝나면|(?:종료|완료|이용|퇴실)\s?(?:후|뒤|시)|\bafter\b", re.I)
_MONEY_SUM = re.compile(r"\d[\d,.]*\s*(?:만|천|억)?\s*(?:원|유로|달러|EUR|KRW|USD|GBP|%)|[€$£₩]\s?\d", re.I)
_TO_CUSTOMER = re.compile(
    r"(?:고객|손님|이용자|회원|구매자|예약자|환자|신청자)님?\s?$|\b(?:customer|guest|buyer|user|member)s?\s$", re.I
)
"""Whom it goes to is no next person of the service."""
_ASKS = re.compile(r"\?|는지\s|(?:을|ㄹ)지\s|\bwhether\b")


def controls(passages: Sequence[Passage]) -> tuple[ControlText, ...]:
    """The stated controls in the order of the text, each kind and scope once."""
    title = title_of(passages)
    found: dict[tuple[GuardrailKind, tuple[str, ...]], ControlText] = {}
    for passage in passages:
        if passage.form not in (Form.PROSE, Form.ITEM, Form.ROW, Form.CODE) or is_quiet(passage, title):
            continue
        headings = tuple(h for h in passage.headings if h != title)
        if scope_of(passage, title) is Scope.ASIDE or scene(headings, passage.header) in (Scene.EXAMPLE, Scene.TARGETS):
            continue
        for sign, clause in _signs(passage.text):
            on = _on(sign, clause, passage, headings)
            if on is None:
                continue
            stated = ControlText(kind=sign.kind, on=on, given=clip(clause, _MAX_QUOTE), at=str(passage.place))
            found.setdefault((sign.kind, on), stated)
    return tuple(found.values())


def _signs(text: str) -> Iterator[tuple[_Sign, str]]:
    """Each sign that the text shows, with the part of the text that shows it."""
    for clause in _clauses(text):
        if _words(clause, "unless") or _ASKS.search(clause) or len(_ARROW.findall(clause)) > 1:
            continue
        shown = [sign for sign in _SIGNS if _shown(sign, clause)]
        defaulted = any(sign.kind is GuardrailKind.DEFAULT_ACTION for sign in shown)
        for sign in shown:
            if not (defaulted and sign.kind is GuardrailKind.EXPIRE):  # who does not answer, and not what runs out
                yield sign, clause


_ARROW = re.compile(r"→|->|=>")
"""A chain of steps says what happens, not what holds."""
_PARTS = re.compile(r"\s*[;|]\s+|(?<=[.。])\s+")


def _clauses(text: str) -> Iterable[str]:
    """The parts of a row or of a sentence that stand for themselves."""
    return [part for part in _PARTS.split(text) if len(part) > 5]


def _words(text: str, group: str) -> tuple[tuple[int, int], ...]:
    """Where words of the group stand in the text."""
    return every(text, "controls").get(group, ())


def _shown(sign: _Sign, text: str) -> bool:
    spots = [_words(text, group) for group in sign.groups]
    if not all(spots):
        return False
    if not any(max(e for _, e in some) - min(s for s, _ in some) <= _NEAR for some in product(*(s[:4] for s in spots))):
        return False
    if sign.kind is GuardrailKind.ESCALATE and any(_TO_CUSTOMER.search(text[:start]) for start, _ in spots[-1]):
        return False
    if sign.kind is GuardrailKind.RECONCILE and _words(text, "counted"):
        return False  # things are counted, not books compared
    if sign.kind is GuardrailKind.ERASE or sign.groups == ("ends_itself",):
        return bool(_TIME.search(text) or ("erased" in sign.groups and _AT_AN_EVENT.search(text)))
    if sign.groups == ("over_sum", "superior") or (sign.kind is GuardrailKind.LIMIT and "day_sum" in sign.groups):
        return bool(_MONEY_SUM.search(text) or re.search(r"\d+\s*건", text))
    return True


def _on(sign: _Sign, clause: str, passage: Passage, headings: tuple[str, ...]) -> tuple[str, ...] | None:
    """The kinds of steps that the control acts on: named in its clause, else by the label or the nearest heading."""
    if sign.kind is GuardrailKind.ACKNOWLEDGE and _words(clause, "shift"):
        return sign.usual
    if sign.kind is GuardrailKind.FALLBACK and _words(clause, "message"):
        return ("notify",)  # a message that is not delivered is no delivery
    for words in (clause, passage.label, *headings[-1:]):
        if named := _named(words, sign.acts):
            return named
    topic = next((kind for key, kind in _TOPICS if kind in sign.acts and _words(clause, key)), "")
    return (topic,) if topic else sign.usual


_TOPICS = (("payment", "charge"), ("message", "notify"), ("booking", "request"), ("basket", "hold"))
"""What a clause is about where it names no step."""


def _named(text: str, acts: tuple[str, ...]) -> tuple[str, ...]:
    kinds = [kind for hit in find(text, "steps") for kind in (hit.key, *inner(hit.word, "steps"))]
    return tuple(kind for kind in dict.fromkeys(kinds) if kind in acts)
