"""Payment codes: what a banking app scans instead of having it typed."""

from formats.pdf.payment_codes.selection import PaymentCode, codes

__all__ = ["PaymentCode", "codes"]
