"""The PDF417 code of the Croatian universal payment order (HUB 3).

Source: HUB, 2D barkod na obrascu HUB 3A, version 6 (September 2022, euro): 14 fields with their
lengths, each ended by a line feed, the characters allowed; PDF417 with 9 columns, error
correction level 4, modules of 0.254 mm three times as high as wide, UTF-8.
"""

import re

from formats.pdf.payment_codes.transfer import NoPaymentCodeError, Transfer, fitted

FIELDS = 14
COLUMNS = 9
SECURITY_LEVEL = 4
MODULE_MM = 0.254
ROW_RATIO = 3
_NO_REFERENCE = ("HR99", "")
_PURPOSE = "GDSV"  # ISO 20022 purpose: goods and services
_REFERENCE = re.compile("(HR[0-9]{2})([0-9-]{0,22})")
_ALLOWED = re.compile(r"[0-9A-Za-zČĆĐŠŽčćđšž ,.:\-+?'/()]")


def hub3_payload(transfer: Transfer) -> str:
    """Return the text of the code.

    Names, addresses and description are cut to their fields; account, amount and reference never
    are. A reference without a Croatian model goes into the description, under `HR99`.

    Raises:
        NoPaymentCodeError: The account is not a Croatian one.
    """
    if not re.fullmatch("HR[0-9]{19}", transfer.iban):
        raise NoPaymentCodeError("HUB 3 pays into Croatian accounts only.")
    model, reference = _reference(transfer.reference)
    purpose = transfer.number if reference else transfer.reference
    fields = (
        *("HRVHUB30", "EUR", f"{transfer.cents:015d}"),
        fitted(transfer.payer_name, 30, _ALLOWED),
        fitted(transfer.payer_street, 27, _ALLOWED),
        fitted(transfer.payer_town, 27, _ALLOWED),
        fitted(transfer.name, 25, _ALLOWED),
        fitted(transfer.street, 25, _ALLOWED),
        fitted(transfer.town, 27, _ALLOWED),
        transfer.iban,
        *(model, reference),
        _PURPOSE,
        fitted(purpose, 35, _ALLOWED),
    )
    return "".join(f"{field}\n" for field in fields)


def _reference(text: str) -> tuple[str, str]:
    match = _REFERENCE.fullmatch(text.replace(" ", "").upper())
    return (match[1], match[2]) if match else _NO_REFERENCE
