"""How fast the search is: against SPIN and Storm, on whole services, and as cases, faults and steps grow.

    python benchmarks/search.py kernels|services|growth [SERVICE…]

`kernels` searches one and the same transition system (the first SERVICE, two customers, two faults, every choice open, cases told apart)
with our kernel, with SPIN breadth-first and depth-first, and with Storm's explicit builder, in turns, five times each; then our kernel
alone on three customers up to renaming. The state counts must agree. `services` times all shortest stories and the verification of 25
policies. `growth` writes design/search-growth.md and design/search-growth.svg. A SERVICE is a description; by default the animal clinic.

SPIN is Debian's: `apt-get install spin gcc`. Storm comes with `pip install stormpy==2.0.0`. What is not installed is left out, and said.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from pathlib import Path

from opslead.behaviour.attack import MOST_CHOICES, attack, questions
from opslead.behaviour.bounds import USUAL, Bounds
from opslead.behaviour.export import writer
from opslead.behaviour.kernel import Found, explore
from opslead.behaviour.piece import OPEN
from opslead.behaviour.system import Field, Is, Move, Put, Step, System, Watch
from opslead.behaviour.verify import verify
from opslead.intake.page.readers import read_source
from opslead.model.guardrails import Decision
from opslead.model.service import Service
from opslead.pipeline import understand

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
POLICIES = 25


@dataclass(frozen=True)
class Timed:
    """One way to search: states it counted, seconds of each run."""

    name: str
    states: int
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        span = f"{min(self.seconds):.2f} to {max(self.seconds):.2f}"
        rate = self.states / self.median / 1e6
        return f"{self.name:40} {self.states:>12,} states {self.median:8.2f} s ({span}) {rate:6.2f} M/s"


def read(path: Path) -> Service:
    return understand([read_source(str(path))])[1]


# One transition system, several searchers


def in_turns(ways: Mapping[str, Callable[[], tuple[int, float]]]) -> list[Timed]:
    """Every way once to warm up, then all of them in turns, so that a busy moment of the machine hits each alike."""
    for way in ways.values():
        way()
    rounds = [{name: way() for name, way in ways.items()} for _ in range(RUNS)]
    return [Timed(name, rounds[0][name][0], tuple(one[name][1] for one in rounds)) for name in ways]


def clocked(search: Callable[[], Found]) -> tuple[int, float]:
    started = time.perf_counter()
    found = search()
    return found.states, time.perf_counter() - started


def spin(folder: Path, system: System, flags: Sequence[str], name: str) -> Callable[[], tuple[int, float]]:
    """SPIN's verifier, compiled; a run is the whole process."""
    (folder / "flow.pml").write_text(writer("promela")(system), encoding="utf-8")
    subprocess.run(["spin", "-a", "flow.pml"], cwd=folder, check=True, capture_output=True)
    options = ["-O2", "-w", "-DNOREDUCE", "-DSAFETY", "-DMEMLIM=12000", *flags]
    subprocess.run(["gcc", *options, "-o", name, "pan.c"], cwd=folder, check=True)

    def run() -> tuple[int, float]:
        started = time.perf_counter()
        command = [f"./{name}", "-E", "-w22", *([] if "-DBFS" in flags else ["-m5000000"])]
        said = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
        taken = time.perf_counter() - started
        stored = re.search(r"(\d+) states, stored", said)
        if stored is None or "max search depth too small" in said or "reached -DMEMLIM" in said:
            sys.exit(f"SPIN did not end:\n{said}")
        return int(stored[1]), taken

    return run


def storm(folder: Path, system: System) -> Callable[[], tuple[int, float]]:
    """Storm's explicit builder, without labels; reading the file is not counted."""
    stormpy = importlib.import_module("stormpy")
    path = folder / "flow.prism"
    path.write_text(writer("prism")(system), encoding="utf-8")
    program = stormpy.parse_prism_program(str(path))

    def run() -> tuple[int, float]:
        started = time.perf_counter()
        model = stormpy.build_model(program)
        return model.nr_states, time.perf_counter() - started

    return run


def kernels(paths: Sequence[Path]) -> None:
    service = read(paths[0])
    asked = next(questions(service, Bounds(2, 2, 1), frozenset()))
    system = asked.system
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ways = {"opslead, cases told apart": lambda: clocked(lambda: explore(system, renamed=False))}
        if shutil.which("spin") and shutil.which("gcc"):
            ways["SPIN breadth-first (-DBFS)"] = spin(folder, system, ["-DBFS"], "breadth")
            ways["SPIN depth-first"] = spin(folder, system, [], "depth")
        else:
            print("SPIN is not installed and left out")
        if importlib.util.find_spec("stormpy"):
            ways["Storm's explicit builder"] = storm(folder, system)
        else:
            print("stormpy is not installed and left out")
        found = in_turns(ways)
    print(f"{paths[0].name}, {asked.scope.flow.name}: 2 customers, 2 faults, load {os.getloadavg()[0]:.1f}")
    for one in found:
        print(f"  {one}, opslead is {one.median / found[0].median:.1f} times as fast")
    if len({one.states for one in found}) > 1:
        sys.exit("the state counts differ")
    three = next(questions(service, Bounds(3, 2, 1), frozenset()))
    alone = in_turns(
        {
            "opslead, 2 customers up to renaming": lambda: clocked(lambda: explore(system)),
            "opslead, 3 customers, as attacked": lambda: clocked(lambda: attacked(three.system, three.wanted)),
        }
    )
    for one in alone:
        print(f"  {one}")


