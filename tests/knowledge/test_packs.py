"""Every built-in pack is chosen for the services of its domain, in both languages, and for no other."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from opslead.intake.page.readers import decode
from opslead.knowledge.catalog import load_catalog
from opslead.pipeline import understand

FOLDER = Path(__file__).parents[1] / "packs"
PACKS = sorted(pack.id for pack in load_catalog().packs)


@cache
def catalog():
    return load_catalog()


def cases(kind):
    return [
        pytest.param(pack, text, id=f"{pack}-{number}")
        for pack in PACKS
        for number, text in enumerate(yaml.safe_load((FOLDER / f"{pack}.yaml").read_text(encoding="utf-8"))[kind])
    ]


def chosen(text):
    _, service = understand([decode(text.encode(), "service.md")], catalog=catalog())
    return {one.pack.id for one in catalog().select(service).packs}


def test_every_pack_has_its_cases_and_no_cases_stand_without_one():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(PACKS)


@pytest.mark.parametrize(("pack", "text"), cases("chosen"))
def test_a_service_of_the_domain_gets_the_pack(pack, text):
    assert pack in chosen(text)


@pytest.mark.parametrize(("pack", "text"), cases("not_chosen"))
def test_another_service_does_not(pack, text):
    assert pack not in chosen(text)
