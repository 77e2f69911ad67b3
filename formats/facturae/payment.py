"""How it is paid: PaymentDetails, BT-9 and the first of BG-16.

One Installment with all that is due. Its day is mandatory: without BT-9 it is the day of issue,
which is therefore not read as BT-9.
"""

import datetime
import re
from decimal import Decimal
from typing import Any

from formats.en16931.model import Invoice
from formats.en16931.payment import CreditTransfer
from formats.facturae.code_lists import MEANS, MEANS_BACK, OTHER_MEANS
from formats.facturae.cutting import cut
from formats.facturae.taxes import signed
from formats.facturae.tree import Read, Tree, cents, child, children, day, filled, text

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Za-z0-9 ]{1,30}")
_ACCOUNT = range(5, 35)
_BIC, _SHORT_BIC, _HEAD_OFFICE = 11, 8, "XXX"


def payment(invoice: Invoice, sign: int) -> Tree | None:
    """Return PaymentDetails; None when nothing is said of paying."""
    first = next(iter(invoice.payment_instructions), None)
    due = invoice.payment_due_date or invoice.issue_date
    if due is None or (first is None and invoice.payment_due_date is None and not _terms(invoice)):
        return None
    code = first.payment_means_type_code if first else None
    transfer = next(iter(first.credit_transfers), None) if first else None
    debit = first.direct_debit if first else None
    debited = debit.debited_account_identifier if debit else None
    amount = signed(invoice.totals.amount_due, sign)
    return {
        "Installment": {
            "InstallmentDueDate": due.isoformat(),
            "InstallmentAmount": cents(amount or Decimal(0)),
            "PaymentMeans": MEANS.get(code or "", OTHER_MEANS),
            "AccountToBeCredited": _account(transfer),
            "PaymentReconciliationReference": (
                cut(first.remittance_information, 60) or None if first else None
            ),
            "AccountToBeDebited": _number(debited),
            "CollectionAdditionalInformation": cut(invoice.payment_terms, 2500) or None,
        }
    }


def _terms(invoice: Invoice) -> str:
    return (invoice.payment_terms or "").strip()


def _account(transfer: CreditTransfer | None) -> Tree | None:
    made = _number(transfer.payment_account_identifier) if transfer else None
    if made is None or transfer is None:
        return None
    bic = (transfer.payment_service_provider_identifier or "").strip()
    if len(bic) == _SHORT_BIC:
        made["BIC"] = bic + _HEAD_OFFICE
    elif len(bic) == _BIC and not bic.endswith(_HEAD_OFFICE):
        made["BIC"] = bic
    return made


def _number(account: str | None) -> Tree | None:
    number = (account or "").strip()
    if len(number) not in _ACCOUNT:
        return None
    return {"IBAN" if _IBAN.fullmatch(number) else "AccountNumber": number}


def take(
    tree: Read, issued: datetime.date | None
) -> tuple[datetime.date | None, str | None, list[dict[str, Any]]]:
    """Return BT-9, BT-20 and BG-16 as the first Installment has them.

    Args:
        tree: The invoice.
        issued: The day of issue.
    """
    installments = children(tree, "PaymentDetails", "Installment")
    if not installments:
        return None, None, []
    one = installments[0]
    due = day(one, "InstallmentDueDate")
    account, debited = child(one, "AccountToBeCredited"), child(one, "AccountToBeDebited")
    bic = text(account, "BIC")
    number = text(account, "IBAN") or text(account, "AccountNumber")
    debit = text(debited, "IBAN") or text(debited, "AccountNumber")
    reference = text(one, "PaymentReconciliationReference")
    said = filled(
        remittance_information=reference,
        credit_transfers=(
            [
                filled(
                    payment_account_identifier=number,
                    payment_service_provider_identifier=bic and bic.removesuffix(_HEAD_OFFICE),
                )
            ]
            if number
            else []
        ),
        direct_debit=filled(debited_account_identifier=debit),
    )
    means = text(one, "PaymentMeans") or ""
    special = means == OTHER_MEANS and not said
    if not special:
        said = filled(payment_means_type_code=MEANS_BACK.get(means, "1")) | said
    terms = text(one, "CollectionAdditionalInformation")
    return None if due == issued else due, terms, [said] if said else []
