"""What readers of whole models found missing or wrong: authority without a limit, rosters in tables, peaks, sales channels."""

import time

import pytest

from opslead.intake.channels import channels
from opslead.intake.extract import extract
from opslead.intake.facts import facts, off_duty
from opslead.intake.handled import handled
from opslead.intake.page.passages import passages
from opslead.intake.page.readers import Source
from opslead.intake.partners import partners
from opslead.intake.people.actors import actors
from opslead.intake.personal import seasons
from opslead.intake.resources import resources
from opslead.intake.rules import rules
from opslead.model.calendar import parse_hours
from opslead.model.document import ClockText, Said


def read(text):
    return passages(text, "m.md")


def powers(text):
    return {a.name: [(p.action, p.limit.value if p.limit else None) for p in a.authority] for a in actors(read(text))}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            "환불은 상담원이 건당 4만원까지 전결하고, 그 이상은 본부장이 승인한다. 고객이 예약한다.",
            "본부장",
            [("refund", None)],
        ),
        ("고객센터는 3만원까지 보상하고 초과분은 점장이 결정한다. 고객이 예약한다.", "점장", [("compensate", None)]),
        ("Guests book. The front desk may refund up to 60 EUR. Above that, the manager approves.", "manager", [("refund", None)]),
        ("Guests book. Agents may credit up to 15 EUR; anything above that is decided by the supervisor.", "supervisor", [("compensate", None)]),
        ("Users: guests, agents (2 people, may refund up to 70 EUR), the owner, who settles anything over that.", "owner", [("refund", None)]),
    ],
)  # fmt: skip
def test_whoever_decides_above_the_limit_of_others_has_authority_without_limit(text, name, expected):
    assert powers(text)[name] == expected


def test_an_owner_who_decides_above_a_limit_is_staff_and_a_selling_owner_is_not():
    text = "Users: guests, agents (2 people, may refund up to 70 EUR), the owner, who settles anything over that."
    assert {a.name: a.role.value for a in actors(read(text))}["owner"] == "staff"
    selling = {
        a.name: a
        for a in actors(read("The owner lists the boat and the owner accepts bookings. Guests pay over 70 EUR."))
    }
    assert selling["owner"].role.value == "supplier"
    assert selling["owner"].authority == ()


ROSTER = """# Bike kitchen
| Role | Task | Hours |
| --- | --- | --- |
| Member | books a stand in the app | |
| Mechanic | 3 per shop, repairs bikes | Mon and Thu 12:00-18:00 |
| Coordinator | 1, refunds up to 80 EUR alone | Mon-Fri 08:00-14:00 |
"""


def test_a_table_of_roles_gives_counts_and_hours_and_no_opening_times():
    service = extract([Source(name="m.md", text=ROSTER, sha256="")])
    who = {a.name: a for a in service.actors}
    mechanic, coordinator = who["Mechanic"], who["Coordinator"]
    assert (mechanic.count.value, mechanic.per_site) == (3, True)
    assert parse_hours(mechanic.duty.value).minutes == 2 * 6 * 60
    assert (coordinator.count.value, coordinator.per_site, coordinator.duty.value) == (1, False, "Mon-Fri 08:00-14:00")
    assert not [c for c in service.clocks if c.kind in ("opening", "cutoff")]


def test_a_number_before_the_word_for_the_people_is_their_number():
    service = extract(
        [
            Source(
                name="m.md",
                text="Users: buyers, 4 packers (Monday to Friday 09:00-17:00), the cashier.\n\nBuyers order frames.",
                sha256="",
            )
        ]
    )
    packer = next(a for a in service.actors if a.name == "packer")
    assert (packer.count.value, packer.duty.value) == (4, "Monday to Friday 09:00-17:00")
    assert not [x for x in service.limits if "packers" in x.unit]


def test_only_hours_that_repeat_a_duty_of_the_line_are_no_opening_times():
    def opening(at, given):
        return ClockText(kind="opening", subject="x", time=Said(value="10:00", given=given, at=at), given=given, at=at)

    duty = Said(value="매일 10:00~20:00", given="포장 10:00~20:00", at="m.md:1")
    repeated, elsewhere = opening("m.md:1", "포장 10:00~20:00"), opening("m.md:2", "포장 10:00~20:00")
    shop = opening("m.md:1", "매장은 10:00~20:00 영업")
    assert off_duty([repeated, elsewhere, shop], [duty, None]) == (elsewhere, shop)


