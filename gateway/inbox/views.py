"""Received documents as JSON (`schemas.ReceivedView`)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from countries.party_numbers import vat_key
from gateway.archive.service import ArchiveEntry
from gateway.compliance.addressing import SELF_BILLED
from gateway.customers import service as customers
from gateway.inbox import repository
from gateway.inbox.repository import ArrivalRow, Likeness, ReceivedRow
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction

Json = dict[str, Any]


def listed(tx: TenantTransaction, rows: Sequence[ReceivedRow]) -> list[Json]:
    """Return documents as a list shows them."""
    ids = [row.id for row in rows]
    arrivals, alike, suppliers = _arrivals(tx, ids), _alike(tx, ids), _suppliers(tx, rows)
    return [
        _summary(tx, row, arrivals[row.id], alike[row.id]) | _supplier(row, suppliers)
        for row in rows
    ]


def whole(tx: TenantTransaction, row: ReceivedRow) -> Json:
    """Return one document with all there is to know."""
    arrivals, alike = _arrivals(tx, [row.id])[row.id], _alike(tx, [row.id])[row.id]
    report: Mapping[str, Any] = row.report or {}
    findings = report.get("findings", [])
    return {
        **_summary(tx, row, arrivals, alike),
        **_supplier(row, _suppliers(tx, [row])),
        "invoice": row.invoice,
        "layers": report.get("layers", []),
        "findings": findings,
        "finding_count": report.get("finding_count", len(findings)),
        "losses": report.get("losses", []),
        "refusal": report.get("refusal"),
        "arrivals": [_arrival(one) for one in arrivals],
    }


def evidence(entry: ArchiveEntry) -> Json:
    """Return an archived file (`schemas.ReceivedEvidenceView`)."""
    return {
        "id": public_id("arc", entry.id),
        "object": "archive_entry",
        "role": entry.role,
        "name": entry.name,
        "media_type": entry.media_type,
        "size": entry.size,
        "sha256": entry.sha256.hex(),
        "log_index": entry.log_index,
        "at": written(entry.at),
    }


def _summary(
    tx: TenantTransaction,
    row: ReceivedRow,
    arrivals: Sequence[ArrivalRow],
    alike: Sequence[Likeness],
) -> Json:
    decision = row.decided_at and {
        "state": "accepted" if row.business == "paid" else row.business,
        "code": row.decision_code,
        "reason": row.decision_reason,
        "at": written(row.decided_at),
    }
    payment = row.paid_on and {
        "paid_on": row.paid_on.isoformat(),
        "reference": row.payment_reference,
    }
    return {
        "id": public_id("rcv", row.id),
        "object": "received_document",
        "entity_id": public_id("ent", row.entity_id),
        "environment": tx.tenant.environment,
        "state": row.state,
        "verdict": row.verdict,
        "business": row.business,
        "misaddressed": row.misaddressed,
        "channel": arrivals[0].channel,
        "source": row.source,
        "profile": row.profile,
        "number": row.number,
        "type_code": row.type_code,
        "issue_date": row.issue_date and row.issue_date.isoformat(),
        "due_date": row.due_date and row.due_date.isoformat(),
        "supplier_name": row.supplier_name,
        "currency_code": row.currency_code,
        "total_without_vat": _amount(row.total_without_vat),
        "total_vat": _amount(row.total_vat),
        "total_with_vat": _amount(row.total_with_vat),
        "amount_due": _amount(row.amount_due),
        "media_type": row.media_type,
        "size": row.size,
        "sha256": row.sha256.hex(),
        "semantic_hash": row.semantic_hash,
        "duplicates": [
            {"id": public_id("rcv", one.other_id), "relation": one.relation} for one in alike
        ],
        "decision": decision,
        "payment": payment,
        "retain_until": row.retain_until.isoformat(),
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
        "read_at": row.read_at and written(row.read_at),
    }


def _arrival(one: ArrivalRow) -> Json:
    return {
        "channel": one.channel,
        "message_id": one.message_id,
        "sender": one.sender,
        "receiver": one.receiver,
        "filename": one.filename,
        "at": written(one.at),
    }


def _arrivals(tx: TenantTransaction, ids: Sequence[UUID]) -> dict[UUID, list[ArrivalRow]]:
    found = defaultdict[UUID, list[ArrivalRow]](list)
    for one in repository.arrivals(tx, ids):
        found[one.received_id].append(one)
    return found


def _alike(tx: TenantTransaction, ids: Sequence[UUID]) -> dict[UUID, list[Likeness]]:
    found = defaultdict[UUID, list[Likeness]](list)
    for one in repository.likenesses(tx, ids):
        found[one.received_id].append(one)
    return found


def _suppliers(tx: TenantTransaction, rows: Sequence[ReceivedRow]) -> Mapping[str, UUID]:
    """Return whom of its customers the entity knows the suppliers as, by VAT identifier."""
    keys = {key for row in rows if (key := _vat_of(row))}
    return customers.by_vat_keys(tx, keys)


def _supplier(row: ReceivedRow, known: Mapping[str, UUID]) -> Json:
    found = known.get(_vat_of(row) or "")
    return {"supplier_id": found and public_id("cus", found)}


def _vat_of(row: ReceivedRow) -> str | None:
    """Return the VAT identifier of who wrote a document, as customers are recognised by it."""
    if row.invoice is None:
        return None
    side = "buyer" if row.type_code in SELF_BILLED else "seller"
    return vat_key((row.invoice.get(side) or {}).get("vat_identifier") or "")


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