def attacked(system: System, wanted: Sequence[Watch], most_choices: int = MOST_CHOICES) -> Found:
    """The search as `attack` makes it."""
    choices = [system.mask(field.name) for field in system.shared if field.values[0] == OPEN]
    every = (1 << system.base) - 1
    return explore(system, wanted, signature=every, choices=choices, most_choices=most_choices, most=60_000_000)


# Whole services


def services(paths: Sequence[Path]) -> None:
    decisions = sorted(Decision)
    policies = {f"P{n:02}": frozenset({decisions[n % len(decisions)]}) for n in range(POLICIES)}
    for path in paths:
        service = read(path)
        attack(service)
        for name, run, bound in (
            ("all shortest stories, up to 2 faults", lambda s: attack(s, USUAL), 5),
            (f"verification and ablation of {POLICIES} policies", lambda s: verify(s, policies), 20),
        ):
            seconds = []
            for _ in range(RUNS):
                started = time.perf_counter()
                run(service)
                seconds.append(time.perf_counter() - started)
            print(f"{path.name:28} {name:46} {statistics.median(seconds):6.2f} s   (bound {bound} s)")


# Growth


@dataclass(frozen=True)
class Point:
    """One search of a series."""

    at: int
    states: int
    transitions: int
    depth: int
    seconds: float
    verdict: str


def point(at: int, search: Callable[[], Found]) -> Point:
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        found = search()
        seconds.append(time.perf_counter() - started)
        if seconds[0] > 5:
            break
    return Point(at, found.states, found.transitions, found.depth, statistics.median(seconds), found.verdict)


def by_bounds(service: Service) -> Iterator[tuple[str, list[Point]]]:
    """Cases with 0 to 3 faults, as attacked."""
    for cases in (1, 2, 3):
        points = []
        for faults in range(4):
            asked = next(questions(service, Bounds(cases, faults, 1), frozenset()))
            points.append(point(faults, lambda asked=asked: attacked(asked.system, asked.wanted)))  # type: ignore[misc]
            print(f"  {cases} cases, {faults} faults: {points[-1]}", flush=True)
        yield f"{cases} customer{'s' * (cases > 1)}", points


def chain(steps: int) -> System:
    """A made flow: a claim on one unit, then `steps` steps that may each be skipped once for a fault, done again, or let lapse."""
    place = Field("at", tuple(map(str, range(steps + 1))))
    last = place.values[-1]
    moves = (
        Move("claim", (Is("at", ("0",)), Is("free", ("0",))), (Put("at", "1"), Put("free", "1"))),
        Move("go", (Is("at", place.values[1:-1]),), (Step("at", 1),), automatic=True),
        Move("again", (Is("at", place.values[2:]), Is("done", ("no",))), (Step("at", -1), Put("done", "yes"))),
        Move("skip", (Is("at", place.values[1:-2]), Is("faults", ("0", "1"))), (Step("at", 2), Step("faults", 1))),
        Move("lapse", (Is("at", place.values[1:-1]),), (Put("at", "0"), Put("free", "0"), Put("done", "no"))),
        Move("leave", (Is("at", (last,)), Is("free", ("1",))), (Put("free", "0"),)),
    )
    shared = (Field("free", ("0", "1")), Field("faults", ("0", "1", "2")))
    return System(shared, (place, Field("done", ("no", "yes"))), 3, moves)


def by_steps() -> list[Point]:
    points = []
    for steps in (5, 10, 15, 20, 25, 30, 35, 40):
        system = chain(steps)
        points.append(point(steps, lambda system=system: explore(system)))  # type: ignore[misc]
        print(f"  {steps} steps: {points[-1]}", flush=True)
    return points


def growth(paths: Sequence[Path]) -> None:
    series = dict(by_bounds(read(paths[0])))
    steps = by_steps()
    design = ROOT / "design"
    (design / "search-growth.md").write_text("\n".join(page(series, steps)) + "\n", encoding="utf-8")
    (design / "search-growth.svg").write_text(plot(series, steps), encoding="utf-8")


