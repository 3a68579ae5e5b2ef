"""What a sentence of monitoring says to a machine, in both languages; and what it does not say precisely enough."""

import pytest

from opslead.render.monitoring.sentence import read


def said(sentence, lang):
    return [
        [(c.subject, c.operator, c.amount.value, c.amount.unit.value, c.window, c.hold) for c in clause.conditions]
        for clause in read(sentence, lang).clauses
    ]


KOREAN = [
    ("결제 시간의 95%† 지점: 15분† 창에서 4분† 초과 시 당직자†에게 알림, 보장을 7분†으로 연장", [[("결제 시간의 95% 지점", ">", 240, "seconds", 900, None)]]),
    ("만료 뒤 승인이 1시간†에 3건†(Q3)이면 격리를 10분†으로 늘린다", [[("만료 뒤 승인", ">=", 3, "count", 3600, None)]]),
    ("조회 성공률 99%† 이상이 30분† 이어지면 격리를 2분†(Q12)으로 되돌린다", [[("조회 성공률", ">=", 0.99, "ratio", None, 1800)]]),
    ("차이율이 0.5%†를 2일† 연속 넘으면 대사를 하루 4회†로 늘린다", [[("차이율", ">", 0.005, "ratio", None, 172800)]]),
    ("미해결 격리가 10건†을 넘으면 접수를 닫고, 30분† 연속 0건†이면 다시 연다", [[("미해결 격리", ">", 10, "count", None, None)], [("", "==", 0, "count", None, 1800)]]),
    ("8주† 동안 미기록 이동 0건†이면 표본으로 바꾼다", [[("미기록 이동", "==", 0, "count", 4838400, None)]]),
    ("쌓인 건이 0건†이고 가장 오래된 접수가 4시간† 아래면 순서를 푼다", [[("쌓인 건", "==", 0, "count", None, None), ("가장 오래된 접수", "<", 14400, "seconds", None, None)]]),
    ("당일 알림 비율, 주: 4주† 뒤에도 30%† 아래면 시각을 바꾼다", [[("당일 알림 비율", "<", 0.3, "ratio", 2419200, None)]]),
    ("최저 기온 예보 10℃† 이하면 두 번 순회", [[("최저 기온 예보", "<=", 10, "celsius", None, None)]]),
    ("쌓인 건이 평소의 150%†를 넘으면 운영 책임자†에게 알림", [[("쌓인 건 ÷ 평소", ">", 1.5, "ratio", None, None)]]),
    ("‘짝 없는 돈’ 4시간† 초과: 5건†이면 재무 담당에게 알림", [[("‘짝 없는 돈’ 4시간 초과", ">=", 5, "count", None, None)]]),
    ("자리 비율(일): 2%† 초과 시 운영 책임자†에게 알림", [[("자리 비율", ">", 0.02, "ratio", 86400, None)]]),
    ("5분† 도달률. 95%† 미만이면 당직자†에게 알람", [[("5분 도달률", "<", 0.95, "ratio", None, None)]]),
    ("경보 2건†이 30일† 안에 나면 판매를 멈춘다", [[("경보", ">=", 2, "count", 2592000, None)]]),
    ("도달률 95%† 미만 10분† 또는 실패 코드가 20건†이면 전환", [[("도달률", "<", 0.95, "ratio", None, 600)], [("실패 코드", ">=", 20, "count", None, None)]]),
    ("차이율 0.5%† 초과가 이틀 연속이면 늘린다", [[("차이율", ">", 0.005, "ratio", None, 172800)]]),
    ("불일치율이 이틀 연속 0.5%†를 넘으면 늘린다", [[("불일치율", ">", 0.005, "ratio", None, 172800)]]),
    ("차이 금액이 6만 2천원을 넘으면 확인", [[("차이 금액", ">", 62000, "krw", None, None)]]),
    ("열린 차이의 나이(일): 2일†을 넘으면 재무 담당에게", [[("열린 차이의 나이", ">", 172800, "seconds", 86400, None)]]),
]  # fmt: skip
ENGLISH = [
    ("Time to approval, 95%† point: above 4 min† in a 15 min† window alerts the desk and raises it to 7 min†", [[("Time to approval, 95% point", ">", 240, "seconds", 900, None)]]),
    ("12†(Q2) approvals after expiry within 1 h† raise the quarantine to 10 min†", [[("approvals after expiry", ">=", 12, "count", 3600, None)]]),
    ("Query success at 99%† or better for 30 min† brings it back to 2 min†", [[("Query success", ">=", 0.99, "ratio", None, 1800)]]),
    ("More than 10† unresolved quarantines close that method; it reopens after 30 min† at 0†", [[("unresolved quarantines", ">", 10, "count", None, None)], [("", "==", 0, "count", None, 1800)]]),
    ("“money without owner” older than 4 h†: 5† alert the settlement owner†", [[("“money without owner” older than 4 h", ">=", 5, "count", None, None)]]),
    ("Late data from the other side: 3 h† alert the desk", [[("Late data from the other side", ">=", 10800, "seconds", None, None)]]),
    ("P95 response of “pay” at 3† times its usual for 5 min†: alarms the desk", [[("P95 response of “pay” ÷ its usual", ">=", 3, "times", None, None)]]),
    ("4 weeks† at 0.1%† or less cut the check", [[("", "<=", 0.001, "ratio", None, 2419200)]]),
    ("More than 10† fair objections a day raise the cap to 12†", [[("fair objections", ">", 10, "count", 86400, None)]]),
    ("Pile before work begins above 150%† of the usual: alert to the owner†", [[("Pile before work begins ÷ the usual", ">", 1.5, "ratio", None, None)]]),
    ("Delivery below 95%† for two weeks alarms the desk", [[("Delivery", "<", 0.95, "ratio", None, 1209600)]]),
    ("More than 15† open complaints with one person stop new ones", [[("open complaints with one person", ">", 15, "count", None, None)]]),
    ("Refunds after use (week): above 5%† alerts the owner†", [[("Refunds after use", ">", 0.05, "ratio", 604800, None)]]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "wanted"), KOREAN)
