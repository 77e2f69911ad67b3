"""Bundles out of the archive: document after document, all proven by one head of the log."""

import base64
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO
from uuid import UUID

from gateway.archive import anchor_repository, destroying, merkle, repository, spans
from gateway.archive.bundle import (
    BundledAnchor,
    BundledConsistency,
    BundledEntry,
    BundleHead,
    Described,
    JsonValue,
)
from gateway.archive.bundle_writing import BundleWriter
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.evidence import ArchiveEntry
from gateway.archive.keys import LogKey
from gateway.archive.stores.protocol import Store
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem


class Bundle:
    """A bundle being written; the log may grow meanwhile, what it holds ends at its head.

    Args:
        store: Holds the bytes.
        writer: Writes the file.
        size: Leaves of the log at its head.
        key: The log's.
    """

    def __init__(self, store: Store, writer: BundleWriter, size: int, key: LogKey) -> None:
        self._store, self._writer, self._size = store, writer, size
        self._key = key
        self._inside: dict[UUID, set[int]] = {}

    def add(
        self,
        transaction: TenantTransaction,
        document: Described,
        events: Sequence[Mapping[str, JsonValue]],
    ) -> None:
        """Add a document with its evidence.

        Args:
            transaction: Sees the document's evidence; each document may have its own.
            document: What the document is.
            events: What happened to it, JSON-able, in order.

        Raises:
            NotFoundProblem: The document had no evidence at the head of the bundle.
            EvidenceDestroyedProblem: It was destroyed; nothing was added.
            EvidenceDamagedProblem: The bytes on disk are not those that were archived.
        """
        proven = self._proven(transaction, document.id)
        bundled = [
            BundledEntry(
                name=entry.name,
                content=destroying.content(self._store, transaction, entry),
                leaf=entry.leaf,
                log_index=entry.log_index,
                proof=proof,
            )
            for entry, proof in proven
        ]
        self._writer.add(document, events, bundled)
        inside = self._inside.setdefault(transaction.entity_id, set())
        inside.update(entry.entity_index for entry, _ in proven)

    def about_entity(self, transaction: TenantTransaction) -> list[JsonValue]:
        """Return the evidence about the transaction's entity itself, with bytes and proofs.

        Args:
            transaction: Of the entity.

        Raises:
            EvidenceDamagedProblem: The bytes on disk are not those that were archived.
        """
        found = repository.entries_about_entity(transaction)
        return self._whole(transaction, self._prove(transaction, found))

    def remains(self, transaction: TenantTransaction, document_id: UUID) -> list[JsonValue]:
        """Return what is left of the evidence of a destroyed document.

        Of each file its leaf with the proof of it, and the bytes of the certificate, which says
        why there are no others.

        Args:
            transaction: Sees the document's evidence.
            document_id: The document, issued or received.

        Raises:
            NotFoundProblem: It had no evidence at the head of the bundle.
            EvidenceDamagedProblem: The bytes on disk are not those that were archived.
        """
        return self._whole(transaction, self._proven(transaction, document_id))

    def _whole(
        self,
        transaction: TenantTransaction,
        proven: Iterable[tuple[ArchiveEntry, tuple[bytes, ...]]],
    ) -> list[JsonValue]:
        return [
            {
                "index": entry.log_index,
                "leaf": entry.leaf.decode(),
                "proof": [value.hex() for value in proof],
                "content": None
                if entry.destroyed_at is not None
                else base64.b64encode(
                    destroying.content(self._store, transaction, entry)
                ).decode(),
            }
            for entry, proof in proven
        ]

    def _proven(
        self, transaction: TenantTransaction, document_id: UUID
    ) -> list[tuple[ArchiveEntry, tuple[bytes, ...]]]:
        """Return the evidence of a document at the head of the bundle, each with its proof."""
        proven = self._prove(transaction, repository.entries(transaction, document_id))
        if not proven:
            raise NotFoundProblem
        return proven

    def _prove(
        self, transaction: TenantTransaction, found: Iterable[ArchiveEntry]
    ) -> list[tuple[ArchiveEntry, tuple[bytes, ...]]]:
        entries = [entry for entry in found if entry.log_index < self._size]
        needed = frozenset[merkle.Position]().union(
            *(merkle.inclusion_positions(entry.log_index, self._size) for entry in entries)
        )
        nodes = repository.nodes(transaction, needed)
        return [
            (entry, merkle.inclusion_proof(entry.log_index, self._size, nodes))
            for entry in entries
        ]

    @property
    def size(self) -> int:
        """Leaves of the log at its head."""
        return self._size

    @property
    def entities(self) -> Sequence[UUID]:
        """Whose documents were added, in order."""
        return sorted(self._inside)

    def add_span(
        self,
        transaction: TenantTransaction,
        since: datetime.date | None,
        until: datetime.date | None,
    ) -> None:
        """Show that no document of an entity with a date in a period was left out.

        Call it after all documents, for entities in the order of their ids.

        Args:
            transaction: Of the entity; not limited to a period.
            since: The first day; None: no beginning.
            until: The last day; None: no end.
        """
        inside = self._inside.get(transaction.entity_id, set())
        shown = spans.span(transaction, self._key, self._size, since, until, inside)
        if shown is not None:
            self._writer.add_span(shown, spans.parts(transaction, shown, inside))

    def attach(self, name: str, content: bytes) -> None:
        """Add a file beside the documents; see `BundleWriter.attach`."""
        self._writer.attach(name, content)

    def finish(self) -> None:
        """Write the end of the file: it is whole."""
        self._writer.finish()


@contextmanager
def bundling(  # noqa: PLR0913 - where from, where to, and what it shall prove
    store: Store,
    key: LogKey,
    transaction: TenantTransaction,
    sink: IO[bytes],
    *,
    now: datetime.datetime,
    since: Sequence[int],
) -> Iterator[Bundle]:
    """Begin a bundle, which ends at the newest head of the log.

    Args:
        store: Holds the bytes.
        key: Signs the manifest.
        transaction: Any; it may end before the bundle does.
        sink: Where to; only ever appended to.
        now: The moment of export.
        since: Sizes of older checkpoints a reader holds; each gets a consistency proof, those that
            are no older size of this log none.

    Raises:
        NotFoundProblem: Nothing had been archived yet.
    """
    newest = repository.newest_checkpoint(transaction)
    if newest is None:
        raise NotFoundProblem
    size, note = newest
    cosigned = "".join(anchor_repository.lines(transaction, size))
    head = Checkpoint.read(note)
    if head.origin != key.origin:  # made before the log went on under its present name
        note, cosigned = Checkpoint(key.origin, size, head.root).sign(key.private), ""
    anchors = [
        one
        for one in anchor_repository.newest_done(transaction, within=size)
        if Checkpoint.read(one.note).origin == key.origin
    ]
    asked = {*since, *(one.size for one in anchors)}
    older = sorted(one for one in asked if 0 < one < size)
    needed = frozenset[merkle.Position]().union(
        *(merkle.consistency_positions(one, size) for one in older)
    )
    nodes = repository.nodes(transaction, needed)
    whole = BundleHead(
        checkpoint=note + cosigned,
        consistency=[
            BundledConsistency(one, merkle.consistency_proof(one, size, nodes)) for one in older
        ],
        anchors=[
            BundledAnchor(one.kind, one.target, one.size, one.note, one.receipt, one.at)
            for one in anchors
        ],
    )
    with BundleWriter(sink, whole, key=key, now=now) as writer:
        yield Bundle(store, writer, size, key)
