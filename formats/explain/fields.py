"""Where a business term stands in the JSON: `/lines/*/item_net_price` for BT-146."""

import functools
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.leaves import group_terms
from formats.en16931.model import Invoice

_DEEPEST = 8
_VALUES = (SchemedIdentifier, BinaryObject)
"""Groups that are the value of one term."""


@functools.cache
def _places() -> Mapping[str, str]:
    places = dict[str, str]()
    for term, place in _walk(Invoice, "", 0):
        places.setdefault(term, place)
    return places


def place_of(term: str | None) -> str | None:
    """Return the place of a term in the canonical invoice, a star for every index.

    None for a term that the model has no place for.
    """
    return _places().get(term or "")


def places_in(invoice: Invoice, place: str) -> tuple[str, ...]:
    """Return the pointers of a place in an invoice: one for each that there is."""
    found: list[tuple[str, Any]] = [("", invoice)]
    steps = place.split("/")[1:]
    for step in steps:
        found = [
            (f"{pointer}/{index}", inner) if step == "*" else (f"{pointer}/{step}", inner)
            for pointer, value in found
            for index, inner in (
                enumerate(value)
                if step == "*" and isinstance(value, tuple)
                else [(0, getattr(value, step, None))]
            )
        ]
    return tuple(pointer for pointer, _ in found)


def _walk(group: type[BaseModel], place: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    terms = group_terms(group)
    for name, field in group.model_fields.items():
        if name == "extensions":
            continue
        inner, many = _inner(field.annotation)
        where = f"{place}/{name}"
        if (term := terms.get(name)) is not None:
            yield term.id, where
        if inner is not None:
            yield from _walk(inner, f"{where}/*" if many else where, depth + 1)


def _inner(annotation: object) -> tuple[type[BaseModel] | None, bool]:
    """Return the group that a field holds, and whether it holds several."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (None if issubclass(annotation, _VALUES) else annotation), False
    many = get_origin(annotation) is tuple
    for part in get_args(annotation):
        inner, several = _inner(part)
        if inner is not None:
            return inner, many or several
    return None, False
