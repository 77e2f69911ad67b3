"""The report of a batch: JSON by the page, CSV and XLSX as a whole."""

import tempfile
from collections.abc import Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

from gateway.jobs.service import JobRow
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.sheets.writing import DelimitedSheet, Sheet, WorkbookSheet
from gateway.vies import batch_items, batches, repository
from gateway.vies.answers import Fault
from gateway.vies.batch_items import Item
from gateway.vies.checks import Check
from gateway.vies.faults import TREATMENTS

Format = Literal["csv", "xlsx"]

MEDIA_TYPES: Mapping[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_COLUMNS = (
    *("given", "vat_id", "customer_id", "outcome", "fault", "detail", "action", "from_cache"),
    *("attempts", "asked_at", "consultation_number", "name", "address", "check_id"),
)


def report(tx: TenantTransaction, job: JobRow) -> dict[str, Any]:
    """Return the report without its numbers (`VatBatchView`)."""
    return {
        "id": public_id("job", job.id),
        "object": "vat_batch",
        "entity_id": public_id("ent", tx.entity_id),
        "state": job.state,
        "progress": {"done": job.done, "total": job.total},
        "counts": batches.summary(tx, job.id),
        "faults": batches.faults(tx, job.id),
        "created_at": written(job.created_at),
        "finished_at": None if job.finished_at is None else written(job.finished_at),
    }


def items(tx: TenantTransaction, found: Sequence[Item]) -> list[dict[str, Any]]:
    """Return numbers as JSON (`VatBatchItem`), each with what its answer says."""
    checks = repository.some(tx, {item.check_id for item in found if item.check_id is not None})
    return [
        _item(item, None if item.check_id is None else checks[item.check_id]) for item in found
    ]


def sheet(tx: TenantTransaction, job_id: UUID, form: Format) -> bytes:
    """Return the whole report as a file."""
    with tempfile.NamedTemporaryFile() as sink:
        rows: Sheet = (DelimitedSheet if form == "csv" else WorkbookSheet)(sink, _COLUMNS)
        for some in batch_items.every(tx, job_id):
            for item in items(tx, some):
                rows.add([_cell(item[name]) for name in _COLUMNS])
        rows.close()
        sink.seek(0)
        return sink.read()


def _item(item: Item, check: Check | None) -> dict[str, Any]:
    return {
        "position": item.position,
        "given": item.given,
        "vat_id": item.number,
        "customer_id": None if item.customer_id is None else public_id("cus", item.customer_id),
        "outcome": item.outcome,
        "fault": item.fault,
        "detail": item.detail,
        "action": None if item.fault is None else TREATMENTS[Fault(item.fault)].action,
        "from_cache": item.from_cache,
        "attempts": item.attempts,
        "check_id": None if item.check_id is None else public_id("vck", item.check_id),
        "asked_at": None if check is None else written(check.asked_at),
        "consultation_number": None if check is None else check.consultation_number,
        "name": None if check is None else check.name,
        "address": None if check is None else check.address,
    }


def _cell(value: Any) -> str | None:  # noqa: ANN401 - JSON
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)
