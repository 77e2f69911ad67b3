"""Payment codes: what a banking app scans instead of having it typed."""

from formats.pdf.payment_codes.selection import Code, fiscal_code, payment_code
from formats.pdf.payment_codes.transfer import NoPaymentCodeError

__all__ = ["Code", "NoPaymentCodeError", "fiscal_code", "payment_code"]
