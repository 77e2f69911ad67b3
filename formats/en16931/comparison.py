"""Do two invoices say the same? For read-back before issue and for round-trip tests.

What the syntaxes cannot tell apart counts as equal: 12.5 and 12.50 are one amount, and payment
instructions that differ in nothing but their account are one (UBL repeats `cac:PaymentMeans` for
every account, CII its `ram:SpecifiedTradeSettlementPaymentMeans`).
"""

from collections.abc import Iterator

from pydantic import BaseModel

from formats.en16931.model import Invoice
from formats.en16931.payment import PaymentInstructions


def differences(a: Invoice, b: Invoice) -> tuple[str, ...]:
    """Return JSON pointers (RFC 6901) to everything in which two invoices differ."""
    return tuple(_differences(_normalised(a), _normalised(b), ""))


def _normalised(invoice: Invoice) -> Invoice:
    return invoice.model_copy(
        update={"payment_instructions": tuple(_merged(invoice.payment_instructions))}
    )


def _merged(instructions: tuple[PaymentInstructions, ...]) -> Iterator[PaymentInstructions]:
    """Yield neighbours that are equal in all but their accounts as one, with all accounts."""
    current: PaymentInstructions | None = None
    for following in instructions:
        if current is None:
            current = following
        elif adds_accounts(current, following):
            accounts = current.credit_transfers + following.credit_transfers
            current = current.model_copy(update={"credit_transfers": accounts})
        else:
            yield current
            current = following
    if current is not None:
        yield current


def adds_accounts(current: PaymentInstructions, following: PaymentInstructions) -> bool:
    """Tell whether `following` says nothing but further accounts.

    Text, card and direct debit occur once in a UBL document (UBL-SR-46, 54, 55): with the first.
    """
    return bool(
        current.credit_transfers
        and following.credit_transfers
        and following.payment_means_type_code == current.payment_means_type_code
        and following.remittance_information == current.remittance_information
        and following.payment_means_text in (None, current.payment_means_text)
        and following.payment_card_information in (None, current.payment_card_information)
        and following.direct_debit in (None, current.direct_debit)
    )


def _differences(a: object, b: object, pointer: str) -> Iterator[str]:
    if isinstance(a, BaseModel) and isinstance(b, BaseModel) and type(a) is type(b):
        for name in type(a).model_fields:
            yield from _differences(getattr(a, name), getattr(b, name), f"{pointer}/{name}")
    elif isinstance(a, tuple) and isinstance(b, tuple):
        for index in range(max(len(a), len(b))):
            where = f"{pointer}/{index}"
            if index < min(len(a), len(b)):
                yield from _differences(a[index], b[index], where)
            else:
                yield where
    elif a != b:  # Decimal compares by value: 12.5 == 12.50
        yield pointer
