"""When our chain and the authority's ledger are not the same: compare, halt, begin a successor.

It happens when a backup was restored: the authority then knows records, and numbers, that this
database has lost. A chain that went on as if nothing were would fork. So it is halted, what only
the authority has is noted and never used again, and a successor takes over where the authority is.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from gateway.chains import repository, service
from gateway.chains.problems import ReseedRefusedProblem
from gateway.chains.repository import ChainRow, ForeignRow
from gateway.kit.ids import new_id
from gateway.kit.tenancy import TenantTransaction

Known = Sequence[ForeignRow]
"""What an authority has of a chain: all of it, or its newest records."""


class Told(Protocol):
    """A record as an authority tells of it: with its place, or with the digest it follows."""

    @property
    def digest(self) -> str:
        """As its successor names it."""

    @property
    def sequence(self) -> int | None:
        """Its place, where the authority counts."""

    @property
    def previous(self) -> str | None:
        """The digest it names, where the authority says."""

    @property
    def number(self) -> str:
        """The document's."""

    @property
    def registration(self) -> str:
        """What the authority calls it."""


Way = Literal["authority", "empty"]
"""How a successor's first record names its predecessor: the last one that the authority has, or
none, where the law says that a chain begins again."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our chain beside what the authority has of it.

    Attributes:
        ours: Our last place; 0 when we have none.
        theirs: The authority's last place, of what was told.
        foreign: What it has and we have not, or not so, in order; the first is where we part.
    """

    ours: int
    theirs: int
    foreign: tuple[ForeignRow, ...]

    @property
    def agrees(self) -> bool:
        """True when all that the authority has is ours: it may have less, and get it yet."""
        return not self.foreign

    @property
    def reason(self) -> str:
        """What differs, as a sentence."""
        if self.agrees:
            return ""
        first = self.foreign[0].sequence
        what = "another record" if first <= self.ours else "a record that we do not have"
        return (
            f"The authority has {what} at place {first}; its last place is {self.theirs},"
            f" ours is {self.ours}."
        )


def read_known(content: bytes) -> Known:
    """Read what an authority has: a JSON list of `{sequence, digest, number, registration}`.

    Raises:
        ValueError: It is something else.
    """
    try:
        return [
            ForeignRow(
                chain_key="",
                sequence=int(one["sequence"]),
                digest=str(one["digest"]),
                number=str(one.get("number") or ""),
                registration=str(one.get("registration") or ""),
            )
            for one in json.loads(content)
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError("it is no list of records with sequence and digest") from None


def placed(told: Sequence[Told], ours: Mapping[str, int]) -> Known:
    """Return what an authority told, each at its place.

    Args:
        told: What it has; where it does not count, in any order.
        ours: The places of our own records, by digest.

    Raises:
        ValueError: A record has no place, and follows none that has one.
    """
    places = {"": 0, **ours, **{one.digest: one.sequence for one in told if one.sequence}}
    followed = {one.previous: one for one in told if one.previous is not None}
    for start in list(places):
        at, one = places[start], followed.get(start)
        while one is not None and one.digest not in places:
            at += 1
            places[one.digest] = at
            one = followed.get(one.digest)
    lost = [one.digest for one in told if one.digest not in places]
    if lost:
        raise ValueError(f"{lost[0]} follows no record that is known, ours or the authority's")
    return [
        ForeignRow(
            chain_key="",
            sequence=places[one.digest],
            digest=one.digest,
            number=one.number,
            registration=one.registration,
        )
        for one in told
    ]


def compare(
    tx: TenantTransaction, chain_key: str, known: Known, now: datetime.datetime
) -> Comparison:
    """Compare a chain with the authority's records; where they differ, halt it.

    Args:
        tx: Of the chain's entity.
        chain_key: The chain; one we do not have at all counts as empty.
        known: What the authority has.
        now: The moment of the comparison.
    """
    row = repository.hold(tx, chain_key, now)
    own = repository.digests(tx, row.id, [one.sequence for one in known])
    foreign = [
        replace(one, chain_key=chain_key)
        for one in sorted(known, key=lambda one: one.sequence)
        if one.sequence >= row.first_sequence and own.get(one.sequence) != one.digest
    ]
    found = Comparison(
        ours=row.next_sequence - 1,
        theirs=max((one.sequence for one in known), default=0),
        foreign=tuple(foreign),
    )
    for one in foreign:
        repository.note_foreign(tx, one, now)
    if not found.agrees:
        service.halt(tx, chain_key, found.reason, now)
    return found


def reseed(  # noqa: PLR0913 - all of it named
    tx: TenantTransaction,
    chain_key: str,
    *,
    reason: str,
    way: Way,
    known: Known = (),
    now: datetime.datetime,
) -> ChainRow:
    """Close a chain and begin its successor.

    Args:
        tx: Of the chain's entity.
        chain_key: The chain.
        reason: Why, for those who read it in ten years.
        way: What the first record names.
        known: What the authority has: at least its newest record, for the way `authority`.
        now: The moment.

    Raises:
        ReseedRefusedProblem: There is no such chain; or nobody said what the authority has; or
            it will get records of ours yet, which a successor would stand beside.
    """
    row = repository.current(tx, chain_key)
    if row is None:
        raise ReseedRefusedProblem(f"There is no chain {chain_key}.", chain=chain_key)
    found = compare(tx, chain_key, known, now)
    row = repository.hold(tx, chain_key, now)
    first, previous = max(row.next_sequence, found.theirs + 1), ""
    first = max(first, repository.last_foreign(tx, chain_key) + 1)
    if way == "authority":
        first, previous = _after(row, found, known)
    repository.close(tx, row.id, reason, now)
    successor = ChainRow(
        entity_id=tx.entity_id,
        id=new_id(),
        chain_key=chain_key,
        generation=row.generation + 1,
        state="open",
        first_sequence=first,
        first_previous=previous,
        next_sequence=first,
        last_digest=previous,
        last_record=None,
        last_at=None,
        opened_at=now,
        opened_because=reason,
    )
    repository.begin(tx, successor)
    service.tell(tx, successor, "reseeded", reason, now)
    return successor


def _after(row: ChainRow, found: Comparison, known: Known) -> tuple[int, str]:
    """Return place and predecessor of a record that follows the authority's last one."""
    if not known:
        raise ReseedRefusedProblem(
            "Say which records the authority has: at least its newest.", chain=row.chain_key
        )
    if found.agrees and found.theirs < found.ours:
        raise ReseedRefusedProblem(
            f"The authority has the records up to {found.theirs}, and {found.ours} are ours:"
            " nothing contradicts them. Let them be sent first.",
            chain=row.chain_key,
        )
    head = max(known, key=lambda one: one.sequence)
    return head.sequence + 1, head.digest
