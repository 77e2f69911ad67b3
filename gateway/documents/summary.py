"""Documents in a few lines: what goes into messages to other programs."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from gateway.documents.repository import standing
from gateway.documents.tables import document
from gateway.kinds import DocumentKind
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import service as transmissions
from gateway.transmissions.service import TransmissionView
from gateway.transmissions.states import headline

_AMOUNTS = ("total_without_vat", "total_vat", "total_with_vat", "amount_due", "amount_paid")
_TEXTS = ("number", "currency_code", "customer_name")
_DATES = ("issue_date", "due_date")
_COLUMNS = ("id", "entity_id", "kind", "state", "held_at", "metadata", *_TEXTS, *_DATES, *_AMOUNTS)


def summaries(
    tx: TenantTransaction, document_ids: Iterable[UUID]
) -> Mapping[UUID, Mapping[str, Any]]:
    """Return each document as JSON: who and what it is, where it stands, its totals and metadata.

    Amounts are texts, in the document's currency; what a draft does not have yet is null.
    """
    ids = list(document_ids)
    columns = [document.c[name] for name in _COLUMNS]
    rows = tx.execute(tx.select(document, *columns).where(document.c.id.in_(ids))).all()
    sent = transmissions.for_documents(tx, ids)
    return {
        row.id: _summary(
            row,
            _status(row, sent.get(row.id, ())),
        )
        for row in rows
    }


def _status(row: Any, sent: Sequence[TransmissionView]) -> str:  # noqa: ANN401 - a row
    state = transmissions.standing(standing(row.state, row.held_at), sent)
    return headline(state, transmissions.in_force(sent))


def _summary(row: Any, status: str) -> dict[str, Any]:  # noqa: ANN401 - a row of those columns
    kind = DocumentKind(row.kind)
    return {
        "id": public_id(kind.prefix, row.id),
        "object": kind.value,
        "entity_id": public_id("ent", row.entity_id),
        "state": row.state,
        "status": status,
        **{name: getattr(row, name) for name in _TEXTS},
        **{name: _day(getattr(row, name)) for name in _DATES},
        **{name: _amount(getattr(row, name)) for name in _AMOUNTS},
        "metadata": dict(row._mapping["metadata"]),  # noqa: SLF001 - its public name
    }


def _day(value: Any) -> str | None:  # noqa: ANN401 - a date, or nothing
    return None if value is None else value.isoformat()


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
