"""Documents as JSON (`DocumentView`)."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from formats.findings import Finding, Flag
from gateway.documents import status
from gateway.documents.held import seat_of
from gateway.documents.issue import preflight, today_of
from gateway.documents.law import CorrectionRefusedProblem
from gateway.documents.loading import find_customer, load
from gateway.documents.preparation import Body, prepare, read_body
from gateway.documents.problems import finding_json
from gateway.documents.reporting import findings_json, layer_json
from gateway.documents.repository import DocumentRow
from gateway.documents.vat_numbers import VatNumbers
from gateway.kinds import DocumentKind
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering import service as numbering
from gateway.problems import InvalidPart, NotFoundProblem, RequestInvalidProblem
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from gateway.transmissions.service import TransmissionView

BROKEN_LINK = "GW-32"
"""A draft links to what is gone, or does not fit any more."""


def view(tx: TenantTransaction, rows: Sequence[DocumentRow]) -> list[dict[str, Any]]:
    """Return documents as JSON; drafts as they were computed when they last changed."""
    reached = status.read(tx, rows)
    codes = numbering.codes(tx, [row.series_id for row in rows if row.series_id])
    given = stamps.for_documents(tx, [row.id for row in rows if row.state != "draft"])
    return [_view(tx, row, reached[row.id], codes, given.get(row.id, ())) for row in rows]


def recomputed(
    tx: TenantTransaction, row: DocumentRow, numbers: VatNumbers, now: datetime.datetime
) -> dict[str, Any]:
    """Return a draft as JSON, as it would be issued now: its entity and customer may have changed.

    One whose links lead nowhere by now, or to what they do not fit any more, is shown as it was
    computed when it last changed, with a finding for each of them (GW-32).
    """
    stored = view(tx, [row])[0]
    body = read_body(row.body.encode(), row.kind)
    try:
        return stored | preview(tx, row.kind, body, row.customer_id, numbers, now)
    except (NotFoundProblem, RequestInvalidProblem, CorrectionRefusedProblem) as refused:
        parts = refused.extensions.get("errors", ())
        broken = [finding_json(_broken(part), part.get("pointer")) for part in parts]
        return stored | {"findings": [*broken, *stored["findings"]]}


def _broken(part: InvalidPart) -> Finding:
    return Finding(
        rule=BROKEN_LINK,
        rule_set="gateway.documents:links",
        flag=Flag.FATAL,
        message=f"{part.get('pointer')} {part.get('message')}.",
        fix=part.get("fix") or "Name another one, or leave the link out.",
    )


def preview_of(
    tx: TenantTransaction,
    kind: DocumentKind,
    body: Body,
    numbers: VatNumbers,
    now: datetime.datetime,
) -> dict[str, Any]:
    """Return the preview of a body that is not stored, with the number it would get."""
    shown = preview(tx, kind, body, find_customer(tx, body, kind), numbers, now)
    number, series = numbering.preview(
        tx,
        code=body.input.series,
        number=body.input.number,
        default_code=kind.default_series,
        issue_date=datetime.date.fromisoformat(shown["issue_date"]),
        now=now,
    )
    return {
        "object": "preview",
        "kind": kind.value,
        "number": number,
        "series": series,
        **shown,
    }


def preview(  # noqa: PLR0913, PLR0917 - a body, and all it depends on
    tx: TenantTransaction,
    kind: DocumentKind,
    body: Body,
    customer_id: UUID | None,
    numbers: VatNumbers,
    now: datetime.datetime,
) -> dict[str, Any]:
    """Return what a body would say if it were issued now, and what is wrong with it."""
    seat = seat_of(tx)
    loaded = numbers.beside(tx, load(tx, body, kind, customer_id), body, seat, now)
    prepared = prepare(body, kind, seat, loaded.sources, today=today_of(seat, now))
    report = preflight(tx, prepared, kind, seat, body)
    invoice = prepared.invoice
    totals = invoice.totals
    return {
        "invoice": invoice.model_dump(mode="json", exclude_none=True),
        "layers": [layer_json(layer) for layer in report.layers],
        "findings": findings_json(report.findings, body),
        "profile": prepared.profile.id if kind.fiscal else None,
        "issue_date": invoice.issue_date and invoice.issue_date.isoformat(),
        "due_date": invoice.payment_due_date and invoice.payment_due_date.isoformat(),
        "currency_code": invoice.currency_code,
        "total_without_vat": _amount(totals.total_without_vat),
        "total_vat": _amount(totals.total_vat),
        "total_with_vat": _amount(totals.total_with_vat),
        "amount_due": _amount(totals.amount_due),
        "customer_name": invoice.buyer.name,
    }


def _view(
    tx: TenantTransaction,
    row: DocumentRow,
    reached: tuple[tuple[TransmissionView, ...], int],
    codes: Mapping[UUID, str],
    given: tuple[Stamp, ...],
) -> dict[str, Any]:
    sent, _ = reached
    report = row.report or {}
    public = public_id(row.kind.prefix, row.id)
    return {
        "id": public,
        "object": row.kind.value,
        **({"invoice_id": public} if row.kind is DocumentKind.INVOICE else {}),
        "entity_id": public_id("ent", row.entity_id),
        "environment": tx.tenant.environment,
        "state": row.state,
        "status": status.word(row, sent),
        "held": status.held_json(row),
        "number": row.number,
        "series": codes.get(row.series_id) if row.series_id else None,
        "profile": row.profile,
        "issue_date": row.issue_date and row.issue_date.isoformat(),
        "due_date": row.due_date and row.due_date.isoformat(),
        "currency_code": row.currency_code,
        "total_without_vat": _amount(row.total_without_vat),
        "total_vat": _amount(row.total_vat),
        "total_with_vat": _amount(row.total_with_vat),
        "amount_due": _amount(row.amount_due),
        "amount_paid": _amount(row.amount_paid),
        "amount_credited": _amount(row.amount_credited),
        "open_amount": _amount(row.open_amount),
        "payment_status": row.payment_status,
        "customer_id": row.customer_id and public_id("cus", row.customer_id),
        "customer_name": row.customer_name,
        "invoice": row.invoice,
        "layers": report.get("layers", []),
        "findings": report.get("findings", []),
        "decision": row.decision,
        "decision_reason": row.decision_reason,
        "void_reason": row.void_reason,
        "sha256": row.content_sha256 and row.content_sha256.hex(),
        "retain_until": row.retain_until and row.retain_until.isoformat(),
        "stamps": [stamp.as_dict() for stamp in given],
        "transmissions": [status.of_transmission(one) for one in sent],
        "metadata": dict(row.metadata),
        "version": row.version,
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
        "issued_at": row.issued_at and written(row.issued_at),
        "sent_at": row.sent_at and written(row.sent_at),
        "voided_at": row.voided_at and written(row.voided_at),
        "decided_at": row.decided_at and written(row.decided_at),
    }


def _amount(value: object) -> str | None:
    return None if value is None else f"{value:f}"
