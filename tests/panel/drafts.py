"""A proposal that stands, to be broken in one way at a time, in both languages; and what it is held against."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from opslead.behaviour.attack import Report, attack
from opslead.behaviour.bounds import Bounds
from opslead.intake.page.readers import Source, read_source
from opslead.lenses import examine_all
from opslead.model.service import Service
from opslead.panel.answers import HoleDraft
from opslead.panel.brief import places
from opslead.panel.claims.judge import Known
from opslead.pipeline import understand

CONTEXTS = Path(__file__).parents[1] / "contexts"
SMALL = Bounds(cases=1, faults=1)

_GRADE = {"value": 7, "reason": "이미 친 텐트를 걷게 할 수 없다"}
KOREAN: dict[str, Any] = {
    "name": "guests-swap-sites",
    "place": "transfer",
    "surfaces": (2, 11),
    "loss": "double_allocation",
    "condition": "캠퍼끼리 자리를 바꾸거나 빈 옆 사이트로 옮기고 관리실에는 말하지 않는다",
    "user_impact": "다음 날 예약한 캠퍼가 도착해 보니 남의 텐트가 서 있다",
    "operations_impact": "화면은 정상이라 15:00에 사람이 와야 드러난다",
    "quotes": ("관리인이 그 자리에서 바꿔 준다",),
    "severity": _GRADE,
    "occurrence": _GRADE,
    "detection": _GRADE,
    "decision": "캠퍼가 말없이 옮긴 것을 누가 언제 확인하는가",
    "data": "사이트 불일치 민원과 발견 시각, 캠핑장별",
}
_EN_GRADE = {"value": 7, "reason": "the driver behind is stranded"}
ENGLISH: dict[str, Any] = {
    "name": "wrong-stall-stopped",
    "place": "support desk",
    "surfaces": (5, 11),
    "loss": "wrong_person",
    "condition": "an agent stops the third stall from the right while the caller means the third from the left",
    "user_impact": "another driver's charging ends without a word",
    "operations_impact": "two complaints, and one session that nobody pays",
    "quotes": ("session that never stops",),
    "severity": _EN_GRADE,
    "occurrence": _EN_GRADE,
    "detection": _EN_GRADE,
    "decision": "how an agent knows which stall a caller stands at",
    "data": "sessions stopped by hand, six months, by agent",
}


def korean(**changes: Any) -> HoleDraft:
    return HoleDraft.model_validate({**KOREAN, **changes})


def english(**changes: Any) -> HoleDraft:
    return HoleDraft.model_validate({**ENGLISH, **changes})


@cache
def read(name: str) -> tuple[Service, Source]:
    read_in = read_source(CONTEXTS / name)
    source = Source(name, read_in.text, read_in.sha256)
    return understand([source])[1], source


@cache
def searched(name: str, bounds: Bounds = SMALL) -> tuple[Report, ...]:
    return attack(read(name)[0], bounds)


@cache
def known(name: str, *, search: bool = False, bounds: Bounds = SMALL) -> Known:
    """What is known of a context: the computing lenses' findings without patterns, and the search where asked for."""
    service, source = read(name)
    holes = examine_all(service, (), search=False)
    return Known(service, (source,), places(service), holes, searched(name, bounds) if search else ())


CAMPING, CHARGING = "camping.ko.md", "ev-charging.en.md"
