"""Sentences that fix something although they hold no word of rule: whole goals, named policies, who keeps the money, who may
change by hand what is computed, what a case pays out. Each becomes a rule of the model, with its heading, so that a person can
read and correct it and a lens can set it against the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from opslead.intake.flow.links import clip
from opslead.intake.page.passages import Form, Passage
from opslead.intake.scope import Scope, bare_heading, is_quiet, scope_of, title_of
from opslead.model.document import ClockText, RuleText, Said

_AUTOMATION = (
    r"without (?:any |the )?(?:manual|human|staff) (?:intervention|work|handling|involvement|effort|steps?)"
    r"|\b(?:fully|completely|100%) automat\w+|\b(?:no|zero) (?:manual|human) (?:intervention|work|steps?|handling|involvement)"
    r"|(?:사람|수동|수작업|운영자|관리자|직원|인력)(?:의|이)?\s?(?:개입|작업|처리|확인)?\s?없이|(?:완전|100%|전면)\s?자동"
)
_POLICY = (
    r"\b(?:cancell?ation|refund|penalty|no-?show|return|compensation|deposit)s?(?:\s(?:and|&|/)\s\w+)?\s(?:policy|policies|rules?|terms|processing|handling)\b"
    r"|(?:취소|환불|위약금|노쇼|반품|보상|[패페]널티|보증금)(?:[·/]\s?(?:취소|환불|교환|변경))?\s?(?:정책|규정|기준|규칙|약관)"
)
_FEE = (
    r"\b(?:commission|service fees?|platform fees?|fees)\b.{0,30}\b(?:calculated|deducted|charged|taken|withheld|kept|applied)\b"
    r"|수수료(?:를|가|는|을)?\s?(?:공제|차감|제외|제하고|부과|책정|떼|뗀)"
)
_PAYS_OUT = (
    r"\bpay-?out to\b|\bpaid (?:out )?(?:in full|anyway)\b|\bkeeps? (?:the|their|his|her|its) (?:full )?(?:fee|payment|money|price)\b"
    r"|전액\s?(?:지급|정산)|\brelease(?:s|d)? (?:the )?(?:authori[sz]ation|hold)\b"
)
_BY_HAND = (
    r"\bmanual(?:ly)? (?:verif|confirm|approv|adjust|complet|correct|chang|set|edit|mark|overrid|releas)\w*|\boverrid\w+|\badjust(?:s|ing|ment)?\b.{0,24}\b(?:score|rating|balance|price|point|stock)s?\b"
    r"|(?:점수|등급|금액|요금|가격|포인트|평점|상태|잔액|온도|지수|재고)(?:를|을|의)?\s?(?:수동\s?|직접\s?|임의\s?)?(?:조정|수정|정정)"
    r"|강제\s?(?:취소|완료|환불|종료|확정)|수동\s?(?:처리|확정|승인|변경|환불|취소|완료)"
)
_BOTH_SIDES = r"\b[A-Za-z]+s (?:and|or) [A-Za-z]+s can cancel\b|(?:양측|쌍방|양쪽)\s?(?:모두\s?)?.{0,8}취소"
_HOLDS = (
    r"\bescrow\b|\breleas\w+ (?:the )?(?:money|funds|payments?)\b|\b(?:platform|we|company|marketplace)\b.{0,24}\b(?:holds?|handles?|collects?|keeps?)\b.{0,20}\b(?:payments?|money|funds)\b"
    r"|\bpay(?:s)? (?:the |their )?[a-z]+ (?:directly|in cash|in person)\b|\bcash on (?:arrival|delivery|site)\b"
    r"|에스크로|현장\s?결제|현장에서.{0,12}(?:결제|지불)|(?:현금|계좌\s?이체).{0,12}(?:결제|지불|가능)|금액(?:만|을)?\s?수령"
)
_COMPUTED = (
    r"\bauto-?(?:updating|calculated|computed)\b|\bautomatically (?:updated|calculated|computed)\b"
    r"|(?:별점|평점|리뷰|후기|점수|평가)(?:에|\s)\s?(?:따라|기반|비율|반영)"
)
_KINDS = tuple(
    re.compile(pattern, re.I)
    for pattern in (_AUTOMATION, _POLICY, _FEE, _PAYS_OUT, _BY_HAND, _BOTH_SIDES, _HOLDS, _COMPUTED)
)
_NO_WORK = re.compile(
    r"\b(?:https?|tls|jwt|css|html|sql|api|endpoint|database|docker|deploy\w*|test\w*|schema|npm|lambda|cache)\b|배포|테스트|렌더링|암호화|백업",
    re.I,
)
_ARROW = re.compile(r"→|->|=>")  # a chain of steps, which stands in the flows
_LEAST, _LONGEST = 8, 240


def statements(passages: Sequence[Passage], known: Sequence[RuleText] = ()) -> tuple[RuleText, ...]:
    """The sentences of these kinds that are no rule of the model yet, each once, in the order of the text."""
    title = title_of(passages)
    taken = {(rule.text, rule.at) for rule in known}
    texts = {rule.text for rule in known}
    found: dict[str, RuleText] = {}
    branch = ""
    for passage in passages:
        if passage.form is Form.CODE and (opened := re.match(r"\W*\[([^\[\]]+)\]\s*$", passage.text)):
            branch = opened.group(1)
        if not _states(passage, title):
            continue
        rule = RuleText(
            text=clip(passage.text, _LONGEST),
            subject=clip(_subject(passage, title, branch), 60),
            at=str(passage.place),
        )
        if (rule.text, rule.at) not in taken and rule.text not in texts:
            found.setdefault(rule.text, rule)
    return tuple(found.values())


def _states(passage: Passage, title: str) -> bool:
    text = passage.text
    if (
        passage.form is Form.HEADING
        or _ARROW.search(text)
        or not _LEAST <= len(text) <= _LONGEST * 2
        or _NO_WORK.search(text)
    ):
        return False
    if scope_of(passage, title) is Scope.LATER or is_quiet(passage, title):
        return False
    return any(pattern.search(text) for pattern in _KINDS)


def _subject(passage: Passage, title: str, branch: str) -> str:
    if passage.form is Form.CODE:
        return branch
    nearest = next((bare_heading(h) for h in reversed(passage.headings) if h != title), "")
    return passage.label or nearest


# --- how far ahead ---------------------------------------------------------------------------------------------------

_AHEAD = re.compile(r"\b(?:within the )?next (?P<n>\d{1,3}) (?P<unit>days|weeks|months)\b", re.I)
_PICKS = re.compile(r"calendar|picker|book|schedul|reserv|availab|propos|slot|date", re.I)


def horizons(passages: Sequence[Passage], clocks: Sequence[ClockText] = ()) -> tuple[ClockText, ...]:
    """How far ahead a time can be chosen (`Calendar picker (next 30 days)`), where no clock says it yet."""
    return tuple(_horizons(passages, {clock.at for clock in clocks}))


def _horizons(passages: Sequence[Passage], told: set[str]) -> Iterator[ClockText]:
    title = title_of(passages)
    for passage in passages:
        match = _AHEAD.search(passage.text)
        if match is None or str(passage.place) in told or not _PICKS.search(passage.text) or is_quiet(passage, title):
            continue
        at = str(passage.place)
        length = f"{match['n']} {match['unit'].lower()}"
        subject = clip(passage.text.replace(match.group(), "").replace("()", "").strip(" :-"), 80) or passage.text
        yield ClockText(
            kind="horizon",
            subject=subject,
            length=Said(value=length, given=passage.text, at=at),
            given=clip(passage.text, 160),
            at=at,
        )
