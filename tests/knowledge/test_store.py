"""Folders of knowledge: read once and never stale, a user's own beside the built-in ones."""

import re

import pytest

from opslead.errors import InputErrors
from opslead.intake.page.readers import decode
from opslead.knowledge import store
from opslead.knowledge.catalog import built_in, load_catalog
from opslead.pipeline import Options, Sources, design, understand

LATE = next(built_in().rglob("OP01-late-approval.yaml"))
BUILT_IN = len(load_catalog().everything())
PACK = """id: kites
name: {ko: 연 대여, en: Kite rental}
concepts:
  kite: {ko: [방패연], en: [kite]}
  wind: {ko: [강풍], en: [gale]}
when:
  - mention: {any: [kites.kite]}
  - step: {kind: hand_over}
"""
KITES = "# Kites\n\nGuests book a kite, pay by card, and our clerk hands over the kite on the beach. In a gale the clerk refunds.\n"
BOOKS = (
    "# Books\n\nGuests book a book, pay by card, and our clerk hands over the book at the desk. The clerk refunds.\n"
)


def text_of(ident="OP01-own"):
    """A good pattern under another id and name."""
    text = LATE.read_text(encoding="utf-8").replace("id: OP01-late-approval", f"id: {ident}", 1)
    return re.sub(r'(?m)^    name: "', f'    name: "{ident} ', text)


def own_pack(folder, head=PACK, ident="OP01-kite-late"):
    home = folder / "kites"
    home.mkdir(parents=True)
    (home / "pack.yaml").write_text(head, encoding="utf-8")
    (home / f"{ident}.yaml").write_text(text_of(ident), encoding="utf-8")
    return home


def described(text, folder):
    catalog = load_catalog([folder], cache=False)
    _, service = understand([decode(text.encode(), "service.md")], catalog=catalog)
    return catalog.select(service)


def ids(selection):
    return {pattern.id for pattern in selection.patterns}


