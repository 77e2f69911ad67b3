"""The QR code of the European Payments Council ("GiroCode"): a SEPA credit transfer.

Source: EPC069-12, Quick Response Code: Guidelines to Enable Data Capture for the Initiation of a
SEPA Credit Transfer, version 2.1 and later (version 002 of the code): lines, lengths, the 331
bytes, error correction level M, at most QR version 13.
"""

from formats.pdf.payment_codes.transfer import NoPaymentCodeError, Transfer, creditor_reference

MAX_BYTES = 331
_MAX_NAME = 70
_MAX_TEXT = 140
_EEA_CODES = """
AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK
"""
_EEA = frozenset(_EEA_CODES.split())
_OTHER_CODES = "AD AL CH GB GG GI IM JE MC MD ME MK RS SM VA"
_OTHER_SEPA = frozenset(_OTHER_CODES.split())
"""SEPA outside the EEA, where the BIC stays mandatory; GG, GI, IM, JE have IBAN codes or GB's."""


def epc_payload(transfer: Transfer) -> str:
    """Return the text of the code.

    Raises:
        NoPaymentCodeError: The account is outside SEPA, a BIC is missing, a text is too long.
    """
    country = transfer.iban[:2]
    if country not in _EEA | _OTHER_SEPA:
        raise NoPaymentCodeError(f"The account is in {country}, outside SEPA.")
    if country in _OTHER_SEPA and transfer.bic is None:
        raise NoPaymentCodeError(f"An account in {country} needs its bank's BIC.")
    if len(transfer.name) > _MAX_NAME:
        raise NoPaymentCodeError(f"The payee's name has more than {_MAX_NAME} characters.")
    structured = creditor_reference(transfer.reference)
    text = "" if structured else transfer.reference
    if len(text) > _MAX_TEXT:
        raise NoPaymentCodeError(f"The payment reference has more than {_MAX_TEXT} characters.")
    lines = (
        *("BCD", "002", "1", "SCT"),  # 1: UTF-8
        transfer.bic or "",
        transfer.name,
        transfer.iban,
        f"EUR{transfer.amount:.2f}",
        "",  # purpose
        structured or "",
        text,
    )
    payload = "\n".join(lines).rstrip("\n")
    if len(payload.encode()) > MAX_BYTES:
        raise NoPaymentCodeError(f"The code would have more than {MAX_BYTES} bytes.")
    return payload
