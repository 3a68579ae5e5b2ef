"""The policy is written in the document's language, without leftovers of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.panel.depth.checks.bench import Case, Complaint, Gravity
from opslead.text import pick

_HANGUL = re.compile(r"[가-힣]")
_LETTER = re.compile(r"[^\W\d_]")
_FEW = 24
"""Letters below which a text may be names alone (`PG`, `QR`)."""
_ENGLISH = re.compile(r"(?:\b[a-z][a-z'-]+\b[ ,]+){3,}[a-z'-]+")
"""Four or more English words in a row, none of them a name."""
_SCRIPTS = re.compile(
    "[\u3040-\u30ff]+|[\u3400-\u4dbf\u4e00-\u9fff]+|[\u0400-\u04ff]+|[\u0600-\u06ff]+|[\u0e00-\u0e7f]+|[\u0900-\u097f]+|[가-힣]+"
)


def find(case: Case) -> Iterator[Complaint]:
    """Texts in another language, and runs of another script that the inputs do not have."""
    lang, given = case.bench.language, case.bench.given
    wanted = pick(lang, "Korean", "English")
    for place, text in case.passages:
        letters = _LETTER.findall(text)
        hangul = len(_HANGUL.findall(text))
        if lang == "ko" and len(letters) >= _FEW and hangul * 5 < len(letters):
            yield Complaint(Gravity.LANGUAGE, place, f"not in {wanted}:", text, f"the same in {wanted}")
            continue
        for run in _SCRIPTS.finditer(text):
            if run.group() not in given and not (lang == "ko" and _HANGUL.match(run.group())):
                yield Complaint(
                    Gravity.LANGUAGE, place, f"letters that are not {wanted}:", run.group(), f"the {wanted} word"
                )
        if lang == "ko" and (match := _ENGLISH.search(text)) and match.group() not in given:
            yield Complaint(Gravity.LANGUAGE, place, "English left in:", match.group(), "the same in Korean")
