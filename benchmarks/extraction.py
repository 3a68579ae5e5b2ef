"""How much of a folder of service descriptions the reading part understands, held against what a careful reader found.

    python benchmarks/extraction.py [FOLDER] [--keys keys.yaml] [--misses] [--extras] [--control]

FOLDER holds `<id>.md` for the entries of the keys file (a list with id, lang, actors, partners, resources,
states_mentioned, facts). Printed: for each document and overall the keys found of all, entities of the model that answer no
key (`extra`), and passages read but not understood (`unread`). How a key counts as found is said in `judging.py`.
Ends with 2 when folder or keys cannot be read, else 0.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from amounts import quantities
from judging import Entry, Tally, entries, fact_found, judge_facts, judge_names, judge_states
from opslead.errors import OpsleadError
from opslead.intake.extract import extract
from opslead.intake.page.readers import read_source
from opslead.model.document import ServiceText

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "inputs"
CATEGORIES = ("actors", "partners", "resources", "states", "facts")


class UnusableError(Exception):
    """The folder or the keys cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Key:
    """What a careful reader found in one document."""

    id: str
    actors: tuple[str, ...]
    partners: tuple[str, ...]
    resources: tuple[str, ...]
    states: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """The judgement on one document."""

    id: str
    tallies: dict[str, Tally]
    model: tuple[Entry, ...]
    unread: int
    seconds: float


def load_keys(path: Path) -> tuple[Key, ...]:
    """The entries of a keys file, in their order. Raises UnusableError when it is missing or of another form."""
    try:
        loaded: object = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnusableError(f"{path}: no such file; name the keys with --keys") from None
    except yaml.YAMLError as error:
        raise UnusableError(f"{path}: not YAML: {error}") from None
    if not isinstance(loaded, list) or not all(isinstance(entry, dict) and "id" in entry for entry in loaded):
        raise UnusableError(f"{path}: not a list of entries with an id")

    def names(entry: dict[str, object], field: str) -> tuple[str, ...]:
        listed = entry.get(field) or []
        if not isinstance(listed, list):
            raise UnusableError(f"{path}: {field} of {entry['id']} is not a list")
        return tuple(str(name) for name in listed)

    return tuple(
        Key(
            str(entry["id"]),
            names(entry, "actors"),
            names(entry, "partners"),
            names(entry, "resources"),
            names(entry, "states_mentioned"),
            names(entry, "facts"),
        )
        for entry in loaded
    )


def judge(key: Key, service: ServiceText, seconds: float = 0.0) -> Reading:
    """One model against its key."""
    model = entries(service)
    tallies = {
        "actors": judge_names(key.actors, [actor.name for actor in service.actors]),
        "partners": judge_names(
            key.partners, [p.name for p in service.partners] + [c.name for c in service.channels], proper=True
        ),
        "resources": judge_names(key.resources, [resource.name for resource in service.resources]),
        "states": judge_states(key.states, [state.name for state in service.states]),
        "facts": judge_facts(key.facts, model),
    }
    partners = {partner.name for partner in service.partners}
    found = tallies["partners"]
    tallies["partners"] = Tally(found.found, found.missed, tuple(name for name in found.extra if name in partners))
    return Reading(key.id, tallies, model, len(service.unread), seconds)


def read(folder: Path, keys: Sequence[Key]) -> list[Reading]:
    """All documents of the keys that lie in the folder."""
    if not folder.is_dir():
        raise UnusableError(f"{folder}: no such folder; name the folder with the documents as the first argument")
    missing = [key.id for key in keys if not (folder / f"{key.id}.md").is_file()]
    if missing:
        raise UnusableError(f"{folder}: no {missing[0]}.md (and {len(missing) - 1} more missing); are these its keys?")
    readings = []
    for key in keys:
        source = read_source(str(folder / f"{key.id}.md"))
        start = time.perf_counter()
        service = extract([source])
        readings.append(judge(key, service, time.perf_counter() - start))
    return readings


