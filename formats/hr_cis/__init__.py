"""Messages of CIS, the Croatian tax authority's system, about cash invoices; see README.md."""

from formats.hr_cis.invoice import Fee, Invoice, Number, Tax
from formats.hr_cis.messages import (
    Failure,
    Header,
    InvoiceRequest,
    InvoiceResponse,
    read_request,
    read_response,
    write_request,
    write_response,
)
from formats.hr_cis.values import CisError

__all__ = [
    "CisError",
    "Failure",
    "Fee",
    "Header",
    "Invoice",
    "InvoiceRequest",
    "InvoiceResponse",
    "Number",
    "Tax",
    "read_request",
    "read_response",
    "write_request",
    "write_response",
]
