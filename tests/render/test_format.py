"""One file a format, found by its name; one that fails is reported and costs the others nothing."""

import json

import pytest

from opslead.render import format as formats
from opslead.render.format import Bundle, Format, RenderError, render_all
from specs import good

BUNDLE = Bundle(good())


def test_every_format_is_found_by_its_own_name():
    for name in formats.names():
        found = formats.format_of(name)
        assert found.name == name
        assert found.summary
    assert {"md", "json"} <= set(formats.names())


def test_the_formats_hold_the_same_policies():
    files, failed = render_all(("md", "json"), BUNDLE)
    assert not failed
    read = json.loads(files["specification.json"])
    for policy in read["policies"]:
        assert policy["name"] in files["specification.md"].decode()


def _breaking(error):
    def render(bundle):
        raise error

    return Format("md", "breaks", render)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RenderError("no font for Korean: install one"), "no font for Korean: install one"),
        (ZeroDivisionError("division by zero"), "ZeroDivisionError: division by zero"),
        (
            ModuleNotFoundError("No module named 'docx'", name="docx"),
            "needs the package docx: pip install 'opslead[md]'",
        ),
    ],
)
def test_a_format_that_fails_stops_no_other(monkeypatch, error, said):
    real = formats.format_of
    monkeypatch.setattr(formats, "format_of", lambda name: _breaking(error) if name == "md" else real(name))
    files, failed = render_all(("md", "json"), BUNDLE)
    assert list(files) == ["specification.json"]
    assert [(one.name, one.why) for one in failed] == [("md", said)]
