"""A file or bytes as text."""

import hashlib
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opslead.errors import InputErrors
from opslead.intake.page.readers import Source, decode, read_source
from opslead.intake.page.readers.limits import LIMITS

KOREAN = "세탁소 3곳에서 옷을 받아 이틀 뒤에 돌려준다.\n고객은 앱으로 수거를 예약한다.\n"
ENGLISH = "We lend tools from two depots.\n"


@pytest.mark.parametrize("text", [KOREAN, ENGLISH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp949"])
def test_every_encoding_gives_the_same_text(text, encoding):
    assert decode(text.encode(encoding), "a.txt").text == text


def test_decomposed_hangul_is_composed():
    assert decode(unicodedata.normalize("NFD", KOREAN).encode(), "a.md").text == KOREAN


def test_the_fingerprint_is_of_the_bytes():
    data = KOREAN.encode("cp949")
    assert decode(data, "a.txt").sha256 == hashlib.sha256(data).hexdigest()


def test_a_file_is_read_with_its_name(tmp_path):
    path = tmp_path / "service.md"
    path.write_text(KOREAN, encoding="utf-8")
    assert read_source(path) == Source(str(path), KOREAN, hashlib.sha256(KOREAN.encode()).hexdigest())


def test_a_dash_is_the_standard_input(monkeypatch):
    class Input:
        buffer = io.BytesIO(ENGLISH.encode())

    monkeypatch.setattr("sys.stdin", Input)
    assert read_source("-").text == ENGLISH


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"\x89PNG\r\n", "image"),
        (bytes(range(256)) * 20, "not text"),
        (b"a" * (LIMITS.text + 1), "larger than"),
    ],
)
def test_what_is_no_text_is_said_with_a_hint(data, reason):
    with pytest.raises(InputErrors) as caught:
        decode(data, "x.bin")
    (problem,) = caught.value.problems
    assert reason in problem.reason
    assert problem.hint
    assert problem.place.source == "x.bin"


def test_missing_files_and_directories_are_input_errors(tmp_path):
    for path, reason in ((tmp_path / "none.md", "no such file"), (tmp_path, "directory")):
        with pytest.raises(InputErrors) as caught:
            read_source(path)
        assert reason in caught.value.problems[0].reason
        assert caught.value.problems[0].hint


def test_an_impossible_name_is_an_input_error():
    with pytest.raises(InputErrors):
        read_source("a\x00b.md")


def hint_or_text(data):
    try:
        return decode(data, "x").text
    except InputErrors as error:
        return error.problems[0].hint


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_an_input_error_with_a_hint(data):
    assert hint_or_text(data).strip()
