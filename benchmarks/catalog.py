"""What a catalog ten times as large costs a design.

    python benchmarks/catalog.py SERVICE.md [--times 10] [--runs 5]

Copies of the built-in knowledge stand in a folder of one's own: packs with other words, as packs of other domains would have, and
general patterns under other ids, whose matchers are tried on the service like the real ones but ask for one thing more
that the service does not have. Prints the median seconds of `design` without the search, index built, for the catalog as it is,
with the packs times ten, and with everything times ten.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

from opslead.knowledge.catalog import HEAD, built_in

_NOWHERE = "  - mention: {any: [test_data], saying: [no such words]}\n"
_RUN = "import gc; gc.disable(); from opslead.pipeline import *; from opslead.knowledge.catalog import load_catalog; from opslead.intake.page.readers import read_source; import sys, pathlib; folders = tuple(map(pathlib.Path, sys.argv[2:])); import opslead.pipeline as p; p._catalog = lambda options: load_catalog(options.packs); design(Sources([read_source(sys.argv[1])]), Options(search=False, packs=folders))"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("service", type=Path)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        packs, general = Path(folder) / "packs", Path(folder) / "general"
        for copy in range(1, arguments.times):
            _copy_packs(packs, copy)
            _copy_general(general, copy)
        print("catalog\tpatterns\tseconds")
        for name, own in (("as it is", ()), ("packs", (packs,)), ("everything", (packs, general))):
            files = [p for root in (built_in() / "patterns", built_in() / "packs", *own) for p in root.rglob("*.yaml")]
            patterns = sum(path.name != HEAD for path in files)
            print(f"{name}\t{patterns}\t{_seconds(arguments.service, own, arguments.runs):.2f}")


def _copy_packs(target: Path, copy: int) -> None:
    for head in (built_in() / "packs").glob(f"*/{HEAD}"):
        name = head.parent.name
        home = target / f"{name}-{copy}"
        home.mkdir(parents=True)
        for path in head.parent.glob("*.yaml"):
            text = path.read_text(encoding="utf-8").replace(f"{name}.", f"{name}-{copy}.")
            text = re.sub(rf"(?m)^id: {name}$", f"id: {name}-{copy}", text)
            if path.name == HEAD:
                text = _other_words(text, copy)
            ident = path.stem if path.name == HEAD else f"{path.stem}-c{copy}"
            (home / f"{ident}.yaml").write_text(_renamed(text, path.stem, ident), encoding="utf-8")


def _other_words(head: str, copy: int) -> str:
    """The pack's head with words that no description holds."""
    pack = yaml.safe_load(head)
    for words in pack["concepts"].values():
        words["ko"] = [f"{word}쀍{copy}" for word in words["ko"]]
        words["en"] = [f"{word} qz{copy}" for word in words["en"]]
    text: str = yaml.safe_dump(pack, allow_unicode=True, sort_keys=False)
    return text


def _copy_general(target: Path, copy: int) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for path in (built_in() / "patterns").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if "\nwhen:\n" in text:
            ident = f"{path.stem}-c{copy}"
            text = re.sub(r"(?m)^finding: .*\n|^yields_to: .*\n", "", text)
            lines = re.sub(r"(?ms)(^when:\n.*?)(?=^\w)", lambda m: m[1] + _NOWHERE, text, count=1)
            (target / f"{ident}.yaml").write_text(_renamed(lines, path.stem, ident), encoding="utf-8")


def _renamed(text: str, stem: str, ident: str) -> str:
    return re.sub(rf"(?m)^id: {re.escape(stem)}$", f"id: {ident}", text)


def _seconds(service: Path, own: tuple[Path, ...], runs: int) -> float:
    command = [sys.executable, "-c", _RUN, str(service), *map(str, own)]
    subprocess.run(command, check=True)  # the index is built once
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run(command, check=True)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
