"""The bytes of an invoice that are kept from its issue on, and the message that carries them.

What is frozen has no header: its message id and its moment are those of one sending, and the
authority wants others each time, also when the same invoice is sent again.
"""

import datetime
from dataclasses import replace

from formats.furs.invoice import Invoice, SalesBookInvoice
from formats.furs.messages import Header, InvoiceRequest, read_json, write_json
from formats.furs.structure import FursError


def frozen(invoice: Invoice | SalesBookInvoice) -> bytes:
    """Return the bytes to keep.

    Raises:
        FursError: The invoice of a device has no ZOI.
    """
    if isinstance(invoice, SalesBookInvoice):
        return write_json(InvoiceRequest(sales_book_invoice=invoice))
    if invoice.protected_id is None:
        raise FursError("/ProtectedID", "is missing")
    return write_json(InvoiceRequest(invoice=invoice))


def addressed(
    content: bytes,
    message_id: str,
    *,
    deferred: bool,
    sent_at: datetime.datetime | None = None,
) -> InvoiceRequest:
    """Return the message that carries frozen bytes.

    Args:
        content: What `frozen` returned.
        message_id: A UUID; another one each time it is sent (R_1.0).
        deferred: It was issued while FURS could not be reached.
        sent_at: When, in local time; None: when it was issued.

    Raises:
        FursError: They are no such bytes.
    """
    request = read_json(content)
    if not isinstance(request, InvoiceRequest):
        raise FursError("", "is no invoice")
    invoice, book = request.invoice, request.sales_book_invoice
    if invoice is not None and deferred:
        invoice = replace(invoice, subsequent=True)
    day = None if book is None else datetime.datetime.combine(book.issued_on, datetime.time())
    issued_at = day if invoice is None else invoice.issued_at
    at = sent_at or issued_at
    if at is None:  # pragma: no cover - for the reader of types
        raise AssertionError("an invoice request holds one of the two")
    return replace(request, invoice=invoice, header=Header(message_id=message_id, sent_at=at))
