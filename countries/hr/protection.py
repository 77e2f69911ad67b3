"""Putting the ZKI on what the authority is told of an invoice, and the address on its paper."""

from collections.abc import Callable
from dataclasses import replace

from countries.hr.invoice_number import InvoiceNumber
from countries.hr.receipt_link import PAGE, receipt_link
from countries.hr.zki import KeyData, zki
from formats.hr_cis import Invoice


def key_data(invoice: Invoice) -> KeyData:
    """Return what the ZKI of an invoice is made of.

    Raises:
        ZkiError: Its moment has a zone: the authority is told local time, as it is printed.
    """
    number = invoice.number
    return KeyData(
        oib=invoice.oib,
        issued_at=invoice.issued_at,
        number=InvoiceNumber(int(number.sequence), number.premise, number.device),
        total=invoice.total,
    )


def protected(invoice: Invoice, sign: Callable[[bytes], bytes]) -> Invoice:
    """Return an invoice with its ZKI.

    Args:
        invoice: Complete but for that.
        sign: With the issuer's key: RSA, PKCS #1 v1.5, SHA-1.
    """
    return replace(invoice, zki=zki(key_data(invoice), sign))


def printed_link(invoice: Invoice, jir: str | None = None, *, page: str = PAGE) -> str:
    """Return the address for the QR code: by the JIR or, without one, by the ZKI.

    Raises:
        ReceiptLinkError: It has no ZKI yet, or its total is too long.
    """
    return receipt_link(jir or invoice.zki or "", invoice.issued_at, invoice.total, page=page)
