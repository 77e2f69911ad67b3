"""An invoice as a flat list of what it says: one value for each business term."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from formats.en16931.comparison import is_empty
from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.naming import field_words
from formats.en16931.terms import Term


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value of the model that stands in one term.

    Attributes:
        pointer: JSON pointer into the canonical invoice.
        ids: Its ids in all dialects, the defining one first; none for what is no term.
        name: In words.
        value: Text, number, date, identifier or attached file.
        repeats: Whether it is a further occurrence of a term, which only an extension allows.
    """

    pointer: str
    ids: tuple[str, ...]
    name: str
    value: object
    repeats: bool = False

    @property
    def term(self) -> str | None:
        """The id to show."""
        return self.ids[0] if self.ids else None


@dataclass(frozen=True, slots=True)
class Slot:
    """What a field is called: the ids of its term, in words, and those of a shared group's parts.

    A party of an extension is one class in many places, and each place gives its fields their
    ids (`Term.parts`).
    """

    ids: tuple[str, ...] = ()
    name: str = ""
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    repeats: bool = False

    def inner(self, group: type[BaseModel], field: str) -> "Slot":
        """Return the slot of a field of the group that stands here."""
        term = group_terms(group).get(field)
        given = dict(self.parts).get(field)
        name = field_words(group, field)
        # An address or a contact inside a shared party: its parts are named with a dot.
        parts = tuple(
            (part.removeprefix(f"{field}."), ids)
            for part, ids in self.parts
            if part.startswith(f"{field}.")
        )
        if term is None:
            return Slot(given or (), name, parts, self.repeats)
        repeats = self.repeats or term.repeats
        return Slot(given or term.ids, name, term.parts or parts, repeats)


INVOICE = Slot(name="Invoice")


def leaves(value: object, pointer: str = "", slot: Slot = INVOICE) -> Iterator[Leaf]:
    """Yield everything that is said at a place of the model, one term each."""
    if is_empty(value):
        return
    if isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from leaves(entry, f"{pointer}/{index}", slot)
    elif isinstance(value, BaseModel) and not is_value(value):
        for field, inner in value:
            yield from leaves(inner, f"{pointer}/{field}", slot.inner(type(value), field))
    else:
        yield Leaf(pointer, slot.ids, slot.name, value, slot.repeats)


def leaves_at(invoice: BaseModel, pointer: str) -> Iterator[Leaf]:
    """Yield what is said at and below a place; nothing for a place that there is not."""
    value: object = invoice
    slot = INVOICE
    for step in pointer.split("/")[1:]:
        if isinstance(value, tuple):
            if not step.isdecimal() or int(step) >= len(value):
                return
            value = value[int(step)]
        elif isinstance(value, BaseModel) and step in type(value).model_fields:
            slot = slot.inner(type(value), step)
            value = getattr(value, step)
        else:
            return
    yield from leaves(value, pointer, slot)


def is_value(value: object) -> bool:
    """Tell whether a group is the value of one term: an identifier, an attached file."""
    return isinstance(value, SchemedIdentifier | BinaryObject)


@functools.cache
def group_terms(group: type[BaseModel]) -> dict[str, Term]:
    """Return the terms of a group's fields; a field without one is not in it."""
    return {
        name: entry
        for name, field in group.model_fields.items()
        for entry in field.metadata
        if isinstance(entry, Term)
    }
