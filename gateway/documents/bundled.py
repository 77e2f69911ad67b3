"""What a bundle says of an issued document: what it is, and what happened to it."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from gateway.archive.bundle import BundleDocument, JsonValue
from gateway.documents.repository import DocumentRow
from gateway.documents.service import Documents
from gateway.events import service as events
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.stamps import service as stamps
from gateway.tenants import service as tenants

_STAMPED = "document.stamped"
_TOTALS = ("total_without_vat", "total_vat", "total_with_vat", "amount_due")
_IDENTITY = ("name", "vat_identifier")

Told = tuple[BundleDocument, Sequence[Mapping[str, JsonValue]]]
"""What `gateway.archive.bundling.Bundle.add` takes."""


def told(
    documents: Documents,
    tx: TenantTransaction,
    row: DocumentRow,
    until: datetime.datetime | None = None,
) -> Told:
    """Return what a document is, and its events in order.

    Args:
        documents: The documents feature.
        tx: Sees the document.
        row: An issued document.
        until: Leave out events after this moment; None: out goes none.
    """
    status, _ = documents.status_of(tx, row)
    entity = tenants.get_entity(tx, row.entity_id)
    happened: list[Mapping[str, JsonValue]] = [
        {
            "id": public_id("evt", event.id),
            "type": event.type,
            "at": written(event.at),
            "transmission_id": _public("trn", event.transmission_id),
            "evidence_id": _public("arc", event.evidence_id),
            "data": dict(event.data),
        }
        for event in events.of_document(tx, row.id)
        if until is None or event.at <= until
    ]
    owner: Mapping[str, JsonValue] = {"id": public_id("ent", entity.id), "name": entity.name}
    given = [stamp.as_dict() for stamp in stamps.of_document(tx, row.id)]
    if until is not None:  # nor the stamps that these events put
        told_of = [event["data"] for event in happened if event["type"] == _STAMPED]
        given = [stamp for stamp in given if stamp in told_of]
    return _bundled(row, status, owner, given), happened


def _public(prefix: str, value: UUID | None) -> str | None:
    return None if value is None else public_id(prefix, value)


def _bundled(
    row: DocumentRow,
    status: Mapping[str, JsonValue],
    entity: Mapping[str, JsonValue],
    given: Sequence[Mapping[str, JsonValue]],
) -> BundleDocument:
    if (
        row.number is None
        or row.profile is None
        or row.issue_date is None
        or row.issued_at is None
        or row.retain_until is None
        or row.content_sha256 is None
    ):  # the database's check constraint: an issued row has them all
        raise AssertionError("an issued document lacks what issuing sets")
    return BundleDocument(
        id=row.id,
        public_id=public_id(row.kind.prefix, row.id),
        kind=row.kind.value,
        number=row.number,
        profile=row.profile,
        issue_date=row.issue_date,
        issued_at=row.issued_at,
        retain_until=row.retain_until,
        content_sha256=row.content_sha256,
        entity=entity,
        status=status,
        stamps=given,
        currency_code=row.currency_code,
        totals={name: _amount(getattr(row, name)) for name in _TOTALS},
        seller=_party(row, "seller"),
        buyer=_party(row, "buyer"),
    )


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _party(row: DocumentRow, name: str) -> Mapping[str, JsonValue]:
    """Return who a party is, as the issued invoice has it."""
    party = (row.invoice or {}).get(name, {})
    return {member: party[member] for member in _IDENTITY if member in party}
