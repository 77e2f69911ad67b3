"""What an authority has of somebody, asked page by page: a part of a wire that not all have.

A chain is compared with it (`gateway chain verify --ask`), and its successor begins behind it. An
adapter whose authority has such a query has `recorded`; one whose authority has none has not, and
the operator brings a file. Not every authority counts: where an entry has no place, the digest
that it names as its predecessor's says where it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from gateway.transmissions.adapter import Credential
from gateway.transmissions.errors import Unknown

MOST_ENTRIES = 100_000
"""Of one question, all its pages together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record as the authority has it.

    Attributes:
        digest: As its successor names it.
        sequence: Its place; None where the authority does not count.
        previous: The digest that it names; None where the authority does not say.
        number: Of the document; empty where the authority does not say.
        registration: What the authority calls it; empty likewise.
    """

    digest: str
    sequence: int | None = None
    previous: str | None = None
    number: str = ""
    registration: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, in the authority's order.

    Attributes:
        entries: What it has.
        following: Where it goes on, in the authority's words; None at the end.
    """

    entries: tuple[Entry, ...]
    following: str | None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose entries are asked for.

    Attributes:
        record: A record of his, whose bytes name him as the scheme does, and when it was made.
        credential: Who asks, where the route names one.
    """

    record: bytes
    credential: Credential | None


@runtime_checkable
class Bookkeeping(Protocol):
    """A wire whose authority tells what it has."""

    def recorded(self, owner: Owner, following: str | None) -> Page:
        """Ask for one page, the first or that which a page before named.

        Raises:
            Retry: Nothing was asked, or not now.
            Unknown: The answer proves nothing.
        """
        ...


def entries(books: Bookkeeping, owner: Owner, most: int = MOST_ENTRIES) -> Iterator[Entry]:
    """Ask for all that an authority has of somebody, oldest first; at most so much.

    Raises:
        Retry, Unknown: As `recorded`; or the authority never comes to an end (`endless`).
    """
    following, count = None, 0
    asked: set[str] = set()
    while True:
        page = books.recorded(owner, following)
        count += len(page.entries)
        if count > most:
            raise Unknown("endless", f"the authority has more than {most} records")
        yield from page.entries
        following = page.following
        if following is None:
            return
        if following in asked or not page.entries:
            raise Unknown("endless", "the authority's pages do not come to an end")
        asked.add(following)
