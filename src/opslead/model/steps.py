"""The vocabulary: every kind of step that an operation is made of.

For each kind: what it moves and in which direction seen from the service (REA), who usually performs it, whether it
happens in the physical world, which partner answers for it, whether it can be undone, how long a person needs for it,
and its name in both languages. The words that recognise a kind in a text stand in `intake/words/`.

Work minutes are opslead's starting values for a person doing the step by hand; a model may state its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from opslead.text import Lang


class Moves(StrEnum):
    """What a step moves."""

    RESOURCE = "resource"
    MONEY = "money"
    GOODS = "goods"
    INFORMATION = "information"
    PROMISE = "promise"
    NOTHING = "nothing"


class Direction(StrEnum):
    """Where it moves, seen from the service."""

    IN = "in"
    OUT = "out"
    WITHIN = "within"


class Role(StrEnum):
    """The kinds of actors."""

    CUSTOMER = "customer"
    STAFF = "staff"  # office: support, finance, management
    FIELD = "field"  # on the spot: desk, driver, cleaner, technician
    SUPPLIER = "supplier"  # independent people who deliver through the service: sellers, hosts, mentors
    PARTNER = "partner"  # a company behind an interface
    SYSTEM = "system"


class Undo(StrEnum):
    """Whether a step can be taken back."""

    FREE = "free"
    COSTLY = "costly"
    NEVER = "never"


@dataclass(frozen=True)
class StepKind:
    """What is known of a kind of step before anybody describes it."""

    kind: str
    moves: Moves
    direction: Direction
    performer: Role
    physical: bool
    partner: str  # the kind of partner that usually answers for it, "" if none
    undo: Undo
    minutes: float  # work of a person doing it by hand, 0 if the system does it
    ko: str
    en: str

    def label(self, lang: Lang) -> str:
        return self.ko if lang == "ko" else self.en


_TABLE = """
request      promise     in     customer -        -         free   0   요청            request
quote        promise     out    system   -        -         free   5   견적            quote
hold         resource    out    system   -        -         free   0   선점            hold
release      resource    in     system   -        -         free   0   해제            release
authorize    money       in     system   -        payment   free   0   결제 승인       authorisation
charge       money       in     system   -        payment   costly 0   결제            payment
capture      money       in     system   -        payment   costly 0   매입            capture
confirm      promise     out    system   -        -         costly 0   확정            confirmation
reject       promise     out    staff    -        -         costly 3   거절            rejection
assign       resource    out    staff    -        -         free   5   배정            assignment
dispatch     resource    out    staff    physical -         costly 5   출동 배차       dispatch
notify       information out    system   -        messaging never  0   알림            notification
check_in     resource    out    field    physical -         costly 5   체크인          check-in
start        resource    out    field    physical -         costly 2   이용 시작       start
complete     promise     within field    -        -         costly 3   완료            completion
hand_over    goods       out    field    physical -         costly 4   인도            hand-over
pick_up      goods       in     field    physical -         costly 5   수거            pick-up
receive      goods       in     field    physical -         costly 5   입고            receipt
inspect      information within field    physical -         free   10  검수            inspection
grade        information within field    physical -         costly 8   등급 판정       grading
store        goods       within field    physical -         free   5   보관            storage
list         promise     out    staff    -        -         free   8   등록            listing
sync         information within system   -        channel   free   0   연동            synchronisation
ship         goods       out    field    physical carrier   costly 6   출고            shipment
deliver      goods       out    field    physical carrier   costly 10  배송            delivery
accept       promise     in     supplier -        -         costly 2   수락            acceptance
return       goods       in     customer physical carrier   costly 6   반납            return
refund       money       out    staff    -        payment   costly 6   환불            refund
payout       money       out    staff    -        bank      costly 5   정산 지급       payout
compensate   money       out    staff    -        -         never  8   보상            compensation
adjust       money       within staff    -        -         costly 6   수동 조정       adjustment
claim        information in     customer -        -         free   12  클레임 접수     claim
review       information within staff    -        -         free   10  심사            review
approve      promise     within staff    -        -         costly 5   승인            approval
cancel       promise     within customer -        -         costly 4   취소            cancellation
no_show      promise     within field    -        -         costly 3   노쇼 처리       no-show
expire       promise     within system   -        -         costly 0   만료            expiry
reschedule   promise     within staff    -        -         costly 5   일정 변경       rescheduling
transfer     resource    within field    -        -         costly 5   이동·변경       transfer
issue        promise     out    system   -        -         costly 2   발급            issue
redeem       promise     in     customer -        -         costly 2   사용            redemption
renew        promise     within system   -        payment   costly 0   갱신            renewal
pause        promise     within customer -        -         free   2   일시정지        pause
terminate    promise     within customer -        -         costly 5   해지            termination
verify       information in     staff    -        identity  free   5   본인·자격 확인  verification
count        information within field    physical -         free   15  실사            count
transmit     information out    system   -        interface costly 5   전송            transmission
import_result information in    staff    -        interface costly 5   결과 수신       result import
clean        resource    within field    physical -         free   30  정비·청소       turnover cleaning
repair       resource    within field    physical -         costly 45  수리            repair
make         goods       within field    physical -         never  15  제작·조리       making
pay_in       money       in     customer -        bank      costly 0   입금            bank transfer
reconcile    information within staff    -        -         free   60  대사            reconciliation
record       information within staff    -        -         costly 3   기록·입력       record keeping
answer       information out    staff    -        -         free   6   문의 응대       answering enquiries
close        promise     within staff    -        -         costly 10  마감            closing
step         nothing     within staff    -        -         free   5   단계            step
"""


def _rows() -> dict[str, StepKind]:
    kinds: dict[str, StepKind] = {}
    for line in _TABLE.strip().splitlines():
        kind, moves, direction, who, physical, partner, undo, minutes, rest = line.split(None, 8)
        ko, en = (part.strip() for part in rest.split("  ", 1)) if "  " in rest else rest.rsplit(" ", 1)
        kinds[kind] = StepKind(
            kind,
            Moves(moves),
            Direction(direction),
            Role(who),
            physical != "-",
            "" if partner == "-" else partner,
            Undo(undo),
            float(minutes),
            ko,
            en,
        )
    return kinds


STEP_KINDS = MappingProxyType(_rows())
"""All kinds by name. `step` is the plain one: kept and reported, but of no known kind."""
