"""The commands as a user meets them: what they write, what they say, how they end."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from commands import opslead

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
LAUNDRY = EXAMPLES / "laundry" / "service.md"
CLINIC = EXAMPLES / "animal-clinic"


def fails(*arguments, stdin=b"", says="", cwd=None):
    """Exit code 2, the reason on standard error, no traceback, and the words of the error."""
    done = opslead(*arguments, stdin=stdin, cwd=cwd)
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 2, (done.returncode, said)
    assert "Traceback" not in said
    assert says in said
    return said


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    out = tmp_path_factory.mktemp("clinic")
    done = opslead(
        "design",
        CLINIC / "service.md",
        "--charter",
        CLINIC / "charter.md",
        "--breach",
        CLINIC / "breach.md",
        "--out",
        out,
    )
    assert done.returncode == 0, done.stderr.decode()
    return out, done.stdout.decode()


def test_design_writes_the_model_and_the_specification(clinic):
    out, said = clinic
    assert {p.name for p in out.iterdir()} == {
        "service.yaml",
        "service.schema.json",
        "specification.md",
        "specification.json",
    }
    assert "$schema=./service.schema.json" in (out / "service.yaml").read_text(encoding="utf-8").splitlines()[0]
    for word in ("표면별 구멍", "가장 무거운 다섯", str(out / "specification.md")):
        assert word in said


def test_the_specification_keeps_its_own_contract(clinic):
    out, _ = clinic
    for name in ("specification.md", "specification.json"):
        done = opslead("check", out / name, "--fail-on", "warning")
        assert done.returncode == 0, done.stdout.decode()


def test_specification_json_has_the_keys_of_the_contract(clinic):
    out, _ = clinic
    spec = json.loads((out / "specification.json").read_bytes())
    assert list(spec) == [
        "title", "language", "inputs", "assumptions", "failure_modes", "rules", "policies", "rollout", "questions", "surfaces",
        "checklist", "findings", "quantities", "searches", "stories", "unsearched", "packs", "breach_responses",
        "legal", "panel", "version",
    ]  # fmt: skip
    assert set(spec["policies"][0]) == {
        "number", "id", "name", "surfaces", "intent", "scope", "trigger", "signals", "enforcement_points", "runbook", "exceptions",
        "monitoring", "symptoms", "uncertain", "closes", "quantities", "control_types", "evidence", "references",
        "author", "fallback", "starting_values",
    }  # fmt: skip
    assert set(spec["failure_modes"][0]) == {
        "id",
        "condition",
        "user_impact",
        "operations_impact",
        "surfaces",
        "evidence",
        "ratings",
        "certain",
        "author",
    }
    found = {mode["id"] for mode in spec["findings"]}
    assert {mode["id"] for mode in spec["failure_modes"]} <= found
    assert all(set(policy["closes"]) <= found for policy in spec["policies"])
    assert {q for policy in spec["policies"] for q in policy["quantities"]} <= {q["id"] for q in spec["quantities"]}
    assert set(spec["surfaces"]) == set(spec["checklist"]) == {str(n) for n in range(1, 13)}
    assert spec["assumptions"] == []
    assert all(mode["evidence"] for mode in spec["failure_modes"])
    numbers = {policy["number"] for policy in spec["policies"]}
    assert all(set(r["policies"]) <= numbers and r["status"] in ("closed", "open") for r in spec["breach_responses"])
    assert len(spec["breach_responses"]) == 5


def test_the_written_model_goes_the_same_way(clinic, tmp_path):
    out, _ = clinic
    done = opslead(
        "design",
        out / "service.yaml",
        "--charter",
        CLINIC / "charter.md",
        "--breach",
        CLINIC / "breach.md",
        "--out",
        tmp_path,
        "--quiet",
    )
    assert (done.returncode, done.stdout) == (0, b"")
    first, second = (json.loads((folder / "specification.json").read_bytes()) for folder in (out, tmp_path))
    assert {k: v for k, v in first.items() if k != "inputs"} == {k: v for k, v in second.items() if k != "inputs"}


def test_the_same_input_gives_the_same_bytes(clinic, tmp_path):
    out, _ = clinic
    command = [sys.executable, "-c", "from opslead.cli import main; main()", "design", str(CLINIC / "service.md"), "--charter",
               str(CLINIC / "charter.md"), "--breach", str(CLINIC / "breach.md"), "--out", str(tmp_path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": "1"})
    for path in out.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_every_usual_encoding_is_the_same_text(encoding, tmp_path):
    text = LAUNDRY.read_text(encoding="utf-8")
    path = tmp_path / "s.md"
    path.write_bytes(text.encode(encoding))
    done = opslead("model", path)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == opslead("model", "-", stdin=text.encode()).stdout.replace(b"<stdin>", str(path).encode())


def test_several_sources_at_once(tmp_path):
    second = tmp_path / "more.md"
    second.write_text(
        "# 고객센터\n\n- 야간 상담원: 1명, 매일 22:00~익일 07:00. 환불은 건당 3만원까지 전결.\n", encoding="utf-8"
    )
    done = opslead("model", LAUNDRY, second)
    assert "야간 상담원" in done.stdout.decode()
    assert "more.md:3" in done.stdout.decode()


def test_language_can_be_chosen(tmp_path):
    assert opslead("design", LAUNDRY, "--lang", "en", "--out", tmp_path, "--quiet").returncode == 0
    assert "## 1) Top Failure Modes" in (tmp_path / "specification.md").read_text(encoding="utf-8")


def test_init_writes_a_model_that_works(tmp_path):
    for lang in ("ko", "en"):
        folder = tmp_path / lang
        assert opslead("init", "--lang", lang, "--out", folder).returncode == 0
        assert (
            opslead("design", folder / "service.yaml", "--out", folder / "out", "--quiet", "--no-search").returncode
            == 0
        )
        fails("init", "--out", folder, says="is there already")


def test_explain_knows_rules_patterns_and_findings(clinic):
    out, _ = clinic
    spec = json.loads((out / "specification.json").read_bytes())
    hole = spec["failure_modes"][0]["id"]
    for ident, word in (
        ("OL012", "선행"),
        ("OP01-late-approval", "pretix"),
        (hole, spec["failure_modes"][0]["condition"]),
    ):
        done = opslead("explain", ident, "--in", out)
        assert done.returncode == 0, done.stderr.decode()
        assert word in done.stdout.decode()
    fails("explain", "OL0012", "--in", out, says="near: OL012")


def test_catalog_lint_is_clean_and_hears_a_bad_pattern(tmp_path):
    assert opslead("catalog", "lint").returncode == 0
    (tmp_path / "OP01-x.yaml").write_text("id: OP01-x\nsurfaces: [1]\n", encoding="utf-8")
    fails("catalog", "lint", tmp_path, says="OP01-x.yaml")


def test_a_pattern_of_ones_own_with_a_slot_that_nothing_fills(tmp_path):
    late = next((ROOT / "src").rglob("OP01-late-approval.yaml")).read_text(encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    text = late.replace("id: OP01-late-approval", "id: OP01-own", 1)
    for broken, says in (("{nobody}", "nothing binds"), ("{hold", "not a template")):
        (own / "OP01-own.yaml").write_text(
            re.sub(r"(?m)^    scope: .*$", f'    scope: "{broken} 전 건"', text, count=1), encoding="utf-8"
        )
        fails("design", LAUNDRY, "--packs", own, "--out", tmp_path / "out", says=says)
    (own / "OP01-own.yaml").write_text(text.replace("loss: ", "loss: no_such_", 1), encoding="utf-8")
    fails("design", LAUNDRY, "--packs", own, "--out", tmp_path / "out", says="loss")
    assert not (tmp_path / "out").exists()


def test_the_schema_is_json(tmp_path):
    schema = json.loads(opslead("model", "--schema").stdout)
    assert "actors" in schema["properties"]


def test_check_fails_on_findings(tmp_path):
    (tmp_path / "s.md").write_text(
        "# 정책\n\n### [Policy #1] 정책명: 조심하기\n- 트리거: 필요할 때\n", encoding="utf-8"
    )
    done = opslead("check", tmp_path / "s.md")
    assert done.returncode == 1
    assert "OL005" in done.stdout.decode()
    assert opslead("check", tmp_path / "s.md", "--fail-on", "never").returncode == 0


BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t\n", ""),
    "binary": (bytes(range(256)) * 40, ""),
    "pdf": (b"%PDF-1.7\n" + bytes(range(256)), "PDF"),
    "no service": ("오늘 점심은 김치찌개였고 맛있었다. 날씨가 흐렸다.".encode(), ""),
    "a poem": (b"Two roads diverged in a yellow wood, and sorry I could not travel both.", ""),
    "five megabytes": (b"word " * 1_000_000, ""),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_input_is_an_error_with_a_hint(name, tmp_path):
    content, says = BAD[name]
    path = tmp_path / "s.md"
    path.write_bytes(content)
    said = fails("design", path, "--out", tmp_path / "out", says=says)
    assert str(path) in said
    assert "hint" in said
    assert not (tmp_path / "out").exists()


def test_a_charter_given_as_the_service(tmp_path):
    said = fails("design", CLINIC / "charter.md", "--out", tmp_path / "out")
    assert "charter" in said
    assert not (tmp_path / "out").exists()


def test_a_charter_without_its_title(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(
        "- 자리는 날짜가 지나면 사라진다.\n- 고객은 가격보다 약속에 민감하다.\n- 수수료보다 중복 예약의 보상비가 크다.\n",
        encoding="utf-8",
    )
    assert "--charter" in fails("design", path, "--out", tmp_path / "out")


def test_a_directory_and_a_missing_file(tmp_path):
    fails("design", tmp_path, says="directory")
    fails("design", tmp_path / "none.md", says="no such file")
    fails("design", says="Missing argument")


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    fails("design", LAUNDRY, "--out", tmp_path / "out", says="cannot write")


def test_a_broken_model_shows_all_its_problems(tmp_path):
    path = tmp_path / "service.yaml"
    path.write_text(
        "name: x\nactors:\n  - {name: 직원, role: field, duty: 25:00~26:00, count: -1}\nflows:\n  - {name: f, resource: y, steps: []}\n",
        encoding="utf-8",
    )
    said = fails("design", path, "--out", tmp_path / "out")
    assert said.count("error:") == 3
    assert f"{path}:3" in said
    assert not (tmp_path / "out").exists()


ABSURD = """name: x
currency: KRW
actors:
  - {name: 직원, role: field, duty: 26:00~27:00, count: 0, does: [check_in]}
