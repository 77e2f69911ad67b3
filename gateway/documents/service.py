"""Documents: what can be done with them. Endpoints call this; this calls the repository."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from countries.registry import COUNTRIES
from formats.en16931.party import Seller
from formats.json.blanks import without_blanks
from gateway.archive.service import Archive
from gateway.documents import repository, status
from gateway.documents.issue import Issuer, findings_json, layer_json, preflight, today_of
from gateway.documents.preparation import Body, Prepared, Seat, prepare, read_body
from gateway.documents.problems import DocumentStateProblem
from gateway.documents.repository import DocumentRow, Filter
from gateway.events import service as events
from gateway.kinds import DocumentKind
from gateway.kit.clock import written
from gateway.kit.ids import new_id, parse_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering import service as numbering
from gateway.problems import NotFoundProblem, RequestInvalidProblem
from gateway.tenants import service as tenants
from gateway.transmissions.service import TransmissionView
from gateway.transmissions.states import headline

ALL_KINDS = tuple(DocumentKind)


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents feature of one process."""

    issuer: Issuer

    @property
    def archive(self) -> Archive:
        """Where evidence goes."""
        return self.issuer.archive

    def create(
        self, tx: TenantTransaction, kind: DocumentKind, content: bytes, now: datetime.datetime
    ) -> UUID:
        """Store a draft and return its id.

        The type code (BT-3) decides what it is; `kind` only where the body names none.

        Raises:
            MalformedJsonProblem, RequestInvalidProblem: The body has not the right shape.
        """
        body, kind = _accepted(tx, kind, content, now)
        document_id = new_id()
        repository.insert(
            tx,
            {
                "id": document_id,
                "kind": kind.value,
                "state": "draft",
                "body": body.text,
                "metadata": body.input.metadata,
                "version": 1,
                "created_at": now,
                "updated_at": now,
            },
        )
        events.append(tx, type="document.created", document_id=document_id, data={}, now=now)
        return document_id

    def replace(
        self,
        tx: TenantTransaction,
        kind: DocumentKind,
        document_id: UUID,
        content: bytes,
        now: datetime.datetime,
    ) -> None:
        """Put another body in the place of a draft's.

        Raises:
            NotFoundProblem: No such document of this kind.
            DocumentStateProblem: It is issued.
            RequestInvalidProblem: The new body makes another kind of document of it.
        """
        row = self.get(tx, document_id, (kind,), lock=True)
        if row.state != "draft":
            raise DocumentStateProblem(f"The document is {row.state} and never changes.")
        body, becomes = _accepted(tx, kind, content, now)
        if becomes is not row.kind:
            message = f"would make a {becomes.value.replace('_', ' ')} of it; create one instead"
            raise RequestInvalidProblem([{"pointer": "/type_code", "message": message}])
        values = {"body": body.text, "metadata": body.input.metadata, "updated_at": now}
        repository.update(tx, document_id, values)
        events.append(tx, type="document.changed", document_id=document_id, data={}, now=now)

    def finalize(
        self,
        tx: TenantTransaction,
        kinds: Sequence[DocumentKind],
        document_id: UUID,
        now: datetime.datetime,
    ) -> None:
        """Issue a draft; see `Issuer.issue` for what can be refused.

        Raises:
            NotFoundProblem: No such document.
        """
        row = self.get(tx, document_id, kinds, lock=True)
        self.issuer.issue(tx, row, read_body(row.body.encode()), seat_of(tx), now)

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
        """
        row = repository.get(tx, document_id, kinds, lock=lock)
        if row is None:
            raise NotFoundProblem
        return row

    def find(
        self, tx: TenantTransaction, public: str, kinds: Sequence[DocumentKind] = ALL_KINDS
    ) -> DocumentRow:
        """Return the document with a public id, whose prefix is part of its name.

        Raises:
            NotFoundProblem: There is none with this id for this caller.
        """
        found = parse_id(public, *(kind.prefix for kind in kinds))
        named = [kind for kind in kinds if public.startswith(f"{kind.prefix}_")]
        return self.get(tx, found, named)

    def view(
        self, tx: TenantTransaction, rows: Sequence[DocumentRow], now: datetime.datetime
    ) -> list[dict[str, Any]]:
        """Return documents as JSON (`DocumentView`)."""
        reached = status.read(tx, rows)
        codes = numbering.codes(tx, [row.series_id for row in rows if row.series_id])
        return [self._view(tx, row, reached[row.id], codes, now) for row in rows]

    def status_of(self, tx: TenantTransaction, row: DocumentRow) -> tuple[dict[str, Any], str]:
        """Return a document's status as JSON and its entity tag."""
        sent, count = status.read(tx, [row])[row.id]
        return status.of_document(row, sent, count), status.etag(row.version, count)

    def page(
        self, tx: TenantTransaction, wanted: Filter, *, before: UUID | None, limit: int
    ) -> list[DocumentRow]:
        """Return one page of documents, newest first."""
        return repository.page(tx, wanted, before=before, limit=limit)

    def _view(
        self,
        tx: TenantTransaction,
        row: DocumentRow,
        reached: tuple[tuple[TransmissionView, ...], int],
        codes: Mapping[UUID, str],
        now: datetime.datetime,
    ) -> dict[str, Any]:
        sent, _ = reached
        report = row.report or {}
        shown: Mapping[str, Any] = {
            "invoice": row.invoice,
            "layers": report.get("layers", []),
            "findings": report.get("findings", []),
            "profile": row.profile,
            "issue_date": row.issue_date and row.issue_date.isoformat(),
        }
        if row.state == "draft":
            shown = preview(tx, row, now)
        return {
            "id": public_id(row.kind.prefix, row.id),
            "object": row.kind.value,
            "entity_id": public_id("ent", row.entity_id),
            "environment": tx.tenant.environment,
            "state": row.state,
            "status": headline(row.state, sent),
            "number": row.number,
            "series": codes.get(row.series_id) if row.series_id else None,
            "sha256": row.content_sha256 and row.content_sha256.hex(),
            "retain_until": row.retain_until and row.retain_until.isoformat(),
            **shown,
            "transmissions": [status.of_transmission(view) for view in sent],
            "metadata": dict(row.metadata),
            "created_at": written(row.created_at),
            "updated_at": written(row.updated_at),
            "issued_at": row.issued_at and written(row.issued_at),
        }


