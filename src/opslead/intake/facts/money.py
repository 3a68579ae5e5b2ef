"""Sums of money and the schedules of payments: price, fee, commission, deposit, penalty, credit, settlement, …"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.intake.amounts.frames import Amount, Scene
from opslead.intake.amounts.quantities import Sort
from opslead.intake.facts.made import said
from opslead.intake.page.passages import Form
from opslead.model.document import ClockText, LimitText, MoneyText

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        (
            "authority",
            r"전결|승인\s?(?:한도|권한)|재량|승인이?\s?필요|requires? (?:\w+ ){0,3}approval|needs? (?:\w+ ){0,3}approval"
            r"|단독\s?(?:승인|처리)|혼자\s?승인|(?:may|can) (?:refund|approve|credit|compensate|waive"
            r"|authori[sz]e) up to|approval limit|without approval",
        ),
        (
            "threshold",
            r"이상\s?(?:주문|구매|결제)?\s?시?\s?무료|무료\s?배[송달]|free (?:shipping|delivery|over|above|from)",
        ),
        ("minimum", r"최소\s?(?:주문|결제|이용|구매)|minimum (?:order|spend|booking|charge|payout)|최소\s?출금"),
        (
            "ticket",
            r"객단가|평균\s?(?:주문|결제|구매|거래|예약|판매)\s?(?:금액|액|단가|가)|(?:주문|예약|거래)당\s?평균"
            r"|평균\s?(?:진료비|시술비|수리비|이용\s?금액)"
            r"|average (?:ticket|order|basket|booking|fare|spend|bill|(?:sales? |selling )?price)"
            r"|\bAOV\b",
        ),
        (
            "preauthorization",
            r"가승인|선승인|예치|pre-?\s?authori[sz]|authori[sz]ation hold|hold on (?:the|your|their) card",
        ),
        ("deposit", r"보증금|예약금|계약금|선금|디파짓|착수금|\bdeposit|down ?payment"),
        (
            "penalty",
            r"위약금|벌금|패널티|페널티|과태료|연체|지체|취소\s?수수료|노쇼\s?(?:비|수수료|요금)|미반납|penalt|\bfines?\b|late fee"
            r"|late[- ]return|no-?show.{0,24}(?:fee|charge)|idle fee|cancellation (?:fee|charge)"
            r"|overtime|overstay|charged? extra|forfeit",
        ),
        (
            "commission",
            r"수수료|커미션|중개료|commission|(?:service|platform|booking|transaction|processing|host|provider"
            r"|marketplace) fees?|take rate|revenue share|of the (?:energy )?revenue|\bplatform\s*(?:keeps"
            r"|takes|gets|earns|:|[$€£]?\d|$)|로열티|royalt",
        ),
        ("compensation", r"보상|배상|위로금|compensat|goodwill"),
        (
            "referral",
            r"추천인?\s?(?:보너스|보상|리워드|코드|적립)|친구\s?추천|초대\s?(?:보너스|보상)|referral|invite bonus",
        ),
        ("cashback", r"캐시백|cash ?back"),
        ("points", r"적립|포인트|마일리지|스탬프|\bpoints?\b|loyalty|mileage"),
        ("gift_card", r"상품권|기프트|금액권|gift card|gift voucher"),
        ("coupon", r"쿠폰|coupon|voucher|promo"),
        ("discount", r"할인|감면|얼리버드|discount|\boff\b|early[- ]bird|cheaper|save\b"),
        ("bonus", r"보너스|인센티브|성과급|장려금|bonus|incentive"),
        ("credit", r"크레딧|예치금|충전금|\bcredits?\b"),
        ("reward", r"리워드|보상금|사례금|reward"),
        ("refund", r"환불|환급|\brefund"),
        (
            "settlement",
            r"정산|지급(?!\s?수단)|송금|출금|수령|payout|pay-?outs?|settle|\bpaid (?:out|on|to)\b|you get|receives?\b"
            r"|\bremit|disburs|transferred to|released to",
        ),
        (
            "subscription",
            r"구독|멤버십|정기\s?(?:결제|이용)|월\s?(?:회비|정액|이용료)|고정석|subscription|membership|premium|\bplans?\b|/\s?mo\b"
            r"|per month|monthly",
        ),
        ("surcharge", r"할증|추가\s?요금|추가금|surcharge|extra charge|peak pricing"),
        (
            "fee",
            r"배[송달]비|배[송달]료|이용료|요금|입장료|참가비|연회비|추가\s?(?:금|비용)|청소비|\bfees?\b|\bcharges?\b|surcharge"
            r"|delivery cost|toll",
        ),
        ("wage", r"시급|월급|급여|인건비|임금|wage|salary|per hour worked"),
        (
            "price",
            r"가격|금액|단가|요금|시간권|기간권|\bprice|\bcosts?\b|\brate\b|\bfare|\bpays?\b|total|amount|원\s?(?:부터|짜리)",
        ),
    )
)
_SHARE_KINDS = frozenset(
    [
        "commission",
        "deposit",
        "penalty",
        "credit",
        "compensation",
        "preauthorization",
        "subscription",
        "settlement",
        "fee",
        "referral",
        "cashback",
        "points",
        "gift_card",
        "coupon",
        "discount",
        "bonus",
        "reward",
        "surcharge",
    ]
)
_PAYEE = re.compile(
    r"가맹점주?|점주|판매자|배달원|기사|호스트|강사|마트|매장|입점\s?(?:사|업체)|제휴사|공급자|멘토|디자이너|작가|사장님?|라이더|크리에이터|파트너|셀러|업체|설계사|튜터|코치"
    r"|\b(?:site hosts?|hosts?|providers?|drivers?|sellers?|dealers?|vendors?|merchants?|stylists?"
    r"|mentors?|tutors?|partners?|franchisees?|owners?|couriers?|riders?"
    r"|suppliers?|creators?|instructors?|coaches|restaurants?|stores?|shops?|landlords?|artists?"
    r"|freelancers?|cleaners?)\b",
    re.I,
)
_BILLED = re.compile(
    r"invoice|\bbill(?:ed|ing)\b|청구|정기\s?결제|구독료|납부|회비|자동\s?결제|subscription (?:is|fee|renew)|pays? (?:a|by"
    r"|their|the)\b|renew",
    re.I,
)
_PAYS = re.compile(
    r"정산|지급|송금|출금|입금|payout|pay-?out|paid|\bpay|settle|invoice|청구|remit|transfer|disburs|billing|결제일",
    re.I,
)
_MONEY = re.compile(
    r"정산|입금|결제|매출|수수료|대금|장부|은행|payout|payment|settle|bank|invoice|ledger|transaction|refund|amount",
    re.I,
)
_NO_MATTER = re.compile(
    r"매출|거래액|시장|수익률|예산|투자|절감|revenue(?! share)|\bGMV\b|market|budget|funding|savings?\b|income potential"
    r"|traditional|elsewhere|instead of|compared|versus|\bvs\.?\b|대신|경쟁|lower than|cheaper than|higher than",
    re.I,
)
_REGULAR = re.compile(
    r"정기|배치|동기화|대사|맞춰|점검|청소|소독|실사|백업|갱신|업로드|전송|발송|보고|회의|교체|주기|회전|배송|수거|세탁|오픈|마감|검수|확인|방문|구독|batch|sync"
    r"|reconcil|inspect|clean|count|backup|back up|refresh|upload|import"
    r"|export|file|report|review|deliver|collect|pick|open|audit|check|meeting|rotat|maintenance|sweep|run"
    r"|cycle|schedule",
    re.I,
)
_ADJECTIVE = re.compile(
    r"^\s?(?:active|revenue|rates?|earnings?|income|charts?|sales|통계|매출|수익|활성|판매|리포트|현황|주문\s?건수|/|view"
    r"|stats?|limit|price|pass|basis|budget|life|routine|users?|bookings? volume|rental|use|한도)",
    re.I,
)


def kind_of(amount: Amount) -> str:
    """The kind of money that the words around an amount name, empty when none does. The clause decides first."""
    clause = amount.clause
    if KINDS[0][1].search(amount.near):
        return "authority"
    after = clause.after.partition("(")[0][:40]
    before = amount.local.partition(amount.measure.text)[0][-60:]
    texts = (
        f"{before} {amount.measure.text} {after[:16]}",
        f"{clause.outer} {clause.before} {after}",
        f"{amount.frame.title} {amount.subject}",
        amount.wide,
        amount.frame.parent if amount.frame.passage.form is not Form.PROSE else "",
    )
    return _first(texts, KINDS)


def share_kind(amount: Amount) -> str:
    """The kind of payment of which the amount is a share, as its clause, its label or the heading name it."""
    kinds = tuple((kind, pattern) for kind, pattern in KINDS if kind in _SHARE_KINDS)
    own = _first((amount.local, amount.near, f"{amount.frame.title} {amount.subject}"), kinds)
    above = own or _first((amount.frame.parent,), kinds)
    return above if own or above in ("commission", "credit", "deposit") else ""


def _first(texts: tuple[str, ...], kinds: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    """The first kind named by the first text that names one."""
    for text in texts:
        for kind, pattern in kinds:
            if pattern.search(text):
                return kind
    return ""


def money_of(amount: Amount) -> Iterator[MoneyText | ClockText | LimitText]:
    """What a sum of money or a schedule says."""
    if amount.measure.sort is Sort.SCHEDULE:
        yield from _schedule(amount)
        return
    kind = kind_of(amount)
    if amount.scene is Scene.PLAN or _NO_MATTER.search(f"{amount.local} {amount.frame.title}"):
        return
    if amount.scene is Scene.EXAMPLE and not _tells_of_shares(amount, kind):
        return
    subject = amount.subject
    if kind == "authority" and amount.frame.label not in subject:
        subject = f"{amount.frame.label} {subject}"
    for value in dict.fromkeys(v for v in (amount.measure.low, amount.measure.value) if v):
        yield MoneyText(
            kind=kind or "price",
            subject=_per(amount, subject),
            amount=said(value, amount),
            given=amount.given,
            at=amount.at,
        )


def share_rule(amount: Amount, kind: str) -> Iterator[MoneyText]:
    """A share that somebody pays or gets, when the kind is one that is charged by shares."""
    if kind not in _SHARE_KINDS:
        return
    for value in dict.fromkeys(v for v in (amount.measure.low, amount.measure.value) if v):
        yield MoneyText(kind=kind, subject=amount.subject, share=said(value, amount), given=amount.given, at=amount.at)


def _tells_of_shares(amount: Amount, kind: str) -> bool:
    """Whether an example shows how a price is divided, which is a rule told by numbers."""
    near = f"{amount.near} {amount.subject} {amount.frame.title}"
    told = r"\bfee\b|수수료|books? (?:spot )?for|payout|정산|price (?:at|of|to)|가격을"
    return kind in ("commission", "settlement") or bool(re.search(told, near, re.I))


def _per(amount: Amount, subject: str) -> str:
    """The subject with what bounds the sum and what it is paid for."""
    per, korean = amount.measure.per, bool(re.search("[가-힣]", amount.frame.text))
    if (
        amount.measure.bound
        and not amount.measure.low
        and re.search(r"최대|최소|상한|하한|\bmax|\bmin\b|min\.|at least|capped", amount.local, re.I)
    ):
        word = {"max": ("최대", "max"), "min": ("최소", "min")}[amount.measure.bound][0 if korean else 1]
        subject = subject if word in subject else f"{subject} ({word})"
    if not per or per in subject:
        return subject
    names = {
        "case": "건당",
        "day": "하루",
        "month": "월",
        "hour": "시간당",
        "person": "인당",
        "week": "주",
        "year": "연",
        "minute": "분당",
    }
    word = names.get(per, f"{per}당" if re.search(r"[가-힣]", per) else per) if korean else f"per {per}"
    return f"{subject} ({word})"


def _schedule(amount: Amount) -> Iterator[MoneyText | ClockText]:
    """A day or an interval in words: of a payment, or of something that is done again and again."""
    measure = amount.measure
    after = amount.clause.after
    if (
        amount.scene is not Scene.RULES
        or _ADJECTIVE.match(after)
        or re.fullmatch(r"(?i)(?:일|주|월)별|분기별", measure.text)
    ):
        return
    following = amount.frame.measures[amount.index + 1 : amount.index + 2]
    if following and following[0].sort is Sort.TIME and following[0].start - measure.end <= 4:
        return  # the time of day carries the schedule in its subject
    near = f"{amount.near} {amount.frame.title} {amount.subject}"
    value = _tidy(measure.value)
    if re.search(r"맞춰|대사|대조|reconcil|compar|match", near, re.I) and _MONEY.search(near):
        due = said(value, amount)
        yield MoneyText(kind="reconciliation", subject=amount.subject, due=due, given=amount.given, at=amount.at)
        return
    if _PAYS.search(f"{near} {measure.text}"):
        own = re.search(r"(?i)payouts?|settlement|transfer|billing", measure.text)
        subject = own.group() if own and amount.subject == amount.frame.parent else amount.subject
        kind = "invoice" if _BILLED.search(near) else "settlement"
        payee = payee_of(amount) if kind == "settlement" else ""
        due = said(value, amount)
        yield MoneyText(kind=kind, subject=subject, due=due, payee=payee, given=amount.given, at=amount.at)
        return
    length = _length(value)
    if length and _REGULAR.search(near):
        kind = "opening" if re.search(r"오픈|개시|opens?\b|release", near, re.I) else "cycle"
        yield ClockText(
            kind=kind, subject=amount.subject, length=said(length, amount), given=amount.given, at=amount.at
        )


def payee_of(amount: Amount) -> str:
    """Who is paid, as the words nearest to the schedule name him; empty when nobody is named."""
    text, position = amount.frame.text, amount.measure.start
    for area in (amount.near, amount.wide, amount.frame.parent):
        found = [(abs(m.start() - position) if area is text else m.start(), m.group()) for m in _PAYEE.finditer(area)]
        if found:
            return max(found)[1] if area is amount.near else min(found)[1]
    return ""


def _tidy(value: str) -> str:
    value = re.sub(r"(?i)\s(?:payouts?|settlement|transfer)(?=[\s,(])", "", value)
    return value + ")" if value.count("(") > value.count(")") else value


_LENGTHS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern, re.I), korean, english)
    for pattern, korean, english in (
        (r"격주|bi-?weekly|fortnight|every other week", "2주", "2 weeks"),
        (r"매주|주에?\s?\d|일주일|주별|week|\b(?:mon|tue|wed|thu|fri|sat|sun)(?!th)", "7일", "7 days"),
        (r"시간|hour", "1시간", "1 hour"),
        (r"month", "1개월", "1 month"),
        (r"분기|quarter", "3개월", "3 months"),
        (r"년|연\s?\d|year|annual", "1년", "1 year"),
        (r"월|달|month|\bof\b|\d(?:st|nd|rd|th)", "1개월", "1 month"),
        (r"매일|하루|1일|일\s?\d|dai|day|night|morning|evening", "1일", "1 day"),
    )
)


def _length(value: str) -> str:
    """How often a schedule comes round, as a length of time."""
    if net := re.search(r"(?i)net[- ](\d+)|T\s?\+\s?(\d+)", value):
        return f"{net.group(1) or net.group(2)} days"
    for pattern, korean, english in _LENGTHS:
        if pattern.search(value):
            return korean if re.search("[가-힣]", value) else english
    return ""
