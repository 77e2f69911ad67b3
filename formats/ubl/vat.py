"""VAT: the breakdown (BG-23) with the totals BT-110 and BT-111, and tax categories anywhere."""

from collections.abc import Sequence
from decimal import Decimal

from lxml import etree

from formats.binding import (
    AMOUNT,
    CODE,
    DECIMAL,
    Branch,
    Constant,
    Nested,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.kinds import attribute_of
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Odd, Values
from formats.en16931.amounts import Totals, VatBreakdown
from formats.en16931.model import Invoice
from formats.ubl.names import BINDING

TAX_SCHEME = Branch("cac:TaxScheme", Constant("cbc:ID", "VAT", scheme=True))
"""The scheme of the document's tax."""

_TAX_AMOUNT = BINDING.clark("cbc:TaxAmount")
_SUBTOTAL = BINDING.clark("cac:TaxSubtotal")


def other_scheme(code: str) -> Branch:
    """Return the scheme of registrations that are not about the document's tax."""
    return Branch("cac:TaxScheme", Constant("cbc:ID", code))


def is_tax(element: etree._Element, context: ReadContext) -> bool:
    """Tell whether a category or registration is about the document's tax, in any case."""
    scheme = BINDING.first(element, "cac:TaxScheme/cbc:ID")
    return scheme is not None and scheme.upper() == context.tax_scheme.upper()


def tax_category(tag: str, code: str, rate: str, *further: Value) -> Branch:
    """Return a tax category with its code and rate; other taxes are no business terms."""
    return Branch(
        tag,
        Value("cbc:ID", code, CODE),
        Value("cbc:Percent", rate, DECIMAL),
        *further,
        TAX_SCHEME,
        when=is_tax,
    )


def tax_scheme(document: etree._Element) -> str:
    """Return the tax a document is about: VAT if any row of its breakdown says so (IBT-118-1).

    Only where none does, as in the dialects of PINT, it is the tax of the first row.
    """
    schemes = [
        scheme
        for category in document.iterfind(
            f"{BINDING.clark('cac:TaxTotal')}/{_SUBTOTAL}/{BINDING.clark('cac:TaxCategory')}"
        )
        if (scheme := BINDING.first(category, "cac:TaxScheme/cbc:ID")) is not None
    ]
    if not schemes or any(scheme.upper() == "VAT" for scheme in schemes):
        return "VAT"
    return schemes[0]


_ROW = Shape(
    VatBreakdown,
    Value("cbc:TaxableAmount", "category_taxable_amount", AMOUNT),  # BT-116
    Value("cbc:TaxAmount", "category_tax_amount", AMOUNT),  # BT-117
    tax_category(
        "cac:TaxCategory",
        "category_code",  # BT-118
        "category_rate",  # BT-119
        Value("cbc:TaxExemptionReasonCode", "exemption_reason_code", CODE),  # BT-121
        Value("cbc:TaxExemptionReason", "exemption_reason_text"),  # BT-120
    ),
)
"""BG-23."""

_TOTAL = Shape(
    Totals,
    Value("cbc:TaxAmount", "total_vat", AMOUNT),  # BT-110
)
_ACCOUNTING_TOTAL = Shape(
    Totals,
    Value("cbc:TaxAmount", "total_vat_in_accounting_currency", AMOUNT),  # BT-111
)
_ROWS = Shape(Invoice, Nested("cac:TaxSubtotal", "vat_breakdown", _ROW))


def _read(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Tell the TaxTotal in the invoice currency (BT-5) from the one in BT-6, and read both.

    They differ by `currencyID` alone and may stand in either order. When BT-6 equals BT-5, the
    one with the breakdown is the invoice's.
    """
    currency = values.get("currency_code") or ""
    accounting_currency = values.get("vat_accounting_currency_code") or ""
    of_document = [node for node in nodes if _currency(node) == currency] or list(nodes)
    with_rows = (node for node in of_document if node.find(_SUBTOTAL) is not None)
    chosen = next(with_rows, of_document[0])
    accounting = next(
        (node for node in nodes if node is not chosen and _currency(node) == accounting_currency),
        None,
    )
    totals = values.setdefault("totals", {})
    for node in nodes:
        if node is chosen:
            totals |= _of_total(_TOTAL, node, context)
        elif node is accounting:
            totals |= _of_total(_ACCOUNTING_TOTAL, node, context)
            continue
        if node in of_document:
            values.setdefault("vat_breakdown", []).extend(
                BINDING.values(_ROWS, node, context).get("vat_breakdown", ())
            )
        else:
            context.unread(node)


def _write(invoice: Invoice, context: WriteContext) -> Sequence[str]:
    totals = invoice.totals
    document = branch(
        "cac:TaxTotal",
        _amount(totals.total_vat, invoice.currency_code),  # BT-110
        *(_subtotal(row, context) for row in invoice.vat_breakdown),
    )
    accounting = branch(
        "cac:TaxTotal",
        _amount(totals.total_vat_in_accounting_currency, invoice.vat_accounting_currency_code),
    )
    return document, accounting


TAX_TOTALS = Odd(("cac:TaxTotal",), _read, _write)
"""BT-110 with BG-23, and BT-111: two elements of one name that differ by an attribute."""


def _subtotal(row: VatBreakdown, context: WriteContext) -> str:
    content = BINDING.inner(_ROW, row, context)
    if content and "<cac:TaxCategory>" not in content:  # UBL demands it
        scheme = branch("cac:TaxScheme", leaf("cbc:ID", context.tax_scheme))
        content += "\n" + branch("cac:TaxCategory", scheme)
    return branch("cac:TaxSubtotal", content)


def _amount(amount: Decimal | None, currency: str | None) -> str:
    if amount is None:
        return ""
    return leaf("cbc:TaxAmount", format(amount, "f"), currencyID=currency or "")


def _of_total(shape: Shape, node: etree._Element, context: ReadContext) -> Values:
    """Return the amount of a TaxTotal; its rows are somebody else's to read."""
    quiet = ReadContext(tax_scheme=context.tax_scheme)
    return BINDING.values(shape, node, quiet)


def _currency(total: etree._Element) -> str:
    amount = total.find(_TAX_AMOUNT)
    return ("" if amount is None else attribute_of(amount, "currencyID")) or ""
