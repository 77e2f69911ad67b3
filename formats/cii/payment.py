"""How to pay: BG-16 to BG-19, BT-9 and BT-20.

EN 16931 has BG-16 once. CII repeats its payment means for every account, and keeps what belongs to
all of them at the document: remittance information (BT-83), mandate (BT-89), creditor (BT-90).
"""

import sys
from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from typing import Any

from lxml import etree

from formats.binding import (
    CODE,
    TEXT,
    Branch,
    Kind,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.construction import make
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.cii.kinds import ALSO_CODE, IBAN, OTHER_ACCOUNT
from formats.cii.names import BINDING, DIRECT_DEBIT_CODES, SEPA
from formats.en16931.comparison import adds_accounts, is_empty
from formats.en16931.group import SchemedIdentifier
from formats.en16931.model import Invoice
from formats.en16931.payment import CreditTransfer, DirectDebit, PaymentInstructions
from formats.xml import WHITESPACE

_MEANS_TAG = "ram:SpecifiedTradeSettlementPaymentMeans"
_ACCOUNT_TAG = "ram:PayeePartyCreditorFinancialAccount"
_INSTITUTION_TAG = "ram:PayeeSpecifiedCreditorFinancialInstitution"
_NEW = sys.maxsize
"""The place of a payment that is still to be made."""

_ACCOUNT = Shape(
    CreditTransfer,
    Value("ram:IBANID", "payment_account_identifier", IBAN),  # BT-84
    Value("ram:AccountName", "payment_account_name", TEXT),  # BT-85
    Value("ram:ProprietaryID", "payment_account_identifier", OTHER_ACCOUNT),  # BT-84
)
_INSTITUTION = Shape(
    CreditTransfer,
    Value("ram:BICID", "payment_service_provider_identifier", CODE),  # BT-86
)


def _read_accounts(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    found = (BINDING.group(_ACCOUNT, node, context) for node in nodes)
    values["credit_transfers"] = [account for account in found if account is not None]


def _read_institutions(
    nodes: Sequence[etree._Element], values: Values, context: ReadContext
) -> None:
    """Read BT-86 into the account before it."""
    node, *others = nodes
    institution = BINDING.values(_INSTITUTION, node, context)
    if institution:
        first, *rest = values.get("credit_transfers") or [make(CreditTransfer, {})]
        values["credit_transfers"] = [first.model_copy(update=institution), *rest]
    for other in others:
        context.unread(other)


def _write_first(shape: Shape, tag: str) -> Any:  # noqa: ANN401 - a writer of `Odd`
    def write(instructions: PaymentInstructions, context: WriteContext) -> tuple[str, ...]:
        accounts = instructions.credit_transfers
        if not accounts:
            return ()
        return (branch(tag, BINDING.inner(shape, accounts[0], context)),)

    return write


_MEANS = Shape(
    PaymentInstructions,
    Value("ram:TypeCode", "payment_means_type_code", CODE),  # BT-81
    Value("ram:Information", "payment_means_text", TEXT),  # BT-82
    Branch(
        "ram:ApplicableTradeSettlementFinancialCard",
        Value("ram:ID", "payment_card_information.primary_account_number", CODE),  # BT-87
        Value("ram:CardholderName", "payment_card_information.holder_name", TEXT),  # BT-88
    ),
    Branch(
        "ram:PayerPartyDebtorFinancialAccount",
        Value("ram:IBANID", "direct_debit.debited_account_identifier", CODE),  # BT-91
        Value("ram:AccountName", "direct_debit.extensions.debited_account_name", TEXT),  # BT-216
        Value("ram:ProprietaryID", "direct_debit.debited_account_identifier", ALSO_CODE),
    ),
    Odd((_ACCOUNT_TAG,), _read_accounts, _write_first(_ACCOUNT, _ACCOUNT_TAG)),
    Branch(
        "ram:PayerSpecifiedDebtorFinancialInstitution",
        Value(  # BT-215
            "ram:BICID", "direct_debit.extensions.debited_account_provider_identifier", CODE
        ),
    ),
    Odd((_INSTITUTION_TAG,), _read_institutions, _write_first(_INSTITUTION, _INSTITUTION_TAG)),
)
"""BG-16 with one account (BG-17)."""


def _read_means(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read BG-16; elements equal in all but the account become one with several accounts."""
    found: list[PaymentInstructions] = []
    for node in nodes:
        instructions = BINDING.group(_MEANS, node, context)
        if not isinstance(instructions, PaymentInstructions):
            continue
        if found and adds_accounts(found[-1], instructions):
            accounts = found[-1].credit_transfers + instructions.credit_transfers
            found[-1] = found[-1].model_copy(update={"credit_transfers": accounts})
        else:
            found.append(instructions)
    values["payment_instructions"] = found


def _write_means(invoice: Invoice, context: WriteContext) -> list[str]:
    """Write BG-16: one element per account. Text, card and mandate stand in the first."""
    lines = []
    for instructions in invoice.payment_instructions:
        transfers = instructions.credit_transfers
        accounts = [entry for entry in transfers if not is_empty(entry)]
        first = instructions
        if len(accounts) != len(transfers):
            first = instructions.model_copy(update={"credit_transfers": tuple(accounts)})
        lines.append(branch(_MEANS_TAG, BINDING.inner(_MEANS, first, context)))
        code = instructions.payment_means_type_code
        for account in accounts[1:]:
            terms = {"payment_means_type_code": code, "credit_transfers": (account,)}
            further = make(PaymentInstructions, terms)
            lines.append(branch(_MEANS_TAG, BINDING.inner(_MEANS, further, context)))
    return lines


def _collects(kind: Kind, name: str) -> Any:  # noqa: ANN401 - a reader of `Odd`
    """Return the reader of terms that `settled` gives to the payment instructions."""

    def collect(nodes: Sequence[etree._Element], _values: Values, context: ReadContext) -> None:
        context.notes[name] = [
            text for node in nodes if (text := kind.take(node, context)) is not None
        ]

    return collect


def _write_creditor(invoice: Invoice, _context: WriteContext) -> list[str]:
    """Write BT-90; given as an identifier of the payee or seller it is the same (scheme SEPA)."""
    return [leaf("ram:CreditorReferenceID", next(iter(_creditors(invoice)), None))]


def _creditors(invoice: Invoice) -> Iterable[str]:
    for entry in invoice.payment_instructions:
        if entry.direct_debit and entry.direct_debit.bank_assigned_creditor_identifier:
            yield entry.direct_debit.bank_assigned_creditor_identifier
    payee = (invoice.payee.identifier,) if invoice.payee else ()
    for identifier in (*payee, *invoice.seller.identifiers):
        if is_creditor(identifier):
            yield identifier.value


def is_creditor(identifier: SchemedIdentifier | None) -> bool:
    """Tell whether an identifier of a party is BT-90."""
    return identifier is not None and (identifier.scheme_identifier or "").upper() == SEPA


def _once(texts: Iterable[str | None]) -> list[str]:
    """Return what all payments say in common, or else what each says."""
    said = [text for text in texts if text and text.strip(WHITESPACE)]
    return said[:1] if len(set(said)) == 1 else said


def _write_remittance(invoice: Invoice, _context: WriteContext) -> list[str]:
    """Write BT-83, once when all payments have the same (CII-SR-469)."""
    texts = _once(entry.remittance_information for entry in invoice.payment_instructions)
    return [leaf("ram:PaymentReference", text) for text in texts]


def _write_mandates(invoice: Invoice, _context: WriteContext) -> list[str]:
    """Write BT-89, once when all payments have the same."""
    debits = (entry.direct_debit for entry in invoice.payment_instructions)
    texts = _once(debit.mandate_reference_identifier for debit in debits if debit)
    return [leaf("ram:DirectDebitMandateID", text) for text in texts]


CREDITOR = Odd(("ram:CreditorReferenceID",), _collects(CODE, "creditors"), _write_creditor)
"""BT-90."""

REMITTANCE = Odd(("ram:PaymentReference",), _collects(TEXT, "remittances"), _write_remittance)
"""BT-83."""

PAYMENT_MEANS = Odd((_MEANS_TAG,), _read_means, _write_means)
"""BG-16."""

MANDATE = Odd(("ram:DirectDebitMandateID",), _collects(CODE, "mandates"), _write_mandates)
"""BT-89."""


def settled(
    instructions: Sequence[PaymentInstructions], notes: dict[str, Any]
) -> tuple[PaymentInstructions, ...]:
    """Give BT-83, BT-89 and BT-90 of the document to the payments they belong to.

    One remittance information belongs to every payment and one mandate to every direct debit;
    several of them to one after the other. The creditor goes with the first direct debit. What
    finds no payment makes one.
    """
    payments = [*instructions]
    for place, text in _shared(notes.get("remittances"), range(len(payments))):
        _put(payments, place, "remittance_information", text)
    for place, text in _shared(notes.get("mandates"), _debits(payments)):
        _put_debit(payments, place, "mandate_reference_identifier", text)
    for text in (notes.get("creditors") or ())[:1]:
        place = next(iter(_debits(payments)), len(payments))
        _put_debit(payments, place, "bank_assigned_creditor_identifier", text)
    return tuple(payments)


def _shared(texts: Sequence[str] | None, places: Sequence[int]) -> Iterable[tuple[int, str]]:
    """Yield what goes where; places beyond the last are new."""
    if not texts:
        return ()
    if len(texts) == 1:
        return ((place, texts[0]) for place in places or (_NEW,))
    return zip(chain(places, repeat(_NEW)), texts, strict=False)


def _debits(payments: Sequence[PaymentInstructions]) -> Sequence[int]:
    """Return the places of direct debits; of the first payment when there is none."""
    return [
        place
        for place, entry in enumerate(payments)
        if entry.direct_debit or entry.payment_means_type_code in DIRECT_DEBIT_CODES
    ] or range(min(len(payments), 1))


def _put(payments: list[PaymentInstructions], place: int, name: str, value: object) -> None:
    if place >= len(payments):
        place = len(payments)
        payments.append(make(PaymentInstructions, {}))
    payments[place] = payments[place].model_copy(update={name: value})


def _put_debit(payments: list[PaymentInstructions], place: int, name: str, text: str) -> None:
    debit = payments[place].direct_debit if place < len(payments) else None
    debit = (debit or make(DirectDebit, {})).model_copy(update={name: text})
    _put(payments, place, "direct_debit", debit)
