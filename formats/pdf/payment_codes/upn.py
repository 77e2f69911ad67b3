"""The QR code of the Slovenian universal payment order (UPN QR).

Source: Tehnični standard UPN QR (Združenje bank Slovenije, 2016): 19 fields in fixed order, each
ended by a line feed, then the control sum; ISO 8859-2 (ECI 4), QR version 15, error correction M.
"""

import re

from formats.pdf.payment_codes.transfer import (
    NoPaymentCodeError,
    Transfer,
    creditor_reference,
    fitted,
)

FIELDS = 19
QR_VERSION = 15
ENCODING = "iso-8859-2"
_NO_REFERENCE = "SI99"
_PURPOSE = "GDSV"  # ISO 20022 purpose: goods and services
_REFERENCE = re.compile("SI[0-9]{2}[0-9-]{0,22}")
_ALLOWED = re.compile(
    r"[ -~ÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖŘŮÚŰÜÝŢßáâăäĺćçčéęëěíîďđńňóôőöřůúűüýţĄŁŚŠŞŤŹŽŻąłśšşťźžż]"
)
_NAME, _TEXT = 33, 42


def upn_payload(transfer: Transfer) -> str:
    """Return the text of the code.

    Names, addresses and purpose are cut to their fields; account, amount and reference never
    are. A reference that is neither SI nor RF goes into the purpose, under `SI99`.

    Raises:
        NoPaymentCodeError: The account is not a Slovenian one.
    """
    if not re.fullmatch("SI56[0-9]{15}", transfer.iban):
        raise NoPaymentCodeError("UPN QR pays into Slovenian accounts only.")
    reference = _reference(transfer.reference)
    fields = (
        "UPNQR",
        *("", "", "", ""),  # payer's account, deposit, withdrawal, payer's reference
        fitted(transfer.payer_name, _NAME, _ALLOWED),
        fitted(transfer.payer_street, _NAME, _ALLOWED),
        fitted(transfer.payer_town, _NAME, _ALLOWED),
        f"{transfer.cents:011d}",
        *("", ""),  # payment date, urgent
        _PURPOSE,
        fitted(_purpose(transfer, reference), _TEXT, _ALLOWED),
        "" if transfer.due is None else transfer.due.strftime("%d.%m.%Y"),
        transfer.iban,
        reference,
        fitted(transfer.name, _NAME, _ALLOWED),
        fitted(transfer.street, _NAME, _ALLOWED),
        fitted(transfer.town, _NAME, _ALLOWED),
    )
    body = "".join(f"{field}\n" for field in fields)
    return f"{body}{len(body):03d}\n"


def _purpose(transfer: Transfer, reference: str) -> str:
    """Return what the payment is for: the reference, unless it stands in its own field."""
    return transfer.reference if reference == _NO_REFERENCE else transfer.number


def _reference(text: str) -> str:
    compact = text.replace(" ", "").upper()
    if _REFERENCE.fullmatch(compact):
        return compact
    return creditor_reference(text) or _NO_REFERENCE
