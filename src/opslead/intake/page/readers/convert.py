"""The process that `apart` starts: one document from the standard input, its Markdown or its problems to the standard output."""

from __future__ import annotations

import importlib
import json
import sys

from opslead.errors import InputErrors
from opslead.intake.page.readers.kinds import Kind
from opslead.intake.page.readers.limits import LIMITS, Limits
from opslead.intake.page.readers.page import Converted


def convert(kind: Kind, data: bytes, name: str, limits: Limits = LIMITS) -> Converted:
    """The document as Markdown, in this process. Raises InputErrors."""
    module = importlib.import_module(f"opslead.intake.page.readers.formats.{kind.value}")
    made: Converted = module.read(data, name, limits)
    return made


def _limit(seconds: int, memory: int) -> None:
    """No more time and memory than that, and no byte into any file."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # refuses limits of the address space
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def main() -> None:
    """Arguments: kind, name, seconds, bytes."""
    kind, name, seconds, memory = sys.argv[1:5]
    _limit(int(seconds), int(memory))
    try:
        made = convert(Kind(kind), sys.stdin.buffer.read(), name)
        answer: dict[str, object] = {"text": made.text, "labels": made.labels}
    except InputErrors as error:
        answer = {
            "problems": [
                ((p.place.source, p.place.line, p.place.column, p.place.label), p.reason, p.hint)
                for p in error.problems
            ]
        }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
