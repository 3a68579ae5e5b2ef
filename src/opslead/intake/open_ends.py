"""What a description says in passing and an operation later stumbles over, as mentions and rules of the model.

Mentions of their own concepts, each with its quotation: customers who stay unknown (`anonymous`), meetings in a private home
(`private_place`), promises about the thing itself (`guarantee`), roles that are checked before they take part
(`role_verified`), changes that can be proposed (`offered_change`). Rules: what is refused in a state or fails towards the
outside, and what completes by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from opslead.intake.flow.links import clip
from opslead.intake.page.passages import Form, Passage
from opslead.intake.people.english import singular
from opslead.intake.scope import bare_heading, is_quiet, title_of
from opslead.model.document import ActorText, MentionText, RuleText
from opslead.model.steps import Role

_MAX_RULE, _MAX_QUOTE, _MOST = 240, 120, 4

_ANONYMOUS = re.compile(
    r"비로그인|비회원|(?:로그인|회원\s?가입|가입)\s?(?:절차\s?)?없이|guest checkout"
    r"|\b(?:no|without)\s(?:an?\s)?(?:login|log-?in|account|sign-?up|registration)\b",
    re.I,
)
_LOOKING = re.compile(r"browse|discover|view|explore|search|둘러|조회|열람|탐색|구경", re.I)
_PRIVATE = re.compile(
    r"고객\s?위치(?=\s*[)/·,]|\s선택|$)|고객(?:의)?\s?(?:집|자택)|(?:이용자|회원)(?:의)?\s?(?:집|자택)|자택\s?방문|가정\s?방문|방문\s?(?:돌봄|케어|요양)"
    r"|\b(?:customer|client|guest|patient|member)(?:'s|s')?\s(?:own\s)?home\b|\bin-home\b|\bhome visits?\b",
    re.I,
)
_GUARANTEE = re.compile(
    r"\bguarantee[ds]?\b|(?:자리|좌석|시간|도착|입장|예약|주차|이용)\S{0,2}\s?(?:100%\s?)?보장", re.I
)
_CHECKED = re.compile(
    r"verif(?:y|ied|ication)|background check|vetted|identity check|신분증|신원\s?확인|본인\s?인증|동네\s?인증|자격\s?(?:확인|심사)"
    r"|가입\s?승인|승인된|승인\s?대기|입점\s?심사|approve\s(?=\w+s\b)",
    re.I,
)
_CHANGE = re.compile(
    r"\[[^\[\]]*(?:propos|alternativ|reschedul|counter|일정\s?변경|시간\s?제안)[^\[\]]*\]"
    r"|\bpropos\w*\s(?:an?\s|another\s|new\s|alternative\s|different\s)+(?:time|date|slot)|다른\s?(?:시간|날짜|일정)\S{0,2}\s?제안",
    re.I,
)
_REFUSED = re.compile(r"(?:→|->|=>|:)\s*[45]\d\d\b")
_STATE = re.compile(r"상태\s?`?[A-Z_]{3,}|\b(?:status|state)\s`?[A-Z_]{3,}|[A-Z_]{4,}`?\s?(?:상태|status|state)")
_OUTWARD = re.compile(
    r"(?:환불|결제(?!\s?상태)|취소|출금|송금|정산|출력|프린터|발송|배차|연동)[^→>]{0,14}(?:실패|오류|불가)"
    r"|\b(?:refund|payment|charge|capture|payout|transfer|print|printer|dispatch|message)\w*[^→>]{0,20}\b(?:fail\w*|error|declin\w*|timeout)",
    re.I,
)
_BY_ITSELF = re.compile(r"\bautomatic\s(?:complet|clos|settle|confirm|approv|renew)\w*", re.I)
_FRAME = re.compile(r"^(?:성공|실패)\s?(?:기준|조건)|^(?:success|failure)\b", re.I)


def open_mentions(passages: Sequence[Passage], actors: Iterable[ActorText]) -> tuple[MentionText, ...]:
    """The mentions, each text once a concept, in the order of the text and at most four a concept."""
    people = tuple(actor for actor in actors if actor.role is not Role.STAFF)
    title = title_of(passages)
    found: dict[tuple[str, str], MentionText] = {}
    for passage in passages:
        for concept in _concepts(passage, title, people):
            text = clip(passage.text, _MAX_QUOTE)
            if sum(1 for known, _ in found if known == concept) < _MOST:
                found.setdefault((concept, text), MentionText(concept=concept, given=text, at=str(passage.place)))
    return tuple(sorted(found.values(), key=lambda mention: mention.concept))


def _concepts(passage: Passage, title: str, people: Sequence[ActorText]) -> Iterator[str]:
    text = passage.text
    if is_quiet(passage, title):
        return
    if _ANONYMOUS.search(text) and not _LOOKING.search(text):
        yield "anonymous"
    if _PRIVATE.search(text):
        yield "private_place"
    if _GUARANTEE.search(text) and passage.form is not Form.HEADING:
        yield "guarantee"
    if _CHANGE.search(text):
        yield "offered_change"
    if _CHECKED.search(text) and any(_named(actor, text) for actor in people):
        yield "role_verified"


def _named(actor: ActorText, text: str) -> bool:
    name = singular(actor.name.lower()) if actor.name.isascii() else actor.name
    return name in text.lower()


def open_rules(passages: Sequence[Passage], known: Iterable[RuleText]) -> tuple[RuleText, ...]:
    """What is refused in a state, fails towards the outside or completes by itself, unless it is a rule already."""
    title = title_of(passages)
    taken = {rule.text for rule in known}
    found: dict[str, RuleText] = {}
    for passage in passages:
        text = passage.text
        if passage.form is Form.HEADING or is_quiet(passage, title) or text in taken:
            continue
        refused = _REFUSED.search(text) and (_STATE.search(text) or _OUTWARD.search(text))
        if refused or _BY_ITSELF.search(text):
            rule = RuleText(
                text=clip(text, _MAX_RULE), subject=clip(_subject(passage, title), 60), at=str(passage.place)
            )
            found.setdefault(text, rule)
    return tuple(found.values())


def _subject(passage: Passage, title: str) -> str:
    """The nearest heading that says what it is about, not whether it succeeds."""
    names = (bare_heading(heading) for heading in reversed(passage.headings) if heading != title)
    return next((name for name in names if not _FRAME.search(name)), "")
