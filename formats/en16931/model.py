"""The invoice of EN 16931-1, one class per business group (BG), one field per term (BT).

Field names are the norm's own English names in snake_case, without the group's name in front:
"Seller VAT identifier" (BT-31) is `Seller.vat_identifier`. Instances never change; use
`model_copy(update=...)` and recompute the totals.

The model holds what was written: mandatory terms that are missing (amounts too), unknown codes
and odd scales are findings of the rules, not of the model, so that every XSD-valid document can
be read.
"""

import re
from typing import Annotated

from formats.en16931.amounts import (
    DocumentLevelAllowance,
    DocumentLevelCharge,
    Totals,
    VatBreakdown,
)
from formats.en16931.extensions.document import (
    AdditionalSupportingDocumentExtensions,
    InvoiceExtensions,
    InvoiceNoteExtensions,
    PrecedingInvoiceReferenceExtensions,
)
from formats.en16931.group import BinaryObject, Group, Identifier, IsoDate, Text
from formats.en16931.line import Line
from formats.en16931.party import (
    Buyer,
    DeliveryInformation,
    Payee,
    Seller,
    SellerTaxRepresentative,
)
from formats.en16931.payment import PaymentInstructions
from formats.en16931.terms import Term

NOTE_WITH_SUBJECT = re.compile(r"#([^#\s]{3})#(.*)", re.DOTALL)
"""BT-21 in front of BT-22, as syntaxes without a place for BT-21 have it.

Any three characters, listed or not, as BR-CL-08 finds them.
"""

NO_ORDER = "NA"
"""What Peppol BIS writes as order (BT-13) where UBL demands one beside the sales order (BT-14)."""


class InvoiceNote(Group):
    """BG-1."""

    subject_code: Annotated[Text | None, Term("BT-21")] = None
    note: Annotated[Text, Term("BT-22")]
    extensions: InvoiceNoteExtensions | None = None


class ProcessControl(Group):
    """BG-2: the business process and the specification the document claims to follow."""

    business_process_type: Annotated[Text | None, Term("BT-23")] = None
    specification_identifier: Annotated[Text | None, Term("BT-24")] = None


class PrecedingInvoiceReference(Group):
    """BG-3: the invoice that this one corrects or continues."""

    reference: Annotated[Text | None, Term("BT-25")] = None
    issue_date: Annotated[IsoDate | None, Term("BT-26")] = None
    extensions: PrecedingInvoiceReferenceExtensions | None = None


class AdditionalSupportingDocument(Group):
    """BG-24."""

    reference: Annotated[Text | None, Term("BT-122")] = None
    description: Annotated[Text | None, Term("BT-123")] = None
    external_document_location: Annotated[Text | None, Term("BT-124")] = None
    attached_document: Annotated[BinaryObject | None, Term("BT-125")] = None
    extensions: AdditionalSupportingDocumentExtensions | None = None


class InvoiceTerms(Group):
    """What an invoice and the draft of one have in common: all but seller and totals."""

    number: Annotated[Text | None, Term("BT-1")] = None
    issue_date: Annotated[IsoDate | None, Term("BT-2")] = None
    type_code: Annotated[Text | None, Term("BT-3")] = None
    currency_code: Annotated[Text | None, Term("BT-5")] = None
    vat_accounting_currency_code: Annotated[Text | None, Term("BT-6")] = None
    value_added_tax_point_date: Annotated[IsoDate | None, Term("BT-7")] = None
    value_added_tax_point_date_code: Annotated[Text | None, Term("BT-8")] = None
    payment_due_date: Annotated[IsoDate | None, Term("BT-9")] = None
    buyer_reference: Annotated[Text | None, Term("BT-10")] = None
    project_reference: Annotated[Text | None, Term("BT-11")] = None
    contract_reference: Annotated[Text | None, Term("BT-12")] = None
    purchase_order_reference: Annotated[Text | None, Term("BT-13")] = None
    sales_order_reference: Annotated[Text | None, Term("BT-14")] = None
    receiving_advice_reference: Annotated[Text | None, Term("BT-15")] = None
    despatch_advice_reference: Annotated[Text | None, Term("BT-16")] = None
    tender_or_lot_reference: Annotated[Text | None, Term("BT-17")] = None
    invoiced_object_identifier: Annotated[Identifier | None, Term("BT-18")] = None
    buyer_accounting_reference: Annotated[Text | None, Term("BT-19")] = None
    payment_terms: Annotated[Text | None, Term("BT-20")] = None
    notes: Annotated[tuple[InvoiceNote, ...], Term("BG-1")] = ()
    process_control: Annotated[ProcessControl, Term("BG-2")] = ProcessControl.model_construct()
    preceding_invoice_references: Annotated[
        tuple[PrecedingInvoiceReference, ...], Term("BG-3")
    ] = ()
    buyer: Annotated[Buyer, Term("BG-7")]
    payee: Annotated[Payee | None, Term("BG-10")] = None
    seller_tax_representative: Annotated[SellerTaxRepresentative | None, Term("BG-11")] = None
    delivery_information: Annotated[DeliveryInformation | None, Term("BG-13")] = None
    payment_instructions: Annotated[tuple[PaymentInstructions, ...], Term("BG-16")] = ()
    additional_supporting_documents: Annotated[
        tuple[AdditionalSupportingDocument, ...], Term("BG-24")
    ] = ()
    document_level_allowances: Annotated[tuple[DocumentLevelAllowance, ...], Term("BG-20")] = ()
    document_level_charges: Annotated[tuple[DocumentLevelCharge, ...], Term("BG-21")] = ()
    lines: Annotated[tuple[Line, ...], Term("BG-25")] = ()
    extensions: InvoiceExtensions | None = None


class Invoice(InvoiceTerms):
    """The invoice (or credit note, by its `type_code`) as a whole."""

    seller: Annotated[Seller, Term("BG-4")]
    totals: Annotated[Totals, Term("BG-22")]
    vat_breakdown: Annotated[tuple[VatBreakdown, ...], Term("BG-23")] = ()
