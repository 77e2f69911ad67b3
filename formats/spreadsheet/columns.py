"""The columns a spreadsheet may have: every term of EN 16931, under several names.

A heading is our field name with its groups (`buyer.postal_address.city`, `lines.item_name`; what
repeats takes a number, `notes.2.note`), the id of the term (`BT-52`), or a name in words ("Buyer
city"). Case, dots and underscores make no difference.
"""

import datetime
import functools
import re
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.hashing import NORMS_OWN
from formats.en16931.leaves import group_terms
from formats.en16931.naming import field_words
from formats.json.document import DocumentWithSeller
from formats.spreadsheet.words import WORDS

LINES = "lines"
_PERCENTAGES = {"percentage", "rate", "vat_rate", "category_rate"}
_LEFT_OUT = {"extensions", "series", "profile", "metadata"}
"""Fields of the body that no column fills."""


class Form(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is known.

    Attributes:
        path: Names and, after a name that repeats, the place from 0: `("notes", 0, "note")`. A
            line's own path begins after `lines`.
        form: What its cells hold.
        of_line: Whether each row has its own.
        term: Id of the business term.
        words: The term in words.
    """

    path: tuple[str | int, ...]
    form: Form
    of_line: bool
    term: str | None
    words: str

    @property
    def name(self) -> str:
        """Its first name, as the documentation lists it."""
        steps = (str(step + 1) if isinstance(step, int) else step for step in self.path)
        return ".".join([LINES, *steps] if self.of_line else steps)

    def numbered(self, number: int) -> "Column | None":
        """Return the same term in another of its innermost groups, counted from 1."""
        for index in range(len(self.path) - 1, -1, -1):
            if isinstance(self.path[index], int):
                path = (*self.path[:index], number - 1, *self.path[index + 1 :])
                return replace(self, path=path)
        return None


NUMBER = "number"
"""The column that tells which rows belong to one invoice."""

MOST_REPEATED = 100
"""The highest number in a heading."""


def column_of(heading: str) -> Column | None:
    """Return the column that a heading means, None for one that is not known."""
    key = _key(heading)
    known = _by_key()
    if key in known:
        return known[key]
    steps = heading.strip().split(".")
    numbers = [index for index, step in enumerate(steps) if step.isdecimal()]
    if numbers:  # notes.2.note
        return _numbered_path(steps, numbers)
    words, _, last = key.rpartition(" ")
    if last.isdecimal() and 1 <= int(last) <= MOST_REPEATED and words in known:  # Note 2
        return known[words].numbered(int(last))
    return None


def _numbered_path(steps: list[str], numbers: list[int]) -> Column | None:
    plain = [step for index, step in enumerate(steps) if index not in numbers]
    column = _by_key().get(_key(".".join(plain)))
    if column is None or any(not 1 <= int(steps[at]) <= MOST_REPEATED for at in numbers):
        return None
    given = [int(steps[at]) - 1 for at in numbers]
    places = [at for at, step in enumerate(column.path) if isinstance(step, int)]
    if len(given) != len(places):
        return None
    path = list(column.path)
    for at, number in zip(places, given, strict=True):
        path[at] = number
    return replace(column, path=tuple(path))


def known_headings(row: Iterable[str]) -> int:
    """Return how many cells of a row name a column."""
    return sum(1 for heading in row if heading.strip() and column_of(heading) is not None)


def similar(heading: str) -> str | None:
    """Return the known heading that is most like an unknown one."""
    found = get_close_matches(_key(heading), _by_key(), 1, 0.75)
    return found[0] if found else None


@functools.cache
def columns() -> tuple[Column, ...]:
    """Return every column there is, in the order of the model; the lines' come last."""
    every = tuple(_columns(DocumentWithSeller, (), of_line=False))
    return tuple(sorted(every, key=lambda column: column.of_line))


def _columns(
    group: type[BaseModel], path: tuple[str | int, ...], *, of_line: bool
) -> Iterator[Column]:
    terms = group_terms(group)
    for name, field in group.model_fields.items():
        if name in _LEFT_OUT:
            continue
        inner, several = _inner(field.annotation)
        term = terms[name].id if name in terms else None
        if name == LINES and not path and not of_line:
            yield from _columns(inner, (), of_line=True)
            continue
        here = (*path, name, 0) if several else (*path, name)
        words = field_words(group, name)
        if inner is SchemedIdentifier:
            yield Column((*here, "value"), Form.TEXT, of_line, term, words)
            scheme = (*here, "scheme_identifier")
            yield Column(scheme, Form.TEXT, of_line, None, f"{words} scheme")
        elif isinstance(inner, type) and issubclass(inner, BinaryObject):
            continue
        elif isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _columns(inner, here, of_line=of_line)
        else:
            yield Column(here, _form(inner, name), of_line, term, words)


def _inner(annotation: Any) -> tuple[Any, bool]:  # noqa: ANN401 - annotations have no type
    """Return what an annotation is at heart, and whether it repeats."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _inner(args[0])
    if origin in {Union, types.UnionType}:
        return _inner(next(arg for arg in args if arg is not type(None)))
    if origin is tuple:
        return _inner(args[0])[0], True
    return annotation, False


def _form(kind: object, name: str) -> Form:
    if kind is Decimal:
        return Form.PERCENTAGE if name in _PERCENTAGES else Form.NUMBER
    return Form.DATE if kind is datetime.date else Form.TEXT


def _key(heading: str) -> str:
    """Return a heading without case and punctuation."""
    words = heading.casefold().replace("%", " percent ")
    return " ".join(re.sub(r"[\W_]+", " ", words).split())


@functools.cache
def _by_key() -> Mapping[str, Column]:
    """Return every name of every column. Names in words never hide a field's own name."""
    known: dict[str, Column] = {}
    every = {column.name: column for column in columns()}
    for column in columns():
        bare = ".".join(
            [LINES, *(s for s in column.path if isinstance(s, str))]
            if column.of_line
            else (s for s in column.path if isinstance(s, str))
        )
        value = bare.removesuffix(".value")
        for name in (column.name, bare, value):
            known.setdefault(_key(name), column)
        scheme = bare.removesuffix("_identifier")
        if bare.endswith(".scheme_identifier"):
            known.setdefault(_key(scheme), column)
    for column in columns():
        if column.term and NORMS_OWN.fullmatch(column.term):
            known.setdefault(_key(column.term), column)
            known.setdefault(column.term.casefold().replace("-", ""), column)
    for words, name in WORDS.items():
        known.setdefault(_key(words), every[name])
    for column in columns():
        known.setdefault(_key(column.words), column)
    return known
