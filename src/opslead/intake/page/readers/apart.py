"""A document converted in a process of its own: it cannot take more time and memory than it is given, or write a file.

The process gets the bytes on its standard input and no variables of the environment. Where the operating system knows no
limits for a process (Windows), the time on the clock still holds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping

from opslead.errors import InputErrors, Place, Problem
from opslead.intake.page.readers.kinds import Kind
from opslead.intake.page.readers.limits import MAX_MEMORY, MAX_SECONDS, MAX_WAIT
from opslead.intake.page.readers.page import Converted

_MODULE = "opslead.intake.page.readers.convert"
_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_HINT = "save it again in the program that made it, or save the part that describes the service as text"


def convert_apart(
    kind: Kind, data: bytes, name: str, seconds: int = MAX_SECONDS, memory: int = MAX_MEMORY
) -> Converted:
    """The document as Markdown. `seconds` of processor time, `memory` in bytes of address space. Raises InputErrors."""
    command = [sys.executable, "-P", "-m", _MODULE, kind.value, name, str(seconds), str(memory)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=MAX_WAIT, env=_environment(), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise InputErrors.one(name, f"not read within {MAX_WAIT} seconds", _HINT) from error
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise InputErrors.one(name, f"the document cannot be read within {seconds} seconds and {memory:,} bytes", _HINT)
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:200]
        raise InputErrors.one(name, f"the document is damaged, or of a form that is not known: {why}", _HINT)
    answer = json.loads(done.stdout)
    if problems := answer.get("problems"):
        raise InputErrors(Problem(Place(*place), reason, hint) for place, reason, hint in problems)
    return Converted(answer["text"], tuple(answer["labels"]))


def _environment() -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1"}
