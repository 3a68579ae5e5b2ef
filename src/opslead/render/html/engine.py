"""Templates to whole pages: everything inlined, everything escaped, and a policy in the page itself that forbids it any network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_PACKAGE = "opslead.render.html"
_NONE = "'none'"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _asset(name: str) -> str:
    """A stylesheet or script of this package. Only these are put into a page as they are."""
    return (resources.files(_PACKAGE) / "assets" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def page(template: str, style: str, script: str, values: Mapping[str, object]) -> bytes:
    """The template with its stylesheet and script (empty: none) inlined, as UTF-8. The page may use these two, by their hashes, and nothing else."""
    css = _asset(style)
    js = _asset(script) if script else ""
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(css)}",
            f"script-src {_hash(js) if js else _NONE}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    made = _environment().get_template(template).render(css=Markup(css), js=Markup(js), policy=policy, **values)
    return made.encode("utf-8", "replace")