def _accepted(
    tx: TenantTransaction, kind: DocumentKind, content: bytes, now: datetime.datetime
) -> tuple[Body, DocumentKind]:
    """Return a body that a draft may have, and what kind of document it makes."""
    body = read_body(content)
    kind = kind.unless_said(body.input.type_code)
    seat = seat_of(tx)
    prepare(body, kind, seat, today=today_of(seat, now))  # refuses what a draft may not name
    return body, kind


def seat_of(tx: TenantTransaction) -> Seat:
    """Return what preparation must know of the transaction's entity."""
    entity = tenants.get_entity(tx, tx.entity_id)
    return Seat(
        seller=Seller.model_validate(without_blanks(entity.seller)),
        country=COUNTRIES.get(entity.country_code),
        country_code=entity.country_code,
        default_profile=entity.settings.get("default_profile"),
    )


def preview(tx: TenantTransaction, row: DocumentRow, now: datetime.datetime) -> dict[str, Any]:
    """Return what a draft would say if it were issued now, and what is still wrong with it."""
    body: Body = read_body(row.body.encode())
    seat = seat_of(tx)
    prepared: Prepared = prepare(body, row.kind, seat, today=today_of(seat, now))
    issue_date = prepared.invoice.issue_date
    report = preflight(prepared, seat, body)
    return {
        "invoice": prepared.invoice.model_dump(mode="json", exclude_none=True),
        "layers": [layer_json(layer) for layer in report.layers],
        "findings": findings_json(report.findings, body),
        "profile": prepared.profile.id,
        "issue_date": issue_date and issue_date.isoformat(),
    }
