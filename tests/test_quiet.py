"""Healthy services: nothing above low on any lens, and what comes back when one of their controls is taken away.

A service of `quiet/` states its numbers, people, deadlines and controls, and they fit. A hole above low on one of them is false,
or the service is not as healthy as it says.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from opslead.contract import lint
from opslead.intake.page.readers import decode, read_source
from opslead.knowledge.catalog import load_catalog
from opslead.lenses import examine_all
from opslead.pipeline import Sources, design, understand

FOLDER = Path(__file__).parent / "quiet"
SERVICES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def service(name):
    return understand([read_source(FOLDER / f"{name}.yaml")])[1]


def above_low(examined, mechanism):
    """Mechanisms above low; the flows are searched only where the one looked for comes from the search."""
    patterns = load_catalog().select(examined).patterns
    found = examine_all(examined, patterns, search=mechanism.startswith("behaviour."))
    return {hole.mechanism for hole in found if hole.action_priority != "low"}


def line(hole):
    grades = f"{hole.severity.value}/{hole.occurrence.value}/{hole.detection.value}"
    return f"{hole.action_priority} {grades} {hole.id}: {hole.condition}"


def test_there_are_services_of_several_kinds_and_both_languages():
    assert len(SERVICES) >= 5
    assert {service(name).language for name in SERVICES} == {"ko", "en"}
    assert len({service(name).domain for name in SERVICES}) == len(SERVICES)


@pytest.mark.parametrize("pack", sorted(pack.id for pack in load_catalog().packs))
def test_every_pack_has_a_healthy_service_of_its_domain(pack):
    assert pack in {one.pack.id for one in load_catalog().select(service(pack)).packs}


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_is_above_low_and_what_controls_stop_stays_as_examined(name):
    made = design(Sources([read_source(FOLDER / f"{name}.yaml")]))
    assert [line(hole) for hole in made.holes if hole.action_priority != "low"] == []
    stays = [hole for hole in made.holes if hole.lens == "patterns"]
    assert stays
    for hole in stays:
        assert hole.occurrence.value in (2, 3)
        assert hole.detection.value <= 4
        assert "“" in hole.occurrence.reason
        assert "적혀 있지 않" not in hole.condition
    assert [str(finding) for finding in lint(made.specification)] == []


TAKEN_AWAY = [
    ("repair-shop", "idempotent", "charge", "behaviour.entitlement_without_money"),
    ("repair-shop", "bind_identity", "hand_over", "OP06-wrong-identity"),
    ("repair-shop", "evidence", "receive", "OP07-condition-evidence"),
    ("repair-shop", "offline_ledger", "receive", "OP11-offline-mode"),
    ("clinic", "count", "transmit", "OP10-batch-count"),
    ("clinic", "default_action", "refund", "OP05-approver-absent"),
    ("clinic", "snapshot", "cancel", "OP02-reschedule-bypass"),
    ("clinic", "acknowledge", "claim", "OP02-shift-handover"),
    ("museum", "limit", "hold", "OP01-hoarding"),
    ("museum", "compensate", "check_in", "OP04-no-place-ladder"),
    ("museum", "fallback", "notify", "OP10-message-not-delivered"),
    ("parcel-point", "fence", "expire", "OP02-early-close"),
    ("parcel-point", "erase", "hand_over", "OP09-erasure-with-open-duties"),
    ("parcel-point", "buffer", "store", "OP11-turnaround"),
    ("meal-kit", "reconcile", "renew", "OP06-partner-reconciliation"),
    ("meal-kit", "idempotent", "deliver", "OP10-repeated-callback"),
    ("meal-kit", "escalate", "notify", "OP12-alarm-owner"),
    ("tutoring", "buffer", "payout", "OP03-payout-before-return"),
    ("tutoring", "exclusive", "accept", "OP02-competing-approval"),
    ("museum", "settle_late", "charge", "behaviour.double_allocation"),
    ("museum", "snapshot", "reschedule", "incentives.date_change"),
    ("repair-shop", "limit", "refund", "authority.limit_split"),
]


@pytest.mark.parametrize(("name", "kind", "on", "mechanism"), TAKEN_AWAY)
def test_a_control_taken_away_brings_its_hole_back(name, kind, on, mechanism):
    whole = service(name)
    kept = tuple(c for c in whole.controls if not (c.kind == kind and on in c.on))
    assert len(kept) < len(whole.controls)
    assert mechanism in above_low(replace(whole, controls=kept), mechanism)


CHANGED = [
    ("repair-shop", "limit: 3만원", "limit: 20만원", "authority.limit_blind"),
    ("clinic", "duty: 매일 21:00~익일 09:00", "duty: 매일 09:00~10:00", "coverage.unattended"),
    ("clinic", "count: 3\n    duty: 월~토 09:00~18:30", "count: 1\n    duty: 월~토 09:00~18:30", "capacity.overload"),
    ("meal-kit", "count: 12", "count: 4", "capacity.overload"),
    (
        "meal-kit",
        "share: 100%, sync: live}",
        "share: 80%, sync: live}\n  - {name: 전화, share: 20%, sync: manual, delay: 1일}",
        "OP01-channel-oversell",
    ),
    ("museum", "share: 50%}\n          - {until: before_start, share: 20%}", "share: 0%}", "incentives.silent_no_show"),
    (
        "parcel-point",
        "count: 2\n    duty: daily 08:00-21:00",
        "count: 1\n    duty: daily 20:00-next day 08:00",
        "coverage.alone",
    ),
]


@pytest.mark.parametrize(("name", "was", "becomes", "mechanism"), CHANGED)
def test_a_number_that_no_longer_fits_is_found(name, was, becomes, mechanism):
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    assert was in text
    changed = decode(text.replace(was, becomes, 1).encode(), f"{name}.yaml")
    assert mechanism in above_low(understand([changed])[1], mechanism)
