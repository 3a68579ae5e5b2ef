"""The exposure lens: the service on which each finding fires with its numbers, and the healthy one beside it."""

import re

from opslead.lenses import exposure
from opslead.lenses.hole import Arithmetic, Quotation
from opslead.model.defaults import complete
from opslead.model.document import ServiceText
from opslead.model.resolve import resolve

CASES = {"kind": "cases", "subject": "예약", "amount": 90, "per": "day"}
DAY = {"name": "관리인(낮)", "role": "field", "count": 2, "per_site": True, "duty": "09:00~18:00", "does": ["record"]}
NIGHT = {**DAY, "name": "관리인(밤)", "count": 1, "duty": "18:00~익일 09:00"}
SHEET = {
    "kind": "record",
    "name": "엑셀에 적는다",
    "via": "phone",
    "actor": "관리인(낮)",
    "given": "전화 예약은 엑셀에 적었다가",
}
TYPED = {"kind": "sync", "name": "저녁에 옮겨 적는다", "given": "저녁에 옮겨 적는다"}
CANCEL = {"kind": "cancel", "name": "취소", "given": "예약은 취소할 수 있다"}


def examine(**fields):
    text = ServiceText.model_validate({"name": "시험", "language": "ko", "currency": "KRW", **fields})
    return {hole.mechanism: hole for hole in exposure.examine(resolve(complete(text)))}


def flow(*steps, **fields):
    return {"name": "예약", "steps": list(steps), **fields}


def formulas(hole):
    return [e.formula for e in hole.evidence if isinstance(e, Arithmetic)]


def sheet(**fields):
    return {"flows": [flow(SHEET, TYPED)], "actors": [DAY, NIGHT], "sites": 3, "volumes": [CASES], **fields}


def test_a_spreadsheet_beside_the_system():
    hole = examine(**sheet())["exposure.shadow_copy"]
    assert "90 × 10%† × 365 = 3,285†" in formulas(hole)  # the share by phone is a starting value
    assert "(2 + 1) × 3 = 9" in formulas(hole)
    assert "옮겨 적고 나면 쓸 일이 없다" in hole.condition
    assert hole.occurrence.amount is None  # lines that pile up are no incidents


def test_a_stated_share_and_closed_days_count():
    clerk = {"name": "접수", "role": "field", "count": 2, "duty": "평일 09:00~18:00", "does": ["record"]}
    book = {"kind": "record", "name": "종이 장부에 적는다", "via": "phone", "actor": "접수"}
    rate = {"kind": "channel", "subject": "전화 비중", "share": "35%"}
    hole = examine(flows=[flow(book)], actors=[clerk], volumes=[{**CASES, "amount": 210}], rates=[rate])
    # 365 × 5/7 = 261 days; 210 × 35% × 261 = 19,183.5
    assert formulas(hole["exposure.shadow_copy"]) == ["210 × 35% × 261 = 19,184"]


def test_a_copy_with_an_end_is_quiet():
    week = {"kind": "retention", "subject": "엑셀 자동 삭제", "length": "7일"}
    assert "exposure.shadow_copy" not in examine(**sheet(clocks=[week]))
    erased = {"kind": "erase", "name": "엑셀은 옮긴 뒤 지워진다"}
    assert "exposure.shadow_copy" not in examine(**sheet(controls=[erased]))
    rule = {"text": "개인정보는 이용이 끝나면 파기한다"}
    assert "exposure.shadow_copy" not in examine(**sheet(rules=[rule]))
    other = {"kind": "retention", "subject": "위치 이력 자동 삭제", "length": "90일"}
    assert "exposure.shadow_copy" in examine(**sheet(clocks=[other]))


def test_a_list_of_which_only_the_content_is_told():
    names = [
        {"item": item, "medium": "paper", "given": "명부에는 이름, 전화번호가 적혀 있다"}
        for item in ("이름", "전화번호")
    ]
    hole = examine(flows=[flow({"kind": "check_in"})], personal_data=names)["exposure.shadow_copy"]
    assert "이름·전화번호가 종이 장부에" in hole.condition
    gone = {"text": "명부는 운행이 끝나면 파쇄한다"}
    assert "exposure.shadow_copy" not in examine(flows=[flow({"kind": "check_in"})], personal_data=names, rules=[gone])


def test_door_codes_that_riders_know():
    rider = {"name": "배송 기사", "role": "field", "count": 40, "does": ["deliver"]}
    code = {"item": "출입 비밀번호", "medium": "screen", "given": "공동현관 비밀번호를 적어 둔다"}
    fields = {
        "flows": [flow({"kind": "deliver", "name": "배송"})],
        "personal_data": [code],
        "volumes": [{**CASES, "amount": 1200}],
    }
    hole = examine(**fields, actors=[rider])["exposure.codes_known"]
    assert formulas(hole) == ["1,200 / 40 = 30"]
    assert "배송 기사 40명이 배송 때" in hole.condition
    short = {"kind": "retention", "subject": "출입 비밀번호 삭제", "length": "1일"}
    assert "exposure.codes_known" not in examine(**fields, actors=[rider], clocks=[short])
    assert "exposure.codes_known" not in examine(**fields, actors=[{**rider, "does": ["ship"]}])


