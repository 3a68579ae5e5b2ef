"""`opslead check`: forms of report, exit codes, and --fix on real files."""

import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from schemas import errors

from opslead.cli.check import command
from opslead.errors import InputErrors
from opslead.render.format import Bundle, format_of
from report_case import rich

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "tests" / "contract" / "broken"
GOOD = ROOT / "tests" / "contract" / "good"
SLIP = BROKEN / "OL022-case-by-case.tables.en.md"


def run(*arguments):
    return CliRunner().invoke(command, list(map(str, arguments)))


def test_text_names_rule_place_quotation_and_repair():
    done = run(SLIP)
    assert done.exit_code == 1
    assert "OL022 error: line" in done.output
    assert "“case by case”" in done.output
    assert "repair: say which case wins, in order" in done.output


def test_json_and_sarif_say_the_same():
    (document,) = json.loads(run(SLIP, "--format", "json").output)
    (finding,) = document["findings"]
    log = json.loads(run(SLIP, "--format", "sarif").output)
    assert errors(log, "(SARIF) Version 2.1.0 JSON Schema") == []
    (result,) = log["runs"][0]["results"]
    assert result["ruleId"] == finding["rule"] == "OL022"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == finding["line"] > 0
    assert len(log["runs"][0]["tool"]["driver"]["rules"]) == 25


def test_markdown_is_one_table_that_hostile_words_do_not_leave(tmp_path):
    text = SLIP.read_text(encoding="utf-8")
    path = tmp_path / "a|b.md"
    path.write_text(text, encoding="utf-8")
    table = run(path, "--format", "md").output.splitlines()
    assert [line.count("|") - line.count("\\|") for line in table if line.startswith("|")] == [8, 8, 8]
    assert table[0].startswith("## ")
    assert "a\\|b.md" in table[0]


@pytest.mark.parametrize(
    ("file", "fail_on", "code"),
    [(SLIP, "error", 1), (SLIP, "never", 0), (BROKEN / "OL013-never-stops.bold.en.md", "error", 0), (BROKEN / "OL013-never-stops.bold.en.md", "warning", 1), (GOOD / "plain.ko.md", "warning", 0)],
)  # fmt: skip
def test_exit_codes(file, fail_on, code):
    assert run(file, "--fail-on", fail_on).exit_code == code


def test_fix_writes_only_when_asked_and_once(tmp_path):
    path = tmp_path / "specification.md"
    original = b"\xef\xbb\xbf" + (GOOD / "loose.ko.md").read_text(encoding="utf-8").replace("\n", "\r\n").encode()
    path.write_bytes(original)
    path.chmod(0o640)
    run(path)
    assert path.read_bytes() == original
    done = run(path, "--fix")
    assert done.exit_code == 0
    assert "fixed: line" in done.output
    mended = path.read_bytes()
    assert mended.startswith(b"\xef\xbb\xbf")
    assert mended.count(b"\r\n") == mended.count(b"\n")
    assert path.stat().st_mode & 0o777 == 0o640
    assert "fixed:" not in run(path, "--fix").output
    assert path.read_bytes() == mended
    assert [left.name for left in tmp_path.iterdir()] == ["specification.md"]


@pytest.mark.parametrize("name", ["-", "plan.docx", "plan.html"])
def test_only_markdown_is_mended(name, tmp_path):
    path = name if name == "-" else tmp_path / name
    if name != "-":
        path.write_text("# 정책\n", encoding="utf-8")
    done = CliRunner().invoke(command, [str(path), "--fix"], input="# 정책\n")
    assert isinstance(done.exception, InputErrors)
    assert "mended" in str(done.exception)


def test_other_encodings_are_not_rewritten(tmp_path):
    path = tmp_path / "specification.md"
    path.write_bytes((GOOD / "loose.ko.md").read_text(encoding="utf-8").encode("utf-16"))
    before = path.read_bytes()
    assert isinstance(run(path, "--fix").exception, InputErrors)
    assert path.read_bytes() == before


def test_every_file_that_cannot_be_read_is_told(tmp_path):
    """One missing, one that is no text, one of another version: three problems at once and no report."""
    (tmp_path / "b.md").write_bytes(b"\xff\xfe\x00junk")
    (tmp_path / "c.json").write_text('{"title": 1}', encoding="utf-8")
    done = run(SLIP, *(tmp_path / name for name in ("a.md", "b.md", "c.json")))
    assert isinstance(done.exception, InputErrors)
    assert [Path(problem.place.source).name for problem in done.exception.problems] == ["a.md", "b.md", "c.json"]
    assert done.output == ""


def test_nothing_is_mended_where_one_file_cannot_be(tmp_path):
    loose, broken = tmp_path / "loose.md", tmp_path / "broken.json"
    loose.write_bytes((GOOD / "loose.ko.md").read_bytes())
    broken.write_text("{", encoding="utf-8")
    assert isinstance(run(loose, broken, "--fix").exception, InputErrors)
    assert loose.read_bytes() == (GOOD / "loose.ko.md").read_bytes()


def test_the_standard_input_among_files():
    done = CliRunner().invoke(command, ["-", str(SLIP)], input=(GOOD / "plain.ko.md").read_bytes())
    assert done.exit_code == 1
    assert [line for line in done.output.splitlines() if line.endswith("warnings")] == ["<stdin>: 0 errors, 0 warnings", f"{SLIP}: 1 error, 0 warnings"]  # fmt: skip
    twice = CliRunner().invoke(command, ["-", "-"], input="# x\n")
    assert "once" in str(twice.exception)


def test_what_the_action_runs(tmp_path):
    """Its second step in a shell with a program that writes down how it was called: a name with a space, an empty line."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    (tmp_path / "opslead").write_text('#!/bin/sh\nprintf "<%s>" "$@" >> calls\necho >> calls\n', encoding="utf-8")
    (tmp_path / "opslead").chmod(0o755)
    asked = {"SPECIFICATIONS": "docs/a b.md\n\n--fix.md\n", "FAIL_ON": "warning", "SARIF": "out.sarif"}
    here = {"OPSLEAD": "./opslead", "GITHUB_STEP_SUMMARY": "summary.md", "PATH": os.environ["PATH"]}
    step = action["runs"]["steps"][1]
    assert set(step["env"]) == {"OPSLEAD", *asked}
    subprocess.run(["bash", "-eo", "pipefail", "-c", step["run"]], cwd=tmp_path, env=here | asked, check=True)
    files = "<--><docs/a b.md><--fix.md>"
    assert (tmp_path / "calls").read_text(encoding="utf-8").splitlines() == [
        f"<check><--format><sarif><--fail-on><never>{files}",
        f"<check><--format><md><--fail-on><never>{files}",
        f"<check><--fail-on><warning>{files}",
    ]


def test_the_action_and_the_hooks_are_what_their_hosts_expect():
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert errors(action, "metadata-syntax-for-github-actions") == []
    assert not any("${{ inputs" in step["run"] for step in action["runs"]["steps"])
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    local = {"repos": [{"repo": "local", "hooks": hooks}]}
    assert errors(local, "JSON schema for .pre-commit-config.yaml") == []
    for hook in hooks:
        assert hook["entry"].split()[:2] == ["opslead", "check"]
        options = hook["entry"].split()[2:]
        assert run("--help").output.count("--fix") or not options


def test_the_interactive_report_is_refused_with_what_to_check_instead(tmp_path):
    path = tmp_path / "report.html"
    path.write_bytes(format_of("html").render(Bundle(rich()))["report.html"])
    done = run(path)
    assert isinstance(done.exception, InputErrors)
    assert "interactive report" in str(done.exception)
