"""The whole invoice as the templates see it."""

from typing import TypedDict

from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.model import Invoice
from formats.pdf.language import Language
from formats.pdf.view.facts import Fact, day, facts, file_of, rest, span, text_of
from formats.pdf.view.lines import Adjustment, Row, adjustments, rows
from formats.pdf.view.parties import Party, buyer, other_parties, seller
from formats.pdf.view.payment import Payment, payments
from formats.pdf.view.totals import Total, VatRow, totals, totals_rest, vat_rows

_TITLES = {
    "380": "invoice",
    "381": "credit_note",
    "384": "corrected",
    "389": "self_billed",
    "261": "self_billed_credit_note",
    "386": "prepayment",
    "326": "partial",
    "310": "estimate",
    "325": "proforma",
    "270": "delivery_note",
    "220": "order",
    "632": "receipt",
}
"""Titles by type code (UNTDID 1001); others are called invoice or credit note, with their code."""

_OFFERS = frozenset({"310"})
"""What is valid until a day and not due on it."""

UNDUE = frozenset({"310", "220", "270", "632"})
"""What asks nobody to pay: the total with VAT stands where invoices have the amount due."""

_NO_INVOICES = frozenset({"310", "325", "270", "220"})
"""What must not be taken for an invoice (Directive 2006/112/EC, Article 203)."""

_SHOWN = (
    *("number", "issue_date", "type_code", "currency_code", "vat_accounting_currency_code"),
    *("value_added_tax_point_date", "value_added_tax_point_date_code", "payment_due_date"),
    *("buyer_reference", "project_reference", "contract_reference", "purchase_order_reference"),
    *("sales_order_reference", "receiving_advice_reference", "despatch_advice_reference"),
    *("tender_or_lot_reference", "invoiced_object_identifier", "buyer_accounting_reference"),
    *("payment_terms", "notes", "process_control", "preceding_invoice_references", "buyer"),
    *("payee", "seller_tax_representative", "delivery_information", "payment_instructions"),
    *("additional_supporting_documents", "document_level_allowances"),
    *("document_level_charges", "lines", "seller", "totals", "vat_breakdown"),
)


class View(TypedDict):
    """Everything a template prints, in strings."""

    title: str
    number: str
    draft: str
    notices: list[str]
    priced: bool
    due: Fact | None
    seller: Party
    buyer: Party
    parties: list[Party]
    facts: list[Fact]
    notes: list[Fact]
    rows: list[Row]
    adjustments: list[Adjustment]
    totals: list[Total]
    vat: list[VatRow]
    payments: list[Payment]
    payment_terms: str
    attachments: list[Fact]
    more: list[Fact]


def view(
    invoice: Invoice, language: Language, *, draft: bool = False, priced: bool = True
) -> View:
    """Return the invoice as printed in a language.

    Args:
        invoice: What is printed.
        language: In whose words.
        draft: It is not issued.
        priced: False leaves out everything about money.
    """
    name = title(invoice, language)
    return View(
        title=f"{name} ({language['draft']})" if draft else name,
        number=invoice.number or "",
        draft=language["draft"] if draft else "",
        notices=_notices(invoice, language, draft=draft),
        priced=priced,
        due=_due(invoice, language) if priced else None,
        seller=seller(invoice, language),
        buyer=buyer(invoice, language, billed=invoice.type_code not in UNDUE),
        parties=other_parties(invoice, language),
        facts=_facts(invoice, language, priced=priced),
        notes=[(note.subject_code or "", note.note) for note in invoice.notes],
        rows=rows(invoice, language, priced=priced),
        adjustments=adjustments(invoice, language) if priced else [],
        totals=totals(invoice, language, undue=invoice.type_code in UNDUE) if priced else [],
        vat=vat_rows(invoice, language) if priced else [],
        payments=payments(invoice, language) if priced else [],
        payment_terms=(invoice.payment_terms or "") if priced else "",
        attachments=_attachments(invoice),
        more=_more(invoice, language, priced=priced),
    )


