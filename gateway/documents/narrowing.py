"""What lists of documents can be narrowed to, as query parameters."""

from typing import Annotated, Literal

from fastapi import Depends, Query

from gateway.documents.repository import Filter
from gateway.kit import clock
from gateway.kit.ids import parse_id
from gateway.kit.moments import Day
from gateway.kit.pagination import MetadataFilter

State = Annotated[
    Literal["draft", "issued", "voided", "corrected"] | None, Query(description="Only those.")
]
Number = Annotated[
    str | None,
    Query(max_length=200, pattern=r"^[^\x00]*$", description="The legal number, exactly."),
]
From = Annotated[Day | None, Query(alias="from", description="Issued on or after.")]
Until = Annotated[Day | None, Query(description="Issued on or before.")]
Customer = Annotated[str | None, Query(description="`cus_...`")]
Currency = Annotated[str | None, Query(pattern=r"^[A-Z]{3}$", description="ISO 4217.")]
Payment = Annotated[
    Literal["unpaid", "partially_paid", "paid", "reversed"] | None,
    Query(description="Only those."),
]
Overdue = Annotated[bool, Query(description="Only what is unpaid and was due before today.")]
Deleted = Annotated[bool, Query(description="Deleted drafts, instead of what is there.")]


def narrowed(  # noqa: PLR0913, PLR0917 - one for each parameter
    metadata: MetadataFilter,
    state: State = None,
    number: Number = None,
    issued_from: From = None,
    until: Until = None,
    customer_id: Customer = None,
    currency: Currency = None,
    payment_status: Payment = None,
    overdue: Overdue = False,  # noqa: FBT002 - a query parameter
    deleted: Deleted = False,  # noqa: FBT002 - a query parameter
) -> Filter:
    """Return what the caller wants to see.

    Raises:
        NotFoundProblem: The customer's id is none.
    """
    return Filter(
        state=state,
        number=number,
        metadata=metadata,
        issued_from=issued_from,
        issued_until=until,
        customer_id=None if customer_id is None else parse_id(customer_id, "cus"),
        currency_code=currency,
        payment=payment_status,
        overdue_on=clock.now().date() if overdue else None,
        deleted=deleted,
    )


Narrowed = Annotated[Filter, Depends(narrowed)]