def control(keys: Sequence[Key], readings: Sequence[Reading]) -> tuple[tuple[int, int], tuple[int, int]]:
    """What the judge would let pass by accident: facts found of all tried, where nothing should be found.

    First every fact against the models of the other documents, then every fact with its numbers altered against its own.
    """
    other = [fact_found(fact, r.model) for key in keys for r in readings if r.id != key.id for fact in key.facts]
    models = {reading.id: reading.model for reading in readings}
    altered = [fact_found(altered_numbers(f), models[key.id]) for key in keys for f in key.facts if quantities(f)]
    return (sum(other), len(other)), (sum(altered), len(altered))


def altered_numbers(fact: str) -> str:
    """The same words with other numbers: 24 becomes 79, which no service says by chance."""
    return re.sub(r"\d+(?:,\d{3})*", lambda m: str(int(m.group().replace(",", "")) * 3 + 7), fact)


def report(readings: Sequence[Reading]) -> list[str]:
    """The table: found/all for each category, extra entities, unread passages, seconds."""
    lines = [
        f"{'document':32}"
        + "".join(f"{name:>12}" for name in CATEGORIES)
        + f"{'extra a/p/r/s':>16}{'unread':>8}{'s':>7}"
    ]
    for reading in readings:
        row = "".join(f"{_share(reading.tallies[name]):>12}" for name in CATEGORIES)
        extra = "/".join(str(len(reading.tallies[name].extra)) for name in CATEGORIES[:4])
        lines.append(f"{reading.id[:31]:32}{row}{extra:>16}{reading.unread:>8}{reading.seconds:>7.2f}")
    total = {name: _sum([reading.tallies[name] for reading in readings]) for name in CATEGORIES}
    row = "".join(f"{_share(total[name]):>12}" for name in CATEGORIES)
    extra = "/".join(str(len(total[name].extra)) for name in CATEGORIES[:4])
    seconds = sum(reading.seconds for reading in readings)
    lines.append(f"{'overall':32}{row}{extra:>16}{sum(r.unread for r in readings):>8}{seconds:>7.2f}")
    lines.append(f"{'':32}" + "".join(f"{_percent(total[name]):>12}" for name in CATEGORIES))
    people = _sum([total["actors"], total["partners"]])
    lines.append(f"actors and partners together: {_share(people)} {_percent(people)}")
    return lines


def _sum(tallies: Sequence[Tally]) -> Tally:
    return Tally(
        tuple(name for tally in tallies for name in tally.found),
        tuple(name for tally in tallies for name in tally.missed),
        tuple(name for tally in tallies for name in tally.extra),
    )


def _share(tally: Tally) -> str:
    return f"{len(tally.found)}/{len(tally.found) + len(tally.missed)}"


def _percent(tally: Tally) -> str:
    wanted = len(tally.found) + len(tally.missed)
    return f"{100 * len(tally.found) / wanted:.0f}%" if wanted else "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="recall of the reading part over a folder of documents with keys")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--keys", type=Path, help="default: keys.yaml in the folder")
    parser.add_argument("--misses", action="store_true", help="list what was missed")
    parser.add_argument("--extras", action="store_true", help="list entities that answer no key")
    parser.add_argument("--control", action="store_true", help="facts that should not be found")
    options = parser.parse_args(arguments)
    try:
        if not options.folder.is_dir():
            raise UnusableError(f"{options.folder}: no such folder; name the folder with the documents")
        keys = load_keys(options.keys or options.folder / "keys.yaml")
        readings = read(options.folder, keys)
    except (UnusableError, OpsleadError) as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(report(readings)))
    for reading in readings:
        for name in CATEGORIES:
            tally = reading.tallies[name]
            if options.misses and tally.missed:
                print(f"\n{reading.id}: {name} missed", *tally.missed, sep="\n  - ")
            if options.extras and tally.extra:
                print(f"\n{reading.id}: {name} beyond the key", *tally.extra, sep="\n  + ")
    if options.control:
        (others, pairs), (altered, facts) = control(keys, readings)
        print(f"\ncontrol: {others} of {pairs} facts found in models of other documents")
        print(f"control: {altered} of {facts} facts found in their own model with their numbers altered")
    return 0


if __name__ == "__main__":
    sys.exit(main())
