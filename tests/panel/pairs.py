"""Labelled pairs: what two people wrote of a service against what the engine found there. `same`: one and the same accident.

The left sides are conditions out of documents that a person got from a chat window; the right sides are conditions of the engine's findings
on the same descriptions, as they stood when the pairs were labelled.
"""

from typing import NamedTuple


class Pair(NamedTuple):
    lang: str
    left: str
    right: str
    same: bool


_KO = {
    "double_sale": "전화로 약속한 사이트는 엑셀에만 있어 09:00에 받은 것은 19:00†까지 10시간(그 뒤에 받은 것은 최장 24시간) 앱·웹·네이버 예약에 빈 것으로 보인다. 그동안 네이버 예약에서만 약 15건이 팔린다",
    "shift": "18:00 교대가 체크인(매일 15:00~22:00) 한가운데에 있고, 곳마다 인원이 2명에서 1명으로 바뀐다",
    "lapse": "10:00에 한꺼번에 잡힌 사이트 예약 가운데 입금되지 않은 것이 12시간 뒤 22:00에 한꺼번에 풀리는데, CS 담당은 19:00에 퇴근한 뒤다",
    "late": "풀린 뒤에 도착한 승인을 무시하면 손님의 돈은 나갔는데 사이트는 없고, 저절로 돌아오지도 않는다",
    "twice": "두 번째 승인을 무시하면 손님의 돈이 두 번 나가고, 저절로 돌아오지 않는다",
    "silent": "늦게라도 취소를 알린 사람과 말없이 오지 않은 사람의 결과가 같다(환불 0%). 알려서 얻는 것이 없으니 아무도 알리지 않는다: 월 108건, 다시 팔 기회 최대 777만 6천원",
    "early": "1일 전에 예보를 보고 스스로 취소하면 20%, 버티다 기상 특보가 나오면 100%를 돌려받는다(차이 5만 7,600원). 기다릴수록 이득이라 취소가 발표 순간에 한꺼번에 온다",
    "date": "환불 비율(7일 전 100%, 3일 전 50%, 1일 전 20%, 당일 0%)은 이용일까지 남은 시간만 본다. 먼저 날짜를 뒤로 미루고 취소하면 20% 구간이 100%가 된다(한 건 5만 7,600원)",
    "blind": "CS 담당이 혼자 정하는 환불 한도 20만원은 평균 7만 2천원의 2.8배다. 금액이 대개 평균의 절반에서 두 배 사이라고 보면† 98%가 한도 안이고, 한도를 넘어 다른 사람이 보는 것은 2%뿐이다",
    "total": "CS 담당의 환불 한도는 건당 20만원뿐이고 하루 합계가 없다. 9시간 근무에 건당 6분†이면 90건, 한 계정에서 하루 최대 648만원(하루 매출의 100%)이 나간다",
    "month": "네이버 예약 내역을 매월 10일에만 맞춰 봐서, 주기 첫날의 오류는 최장 40일 뒤에 안다(그사이 1,440건)",
    "down": "체크인 시간(매일 15:00~22:00)에 시스템이 멈춰도 사람은 온다: 시간당 10건, 내내 멈추면 70건. 몰릴 때 한 곳에서 시간당 5.9건을 18:00부터는 1명이 명단 없이 받는데, 무엇을 보고 들일지 적혀 있지 않다",
    "turn": "개당 30분†으로 잡으면 만실 다음 날 11:00~15:00의 정비에 61.7시간이 드는데 6명이 낼 수 있는 시간은 모두 24시간이다",
    "insider": "현장 관리인(낮)이 체크인 단계를 맡는데(매일 09:00~18:00) 자리를 막거나 무료로 들이거나 현금을 받는 일이 어디까지 되고 무엇과 맞춰 보는지 정해져 있지 않다",
    "presence": "체크인 때 실제 인원을 세고 나간 사람을 지우는지 적혀 있지 않다. 지금 현장에 몇 명이 어디에 있는지 모른다",
    "change": "현장 관리인이 그 자리에서 바꿔 주는 이동·변경이 기록에 남는 절차가 적혀 있지 않다. 성수기 주말(98%)에는 빈 사이트가 곳당 0.8개뿐이라, 바꿔 준 자리는 곧 남의 자리다",
    "copy": "전화로 받은 내용이 엑셀에 따로 남는데 언제 누가 지우는지 적혀 있지 않다(옮겨 적고 나면 쓸 일이 없다). 한 해에 3,285†줄이 쌓인다",
    "account": "한 곳에서 하루 3명이 번갈아 체크인, 이동·변경, 기록·입력을 처리한다. 로그인이 느리면 앞사람 계정으로 이어 쓰게 되고, 설명에는 사람마다 계정을 나눈다는 말이 없다",
    "fire": "불을 피운 뒤(‘장작·물품 판매’) 밤에 남은 불씨를 누가 거두고, 닫힌 텐트 안의 난방을 누가 어떻게 확인하는지 적혀 있지 않다",
    "hold": "나중에 내는 결제(입금)를 고르면 사이트를 돈 없이 12시간 붙잡는다(선점 10분의 72배)",
    "edge": "7일 전이 지나면 환불이 100%에서 50%로 떨어지는데(3만 6천원), 날짜가 자정에 바뀌는지 이용 시작 15:00 기준인지 적혀 있지 않다",
}
_EN = {
    "walkup": "walk-ups need only 20 min without a booking, a booked use lasts 30 min, and nothing is said to end theirs: one that lasts as long, begun within the rule, runs 10 min into the booked time, all of the 10 min of grace that the person with the booking has",
    "up": "whether a charger works is read from its connection and status (“OCPP”), not from energy that flowed into a car",
    "peak": "holiday Saturdays (4 times the usual) bring the most customers, yet the field service company is away Sat 19:00 to Mon 07:00 (36 h): stalls that fail after Sat 19:00 stay out until Mon 07:00",
    "price": "final price from meter values can come 2 days after the use, while only 3 EUR is authorised before it, 14.3% of an average 21 EUR, and even these 3 EUR are let go when the use begins",
    "share": "the site host gets 8% of the revenue, paid on the 5th of each month; nothing says that what the call centre refunds is taken off, so up to 1.68 EUR stay paid in each refunded average case",
    "clock": "3 EUR hang on “session started” within 10 min, and its time comes from the charging network operator, up to 40 s late: for 6.7% of the 10 min the message decides, not the customer",
    "stop": "after “session started” the end may never come or come in a bundle days later (“OCPP”), and nothing says what counts as the end and what “final price from meter values” then asks",
    "fee": "the fee of 0.50 EUR a minute has no ceiling: 42 min of it exceed the average of 21 EUR, 8 h come to 240 EUR, and it runs on in a case such as “session that never stops”",
    "account": "nothing described forces a personal login, so the support desk can share one account across shifts (24/7) and the record no longer points at a person",
    "car": "nothing says what ends the occupancy of a charging bay by a car that draws no energy: full, never plugged in, or unplugged and left; “Idle fee” alone moves no car",
}


