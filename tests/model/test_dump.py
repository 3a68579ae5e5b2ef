import yaml
from hypothesis import given
from hypothesis import strategies as st

from opslead.model.document import (
    ActorText,
    AuthorityText,
    ClockText,
    ExitText,
    FlowText,
    RuleText,
    Said,
    ServiceText,
    StateText,
    StepText,
    TierText,
    UnreadText,
)
from opslead.model.dump import HEADER, dump
from opslead.model.steps import STEP_KINDS, Role


def load(text):
    return ServiceText.model_validate(yaml.safe_load(text))


SMALL = ServiceText(
    name="Pier",
    language="en",
    actors=(
        ActorText(name="clerk", role=Role.FIELD, count=2, does=("check_in", "refund"), given="two clerks", at="p.md:3"),
    ),
    flows=(
        FlowText(
            name="Visit",
            steps=(StepText(kind="hold", within=Said(value="5m", given="hold 5 minutes: then gone", at="p.md:4")),),
        ),
    ),
    states=(StateText(name="open", next=()), StateText(name="done")),
)


def test_the_first_line_names_the_schema():
    assert dump(SMALL).startswith("# yaml-language-server: $schema=./service.schema.json\nname: Pier\n")
    assert dump(SMALL).split("name:")[0] == HEADER


def test_a_value_with_an_origin_is_one_line_and_one_without_is_bare():
    text = dump(SMALL)
    assert "        within: {value: 5m, given: 'hold 5 minutes: then gone', at: 'p.md:4'}\n" in text
    assert "    count: 2\n" in text
    assert "    does: [check_in, refund]\n" in text


def test_what_is_empty_is_left_out_and_what_is_stated_empty_stays():
    text = dump(SMALL)
    assert "partners" not in text
    assert "derived" not in text
    assert "language: en" in text
    assert "  - name: open\n    next: []\n  - name: done\n" in text


def test_sections_stand_apart():
    assert "\n\nactors:\n  - name: clerk\n" in dump(SMALL)
    assert "\n\nflows:\n" in dump(SMALL)


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30)
_NAME = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
_SCALAR = st.one_of(
    _TEXT, st.booleans(), st.integers(-10**12, 10**12), st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.sampled_from(["on", "2026-01-01", "1e3", "0x1f", "~", "null", "1:30", "- a", "a: b", "# c", "'", '"', "{", " x ", "\n", "a:\nb"]),
)  # fmt: skip
_ORIGIN = {"given": _TEXT, "derived": _TEXT, "assumed": _TEXT, "at": _TEXT}
_VALUE = st.none() | st.builds(Said, value=_SCALAR, **_ORIGIN)
_STEP = st.builds(
    StepText,
    kind=st.sampled_from(sorted(STEP_KINDS)),
    name=_TEXT,
    actor=_TEXT,
    within=_VALUE,
    manual=st.none() | st.booleans(),
    **_ORIGIN,
)
_EXIT = st.builds(
    ExitText,
    kind=_TEXT,
    name=_NAME,
    tiers=st.lists(st.builds(TierText, until=_TEXT, share=_VALUE), max_size=2).map(tuple),
    **_ORIGIN,
)
_FLOW = st.builds(
    FlowText, name=_NAME, steps=st.lists(_STEP, max_size=3).map(tuple), exits=st.lists(_EXIT, max_size=2).map(tuple)
)
_ACTOR = st.builds(
    ActorText,
    name=_NAME,
    role=st.sampled_from(Role),
    count=_VALUE,
    does=st.lists(_TEXT, max_size=3).map(tuple),
    authority=st.lists(st.builds(AuthorityText, action=_TEXT, limit=_VALUE), max_size=2).map(tuple),
    shared_account=st.booleans(),
)
_SERVICE = st.builds(
    ServiceText,
    name=_NAME,
    language=st.sampled_from(["ko", "en"]),
    currency=_TEXT,
    domain=st.lists(_TEXT, max_size=2).map(tuple),
    sites=_VALUE,
    actors=st.lists(_ACTOR, max_size=2).map(tuple),
    flows=st.lists(_FLOW, max_size=2).map(tuple),
    clocks=st.lists(st.builds(ClockText, kind=_TEXT, subject=_TEXT, length=_VALUE), max_size=2).map(tuple),
    states=st.lists(
        st.builds(StateText, name=_NAME, next=st.none() | st.lists(_TEXT, max_size=2).map(tuple)), max_size=2
    ).map(tuple),
    rules=st.lists(st.builds(RuleText, text=_TEXT), max_size=2).map(tuple),
    unread=st.lists(st.builds(UnreadText, text=_TEXT), max_size=2).map(tuple),
)


@given(_SERVICE)
def test_loading_the_dump_gives_the_same_service(service):
    assert load(dump(service)) == service
