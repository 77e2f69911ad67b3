"""Destroying the bytes of evidence: never those that another document still needs.

Equal bytes of an entity are one file. They go when no entry is left that must have them. Somebody
may archive the same bytes at that moment, having found the file there: so a record that names what
was destroyed once looks again, under a lock that destroying holds as well.
"""

import datetime
import errno
from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from gateway.archive import repository
from gateway.archive.evidence import ArchiveEntry
from gateway.archive.stores.problems import ArchiveUnavailableProblem, EvidenceDamagedProblem
from gateway.archive.stores.protocol import Store
from gateway.kit import locks
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import Problem


class EvidenceDestroyedProblem(Problem):
    """The bytes were destroyed when no law kept them any more, as two people had decided.

    `destroyed_at` says when; the certificate of the document's destruction says why and by whom.
    """

    type = "evidence-destroyed"
    title = "The evidence was destroyed"
    status = HTTPStatus.GONE


def refuse(entry: ArchiveEntry) -> None:
    """Say of what was destroyed that it is gone.

    Raises:
        EvidenceDestroyedProblem: It was.
    """
    if entry.destroyed_at is not None:
        raise EvidenceDestroyedProblem(
            "The bytes were destroyed; the log still proves what they were.",
            entry=public_id("arc", entry.id),
            destroyed_at=written(entry.destroyed_at),
        )


def content(store: Store, tx: TenantTransaction, entry: ArchiveEntry) -> bytes:
    """Return the bytes of an entry, checked against its digest.

    Raises:
        EvidenceDestroyedProblem: They were destroyed, perhaps after the entry was read.
        EvidenceDamagedProblem: The bytes on disk are not those that were archived.
    """
    refuse(entry)
    try:
        return store.get(entry.entity_id, entry.sha256)
    except EvidenceDamagedProblem as problem:
        if problem.missing and (now := repository.entry(tx, entry.id)) is not None:
            refuse(now)
        raise


def destroy(
    store: Store,
    tx: TenantTransaction,
    document_id: UUID,
    until: datetime.date,
    now: datetime.datetime,
) -> int:
    """Destroy the bytes of a document's marked evidence, and return how many files went.

    What another entry still names stays. Done again, nothing happens twice.

    Args:
        store: Has them.
        tx: A transaction of its own, after the one that marked them is committed.
        document_id: The document, issued or received.
        until: Its last day.
        now: The moment, in the time zone in which days are counted.

    Raises:
        EvidenceLockedProblem: The store was told to keep some of them longer.
        ArchiveUnavailableProblem: The store does not answer.
    """
    digests = {entry.sha256 for entry in repository.destroyed(tx, document_id)}
    locks.hold(tx, map(_name, digests))
    gone = 0
    for digest in sorted(digests):
        if repository.living(tx, digest):
            continue
        try:
            store.keep(tx.entity_id, digest, until, hold=False)
            gone += 1
        except EvidenceDamagedProblem as problem:
            if not problem.missing:
                raise
            # Gone before, by us; or by a disk, which comes to the same now.
        store.destroy(tx.entity_id, digest, now=now)
    return gone


def make_sure(store: Store, tx: TenantTransaction, digests: Sequence[bytes]) -> None:
    """Make sure that bytes which were destroyed once are there, until the transaction ends.

    Raises:
        ArchiveUnavailableProblem: They have just gone; done again, they are stored anew.
    """
    locks.hold(tx, map(_name, digests))
    for digest in digests:
        try:
            store.get(tx.entity_id, digest)
        except EvidenceDamagedProblem as problem:
            if not problem.missing:
                raise
            raise ArchiveUnavailableProblem(OSError(errno.EAGAIN, "")) from problem


def _name(digest: bytes) -> str:
    return f"evidence {digest.hex()}"
