"""How to pay: BR-49 to BR-51, BR-61."""

from collections.abc import Iterator

from formats.en16931.model import Invoice
from formats.en16931.payment import PaymentInstructions
from formats.en16931.rules.base import XML_SPACE, is_blank, missing, warning
from formats.en16931.rules.categories import trimmed
from formats.findings import Finding

RULES = frozenset({"BR-49", "BR-50", "BR-51", "BR-61"})

_CREDIT_TRANSFERS = frozenset({"30", "58"})
"""UNTDID 4461: credit transfer, SEPA credit transfer."""

_CARD_DIGITS = 10


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what is wrong with the payment instructions (BG-16 to BG-18)."""
    return tuple(
        finding
        for number, instructions in enumerate(invoice.payment_instructions)
        for finding in _instructions(instructions, f"/payment_instructions/{number}")
    )


def _instructions(instructions: PaymentInstructions, pointer: str) -> Iterator[Finding]:
    code = instructions.payment_means_type_code
    transfers = instructions.credit_transfers
    if code is None:
        where = f"{pointer}/payment_means_type_code"
        yield missing("BR-49", where, "BT-81", "payment means type code")
    if code in _CREDIT_TRANSFERS:
        for number, transfer in enumerate(transfers):
            if is_blank(transfer.payment_account_identifier):
                where = f"{pointer}/credit_transfers/{number}/payment_account_identifier"
                yield missing("BR-50", where, "BT-84", "account to pay into")
    # In UBL every account is a cac:PaymentMeans of its own, so each must have its number.
    if trimmed(code) in _CREDIT_TRANSFERS and (
        not transfers or any(item.payment_account_identifier is None for item in transfers)
    ):
        where = f"{pointer}/credit_transfers"
        yield missing("BR-61", where, "BT-84", "account to pay into")
    card = instructions.payment_card_information
    shown = card.primary_account_number if card else None
    if len((shown or "").strip(XML_SPACE)) > _CARD_DIGITS:
        yield warning(
            "BR-51",
            f"{pointer}/payment_card_information/primary_account_number",
            "BT-87",
            "The card number (BT-87) shows more than the first six and last four digits.",
            "Give those ten digits only (PCI DSS).",
        )
