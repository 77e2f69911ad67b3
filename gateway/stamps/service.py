"""Stamps of documents: put once, shown wherever the document is shown.

A stamp is what makes a document good in the eyes of an authority: a registration number, a fiscal
code, and the text of the QR code that goes on paper. Some are known when a document is issued (the
place in a chain), others come with the authority's answer.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.events import service as events
from gateway.kit.clock import written
from gateway.kit.ids import new_id, public_id
from gateway.kit.kept import Added
from gateway.kit.tenancy import TenantTransaction
from gateway.stamps.tables import stamp

_MOST = 1000  # one, or the same word of several authorities

NAMED = frozenset({"ksef-number"})
"""Kinds of numbers by which later documents must name one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What an authority gave a document, or will know it by.

    Attributes:
        authority: Who: `sandbox-authority`.
        kind: What it is, in one word: `registration`, `chain`.
        identifier: As the authority writes it.
        at: When it was given.
        qr: The text of the QR code for paper, if there is one; at most 1,000 characters.
        proof_id: The archive entry that proves it: the id of an `EvidenceItem` that is recorded in
            the same transaction, or earlier.
    """

    authority: str
    kind: str
    identifier: str
    at: datetime.datetime
    qr: str | None = None
    proof_id: UUID | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as it stands in documents and events."""
        return {
            "authority": self.authority,
            "kind": self.kind,
            "identifier": self.identifier,
            "at": written(self.at),
            "qr": self.qr,
            "evidence_id": None if self.proof_id is None else public_id("arc", self.proof_id),
        }


_COLUMNS = (
    stamp.c.document_id,
    *(stamp.c[name] for name in Stamp.__dataclass_fields__),
)
_PUT = Added(stamp, free=True, returning=stamp.c.id)


def put(tx: TenantTransaction, document_id: UUID, *stamps: Stamp, now: datetime.datetime) -> int:
    """Put stamps on a document, in the transaction in which they become true.

    The same stamp of an authority again changes nothing: signals come twice. Each new one is told
    of as `document.stamped`.

    Args:
        tx: About the document's entity; gw_app and gw_worker may.
        document_id: The document.
        *stamps: What it was given.
        now: The moment of recording.

    Returns:
        How many of them were new.
    """
    new = 0
    for one in stamps:
        values = {name: getattr(one, name) for name in Stamp.__dataclass_fields__}
        added = _PUT(tx, id=new_id(), document_id=document_id, created_at=now, **values)
        if added.first() is None:
            continue
        new += 1
        events.append(
            tx,
            type="document.stamped",
            document_id=document_id,
            data=one.as_dict(),
            evidence_id=one.proof_id,
            now=now,
        )
    return new


def for_documents(
    tx: TenantTransaction, document_ids: Collection[UUID]
) -> dict[UUID, tuple[Stamp, ...]]:
    """Return the stamps of each document, oldest first; documents without are left out."""
    if not document_ids:
        return {}
    query = tx.select(stamp, *_COLUMNS).where(stamp.c.document_id.in_(list(document_ids)))
    found: dict[UUID, tuple[Stamp, ...]] = {}
    for row in tx.execute(query.order_by(stamp.c.id)):
        values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
        document_id = values.pop("document_id")
        found[document_id] = (*found.get(document_id, ()), Stamp(**values))
    return found


def of_document(tx: TenantTransaction, document_id: UUID) -> tuple[Stamp, ...]:
    """Return the stamps of a document, oldest first."""
    return for_documents(tx, (document_id,)).get(document_id, ())


def bearing(tx: TenantTransaction, identifier: str) -> frozenset[UUID]:
    """Return the documents that an authority gave this identifier."""
    query = tx.select(stamp, stamp.c.document_id).where(stamp.c.identifier == identifier)
    return frozenset(row.document_id for row in tx.execute(query.limit(_MOST)))
