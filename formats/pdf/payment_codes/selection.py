"""Which codes stand on an invoice, and why not."""

from dataclasses import dataclass

import segno

from formats.en16931.model import Invoice
from formats.pdf.options import FiscalQr, PaymentQr
from formats.pdf.payment_codes import upn
from formats.pdf.payment_codes.epc import epc_payload
from formats.pdf.payment_codes.hub3 import hub3_payload
from formats.pdf.payment_codes.symbols import QR_QUIET, pdf417_svg, qr_svg
from formats.pdf.payment_codes.transfer import NoPaymentCodeError, Transfer, transfer_of

_NATIONAL = {"SI": PaymentQr.UPN, "HR": PaymentQr.HUB3}
_EPC_VERSION = 13
_EPC_WIDTH, _UPN_WIDTH, _FISCAL_WIDTH = 32.0, 36.0, 30.0
"""Printed width in mm: modules of 0.42 mm or more."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code ready to print.

    Attributes:
        kind: `epc`, `upn`, `hub3` or `fiscal`.
        payload: Its text.
        svg: The symbol with its quiet zone.
        width_mm: Its printed width.
    """

    kind: str
    payload: str
    svg: str
    width_mm: float


def payment_code(invoice: Invoice, choice: PaymentQr = PaymentQr.AUTO) -> Code | None:
    """Return the payment code of an invoice, or None if none is wanted (`PaymentQr.NONE`).

    Raises:
        NoPaymentCodeError: The payment does not allow the chosen code; its message says why.
    """
    if choice is PaymentQr.NONE:
        return None
    transfer = transfer_of(invoice)
    if choice is PaymentQr.AUTO:
        choice = _NATIONAL.get(transfer.iban[:2], PaymentQr.EPC)
    return _MAKERS[choice](transfer)


def _epc(transfer: Transfer) -> Code:
    payload = epc_payload(transfer)
    symbol = segno.make_qr(payload, error="m", mode="byte", encoding="utf-8", boost_error=False)
    if int(symbol.version) > _EPC_VERSION:  # 331 bytes fit version 13 at level M exactly
        raise NoPaymentCodeError("The code would be larger than QR version 13.")
    return Code("epc", payload, qr_svg(symbol), _EPC_WIDTH)


def _upn(transfer: Transfer) -> Code:
    payload = upn.upn_payload(transfer)
    symbol = segno.make_qr(
        payload,
        error="m",
        version=upn.QR_VERSION,
        mode="byte",
        encoding=upn.ENCODING,
        eci=True,
        boost_error=False,
    )
    return Code("upn", payload, qr_svg(symbol), _UPN_WIDTH)


def _hub3(transfer: Transfer) -> Code:
    payload = hub3_payload(transfer)
    svg, width = pdf417_svg(payload)
    return Code("hub3", payload, svg, width)


_MAKERS = {PaymentQr.EPC: _epc, PaymentQr.UPN: _upn, PaymentQr.HUB3: _hub3}


def fiscal_code(fiscal: FiscalQr) -> Code:
    """Return the QR code of a fiscal authority; error correction M, as most demand."""
    symbol = segno.make_qr(fiscal.payload, error="m", boost_error=False)
    width = _FISCAL_WIDTH
    if fiscal.width_mm is not None:
        with_quiet = symbol.symbol_size(border=QR_QUIET)[0] / symbol.symbol_size(border=0)[0]
        width = round(fiscal.width_mm * with_quiet, 2)
    return Code("fiscal", fiscal.payload, qr_svg(symbol), width)
