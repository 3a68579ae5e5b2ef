"""The program as a user runs it, inside this process: a start of Python for every command would cost most of the tests' time."""

import contextlib
import gc
import io
import sys
from dataclasses import dataclass
from unittest import mock

from opslead.cli import main


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: bytes
    stderr: bytes


def opslead(*arguments, stdin=b"", cwd=None):
    """Exit code and streams of `opslead ARGUMENTS…`. What is no exit is raised, as it would be a traceback."""
    into, out, err = io.BytesIO(stdin), io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(stream, encoding="utf-8", write_through=True) for stream in (into, out, err)]
    names = dict(zip(("stdin", "stdout", "stderr"), streams, strict=True), argv=["opslead", *map(str, arguments)])
    code = 0
    try:
        with mock.patch.multiple(sys, **names), contextlib.chdir(cwd or "."):
            main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        gc.enable()  # which a command, being short, does without
    return Done(code, out.getvalue(), err.getvalue())
