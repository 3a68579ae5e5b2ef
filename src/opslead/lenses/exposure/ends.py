"""Whether the description says when something goes, how many records a day leaves behind, and who holds the place open."""

from __future__ import annotations

import re
from collections.abc import Iterable

from opslead.lenses.dependence.amounts import open_days
from opslead.model.calendar import WeekHours
from opslead.model.guardrails import GuardrailKind
from opslead.model.service import Actor, Service, Source

ERASE = re.compile(r"삭제|파기|폐기|지운다|지워|익명|파쇄|\b(?:delet|eras|purg|destroy|shred|anonymi|wip)\w*", re.I)
EVERYTHING = re.compile(
    r"개인\s?정보|고객\s?(?:정보|데이터)|모든 (?:데이터|기록|자료)|personal data|customer data|all (?:data|records)",
    re.I,
)
STEMS = {
    "차량번호": ("차량", "번호판"), "licence plate": ("plate",), "전화번호": ("전화", "연락처"), "phone number": ("phone", "contact"),
    "주소": ("주소", "배송지"), "address": ("address",), "신분증": ("신분증", "면허", "여권"), "생체 정보": ("생체", "지문", "얼굴"),
    "identity document": ("identity", "licen", "passport", "id card", "verification doc"), "biometric data": ("selfie", "biometric", "face"),
    "CCTV 영상": ("cctv", "영상", "녹화"), "camera footage": ("cctv", "footage", "video", "recording"), "계좌번호": ("계좌",),
    "bank account": ("bank",), "카드 정보": ("카드",), "card data": ("card",), "건강 정보": ("건강", "진료", "의료", "처방"),
    "health data": ("health", "medical", "prescription"), "위치 정보": ("위치",), "location": ("location", "gps"), "출입 비밀번호": ("비밀번호",), "door code": ("code",), "이름": ("이름", "성명"),
}  # fmt: skip
"""By the names that the model gives to personal data: the words in which a rule about them may speak."""


def end_stated(service: Service, words: Iterable[str]) -> bool:
    """Whether a period, a rule or a control says when this goes; one about all personal data counts for each."""
    stems = tuple(word.lower() for word in words)

    def speaks(text: str) -> bool:
        return any(stem in text.lower() for stem in stems) or EVERYTHING.search(text) is not None

    clocks = [f"{c.subject} {c.source.text}" for c in service.clocks if c.kind == "retention"]
    rules = [r.text for r in service.rules if ERASE.search(r.text)]
    said = [
        m.source.text for m in service.mentions if m.concept in ("erasure", "retention") and ERASE.search(m.source.text)
    ]
    controls = [f"{c.name} {c.source.text}" for c in service.controls if c.kind is GuardrailKind.ERASE]
    return any(speaks(text) for text in (*clocks, *rules, *said, *controls))


def stems_of(item: str) -> tuple[str, ...]:
    return STEMS.get(item, (item,))


def business_days(people: Iterable[Actor]) -> int:
    """Days of the year on which they are at work; 365 where no hours are stated."""
    spans = [s for a in people if a.duty and not a.duty.assumed for s in a.duty.value.spans]
    return round(365 * open_days(WeekHours.of(spans)) / 7) if spans else 365


def people_of(service: Service, actors: Iterable[Actor]) -> tuple[int, tuple[Source, ...]]:
    """At least how many people hold the job: the sum of its shifts over all places; 0 where no number is stated."""
    sites, total, sources = service.sites, 0, []
    for actor in actors:
        if actor.count is None or actor.count.assumed:
            continue
        total += actor.count.value * (sites.value if actor.per_site and sites else 1)
        sources.append(actor.count.source)
        if actor.per_site and sites and sites.source not in sources:
            sources.append(sites.source)
    return total, tuple(sources)
