"""The archive: evidence in, proofs out.

Every file of evidence becomes a leaf of the installation's one append-only log, in the transaction
that makes it matter. The head of the log is one row, so `record` is the last thing a transaction
does: what comes after it is waited for by everybody else.
"""

import datetime
import io
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import IO, Self
from uuid import UUID

from gateway.archive import destroying, merkle, putting, repository
from gateway.archive.bundle import Described, JsonValue
from gateway.archive.bundling import Bundle, bundling
from gateway.archive.continuity import (
    LogContradictedProblem,
    LogRewoundError,
    edge_of_continued,
    refuse_rewound,
)
from gateway.archive.evidence import ArchiveEntry, EvidenceItem, Role, StoredItem, leaf_data
from gateway.archive.growing import grow
from gateway.archive.keys import LogKey, LogKeyError
from gateway.archive.notes import Verifier
from gateway.archive.publication import Publication, PublicationError
from gateway.archive.stores.composition import opened
from gateway.archive.stores.problems import EvidenceDamagedProblem
from gateway.archive.stores.protocol import Store
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.settings import Settings

__all__ = [
    "Archive",
    "ArchiveEntry",
    "Bundle",
    "EvidenceItem",
    "JsonValue",
    "LogContradictedProblem",
    "LogKeyError",
    "LogRewoundError",
    "PublicationError",
    "Role",
    "StoredItem",
]

_NOTHING: Mapping[UUID, Mapping[str, JsonValue]] = {}


