"""How to pay: BG-16 to BG-19."""

from typing import Annotated

from formats.en16931.extensions.payment import (
    CreditTransferExtensions,
    DirectDebitExtensions,
    PaymentCardInformationExtensions,
    PaymentInstructionsExtensions,
)
from formats.en16931.group import Group, Text
from formats.en16931.terms import Term


class CreditTransfer(Group):
    """BG-17: one account to pay into."""

    payment_account_identifier: Annotated[Text | None, Term("BT-84")] = None
    payment_account_name: Annotated[Text | None, Term("BT-85")] = None
    payment_service_provider_identifier: Annotated[Text | None, Term("BT-86")] = None
    extensions: CreditTransferExtensions | None = None


class PaymentCardInformation(Group):
    """BG-18."""

    primary_account_number: Annotated[Text | None, Term("BT-87")] = None
    holder_name: Annotated[Text | None, Term("BT-88")] = None
    extensions: PaymentCardInformationExtensions | None = None


class DirectDebit(Group):
    """BG-19."""

    mandate_reference_identifier: Annotated[Text | None, Term("BT-89")] = None
    bank_assigned_creditor_identifier: Annotated[Text | None, Term("BT-90")] = None
    debited_account_identifier: Annotated[Text | None, Term("BT-91")] = None
    extensions: DirectDebitExtensions | None = None


class PaymentInstructions(Group):
    """BG-16: one way to pay.

    EN 16931-1 has this group once; both syntaxes and Peppol BIS allow it several times (a bank
    transfer *or* a card), so the invoice holds a tuple of them: what was written is kept.
    """

    payment_means_type_code: Annotated[Text | None, Term("BT-81")] = None
    payment_means_text: Annotated[Text | None, Term("BT-82")] = None
    remittance_information: Annotated[Text | None, Term("BT-83")] = None
    credit_transfers: Annotated[tuple[CreditTransfer, ...], Term("BG-17")] = ()
    payment_card_information: Annotated[PaymentCardInformation | None, Term("BG-18")] = None
    direct_debit: Annotated[DirectDebit | None, Term("BG-19")] = None
    extensions: PaymentInstructionsExtensions | None = None
