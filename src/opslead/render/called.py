"""Whether a sentence calls somebody in, or only tells them: the words by which a policy's alarms and deadlines say so."""

from __future__ import annotations

import re

_CALLED = re.compile(
    r"호출|부른다|부르고|부르며|불러|\b(?:calls?|pages?)(?: in| out| up)? the\b|\b(?:is|are|be|gets?) (?:called|paged)\b",
    re.I,
)


def calls(text: str) -> bool:
    """`당직자 호출`, `pages the support desk`. A telephone call, a call centre and a page of a site are none."""
    return _CALLED.search(text) is not None
