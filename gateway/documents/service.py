"""Documents: what can be done with them. Endpoints call this; this calls the repository."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from gateway.archive.service import Archive
from gateway.documents import holding, related, repository, status, views
from gateway.documents.held import seat_of
from gateway.documents.issue import Issuer, listed, preflight, today_of
from gateway.documents.loading import Loaded, link_customer, load
from gateway.documents.preparation import prepare, read_body
from gateway.documents.presence import there
from gateway.documents.problems import DocumentStateProblem
from gateway.documents.refunds import overpaid
from gateway.documents.reporting import report_json
from gateway.documents.repository import DocumentRow, Filter
from gateway.documents.telling import tell
from gateway.documents.vat_numbers import NOBODY, VatNumbers
from gateway.kinds import DocumentKind
from gateway.kit.ids import new_id, parse_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import RequestInvalidProblem
from gateway.tenants.identity import keep_identity

__all__ = ["ALL_KINDS", "DocumentKind", "DocumentRow", "Documents", "Filter"]

ALL_KINDS = tuple(DocumentKind)


@dataclass(frozen=True, slots=True)
class _Accepted:
    """What kind of document a body makes, what it links to, and its columns."""

    kind: DocumentKind
    loaded: Loaded
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents feature of one process."""

    issuer: Issuer
    numbers: VatNumbers = NOBODY

    @property
    def archive(self) -> Archive:
        """Where evidence goes."""
        return self.issuer.archive

    def create(
        self, tx: TenantTransaction, kind: DocumentKind, content: bytes, now: datetime.datetime
    ) -> UUID:
        """Store a draft and return its id.

        The type code (BT-3) decides what it is; `kind` only where the body names none. Its
        customer is linked, or created when nobody like it is known.

        Raises:
            MalformedJsonProblem, RequestInvalidProblem: The body has not the right shape.
            NotFoundProblem: It links to what does not exist.
        """
        accepted = self._accepted(tx, kind, content, now)
        document_id = new_id()
        repository.insert(
            tx,
            {
                "id": document_id,
                "kind": accepted.kind.value,
                "state": "draft",
                "version": 1,
                "created_at": now,
                **accepted.values,
            },
        )
        related.replace_relations(tx, document_id, accepted.loaded.relations, now)
        tell(tx, self.get(tx, document_id), "created", now)
        return document_id

    def replace(  # noqa: PLR0913 - one for each part of the request
        self,
        tx: TenantTransaction,
        kind: DocumentKind,
        document_id: UUID,
        content: bytes,
        now: datetime.datetime,
        *,
        reason: str | None = None,
    ) -> None:
        """Put another body in the place of a draft's; what it said before is kept as a version.

        Raises:
            NotFoundProblem: No such document of this kind, or a link that leads nowhere.
            DocumentStateProblem: It is issued.
            RequestInvalidProblem: The new body makes another kind of document of it.
        """
        row = self.get(tx, document_id, (kind,), lock=True)
        if row.state != "draft":
            raise DocumentStateProblem(f"The document is {row.state} and never changes.")
        accepted = self._accepted(tx, kind, content, now)
        if accepted.kind is not row.kind:
            message = f"would make a {accepted.kind.words} of it; create one instead"
            raise RequestInvalidProblem([{"pointer": "/type_code", "message": message}])
        actor = tx.tenant.actor
        before = related.Version(row.version, row.body, reason, actor.kind, actor.id, now)
        related.keep_version(tx, document_id, before)
        repository.update(tx, document_id, accepted.values)
        related.replace_relations(tx, document_id, accepted.loaded.relations, now)
        tell(tx, self.get(tx, document_id), "updated", now, reason=reason)

    def delete(
        self,
        tx: TenantTransaction,
        kinds: Sequence[DocumentKind],
        document_id: UUID,
        now: datetime.datetime,
    ) -> None:
        """Delete a draft; it can be restored.

        Raises:
            NotFoundProblem: No such document.
            DocumentStateProblem: It is issued: what was issued is never deleted.
        """
        row = self.get(tx, document_id, kinds, lock=True)
        if row.state != "draft":
            raise DocumentStateProblem(f"The document is {row.state} and is never deleted.")
        gone = {"deleted_at": now, "updated_at": now, "held_at": None, "held_number": None}
        repository.update(tx, document_id, gone)
        tell(tx, row, "deleted", now)

    def restore(
        self,
        tx: TenantTransaction,
        kinds: Sequence[DocumentKind],
        document_id: UUID,
        now: datetime.datetime,
    ) -> None:
        """Bring a deleted draft back; one that is there stays as it is.

        Raises:
            NotFoundProblem: No such document.
        """
        row = repository.deleted(tx, document_id)
        if row is None or row.kind not in kinds:
            self.get(tx, document_id, kinds)
            return
        repository.update(tx, document_id, {"deleted_at": None, "updated_at": now})
        tell(tx, row, "restored", now)

    def finalize(
        self,
        tx: TenantTransaction,
        kinds: Sequence[DocumentKind],
        document_id: UUID,
        now: datetime.datetime,
        *,
        holds: bool = False,
    ) -> None:
        """Issue a draft; see `Issuer.issue` for what can be refused.

        With `holds`, one that must wait for the answer about its buyer's number is held instead.

        Raises:
            NotFoundProblem: No such document.
        """
        row = self.get(tx, document_id, kinds, lock=True)
        if row.state != "draft":
            raise DocumentStateProblem(f"The document is {row.state}; only a draft is finalized.")
        body = read_body(row.body.encode(), row.kind)
        loaded = load(tx, body, row.kind, row.customer_id, lock=True)
        keep_identity(tx)
        seat = seat_of(tx)  # only now: who it is cannot change any more
        loaded = self.numbers.beside(tx, loaded, body, seat, now)
        if holds and (number := holding.awaited(tx, row, body, seat, loaded, now)) is not None:
            holding.hold(tx, row, number, self.numbers, now)
            return
        issued = self.issuer.issue(tx, row, body, seat, loaded, now)
        if issued.tax.reliance.unanswered:
            self.numbers.ask_all_the_same(tx, loaded, body, seat, now)

    def mark_sent(
        self, tx: TenantTransaction, row: DocumentRow, now: datetime.datetime, channel: str
    ) -> None:
        """Note that an issued document was handed to its receiver; the first time counts."""
        if row.sent_at is None:
            repository.update(tx, row.id, {"sent_at": now, "updated_at": now})
        tell(tx, row, "sent", now, channel=channel)

    def payable(self, tx: TenantTransaction, row: DocumentRow) -> Decimal:
        """Return how much can be paid on a locked document now.

        On a credit note that names its invoice only what was paid too much there: what nobody
        paid is not given back.
        """
        return min(row.open_amount, overpaid(tx, row))

    def mark_paid(
        self,
        tx: TenantTransaction,
        row: DocumentRow,
        amount: Decimal,
        reversals: int,
        now: datetime.datetime,
    ) -> DocumentRow:
        """Let a document say what the ledger of payments says; for that ledger only."""
        values = {"amount_paid": amount, "reversals": reversals, "updated_at": now}
        repository.update(tx, row.id, values)
        return replace(row, amount_paid=amount, reversals=reversals)

    def get(
        self,
        tx: TenantTransaction,
        document_id: UUID,
        kinds: Sequence[DocumentKind] = ALL_KINDS,
        *,
        lock: bool = False,
    ) -> DocumentRow:
        """Return a document.

        Raises:
            NotFoundProblem: There is none with this id for this caller.
            DocumentDestroyedProblem: It was destroyed.
        """
        return there(repository.get(tx, document_id, kinds, lock=lock))

    def find(
        self,
        tx: TenantTransaction,
        public: str,
        kinds: Sequence[DocumentKind] = ALL_KINDS,
        *,
        lock: bool = False,
    ) -> DocumentRow:
        """Return the document with a public id, whose prefix is part of its name.

        Raises:
            NotFoundProblem: There is none with this id for this caller.
        """
        found = parse_id(public, *(kind.prefix for kind in kinds))
        named = [kind for kind in kinds if public.startswith(f"{kind.prefix}_")]
        return self.get(tx, found, named, lock=lock)

    def some(self, tx: TenantTransaction, ids: Collection[UUID]) -> list[DocumentRow]:
        """Return those of several documents that are there, in no particular order."""
        return list(repository.some(tx, ids).values())

    def show(
        self, tx: TenantTransaction, row: DocumentRow, now: datetime.datetime
    ) -> dict[str, Any]:
        """Return one document as JSON; a draft as it would be issued now."""
        if row.state != "draft":
            return views.view(tx, [row])[0]
        return views.recomputed(tx, row, self.numbers, now)

    def preview(
        self, tx: TenantTransaction, kind: DocumentKind, content: bytes, now: datetime.datetime
    ) -> dict[str, Any]:
        """Return what a body would say if it were issued now (`PreviewView`); nothing is stored.

        Raises: as `create`.
        """
        body = read_body(content, kind)
        return views.preview_of(
            tx, kind.unless_said(body.input.type_code), body, self.numbers, now
        )

    def view(self, tx: TenantTransaction, rows: Sequence[DocumentRow]) -> list[dict[str, Any]]:
        """Return documents as JSON (`DocumentView`)."""
        return views.view(tx, rows)

    def status_of(self, tx: TenantTransaction, row: DocumentRow) -> tuple[dict[str, Any], str]:
        """Return a document's status as JSON and its entity tag."""
        sent, count = status.read(tx, [row])[row.id]
        return status.of_document(row, sent, count), status.etag(row.version, count, sent)

    def page(
        self, tx: TenantTransaction, wanted: Filter, *, before: UUID | None, limit: int
    ) -> list[DocumentRow]:
        """Return one page of documents, newest first."""
        return repository.page(tx, wanted, before=before, limit=limit)

    def latest(self, tx: TenantTransaction, limit: int) -> list[tuple[DocumentRow, str]]:
        """Return the newest documents, each with its headline status."""
        rows = repository.page(tx, Filter(), before=None, limit=limit)
        reached = status.read(tx, rows)
        return [(row, status.word(row, reached[row.id][0])) for row in rows]

    def _accepted(
        self,
        tx: TenantTransaction,
        kind: DocumentKind,
        content: bytes,
        now: datetime.datetime,
    ) -> _Accepted:
        body = read_body(content, kind)
        kind = kind.unless_said(body.input.type_code)
        seat = seat_of(tx)
        customer_id = link_customer(tx, body, kind, now)
        loaded = self.numbers.beside(tx, load(tx, body, kind, customer_id), body, seat, now)
        prepared = prepare(body, kind, seat, loaded.sources, today=today_of(seat, now))
        report = preflight(tx, prepared, kind, seat, body)
        values = {
            "body": body.text,
            "metadata": body.input.metadata,
            "updated_at": now,
            "profile": prepared.profile.id if kind.fiscal else None,
            "issue_date": prepared.invoice.issue_date,
            **listed(prepared.invoice),
            "report": report_json(report, body),
            "customer_id": customer_id,
            "held_at": None,
            "held_number": None,
        }
        return _Accepted(kind, loaded, values)