def page(series: Mapping[str, Sequence[Point]], steps: Sequence[Point]) -> Iterator[str]:
    yield "# How the search grows"
    yield ""
    yield "Measured by `python benchmarks/search.py growth` on a campsite booking: states up to renaming, at most two open choices a story,"
    yield "all watches looked for, one process. A search stops undecided at 60 million states."
    yield ""
    yield "![States and seconds by customers, faults and steps](search-growth.svg)"
    yield ""
    yield "| customers | faults | states | transitions | depth | seconds | million states a second |"
    yield "| --- | --: | --: | --: | --: | --: | --: |"
    for name, points in series.items():
        yield from (row(name, one) for one in points)
    yield ""
    few, many = span(b.states / a.states for points in series.values() for a, b in pairwise(points))
    yield f"A fault more multiplies the states by {few:.0f} to {many:.0f}, the first one most."
    columns = list(series.values())
    few, many = span(b.states / a.states for left, right in pairwise(columns) for a, b in zip(left, right, strict=True))
    yield f"A customer more multiplies them by {few:.0f} to {many:.0f}."
    yield "Steps alone grow slowly, with the third power for three customers: here a made chain of steps that can lapse, be done again, or be"
    yield "skipped by up to two faults."
    yield ""
    yield "| customers | steps | states | transitions | depth | seconds | million states a second |"
    yield "| --- | --: | --: | --: | --: | --: | --: |"
    yield from (row("3 customers", one) for one in steps)


def span(numbers: Iterable[float]) -> tuple[float, float]:
    known = list(numbers)
    return min(known), max(known)


def row(name: str, one: Point) -> str:
    undecided = "" if one.verdict == "exhausted" else " (undecided)"
    rate = one.states / one.seconds / 1e6
    return f"| {name} | {one.at} | {one.states:,}{undecided} | {one.transitions:,} | {one.depth} | {one.seconds:.2f} | {rate:.2f} |"


WIDE, HIGH, LEFT, TOP = 300, 220, 90, 30


def plot(series: Mapping[str, Sequence[Point]], steps: Sequence[Point]) -> str:
    """Three panels, states and seconds on logarithmic scales."""
    colours = ("#1b6ca8", "#c0392b", "#2e8b57")
    lines = [(name, points, colours[n]) for n, (name, points) in enumerate(series.items())]
    body = [
        *panel(0, "states by faults", lines, lambda one: float(one.states)),
        *panel(1, "seconds by faults", lines, lambda one: one.seconds),
        *panel(2, "states by steps, 3 customers", [("", steps, colours[2])], lambda one: float(one.states)),
    ]
    width = 3 * (WIDE + LEFT) + 20
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HIGH + TOP + 40}" font-family="sans-serif" font-size="11">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="white"/>', *body, "</svg>"]) + "\n"


def panel(
    index: int, title: str, lines: Sequence[tuple[str, Sequence[Point], str]], value: Callable[[Point], float]
) -> Iterator[str]:
    every = [one for _, points, _ in lines for one in points]
    low, high = (edge(log10(value(one)) for one in every) for edge in (min, max))
    bottom, top = floor(low), max(ceil(high), floor(low) + 1)
    first, last = min(one.at for one in every), max(one.at for one in every)
    x0 = index * (WIDE + LEFT) + LEFT

    def x(at: int) -> float:
        return x0 + (WIDE - 60) * (at - first) / max(1, last - first)

    def y(number: float) -> float:
        return TOP + HIGH * (top - log10(number)) / (top - bottom)

    yield f'<text x="{x0}" y="{TOP - 12}" font-weight="bold">{title}</text>'
    for power in range(bottom, top + 1):
        at = y(10.0**power)
        yield f'<line x1="{x0}" x2="{x0 + WIDE - 60}" y1="{at:.1f}" y2="{at:.1f}" stroke="#ddd"/>'
        label = f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"
        yield f'<text x="{x0 - 6}" y="{at + 4:.1f}" text-anchor="end">{label}</text>'
    for at in sorted({one.at for one in every}):
        yield f'<text x="{x(at):.1f}" y="{TOP + HIGH + 16}" text-anchor="middle">{at}</text>'
    for name, points, colour in lines:
        path = " ".join(f"{x(one.at):.1f},{y(value(one)):.1f}" for one in points)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x(p.at):.1f}" cy="{y(value(p)):.1f}" r="3" fill="{colour}"/>' for p in points)
        end = points[-1]
        yield f'<text x="{x(end.at) + 6:.1f}" y="{y(value(end)) + 4:.1f}" fill="{colour}">{name}</text>'


PARTS: Mapping[str, Callable[[Sequence[Path]], None]] = {"kernels": kernels, "services": services, "growth": growth}


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in PARTS:
        sys.exit(__doc__)
    paths = [Path(name) for name in sys.argv[2:]] or [ROOT / "examples" / "animal-clinic" / "service.md"]
    PARTS[sys.argv[1]](paths)


if __name__ == "__main__":
    main()
