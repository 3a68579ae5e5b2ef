"""Files are written whole or not at all."""

import os

import pytest

from opslead.cli.files import write_all
from opslead.errors import InputErrors


def test_all_files_stand_in_a_new_folder(tmp_path):
    written = write_all(tmp_path / "a" / "b", {"x.md": "하나\n".encode(), "y.json": b"{}\n", "cards/1.html": b"<p>"})
    assert [p.read_text(encoding="utf-8") for p in written] == ["하나\n", "{}\n", "<p>"]
    assert sorted(p.name for p in (tmp_path / "a" / "b").iterdir()) == ["cards", "x.md", "y.json"]


def test_nothing_changes_when_one_cannot_be_written(tmp_path):
    (tmp_path / "x.md").write_text("old", encoding="utf-8")
    (tmp_path / "y.json").mkdir()
    with pytest.raises(InputErrors, match="cannot write"):
        write_all(tmp_path, {"x.md": b"new", "y.json": b"{}"})
    assert (tmp_path / "x.md").read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.md", "y.json"]


def test_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(InputErrors, match="cannot write"):
        write_all(tmp_path / "out", {"x.md": b""})


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputErrors, match="No space left"):
        write_all(tmp_path, {"x.md": b"text"})
    assert list(tmp_path.iterdir()) == []
