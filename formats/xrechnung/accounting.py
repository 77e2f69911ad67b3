"""The total VAT in the accounting currency, as XRechnung asks for it in CII.

PEPPOL-EN16931-R053, -R054 and -R055 look at `ram:TaxTotalAmount` there, one per currency, where
UBL has one `cac:TaxTotal` with the breakdown and one without.
"""

from collections.abc import Iterator

from formats.en16931.model import Invoice
from formats.en16931.rules.base import fatal, plain
from formats.findings import Finding


def check(invoice: Invoice) -> Iterator[Finding]:
    """Yield what is wrong with the total VAT (BT-110) and the one in BT-6 (BT-111)."""
    totals, accounting = invoice.totals, invoice.vat_accounting_currency_code
    total, in_accounting = totals.total_vat, totals.total_vat_in_accounting_currency
    same = accounting is not None and accounting == invoice.currency_code
    pointer = "/totals/total_vat_in_accounting_currency"
    if same and total is not None and in_accounting is not None:
        yield fatal(
            "PEPPOL-EN16931-R053",
            pointer,
            "BT-111",
            f"The total VAT is given twice in {accounting}.",
            "Leave out the VAT accounting currency (BT-6) and the total in it.",
        )
    if (in_accounting is not None and not same) != (accounting is not None):
        yield fatal(
            "PEPPOL-EN16931-R054",
            pointer,
            "BT-111",
            f"The total VAT in accounting currency (BT-111) is {plain(in_accounting)}, and the"
            f" VAT accounting currency (BT-6) {accounting or 'nothing'}.",
            "Give both BT-6 and BT-111, or neither.",
        )
    if accounting is None or total is None or same:
        return
    if in_accounting is None or (total < 0) != (in_accounting < 0):
        yield fatal(
            "PEPPOL-EN16931-R055",
            pointer,
            "BT-111",
            f"The total VAT is {plain(total)} (BT-110), in accounting currency"
            f" {plain(in_accounting)} (BT-111): they differ in sign.",
            "Give BT-110 and BT-111 the same sign.",
        )
