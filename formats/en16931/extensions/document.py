"""What extensions add to the invoice as a whole, to its notes and to its references."""

from typing import Annotated

from formats.en16931.extensions.croatia import Fiscalization
from formats.en16931.extensions.facturae import FeExtension
from formats.en16931.extensions.parties import TradeParty, address, contact, party
from formats.en16931.extensions.poland.document import FaExtension
from formats.en16931.extensions.settlement import (
    AccountingReference,
    AccountingVatBreakdown,
    AdvancePayment,
    FurtherTaxTotal,
    LogisticsServiceCharge,
    PaymentTerms,
    Prepayment,
    ThirdPartyPayment,
)
from formats.en16931.extensions.slovenia import ESlogExtension
from formats.en16931.extensions.spain import SpanishRecord
from formats.en16931.group import Group, Identifier, Indicator, IsoDate, IsoTime, Text
from formats.en16931.money import Quantity
from formats.en16931.terms import Term

_SALES_AGENT = party(
    identifiers=(337, 338),
    name=335,
    trading_name=336,
    role=545,
    legal=339,
    vat=340,
    electronic=341,
    at=address("BG-X-52", 348),
    reached_at=contact("BG-X-51", 342, 343, 347, 344, 345, 346),
    seated_at=address("BG-X-53", 355),
    french=66,
    omani={
        "trading_name": "005",
        "vat_identifier": "006",
        "postal_address.line_1": "007",
        "postal_address.line_2": "008",
        "postal_address.line_3": "009",
        "postal_address.city": "010",
        "postal_address.post_code": "011",
        "postal_address.country_code": "013",
    },
)
_BUYER_TAX_REPRESENTATIVE = party(
    identifiers=(364, 365),
    name=362,
    trading_name=363,
    role=546,
    legal=366,
    vat=367,
    electronic=368,
    at=address("BG-X-56", 375),
    reached_at=contact("BG-X-55", 369, 370, 371, 372, 373, 374),
    seated_at=address("BG-X-57", 382),
)
_PRODUCT_END_USER = party(
    identifiers=(126, 127),
    name=128,
    trading_name=130,
    role=548,
    legal=129,
    vat=144,
    electronic=143,
    at=address("BG-X-21", 136),
    reached_at=contact("BG-X-20", 131, 132, 320, 133, 134, 135),
    seated_at=address("BG-X-60", 396),
)
_BUYER_AGENT = party(
    identifiers=(408, 409),
    name=406,
    trading_name=407,
    role=549,
    legal=410,
    vat=411,
    electronic=412,
    at=address("BG-X-65", 419),
    reached_at=contact("BG-X-64", 413, 414, 415, 416, 417, 418),
    seated_at=address("BG-X-66", 426),
    french=3,
)
_INVOICER = party(
    identifiers=(205, 206),
    name=207,
    trading_name=209,
    role=553,
    legal=208,
    vat=223,
    electronic=222,
    at=address("BG-X-35", 215),
    reached_at=contact("BG-X-34", 210, 211, 324, 212, 213, 214),
    seated_at=address("BG-X-70", 454),
    french=112,
)
_INVOICEE = party(
    identifiers=(224, 225),
    name=226,
    trading_name=228,
    role=554,
    legal=227,
    vat=242,
    electronic=241,
    at=address("BG-X-38", 234),
    reached_at=contact("BG-X-37", 229, 230, 325, 231, 232, 233),
    seated_at=address("BG-X-71", 461),
    french=89,
)
_PAYER = party(
    identifiers=(478, 479),
    name=476,
    trading_name=477,
    role=483,
    legal=480,
    vat=481,
    electronic=482,
    at=address("BG-X-75", 490),
    reached_at=contact("BG-X-74", 484, 485, 486, 487, 488, 489),
    seated_at=address("BG-X-76", 497),
    french=43,
)


class InvoiceNoteExtensions(Group):
    """Beside BG-1."""

    content_code: Annotated[Text | None, Term("BT-X-5")] = None


class PrecedingInvoiceReferenceExtensions(Group):
    """Beside BG-3.

    Attributes:
        reason_code: Why the credit or debit note is issued (`cbc:DocumentStatusCode`).
    """

    type_code: Annotated[Text | None, Term("BT-X-555", also=("EXT-FR-FE-02",))] = None
    description: Annotated[Text | None, Term("HR-BT-3")] = None
    unique_identifier: Annotated[Text | None, Term("BTOM-031")] = None
    reason_code: Annotated[Text | None, Term("BTOM-032")] = None


