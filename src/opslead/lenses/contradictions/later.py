"""Work that people do today with a tool that the description puts off to a later version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.lenses.contradictions.quoted import Said, quote, said
from opslead.lenses.finding import find
from opslead.lenses.hole import Hole, Quotation
from opslead.model.service import Later, Service, Source
from opslead.text import pick

_WORD = re.compile(r"[A-Za-z]{3,}|[가-힣]{2,}")
_IDLE = """system systems feature features support app apps automation automatic automated integration module management service
    services based from with for and the new full advanced smart mobile online user users customer customers future phase later handling
    시스템 기능 연동 자동 자동화 도입 지원 서비스 관리 구현 예정 후속 추후 향후 고도화 고객 사용자"""
_COMMON = frozenset(re.findall(r"\S+", _IDLE)) - {"support"}
_TOOL = re.compile(
    r"system|ticket|chat|messag|queue|dashboard|portal|tracking|wallet|scanner|screen|시스템|채팅|메시지|티켓|대시보드|포털|추적|지갑|화면|관리",
    re.I,
)
_LEAST = 2  # words that both name
_MOST = 3


def look(service: Service) -> Iterator[Hole]:
    """One hole for all such tools: what is done today, and the tool that comes later."""
    pairs = list(_pairs(service))[:_MOST]
    if not pairs:
        return
    lang = service.language
    shown = pick(lang, "; ", "; ").join(
        pick(lang, f"{quote(done.text, lang, 50)} ↔ {quote(tool.text, lang, 50)}", f"{quote(done.text, lang, 50)} against {quote(tool.text, lang, 50)}")
        for done, tool in pairs
    )  # fmt: skip
    done, tool = pairs[0]
    slots = {
        "pairs": shown, "done": quote(done.text, lang, 50), "tool": quote(tool.text, lang, 50),
        "when": quote(tool.subject, lang, 40) if tool.subject else pick(lang, "나중 목록", "the later list"),
    }  # fmt: skip
    quoted: tuple[Source, ...] = tuple(source for a, b in pairs for source in (a.source, b.source))
    yield find(service, "contradictions.tool_later", "service", slots, (Quotation(tuple(dict.fromkeys(quoted))),))


def _pairs(service: Service) -> Iterator[tuple[Said, Later]]:
    acts = [item for item in said(service) if len(item.text) <= 100]
    told: set[str] = set()
    for tool in service.later:
        words = _stems(tool.text)
        if len(words) < _LEAST or not _TOOL.search(tool.text):
            continue
        done = next((item for item in acts if words <= _stems(item.text) and item.text not in told), None)
        if done is not None:
            told.add(done.text)
            yield done, tool


def _stems(text: str) -> frozenset[str]:
    """The telling words without plural and ending."""
    words = (word.lower() for word in _WORD.findall(re.sub(r"\([^()]*\)", "", text)))
    return frozenset(re.sub(r"(?:ing|s)$", "", w) if w.isascii() else w for w in words if w not in _COMMON)
