"""What extensions add to payment instructions."""

from typing import Annotated

from formats.en16931.extensions.parties import TradeAddress
from formats.en16931.group import Group, Text
from formats.en16931.terms import Term


class CreditTransferExtensions(Group):
    """Beside BG-17.

    Attributes:
        payment_account_scheme: What kind of number BT-84 is.
        provider_address: Of the bank.
    """

    payment_account_scheme: Annotated[Text | None, Term("IBT-084-1")] = None
    provider_address: Annotated[
        TradeAddress | None,
        Term(
            "UBL-FinancialInstitutionBranch-Address",
            parts=(
                ("line_1", ("IBT-169",)),
                ("line_2", ("IBT-170",)),
                ("city", ("IBT-171",)),
                ("post_code", ("IBT-172",)),
                ("country_subdivision", ("IBT-173",)),
                ("line_3", ("IBT-174",)),
                ("country_code", ("IBT-175",)),
            ),
        ),
    ] = None


class PaymentCardInformationExtensions(Group):
    """Beside BG-18.

    Attributes:
        network: VISA, MASTERCARD ...; UBL demands it of every card.
    """

    network: Annotated[Text | None, Term("UBL-NetworkID")] = None


class DirectDebitExtensions(Group):
    """Beside BG-19."""

    debited_account_provider_identifier: Annotated[Text | None, Term("BT-215")] = None
    debited_account_name: Annotated[Text | None, Term("BT-216")] = None


class PaymentInstructionsExtensions(Group):
    """Beside BG-16.

    Attributes:
        identifier: What payment terms refer to (IBT-187).
        remittance_scheme: What kind of number the remittance information (BT-83) is.
        note: A text about the payment means, where it is no name of them (BT-82).
    """

    identifier: Annotated[Text | None, Term("IBT-178")] = None
    remittance_scheme: Annotated[Text | None, Term("UBL-PaymentID-schemeID")] = None
    note: Annotated[Text | None, Term("UBL-InstructionNote")] = None
