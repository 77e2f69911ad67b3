"""The bytes of an invoice that are kept from its issue on, and the message that carries them.

What is frozen has no header: its message id and its moment are those of one sending, and the
authority wants others each time, also when the same invoice is sent again.
"""

import datetime
from dataclasses import replace

from formats.hr_cis.elements import (
    NAMESPACE,
    PREFIX,
    is_called,
    read_invoice,
    refused,
    write_invoice,
)
from formats.hr_cis.invoice import Invoice
from formats.hr_cis.messages import Header, InvoiceRequest
from formats.hr_cis.values import CisError
from formats.xml import parse


def frozen(invoice: Invoice) -> bytes:
    """Return the bytes to keep.

    Raises:
        CisError: The invoice has no ZKI.
    """
    if invoice.zki is None:
        raise CisError("ZastKod", "is missing")
    name = f"{PREFIX}:Racun"
    return f'<{name} xmlns:{PREFIX}="{NAMESPACE}">{write_invoice(invoice)}</{name}>'.encode()


def thawed(content: bytes) -> Invoice:
    """Return the invoice in frozen bytes.

    Raises:
        UnreadableDocumentError: They are none.
    """
    root = parse(content)
    if not is_called(root, "Racun"):
        raise refused("root", f"{root.tag!s} is no Racun", root)
    return read_invoice(root)


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
        message_id: A UUID; another one each time it is sent (2.1.1.1).
        deferred: The invoice was handed over without a JIR.
        sent_at: When, in local time; None: when it was issued.

    Raises:
        UnreadableDocumentError: They are no such bytes.
    """
    invoice = thawed(content)
    header = Header(message_id=message_id.lower(), sent_at=sent_at or invoice.issued_at)
    return InvoiceRequest(header=header, invoice=replace(invoice, late=deferred or invoice.late))