class Archive:
    """The archive of one installation; any number of threads and processes may share it.

    Args:
        store: Holds the bytes.
        key: Signs the log.
        publication: Where the newest checkpoint is shown.
        place: Where the bytes lie, ISO 3166-1; None: nobody said.
    """

    def __init__(
        self, store: Store, key: LogKey, publication: Publication, place: str | None = None
    ) -> None:
        self._store, self.place = store, place
        self._key = key
        self._publication = publication

    @classmethod
    def open(
        cls,
        settings: Settings,
        database: Database,
        master_key: MasterKey,
        *,
        now: datetime.datetime,
    ) -> Self:
        """Open the archive under the data directory, and check the log against its publication.

        Raises:
            LogRewoundError: The database is older than the published checkpoint, or rewritten.
            PublicationError: The published checkpoint is not this log's.
            LogKeyError: The log has another name than the settings say.
            UnsealError: The log's key does not open with this master key.
        """
        key = LogKey.open(database, master_key, origin=settings.log_origin, now=now)
        publication = Publication(settings.data / "log", key.verifier)
        store = opened(settings, database, master_key)
        archive = cls(store, key, publication, settings.archive_country)
        refuse_rewound(database, publication)
        publication.publish_key()
        return archive

    @property
    def key(self) -> LogKey:
        """The log's key."""
        return self._key

    @property
    def publication(self) -> Publication:
        """Where the newest checkpoint is shown."""
        return self._publication

    @property
    def verifier(self) -> Verifier:
        """The log's public key; its text is the verifier key to hand out."""
        return self._key.verifier

    def store(self, owner: UUID, items: Sequence[EvidenceItem]) -> tuple[StoredItem, ...]:
        """Put bytes of an entity away, durably, before the short transaction that records them.

        Raises:
            ArchiveUnavailableProblem: The store refuses.
        """
        return putting.put(self._store, owner, items)

    def destroy(
        self,
        transaction: TenantTransaction,
        document_id: UUID,
        until: datetime.date,
        now: datetime.datetime,
    ) -> int:
        """Destroy the bytes of a document's marked evidence; see `destroying.destroy`."""
        return destroying.destroy(self._store, transaction, document_id, until, now)

    def record(  # noqa: PLR0913 - whatever the log shall vouch for
        self,
        transaction: TenantTransaction,
        *,
        document_id: UUID | None,
        items: Sequence[EvidenceItem | StoredItem],
        now: datetime.datetime,
        received: bool = False,
        quoted: Mapping[UUID, Mapping[str, JsonValue]] = _NOTHING,
        destroyed_at: datetime.datetime | None = None,
    ) -> tuple[ArchiveEntry, ...]:
        """Archive evidence of a document of the transaction's entity, or of itself. Call it last.

        With `received` the id is one of the inbox. `quoted` says, by entry, where another log
        vouches for it. With `destroyed_at` the document was destroyed then, in another
        installation: items in a store have no bytes, and its certificate is among them.

        Bytes not stored yet are stored first; then the log's head is locked until the end of the
        transaction. After the commit the new checkpoint is published.

        Raises:
            ArchiveUnavailableProblem: The store refuses; nothing was logged.
            ValueError: Bytes were stored for another entity.
        """
        stored = putting.put_rest(self._store, transaction.entity_id, items)
        if not stored:
            return ()
        size = repository.lock_head(transaction)
        edges = edge_of_continued(transaction, self._publication, size)
        own = edges.own.size
        leaves = [
            leaf_data(
                item,
                account_id=transaction.tenant.account_id,
                entity_id=transaction.entity_id,
                document_id=document_id,
                entity_index=own + place,
                now=now,
                quoted=quoted.get(item.id),
            )
            for place, item in enumerate(stored)
        ]
        entries = tuple(
            ArchiveEntry.of(item, document_id, leaf, (size + place, own + place), now)
            for place, (item, leaf) in enumerate(zip(stored, leaves, strict=True))
        )
        added = repository.columns(transaction, entries, received=received)
        note, again = grow(transaction, edges, self._key, leaves, added, now)
        if destroyed_at is None:
            destroying.make_sure(self._store, transaction, again)
        else:
            gone = [one.id for one in items if isinstance(one, StoredItem)]
            repository.mark_destroyed(transaction, gone, destroyed_at)
        transaction.after_commit(lambda: self._publication.publish(note))
        return entries

    def entries(
        self, transaction: TenantTransaction, document_id: UUID
    ) -> tuple[ArchiveEntry, ...]:
        """Return the evidence of a document in the order of the log; empty if there is none."""
        return repository.entries(transaction, document_id)

    def entry(self, transaction: TenantTransaction, entry_id: UUID) -> ArchiveEntry:
        """Return one entry.

        Raises:
            NotFoundProblem: This tenant has no such entry.
        """
        found = repository.entry(transaction, entry_id)
        if found is None:
            raise NotFoundProblem
        return found

    def read(self, transaction: TenantTransaction, entry_id: UUID) -> bytes:
        """Return the bytes of an entry, checked against its digest.

        Raises:
            NotFoundProblem: This tenant has no such entry.
            EvidenceDestroyedProblem: They were destroyed, because no law kept them.
            EvidenceDamagedProblem: The bytes on disk are not those that were archived.
        """
        entry = self.entry(transaction, entry_id)
        return destroying.content(self._store, transaction, entry)

    def issued(
        self, transaction: TenantTransaction, document_id: UUID, digest: bytes | None
    ) -> bytes | None:
        """Return the issued bytes of a document; None when it has none in the archive.

        Args:
            transaction: Sees the document's evidence.
            document_id: The document.
            digest: What the document says their SHA-256 is.

        Raises:
            EvidenceDamagedProblem: The bytes on disk, or the entry, are not what was issued.
        """
        for entry in self.entries(transaction, document_id):
            if entry.role == "document":
                destroying.refuse(entry)
                if entry.sha256 != digest:
                    raise EvidenceDamagedProblem("The archived bytes are not the document's.")
                return destroying.content(self._store, transaction, entry)
        return None

    def checkpoint(self, transaction: TenantTransaction) -> str:
        """Return the newest signed checkpoint.

        Raises:
            NotFoundProblem: Nothing was archived yet.
        """
        newest = repository.newest_checkpoint(transaction)
        if newest is None:
            raise NotFoundProblem("Nothing has been archived yet.")
        return newest[1]

    def size(self, transaction: TenantTransaction) -> int:
        """Return how many leaves the log has."""
        newest = repository.newest_checkpoint(transaction)
        return newest[0] if newest else 0

    def inclusion(
        self, transaction: TenantTransaction, log_index: int, size: int
    ) -> tuple[bytes, ...]:
        """Prove that a leaf is in the log's first `size` leaves."""
        stored = repository.nodes(transaction, merkle.inclusion_positions(log_index, size))
        return merkle.inclusion_proof(log_index, size, stored)

    def consistency(self, transaction: TenantTransaction, old: int, new: int) -> tuple[bytes, ...]:
        """Prove that the log's first `old` leaves begin its first `new` ones."""
        stored = repository.nodes(transaction, merkle.consistency_positions(old, new))
        return merkle.consistency_proof(old, new, stored)

    def bundle(
        self,
        transaction: TenantTransaction,
        document: Described,
        events: Sequence[Mapping[str, JsonValue]],
        *,
        now: datetime.datetime,
        since: Sequence[int] = (),
    ) -> bytes:
        """Export a document's evidence with all that is needed to verify it offline.

        Args:
            transaction: Sees the document's evidence.
            document: What the document is.
            events: What happened to it, JSON-able, in order.
            now: The moment of export.
            since: Sizes of older checkpoints a reader holds; each gets a consistency proof, those
                that are no older size of this log none.

        Raises:
            NotFoundProblem: The document has no evidence.
            EvidenceDestroyedProblem: It was destroyed.
            EvidenceDamagedProblem: The bytes on disk are not those that were archived.
        """
        sink = io.BytesIO()
        with self.bundling(transaction, sink, now=now, since=since) as bundle:
            bundle.add(transaction, document, events)
            bundle.finish()
        return sink.getvalue()

    def bundling(
        self,
        transaction: TenantTransaction,
        sink: IO[bytes],
        *,
        now: datetime.datetime,
        since: Sequence[int] = (),
    ) -> AbstractContextManager[Bundle]:
        """Begin a bundle of many documents; see `gateway.archive.bundling.bundling`.

        Raises:
            NotFoundProblem: Nothing had been archived yet.
        """
        return bundling(self._store, self._key, transaction, sink, now=now, since=since)
