"""Whole-process times and peak memory of the commands people wait for.

    python benchmarks/speed.py [DOCUMENT…]

Each command runs once to warm up and then five times; the medians are printed. The 40,000-character document and the catalog of ten
times the patterns are made on the spot.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPSLEAD = str(Path(sys.executable).with_name("opslead"))
RUNS = 5


def measure(command: Sequence[str], environment: dict[str, str] | None = None) -> tuple[float, float]:
    """Median seconds and median peak megabytes of the whole process."""
    seconds, megabytes = [], []
    for run in range(RUNS + 1):
        started = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)} ended with {process.returncode}")
        if run:
            seconds.append(time.perf_counter() - started)
            megabytes.append(usage.ru_maxrss / 1024)
    return statistics.median(seconds), statistics.median(megabytes)


def report(name: str, command: Sequence[str], bound: str, environment: dict[str, str] | None = None) -> None:
    seconds, megabytes = measure(command, environment)
    print(f"{name:48} {seconds:6.2f} s {megabytes:6.0f} MB   (bound {bound})")


def long_document(characters: int) -> str:
    """The clinic example again and again, headings numbered, until it is long enough."""
    text = (ROOT / "examples" / "animal-clinic" / "service.md").read_text(encoding="utf-8")
    parts: list[str] = []
    while sum(map(len, parts)) < characters:
        parts.append(text.replace("\n## ", f"\n## {len(parts) + 1}. "))
    return "\n\n".join(parts)[:characters]


def tenfold_catalog(folder: Path) -> None:
    """Nine more copies of every pattern under other ids."""
    for path in sorted((ROOT / "src" / "opslead" / "data" / "patterns").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for copy in range(9):
            (folder / f"{path.stem}-{copy}.yaml").write_text(
                text.replace(f"id: {path.stem}\n", f"id: {path.stem}-{copy}\n", 1), encoding="utf-8"
            )


def main() -> None:
    documents = [Path(name) for name in sys.argv[1:]] or [ROOT / "examples" / "animal-clinic" / "service.md"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report("--help", [OPSLEAD, "--help"], "0.25 s")
        for document in documents:
            report(
                f"design {document.name}",
                [OPSLEAD, "design", str(document), "--out", f"{folder}/out", "--quiet"],
                "1.5 s, 200 MB",
            )
        for characters in (10_000, 20_000, 40_000):
            text = folder / f"{characters}.md"
            text.write_text(long_document(characters), encoding="utf-8")
            report(
                f"design, {characters:,} characters",
                [OPSLEAD, "design", str(text), "--out", f"{folder}/out", "--quiet"],
                "4 s at 40,000",
            )
        catalog = folder / "catalog"
        catalog.mkdir()
        tenfold_catalog(catalog)
        environment = {**os.environ, "XDG_CACHE_HOME": f"{folder}/cache"}
        imports = (
            "import gc; gc.disable(); from pathlib import Path; from opslead.knowledge.catalog import load_catalog"
        )
        base, _ = measure([sys.executable, "-c", imports], environment)
        whole, _ = measure([sys.executable, "-c", f"{imports}; load_catalog([Path({str(catalog)!r})])"], environment)
        print(f"{'loading ten times the catalog, imports aside':48} {whole - base:6.2f} s           (bound 0.3 s)")
        shutil.rmtree(catalog)


if __name__ == "__main__":
    main()