def title(invoice: Invoice, language: Language) -> str:
    """Return what the document is called."""
    code = invoice.type_code or ""
    general = "credit_note" if code in CREDIT_NOTE_TYPES else "invoice"
    return language[f"title_{_TITLES.get(code, general)}"]


def _due(invoice: Invoice, language: Language) -> Fact | None:
    """Return the amount that matters most: what is to pay, or what an offer comes to."""
    undue = invoice.type_code in UNDUE
    amount = invoice.totals.total_with_vat if undue else invoice.totals.amount_due
    if amount is None:
        return None
    return language["gross_total" if undue else "due"], language.money(
        amount, invoice.currency_code
    )


def _notices(invoice: Invoice, language: Language, *, draft: bool) -> list[str]:
    found = [language["draft_notice"]] if draft else []
    if invoice.type_code in _NO_INVOICES:
        found.append(language["not_an_invoice"])
    return found


def _facts(invoice: Invoice, language: Language, *, priced: bool) -> list[Fact]:
    delivery = invoice.delivery_information
    period = None if delivery is None else delivery.invoicing_period
    offer = invoice.type_code in _OFFERS
    return [
        *facts(
            language,
            ("number", invoice.number),
            ("issue_date", day(language, invoice.issue_date)),
            (
                "valid_until" if offer else "due_date",
                day(language, invoice.payment_due_date) if priced or offer else None,
            ),
            (
                "delivery_date",
                None if delivery is None else day(language, delivery.actual_delivery_date),
            ),
            (
                "period",
                None if period is None else span(language, period.start_date, period.end_date),
            ),
            ("tax_point_date", day(language, invoice.value_added_tax_point_date)),
            ("tax_point_code", invoice.value_added_tax_point_date_code),
            ("buyer_reference", invoice.buyer_reference),
            ("purchase_order", invoice.purchase_order_reference),
            ("sales_order", invoice.sales_order_reference),
            ("contract", invoice.contract_reference),
            ("project", invoice.project_reference),
            ("despatch_advice", invoice.despatch_advice_reference),
            ("receiving_advice", invoice.receiving_advice_reference),
            ("tender", invoice.tender_or_lot_reference),
            ("object", text_of(invoice.invoiced_object_identifier)),
            ("accounting_reference", invoice.buyer_accounting_reference),
        ),
        *facts(language, *(("preceding_invoice", text) for text in _preceding(invoice, language))),
        *facts(language, ("type_code", _unnamed_type(invoice))),
        *facts(
            language,
            ("currency", invoice.currency_code if priced else None),
            ("vat_currency", invoice.vat_accounting_currency_code if priced else None),
        ),
    ]


def _preceding(invoice: Invoice, language: Language) -> list[str]:
    return [
        ", ".join(part for part in (item.reference, day(language, item.issue_date)) if part)
        for item in invoice.preceding_invoice_references
    ]


def _unnamed_type(invoice: Invoice) -> str | None:
    return None if invoice.type_code in _TITLES else invoice.type_code


def _attachments(invoice: Invoice) -> list[Fact]:
    found = []
    for item in invoice.additional_supporting_documents:
        file = item.attached_document
        parts = (
            item.description,
            item.external_document_location,
            None if file is None else file_of(file),
        )
        found.append((item.reference or "", "\n".join(part for part in parts if part)))
    return found


def _more(invoice: Invoice, language: Language, *, priced: bool) -> list[Fact]:
    control = invoice.process_control
    return [
        *(totals_rest(invoice, language) if priced else []),
        *(
            fact
            for item in invoice.preceding_invoice_references
            for fact in rest(item, ("reference", "issue_date"), language)
        ),
        *(
            fact
            for note in invoice.notes
            for fact in rest(note, ("subject_code", "note"), language)
        ),
        *(
            fact
            for item in invoice.additional_supporting_documents
            for fact in rest(
                item,
                (
                    *("reference", "description", "external_document_location"),
                    "attached_document",
                ),
                language,
            )
        ),
        *rest(invoice, _SHOWN, language),
        *facts(
            language,
            ("process", control.business_process_type),
            ("specification", control.specification_identifier),
        ),
        *rest(control, ("business_process_type", "specification_identifier"), language),
    ]
