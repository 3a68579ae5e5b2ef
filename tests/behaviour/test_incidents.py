"""Known holes of real projects: each service as a model written from a description alone, and the accident that did happen there, found.

The models in `incidents/` say what a reader of the description knows or must assume, and nothing of the accident. A story counts when it IS
the accident, told in that service's words.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from opslead.behaviour.attack import attack
from opslead.behaviour.bounds import Bounds
from opslead.behaviour.tell import tell
from opslead.behaviour.verify import Key
from opslead.model.defaults import complete
from opslead.model.guardrails import Decision
from opslead.model.load import read_document
from opslead.model.resolve import resolve

FOLDER = Path(__file__).parent / "incidents"


class Told(NamedTuple):
    """The flow and the accident, the faults and choices it takes, and its story."""

    flow: str
    accident: str
    faults: int
    choices: Mapping[str, str]
    story: tuple[str, ...]


FOUND = {
    "opengento-erasure-with-open-orders": Told(
        "order",
        "erased_owed",
        0,
        {"erasure_with_open_duty": "at_once"},
        (
            "customer A pays for the ordered item and is confirmed",
            "A asks for erasure (erasure request); name, address, contact and payment data go, with no look at what is still open",
            "what A is still owed can be neither delivered, announced nor refunded: nobody knows any more who it is",
        ),
    ),
    "modernomad-two-guests-one-bed": Told(
        "stay",
        "double_allocation",
        0,
        {"unit_taken_meanwhile": "confirmed_anyway"},
        (
            "guest A asks for the bed (request with dates and purpose)",
            "the house admin approves A's request and asks for the money",
            "A pays and is confirmed",
            "guest B asks for the bed (request with dates and purpose)",
            "the house admin, not seeing that the bed is promised already, approves B's request as well",
            "B pays and is confirmed",
            "one bed is confirmed for two customers",
        ),
    ),
    "cowin-abandoned-booking-consumes-slot": Told(
        "appointment",
        "abandoned",
        0,
        {},
        (
            "citizen A takes the dose (choice of centre and time window)",
            "A goes away without finishing; the dose counts as taken, and nothing frees it",
        ),
    ),
    "odoo-pos-two-tabs-offline-duplicates": Told(
        "sale",
        "entered_twice",
        1,
        {"entry_after_outage": "each_entry_counts"},
        (
            "[fault] the connection is lost, and work goes on",
            "meanwhile the cashier serves guest A and keeps the record apart (on the device or on paper)",
            "the connection is back",
            "A's record is entered",
            "A's record is sent again from another window or by somebody else, gets another number and counts as new",
            "one sale to A stands in the books twice: revenue, stock and tax are doubled",
        ),
    ),
    "adyen-backorder-authorisation-expired": Told(
        "back order",
        "approval_expired",
        0,
        {"collection_after_expiry": "case_stops"},
        (
            "customer A buys the back-ordered item and is confirmed",
            "while the collection waits, A's card approval expires; no message says so",
            "when it is ready to go out, the payment provider refuses the collection, since the approval has expired, and A's case stops there",
            "A's back-ordered item is ready, the money cannot be collected, and nothing says what happens next",
        ),
    ),
    "pretix-paid-after-quota-gone": Told(
        "ticket order",
        "money_without_entitlement",
        0,
        {"approval_after_lapse": "if_free"},
        (
            "visitor A takes the ticket and pays; the card processor has approved, the notice is still on its way",
            "after 30 min A's cart reservation lapses",
            "visitor B takes the ticket (cart reservation)",
            "A's approval arrives after the lapse; the ticket has gone, so it is refused, and the money stays where it is",
            "A has paid, has no ticket, and nothing returns the money by itself",
        ),
    ),
    "wcpay-one-payment-two-completed-orders": Told(
        "checkout",
        "two_orders_one_payment",
        0,
        {"payment_and_open_orders": "every_open_order"},
        (
            "customer A asks for the item (order)",
            "A starts to pay (payment session)",
            "the processor refuses A's first payment; A orders once more, and the first order stays open",
            "A pays and is confirmed",
            "the same message marks A's first order as paid too",
            "A has paid once, and two of A's orders count as paid and go out",
        ),
    ),
    "pretix-bank-statement-lag-expiry": Told(
        "order by bank transfer",
        "money_without_entitlement",
        0,
        {"approval_after_lapse": "ignored"},
        (
            "buyer A takes the place and sends the money in time; it has reached the bank, but nobody has read the statement yet",
            "after 7 days A's order lapses",
            "only then is the statement with A's money read, and nothing happens, since the order has expired",
            "A has paid, has no place, and nothing returns the money by itself",
        ),
    ),
    "yale-overdue-gear-offered-tomorrow": Told(
        "loan",
        "lost_goods",
        0,
        {"use_past_its_end": "unit_freed_on_time"},
        (
            "student A asks for the camera (reservation for certain dates)",
            "the system confirms the camera for A",
            "A is told of the confirmation",
            "A comes and takes the camera along (checkout at the desk)",
            "A's time ends, and the camera is offered again although it is not back",
            "student B asks for the camera (reservation for certain dates)",
            "the system confirms the camera for B",
            "B is told of the confirmation",
            "B arrives",
            "B is confirmed and there, and the customer before still has the camera",
        ),
    ),
    "cowin-first-dose-recorded-as-second": Told(
        "vaccination",
        "closed_early",
        1,
        {},
        (
            "citizen A asks for the slot (booking of a slot)",
            "the system confirms the slot for A",
            "A is told of the confirmation",
            "A arrives",
            "[person] the operator marks A as “second dose given” instead of “first dose given”",
            "the record says that A has reached “second dose given”; what A still has to get is refused",
        ),
    ),
    "odoo-pos-loyalty-buy-refund-loop": Told(
        "sale at the till",
        "benefit_kept",
        0,
        {"benefit_after_refund": "kept"},
        (
            "customer A buys the goods and pays (payment at the till)",
            "the purchase earns A a benefit (points on the card)",
            "A brings the purchase back and gets the money back",
            "the refund reverses the money only; what the purchase earned A stays",
            "A uses the benefit (redemption)",
            "A has the money back and the benefit as well, and can do it again",
        ),
    ),
    "opencloset-overdue-erased-by-extension": Told(
        "대여",
        "overdue_hidden",
        0,
        {"extension_after_end": "overwrites_delay"},
        (
            "이용자 A가 정장 값을 내고 확정 안내까지 받는다",
            "A가 와서 정장을 받아 간다(대여)",
            "돌려줄 날이 지나도 A가 정장을 돌려주지 않아 연체가 된다",
            "연체 중인 A가 스스로 연장을 신청하자(문자 링크의 연장 신청) 돌려줄 날이 바뀌고 연체가 목록에서 사라진다",
            "정장은 여전히 밖에 있는데 어느 목록도 A의 연체를 보여 주지 않는다",
        ),
    ),
    "gumroad-dispute-won-then-lost": Told(
        "sale",
        "dispute_reversed",
        0,
        {"second_dispute_result": "ignored"},
        (
            "buyer A buys the course and is confirmed",
            "A contests the payment with the card issuer (chargeback); the money is taken back and access ends",
            "the card issuer decides A's dispute for us",
            "the result arrives as won: the money is credited again and A's access is restored",
            "on appeal the card issuer decides otherwise: A is in the right after all, and we have lost",
            "the later result, lost, arrives, but A's dispute counts as won and finished, so nothing is changed",
            "the card issuer has given A the money back, our record says won: A keeps access, and the sale stays credited",
        ),
    ),
    "oca-spain-offline-invoice-numbers": Told(
        "sale",
        "same_number",
        1,
        {"numbers_during_outage": "each_counts_on"},
        (
            "[fault] the connection is lost, and work goes on",
            "meanwhile the cashier serves customer A and keeps the record apart (on the device or on paper)",
            "another device, counting on from the last number it knew, gives customer B the same number as A",
            "two sales carry the same number, and the series is broken",
        ),
    ),
    "rcp-manual-renewal-plus-retry": Told(
        "membership year",
        "paid_twice",
        0,
        {"old_renewal_after_purchase": "still_collected"},
        (
            "A's automatic renewal fails (automatic renewal), and the paid period ends",
            "member A buys the membership and is confirmed",
            "the processor repeats A's failed renewal and collects the same period once more",
            "A is told of the confirmation",
            "A pays twice, and nothing returns the money by itself",
        ),
    ),
    "medusa-gift-card-parallel-debit": Told(
        "checkout with credit",
        "balance_spent_twice",
        0,
        {"unit_taken_meanwhile": "confirmed_anyway"},
        (
            "customer A puts the gift-card balance towards an order (credit applied to a cart)",
            "A's order is completed and the gift-card balance is used up (debit of the credit used)",
            "customer B puts the gift-card balance towards an order (credit applied to a cart)",
            "at the same moment B's order is completed too, on the balance read before",
            "one gift-card balance pays for two orders",
        ),
    ),
    "pretix-early-bird-invoice-open": Told(
        "order on invoice",
        "old_price",
        0,
        {"order_after_offer": "stays_payable"},
        (
            "company A takes the early-bird admission (order)",
            "the price comes to its end (early-bird price), but A's unpaid order can still be paid at it",
            "A sends the money, it is seen, and the order is confirmed",
            "A has the early-bird admission at the old price after it has ended, held until then without any commitment",
        ),
    ),
    "saproto-no-show-fee-never-booked": Told(
        "activity",
        "penalty_unbooked",
        0,
        {},
        (
            "member A asks for the place (sign-up)",
            "the system confirms the place for A",
            "the organiser marks A as a no-show",
            "as announced, A owes the penalty",
            "A's penalty stands on the screen only: nobody is named and no date set to book or waive it",
        ),
    ),
}

OUTSIDE = {
    "woocommerce-refund-one-penny-over": "money is counted in whole payments: a refund that is a cent too high by rounding has no state of its own",
    "moodle-stripe-yen-times-hundred": "a wrong factor in a set-up is no order of events: every step is done as meant, with a wrong sum",
    "affiliatewp-own-purchase-other-email": "who is who is not modelled: two e-mail addresses of one person are two people",
}
"""Accidents of the same collection that the search cannot find, and why."""


def service(name):
    path = FOLDER / f"{name}.yaml"
    document, places = read_document(path.read_text(encoding="utf-8"), path.name)
    return resolve(complete(document), places)


@pytest.mark.parametrize("name", FOUND)
def test_the_accident_is_found_and_told(name):
    expected, made = FOUND[name], service(name)
    stories = [
        (story, report)
        for report in attack(made)
        for story in report.stories
        if (report.scope.flow.name, story.accident) == expected[:2]
    ]
    told = {(story.faults, story.choices): tell(story, report.scope, made) for story, report in stories}
    assert told.get((expected.faults, tuple(expected.choices.items()))) == expected.story


@pytest.mark.parametrize("name", FOUND)
def test_the_good_path_is_there_with_and_without_every_guardrail(name):
    made = service(name)
    for report in (*attack(made), *attack(made, Bounds(), frozenset(Decision))):
        assert (report.verdict, report.good) == ("exhausted", True)


@pytest.mark.parametrize("name", FOUND)
def test_guardrails_end_it(name):
    expected = FOUND[name]
    key: Key = (expected.flow, expected.accident)
    left = attack(service(name), Bounds(), frozenset(Decision))
    assert all(report.verdict == "exhausted" for report in left)
    assert key not in {(report.scope.flow.name, story.accident) for report in left for story in report.stories}


def test_every_model_has_its_accident_and_the_rest_a_reason():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(FOUND)
    assert len(FOUND) + len(OUTSIDE) == 21
    assert not set(FOUND) & set(OUTSIDE)
