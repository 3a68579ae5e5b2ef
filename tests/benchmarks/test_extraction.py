"""The benchmark's command line: clear about what it lacks, and a table whose numbers are the judge's."""

import pytest

import extraction
from extraction import Key, UnusableError, altered_numbers, control, judge, load_keys, main, report
from opslead.model.document import ActorText, ClockText, PartnerText, ServiceText, StateText, UnreadText

KEY = Key("laundry", ("고객", "수거 기사"), ("Blue Pay",), (), ("washing", "done"), ("세탁함 선점은 30분",))
MODEL = ServiceText(
    name="세탁",
    actors=(ActorText(name="고객", role="customer"), ActorText(name="라운드", role="staff")),
    partners=(PartnerText(name="Blue Pay"), PartnerText(name="Red Map")),
    states=(StateText(name="Washing"),),
    clocks=(ClockText(kind="ttl", subject="세탁함 선점", length="30m"),),
    unread=(UnreadText(text="?"),),
)


def test_one_reading_is_judged_in_every_category():
    reading = judge(KEY, MODEL)
    assert reading.tallies["actors"].missed == ("수거 기사",)
    assert reading.tallies["actors"].extra == ("라운드",)
    assert reading.tallies["partners"].extra == ("Red Map",)
    assert reading.tallies["states"].missed == ("done",)
    assert reading.tallies["facts"].missed == ()
    assert reading.unread == 1


def test_the_table_adds_up():
    other = Key("kiosk", ("손님",), (), (), (), ("키오스크는 12대",))
    readings = [judge(KEY, MODEL), judge(other, ServiceText(name="키오스크"))]
    overall = next(line for line in report(readings) if line.startswith("overall"))
    assert "1/3" in overall  # actors
    assert "1/2" in overall  # facts
    assert report(readings)[-1].startswith("actors and partners together: 2/4 50%")


def test_the_control_holds_facts_against_other_documents():
    other = Key("kiosk", (), (), (), (), ("세탁함 선점은 30분",))
    empty = judge(other, ServiceText(name="키오스크"))
    assert control([KEY, other], [judge(KEY, MODEL), empty]) == ((1, 2), (0, 2))


def test_altered_numbers_differ_and_words_stay():
    assert altered_numbers("24h 안에 1,000원") == "79h 안에 3007원"


def test_a_missing_folder_is_said_and_ends_with_2(tmp_path, capsys):
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "nowhere: no such folder" in capsys.readouterr().err


def test_missing_or_misshapen_keys_are_said(tmp_path, capsys):
    assert main([str(tmp_path)]) == 2
    assert "keys.yaml: no such file" in capsys.readouterr().err
    for text, reason in (
        ("{a: 1}", "not a list of entries"),
        ("[a: [", "not YAML"),
        ("[{id: x, facts: 3}]", "facts of x"),
    ):
        (tmp_path / "keys.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(UnusableError, match=reason):
            load_keys(tmp_path / "keys.yaml")


def test_keys_without_their_document_are_said(tmp_path, capsys):
    (tmp_path / "keys.yaml").write_text("- id: laundry\n", encoding="utf-8")
    assert main([str(tmp_path)]) == 2
    assert "no laundry.md" in capsys.readouterr().err


def test_a_folder_is_read_and_misses_are_listed(tmp_path, capsys):
    (tmp_path / "keys.yaml").write_text(
        "- id: laundry\n  actors: [고객, 우주인]\n  states_mentioned: [pending]\n  facts: [세탁함 선점은 77분]\n",
        encoding="utf-8",
    )
    (tmp_path / "laundry.md").write_text(
        "# 세탁\n\n- 고객: 앱에서 예약한다.\n\n주문 상태: `pending → done`\n\n1. 예약 → 결제 → 배송\n", encoding="utf-8"
    )
    assert main([str(tmp_path), "--misses", "--extras", "--control"]) == 0
    out = capsys.readouterr().out
    assert "우주인" in out
    assert "세탁함 선점은 77분" in out
    assert "states missed" not in out
    assert "control: 0 of 1 facts found in their own model" in out


def test_the_default_folder_lies_beside_the_repository():
    assert extraction.FOLDER.parts[-2:] == ("shared", "inputs")