def test_pictures_on_private_phones():
    photo = {
        "kind": "inspect",
        "name": "photograph",
        "actor": "packer",
        "given": "photograph each parcel with their own phones",
    }
    packer = {"name": "packer", "role": "field", "count": 3}
    hole = examine(name="Bags", language="en", currency="EUR", flows=[flow(photo)], actors=[packer])[
        "exposure.private_devices"
    ]
    assert "(3 people)" in hole.condition
    tidy = {**photo, "given": "photograph each parcel with the work screen"}
    assert not examine(name="Bags", language="en", currency="EUR", flows=[flow(tidy)], actors=[packer])


PLATE = {"kind": "record", "name": "차량 번호 등록", "given": "차량 번호 등록"}


def plates(**fields):
    return {
        "flows": [flow(PLATE)],
        "personal_data": [{"item": "차량번호", "given": "입실: 차량 번호 등록"}],
        "volumes": [CASES],
        "rates": [
            {"kind": "cancel", "subject": "취소율", "share": "18%"},
            {"kind": "no_show", "subject": "노쇼율", "share": "4%"},
            {"kind": "occupancy", "subject": "성수기", "share": "98%"},
        ],
        "resources": [{"name": "사이트", "capacity": 126, "physical": True, "perishable": True}],
        **fields,
    }


def test_what_each_case_leaves_behind():
    hole = examine(**plates())["exposure.piles_up"]
    assert formulas(hole) == ["90 × (1 - 18% - 4%) × 365 = 25,623", "126 × 98% = 123"]
    assert "123건" in hole.condition
    assert "25,623건" in hole.condition
    gone = {"kind": "retention", "subject": "차량 번호 삭제", "length": "1일"}
    assert "exposure.piles_up" not in examine(**plates(clocks=[gone]))
    assert "exposure.piles_up" not in examine(**plates(volumes=[]))


def test_recordings_without_an_end():
    camera = {"item": "CCTV 영상", "medium": "camera", "given": "관제 1명이 CCTV로 본다"}
    watch = {"name": "관제", "role": "staff", "count": 1, "given": "관제 1명이 CCTV로 본다"}
    fields = {"flows": [flow({"kind": "check_in"})], "personal_data": [camera], "actors": [watch], "sites": 12}
    hole = examine(**fields)["exposure.recordings"]
    assert formulas(hole) == ["12 × 24 h × 30 = 8,640 h"]
    assert "관제 1명" in hole.condition
    month = {"kind": "retention", "subject": "CCTV 영상 보관", "length": "30일"}
    assert "exposure.recordings" not in examine(**fields, clocks=[month])


def desk(**fields):
    return {
        "name": "Charging",
        "language": "en",
        "currency": "EUR",
        "flows": [flow({"kind": "start", "name": "charging"})],
        "actors": [
            {
                "name": "call centre",
                "role": "staff",
                "does": ["refund"],
                "given": "outsourced at night to a call centre that may refund",
            }
        ],
        "personal_data": [{"item": "card data", "given": "pay by stored card"}],
        "volumes": [{"kind": "cases", "subject": "sessions", "amount": 2900, "per": "day"}],
        **fields,
    }


def test_an_outside_desk_reaches_every_record():
    hole = examine(**desk())["exposure.outsiders_see"]
    assert hole.slots["year"] == "1,058,500"  # 2,900 × 365
    assert "card data" in hole.condition
    own = {"name": "call centre", "role": "staff", "does": ["refund"], "given": "our own call centre may refund"}
    assert "exposure.outsiders_see" not in examine(**desk(actors=[own]))
    masked = {"kind": "mask", "name": "only the case of the caller opens"}
    assert "exposure.outsiders_see" not in examine(**desk(controls=[masked]))


def test_owners_of_many_shops_refund():
    owner = {"name": "가맹점주", "role": "supplier", "does": ["refund"]}
    fields = {"flows": [flow({"kind": "refund", "actor": "가맹점주"})], "actors": [owner]}
    assert "12개 지점" in examine(**fields, sites=12)["exposure.outsiders_see"].condition
    assert "exposure.outsiders_see" not in examine(**fields)


def test_an_address_sent_before_a_cancellation():
    sent = {"item": "주소", "medium": "message", "given": "예약이 확정되면 주소를 문자로 보낸다"}
    fields = {
        "flows": [flow({"kind": "confirm", "name": "예약 확정"}, exits=[CANCEL])],
        "personal_data": [sent],
        "volumes": [CASES],
        "rates": [{"kind": "cancel", "subject": "취소율", "share": "18%"}],
    }
    hole = examine(**fields)["exposure.sent_for_good"]
    assert hole.slots["gone"] == "5,913"  # 90 × 18% × 365
    assert "‘예약 확정’ 때" in hole.condition
    assert "exposure.sent_for_good" not in examine(**{**fields, "flows": [flow({"kind": "confirm"})]})
    chat = {**sent, "item": "전화번호", "given": "앱 안 전화와 채팅"}
    assert "exposure.sent_for_good" not in examine(**{**fields, "personal_data": [chat]})


