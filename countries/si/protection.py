"""Putting the ZOI on what FURS is told of an invoice, and the sixty digits on paper."""

from collections.abc import Callable
from dataclasses import replace

from countries.si.receipt_code import receipt_code
from countries.si.zoi import KeyData, zoi
from formats.furs import Invoice


def key_data(invoice: Invoice) -> KeyData:
    """Return what the ZOI of an invoice is made of.

    Raises:
        ZoiError: Its moment has a zone: FURS is told local time, as it is printed.
    """
    return KeyData(
        tax_number=invoice.tax_number,
        issued_at=invoice.issued_at,
        number=invoice.identifier.number,
        premise=invoice.identifier.premise,
        device=invoice.identifier.device,
        amount=invoice.amount,
    )


def protected(invoice: Invoice, sign: Callable[[bytes], bytes]) -> Invoice:
    """Return an invoice with its ZOI.

    Args:
        invoice: Complete but for that.
        sign: With the issuer's key: RSA, PKCS #1 v1.5, SHA-256.
    """
    return replace(invoice, protected_id=zoi(key_data(invoice), sign))


def printed_code(invoice: Invoice) -> str:
    """Return the sixty digits of the code to print below the ZOI.

    Raises:
        ReceiptCodeError: It has no ZOI yet, or its moment has a zone.
    """
    return receipt_code(invoice.protected_id or "", invoice.tax_number, invoice.issued_at)
