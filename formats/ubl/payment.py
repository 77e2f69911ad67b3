"""How to pay: BG-16 to BG-19 and BT-20."""

from collections.abc import Iterator

from formats.en16931.model import Invoice
from formats.en16931.payment import (
    CreditTransfer,
    DirectDebit,
    PaymentCardInformation,
    PaymentInstructions,
)
from formats.ubl.markup import day, group, leaf
from formats.ubl.names import CARD_NETWORK, Root


def creditor_identifier(invoice: Invoice) -> str | None:
    """Return BT-90, which UBL writes into a party and only once (UBL-SR-29)."""
    for instructions in invoice.payment_instructions:
        debit = instructions.direct_debit
        if debit and debit.bank_assigned_creditor_identifier:
            return debit.bank_assigned_creditor_identifier
    return None


def write_payment_means(invoice: Invoice, root: Root) -> Iterator[str]:
    """Write BG-16: one element per account.

    A CreditNote has no DueDate; BT-9 stands in its first payment means, once (UBL-SR-45).
    """
    due = ""
    if root is Root.CREDIT_NOTE:
        due = day("cbc:PaymentDueDate", invoice.payment_due_date)  # BT-9
    for instructions in invoice.payment_instructions:
        for means in _means(instructions, due):
            yield means
            due = ""


def write_payment_terms(invoice: Invoice, root: Root) -> str:
    """Write BT-20.

    BT-9 of a credit note without payment means has no place in the binding: rather than invent
    payment means for it, it stands here.
    """
    due = ""
    if root is Root.CREDIT_NOTE and not any(write_payment_means(invoice, root)):
        due = day("cbc:PaymentDueDate", invoice.payment_due_date)  # BT-9
    return group("cac:PaymentTerms", leaf("cbc:Note", invoice.payment_terms), due)


def _means(instructions: PaymentInstructions, due: str) -> Iterator[str]:
    code = instructions.payment_means_type_code
    payment = leaf("cbc:PaymentID", instructions.remittance_information)  # BT-83
    accounts = [text for text in map(_account, instructions.credit_transfers) if text]
    first, *others = accounts or [""]
    body = (
        payment,
        _card(instructions.payment_card_information),
        first,
        _mandate(instructions.direct_debit),
    )
    if code or any(body):  # BT-90 alone is written with the party
        # BT-81 with BT-82
        named = leaf("cbc:PaymentMeansCode", code, name=instructions.payment_means_text or None)
        yield group("cac:PaymentMeans", named, due, *body)
    for account in others:
        # Text, card and mandate occur once in a document: UBL-SR-46, UBL-SR-54, UBL-SR-55
        yield group("cac:PaymentMeans", leaf("cbc:PaymentMeansCode", code), payment, account)


def _card(card: PaymentCardInformation | None) -> str:
    if card is None:
        return ""
    number = leaf("cbc:PrimaryAccountNumberID", card.primary_account_number)  # BT-87
    holder = leaf("cbc:HolderName", card.holder_name)  # BT-88
    if not number and not holder:
        return ""
    return group("cac:CardAccount", number, leaf("cbc:NetworkID", CARD_NETWORK), holder)


def _account(account: CreditTransfer) -> str:
    return group(
        "cac:PayeeFinancialAccount",
        leaf("cbc:ID", account.payment_account_identifier),  # BT-84
        leaf("cbc:Name", account.payment_account_name),  # BT-85
        group(
            "cac:FinancialInstitutionBranch",
            leaf("cbc:ID", account.payment_service_provider_identifier),  # BT-86
        ),
    )


def _mandate(debit: DirectDebit | None) -> str:
    if debit is None:
        return ""
    account = leaf("cbc:ID", debit.debited_account_identifier)  # BT-91
    return group(
        "cac:PaymentMandate",
        leaf("cbc:ID", debit.mandate_reference_identifier),  # BT-89
        group("cac:PayerFinancialAccount", account),
    )
