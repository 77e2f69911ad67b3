"""What a store of evidence does, whatever it is made of."""

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol
from uuid import UUID


class Place(NamedTuple):
    """Where bytes lie; places are ordered, and a store is walked in that order.

    Attributes:
        owner: The entity whose evidence they are: what one destroys, another keeps.
        digest: SHA-256 of the plain bytes: 32 bytes.
    """

    owner: UUID
    digest: bytes


class Store(Protocol):
    """Keeps bytes under their owner and digest: written once, never changed. Thread-safe."""

    @property
    def locks(self) -> bool:
        """Whether what `keep` says binds others than this program: then it is said at once."""
        ...

    def put(self, owner: UUID, content: bytes) -> bytes:
        """Store bytes durably, and return their SHA-256; they may be there already.

        Raises:
            ArchiveUnavailableProblem: They cannot be stored now.
            EvidenceDamagedProblem: Other bytes are already there under this digest.
        """
        ...

    def put_many(self, owner: UUID, contents: Sequence[bytes]) -> tuple[bytes, ...]:
        """Do as `put` with each, and wait for all of them together.

        Raises:
            ArchiveUnavailableProblem: Some cannot be stored now; others may be there already.
            EvidenceDamagedProblem: As `put`.
        """
        ...

    def get(self, owner: UUID, digest: bytes) -> bytes:
        """Return bytes, checked.

        Raises:
            EvidenceDamagedProblem: They are missing or altered.
            ArchiveUnavailableProblem: The store does not answer.
        """
        ...

    def keep(self, owner: UUID, digest: bytes, until: datetime.date, *, hold: bool) -> None:
        """Have bytes kept.

        Args:
            owner: Whose.
            digest: Which.
            until: The last day; a day before what was said earlier changes nothing.
            hold: Whether they are kept beyond that, until this is called without.

        Raises:
            EvidenceDamagedProblem: They are missing.
            ArchiveUnavailableProblem: The store does not answer.
        """
        ...

    def destroy(self, owner: UUID, digest: bytes, *, now: datetime.datetime) -> None:
        """Destroy bytes whose last day is over; nothing is done where there are none.

        Who calls this sees to it that nobody archives the same bytes of this owner meanwhile.

        Args:
            owner: Whose.
            digest: Which.
            now: The moment, in the time zone in which days are counted.

        Raises:
            EvidenceLockedProblem: The last day is not over, or was never said; or they are held.
            ArchiveUnavailableProblem: The store does not answer.
        """
        ...

    def set_aside(self, owner: UUID, digest: bytes) -> None:
        """Have the place free again, and what is there kept elsewhere: nobody can open it.

        Raises:
            ArchiveUnavailableProblem: The store does not answer.
        """
        ...

    def walk(self, after: Place | None = None) -> Iterator[Place]:
        """Yield every place that has bytes, in order.

        Args:
            after: Begin behind this one.

        Raises:
            ArchiveUnavailableProblem: The store does not answer.
        """
        ...

    def probe(self) -> None:
        """See whether the store takes bytes; none of them stay, or always the same.

        Raises:
            ArchiveUnavailableProblem: It does not.
        """
        ...
