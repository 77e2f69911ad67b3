"""One walk of the model: its fields, their groups and terms."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from formats.en16931.extensions.parties import TradeAddress, TradeContact, TradeParty
from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.terms import Term

COMPOSITES = frozenset({SchemedIdentifier, BinaryObject, TradeAddress, TradeContact, TradeParty})
"""Composite data types: their parts have no term of their own."""

EXTENSIONS = "extensions"
_EXTENSION_MODULES = "formats.en16931.extensions."


@dataclass(frozen=True)
class ModelField:
    """A field of the model.

    Attributes:
        group: Terms of the fields on the way to it, outermost first.
    """

    name: str
    terms: tuple[Term, ...]
    annotation: Any
    group: tuple[Term, ...]
    pointer: str

    @property
    def repeats(self) -> bool:
        return get_origin(self.annotation) is tuple


def groups(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the groups in an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from groups(argument)


def fields(model: type[BaseModel], *, extensions: bool = False) -> Iterator[ModelField]:
    """Yield the fields of a group and of the groups in it: the norm's, or those of extensions."""
    yield from _fields(model, (), "", extensions=extensions, inside=False, seen=set())


def _fields(  # noqa: PLR0913 - where the walk is
    model: type[BaseModel],
    above: tuple[Term, ...],
    pointer: str,
    *,
    extensions: bool,
    inside: bool,
    seen: set[type[BaseModel]],
) -> Iterator[ModelField]:
    if model in seen:
        return  # in more places than one, or in itself
    seen.add(model)
    for name, info in model.model_fields.items():
        here = f"{pointer}/{name}"
        if name == EXTENSIONS:
            if extensions:
                for group in groups(info.annotation):
                    yield from _fields(group, above, here, extensions=True, inside=True, seen=seen)
            continue
        terms = tuple(item for item in info.metadata if isinstance(item, Term))
        if inside is extensions:
            yield ModelField(f"{model.__name__}.{name}", terms, info.annotation, above, here)
        place = f"{here}/0" if get_origin(info.annotation) is tuple else here
        for group in groups(info.annotation):
            elsewhere = inside and not group.__module__.startswith(_EXTENSION_MODULES)
            if group not in COMPOSITES and not elsewhere:
                yield from _fields(
                    group, (*above, *terms), place, extensions=extensions, inside=inside, seen=seen
                )
