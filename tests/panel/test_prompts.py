"""Every prompt says what the code relies on, fills its slots, is used, and is short."""

import re
from importlib import resources
from pathlib import Path

import pytest

from opslead.panel.prompt import names, prompt

PACKAGE = Path(str(resources.files("opslead")))
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py")))
_SLOT = re.compile(r"\$([a-z_]+)")
_WHOLE_BRIEFS = ("ops_lead.ko", "ops_lead.en")
"""Briefs of a whole document, which a person hands over in one piece."""


@pytest.mark.parametrize("name", names())
def test_a_prompt_still_says_what_the_code_relies_on(name):
    one = prompt(name)
    text = " ".join(one.text.split())
    missing = [words for words in one.must if words not in text]
    assert not missing
    assert one.must, "say which words the code relies on"
    assert len(one.purpose) > 10


@pytest.mark.parametrize("name", names())
def test_a_prompt_fills_exactly_its_slots(name):
    one = prompt(name)
    assert set(_SLOT.findall(one.text)) == set(one.slots)
    filled = one.fill(**{slot: f"<{slot}>" for slot in one.slots})
    assert all(f"<{slot}>" in filled for slot in one.slots)
    assert "$" not in _SLOT.sub("", filled)
    with pytest.raises(ValueError, match=name.replace(".", r"\.")):
        one.fill(**dict.fromkeys(one.slots, ""), unknown="")


def test_what_is_filled_in_is_never_a_template_again():
    filled = prompt("breadth").fill(direction="$found", found="$most", numbers="{numbers}", most="3")
    assert "$found" in filled
    assert "$most" in filled


@pytest.mark.parametrize("name", names())
def test_no_prompt_is_unused(name):
    family = name.partition(".")[0].partition("_")[0]
    spoken = f'"{name}"' in SOURCES or f"'{name}'" in SOURCES
    built = re.search(rf"""f["']{{?{family}\w*}}?[._]{{|f["']{family}[._]{{|f["']{{ROLE}}_{{""", SOURCES)
    assert spoken or built


@pytest.mark.parametrize("name", [name for name in names() if name not in _WHOLE_BRIEFS])
def test_a_prompt_is_short(name):
    assert len(prompt(name).text) <= 3000