def _pairs(lang: str, found: dict[str, str], rows: list[tuple[str, str, bool]]) -> list[Pair]:
    return [Pair(lang, left, found[key], same) for left, key, same in rows]


PAIRS: tuple[Pair, ...] = (
    *_pairs(
        "ko",
        _KO,
        [
            ("전화로 약속한 자리가 저녁까지 엑셀에만 있고, 그 사이 앱·네이버가 같은 자리를 판다", "double_sale", True),
            (
                "18:00 교대가 입실 시간(15~22시) 한가운데에 있어 금요일 도착이 몰리는 때 2명이 1명으로 줄면서 말로 한 약속이 끊긴다",
                "shift",
                True,
            ),
            (
                "오픈일 10:00에 잡힌 가상계좌가 22:00에 한꺼번에 풀린다. CS도 없고 아무도 보지 않는 시각이다",
                "lapse",
                True,
            ),
            ("결제창에서 인증이 길어져 선점이 끝난 뒤 승인 콜백이 와서 돈은 빠졌는데 예약이 없다", "late", True),
            ("당일 환불이 0%라 못 오는 고객이 연락할 이유가 없어 아무도 알리지 않는다", "silent", True),
            ("호우 예보로 일찍 취소한 사람은 20~50%, 버틴 사람은 특보로 100%를 받는다", "early", True),
            ("입실 1일 전 예약을 한 달 뒤로 날짜 변경한 다음 취소해 100% 환불을 받는다", "date", True),
            ("CS 전결 20만원은 객단가 7만 2천원의 2.8배라 거의 모든 예약이 한도 안이다", "blind", True),
            ("네이버와 매월 10일에만 맞춰 보므로 1일의 오류를 최장 40일 뒤에 안다", "month", True),
            ("산속 통신·전력이 끊겨도 사람은 계속 도착하고, 종이 메모로 배정한다", "down", True),
            ("11:00~15:00 네 시간에 글램핑·카라반 14개를 정비해야 하는데 낮 인력으로는 시간이 모자란다", "turn", True),
            ("관리인이 사이트를 ‘정비 중’으로 막아 두고 지인이나 현금 손님을 받는다", "insider", True),
            ("밤에 대피해야 하는데 누가 어느 자리에 몇 명 있는지 목록이 없다", "presence", True),
            ("관리인이 연박 고객의 자리를 바꿔 주고 기록하지 않는다", "change", True),
            (
                "관리실 태블릿 하나를 공용 아이디로 써서 누가 했는지 모른다. 로그인이 느리면 앞사람 계정을 쓴다",
                "account",
                True,
            ),
            ("고객끼리 자리를 바꾸거나 빈 옆자리로 옮기고 아무에게도 말하지 않는다", "change", False),
            (
                "오픈일 10:00에 잡힌 가상계좌가 22:00에 한꺼번에 풀린다. CS도 없고 아무도 보지 않는 시각이다",
                "hold",
                False,
            ),
            ("CS 전결 20만원은 객단가 7만 2천원의 2.8배라 거의 모든 예약이 한도 안이다", "total", False),
            ("밤에 대피해야 하는데 누가 어느 자리에 몇 명 있는지 목록이 없다", "fire", False),
            ("입실 1일 전 예약을 한 달 뒤로 날짜 변경한 다음 취소해 100% 환불을 받는다", "edge", False),
            ("잘못 적은 전화번호로 남에게 체크인 코드가 간다", "copy", False),
            ("관리인이 사이트를 ‘정비 중’으로 막아 두고 지인이나 현금 손님을 받는다", "account", False),
            ("네이버 건을 자체 PG나 계좌이체로 또 환불해 두 번 나간다", "twice", False),
        ],
    ),
    *_pairs(
        "en",
        _EN,
        [
            (
                "a walk-up plugs in 21 minutes before a reservation, within the rule, and needs longer, so the driver with the booking waits",
                "walkup",
                True,
            ),
            (
                "the charger reports healthy and available but cannot charge: contactor, cable or card reader is dead",
                "up",
                True,
            ),
            (
                "a fault on Saturday 19:05 waits for the next technician visit on Monday 07:00, so half a site is dead on the return-travel Sunday",
                "peak",
                True,
            ),
            (
                "only 3 EUR is pre-authorised, 21 EUR is consumed, and the capture up to 48 hours later is declined",
                "price",
                True,
            ),
            (
                "the host is paid on unfinished numbers: refunds come after the payout on the 5th of the month",
                "share",
                True,
            ),
            (
                "the fee is kept from a driver who was on time because the operator's start event arrives minutes late",
                "clock",
                True,
            ),
            ("shared night logins at the support desk make it impossible to find out who did it", "account", True),
            ("the idle fee runs on a car that has left because the unplug event was lost", "car", False),
            (
                "an agent hears “three” while the driver means the third from the left, and the wrong stall is stopped remotely",
                "stop",
                False,
            ),
            (
                "the fee is kept from a driver who was on time because the operator's start event arrives minutes late",
                "fee",
                False,
            ),
            (
                "a ticket is closed just before the closing time that the technician is measured on, and the stall is not repaired",
                "peak",
                False,
            ),
        ],
    ),
)
