"""The document as a whole: BR-01 to BR-05, BR-16, BR-29, BR-52, BR-53, BR-55, BR-CO-03, 19, 25.

And one of our own: GW-12, nothing is due before it is issued. No official rule compares the two.
"""

from collections.abc import Iterator

from formats.en16931.model import Invoice
from formats.en16931.rules.base import fatal, is_blank, missing, plain, warning
from formats.findings import Finding

RULES = frozenset(
    {
        *("BR-01", "BR-02", "BR-03", "BR-04", "BR-05", "BR-16", "BR-29"),
        *("BR-52", "BR-53", "BR-55", "BR-CO-03", "BR-CO-19", "BR-CO-25", "GW-12"),
    }
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what is wrong with the terms that belong to the document itself."""
    return (*_header(invoice), *_references(invoice), *_dates(invoice))


def _header(invoice: Invoice) -> Iterator[Finding]:
    if is_blank(invoice.process_control.specification_identifier):
        yield missing(
            "BR-01",
            "/process_control/specification_identifier",
            "BT-24",
            "specification identifier",
        )
    if is_blank(invoice.number):
        yield missing("BR-02", "/number", "BT-1", "invoice number")
    if invoice.issue_date is None:
        yield missing("BR-03", "/issue_date", "BT-2", "issue date")
    if is_blank(invoice.type_code):
        yield missing("BR-04", "/type_code", "BT-3", "invoice type code")
    if is_blank(invoice.currency_code):
        yield missing("BR-05", "/currency_code", "BT-5", "invoice currency code")
    if not invoice.lines:
        yield fatal("BR-16", "/lines", "BG-25", "The invoice has no line (BG-25).", "Add a line.")
    accounting = invoice.vat_accounting_currency_code
    totals = invoice.totals
    if accounting is None or totals.total_vat_in_accounting_currency is not None:
        return
    if accounting != invoice.currency_code or totals.total_vat is None:
        yield fatal(
            "BR-53",
            "/totals/total_vat_in_accounting_currency",
            "BT-111",
            f"The VAT accounting currency (BT-6) is {accounting}, but the total VAT in it (BT-111)"
            " is missing.",
            f"Give the total VAT in {accounting}, or leave the accounting currency out.",
        )


def _references(invoice: Invoice) -> Iterator[Finding]:
    for number, document in enumerate(invoice.additional_supporting_documents):
        if is_blank(document.reference):
            pointer = f"/additional_supporting_documents/{number}/reference"
            yield missing("BR-52", pointer, "BT-122", "supporting document reference")
    for number, preceding in enumerate(invoice.preceding_invoice_references):
        if preceding.reference is None:
            pointer = f"/preceding_invoice_references/{number}/reference"
            yield missing("BR-55", pointer, "BT-25", "preceding invoice reference")


def _dates(invoice: Invoice) -> Iterator[Finding]:
    day, code = invoice.value_added_tax_point_date, invoice.value_added_tax_point_date_code
    if day is not None and code is not None:
        yield fatal(
            "BR-CO-03",
            "/value_added_tax_point_date_code",
            "BT-8",
            f"The VAT point is given twice: as date {day} (BT-7) and as code {code} (BT-8).",
            "Keep the date (BT-7) or the code (BT-8).",
        )
    delivery = invoice.delivery_information
    period = delivery.invoicing_period if delivery else None
    pointer = "/delivery_information/invoicing_period"
    if period is not None:
        if period.start_date is None and period.end_date is None and code is None:
            yield fatal(
                "BR-CO-19",
                pointer,
                "BG-14",
                "The invoicing period (BG-14) has neither start (BT-73) nor end (BT-74).",
                "Give start or end, or leave the period out.",
            )
        if period.start_date and period.end_date and period.end_date < period.start_date:
            yield fatal(
                "BR-29",
                f"{pointer}/end_date",
                "BT-74",
                f"The invoicing period ends ({period.end_date}) before it starts"
                f" ({period.start_date}).",
                "Correct start or end, or exchange them.",
            )
    issued, until = invoice.issue_date, invoice.payment_due_date
    if issued is not None and until is not None and until < issued:
        yield warning(
            "GW-12",
            "/payment_due_date",
            "BT-9",
            f"The due date (BT-9) {until} lies before the issue date (BT-2) {issued}.",
            "Correct the due date or the issue date.",
        )
    due = invoice.totals.amount_due
    # In EN 16931-1, but no longer in the official artefact: shown, not enforced.
    dated = invoice.payment_due_date is not None or invoice.payment_terms is not None
    if due is not None and due > 0 and not dated:
        yield warning(
            "BR-CO-25",
            "/payment_due_date",
            "BT-9",
            f"{plain(due)} is due, but neither due date (BT-9) nor payment terms (BT-20) say"
            " when.",
            "Give payment_due_date or payment_terms.",
        )
