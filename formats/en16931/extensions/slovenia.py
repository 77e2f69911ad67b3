"""What e-SLOG 2.0 adds to EN 16931: the buyer's account, the cash invoice, how payment is asked.

Source: the business terms NBT-010 to NBT-053 that the published sample of e-SLOG 2.0 names.
"""

from typing import Annotated

from formats.en16931.group import Group, Text
from formats.en16931.money import Amount, Percentage
from formats.en16931.terms import Term


class ESlogOtherTax(Group):
    """A tax that is not VAT, in sum (`OTH`)."""

    taxable_amount: Annotated[Amount | None, Term("NBT-051")] = None
    tax_amount: Annotated[Amount | None, Term("NBT-052")] = None
    rate: Annotated[Percentage | None, Term("NBT-053")] = None


class ESlogExtension(Group):
    """Beside the terms of the invoice as a whole.

    Attributes:
        buyer_account: The account that the buyer pays from; public bodies are found by it.
        buyer_tax_number: Its tax number, where that is no VAT identifier (BT-48).
        fiscal_moment: When the cash invoice was issued, local time (`2013-04-10T15:03:50`).
        fiscal_operator: Who issued it.
        eor: What FURS called it.
        zoi: What its issuer signed.
        receipt_code: The sixty digits of the code on paper.
        payment_method: `0` to be paid, `1` direct debit, `2` paid, `3` nothing to pay.
        payment_purpose: ISO 20022 purpose code: `OTHR`, `COST` ...
    """

    buyer_account: Annotated[Text | None, Term("NBT-010")] = None
    buyer_account_name: Annotated[Text | None, Term("NBT-011")] = None
    buyer_bank: Annotated[Text | None, Term("NBT-012")] = None
    buyer_tax_number: Annotated[Text | None, Term("NBT-013")] = None
    fiscal_moment: Annotated[Text | None, Term("NBT-020")] = None
    fiscal_operator: Annotated[Text | None, Term("NBT-021")] = None
    eor: Annotated[Text | None, Term("NBT-022")] = None
    zoi: Annotated[Text | None, Term("NBT-023")] = None
    receipt_code: Annotated[Text | None, Term("NBT-024")] = None
    payment_method: Annotated[Text | None, Term("NBT-041")] = None
    payment_purpose: Annotated[Text | None, Term("NBT-042")] = None
    other_taxes: Annotated[tuple[ESlogOtherTax, ...], Term("SLOG-OTH")] = ()
