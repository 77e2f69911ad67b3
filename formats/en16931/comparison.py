"""Do two invoices say the same? For read-back before issue and for round-trip tests.

What the syntaxes cannot tell apart counts as equal: 12.5 and 12.50 are one amount, a group that
holds nothing is no group, payment instructions that differ in nothing but their account are one
(UBL repeats `cac:PaymentMeans` for every account, CII its
`ram:SpecifiedTradeSettlementPaymentMeans`), and the creditor's identifier (BT-90) is the same
wherever it stands: UBL writes it as an identifier of the payee or seller, with the scheme SEPA.
"""

from collections.abc import Iterator
from itertools import zip_longest

from pydantic import BaseModel

from formats.en16931.group import SchemedIdentifier
from formats.en16931.model import Invoice
from formats.en16931.payment import PaymentInstructions


def differences(a: Invoice, b: Invoice) -> tuple[str, ...]:
    """Return JSON pointers (RFC 6901) to everything in which two invoices differ."""
    found = tuple(_differences(_normalised(a), _normalised(b), ""))
    return found if _creditors(a) == _creditors(b) else (*found, "/payment_instructions")


def _normalised(invoice: Invoice) -> Invoice:
    """Return the invoice without what syntaxes keep in several ways; creditors are set apart."""
    bare = (_bare(entry) for entry in invoice.payment_instructions)
    instructions = tuple(entry for entry in bare if not _is_empty(entry))
    seller, payee = invoice.seller, invoice.payee
    identifiers = tuple(entry for entry in seller.identifiers if not _is_creditor(entry))
    if payee is not None and _is_creditor(payee.identifier):
        payee = payee.model_copy(update={"identifier": None})
    return invoice.model_copy(
        update={
            "payment_instructions": tuple(_merged(instructions)),
            "seller": seller.model_copy(update={"identifiers": identifiers}),
            "payee": payee,
        }
    )


def _creditors(invoice: Invoice) -> set[str]:
    """Return every BT-90, however it is given."""
    identifiers = [*invoice.seller.identifiers]
    if invoice.payee is not None and invoice.payee.identifier is not None:
        identifiers.append(invoice.payee.identifier)
    return {entry.value for entry in identifiers if _is_creditor(entry)} | {
        entry.direct_debit.bank_assigned_creditor_identifier
        for entry in invoice.payment_instructions
        if entry.direct_debit and entry.direct_debit.bank_assigned_creditor_identifier
    }


def _is_creditor(identifier: SchemedIdentifier | None) -> bool:
    return identifier is not None and (identifier.scheme_identifier or "").upper() == "SEPA"


def _bare(instructions: PaymentInstructions) -> PaymentInstructions:
    """Return payment instructions without creditor and without groups that hold nothing."""
    accounts = tuple(entry for entry in instructions.credit_transfers if not _is_empty(entry))
    debit = instructions.direct_debit
    if debit is not None:
        debit = debit.model_copy(update={"bank_assigned_creditor_identifier": None})
    return instructions.model_copy(
        update={
            "credit_transfers": accounts,
            "direct_debit": None if _is_empty(debit) else debit,
        }
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
    A mandate that is there again stays (PEPPOL-EN16931-R061 asks every direct debit for one).
    """
    return bool(
        current.credit_transfers
        and following.credit_transfers
        and following.payment_means_type_code == current.payment_means_type_code
        and following.remittance_information == current.remittance_information
        and following.payment_means_text in (None, current.payment_means_text)
        and following.payment_card_information in (None, current.payment_card_information)
        and following.direct_debit is None
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
    # Decimal compares by value: 12.5 == 12.50
    elif _plain(a) != _plain(b) and not (_is_empty(a) and _is_empty(b)):
        yield pointer


def _plain(value: object) -> object:
    """Return a value as it is compared: white space around codes and identifiers is no content."""
    return value.strip() if isinstance(value, str) else value


def _said(values: tuple[object, ...]) -> Iterator[tuple[int, object]]:
    """Yield the values that say something, with their places."""
    return ((index, value) for index, value in enumerate(values) if not _is_empty(value))


def _is_empty(value: object) -> bool:
    """Tell whether nothing can be written of a value."""
    if isinstance(value, BaseModel):
        return all(_is_empty(inner) for _, inner in value)
    return value is None or (isinstance(value, tuple) and all(map(_is_empty, value)))
