"""The rules of EN 16931 of a document in CII, under their official ids.

They are those of `formats.en16931.rules`, which follow the artefact for UBL, less where the
artefact for CII (EN16931-CII 1.3.16) does not ask: its BR-CO-14 looks at a total VAT that there
is, its BR-CO-15 is content when total and taxable amount are one, and its BR-49 looks at payment
means, beside which CII keeps remittance information (BT-83) and creditor (BT-90).
"""

from formats.en16931 import rules as en16931
from formats.en16931.model import Invoice
from formats.findings import Finding

RULE_SET = en16931.RULE_SET
RULES = en16931.RULES


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what EN 16931 finds wrong with the invoice as CII; never raises."""
    return tuple(
        finding for finding in en16931.check(invoice) if not _is_passed_over(finding, invoice)
    )


def _is_passed_over(finding: Finding, invoice: Invoice) -> bool:
    totals = invoice.totals
    match finding.rule:
        case "BR-CO-14":
            return totals.total_vat is None
        case "BR-CO-15":
            return (
                totals.total_with_vat is not None
                and totals.total_with_vat == totals.total_without_vat
            )
        case "BR-49":
            return not _has_means(finding.pointer or "", invoice)
        case _:
            return False


def _has_means(pointer: str, invoice: Invoice) -> bool:
    """Tell whether payment instructions say anything that CII keeps in payment means."""
    instructions = invoice.payment_instructions[int(pointer.split("/")[2])]
    debit = instructions.direct_debit
    return bool(
        instructions.payment_means_text is not None
        or instructions.credit_transfers
        or instructions.payment_card_information is not None
        or (debit is not None and debit.debited_account_identifier is not None)
    )
