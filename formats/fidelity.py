"""What a conversion lost: every term, where it stood, and what became of it.

Nothing is lost in silence: what a reader leaves behind, what a target has no room for and what
comes back different when the written document is read again, all of it is in the report.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel

from formats.en16931.comparison import is_empty
from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.hashing import group_terms, plain_value
from formats.en16931.naming import field_words

SHOWN = 200
"""Characters of a value that a report shows; of a longer one the beginning, its size and hash."""
_BEGINNING = 60


class Fate(StrEnum):
    """What became of a value: gone, there but different, or in a note (BT-22, BT-127)."""

    DROPPED = "dropped"
    APPROXIMATED = "approximated"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Loss:
    """One value that the result does not hold as the source did.

    Attributes:
        fate: What became of it.
        value: As text; long and binary values by size and sha256. None for what the source did
            not say and the target does.
        detail: What happened, in words.
        term: Id of the business term; None for what is none.
        name: The term in words, e.g. "Project reference".
        pointer: JSON pointer into the canonical invoice; None for what never got there.
        source: Where it stood: XPath with positions in XML, cell (`Lines!C7`, `C7`) in a
            spreadsheet, JSON pointer in JSON, name of the file in a PDF.
        line: Line of the source, from 1, where it has lines and they are known.
    """

    fate: Fate
    value: str | None
    detail: str
    term: str | None = None
    name: str | None = None
    pointer: str | None = None
    source: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class FidelityReport:
    """Everything a conversion lost."""

    losses: tuple[Loss, ...] = ()

    @property
    def lossless(self) -> bool:
        """True when the result says everything that the source said, each in its own term."""
        return not self.losses


class LossyConversionError(ValueError):
    """A strict conversion would lose something; nothing is returned.

    Attributes:
        report: What would be lost.
    """

    def __init__(self, report: FidelityReport) -> None:
        count = len(report.losses)
        first = report.losses[0]
        what = first.term or first.source or first.name
        super().__init__(
            f"{count} value{'s' * (count != 1)} would be lost, the first is {what}: {first.detail}"
        )
        self.report = report


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
        if term is None:
            return Slot(given or (), name, repeats=self.repeats)
        repeats = self.repeats or term.repeats
        return Slot(given or term.ids, name, term.parts, repeats)


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


def shown(value: object) -> str | None:
    """Return a value as a report shows it."""
    if value is None:
        return None
    if isinstance(value, BinaryObject):
        return f"{value.filename or 'file'} ({_digest(value.content, 'bytes')})"
    if isinstance(value, bytes):
        return f"({_digest(value, 'bytes')})"
    plain = plain_value(value)
    text = plain if isinstance(plain, str) else _flat(plain)
    if len(text) <= SHOWN:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f"{text[:_BEGINNING]}... ({len(text)} characters, sha256 {digest})"


def _digest(content: bytes, unit: str) -> str:
    return f"{len(content)} {unit}, sha256 {hashlib.sha256(content).hexdigest()}"


def _flat(value: object) -> str:
    """Return an identifier with its scheme as people write it."""
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values())
    return str(value)
