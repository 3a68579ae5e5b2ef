"""Bad models: every problem at once, with its place and a hint, and nothing that brings the process down."""

import pytest

from opslead.errors import InputErrors
from opslead.model.load import read_document
from opslead.model.resolve import resolve
from opslead.model.yamlio import parse_yaml

GOOD = """
name: 대여
currency: KRW
actors:
  - {name: 직원, role: field, count: 2, duty: 평일 09:00~18:00}
resources:
  - {name: 공구, capacity: 30}
flows:
  - name: 대여
    resource: 공구
    steps:
      - {kind: hold, within: {value: 10m, given: 10분 선점, at: "a.md:3"}}
"""


def problems(text):
    with pytest.raises(InputErrors) as caught:
        service(text)
    return [(p.place.line, p.reason, p.hint) for p in caught.value.problems]


def service(text):
    document, places = read_document(text, "s.yaml")
    return resolve(document, places)


def test_a_good_model_resolves_with_its_sources():
    found = service(GOOD)
    hold = next(found.steps("hold"))
    assert hold.resource.name == "공구"
    assert (hold.within.source.text, str(hold.within.source.place)) == ("10분 선점", "a.md:3")
    assert str(found.actors[0].count.source.place).startswith("s.yaml:5")


def test_unknown_keys_are_named_with_the_nearest():
    assert problems("name: x\nactros: []\n") == [(2, "unknown key 'actros'", "did you mean 'actors'?")]


def test_all_problems_of_a_file_in_one_run():
    text = (
        GOOD.replace("duty: 평일 09:00~18:00", "duty: 25:00~26:00")
        .replace("count: 2", "count: -2")
        .replace("resource: 공구", "resource: 사다리")
    )
    text = text.replace("kind: hold", "kind: holdd")
    found = problems(text)
    assert [line for line, _, _ in found] == [5, 5, 10, 12]
    assert all(hint for _, _, hint in found)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("  - {name: 직원", "  - {name: 직원, role: staff}\n  - {name: 직원"), "described twice"),
        (("currency: KRW", "currency: KRW\nmoney: [{kind: fee, amount: -3만원}]"), "negative"),
        (("currency: KRW", "currency: KRW\nclocks: [{kind: ttl, subject: x}]"), "needs a `length` or a `time`"),
        (("currency: KRW", "currency: KRW\nstates: [{name: 접수, next: []}]"), "nobody can leave"),
        (("currency: KRW", "currency: KRW\nstates: [{name: 접수, next: [완료]}]"), "does not exist"),
        (("currency: KRW", "currency: KRW\nrates: [{kind: no_show, share: many}]"), "not a share"),
        (("count: 2", "count: 1.5"), "not a whole number"),
        (("given: 10분 선점", "given: 10분 선점, assumed: guess"), "has both"),
    ],
)
def test_impossible_facts(change, reason):
    assert any(reason in found for _, found, _ in problems(GOOD.replace(*change)))


ABSURD = """
name: 대여
currency: KRW
sites: 0
resources:
  - {name: 공구, capacity: 0}
channels:
  - {name: 앱, share: 70%}
  - {name: 전화, share: 40%}
flows:
  - name: 대여
    steps:
      - {kind: hold, within: 0분}
      - {kind: clean, minutes: 1500}
    exits:
      - name: 취소
        kind: cancel
        tiers: [{until: D-7, share: 150%}]
money:
  - {kind: payout, due: 매월 32일}
  - {kind: commission, share: 120%}
clocks:
  - {kind: ttl, subject: 선점, length: 400일}
rates:
  - {kind: no_show, share: 180%}
  - {kind: occupancy, share: 104%}
"""


def test_numbers_that_cannot_be_meant_are_errors_all_at_once():
    found = problems(ABSURD)
    assert [(line, reason.split(":")[0]) for line, reason, _ in found] == [
        (4, "it runs at 0 places"),
        (6, "the capacity of '공구' is 0, so there is nothing to sell"),
        (9, "with this the channels add up to 110%"),
        (13, "a hold of '0분' ends as it begins"),
        (14, "1500 minutes of a person's work each time are more than a day"),
        (18, "150% pays back more than was paid"),
        (20, "no month has the day of '매월 32일'"),
        (21, "a commission of 120% is more than the whole price"),
        (23, "a hold of '400일' is longer than a year"),
        (25, "'180%' of 'no_show' is more than all cases"),
    ]
    assert all(hint for _, _, hint in found)


def test_odd_numbers_that_would_happen_are_no_errors():
    text = GOOD.replace("count: 2", "count: 0").replace(
        "within: {value: 10m, given: 10분 선점", "within: {value: 24h, given: 하루 선점"
    )
    assert service(text).actors[0].count.value == 0
    assert service(text + "money: [{kind: payout, due: 매월 31일}]\nrates: [{kind: cancel, share: 100%}]\n")


def test_a_description_is_not_refused_for_a_number_that_may_be_misread():
    document, _ = read_document(ABSURD, "s.yaml")
    assert resolve(document).resources[0].capacity.value == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: &a [1]\nb: *a\n", "alias"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n", "alias"),
        ("[" * 60_000, "nested too deeply"),
        ("x: " + "{a: " * 500 + "1" + "}" * 500, "nested too deeply"),
        ("a: 1\na: 2\n", "stands twice"),
        ("a: !!python/object/apply:os.system [echo]\n", "not allowed"),
        ("a: [1\n", "not YAML"),
        ("a: \x00\n", "not YAML"),
        ("- 1\n", "mapping"),
        ("just words", "mapping"),
        ("", "mapping"),
    ],
)
def test_hostile_or_broken_yaml(text, reason):
    assert any(reason in found for _, found, _ in problems(text))


def test_times_and_words_stay_text():
    value = parse_yaml("at: 12:30\non: yes\nn: 007x\nv: 1.10\n", "x").value
    assert value == {"at": "12:30", "on": "yes", "n": "007x", "v": 1.1}
