"""Jinja templates of strangers: a small part of the language, with limits on all it can do. Pure.

What a template may say is a list (`grammar`), not what it may not: text, `{{ value }}`,
`{% if %}`, `{% for %}` over what it is given, comparisons, and some filters. There is no
arithmetic, no call, no assignment, no macro and no import, so nothing grows; rounds, output and
time are counted (`limits`). Members are looked up in mappings only, so no Python object is ever
reached; the sandbox stands behind that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import ChainableUndefined, TemplateSyntaxError
from jinja2.runtime import Undefined
from jinja2.sandbox import SandboxedEnvironment
from typing_extensions import override

from gateway.templates.grammar import EACH, FILTERS, Walk
from gateway.templates.limits import Budget, TemplateRefusedError, counted

__all__ = ["PLAIN", "Formats", "TemplateRefusedError", "checked", "render"]

MAX_SOURCE = 50_000
"""Characters of a template."""

_LOOP = ("first", "index", "index0", "last", "length")


Format = Callable[[object], str]


def _as_it_is(value: object) -> str:
    return "" if value is None or isinstance(value, Undefined) else str(value)


@dataclass(frozen=True, slots=True)
class Formats:
    """How the filters `money` and `date` write.

    Attributes:
        money: Writes an amount.
        date: Writes a day.
    """

    money: Format = _as_it_is
    date: Format = _as_it_is


PLAIN = Formats()


def checked(text: str, known: frozenset[str] | None = None) -> None:
    """Make sure that a template can be rendered.

    Args:
        text: The template.
        known: Names it may ask for; None for any.

    Raises:
        TemplateRefusedError: It is too long, no template, or says more than it may.
    """
    _compiled(text, html=False, formats=PLAIN, budget=Budget(), known=known)


def render(
    text: str,
    variables: Mapping[str, Any],
    *,
    html: bool = False,
    formats: Formats = PLAIN,
) -> str:
    """Return what a template says.

    What a template asks for and `variables` do not have is empty.

    Args:
        text: The template.
        variables: JSON: mappings, lists, texts, numbers, booleans and None.
        html: Escape values for HTML; texts of the template itself stay as they are.
        formats: See `Formats`.

    Raises:
        TemplateRefusedError: See `checked`; or it loops or says too much.
    """
    budget = Budget()
    code, environment = _compiled(text, html=html, formats=formats, budget=budget, known=None)
    template = environment.template_class.from_code(environment, code, {})
    parts: list[str] = []
    try:
        for part in template.generate(counted(dict(variables), budget)):
            budget.say(part)
            parts.append(part)
    except TemplateRefusedError:
        raise
    except Exception as error:
        raise TemplateRefusedError(f"cannot be rendered: {error}") from error
    return "".join(parts)


class _Environment(SandboxedEnvironment):
    """Looks members up in mappings, lists and the loop, and nowhere else."""

    @override
    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(name=attribute)
        if attribute in _LOOP and type(obj).__name__ == "LoopContext":
            return getattr(obj, attribute)
        return self.undefined(name=attribute)

    @override
    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Mapping):
            return obj[argument] if argument in obj else self.undefined(name=str(argument))
        if isinstance(obj, list) and isinstance(argument, int):
            within = -len(obj) <= argument < len(obj)
            return obj[argument] if within else self.undefined(name=str(argument))
        return self.undefined(name=str(argument))


def _compiled(
    text: str, *, html: bool, formats: Formats, budget: Budget, known: frozenset[str] | None
) -> tuple[Any, _Environment]:
    if len(text) > MAX_SOURCE:
        raise TemplateRefusedError(f"has more than {MAX_SOURCE} characters")
    environment = _Environment(
        autoescape=html,
        undefined=ChainableUndefined,
        finalize=_shown,
        keep_trailing_newline=True,
    )
    environment.globals.clear()
    own = {name: environment.filters[name] for name in FILTERS if name in environment.filters}
    written = {"money": formats.money, "date": formats.date, EACH: budget.each}
    environment.filters = {**own, **written}
    try:
        tree = environment.parse(text)
        Walk(known).check(tree)
        return environment.compile(tree), environment
    except TemplateSyntaxError as error:
        raise TemplateRefusedError(str(error.message), error.lineno) from None
    except RecursionError:
        raise TemplateRefusedError("is nested too deeply") from None
    except ValueError as error:  # a number of more digits than Python reads
        if isinstance(error, TemplateRefusedError):
            raise
        raise TemplateRefusedError(f"cannot be read: {error}") from None


def _shown(value: object) -> object:
    """Let None, lists and mappings print as nothing, and booleans as they are in JSON."""
    if value is None or isinstance(value, list | Mapping) or type(value).__name__ == "LoopContext":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
