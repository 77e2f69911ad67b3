"""Reading BG-16 to BG-19, BT-9 and BT-20; the twin of `payment.py`."""

import datetime

from formats.en16931.comparison import adds_accounts
from formats.en16931.payment import (
    CreditTransfer,
    DirectDebit,
    PaymentCardInformation,
    PaymentInstructions,
)
from formats.ubl.element import Element, present
from formats.ubl.names import DIRECT_DEBIT_CODES, Root
from formats.ubl.party_read import read_creditor


def read_payment_due_date(document: Element, root: Root) -> datetime.date | None:
    """Read BT-9: in a CreditNote from the payment means, or from the terms if none has it."""
    if root is Root.INVOICE:
        return document.date("DueDate")
    for name in ("PaymentMeans", "PaymentTerms"):
        for group in document.groups(name):
            if (due := group.date("PaymentDueDate")) is not None:
                return due
    return None


def read_payment_terms(document: Element) -> str | None:
    """Read BT-20."""
    notes = [note for terms in document.groups("PaymentTerms") if (note := terms.text("Note"))]
    return "\n".join(notes) or None


def read_payment_instructions(document: Element) -> tuple[PaymentInstructions, ...]:
    """Read BG-16; elements equal in all but the account become one with several accounts."""
    found: list[PaymentInstructions] = []
    for means in document.groups("PaymentMeans"):
        instructions = _instructions(means)
        if found and adds_accounts(found[-1], instructions):
            accounts = found[-1].credit_transfers + instructions.credit_transfers
            found[-1] = found[-1].model_copy(update={"credit_transfers": accounts})
        elif present(instructions):
            found.append(instructions)
    creditor = read_creditor(document)
    return tuple(found if creditor is None else _with_creditor(found, creditor))


def _instructions(means: Element) -> PaymentInstructions:
    account = means.group("PayeeFinancialAccount")
    transfer = present(
        CreditTransfer(
            payment_account_identifier=account.code("ID"),
            payment_account_name=account.text("Name"),
            payment_service_provider_identifier=account.group("FinancialInstitutionBranch").code(
                "ID"
            ),
        )
    )
    card = means.group("CardAccount")
    mandate = means.group("PaymentMandate")
    return PaymentInstructions(
        payment_means_type_code=means.code("PaymentMeansCode"),
        payment_means_text=means.attribute_text("PaymentMeansCode", "name"),
        remittance_information=means.text("PaymentID"),
        credit_transfers=(transfer,) if transfer else (),
        payment_card_information=present(
            PaymentCardInformation(
                primary_account_number=card.code("PrimaryAccountNumberID"),
                holder_name=card.text("HolderName"),
            )
        ),
        direct_debit=present(
            DirectDebit(
                mandate_reference_identifier=mandate.code("ID"),
                debited_account_identifier=mandate.group("PayerFinancialAccount").code("ID"),
            )
        ),
    )


def _with_creditor(found: list[PaymentInstructions], creditor: str) -> list[PaymentInstructions]:
    """Put BT-90 where the direct debit is; UBL does not say to which payment it belongs."""
    if not found:
        debit = DirectDebit(bank_assigned_creditor_identifier=creditor)
        return [PaymentInstructions(direct_debit=debit)]
    place = next(
        (index for index, entry in enumerate(found) if entry.direct_debit),
        next(
            (
                index
                for index, entry in enumerate(found)
                if entry.payment_means_type_code in DIRECT_DEBIT_CODES
            ),
            0,
        ),
    )
    debit = (found[place].direct_debit or DirectDebit()).model_copy(
        update={"bank_assigned_creditor_identifier": creditor}
    )
    found[place] = found[place].model_copy(update={"direct_debit": debit})
    return found
