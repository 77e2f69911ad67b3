"""Which terms a format has room for, where that is all but a few."""

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from formats.en16931.leaves import group_terms
from formats.en16931.model import Invoice


def all_but(homeless: frozenset[str]) -> frozenset[str]:
    """Return the ids of every term, those of extensions too, but for some."""
    found: set[str] = set()
    for group in _groups(Invoice, set()):
        for term in group_terms(group).values():
            found.update(f"{name}*" if term.repeats else name for name in term.ids)
            found.update(name for _, names in term.parts for name in names)
    return frozenset(found - homeless)


def _groups(group: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    if group in seen:
        return
    seen.add(group)
    yield group
    for field in group.model_fields.values():
        for inner in _inside(field.annotation):
            yield from _groups(inner, seen)


def _inside(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _inside(argument)
