"""Starts the process that renders, and turns what it says into text or an error with its place."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from opslead.render.format import RenderError, Template
from opslead.spec.document import Specification
from opslead.spec.labels import AXES, FIELDS, HORIZONS, LEVELS, SECTIONS, SURFACES

SECONDS = 30
"""By the clock. The process itself gives up after 3 seconds of computing; this is for one that is kept waiting."""


def rendered(template: Template, spec: Specification) -> str:
    """The template with the specification. Raises RenderError with the template's line where it is wrong or goes beyond its bounds."""
    try:
        source = template.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RenderError(f"{template.name}: not UTF-8; save it as UTF-8") from None
    answer = _asked(template.name, json.dumps({"source": source, "data": data(spec)}).encode())
    if "error" in answer:
        line = f":{answer['line']}" if answer.get("line") else ""
        raise RenderError(f"{template.name}{line}: {answer['error']}")
    return str(answer["text"])


def data(spec: Specification) -> dict[str, object]:
    """`spec` as in specification.json, `lang`, and the contract's words in its language as `labels`."""
    lang = spec.language
    labels = {
        "sections": SECTIONS[lang],
        "fields": FIELDS[lang],
        "surfaces": {str(number): name for number, name in SURFACES[lang].items()},
        "horizons": HORIZONS[lang],
        "levels": LEVELS[lang],
        "axes": AXES[lang],
    }
    return {"spec": spec.model_dump(mode="json"), "lang": lang, "labels": labels}


def _asked(name: str, question: bytes) -> dict[str, object]:
    """The child sees neither the environment, where keys may be, nor the folder it was started in."""
    kept = {key: os.environ[key] for key in ("SYSTEMROOT", "LD_LIBRARY_PATH") if key in os.environ}
    paths = os.pathsep.join(path for path in sys.path if path)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-X", "utf8", "-m", "opslead.render.template.child"],
            input=question,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**kept, "PYTHONPATH": paths, "PYTHONHASHSEED": "0"},
        )
    except subprocess.TimeoutExpired:
        raise RenderError(f"{name}: not done after {SECONDS} s; make it simpler") from None
    try:
        answer: dict[str, object] = json.loads(done.stdout)
    except ValueError:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["stopped"]
        raise RenderError(f"{name}: went beyond its bounds of time and memory ({last[0][:200]})") from None
    return answer