resources:
  - {name: 자리, capacity: 0, perishable: true}
flows:
  - {name: f, resource: 자리, steps: [{kind: hold, within: 400일}, {kind: check_in}]}
money: [{kind: payout, due: 매월 32일}]
rates: [{kind: cancel, share: 180%}]
"""


def test_a_model_with_numbers_that_cannot_be_meant_shows_them_all(tmp_path):
    path = tmp_path / "service.yaml"
    path.write_text(ABSURD, encoding="utf-8")
    said = fails("design", path, "--out", tmp_path / "out")
    for line, words in ((4, "26:00"), (6, "capacity"), (8, "400일"), (9, "매월 32일"), (10, "180%")):
        assert any(f"{path}:{line}" in row and words in row for row in said.splitlines()), (line, words, said)
    assert said.count("error:") == said.count("hint:") == 5
    assert not (tmp_path / "out").exists()


def test_a_description_with_such_numbers_is_designed_and_asks(tmp_path):
    path = tmp_path / "s.md"
    path.write_text(
        "# 공방 예약\n고객이 앱에서 자리를 선점(0분)하고 카드로 결제한다. 관리자가 환불한다.\n\n"
        "- 직원: 0명, 매일 25:00~26:00. 입실 확인, 청소.\n- 정산 담당: 1명. 매월 32일에 강사에게 정산한다. 취소율 180%.\n",
        encoding="utf-8",
    )
    done = opslead("design", path, "--out", tmp_path / "out", "--quiet", "--no-search")
    assert done.returncode == 0, done.stderr.decode()
    asked = json.loads((tmp_path / "out" / "specification.json").read_bytes())["questions"]
    assert any("매월 32일" in question["decision"] for question in asked)


def test_help_is_for_people():
    said = opslead("--help").stdout.decode()
    for command in ("design", "model", "check", "explain", "init", "catalog"):
        assert command in said
