"""The process that renders one template: reads it and its data, gives up every right it does not need, renders, writes."""

from __future__ import annotations

import contextlib
import json
import sys
import traceback

SECONDS = 3
"""Of computing. The longest template of ours takes a twentieth of a second."""
MEMORY = 512 * 1024 * 1024
MOST = 10_000_000
"""Characters that come out."""
_REFUSED = ("open", "os.", "socket.", "subprocess.", "ctypes.", "shutil.", "winreg.")
"""Audit events of the interpreter that a template has no business with. No file opens, so no module is loaded any more."""


def _bounded() -> None:
    """Limits that the system keeps, where it has them: time, memory, no file, no process."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows; the parent's clock and the refusals below stand
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _refuse(event: str, _: object) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"a template may not do this: {event}")


def _line(error: Exception) -> int:
    """The template's line that the error came from, 0 where it is none's."""
    frames = [
        number for frame, number in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == "<template>"
    ]
    return frames[-1] if frames else 0


def main() -> None:
    """Standard input: JSON with `source` and `data`. Standard output: JSON with `text`, or with `error` and `line`."""
    from jinja2 import TemplateSyntaxError, UndefinedError

    from opslead.render.template.sandbox import render

    asked = json.load(sys.stdin)
    with contextlib.suppress(UndefinedError):  # once through, so that all that Jinja loads late is there
        render("{% macro m(x) %}{{ x }}{% endmacro %}{% for x in [1] %}{{ m(x)|join('-') }}{{ y.z }}{% endfor %}", {})
    _bounded()
    sys.addaudithook(_refuse)
    answer: dict[str, object]
    try:
        text = render(asked["source"], asked["data"])
        answer = {"text": text} if len(text) <= MOST else {"error": f"more than {MOST:,} characters come out"}
    except TemplateSyntaxError as error:
        answer = {"error": error.message or "syntax error", "line": error.lineno}
    except MemoryError:
        answer = {"error": f"takes more than {MEMORY // 1024 // 1024} MB"}
    except Exception as error:  # noqa: BLE001 - whatever a template does wrong is told to its author
        answer = {"error": f"{type(error).__name__}: {error}"[:500], "line": _line(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
