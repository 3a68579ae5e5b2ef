"""`--format`, `--start` and `--template` on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from opslead.cli.design import command
from opslead.cli.output import wanted
from opslead.errors import InputErrors
from opslead.render.format import Bundle, Template
from specs import good

SERVICE = Path(__file__).parents[2] / "examples" / "tool-library" / "service.md"


def run(tmp_path, *options):
    return CliRunner().invoke(command, [str(SERVICE), "--no-search", "--out", str(tmp_path), *options])


def test_a_template_and_a_start_bring_their_formats(tmp_path):
    (tmp_path / "own.md.j2").write_text("{{ spec.title }}\n{% for p in spec.policies %}{{ p.id }}\n{% endfor %}")
    done = run(tmp_path, "--format", "json,ics,csv", "--start", "2027-01-04", "--template", str(tmp_path / "own.md.j2"))
    assert done.exit_code == 0, done.output
    read = json.loads((tmp_path / "specification.json").read_text())
    lines = (tmp_path / "template" / "own.md").read_text().splitlines()
    assert lines[1:] == [policy["id"] for policy in read["policies"]]
    assert (tmp_path / "reviews.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert (tmp_path / "csv" / "jira.csv").exists()


def test_dates_without_a_start_fail_alone(tmp_path):
    done = run(tmp_path, "--format", "json,ics")
    assert done.exit_code == 3
    assert "not written: ics: review dates are counted from the day" in done.output
    assert (tmp_path / "specification.json").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [(("--start", "tomorrow"), "write it as 2027-01-04"), (("--format", "md,odt"), "no such format: odt")],
)
def test_a_wrong_option_says_what_is_right(tmp_path, options, said):
    done = run(tmp_path, *options)
    assert done.exit_code == 2
    assert said in done.output


@pytest.mark.parametrize(
    ("name", "said"), [("house.doc", "not a template"), ("gone.docx", "cannot be read"), ("big.docx", "larger than")]
)
def test_a_template_that_is_none_is_an_input_error(tmp_path, name, said):
    if name == "big.docx":
        with (tmp_path / name).open("wb") as file:
            file.truncate(20_000_001)
    done = run(tmp_path, "--template", str(tmp_path / name))
    assert isinstance(done.exception, InputErrors)
    assert said in str(done.exception)


def test_all_leaves_out_what_it_lacks_and_says_so(capsys):
    chosen = wanted(("all",), Bundle(good()))
    assert not {"ics", "template"} & set(chosen)
    assert "left out of all: ics, which needs --start" in capsys.readouterr().err
    house = Bundle(good(), template=Template("house.docx", "docx", b""))
    assert wanted(("md",), house) == ("md", "docx")
