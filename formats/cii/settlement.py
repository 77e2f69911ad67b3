"""What extensions add to the settlement of a document: charges, terms, advances, exchange."""

from formats.binding import CODE, DECIMAL, TEXT, Branch, Nested, Node, Shape, Value
from formats.cii.extensions import issued, party
from formats.cii.kinds import AMOUNT, date
from formats.cii.payment import MANDATE
from formats.en16931.extensions.settlement import (
    AccountingReference,
    AdvancePayment,
    AdvancePaymentTax,
    LogisticsServiceCharge,
    LogisticsServiceChargeTax,
    PaymentTerms,
    ThirdPartyPayment,
)

_FIRST = "extensions.payment_terms."


def _condition(tag: str, field: str, amount: str) -> Branch:
    return Branch(
        tag,
        date("ram:BasisDateTime", f"{field}.basis_date"),
        Value(
            "ram:BasisPeriodMeasure",
            f"{field}.basis_period",
            DECIMAL,
            {"unitCode": f"{field}.basis_period_unit_code"},
        ),
        Value("ram:BasisAmount", f"{field}.base_amount", DECIMAL),
        Value("ram:CalculationPercent", f"{field}.percentage", DECIMAL),
        Value(amount, f"{field}.amount", DECIMAL),
    )


def _terms(description: str, due: str, mandate: Node, prefix: str) -> tuple[Node, ...]:
    """Return the nodes of payment terms whose extension fields begin with a prefix."""
    return (
        Value("ram:Description", description, TEXT),  # BT-20
        date("ram:DueDateDateTime", due),  # BT-9
        mandate,  # BT-89
        Value("ram:PartialPaymentAmount", f"{prefix}partial_payment_amount", DECIMAL),
        _condition(  # BG-X-43
            "ram:ApplicableTradePaymentPenaltyTerms",
            f"{prefix}penalty",
            "ram:ActualPenaltyAmount",
        ),
        _condition(  # BG-X-44
            "ram:ApplicableTradePaymentDiscountTerms",
            f"{prefix}discount",
            "ram:ActualDiscountAmount",
        ),
        party("ram:PayeeTradeParty", f"{prefix}payee"),  # BG-X-77
    )


_TAG = "ram:SpecifiedTradePaymentTerms"
_FURTHER_MANDATE = Value("ram:DirectDebitMandateID", "mandate_reference_identifier", CODE)

PAYMENT_TERMS = (
    Branch(_TAG, *_terms("payment_terms", "payment_due_date", MANDATE, _FIRST)),
    Nested(
        _TAG,
        "extensions.additional_payment_terms",
        Shape(PaymentTerms, *_terms("description", "due_date", _FURTHER_MANDATE, "")),
    ),
)
"""BT-9, BT-20 and BT-89, and the terms of further instalments."""

EXCHANGE = Branch(
    "ram:TaxApplicableTradeCurrencyExchange",
    Value("ram:SourceCurrencyCode", "extensions.exchange_source_currency_code", CODE),
    Value("ram:TargetCurrencyCode", "extensions.exchange_target_currency_code", CODE),
    Value("ram:ConversionRate", "extensions.exchange_rate", DECIMAL),  # BT-X-260
    date("ram:ConversionRateDateTime", "extensions.exchange_rate_date"),  # BT-X-261
)
"""BG-X-41."""

LOGISTICS = Nested(
    "ram:SpecifiedLogisticsServiceCharge",
    "extensions.logistics_service_charges",
    Shape(
        LogisticsServiceCharge,
        Value("ram:Description", "description", TEXT),  # BT-X-271
        Value("ram:AppliedAmount", "amount", AMOUNT),  # BT-X-272
        Nested(
            "ram:AppliedTradeTax",
            "taxes",
            Shape(
                LogisticsServiceChargeTax,
                Value("ram:TypeCode", "type_code", CODE),
                Value("ram:ExemptionReason", "exemption_reason_text", TEXT),  # BT-X-591
                Value("ram:CategoryCode", "category_code", CODE),  # BT-X-273
                Value("ram:ExemptionReasonCode", "exemption_reason_code", CODE),  # BT-X-592
                Value("ram:RateApplicablePercent", "rate", DECIMAL),  # BT-X-274
            ),
        ),
    ),
)
"""BG-X-42."""

THIRD_PARTY_PAYMENTS = Nested(
    "ram:SpecifiedFinancialAdjustment",
    "extensions.third_party_payments",
    Shape(
        ThirdPartyPayment,
        Value("ram:Reason", "description", TEXT),  # BT-180
        Value("ram:ActualAmount", "amount", AMOUNT),  # BT-179
    ),
)
"""BG-34."""

_ACCOUNT = "ram:ReceivableSpecifiedTradeAccountingAccount"

ACCOUNTS = (
    Branch(
        _ACCOUNT,
        Value("ram:ID", "buyer_accounting_reference", TEXT),  # BT-19
        Value("ram:TypeCode", "extensions.buyer_accounting_reference_type_code", CODE),
    ),
    Nested(
        _ACCOUNT,
        "extensions.additional_buyer_accounting_references",
        Shape(
            AccountingReference,
            Value("ram:ID", "reference", TEXT),
            Value("ram:TypeCode", "type_code", CODE),  # BT-X-290
        ),
    ),
)
"""BT-19 and further accounts."""

ADVANCE_PAYMENTS = Nested(
    "ram:SpecifiedAdvancePayment",
    "extensions.advance_payments",
    Shape(
        AdvancePayment,
        Value("ram:PaidAmount", "amount", AMOUNT),  # BT-X-291
        date("ram:FormattedReceivedDateTime", "received_date", text="qdt:DateTimeString"),
        Nested(
            "ram:IncludedTradeTax",
            "taxes",
            Shape(
                AdvancePaymentTax,
                Value("ram:CalculatedAmount", "amount", AMOUNT),  # BT-X-293
                Value("ram:TypeCode", "type_code", CODE),  # BT-X-294
                Value("ram:ExemptionReason", "exemption_reason_text", TEXT),  # BT-X-295
                Value("ram:CategoryCode", "category_code", CODE),  # BT-X-296
                Value("ram:ExemptionReasonCode", "exemption_reason_code", CODE),  # BT-X-297
                Value("ram:RateApplicablePercent", "rate", DECIMAL),  # BT-X-298
            ),
        ),
        Branch(
            "ram:InvoiceSpecifiedReferencedDocument",
            Value("ram:IssuerAssignedID", "invoice_reference", CODE),  # BT-X-558
            Value("ram:TypeCode", "invoice_type_code", CODE),  # BT-X-559
            issued("invoice_issue_date"),  # BT-X-560
        ),
    ),
)
"""BG-X-45."""
