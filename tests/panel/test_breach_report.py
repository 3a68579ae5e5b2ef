"""The breach report as a document: its form in both languages, read back by intake, hostile text; and the command that writes it."""

import json
from hashlib import sha256

import pytest
from click.testing import CliRunner

from opslead.cli import breach_report
from opslead.cli.attack import command
from opslead.errors import InputErrors
from opslead.intake.page.readers import Source
from opslead.intake.told import told
from opslead.panel.attack.items import BreachDrafts
from opslead.render import breach as render_breach
from opslead.render import json as render_json
from opslead.render import markdown as render_markdown
from opslead.spec.breach import BreachItem, BreachReport
from opslead.spec.document import EvidenceItem
from panel.attacked import KO, attacked, strike
from panel.scripted import Scripted

pytestmark = pytest.mark.xdist_group("attacked")  # one worker: the studio is searched once

STORY = "손님이 가상계좌로 좌석 10개를 잡고 취소와 예약을 되풀이한다."


def report(*items: BreachItem, lang: str = "ko") -> BreachReport:
    return BreachReport(
        title="시험", language=lang, number=2, items=items, attackers=("내부자", "장애"), silent=("장애",)
    )


def read(text: str) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in told(Source("r.md", text, sha256(text.encode()).hexdigest()))]


FULL = BreachItem(
    story=STORY,
    policies=(7, 1),
    through="보유 상한",
    gap="한 사람당 2건†",
    loss="idle_capacity",
    level="high",
    evidence=(EvidenceItem(kind="quotation", text="“좌석 10분 선점”", sources=("s.md:3",)),),
    raised_by="기회주의 고객",
)


def test_an_item_is_one_paragraph_with_its_way_and_its_evidence():
    text = render_breach.render(report(FULL, BreachItem(story="직원이 환불을 두 번 누른다")))
    assert text == (
        "# 공격 보고서 2차\n\n"
        f"B-1. {STORY} 통과한 정책: #7 보유 상한 “한 사람당 2건†”, #1. 근거: “좌석 10분 선점” (s.md:3)."
        " (조치 우선순위 상, 기회주의 고객)\n\n"
        "B-2. 직원이 환불을 두 번 누른다. 막는 정책이 없다.\n"
    )


def test_the_english_form():
    item = FULL.model_copy(update={"story": "A guest holds ten seats", "raised_by": "opportunist customer"})
    text = render_breach.render(report(item, lang="en"))
    assert text.startswith("# Breach report, round 2\n\nB-1. A guest holds ten seats. Through: #7 ")
    assert text.endswith("(action priority high, opportunist customer)\n")


def test_it_reads_back_item_by_item():
    found = read(render_breach.render(report(FULL, FULL)))
    assert [label for label, _ in found] == ["B-1", "B-2"]
    assert all(text.startswith(STORY) for _, text in found)


@pytest.mark.parametrize(
    "hostile",
    [
        "손님이 결제를 취소한다.\n\nB-9. 이것도 예약 항목이다",
        "손님이 <script>alert(1)</script> 이름으로 예약한다",
        "손님이 | 표 | 를 넣어 예약한다",
        "# 제목처럼 시작하는 예약",
        "손님이 **예약** _취소_ `환불` [링크](http://x) ![그림](http://x)",
        "손님이 예약 \\* 취소 \\_ 환불",
    ],
)
def test_hostile_stories_stay_one_item_and_come_back_as_they_were(hostile):
    text = render_breach.render(report(FULL.model_copy(update={"story": hostile})))
    (found,) = read(text)
    assert found[0] == "B-1"
    assert found[1].startswith(" ".join(hostile.split()))
    assert "<script" not in text.replace("\\<script", "")
    assert len([line for line in text.splitlines() if line.startswith("#")]) == 1


def test_nothing_found_says_who_looked_and_answered():
    text = render_breach.render(report())
    assert "내부자" in text
    assert "장애" not in text
    assert read(text) == []


@pytest.fixture
def files(tmp_path):
    spec = attacked().specification
    (tmp_path / "spec.json").write_text(render_json.render(spec), encoding="utf-8")
    (tmp_path / "spec.md").write_text(render_markdown.render(spec), encoding="utf-8")
    (tmp_path / "service.md").write_text(KO, encoding="utf-8")
    return tmp_path


@pytest.fixture
def scripted(monkeypatch):
    """The command with a port that lets one attacker bring one item."""
    place = {"now": "exit-cancel"}

    def say(ask):
        quotes = ["3일 전 100%, 1~2일 전 50% 환불" if place["now"] == "exit-cancel" else "근무 밖 접수 1건"]
        items = (strike(place=place["now"], quotes=quotes),) if ask.subject == "insider" else ()
        return BreachDrafts(items=items)

    port = Scripted(say)
    monkeypatch.setattr(breach_report, "port_of", lambda options, folder, progress: port)
    return place


def run(*arguments: str):
    return CliRunner().invoke(command, [*arguments, "--model", "openai:none"])


def test_the_attackers_alone_on_anybodys_markdown(files, scripted):
    scripted["now"] = "환불 창구"
    done = run(str(files / "spec.md"), "--out", str(files / "report.md"))
    assert done.exit_code == 1, done.output
    text = (files / "report.md").read_text(encoding="utf-8")
    assert text.startswith("# 공격 보고서 1차\n\nB-1. 손님이 예약한 날")
    assert [label for label, _ in read(text)] == ["B-1"]


def test_with_the_service_places_quotations_and_the_search_count(files, scripted):
    done = run(str(files / "spec.json"), "--service", str(files / "service.md"), "--faults", "1", "--format", "json")
    assert done.exit_code == 1, done.output
    made = json.loads(done.stdout)
    assert {item["raised_by"] for item in made["items"]} == {"탐색", "내부자"}
    scripted["now"] = "창고"
    done = run(str(files / "spec.json"), "--service", str(files / "service.md"), "--faults", "1", "--format", "json")
    assert {item["raised_by"] for item in json.loads(done.stdout)["items"]} == {"탐색"}
    assert "모델에 없는 자리다: 창고" in done.stderr


@pytest.mark.parametrize("failure", ["wire", "budget"])
def test_attackers_that_give_no_answer_leave_it_incomplete(files, monkeypatch, failure):
    port = Scripted(lambda ask: failure if ask.subject == "peak" else BreachDrafts())
    monkeypatch.setattr(breach_report, "port_of", lambda options, folder, progress: port)
    done = run(str(files / "spec.md"))
    assert done.exit_code == 3
    assert "no answer from: peak" in done.stderr
    assert "성수기" not in done.stdout


def test_slips_are_told_with_a_hint(files, scripted):
    done = run(str(files / "service.md"))
    assert isinstance(done.exception, InputErrors)
    assert "no policies in it" in str(done.exception)
    for name in ("spec.md", "spec.json"):
        done = CliRunner().invoke(command, [str(files / name)])
        assert isinstance(done.exception, InputErrors)
        assert "give --model" in str(done.exception)
    done = CliRunner().invoke(command, [str(files / "service.md"), "--out", str(files / "x.md")])
    assert "--model only" in str(done.exception)
    assert "one specification" in str(run(str(files / "spec.md"), str(files / "spec.md")).exception)
