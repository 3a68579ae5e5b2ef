"""What is said of an item that stays open: how it is seen first, what happens to such cases, and what has to be found out."""

from __future__ import annotations

from opslead.panel.attack.items import Item
from opslead.panel.revision.forms import Response
from opslead.policy.synthesise import Candidate
from opslead.spec.document import Policy
from opslead.text import Lang, pick


def left_open(item: Item, nearest: Candidate | None, lang: Lang) -> Response:
    """The item open; `nearest`: the policy it goes through."""
    policies = (nearest.id,) if nearest else ()
    return Response(item, "open", policies, _contained(item, nearest.policy if nearest else None, lang))


def _contained(item: Item, nearest: Policy | None, lang: Lang) -> str:
    """Containment by the alarm of the policy it goes through, else by review, and the question with the data that answers it."""
    watch = nearest.monitoring.leading if nearest else ()
    asked = item.data or pick(
        lang,
        "이 공격이 지나는 단계와 남는 기록은 무엇인가?",
        "which steps does it pass, and what record does it leave?",
    )
    if watch:
        return pick(
            lang,
            f"아직 닫지 못했다. 먼저 이 알람으로 잡는다: {watch[0]} 확인할 것: {asked}",
            f"not closed. Caught first by this alarm: {watch[0]} To find out: {asked}",
        )
    return pick(
        lang,
        f"아직 닫지 못했다. 해당 유형의 건을 자동 확정·자동 환불에서 빼고 담당자 검토로 돌린다. 확인할 것: {asked}",
        f"not closed. Such cases are taken out of automatic confirmation and refund into review. To find out: {asked}",
    )
