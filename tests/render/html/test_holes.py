"""Where a hole sits: at the step, exit, person or thing that its id names."""

from opslead.render.html.holes import SERVICE, hole_map, holes_of, worst
from report_case import FINDINGS, rich, service
from specs import good


def at(ident):
    return next(hole.place for hole in holes_of(rich(), service()) if hole.found.id == ident)


def test_a_hole_is_at_the_place_that_its_id_names():
    assert at("windows.no_end@hold") == "hold"
    assert at("incentives.edge@exit-cancel") == "exit-cancel"
    assert at("authority.limit@CS-담당-refund") == "CS-담당"
    assert at("patterns.OP06-x@PG") == "PG"
    assert at("behaviour.double_allocation@예약") == "예약"


def test_what_names_nothing_known_is_of_the_whole_service():
    assert at("patterns.OP12-y@somewhere-else") == SERVICE
    assert {hole.place for hole in holes_of(rich(), None)} == {SERVICE}


def test_failure_modes_that_are_no_findings_are_kept():
    assert [hole.found for hole in holes_of(good(), None)] == list(good().failure_modes)
    assert len(holes_of(rich(), service())) == len(FINDINGS) + len(rich().failure_modes)


def test_a_policy_that_stops_the_story_of_a_hole_closes_it():
    told = next(story for story in rich().stories if story.finding == "behaviour.double_allocation@예약")
    assert not any(told.finding in policy.closes for policy in rich().policies)
    (hole,) = (hole for hole in holes_of(rich(), service()) if hole.found.id == told.finding)
    assert hole.policies == told.stopped_by == (1,)


def test_the_map_counts_each_hole_at_each_of_its_surfaces():
    holes = holes_of(rich(), service())[: len(FINDINGS)]
    made = hole_map(holes, service(), "ko")
    cells = {
        (cell.surface, cell.spot.key): cell
        for _, rows in made.groups
        for row in rows
        for cell in row.cells
        if cell.holes
    }
    assert {key: len(cell.holes) for key, cell in cells.items()} == {
        (1, "hold"): 2, (2, "hold"): 1, (1, "예약"): 1, (6, "예약"): 1, (3, "exit-cancel"): 1, (5, "CS-담당"): 1, (7, "CS-담당"): 1,
        (6, "PG"): 1, (12, SERVICE): 1,
    }  # fmt: skip
    assert cells[1, "hold"].worst == "high"
    assert worst(cells[6, "PG"].holes) == "low"


def test_steps_without_a_hole_are_said_and_rows_stand_in_the_order_of_the_flow():
    made = hole_map(holes_of(rich(), service()), service(), "ko")
    assert [spot.key for spot in made.clear] == ["request", "charge", "confirm", "notify"]
    assert [(name, [row.spot.key for row in rows]) for name, rows in made.groups] == [
        ("예약", ["예약", "hold", "exit-cancel"]),
        ("사람", ["CS-담당"]),
        ("파트너", ["PG"]),
        ("그 밖", [SERVICE]),
    ]
