"""What every role is told of the service: what nobody stated is marked, so that nothing is built on it as if it were known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from opslead.model.service import Basis
from opslead.panel.brief import brief, model_lines

from .desks import korean

pytestmark = pytest.mark.xdist_group("desks")  # one worker: a desk is laid once


def test_what_the_engine_takes_to_be_so_is_marked_and_what_is_stated_is_not():
    lines = list(model_lines(korean().service))
    assert "- claim: claim, nobody named, by hand (assumed)" in lines
    assert [line for line in lines if "(assumed)" in line] == ["- claim: claim, nobody named, by hand (assumed)"]
    assert "(assumed): nobody stated it" in brief(korean().service, korean().sources, None).system


def test_an_assumed_number_of_people_is_marked_where_it_stands():
    service = korean().service
    actor = next(one for one in service.actors if one.count)
    guessed = replace(actor.count, source=replace(actor.count.source, basis=Basis.ASSUMED))
    others = tuple(replace(one, count=guessed) if one is actor else one for one in service.actors)
    (line,) = (
        text for text in model_lines(replace(service, actors=others)) if "(assumed)" in text and actor.id in text
    )
    assert f"{guessed.value} on duty" in line.split("(assumed)")[0]