class AdditionalSupportingDocumentExtensions(Group):
    """Beside BG-24.

    Attributes:
        type_code: What the document is, where that is neither BT-11 nor BT-18.
    """

    issue_date: Annotated[IsoDate | None, Term("BT-X-149")] = None
    type_code: Annotated[Text | None, Term("UBL-DocumentTypeCode")] = None
    type: Annotated[Text | None, Term("UBL-DocumentType")] = None
    reference_scheme: Annotated[Text | None, Term("UBL-AdditionalDocumentReference-schemeID")] = (
        None
    )
    unique_identifier: Annotated[Text | None, Term("BTOM-023", also=("BTOM-014",))] = None
    validation_date: Annotated[IsoDate | None, Term("UBL-ValidationDate")] = None
    validation_time: Annotated[IsoTime | None, Term("UBL-ValidationTime")] = None


class CustomerOrder(Group):
    """BG-X-23: an order of the ultimate customer."""

    reference: Annotated[Text | None, Term("BT-X-150")] = None
    issue_date: Annotated[IsoDate | None, Term("BT-X-151")] = None


class InvoiceExtensions(Group):
    """Beside the terms of the invoice as a whole.

    Attributes:
        tax_scheme: The tax, where it is not VAT: GST, SST ... It is the scheme of every tax
            category of the document.
        document_name: The root of a UBL document, where it is not what BT-3 makes one expect.
        amounts_state_currency: A CII document says BT-5 again with its amounts (CII-DT-031).
        test_indicator: The document is a test, no invoice.
        transaction_type_code: Eight zeros and ones (`cbc:ProfileExecutionID`).
        transaction_type: Twenty zeros and ones (`cbc:InvoiceTypeCode/@name`).
        tax_included: Prices and line amounts contain the tax.
        contractual_due_date: When the claim becomes due by contract.
        exchange_rate: Units of the target currency for one of the source currency.
        payment_terms: What is said about the terms whose text is BT-20 and whose date is BT-9.
        accounting_vat_breakdown: The VAT breakdown in the accounting currency (BT-6).
    """

    name: Annotated[Text | None, Term("BT-X-2")] = None
    test_indicator: Annotated[Indicator | None, Term("BT-X-1")] = None
    copy_indicator: Annotated[Indicator | None, Term("BT-X-3", also=("HR-BT-1",))] = None
    language_code: Annotated[Text | None, Term("BT-X-4")] = None
    contractual_due_date: Annotated[IsoDate | None, Term("BT-X-6")] = None
    issue_time: Annotated[IsoTime | None, Term("IBT-168", also=("HR-BT-2",))] = None
    unique_identifier: Annotated[Text | None, Term("BTAE-07", also=("BTOM-002",))] = None
    transaction_type_code: Annotated[Text | None, Term("BTAE-02")] = None
    type_code_list_version: Annotated[Text | None, Term("UBL-InvoiceTypeCode-listVersionID")] = (
        None
    )
    transaction_type: Annotated[Text | None, Term("BTOM-001")] = None
    credit_reason_code: Annotated[Text | None, Term("BTAE-03")] = None
    tax_scheme: Annotated[Text | None, Term("IBT-118-1", also=("IBT-167",))] = None
    document_name: Annotated[Text | None, Term("UBL-root")] = None
    amounts_state_currency: Annotated[Indicator | None, Term("CII-currencyID")] = None
    tax_included: Annotated[Indicator | None, Term("UBL-TaxIncludedIndicator")] = None
    seller_reference: Annotated[Text | None, Term("BT-X-204")] = None

    project_name: Annotated[Text | None, Term("BT-11-0")] = None
    contract_issue_date: Annotated[IsoDate | None, Term("BT-X-148", also=("EXT-FR-FE-199",))] = (
        None
    )
    contract_value: Annotated[Text | None, Term("BTAE-05")] = None
    contract_type_code: Annotated[Text | None, Term("BT-X-405", also=("EXT-FR-FE-01",))] = None
    purchase_order_issue_date: Annotated[
        IsoDate | None, Term("BT-X-147", also=("EXT-FR-FE-197",))
    ] = None
    sales_order_issue_date: Annotated[IsoDate | None, Term("BT-X-146")] = None
    receiving_advice_issue_date: Annotated[IsoDate | None, Term("BT-X-201")] = None
    despatch_advice_issue_date: Annotated[
        IsoDate | None, Term("BT-X-200", also=("EXT-FR-FE-198",))
    ] = None
    tender_or_lot_issue_date: Annotated[IsoDate | None, Term("BT-X-556")] = None
    additional_tender_or_lot_references: Annotated[
        tuple[Text, ...], Term("BT-17", repeats=True)
    ] = ()
    invoiced_object_issue_date: Annotated[IsoDate | None, Term("BT-X-557")] = None
    additional_invoiced_object_identifiers: Annotated[
        tuple[Identifier, ...], Term("BT-18", repeats=True)
    ] = ()
    statement_reference: Annotated[Text | None, Term("UBL-StatementDocumentReference")] = None
    quotation_reference: Annotated[Text | None, Term("BT-X-403", "BG-X-61")] = None
    quotation_issue_date: Annotated[IsoDate | None, Term("BT-X-404", "BG-X-61")] = None
    ultimate_customer_orders: Annotated[tuple[CustomerOrder, ...], Term("BG-X-23")] = ()
    buyer_accounting_reference_type_code: Annotated[Text | None, Term("BT-X-290")] = None
    additional_buyer_accounting_references: Annotated[
        tuple[AccountingReference, ...], Term("BT-19", repeats=True)
    ] = ()

    sales_agent: Annotated[
        TradeParty | None,
        Term("BG-X-49", also=("EXT-FR-FE-BG-03",), parts=_SALES_AGENT),
    ] = None
    buyer_agent: Annotated[
        TradeParty | None, Term("BG-X-62", also=("EXT-FR-FE-BG-01",), parts=_BUYER_AGENT)
    ] = None
    buyer_tax_representative: Annotated[
        TradeParty | None, Term("BG-X-54", parts=_BUYER_TAX_REPRESENTATIVE)
    ] = None
    product_end_user: Annotated[TradeParty | None, Term("BG-X-18", parts=_PRODUCT_END_USER)] = None
    invoicer: Annotated[
        TradeParty | None, Term("BG-X-33", also=("EXT-FR-FE-BG-05",), parts=_INVOICER)
    ] = None
    invoicee: Annotated[
        TradeParty | None, Term("BG-X-36", also=("EXT-FR-FE-BG-04",), parts=_INVOICEE)
    ] = None
    payer: Annotated[
        TradeParty | None, Term("BG-X-73", also=("EXT-FR-FE-BG-02",), parts=_PAYER)
    ] = None
    principal_identifier: Annotated[Identifier | None, Term("BTAE-14")] = None
    beneficiary_identifier: Annotated[Identifier | None, Term("BTAE-01")] = None

    delivery_terms_code: Annotated[
        Text | None, Term("BT-X-145", "BG-X-22", also=("EXT-FR-FE-185", "BTAE-22"))
    ] = None
    delivery_terms_country_code: Annotated[Text | None, Term("BT-X-563", "BG-X-22")] = None
    delivery_terms_location: Annotated[
        Text | None, Term("BT-X-564", "BG-X-22", also=("EXT-FR-FE-186",))
    ] = None

    exchange_source_currency_code: Annotated[Text | None, Term("BT-X-258", "BG-X-41")] = None
    exchange_target_currency_code: Annotated[Text | None, Term("BT-X-259", "BG-X-41")] = None
    exchange_rate: Annotated[
        Quantity | None, Term("BT-X-260", "BG-X-41", also=("BT-167", "BTAE-04", "BTOM-003"))
    ] = None
    exchange_rate_date: Annotated[
        IsoDate | None, Term("BT-X-261", "BG-X-41", also=("EXT-FR-FE-192",))
    ] = None
    accounting_vat_breakdown: Annotated[tuple[AccountingVatBreakdown, ...], Term("IBG-37")] = ()
    further_tax_totals: Annotated[tuple[FurtherTaxTotal, ...], Term("UBL-TaxTotal")] = ()

    payment_terms: Annotated[PaymentTerms | None, Term("BT-20-00")] = None
    additional_payment_terms: Annotated[
        tuple[PaymentTerms, ...], Term("BT-20-00", repeats=True)
    ] = ()
    prepayments: Annotated[tuple[Prepayment, ...], Term("IBG-35", also=("BG-DEX-09",))] = ()
    third_party_payments: Annotated[tuple[ThirdPartyPayment, ...], Term("BG-34")] = ()
    advance_payments: Annotated[tuple[AdvancePayment, ...], Term("BG-X-45")] = ()
    logistics_service_charges: Annotated[tuple[LogisticsServiceCharge, ...], Term("BG-X-42")] = ()
    fiscalization: Annotated[Fiscalization | None, Term("HR-BG-1")] = None
    poland: Annotated[FaExtension | None, Term("FA-Faktura")] = None
    spain: Annotated[SpanishRecord | None, Term("ES-RegistroAlta")] = None
    facturae: Annotated[FeExtension | None, Term("FE-Facturae")] = None
    slovenia: Annotated[ESlogExtension | None, Term("SLOG-M_INVOIC")] = None
