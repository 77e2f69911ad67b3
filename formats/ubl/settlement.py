"""Payment terms (BT-20) with what extensions say of them, prepayments and exchange rates."""

from formats.binding import AMOUNT, CODE, DATE, DECIMAL, Branch, Nested, Node, Shape, Value
from formats.en16931.extensions.settlement import PaymentTerms, Prepayment
from formats.ubl.names import Root
from formats.ubl.payment import due_date

_FIRST = "extensions.payment_terms."


def _terms(note: str, prefix: str, *due: Node) -> tuple[Node, ...]:
    """Return the nodes of payment terms whose fields begin with a prefix."""
    return (
        Value("cbc:PaymentMeansID", f"{prefix}payment_means_identifier", CODE),  # IBT-187
        Value("cbc:Note", note),  # BT-20
        Value("cbc:SettlementDiscountPercent", f"{prefix}discount.percentage", DECIMAL),
        Value("cbc:PenaltySurchargePercent", f"{prefix}penalty.percentage", DECIMAL),
        Value("cbc:Amount", f"{prefix}partial_payment_amount", AMOUNT),  # IBT-176
        Value("cbc:SettlementDiscountAmount", f"{prefix}discount.amount", AMOUNT),
        Value("cbc:PenaltyAmount", f"{prefix}penalty.amount", AMOUNT),
        *due,
        Value("cbc:InstallmentDueDate", f"{prefix}due_date", DATE),  # IBT-177
    )


_FURTHER = Shape(PaymentTerms, *_terms("description", ""))


def payment_terms(root: Root) -> tuple[Node, ...]:
    """Return BT-20 and further terms; in a credit note the first may hold BT-9 too."""
    due = (due_date("terms"),) if root is Root.CREDIT_NOTE else ()
    return (
        Branch("cac:PaymentTerms", *_terms("payment_terms", _FIRST, *due)),
        Nested("cac:PaymentTerms", "extensions.additional_payment_terms", _FURTHER),
    )


PREPAYMENTS = Nested(
    "cac:PrepaidPayment",
    "extensions.prepayments",
    Shape(
        Prepayment,
        Value("cbc:ID", "identifier", CODE),  # IBT-179, BT-DEX-001
        Value("cbc:PaidAmount", "amount", AMOUNT),  # IBT-180, BT-DEX-002
        Value("cbc:ReceivedDate", "received_date", DATE),  # IBT-181
        Value("cbc:PaidTime", "paid_time", CODE),
        Value("cbc:InstructionID", "instruction"),  # IBT-182, BT-DEX-003
    ),
)
"""IBG-35 and BG-DEX-09. A CreditNote has no place for them."""

TAX_EXCHANGE = Branch(
    "cac:TaxExchangeRate",
    Value("cbc:SourceCurrencyCode", "extensions.exchange_source_currency_code", CODE),
    Value("cbc:TargetCurrencyCode", "extensions.exchange_target_currency_code", CODE),
    Value("cbc:CalculationRate", "extensions.exchange_rate", DECIMAL),  # BT-X-260
    Value("cbc:Date", "extensions.exchange_rate_date", DATE),  # BT-X-261
)
"""BG-X-41."""
