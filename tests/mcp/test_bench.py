"""What is computed once, what is kept, and what is not."""

import pytest

from opslead.errors import InputErrors
from opslead.mcp import bench as benches
from opslead.mcp.bench import Stopped, Wanted, Watch, Workbench
from opslead.mcp.given import document_source, is_model, service_source
from opslead.mcp.recent import Recent

SHOP = """# Tool rental

A customer reserves a drill in the app and pays by card (callback). A clerk hands it over at the desk, Monday to Friday 09:00 to 17:00, and takes it back.
Cancelling is free until one day before. 20 rentals a day, average price $15.
"""


@pytest.fixture
def counted(monkeypatch):
    """How often each stage of the engine ran."""
    runs = []
    for name in ("understand", "examine_all", "computations"):
        real = getattr(benches, name)
        monkeypatch.setattr(benches, name, lambda *a, _n=name, _r=real, **k: (runs.append(_n), _r(*a, **k))[1])
    return runs


def test_one_text_is_read_once_for_all_tools(counted):
    bench, source = Workbench(), service_source(SHOP)
    for _ in range(2):
        bench.understood(source, Watch())
        bench.holes(source, Watch())
        bench.searched(source, Watch())
        bench.computed(source, Watch())
    assert sorted(counted) == ["computations", "examine_all", "understand"]
    bench.understood(service_source(SHOP + "\nNo smoking."), Watch())
    assert counted.count("understand") == 2


def test_the_catalog_is_read_once(monkeypatch):
    runs = []
    monkeypatch.setattr(benches, "load_catalog", lambda packs: runs.append(packs))
    bench = Workbench()
    bench.catalog()
    bench.catalog()
    assert len(runs) == 1


def test_the_stages_are_told():
    told = []
    bench = Workbench()
    bench.holes(service_source(SHOP), Watch(lambda stage, detail: told.append(stage)))
    bench.holes(service_source(SHOP), Watch(lambda stage, detail: told.append(stage)))
    assert told == ["understand", "examine"]


def test_a_stopped_run_is_not_kept():
    bench, source = Workbench(), service_source(SHOP)
    wanted = Wanted(search=False)
    stopping = [False]

    def stop_at_examine(stage, detail):
        stopping[0] |= stage == "examine"

    with pytest.raises(Stopped):
        bench.designed(source, wanted, Watch(stop_at_examine, lambda: stopping[0]))
    assert bench.designed(source, wanted, Watch()).specification.policies


def test_a_search_that_was_broken_off_is_not_kept():
    """The search ends with what it has when it is told to stop; that must not be taken for the whole."""
    bench, source = Workbench(), service_source(SHOP)
    bench.understood(source, Watch())
    asked = [0]

    def soon():
        asked[0] += 1
        return asked[0] > 3

    with pytest.raises(Stopped):
        bench.searched(source, Watch(stop=soon))
    assert all(report.verdict == "exhausted" for report in bench.searched(source, Watch()))


def test_charter_and_bounds_make_another_design():
    bench, source = Workbench(), service_source(SHOP)
    plain = bench.designed(source, Wanted(search=False), Watch())
    assert bench.designed(source, Wanted(search=False), Watch()) is plain
    assert bench.designed(source, Wanted(policies=21, search=False), Watch()) is not plain
    charter = service_source("A drill that is not there earns nothing.")
    assert bench.designed(source, Wanted(search=False), Watch(), charter=charter) is not plain
    assert bench.designed(source, Wanted(search=False), Watch(), breach=charter) is not plain


def test_recent_keeps_the_last_asked_for():
    made = []

    def make(key):
        made.append(key)
        return key.upper()

    recent = Recent(2)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert recent.get(key, lambda key=key: make(key)) == key.upper()
    assert made == ["a", "b", "c", "b"]
    assert len(recent) == 2


def test_recent_keeps_no_failure():
    recent = Recent(2)
    with pytest.raises(ZeroDivisionError):
        recent.get("a", lambda: 1 // 0)
    assert recent.get("a", lambda: 1) == 1


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("# yaml-language-server: $schema=./service.schema.json\nname: x\n", True),
        ("\nname: x\nlanguage: en\n\nactors:\n  - name: y\n", True),
        ("name: the name of the guest is asked for\n", False),
        ("# A shop\n\nactors:\n- guest\n", False),
        ("A guest books.", False),
    ],
)
def test_a_model_is_known_by_its_first_lines(text, model):
    assert is_model(text) is model
    assert service_source(text).name == ("service.yaml" if model else "text")


@pytest.mark.parametrize("text", ["", " \n", "\x00\x01\x02\x03" * 50, "가" * 200_000])
def test_what_is_no_text_of_a_service_is_refused(text):
    with pytest.raises(InputErrors):
        service_source(text)


def test_a_letter_that_cannot_be_written_does_no_harm():
    assert service_source("A guest \ud800 books.").text == "A guest ? books."


def test_a_document_may_be_longer_than_a_description():
    text = "x" * 600_000
    assert len(document_source(text).text) == 600_000
    with pytest.raises(InputErrors, match="1,000,000 bytes"):
        document_source(text * 2)
