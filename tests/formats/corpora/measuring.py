"""What a document and its rewritten form have in common, measured in every way there is."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from formats.en16931 import Invoice
from formats.en16931.comparison import differences
from formats.en16931.leaves import leaves_at
from formats.xml import parse
from tests.formats.corpora.content import Content, compare
from tests.formats.corpora.rewriting import rewritten, there_and_back
from tests.formats.corpora.schemas import invalid, invalid_to_all
from tests.official_documents import Document

SHARE = 5
"""Every fifth document does what takes long in a normal run, all do with `--full`."""


def share(documents: Iterable[Document], *, full: bool) -> tuple[Document, ...]:
    """Return the documents of this run: all, or the same fifth of every corpus each time."""
    return tuple(documents)[:: 1 if full else SHARE]


def model_differences(official: Path, document: Document) -> tuple[str, ...]:
    """Return pointers to what is read differently of what was written."""
    found = rewritten(official, document)
    if found.again == found.invoice:
        return ()
    return differences(found.invoice, found.again) or ("/",)


def schema_errors(official: Path, document: Document) -> tuple[str, ...]:
    """Return what schemas say against what was written."""
    found = rewritten(official, document)
    return invalid(official, parse(found.original), parse(found.written))


@cache
def content(official: Path, document: Document) -> Content:
    """Return what became of the leaves of a document."""
    found = rewritten(official, document)
    return compare(parse(found.original), parse(found.written), found.unread)


def lost_on_the_way(official: Path, document: Document) -> tuple[str, ...]:
    """Return pointers to terms of EN 16931 that the way through the other syntax loses.

    Not those it gains: an extension term may stand where the other syntax has a term.
    """
    invoice = rewritten(official, document).invoice
    crossing = there_and_back(invoice, document.syntax)
    start = _without_extensions(invoice)
    return tuple(
        dict.fromkeys(
            pointer
            for end in (crossing.crossed, crossing.home)
            for pointer in differences(start, _without_extensions(end))
            if any(leaves_at(start, pointer))
        )
    )


def schema_errors_on_the_way(official: Path, document: Document) -> tuple[str, ...]:
    """Return what schemas say against the documents on the way through the other syntax."""
    found = rewritten(official, document)
    crossing = there_and_back(found.invoice, document.syntax)
    there, back = parse(crossing.there), parse(crossing.back)
    return (*invalid_to_all(official, there), *invalid(official, parse(found.original), back))


def _without_extensions(invoice: Invoice) -> Invoice:
    """Return an invoice with nothing but terms of EN 16931."""
    bare = _bare(invoice)
    assert isinstance(bare, Invoice)
    return bare


def _bare(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_copy(update=dict(_bare_fields(value)))
    return tuple(map(_bare, value)) if isinstance(value, tuple) else value


def _bare_fields(group: BaseModel) -> Iterator[tuple[str, object]]:
    for name, value in group:
        yield name, None if name == "extensions" else _bare(value)
