"""The document totals: BG-22."""

from collections.abc import Sequence

from lxml import etree

from formats.binding import DECIMAL, Branch, Odd, ReadContext, Value, WriteContext
from formats.binding.construction import make
from formats.binding.kinds import attribute_of
from formats.binding.markup import leaf
from formats.binding.nodes import Values
from formats.cii.kinds import AMOUNT
from formats.en16931.extensions.settlement import FurtherTaxTotal
from formats.en16931.model import Invoice


def _read_tax_totals(
    nodes: Sequence[etree._Element], values: Values, context: ReadContext
) -> None:
    """Tell BT-110 from BT-111: they differ by `currencyID` alone and may stand in either order.

    A lone one without currency is BT-110; so is one whose currency is neither BT-5 nor BT-6 when
    there is no other.
    """
    currency, accounting = values.get("currency_code"), values.get("vat_accounting_currency_code")
    left = list(nodes)

    totals = values.setdefault("totals", {})

    def take(name: str, currency: str | None) -> None:
        for node in left:
            if name not in totals and attribute_of(node, "currencyID") == currency:
                totals[name] = DECIMAL.read(node, context)
                left.remove(node)
                return

    take("total_vat", currency)
    take("total_vat", None)
    take("total_vat_in_accounting_currency", accounting)
    if left and "total_vat" not in totals:
        context.currency_of(left[0])  # written in BT-5
        take("total_vat", attribute_of(left[0], "currencyID"))
    for node in left:  # R053, R054 of Peppol count them
        further = {
            "amount": DECIMAL.read(node, context),
            "currency_code": attribute_of(node, "currencyID"),
        }
        extensions = values.setdefault("extensions", {})
        extensions.setdefault("further_tax_totals", []).append(make(FurtherTaxTotal, further))
    for node in nodes:  # without BT-5 nothing takes their currency along
        context.attributes(node, *(("currencyID",) if currency else ()))


def _write_tax_totals(invoice: Invoice, _context: WriteContext) -> tuple[str, ...]:
    totals = invoice.totals
    vat, in_accounting_currency = totals.total_vat, totals.total_vat_in_accounting_currency
    return (
        leaf(  # BT-110
            "ram:TaxTotalAmount",
            None if vat is None else format(vat, "f"),
            currencyID=invoice.currency_code,
        ),
        leaf(  # BT-111
            "ram:TaxTotalAmount",
            None if in_accounting_currency is None else format(in_accounting_currency, "f"),
            currencyID=invoice.vat_accounting_currency_code or "",
        ),
        *(
            leaf("ram:TaxTotalAmount", format(total.amount, "f"), currencyID=total.currency_code)
            for total in (invoice.extensions.further_tax_totals if invoice.extensions else ())
            if total.amount is not None
        ),
    )


TOTALS = Branch(
    "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
    Value("ram:LineTotalAmount", "totals.sum_of_line_net_amounts", AMOUNT),  # BT-106
    Value("ram:ChargeTotalAmount", "totals.sum_of_charges", AMOUNT),  # BT-108
    Value("ram:AllowanceTotalAmount", "totals.sum_of_allowances", AMOUNT),  # BT-107
    Value("ram:TaxBasisTotalAmount", "totals.total_without_vat", AMOUNT),  # BT-109
    Odd(("ram:TaxTotalAmount",), _read_tax_totals, _write_tax_totals),
    Value("ram:RoundingAmount", "totals.rounding_amount", AMOUNT),  # BT-114
    Value("ram:GrandTotalAmount", "totals.total_with_vat", AMOUNT),  # BT-112
    Value("ram:TotalPrepaidAmount", "totals.paid_amount", AMOUNT),  # BT-113
    Value("ram:DuePayableAmount", "totals.amount_due", AMOUNT),  # BT-115
)
"""BG-22. Amounts are in the invoice currency; only BT-110 and BT-111 name theirs (CII-DT-031)."""
