"""OL025: every policy referred to by #number exists"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opslead.contract.rule import Breach, Rule
from opslead.contract.words import breach, texts
from opslead.spec.document import Specification
from opslead.text import josa, pick

_AROUND = 40
"""Characters of a quotation on each side of the number."""


def check(specification: Specification) -> Iterator[Breach]:
    lang = specification.language
    known = {policy.number for policy in specification.policies}
    for policy in specification.policies:
        for name, text in texts(policy):
            for match in re.finditer(r"(?<![\w&])#(\d{1,3})(?!\d)", text):
                if int(match[1]) not in known:
                    message = pick(
                        lang, f"{josa(f'정책 #{match[1]}', '이/가')} 없다", f"there is no policy #{match[1]}"
                    )
                    around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND].strip()
                    yield breach(policy, lang, name, message, around)


RULE = Rule(
    id="OL025",
    name="known-references",
    severity="error",
    summary={"ko": "‘#번호’로 부르는 정책이 있다", "en": "every policy referred to by #number exists"},
    why={
        "ko": "없는 번호를 따라간 운영자는 거기서 멈춘다.",
        "en": "An operator who follows a number that is not there is stuck.",
    },
    repair={
        "ko": "있는 정책의 번호로 바꾸거나 참조를 뺀다",
        "en": "name a policy that is there, or leave the reference out",
    },
    bad="예외: #31을 따른다 (정책은 27개)",
    good="예외: #11을 따른다",
    check=check,
)