def test_the_index_is_checked_by_content(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    own = tmp_path / "own"
    own.mkdir()
    path = own / "OP01-own.yaml"
    path.write_text(text_of(), encoding="utf-8")
    first = load_catalog([own]).everything()
    assert load_catalog([own]).everything() == first
    assert next(p for p in first if p.id == "OP01-own").effort == "build"
    path.write_text(text_of().replace("effort: build", "effort: setting", 1), encoding="utf-8")
    assert next(p for p in load_catalog([own]).everything() if p.id == "OP01-own").effort == "setting"
    for index in (tmp_path / "cache" / "opslead").glob("*.json"):
        index.write_text("{damaged", encoding="utf-8")
    assert len(load_catalog([own]).everything()) == len(first)


def test_an_own_folder_does_not_throw_out_the_index_of_the_built_in_one(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    load_catalog().everything()
    before = {path.name for path in (tmp_path / "cache" / "opslead").glob("*.json")}
    load_catalog([own_pack(tmp_path / "own").parent]).everything()
    assert before < {path.name for path in (tmp_path / "cache" / "opslead").glob("*.json")}


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert len(load_catalog().everything()) == BUILT_IN


def test_every_bad_file_is_named_whatever_pack_it_stands_in(tmp_path):
    home = own_pack(tmp_path)
    (tmp_path / "OP01-a.yaml").write_text("id: OP01-b\n", encoding="utf-8")
    (tmp_path / "OP01-c.yaml").write_text("[", encoding="utf-8")
    (home / "OP01-d.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputErrors) as caught:
        load_catalog([tmp_path], cache=False)
    assert {p.place.source.rsplit("/", 1)[1] for p in caught.value.problems} == {
        "OP01-a.yaml",
        "OP01-c.yaml",
        "OP01-d.yaml",
    }


def test_an_id_that_stands_twice(tmp_path):
    (tmp_path / LATE.name).write_bytes(LATE.read_bytes())
    with pytest.raises(InputErrors, match="stands in"):
        load_catalog([tmp_path], cache=False)


def test_a_pack_speaks_where_the_model_shows_its_domain_and_nowhere_else(tmp_path):
    own_pack(tmp_path)
    there = described(KITES, tmp_path)
    assert "OP01-kite-late" in ids(there)
    (chosen,) = [one for one in there.packs if one.pack.id == "kites"]
    assert any("kite" in source.text for source in chosen.sources)
    away = described(BOOKS, tmp_path)
    assert "OP01-kite-late" not in ids(away)
    assert "kites" not in {one.pack.id for one in away.packs}


def test_the_words_of_a_pack_are_found_in_a_model_too(tmp_path):
    own_pack(tmp_path)
    model = """name: Flying
language: en
flows:
  - {name: rental, steps: [{kind: charge, name: payment}, {kind: hand_over, name: the kite goes out}]}
"""
    document, _ = understand([decode(model.encode(), "service.yaml")], catalog=load_catalog([tmp_path], cache=False))
    assert [(m.concept, m.given) for m in document.mentions if m.concept.startswith("kites.")] == [
        ("kites.kite", "the kite goes out")
    ]


def test_an_own_folder_refines_a_built_in_pattern(tmp_path):
    (tmp_path / LATE.name).write_text(
        "refines: OP01-late-approval\nseverity: {value: 3}\neffort: setting\n", encoding="utf-8"
    )
    before = next(p for p in load_catalog().everything() if p.id == "OP01-late-approval")
    after = next(p for p in load_catalog([tmp_path], cache=False).everything() if p.id == "OP01-late-approval")
    assert (after.severity.value, after.effort) == (3, "setting")
    assert after.severity.reason == before.severity.reason
    assert after.policy == before.policy


def test_a_pack_silences_a_built_in_pattern_where_it_is_chosen(tmp_path):
    own_pack(tmp_path, PACK + "silences: [{id: OP03-refund-twice, because: our gateway refuses a second refund}]\n")
    assert "OP03-refund-twice" not in ids(described(KITES, tmp_path))
    assert "OP03-refund-twice" in ids(described(BOOKS, tmp_path))


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("OP01-nothing.yaml", "refines: OP01-nothing\neffort: setting\n", "no such pattern"),
        ("OP01-late-approval.yaml", "refines: OP01-late-approval\neffort: easy\n", "as refined: effort"),
        ("kites/pack.yaml", PACK + "silences: [{id: OP01-nothing, because: x}]\n", "does not exist"),
        ("kites/pack.yaml", PACK.replace("id: kites", "id: dragons"), "the file says"),
        ("kites/pack.yaml", PACK + "chosen: true\n", "chosen"),
    ],
)
def test_an_entry_that_matches_nothing_is_an_error(tmp_path, name, text, reason):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputErrors, match=reason):
        load_catalog([tmp_path], cache=False).everything()


def test_own_texts_are_held_to_the_lint_before_they_are_used(tmp_path):
    bad = text_of().replace("trigger:", "trigger: 문제가 생기면 #", 1)
    (tmp_path / "OP01-own.yaml").write_text(bad, encoding="utf-8")
    with pytest.raises(InputErrors, match="not measurable"):
        design(Sources([decode(KITES.encode(), "service.md")]), Options(packs=(tmp_path,), search=False))


def test_the_document_names_the_pack_with_its_words(tmp_path):
    own_pack(tmp_path)
    made = design(Sources([decode(KITES.encode(), "service.md")]), Options(packs=(tmp_path,), search=False))
    (pack,) = [pack for pack in made.specification.packs if pack.id == "kites"]
    assert pack.name == "Kite rental"
    assert any("kite" in words for words in pack.because)


def test_an_index_is_pruned_by_its_own_name_only(tmp_path):
    other, old, new = (tmp_path / f"{name}.json" for name in ("kites-big-1", "kites-1", "kites-2"))
    for path, name in ((other, "kites-big"), (old, "kites"), (new, "kites")):
        store._write(path, b"[]", name)
    assert sorted(tmp_path.iterdir()) == sorted([other, new])


def test_a_changed_general_pattern_does_not_count_as_of_the_domain(tmp_path):
    home = own_pack(tmp_path)
    (home / LATE.name).write_text("refines: OP01-late-approval\neffort: setting\n", encoding="utf-8")
    there = described(KITES, tmp_path)
    assert "OP01-kite-late" in there.domain
    assert "OP01-late-approval" not in there.domain
    assert next(p for p in there.patterns if p.id == "OP01-late-approval").effort == "setting"