def test_a_request_seen_before_it_is_taken():
    rider = {"name": "배달원", "role": "field", "does": ["accept", "reject", "deliver"]}
    home = {"item": "주소", "medium": "screen", "given": "고객 주소까지 경로 안내"}
    fields = {"flows": [flow({"kind": "deliver", "name": "배송", "actor": "배달원"})], "personal_data": [home]}
    hole = examine(**fields, actors=[rider])["exposure.shown_before_accept"]
    assert not hole.certain
    assert "배달원은 요청을 보고" in hole.condition
    employed = {**rider, "does": ["deliver"]}
    assert not examine(**fields, actors=[employed])


def test_a_mask_undone_by_files():
    mentor = {"name": "mentor", "role": "supplier", "does": ["accept"]}
    name = {"item": "name", "given": "Applicant info (first name only)"}
    upload = {"kind": "request", "name": "upload materials", "given": "upload materials"}
    fields = {"name": "Mentoring", "language": "en", "currency": "USD", "actors": [mentor], "personal_data": [name]}
    assert not examine(**fields, flows=[flow(upload)])["exposure.mask_undone"].certain
    assert "exposure.mask_undone" not in examine(**fields, flows=[flow({"kind": "request", "name": "ask"})])


def papers(given, **fields):
    paper = {"item": "identity document", "given": given}
    base = {
        "name": "Rental",
        "language": "en",
        "currency": "USD",
        "flows": [flow({"kind": "verify", "name": "licence check"})],
    }
    return examine(**{**base, "personal_data": [paper], **fields})


def test_papers_after_the_check_they_were_for():
    hole = papers("driver's license (front & back)")["exposure.papers_after_check"]
    assert hole.certain
    assert isinstance(hole.evidence[0], Quotation)
    assert "exposure.papers_after_check" not in papers("shows an identity card at the counter")
    kept = {"kind": "retention", "subject": "license images deleted", "length": "30 days"}
    assert "exposure.papers_after_check" not in papers("license (front & back)", clocks=[kept])
    korean = {"item": "신분증", "given": "배달원 등록 및 신분증 인증"}
    unsure = examine(flows=[flow({"kind": "verify"})], personal_data=[korean])["exposure.papers_after_check"]
    assert not unsure.certain  # whether a copy is kept is not said


def test_proof_that_goes_before_the_quarrel():
    kept = {"kind": "retention", "subject": "현장 사진 보관", "length": "7일"}
    claim = {"kind": "window", "subject": "파손 이의", "length": "14일"}
    hole = examine(flows=[flow({"kind": "request"})], clocks=[kept, claim])["exposure.kept_too_short"]
    assert formulas(hole) == ["14일 - 7일 = 7일"]
    longer = {**kept, "length": "30일"}
    assert "exposure.kept_too_short" not in examine(flows=[flow({"kind": "request"})], clocks=[longer, claim])
    english = {
        "kind": "deadline",
        "subject": "wrong charges",
        "length": "60 days",
        "given": "Complaints are accepted for 60 days",
    }
    photos = {"kind": "retention", "subject": "Parking photos are deleted", "length": "30 days"}
    told = examine(
        name="Ride", language="en", currency="EUR", flows=[flow({"kind": "request"})], clocks=[photos, english]
    )
    assert "“Parking photos” goes after 30 days" in told["exposure.kept_too_short"].condition
    cart = {**kept, "subject": "장바구니 보관"}
    assert "exposure.kept_too_short" not in examine(flows=[flow({"kind": "request"})], clocks=[cart, claim])


def test_places_of_people_who_only_wait():
    waiting = {"kind": "cycle", "subject": "배달원 (대기 중) 수집 주기", "length": "1분"}
    kept = {"kind": "retention", "subject": "위치 이력 자동 삭제", "length": "90일"}
    hole = examine(flows=[flow({"kind": "deliver"})], clocks=[waiting, kept])["exposure.idle_location"]
    assert formulas(hole) == ["60/h × 8† h × 90 = 43,200"]
    working = {**waiting, "subject": "배달원 (배달 중) 수집 주기"}
    assert "exposure.idle_location" not in examine(flows=[flow({"kind": "deliver"})], clocks=[working, kept])


def test_english_has_no_korean():
    for hole in [*examine(**desk()).values(), *papers("scan of the passport").values()]:
        said = f"{hole.condition}{hole.user_impact}{hole.operations_impact}{hole.severity}{hole.occurrence}{hole.detection}{hole.questions}"
        assert not re.search("[가-힣]", said), said


def test_nothing_personal_nothing_found():
    assert not examine(flows=[flow({"kind": "request", "name": "신청"})])
