"""Words that the catalog's lint and the contract share: what is no measure, and how much is too vague."""

from __future__ import annotations

import re
from collections.abc import Mapping

CARE_WORDS: Mapping[str, tuple[str, ...]] = {
    "ko": (
        r"교육(?:을|한다|하고|시|하여|해|\s*실시|\s*강화)",
        r"주의(?:를|한다|하고|하도록|시킨다|\s*환기|\s*깊게)",
        r"조심",
        r"철저",
        r"숙지",
        r"유의하",
        r"신경\s*쓰",
        r"당부",
        r"경각심",
        r"재발하지 않도록 노력",
    ),
    "en": (
        r"\bbe (?:more )?careful",
        r"\btrain(?:ing|ed)? (?:the |all |our |your )?(?:staff|team|agents|employees|operators|people|users)",
        r"\bstaff (?:is|are) trained",
        r"\bremind (?:the |all )?(?:staff|team|agents|employees|people)",
        r"\bpay (?:close )?attention",
        r"\btake care (?:to|that)",
        r"\braise awareness",
        r"\bawareness (?:training|campaign)",
        r"\brefreshers?\b(?! rate)",
        r"\battends? (?:an? |the )?(?:[\w-]+ ){0,2}(?:training|course|workshop)\b",
        r"\bmake sure (?:everyone|staff|people) (?:know|understand)",
        r"\bdiligen(?:t|ce|tly)\b",
    ),
}
"""Measures that rely on care, attention, training or reminders: regular expressions by language."""

LEGAL_VERDICT = re.compile(
    r"(?:합법|위법|불법)(?:이다|입니다|적이다|임\b|으로 (?:본다|간주)|하다)|법(?:적으로|률상|령상)\s*(?:문제(?:가)?\s*없|허용|가능하다|의무(?:이다|다\b)|금지)|법 위반이(?:다|며)|법(?:에 따라|에 의해|에 따르면)[^.?]{0,60}(?:할 수 없다|해서는 안 된다|해야 한다|금지된다)"
    r"|\b(?:is|are) (?:perfectly |fully )?(?:legal|illegal|unlawful|lawful)\b|\bcomplies with (?:the )?(?:law|GDPR)\b|\b(?:is|are) (?:GDPR|PCI)[- ]compliant\b|\blegally (?:required|permitted|allowed|binding)\b|\b(?:under|by) (?:[\w-]+ ){0,4}law\b[^.;?]{0,60}\b(?:may not|must not|must|cannot|is (?:required|allowed|forbidden))\b|\bviolates (?:the )?(?:law|GDPR)\b",
    re.I,
)
"""A statement that something is legal or illegal, in either language."""
LEGAL_QUESTION = re.compile(r"여부|인지 |묻는다|질의|\bwhether\b|\bask(?:s|ed)?\b|\?", re.I)
"""What makes it a question for risk/legal."""
