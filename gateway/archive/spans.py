"""What shows that a bundle of a period leaves out no document of it: the entity's other leaves.

All leaves of the entity's log from before the period on, up to the head of the bundle: those whose
files are in the bundle by their hash, all others whole. Whoever folds them gets the root of the
entity's checkpoint, so none is left out; and each that is a document's says its date.
"""

import datetime
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import sqlalchemy as sa

from gateway.archive import entity_logs, merkle
from gateway.archive.bundle import JsonValue, canonical
from gateway.archive.keys import LogKey
from gateway.archive.tables import archive_entry
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction

_BEFORE = datetime.timedelta(days=2)
"""A document may be dated a day ahead, and it is that day already elsewhere."""

_PAGE = 10_000  # leaves in one member: some MB
_C = archive_entry.c


@dataclass(frozen=True, slots=True)
class Span:
    """The part of an entity's log that a bundle shows.

    Attributes:
        entity: The entity's public id.
        since: First day of the period; None: from the beginning.
        until: Its last day; None: no end.
        first: Place of the first leaf that is shown. Where there are earlier ones, it was archived
            before any document of the period could be.
        before: The complete subtrees that the earlier leaves make, the largest first.
        checkpoint: Signed head of the entity's log, of as many leaves as the bundle's has of it.
        size: Leaves of that head.
    """

    entity: str
    since: datetime.date | None
    until: datetime.date | None
    first: int
    before: Sequence[bytes]
    checkpoint: str
    size: int

    def described(self) -> bytes:
        """Return the content of `span.json`."""
        told: dict[str, JsonValue] = {
            "entity": self.entity,
            "from": None if self.since is None else self.since.isoformat(),
            "to": None if self.until is None else self.until.isoformat(),
            "first": self.first,
            "before": [value.hex() for value in self.before],
        }
        return canonical(told)


def span(  # noqa: PLR0913, PLR0917 - all of it named
    transaction: TenantTransaction,
    key: LogKey,
    within: int,
    since: datetime.date | None,
    until: datetime.date | None,
    inside: Collection[int],
) -> Span | None:
    """Return the part of the log of the transaction's entity that concerns a period.

    Args:
        transaction: Of the entity; not limited to a period.
        key: The log's.
        within: Leaves of the log of all at the bundle's head.
        since: First day.
        until: Last day.
        inside: Places of the leaves whose files are in the bundle.

    Returns:
        None where the entity had no leaf at that head.
    """
    highest = transaction.select(archive_entry, sa.func.max(_C.entity_index))
    last = transaction.execute(highest.where(_C.log_index < within)).scalar()
    if last is None:
        return None
    first = 0
    if since is not None:
        moment = datetime.datetime.combine(since - _BEFORE, datetime.time(), datetime.UTC)
        earlier = highest.where(_C.at < moment, _C.entity_index <= last)
        first = int(transaction.execute(earlier).scalar() or 0)
        if min(inside, default=first) < first:  # dated far ahead, in a series of numbers not ours
            first = 0
    frontier = merkle.frontier(first)
    nodes = entity_logs.nodes(transaction, frontier)
    return Span(
        entity=public_id("ent", transaction.entity_id),
        since=since,
        until=until,
        first=first,
        before=[nodes[place] for place in frontier],
        checkpoint=entity_logs.checkpoint(transaction, key, last + 1),
        size=last + 1,
    )


def parts(
    transaction: TenantTransaction, shown: Span, inside: Container[int]
) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the members that hold the leaves: a leaf or hash on each line.

    Args:
        transaction: Of the entity.
        shown: What is shown.
        inside: Places of the leaves whose files are in the bundle.
    """
    for number in count(1):
        first = shown.first + (number - 1) * _PAGE
        if first >= shown.size:
            return
        found = entity_logs.leaves(transaction, first, min(_PAGE, shown.size - first))
        lines = [
            one.leaf
            if one.leaf is not None and one.entity_index not in inside
            else canonical(one.hash.hex())
            for one in found
        ]
        yield f"leaves-{number:06}.jsonl", b"".join(line + b"\n" for line in lines)
