"""What a template may do: walk plain data, loop, choose, and use filters. Runs in the child process.

The specification comes as dictionaries, lists, texts and numbers. Nothing but these and Jinja's own loop helpers is reachable, so there is no
method to call that could lead anywhere; text is escaped for Markdown unless a template says `|raw`.
"""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import StrictUndefined
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup

from opslead.render.escape import cell, escape
from opslead.text import josa

_HELPERS = (LoopContext, Macro, Cycler, Joiner, Namespace)
_FILTERS = (
    "abs", "batch", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items", "join", "last",
    "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr",
    "slice", "sort", "string", "sum", "title", "trim", "truncate", "unique", "upper",
)  # fmt: skip
"""No filter that opens, formats by a format string, makes long text out of short, or draws lots."""
_GLOBALS = ("cycler", "joiner", "namespace", "range")

Data = Mapping[str, object]


class _Environment(ImmutableSandboxedEnvironment):
    """Dots and brackets find keys of dictionaries and places of lists; attributes only of Jinja's own helpers."""

    intercepted_binops = frozenset({"*", "**", "%", "//", "/", "+", "-"})

    def getattr(self, obj: object, attribute: str) -> object:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, _HELPERS):
            return super().getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: object, argument: object) -> object:
        if isinstance(obj, Mapping):
            return obj[argument] if argument in obj else self.undefined(obj=obj, name=str(argument))
        if isinstance(obj, list | tuple | str) and isinstance(argument, int | slice):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined(obj=obj, name=str(argument))
        return self.getattr(obj, argument) if isinstance(argument, str) else self.undefined(obj=obj, name=str(argument))

    def is_safe_callable(self, obj: object) -> bool:
        return isinstance(obj, _HELPERS) or obj in [self.globals[name] for name in _GLOBALS] or _of_helper(obj)

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        numbers = all(isinstance(one, int | float) for one in (left, right))
        if operator == "**" or (operator != "+" and not numbers):
            raise ValueError(f"{operator} is for numbers, and there are no powers")
        return super().call_binop(context, operator, left, right)


def _of_helper(obj: object) -> bool:
    return isinstance(getattr(obj, "__self__", None), _HELPERS)


def _shown(value: object) -> object:
    """A text as Markdown that shows exactly that; what is marked raw or came out of a macro as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return Markup(escape(value))
    return Markup(value) if isinstance(value, int | float | Markup) else value


def environment() -> _Environment:
    """Without a loader, so that nothing is included or imported."""
    made = _Environment(
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters = {name: made.filters[name] for name in _FILTERS}
    made.filters |= {
        "raw": lambda text: Markup(str(text)),
        "cell": lambda text: Markup(cell(str(text))),
        "josa": lambda word, pair: josa(str(word), pair),
    }
    made.globals = {name: made.globals[name] for name in _GLOBALS}
    return made


def render(source: str, data: Data) -> str:
    """The template with the data in it. Raises jinja2.TemplateError, and whatever its own sums raise."""
    return environment().from_string(source).render(data)
