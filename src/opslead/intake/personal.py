"""Personal data that the operation touches, with the medium it stands on; and the seasons in which the service differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from opslead.intake.amounts.frames import Scene, scene_of
from opslead.intake.amounts.quantities import Sort, find
from opslead.intake.page.passages import Form, Passage
from opslead.model.document import PersonalText, Said, SeasonText

_STRONG: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (korean, english, re.compile(pattern, re.I))
    for korean, english, pattern in (
        (
            "전화번호",
            "phone number",
            r"전화\s?번호|휴대폰\s?번호|휴대전화\s?번호|핸드폰\s?번호|연락처(?!\s?기능)|phone numbers?|mobile number|telephone number|contact (?:details|information|info|data)",
        ),
        ("이메일", "e-mail address", r"이메일(?!\s?(?:발송|알림|안내|전송|로|순))|e-?mail address(?:es)?"),
        ("생년월일", "date of birth", r"생년월일|나이\s?확인|date of birth|birth ?dates?|\bDOB\b"),
        (
            "주민등록번호",
            "national id number",
            r"주민(?:등록)?\s?번호|외국인등록번호|social security number|national id\b|\bSSN\b",
        ),
        (
            "신분증",
            "identity document",
            r"신분증|여권|운전\s?면허증?|면허증|passports?|driver'?s? licen[cs]es?|driving licen[cs]e"
            r"|identity (?:documents?|cards?)|\bID (?:card|photo|document|scan)s?|government id",
        ),
        (
            "계좌번호",
            "bank account",
            r"계좌\s?(?:번호|정보)|환불\s?계좌|통장\s?사본|bank (?:account|details)|\bIBAN\b|account number",
        ),
        (
            "카드 정보",
            "card data",
            r"카드\s?(?:번호|정보)|card (?:data|details|numbers?)|stored card|saved (?:card|payment method)",
        ),
        ("차량번호", "licence plate", r"차량\s?번호|차\s?번호|번호판|licen[cs]e plates?|plate number|number plate"),
        ("CCTV 영상", "camera footage", r"CCTV|블랙박스|감시\s?카메라|camera footage|video footage|dash ?cam"),
        (
            "건강 정보",
            "health data",
            r"진료\s?(?:기록|정보)|의료\s?(?:기록|정보)|건강\s?(?:정보|상태|검진)|처방전?|병력|알레르기|medical (?:records?|history|data)"
            r"|health (?:data|records?|information)|prescriptions?|diagnos[ie]s|test results?|allerg(?:y|ies)",
        ),
        (
            "생체 정보",
            "biometric data",
            r"지문|홍채|안면\s?인식|생체|fingerprints?|face (?:recognition|scan)|biometric|selfies?",
        ),
        (
            "신용 정보",
            "credit data",
            r"신용\s?(?:정보|등급|점수)|소득\s?(?:증빙|정보)|credit (?:score|report|history)|income proof",
        ),
        (
            "출입 비밀번호",
            "door code",
            r"공동\s?현관\s?(?:비밀번호|출입)?|현관\s?비밀번호|출입\s?비밀번호|door codes?|access codes?|entry codes?|gate codes?",
        ),
    )
)
_WEAK: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (korean, english, re.compile(pattern, re.I))
    for korean, english, pattern in (
        (
            "이름",
            "name",
            r"(?<![가-힣])(?:이름|성명|성함)|\b(?:full |legal |customer |guest )?names?\b(?! of| and address of)",
        ),
        (
            "주소",
            "address",
            r"(?<![가-힣])(?:배[송달]\s?)?주소(?!\s?창)|배[송달]지|\b(?:home |residential |delivery |shipping |exact "
            r"|postal )?address(?:es)?\b",
        ),
        (
            "위치 정보",
            "location",
            r"위치\s?(?:정보|추적|공유|이력|데이터)|실시간\s?위치|현재\s?위치|\bGPS\b|location (?:data|tracking|history|sharing)"
            r"|live location",
        ),
        (
            "사진",
            "photo",
            r"(?:프로필|얼굴|본인|현장|증빙)\s?사진|profile photos?|photos? of (?:the )?(?:customer|guest|patient|id|child)",
        ),
        ("이메일", "e-mail address", r"이메일|(?<!via )(?<!by )(?<!an )(?<!confirmation )\be-?mail\b(?! to)"),
        (
            "전화번호",
            "phone number",
            r"(?<![가-힣])전화(?=[,·/]|$)|(?<!by )(?<!via )(?<!over )(?<!the )(?<!a )(?<!or )\bphone\b(?! (?:booking|call|order|reservation)s?)",
        ),
    )
)
_PERSON = re.compile(
    r"고객|회원|사용자|이용자|예약자|배달원|구매자|판매자|수령인|환자|보호자|학생|학부모|게스트|투숙객|개인\s?정보|본인|가입|동의|아조씨|기사|라이더|직원|customers?"
    r"|guests?|renters?|users?|drivers?|hosts?|members?|patients?|applicants?|buyers?"
    r"|sellers?|personal (?:data|information)|tenants?|visitors?|privacy|children|parents?|residents?"
    r"|riders?|account|identity",
    re.I,
)
_MEDIA: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (medium, re.compile(pattern, re.I))
    for medium, pattern in (
        ("spreadsheet", r"엑셀|스프레드시트|구글\s?시트|excel|spreadsheet|google sheet"),
        (
            "paper",
            r"종이|수기|출력(?!\s?(?:API|상태))|인쇄|명부|장부|서류|메모지|화이트보드|송장|스티커|라벨|paper|print(?:ed|s|out)?\b|clipboard|whiteboard|label|hand-?written|notebook|binder",
        ),
        (
            "message",
            r"문자|카톡|카카오톡|알림톡|메신저|단톡|채팅|\bSMS\b|whatsapp|messenger|chat|text message|via email|by e-?mail"
            r"|confirmation email",
        ),
        ("camera", r"CCTV|카메라|camera|footage"),
        ("photo", r"촬영|찍어|찍은|스캔|사진으로|사진을 (?:보내|올)|photograph|scann|selfie|업로드|upload"),
        ("export", r"다운로드|내보내기|\bCSV\b|추출|export|download"),
        ("screen", r"화면|조회|표시|대시보드|앱에서|screen|dashboard|display|shown|view|see[ns]?\b|visible"),
    )
)
_DENIED = re.compile(r"(?:\bno|\bnot|never|without|don't) (?:\w+ )?$", re.I)
_CHANNEL = re.compile(
    r"SMS|푸시|알림|문자|in-app|push|notif|발송|안내|전송|예약(?:을|은)?\s?받|reply|replies|write|send|sent|call", re.I
)
_TECHNICAL = re.compile(
    r"API|컬럼|column|schema|스키마|varchar|uuid|string|엔드포인트|endpoint|메뉴\s?등록|상품\s?등록", re.I
)


def personal_data(passages: Sequence[Passage]) -> tuple[PersonalText, ...]:
    """Each kind of personal data once for each medium, in the order of the text. Words that may mean something else (name,
    address, photo) count only where a person or another datum stands beside them."""
    found: dict[tuple[str, str], PersonalText] = {}
    title = next((p.text for p in passages if p.form is Form.HEADING and p.depth == 1), "")
    for passage in passages:
        headings = tuple(h for h in passage.headings if h != title)
        if (
            passage.form is Form.HEADING
            or scene_of(headings, passage) is Scene.NOTHING
            or _TECHNICAL.search(passage.text)
        ):
            continue
        for item, medium, start in _items(passage):
            entry = PersonalText(item=item, medium=medium, given=_around(passage.text, start), at=str(passage.place))
            found.setdefault((item, medium), entry)
    named = {item for item, medium in found if medium}
    return tuple(entry for (item, medium), entry in found.items() if medium or item not in named)


def _items(passage: Passage) -> Iterator[tuple[str, str, int]]:
    text = passage.text
    strong = [(ko, en, m) for ko, en, pattern in _STRONG if (m := pattern.search(text))]
    weak = [(ko, en, m) for ko, en, pattern in _WEAK if (m := pattern.search(text)) and not _is_channel(text, ko)]
    strong = [found for found in strong if not _DENIED.search(text[: found[2].start()])]
    context = " ".join((text, *passage.headings[-1:]))
    listed = len(strong) + len(weak) >= 2 and bool(strong or _PERSON.search(context))
    named = {item[0] for item in strong}
    for korean, english, match in strong + [w for w in weak if (listed or _PERSON.search(text)) and w[0] not in named]:
        item = korean if re.search("[가-힣]", text) else english
        yield item, _medium(text, match.start()), match.start()


def _is_channel(text: str, item: str) -> bool:
    """Whether e-mail or telephone is the way in which a message goes, and not a datum."""
    return item in ("이메일", "전화번호") and bool(_CHANNEL.search(text))


def _medium(text: str, position: int) -> str:
    """The medium named in the same part of the sentence, the nearest first."""
    start, end = max(0, position - 60), min(len(text), position + 60)
    hits = [(abs(m.start() + start - position), medium) for medium, p in _MEDIA for m in p.finditer(text[start:end])]
    return min(hits)[1] if hits else ""


def _around(text: str, position: int) -> str:
    """A short quotation around a word, cut at words."""
    if len(text) <= 140:
        return text
    start = text.rfind(" ", 0, max(0, position - 40)) + 1 if position > 40 else 0
    end = text.find(" ", position + 80)
    return text[start : end if end > 0 else len(text)]


_SEASON = re.compile(
    r"(?P<ko>(?<![가-힣])(?:[준극]?성수기|비수기|피크\s?(?:타임|시즌|시간대?)|시험\s?기간|명절(?:\s?연휴)?|설\s?연휴|추석(?:\s?연휴)?|연휴"
    r"|방학(?:\s?기간)?|휴가철|장마철?|겨울철|여름철|이사철|김장철|신학기|개강|연말연시|연말|점심\s?시간대|저녁\s?시간대|러시\s?아워))"
    r"|(?P<en>\b(?:(?:high|low|peak|off|shoulder|holiday|harvest|tax|exam|wedding|summer|winter|ski"
    r"|baseball|flu)[- ]seasons?|peak (?:hours?|times?|days?|periods?|weeks?)|off-peak(?: hours?)?"
    r"|holiday (?:weekends?|Saturdays?|periods?)"
    r"|(?:before|around|during|over|at) (?:Christmas|New Year|Easter|Thanksgiving|Ramadan|the holidays)"
    r"|Black Friday|exam periods?|rush hours?|school holidays|bank holidays?|festival (?:sales|season)"
    r"|semester start)"
    r"|(?:January|February|March|April|June|July|August|September|October|November|December)"
    r"(?=(?:[^.;,]|\.\d){0,30}\b(?:times|busiest|busier|busy|peaks?|doubles?|triples?|quiet(?:est)?)\b))"
    r"|(?P<ko2>(?<!\d)\d{1,2}월(?=(?:에는|에|은|엔|이)?\s[^.,;]{0,20}(?:\d\s?배|두 배|몰린|몰리|붐빈|붐비|급증)))",
    re.I,
)
_WHEN = re.compile(r"\s?[(（:]\s?([^()（）]{1,60})[)）]?")
_MONTHS = re.compile(
    r"\d{1,2}(?:\s?[~\-–·,]\s?\d{1,2})*월(?:\s?\d{1,2}일)?(?:\s?[,~\-–·]\s?\d{1,2}(?:월|일))*|\b(?:January"
    r"|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:\s?(?:-|–|to|and|through|until)\s?(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December))?"
)


def seasons(passages: Iterable[Passage]) -> tuple[SeasonText, ...]:
    """The named times in which demand differs, each once, with its months and occupancy where the text gives them."""
    found: dict[str, SeasonText] = {}
    for passage in passages:
        if passage.form is Form.HEADING and not find(passage.text):
            continue
        for match in _SEASON.finditer(passage.text):
            season = _season(passage, match)
            known = found.get(season.name.lower())
            if known is None or (not known.when and season.when) or (known.occupancy is None and season.occupancy):
                found[season.name.lower()] = season
    return tuple(found.values())


def _season(passage: Passage, match: re.Match[str]) -> SeasonText:
    text = passage.text
    following = _SEASON.search(text, match.end())
    limit = following.start() if following else len(text)
    part = text[match.end() : limit]
    name = re.sub(r"^(?:before|around|during|over|at) ", "", match.group(), flags=re.I)
    bracket = _WHEN.match(part)
    months = _MONTHS.search(part[:40])
    when = bracket.group(1).strip() if bracket and not find(bracket.group(1)) else months.group() if months else ""
    occupancy = next((m for m in find(part) if m.sort is Sort.SHARE), None)
    stated = bool(occupancy) and bool(re.search(r"점유율|가동률|이용률|예약률|occupan|utili[sz]|full", text, re.I))
    given, at = _around(text, match.start()), str(passage.place)
    share = Said(value=occupancy.value, given=given, at=at) if occupancy and stated else None
    return SeasonText(name=name, when=when, occupancy=share, given=given, at=at)
