"""VAT: the breakdown (BG-23) with the totals BT-110 and BT-111, and tax categories anywhere."""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

from lxml import etree

from formats.binding import (
    AMOUNT,
    CODE,
    DECIMAL,
    INDICATOR,
    Branch,
    Constant,
    Nested,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.construction import make
from formats.binding.context import VAT
from formats.binding.kinds import attribute_of
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Odd, Values
from formats.en16931.amounts import VatBreakdown
from formats.en16931.extensions.document import InvoiceExtensions
from formats.en16931.extensions.settlement import AccountingVatBreakdown, FurtherTaxTotal
from formats.en16931.model import Invoice
from formats.ubl.names import BINDING

TAX_SCHEME = Branch("cac:TaxScheme", Constant("cbc:ID", "VAT", scheme=True))
"""The scheme of the document's tax."""

_SCHEME = BINDING.clark("cac:TaxScheme")
_SCHEME_ID = BINDING.clark("cbc:ID")
_TAX_AMOUNT = BINDING.clark("cbc:TaxAmount")
_INCLUDED = BINDING.clark("cbc:TaxIncludedIndicator")
_SUBTOTAL = BINDING.clark("cac:TaxSubtotal")


def is_tax(element: etree._Element, context: ReadContext) -> bool:
    """Tell whether a category or registration is about the document's tax, in any case."""
    if len(element) and len(last := element[-1]) == 1 and last.tag == _SCHEME:
        identifier = last[0]  # the usual place, without the way through the path
        if identifier.text == context.tax_scheme and identifier.tag == _SCHEME_ID:
            return True
    scheme = BINDING.first(element, "cac:TaxScheme/cbc:ID")
    return scheme is not None and scheme.upper() == context.tax_scheme.upper()


def tax_category(
    tag: str, code: str, rate: str, *further: Value, name: str | None = None
) -> Branch:
    """Return a tax category with its code and rate; other taxes are no business terms."""
    return Branch(
        tag,
        Value("cbc:ID", code, CODE),
        *(() if name is None else (Value("cbc:Name", name, CODE),)),  # HR-BT-6, HR-BT-12
        Value("cbc:Percent", rate, DECIMAL),
        *further,
        TAX_SCHEME,
        when=is_tax,
    )


def exemption(code: str, text: str) -> tuple[Value, Value]:
    """Return why a tax category is exempt, for `tax_category`."""
    return (
        Value("cbc:TaxExemptionReasonCode", code, CODE),
        Value("cbc:TaxExemptionReason", text),
    )


def tax_scheme(document: etree._Element) -> str:
    """Return the tax a document is about: VAT if it speaks of VAT anywhere (IBT-118-1).

    Only where it does not, as in the dialects of PINT, it is the tax of the breakdown's first row.
    """
    schemes = [
        scheme
        for category in document.iterfind(
            f"{BINDING.clark('cac:TaxTotal')}/{_SUBTOTAL}/{BINDING.clark('cac:TaxCategory')}"
        )
        if (scheme := BINDING.first(category, "cac:TaxScheme/cbc:ID")) is not None
    ]
    if not schemes or any(scheme.upper() == VAT for scheme in schemes):
        return VAT
    everywhere = document.iter(BINDING.clark("cac:TaxScheme"))
    if any((BINDING.first(scheme, "cbc:ID") or "").upper() == VAT for scheme in everywhere):
        return VAT
    return schemes[0]


_ACCOUNTING_AMOUNT = dataclasses.replace(
    AMOUNT,
    start="attribute('currencyID', c.invoice.vat_accounting_currency_code or '')",
)
"""An amount in the accounting currency (BT-6)."""

_ROW = Shape(
    VatBreakdown,
    Value("cbc:TaxableAmount", "category_taxable_amount", AMOUNT),  # BT-116
    Value("cbc:TaxAmount", "category_tax_amount", AMOUNT),  # BT-117
    tax_category(
        "cac:TaxCategory",
        "category_code",  # BT-118
        "category_rate",  # BT-119
        *exemption("exemption_reason_code", "exemption_reason_text"),  # BT-121, BT-120
    ),
    Branch(
        "cac:TaxCategory",
        Value("cbc:ID", "extensions.other_category_code", CODE),
        Value("cbc:Percent", "extensions.other_rate", DECIMAL),
        Branch("cac:TaxScheme", Value("cbc:ID", "extensions.other_tax_scheme", CODE), always=True),
        when=lambda element, context: not is_tax(element, context),
    ),
)
"""BG-23."""


def _read_over(_nodes: Sequence[etree._Element], _values: Values, _context: ReadContext) -> None:
    """The amount of a TaxTotal is read by itself: which term it is depends on its currency."""


_ROWS = Shape(
    Invoice,
    Odd(("cbc:TaxAmount", "cbc:TaxIncludedIndicator"), _read_over, lambda _invoice, _context: ()),
    Nested("cac:TaxSubtotal", "vat_breakdown", _ROW, counted=True),
)
_ACCOUNTING_ROWS = Shape(
    InvoiceExtensions,
    Odd(("cbc:TaxAmount",), _read_over, lambda _extensions, _context: ()),
    Nested(
        "cac:TaxSubtotal",
        "accounting_vat_breakdown",
        Shape(
            AccountingVatBreakdown,
            Value("cbc:TaxableAmount", "category_taxable_amount", _ACCOUNTING_AMOUNT),
            Value("cbc:TaxAmount", "category_tax_amount", _ACCOUNTING_AMOUNT),  # IBT-190
            tax_category("cac:TaxCategory", "category_code", "category_rate"),  # IBT-192, IBT-193
        ),
    ),
)
"""IBG-37: Japan asks for the breakdown in the accounting currency too."""


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
    totals, extensions = values.setdefault("totals", {}), values.setdefault("extensions", {})
    for node in nodes:
        amount, rows = _amount_of(node, context), {}
        if node is accounting:
            totals["total_vat_in_accounting_currency"] = amount
            rows = BINDING.values(_ACCOUNTING_ROWS, node, context)
            extensions.update(rows)
            continue
        rows = BINDING.values(_ROWS, node, context)
        if node is chosen:
            totals["total_vat"] = amount
            for stated in node.iterchildren(_TAX_AMOUNT):
                context.currency_of(stated)  # written in BT-5
            if (included := node.find(_INCLUDED)) is not None:
                extensions["tax_included"] = INDICATOR.read(included, context)
            values |= rows
        elif amount is not None or rows:
            further = rows | {"amount": amount, "currency_code": _currency(node) or None}
            extensions.setdefault("further_tax_totals", []).append(make(FurtherTaxTotal, further))
    for name in ("totals", "extensions"):
        if not values[name]:
            del values[name]


def _write(invoice: Invoice, context: WriteContext) -> Sequence[str]:
    totals = invoice.totals
    included = invoice.extensions and invoice.extensions.tax_included
    document = branch(
        "cac:TaxTotal",
        _amount(totals.total_vat, invoice.currency_code),  # BT-110
        "" if included is None else leaf("cbc:TaxIncludedIndicator", str(included).lower()),
        *(_subtotal(row, context) for row in invoice.vat_breakdown),
    )
    accounting = branch(
        "cac:TaxTotal",
        _amount(totals.total_vat_in_accounting_currency, invoice.vat_accounting_currency_code),
        BINDING.inner(_ACCOUNTING_ROWS, invoice.extensions, context),
    )
    further = invoice.extensions.further_tax_totals if invoice.extensions else ()
    return document, accounting, *(_further(total, context) for total in further)


def _further(total: FurtherTaxTotal, context: WriteContext) -> str:
    rows = (_subtotal(row, context) for row in total.vat_breakdown)
    return branch("cac:TaxTotal", _amount(total.amount, total.currency_code), *rows)


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


def _amount_of(total: etree._Element, context: ReadContext) -> Decimal | None:
    amount = total.find(_TAX_AMOUNT)
    if amount is None:
        return None
    context.attributes(amount, "currencyID")
    read: Decimal = AMOUNT.read(amount, context)
    return read


def _currency(total: etree._Element) -> str:
    amount = total.find(_TAX_AMOUNT)
    return ("" if amount is None else attribute_of(amount, "currencyID")) or ""
