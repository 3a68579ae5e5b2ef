"""Words that the catalog's lint and the contract share: what is no measure, and how much is too vague."""

from __future__ import annotations

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
        r"\bmake sure (?:everyone|staff|people) (?:know|understand)",
        r"\bdiligen(?:t|ce|tly)\b",
    ),
}
"""Measures that rely on care, attention, training or reminders: regular expressions by language."""
