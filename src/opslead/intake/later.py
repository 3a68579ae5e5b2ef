"""What the description says is not there yet or left out: lists headed so, and single items marked so.

A plan of releases is no such list: its phases build what the rest of the text describes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from opslead.intake.flow.links import clip
from opslead.intake.page.passages import Form, Passage
from opslead.intake.scope import bare_heading, title_of
from opslead.model.document import LaterText

_HEAD = re.compile(
    r"\b(?:future (?:enhancement|work|feature|version|release|improvement|expansion|scope)s?|\(?future\)|phase [2-9]\b|out of scope|non-?goals"
    r"|not included|excluded|coming soon|nice to have|later (?:phase|version|release)s?|next (?:phase|version|release))"
    r"|후속|추후|차기|향후\s?(?:계획|개선|개발|기능|추가|확장|과제)|미포함|범위\s?(?:외|밖)|제외\s?(?:범위|항목|기능)|비목표|하지\s?않(?:을|는)|[2-9]차\s?개발",
    re.I,
)
_NO_LIST = re.compile(
    r"launch|expansion$|timeline|milestone|release plan|roadmap|vision|now included|릴리[즈스]|출시|로드맵|일정|마일스톤|의존성|prerequisite|dependenc",
    re.I,
)
_MARKED = re.compile(
    r"\((?:[^()]*[\s,-])?(?:future|coming soon|planned|not yet|phase [2-9]|post-?mvp|tbd|추후|향후|후속|구현\s?예정|미구현)(?:[\s,][^()]*)?\)"
    r"|^\W*future\s?:|(?:추후|향후|후속\s?(?:phase|단계|버전)에서?)\s.{0,20}(?:예정|구현|제공|도입|지원|추가|연동)"
    r"|\b(?:will be (?:added|supported|available) (?:later|in)|is a future feature|not (?:yet )?(?:supported|available|implemented))\b",
    re.I,
)
_LONGEST = 160


def later(passages: Sequence[Passage]) -> tuple[LaterText, ...]:
    """Every such item once, in the order of the text, with the heading that says so, else the nearest."""
    title = title_of(passages)
    found: dict[str, LaterText] = {}
    for passage in passages:
        headings = tuple(h for h in passage.headings if h != title)
        if not 3 <= len(passage.text) <= _LONGEST or passage.text.endswith(":"):
            continue
        if passage.form in (Form.HEADING, Form.CODE) or any(_NO_LIST.search(h) for h in (*headings, passage.text)):
            continue
        listed = passage.form in (Form.ITEM, Form.ROW) and any(_HEAD.search(h) for h in headings)
        if not listed and not _MARKED.search(passage.text):
            continue
        saying = next((h for h in reversed(headings) if _HEAD.search(h)), headings[-1] if headings else "")
        nearest = bare_heading(saying)
        found.setdefault(passage.text, LaterText(text=passage.text, subject=clip(nearest, 60), at=str(passage.place)))
    return tuple(found.values())
