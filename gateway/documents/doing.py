"""What is done to documents without a request, in the activity log."""

import datetime
from collections.abc import Mapping
from typing import Any

from gateway.documents.repository import DocumentRow
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.tenants import activity


def note(
    tx: TenantTransaction,
    verb: str,
    row: DocumentRow,
    data: Mapping[str, Any],
    now: datetime.datetime,
) -> None:
    """Record that a document was created, finalized or sent, under the name of the operation.

    Args:
        tx: The transaction that did it, in the name of whoever had it done.
        verb: `create`, `finalize`, `send`.
        row: The document.
        data: What had it done.
        now: When.
    """
    action = f"{verb}_{row.kind.words.replace(' ', '_')}"
    activity.record(tx, action, subject_id=public_id(row.kind.prefix, row.id), data=data, now=now)