def test_a_vague_delay_is_a_rule_and_no_number():
    text = "The carrier's tracking is usually 2 to 30 seconds behind, sometimes hours."
    found = partners(read(text))
    assert [(p.latency.value, p.worst) for p in found] == [("30 seconds", None)]
    assert [r.text for r in rules(read(text))] == [text]
    stated = partners(read("The carrier's tracking is usually 30 seconds behind, sometimes 4 hours late."))
    assert stated[0].worst.value == "4 hours"


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        ("Renters may return within 21 days of delivery.", None, "return"),
        ("The final weight from the scale (can arrive up to 36 hours later) is charged.", "latency", "final weight from the scale"),
        ("The voucher expires after 9 days.", "ttl", "voucher"),
        ("외부 감정 결과는 늦으면 4일 걸린다.", "latency", "외부 감정 결과"),
    ],
)  # fmt: skip
def test_the_subject_of_a_length_reads_as_a_noun(text, kind, subject):
    clock = facts(read(text)).clocks[0]
    assert clock.subject == subject
    assert kind is None or clock.kind == kind


def test_things_on_sale_in_several_places_are_channels_kept_in_step_by_hand():
    text = (
        "We sell the lamps in our shop and on three marketplaces at the same time. Sold lamps stay visible on the other "
        "marketplaces until somebody removes them, usually within 6 hours."
    )
    found = {c.name: c for c in channels(read(text))}
    assert set(found) == {"our shop", "marketplaces"}
    assert (found["marketplaces"].sync, found["marketplaces"].delay.value) == ("manual", "6 hours")
    assert channels(read("Our marketplace connects tenants and landlords.")) == ()


@pytest.mark.parametrize(
    ("text", "subject", "factor"),
    [
        ("About 50 orders a day; November brings 3.5 times as many.", "November", "3.5"),
        ("About 50 rides a day, Sundays four times as many.", "Sundays", "4"),
        ("하루 주문 80건, 일요일은 평일의 3배.", "일요일", "3"),
    ],
)
def test_peaks_are_factors_of_the_time_they_come_at(text, subject, factor):
    peaks = [v for v in facts(read(text)).volumes if v.kind == "peak_factor"]
    assert [(v.subject, v.amount.value) for v in peaks] == [(subject, factor)]


def test_what_is_taken_in_a_day_is_the_cases_and_the_average_price_the_ticket():
    found = facts(read("We take in about 30 violins a day and sell 20; the average price is 900 EUR."))
    assert [(v.kind, v.subject, v.amount.value, v.per) for v in found.volumes] == [("cases", "violins", "30", "day")]
    assert [(m.kind, m.amount.value) for m in found.money] == [("ticket", "900 EUR")]


def test_a_month_with_a_factor_is_a_season_and_a_mere_date_is_none():
    assert [s.name for s in seasons(read("About 50 orders a day; November brings 3.5 times as many."))] == ["November"]
    assert [s.name for s in seasons(read("12월에는 주문이 평소의 2배다."))] == ["12월"]
    assert seasons(read("The tax form is sent in November.")) == ()


HANDLED = (
    "Sellers send violins to our workshop. The clerk unpacks the violins and repairs them. The violin is sent back."
)


def test_what_is_handled_is_a_resource_though_no_word_list_knows_it():
    found = resources(read(HANDLED))
    assert [(r.name, r.physical, r.given) for r in found if r.physical] == [
        ("violins", True, "Sellers send violins to our workshop.")
    ]
    assert handled(read("Staff send messages and receive requests. Messages and requests pile up.")) == ()
    assert [r.name for r in handled(read("기사가 커튼을 수거하고 공장이 커튼을 세탁한다."))] == ["커튼"]


def test_a_known_thing_is_not_joined_by_a_guess():
    known = resources(read("We rent 40 rooms. Guests send violins and staff store violins. The violins are received."))
    assert [r.name for r in known] == ["rooms"]


def test_a_long_hard_wrapped_paragraph_and_a_long_rule_are_read_in_linear_time():
    line = "The guest pays the deposit, and the desk checks it. Then it ends.\n"
    started = time.process_time()
    found = read(line * 1000)
    assert [p.place.line for p in found[::2]] == list(range(1, 1001))
    assert read("```\n" + "-" * 40_000 + "\n```") == ()
    assert time.process_time() - started < 10.0
