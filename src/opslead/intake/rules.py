"""What a description fixes in words, kept whole, and the concepts it mentions, each with its first quotation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from opslead.intake.amounts.frames import Scene
from opslead.intake.flow.links import clip
from opslead.intake.lexicon import find, inner
from opslead.intake.page.passages import Form, Passage
from opslead.intake.scope import bare_heading, is_quiet, scene, title_of
from opslead.model.document import FlowText, MentionText, RuleText

_FIXES_KO = re.compile(
    r"(?:해야|하여야|되어야|돼야|어야|아야)\s?(?:한다|합니다|함|하며|하고|만|됩니다|된다|해요)|반드시|필수(?!\s?(?:필드|입력|항목|정보|기능))|금지|불가|의무|원칙적?으로|예외적으로"
    r"|[할될]\s?수\s?없|수\s?없[다음습는]|안\s?(?:된다|됩니다|됨)|하지\s?(?:않|못)|되지\s?(?:않|못)"
    r"|까지만|에게만|에서만|[에후전]\s?만\s|후에만|뒤에만|만\s?(?:가능|허용|공개|노출|사용|작성|조회|접근|적용)|경우에만|한해|한하여|한정|로만\s|만\s?(?:할|볼|받을|쓸)\s?수"
    r"|전까지|이전까지|까지\s?(?:가능|취소|변경|신청|결제|입금|제출)|자동\s?(?:으로|취소|완료|승인|확정|삭제|처리|거절|만료|환불|연장|갱신|전환|배정|소멸|해지|결제)"
    r"|제한|한도|상한|전결|우선\s?순위|선착순|복수\s?선택|중복\s?(?:불가|허용)|한\s?번만|1회만|환불\s?(?:없음|불가)|전액\s?환불|시\s?(?:즉시|자동)"
)
_FIXES_EN = re.compile(
    r"\b(?:must|shall|has to|have to|needs? to be|required|requires|mandatory|only|cannot|can't|may not|never|always|not allowed"
    r"|prohibited|forbidden|automatically|automatic|auto-\w+|at least|at most|no more than|no later than|immutable|locked|until|unless"
    r"|up to|within|before|limited to|allowed with|is not|are not|without|one per|per customer|exactly one|once both|either|no refund"
    r"|full refund|not instant|prevent|enforced?|eligible|in priority order|first come)\b",
    re.I,
)
_STRONG_EN = re.compile(
    r"\b(?:must|shall|has to|have to|required(?!\s(?:details|fields?|information|data|documents))|mandatory|only|cannot|can't|may not|never|not allowed"
    r"|prohibited|forbidden|automatically|auto-\w+|at least|at most|no more than|immutable|unless|until|limited to|no refund"
    r"|full refund|prevent|exactly|no later than|no \w+ may|allowed with)\b",
    re.I,
)
_TECHNICAL = re.compile(
    r"\b(?:https?|tls|jwt|css|html|sql|xss|csrf|sdk|ux|px|json|xml|endpoint|database|docker|npm|lambda|s3|cdn|redis|websocket|schema|index"
    r"|rls|oauth|framework|typescript|react|rate limiting|encryption|responsive|breakpoints?|font|npm)\b|암호화|반응형|캐싱|접근성|색상|렌더링|로딩|최적화|해상도|폰트",
    re.I,
)
_MAX_RULE, _MAX_QUOTE, _LEAST = 240, 120, 8
_BREAKS = re.compile(r"[,;]\s|\.\s|→|(?<=[가-힣])(?:(?<!라)고|며|지만|는데)\s")


def rules(passages: Sequence[Passage]) -> tuple[RuleText, ...]:
    """The sentences that say what must, may only, cannot or happens by itself, each once, in the order of the text."""
    title = title_of(passages)
    found: dict[str, RuleText] = {}
    for passage in passages:
        if passage.form not in (Form.PROSE, Form.ITEM, Form.ROW) or is_quiet(passage, title):
            continue
        text = passage.text
        if scene(tuple(h for h in passage.headings if h != title), passage.header) is Scene.EXAMPLE:
            continue
        if len(text) < _LEAST or _TECHNICAL.search(text) or not _fixes(text):
            continue
        nearest = next((bare_heading(h) for h in reversed(passage.headings) if h != title), "")
        rule = RuleText(text=clip(text, _MAX_RULE), subject=clip(passage.label or nearest, 60), at=str(passage.place))
        found.setdefault(text, rule)
    return tuple(found.values())


_VAGUELY_LATE = re.compile(
    r"\b(?:sometimes|occasionally|at times|rarely|at worst)\s(?:by\s|for\s|up to\s)?(?:several\s|many\s|some\s)?(?:seconds|minutes|hours|days|weeks)\b"
    r"|(?:가끔|간혹|때로는?|드물게|심하면|길면)\s?(?:수|몇)\s?(?:초|분|시간|일|주)",
    re.I,
)  # how late somebody may be, in words that give no number: no clock can hold it


def _fixes(text: str) -> bool:
    if _VAGUELY_LATE.search(text):
        return True
    if _FIXES_KO.search(text) or _STRONG_EN.search(text):
        return True
    return len(_FIXES_EN.findall(text)) >= 2


_OF_STEP = {
    "hold": "hold", "authorize": "preauthorization", "charge": "payment", "pay_in": "virtual_account", "refund": "refund",
    "payout": "payout", "cancel": "cancellation", "no_show": "no_show", "inspect": "inspection", "approve": "approval",
    "verify": "identity_check", "return": "return_goods", "compensate": "compensation",
}  # fmt: skip
_OF_WAY = {"spreadsheet": "spreadsheet", "fax": "fax", "paper": "paper", "callback": "callback", "webhook": "callback"}


def mentions(passages: Sequence[Passage], flows: Iterable[FlowText] = ()) -> tuple[MentionText, ...]:
    """One for each concept of `words`, with the words that mention it first; what the steps themselves say counts too."""
    title = title_of(passages)
    found: dict[str, MentionText] = {}
    telling = [p for p in passages if not is_quiet(p, title)]
    for passage in sorted(telling, key=lambda p: p.form is Form.HEADING):  # a sentence says more than a heading
        for hit in find(passage.text, "concepts"):
            for concept in dict.fromkeys((hit.key, *inner(hit.word, "concepts"))):
                if concept not in found:
                    quoted = around(passage.text, hit.start, hit.end)
                    found[concept] = MentionText(concept=concept, given=quoted, at=str(passage.place))
    for concept, given, at in _of_steps(flows):
        found.setdefault(concept, MentionText(concept=concept, given=given, at=at))
    return tuple(found.values())


def _of_steps(flows: Iterable[FlowText]) -> Iterator[tuple[str, str, str]]:
    for flow in flows:
        for step in flow.steps:
            for concept in (_OF_STEP.get(step.kind), _OF_WAY.get(step.via)):
                if concept and step.given:
                    yield concept, step.given, step.at


def around(text: str, start: int, end: int) -> str:
    """The clause around `text[start:end]`, short enough for a quotation. Commas in brackets do not end a clause."""
    breaks = [m for m in _BREAKS.finditer(text) if not _bracketed(text, m.start())]
    low = max((m.end() for m in breaks if m.end() <= start), default=0)
    stop = next((m for m in breaks if m.start() >= end), None)
    high = len(text) if stop is None else stop.start() + ("가" <= text[stop.start()] <= "힣")
    if high - low > _MAX_QUOTE:
        low = max(low, start - _MAX_QUOTE // 2)
        low = text.find(" ", low, start) + 1 or low
    return clip(text[low:high].strip(), _MAX_QUOTE)


def _bracketed(text: str, position: int) -> bool:
    opened = max(text.rfind("(", 0, position), text.rfind("（", 0, position))
    return opened >= 0 and not re.search(r"[)）]", text[opened:position]) and bool(re.search(r"[)）]", text[position:]))
