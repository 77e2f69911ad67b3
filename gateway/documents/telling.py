"""What happens to a document, as events: `invoice.finalized`, `credit_note.created` ..."""

import datetime
from typing import Any

from gateway.documents.repository import DocumentRow
from gateway.events import service as events
from gateway.kit.tenancy import TenantTransaction


def tell(
    tx: TenantTransaction,
    row: DocumentRow,
    verb: str,
    now: datetime.datetime,
    **data: Any,  # noqa: ANN401 - the JSON edge
) -> None:
    """Append an event about a document; its number and metadata are always part of it.

    Args:
        tx: The transaction in which it happens.
        row: The document.
        verb: What happened, as a past participle.
        now: When.
        **data: What else there is to know; must be JSON.
    """
    events.append(
        tx,
        type=f"{row.kind.value}.{verb}",
        document_id=row.id,
        data={"number": row.number, **data, "metadata": dict(row.metadata)},
        now=now,
    )
