"""What a policy's text has to say for the search to count on a decision: the decision in a sentence, and the stems that show it.

A text of which no passage shows a stem of every group does not say it; one with such a passage may. So the check errs on the side
of silence; every pattern of the catalog that claims a decision is held to it by a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opslead.contract.words import texts
from opslead.model.guardrails import Decision
from opslead.spec.document import Policy

_BACK = r"환불|취소|돌려|돌린|되돌|반환|refund|cancel|revers|return|void|pay.{0,12}back|paid back|sent? back"
_BY_ITSELF = r"자동|시스템|스스로|저절로|사람 없이|automat|by itself|system|on its own|without a person"
_ONCE = r"한 번|한번|1회|두 번|다시|중복|번호|already|once|twice|again|same|number|second"
_BLOCK = r"막|없|않|못|잠|불가|거절|거부|전에|뒤에만|때만|까지|block|lock|refus|reject|cannot|not |no |only|until|before|never"


@dataclass(frozen=True)
class Saying:
    """`meaning` of a decision in one sentence; `stems`: one expression a group, of which each has to be found."""

    meaning: str
    stems: tuple[str, ...]


SAYINGS: Mapping[Decision, Saying] = {
    Decision.LATE_APPROVAL_SETTLED: Saying(
        "an approval that arrives after the hold lapsed or the case was cancelled is paid back by the system",
        (r"승인|결제|입금|approv|payment|paid", r"늦|뒤|만료|지나|이후|취소된|late|after|expir|laps", _BACK),
    ),
    Decision.SECOND_PAYMENT_RETURNED: Saying(
        "a second payment for what is paid already is paid back by the system",
        (r"두 번|이중|중복|둘|이미|다른|second|twice|double|duplicate|already|two|wrong|other", _BACK),
    ),
    Decision.APPROVAL_ONCE: Saying(
        "the same approval message has no second effect, however often it comes",
        (r"통지|콜백|승인|메시지|응답|결과|callback|notif|approv|message|answer|result", _ONCE),
    ),
    Decision.PAYMENT_BOUND: Saying(
        "a payment settles the case it was made for and no other",
        (r"결제|입금|승인|payment|paid|charge", r"번호|하나|일치|짝|묶|number|one|match|bound|tied|code"),
    ),
    Decision.ORPHAN_MONEY_FOUND: Saying(
        "money that no case stands for is found by comparing both records, and paid back",
        (r"대사|짝|맞[춰추]|대조|비교|조회|reconcil|match|compar|pair|query", r"결제|승인|돈|금액|입금|payment|approv|money|amount|charge|sum"),
    ),
    Decision.CLAIM_EXPIRES: Saying(
        "an unpaid or unanswered claim ends by itself at its time",
        (r"만료|기한|해제|풀|끝|마감|expir|deadline|laps|releas|end", r"시스템|자동|배치|스스로|system|automat|batch|by itself"),
    ),
    Decision.UNIT_CHECKED: Saying(
        "a unit is given at the moment of writing or not at all: one owner at a time",
        (
            r"막|잠|거절|거부|저장되지|못|불가|오르지|안 된|앞선|갖는|block|lock|refus|reject|cannot|not |wins?\b|keeps?\b|holds?\b",
            r"하나|주인|먼저|동시|이미|두 |one |owner|first|same|already|two|twice",
        ),
    ),
    Decision.NO_CANCEL_WHILE_PAYING: Saying(
        "nothing can be cancelled while its payment is under way",
        (r"취소|cancel", r"결제|승인|pay|approv", _BLOCK),
    ),
    Decision.REFUND_ONCE: Saying(
        "one number a refund, never twice and never more than was paid",
        (r"환불|refund", _ONCE),
    ),
    Decision.REFUND_BY_DEFAULT: Saying(
        "what is within the rules is paid back by the system, without waiting for a person",
        (r"환불|반환|돌려|돈|금액|규정|refund|money|paid|pay|amount|rule|sheet", _BY_ITSELF + "|계산|계산한|calculat|comput|goes out|무응답|답이 없|no answer"),
    ),
    Decision.NOTICE_CONFIRMED: Saying(
        "a notice whose arrival is not confirmed goes another way",
        (r"도달|닿|열람|수신|확인|deliver|reach|arriv|confirm|read", r"문자|전화|다른|대체|SMS|text|call|phone|another|second|fallback"),
    ),
    Decision.NO_SHOW_BY_EVIDENCE: Saying(
        "a no-show is marked only after the grace time and with proof",
        (r"노쇼|오지 않|미도착|안 온|no.?show|not come|absent|missed", r"증거|증빙|기록|스캔|사진|확인|위치|evidence|proof|record|scan|photo|log"),
    ),
    Decision.UNIT_KEPT_UNTIL_BACK: Saying(
        "what is not back, or not ready, is not offered again",
        (r"반납|회수|준비|비움|돌아|정비|검수|퇴실|return|back|ready|clean|inspect|clear|check", _BLOCK),
    ),
    Decision.BALANCE_CHECKED: Saying(
        "a balance or ticket is read and used up in one step, at the moment of use",
        (r"잔액|잔고|금액|입장|코드|표|balance|credit|value|ticket|code", r"한 번|한번|두 번|이미|다시|동시|함께|차감|already|once|twice|again|same|one step|deduct|debit"),
    ),
    Decision.APPROVAL_RENEWED: Saying(
        "an approved sum is approved again before it lapses, or nothing goes on",
        (r"승인|홀드|authoris|authoriz|approv", r"다시|재승인|만료|전에|새로|again|renew|expir|before|new"),
    ),
    Decision.STATE_IN_ORDER: Saying(
        "a state is refused without its proof or out of its order",
        (r"상태|완료|처리|종결|찍|status|state|complet|clos|mark|record", r"증거|증빙|사진|스캔|순서|확인|기록|시각|evidence|proof|photo|scan|order|confirm|log|time", _BLOCK),
    ),
    Decision.OFFLINE_ENTERED_ONCE: Saying(
        "what was noted without the system carries its own number and is entered once",
        (r"종이|오프라인|수기|장애|끊|멈|paper|offline|outage|down|by hand", r"번호|일련|number|serial"),
    ),
    Decision.BENEFIT_REVERSED: Saying(
        "what a purchase brought goes when the purchase is undone",
        (r"적립|보상|혜택|리워드|포인트|쿠폰|추천|reward|benefit|point|coupon|bonus|credit", r"회수|취소|되돌|환수|차감|소멸|보류|revers|cancel|claw|tak|withdraw|hold|void|return|refund"),
    ),
    Decision.OVERDUE_KEPT: Saying(
        "a change or extension never wipes out a delay or a worse rate",
        (r"변경|연장|미루|날짜|reschedul|chang|exten|mov|date", r"낮은|원래|처음|그대로|기존|유지|횟수|회|original|first|lower|earlier|keep|once|stay|count"),
    ),
    Decision.LATEST_RESULT_COUNTS: Saying(
        "a result newer than our record is applied, an older one only noted",
        (r"순서|최신|나중|이전|늦|오래|시각|order|newer|older|latest|late|time|sequence", r"통지|결과|상태|콜백|응답|notif|result|status|state|callback|answer|message"),
    ),
    Decision.ERASURE_WAITS: Saying(
        "nothing is erased that an open duty still needs",
        (r"삭제|파기|탈퇴|지우|지운|eras|delet|remov|clos", r"보류|남|열린|끝|미처리|정산|대기|전에|뒤|open|until|pending|owed|duty|wait|hold|keep|after"),
    ),
    Decision.PENALTY_CLOSED: Saying(
        "every penalty is booked or waived by a date, by the system",
        (r"위약|노쇼|수수료|환불|부과|면제|penal|fee|charg|waiv|no.?show|refund", r"까지|자동|시스템|확정|마감|시각|by |automat|system|deadline|close|hour|day"),
    ),
    Decision.PAYOUT_WAITS: Saying(
        "money is passed on only when it can no longer come back",
        (r"지급|정산|송금|payout|pay|settle|release", r"뒤|보류|까지|전에|기간|지나|대기|after|until|hold|wait|end|window|held|keep"),
    ),
    Decision.OFFER_ENDS_CLAIM: Saying(
        "an unpaid claim does not outlive the price it was made at",
        (r"가격|요금|금액|견적|price|fare|quote|rate|amount", r"만료|끝|시각|기한|고정|유효|expir|end|until|valid|time|fix|freez|snapshot|frozen"),
    ),
}  # fmt: skip


def unsaid(decisions: Iterable[Decision], policy: Policy) -> tuple[Decision, ...]:
    """Those of the decisions of which no single passage of the policy shows every group of stems, in the order given."""
    passages = [text for name, text in texts(policy) if name not in ("signals", "symptoms")]
    return tuple(
        decision
        for decision in decisions
        if not any(all(re.search(stems, text, re.I) for stems in SAYINGS[decision].stems) for text in passages)
    )
