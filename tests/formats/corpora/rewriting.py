"""A document read, and written again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from formats import cii, ubl
from formats.binding import Trace
from formats.en16931 import Invoice
from tests.official_documents import Document


@dataclass(frozen=True, slots=True)
class Codec:
    """How one syntax is read and written."""

    read: Callable[[bytes, Trace | None], Invoice]
    write: Callable[[Invoice], bytes]


CODECS: Mapping[str, Codec] = {
    "ubl": Codec(ubl.read, ubl.write),
    "cii": Codec(cii.read, cii.write),
}
OTHER = {"ubl": "cii", "cii": "ubl"}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What became of a document.

    Attributes:
        original: Its bytes.
        invoice: What was read.
        unread: XPaths to what was not.
        written: What was written of the invoice, in the syntax of the original.
        again: What was read of that.
    """

    original: bytes
    invoice: Invoice
    unread: tuple[str, ...]
    written: bytes
    again: Invoice


@cache
def rewritten(official: Path, document: Document) -> Rewritten:
    """Read a document, write it, and read that."""
    codec = CODECS[document.syntax]
    original = document.content(official)
    trace = Trace()
    invoice = codec.read(original, trace)
    written = codec.write(invoice)
    return Rewritten(
        original=original,
        invoice=invoice,
        unread=tuple(entry.path for entry in trace.unread),
        written=written,
        again=codec.read(written, None),
    )


@dataclass(frozen=True, slots=True)
class Crossing:
    """What became of an invoice in the other syntax, and back in its own.

    Attributes:
        there: The document of the other syntax.
        crossed: What was read of it.
        back: The document of the first syntax, written of that.
        home: What was read of that.
    """

    there: bytes
    crossed: Invoice
    back: bytes
    home: Invoice


def there_and_back(invoice: Invoice, syntax: str) -> Crossing:
    """Take an invoice through the other syntax and back."""
    other, own = CODECS[OTHER[syntax]], CODECS[syntax]
    there = other.write(invoice)
    crossed = other.read(there, None)
    back = own.write(crossed)
    return Crossing(there, crossed, back, own.read(back, None))
