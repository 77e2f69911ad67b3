"""Do two invoices say the same? For read-back before issue and for round-trip tests.

What the syntaxes cannot tell apart counts as equal: 12.5 and 12.50 are one amount, a group that
holds nothing is no group, and payment instructions that differ in nothing but their account are
one (UBL repeats `cac:PaymentMeans` for every account, CII its
`ram:SpecifiedTradeSettlementPaymentMeans`).
"""

from collections.abc import Iterator
from itertools import zip_longest

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
        for one, other in zip_longest(_said(a), _said(b)):
            index = (one or other or (0,))[0]
            if one is None or other is None:
                yield f"{pointer}/{index}"
            else:
                yield from _differences(one[1], other[1], f"{pointer}/{index}")
    elif a != b and not (
        _is_empty(a) and _is_empty(b)
    ):  # Decimal compares by value: 12.5 == 12.50
        yield pointer


def _said(values: tuple[object, ...]) -> Iterator[tuple[int, object]]:
    """Yield the values that say something, with their places."""
    return ((index, value) for index, value in enumerate(values) if not _is_empty(value))


def _is_empty(value: object) -> bool:
    """Tell whether nothing can be written of a value."""
    if isinstance(value, BaseModel):
        return all(_is_empty(inner) for _, inner in value)
    return value is None or value == ()