def test_korean(sentence, wanted):
    assert said(sentence, "ko") == wanted


@pytest.mark.parametrize(("sentence", "wanted"), ENGLISH)
def test_english(sentence, wanted):
    assert said(sentence, "en") == wanted


@pytest.mark.parametrize(
    ("sentence", "lang"),
    [
        ("비상 권한 사용 수와 검토까지 걸린 시간(주)", "ko"),
        ("생존 확인 응답까지 걸린 시간 3분† 초과가 한 근무에 2회†: 운영 책임자†에게 알림", "ko"),
        ("응답 시간 중앙값: 20분† 초과가 2회† 이어지면 순번을 바꾼다", "ko"),
        ("준비된 비율이 90%† 아래인 날이 한 주 2일†이면 틈을 10분† 늘린다", "ko"),
        ("취소가 30건†이고 그 자리가 5분† 안에 다시 잡히면 알림", "ko"),
        ("회차 2일† 전 10:00† 자동", "ko"),
        ("Refunds per number (week)", "en"),
        ("Below 80%† on 2 days† in a row closes booking", "en"),
        ("Median answer time above 20 min† for 2 times† changes the order", "en"),
        ("The cap is on from the moment 20%† or less is left", "en"),
        ("With 0† in the pile and the oldest request below 4 h† the order returns", "en"),
        ("4 weeks† with the pile gone within 2 h† leave paging for safety only", "en"),
        ("As soon as one person watches more than 5† places", "en"),
        ("An outside source 12 h† or more behind the deadline: stop the job", "en"),
        ("3† charges by somebody else somewhere; it runs again after 3 days† at 0†", "en"),
        ("한 시즌에 대피 3회†면 자리를 뺀다", "ko"),
        ("", "en"),
    ],
)
def test_what_is_not_said_precisely_is_no_rule_and_says_why(sentence, lang):
    read_ = read(sentence, lang)
    assert read_.clauses == ()
    assert read_.why_not
