"""Recurring invoices as the API shows them."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.recurring.repository import OccurrenceRow, RecurringRow


def recurring_json(row: RecurringRow, environment: str) -> dict[str, Any]:
    """Return a recurring invoice as JSON (`RecurringView`)."""
    return {
        "id": public_id("rec", row.id),
        "object": "recurring_invoice",
        "entity_id": public_id("ent", row.entity_id),
        "environment": environment,
        "name": row.name,
        "kind": row.kind.value,
        "state": row.state,
        "document": json.loads(row.body),
        "schedule": dict(row.schedule),
        "actions": dict(row.actions),
        "due_days": row.due_days,
        "next_date": row.next_date and row.next_date.isoformat(),
        "last_date": row.last_date and row.last_date.isoformat(),
        "made": row.made,
        "error": None if row.problem is None else dict(row.problem),
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
    }


def occurrence_json(row: OccurrenceRow, prefixes: Mapping[UUID, str]) -> dict[str, Any]:
    """Return a day that is behind us as JSON (`OccurrenceView`).

    Args:
        row: The day.
        prefixes: Of the ids of documents.
    """
    document = row.document_id
    prefix = prefixes.get(document) if document else None
    return {
        "object": "occurrence",
        "date": row.date.isoformat(),
        "number": row.number,
        "state": row.state,
        "document_id": public_id(prefix, document) if prefix and document else None,
        "error": None if row.problem is None else dict(row.problem),
        "sent_at": row.sent_at and written(row.sent_at),
        "send_error": None if row.send_problem is None else dict(row.send_problem),
        "created_at": written(row.created_at),
    }
