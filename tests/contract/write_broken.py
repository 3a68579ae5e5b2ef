"""Writes `broken/`: thirty copies of good documents, each broken in one known way, and `expected.yaml`: the rule and the line it is broken at.

Run it again when the good documents or the form of the contract change: `python tests/contract/write_broken.py`.
"""

import re
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from dresses import DRESSES  # noqa: E402 - beside this file

P3 = r"\[Policy #3\]"
BREAKS = [
    # name, dress, rule, what is taken out (a pattern), what stands there instead, where it is then broken (a pattern; empty: at what was put in)
    ("no-questions-section", "plain.ko", "OL001", r"\n## 4\) (?s:.*)", "\n", None),
    ("sections-swapped", "bold.en", "OL001", r"(?s)(## 1\) .*?)(## 2\) .*?)(?=## 3\) )", r"\2\1", r"^## 2\) "),
    ("two-assumptions", "loose.ko", "OL002", r"- 공휴일에는 쉰다\.\n", "", r"^## 0\)"),
    ("eight-assumptions", "bold.en", "OL002", r"(- Off on holidays\.\n)", r"\1- Prices in EUR.\n- One site.\n- Two clerks.\n- No partner.\n- No deposits.\n", r"^## 0\)"),
    ("seven-failure-modes", "tables.en", "OL003", r"- condition 7 .*\n.*\n", "", r"^## 1\)"),
    ("no-operations-impact", "plain.ko", "OL004", r" / 당직이 모른다( \[1\]\[2\] `windows\.no_end@5`)", r"\1", r"no_end@5"),
    ("nineteen-policies", "tables.en", "OL005", r"(?s)### \[Policy #20\].*?(\n## 3\).*?)\| #20 [^\n]*\n", r"\1", r"^## 2\)"),
    ("number-twice", "plain.ko", "OL005", r"(?s)(### \[Policy #20\].*?)(?=\n## 3\))", r"\1\n### [Policy #20] 정책명: 분실물 보관 만료\n\n- [SurfaceTag]: [6] 정합성/조정\n- 목적/방지하는 사고: 남의 물건을 내어 준다.\n- 적용 범위: 현장에 남은 물건.\n- 트리거(발동 조건): 물건 등록 뒤 14일† 경과.\n- 필요한 데이터/신호: 물건 번호, 등록 시각\n- 집행 위치(Enforcement Point): 관리자 콘솔 — 번호 없이는 내어 줄 수 없다\n- 운영 절차(Runbook 요약):\n  1. 시스템 — 기한이 된 물건을 올린다 (매일 09:00†)\n  2. 당직 — 번호와 주인을 확인한다 (당일)\n  3. 재무 — 처분 금액을 적는다 (당일)\n- 예외/충돌 우선순위: 경찰에 넘긴 물건은 빠진다.\n- 모니터링/알람:\n  - 선행(leading): 보관 10일†을 넘은 물건 5개† 초과\n  - 발동: 20개† 초과\n  - 완화: 5개† 이하\n  - 중단: 0개† 7일†\n- 실패 시 관측되는 징후: 주인이 찾는데 기록이 없다.\n", r"정책명: 분실물"),
    ("no-symptoms", "tables.en", "OL006", rf"(?s)({P3}.*?)\n\| Symptoms when it fails [^\n]*", r"\1", r"\[Policy #3\]"),
    ("no-scope", "loose.ko", "OL006", rf"(?s)({P3}.*?)\n- \*\*범위\*\*[^\n]*", r"\1", r"\[Policy #3\]"),
    ("four-surfaces", "bold.en", "OL007", rf"(?s)({P3}.*?\*\*\[SurfaceTag\]\*\*: )[^\n]*", r"\1[3], [4], [5], [6]", ""),
    ("vague-trigger", "loose.ko", "OL008", rf"(?s)({P3}.*?\*\*발동 조건\*\*: )[^\n]*", r"\1필요하다고 판단될 때", ""),
    ("when-needed", "tables.en", "OL008", rf"(?s)({P3}.*?\| Trigger \| )[^\n]*", r"\1When needed |", ""),
    ("enforced-by-people", "bold.en", "OL009", rf"(?s)({P3}.*?\*\*Enforcement Point\*\*: )[^\n]*", r"\1the team lead watches over it", ""),
    ("two-steps", "plain.ko", "OL010", rf"(?s)({P3}.*?)\n  3\. [^\n]*", r"\1", r"1\. 시스템 — 전화 예약"),
    ("nine-steps-inline", "tables.en", "OL010", rf"(?s)({P3}.*?\| Runbook \(summary\) \| )([^\n]*) \|", r"\1\2 (4) finance — adds a line (daily) (5) finance — adds a sum (daily) (6) finance — adds a note (daily) (7) finance — signs (daily) (8) finance — files (daily) (9) finance — closes (daily) |", ""),
    ("nobody-does-it", "plain.ko", "OL011", rf"(?s)({P3}.*?\n  2\. )당직 — ", r"\1", ""),
    ("no-deadlines", "bold.en", "OL011", rf"(?s)({P3}.*?1\. the system — puts the case on the list) \(at once; data: number\)(.*?picks an outcome) \(within 15 min†; data: photo\)(.*?of the day) \(daily 10:00†\)", r"\1\2\3", r"(?s)\[Policy #3\].*?(?=  1\. )"),
    ("nothing-leading", "loose.ko", "OL012", rf"(?s)({P3}.*?\*\*지표\*\*:)\n[^\n]*선행[^\n]*", r"\1", r"(?s)\[Policy #3\].*?(?=- \*\*지표)"),
    ("never-stops", "bold.en", "OL013", rf"(?s)({P3}.*?)\n  - \*\*relax\*\*[^\n]*\n  - \*\*stop\*\*[^\n]*|(?s:({P3}.*?)\n  - relax[^\n]*\n  - stop[^\n]*)", r"\1\2", r"(?s)\[Policy #3\].*?(?=- \*\*Monitoring)"),
    ("no-question-asked", "plain.ko", "OL014", r"파트너 지원 여부 — 질문: .*", "파트너 지원 여부 — 질문: (1) 되나 (2) 안 되나 (3) 언제 (4) 왜", ""),
    ("empty-horizon", "tables.en", "OL015", r"(?s)(### Short term .*?\n\n\|[^\n]*\n\|[^\n]*)\n((?:\| #[^\n]*\n)+)(.*?### Medium term .*?\n\n\|[^\n]*\n\|[^\n]*\n)", r"\1\n\3\2", r"^## 3\)"),
    ("graded-twice", "plain.ko", "OL016", r"(\| #7 .*\n)((?s:.*?))(\| #15 )", r"\1\2| #7 입실 증빙 처리 | 상 | 중 | 하 | 매주 |\n\3", r"(?s)중기.*?(?=\| #7)"),
    ("no-likelihood", "loose.ko", "OL016", r"(\| #7 [^|]*\| 상 \|) 중 ", r"\1  ", ""),
    ("fourteen-questions", "bold.en", "OL017", r"15\. .*\n", "", r"^## 4\)"),
    ("question-without-data", "tables.en", "OL018", r"(3\. Decision: [^\n]*?) — Data needed: [^\n]*", r"\1", r"^3\. Decision"),
    ("code-in-runbook", "plain.ko", "OL019", rf"(?s)({P3}.*?\n  2\. 당직 — )[^\n(]*", r"\1Redis 잠금을 걸고 결과를 고른다 ", ""),
    ("says-it-is-legal", "bold.en", "OL020", rf"(?s)({P3}.*?\*\*Exceptions / priority in conflict\*\*: )[^\n]*", r"\1This limit is legal in every country.", ""),
    ("train-the-staff", "loose.ko", "OL021", rf"(?s)({P3}.*?\*\*예외\*\*: )[^\n]*", r"\1직원에게 철저히 교육한다.", ""),
    ("case-by-case", "tables.en", "OL022", rf"(?s)({P3}.*?\| Exceptions / priority in conflict \| )[^\n]*", r"\1Decided case by case. |", ""),
    ("same-policy-again", "bold.en", "OL023", r"(### \[Policy #11\] (?:\*\*)?Name(?:\*\*)?: )[^\n]*", r"\1Bookings by phones", ""),
    ("surface-eleven-empty", "plain.ko", "OL024", r"\[11\] 운영/현장 프로세스", "[10] 통합/외부의존", r"^## 2\)"),
    ("points-nowhere", "loose.ko", "OL025", rf"(?s)({P3}.*?\*\*예외\*\*: )[^\n]*", r"\1#77을 따른다.", ""),
]  # fmt: skip


def broken(dress, pattern, put):
    good = DRESSES[dress]()
    text, count = re.subn(pattern, put, good, count=1)
    assert count == 1, pattern
    assert text != good, pattern
    return good, text


def line(good, text, where):
    """The line of what `where` names: 0 for nothing, the first that differs for an empty one, else the last line of the match."""
    if where is None:
        return 0
    if where == "":
        pairs = enumerate(zip(good.splitlines(), text.splitlines(), strict=False), 1)
        return next(number for number, (a, b) in pairs if a != b)
    match = re.search(where, text, re.M)
    assert match, where
    return text.count("\n", 0, match.end()) + 1


def write():
    folder = HERE / "broken"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    expected = {}
    for name, dress, rule, pattern, put, where in BREAKS:
        good, text = broken(dress, pattern, put)
        file = f"{rule}-{name}.{dress}.md"
        (folder / file).write_text(text, encoding="utf-8")
        expected[file] = {"rule": rule, "line": line(good, text, where)}
    (folder / "expected.yaml").write_text(yaml.safe_dump(expected, sort_keys=True), encoding="utf-8")
    for name, made in DRESSES.items():
        (HERE / "good").mkdir(exist_ok=True)
        (HERE / "good" / f"{name}.md").write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    write()
