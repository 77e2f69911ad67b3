"""VAT: the breakdown (BG-23) with the tax point (BT-7, BT-8), and tax categories anywhere."""

from collections.abc import Sequence

from lxml import etree

from formats.binding import (
    CODE,
    DECIMAL,
    TEXT,
    Branch,
    Constant,
    Nested,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.cii.kinds import AMOUNT, DATE
from formats.cii.names import BINDING, TAX_POINT_DATE_CODES, VAT
from formats.en16931.amounts import VatBreakdown
from formats.en16931.model import Invoice
from formats.xml import WHITESPACE

_TAG = "ram:ApplicableTradeTax"
_DATE, _CODE = "ram:TaxPointDate", "ram:DueDateTypeCode"
_TYPE = Constant("ram:TypeCode", VAT)
_FORMAT = {"format": "102"}
_NO_ROW = VatBreakdown()
_WRITTEN = "tax point is written"
TAX_POINT_DATE = "value_added_tax_point_date"
TAX_POINT_CODE = "value_added_tax_point_date_code"
"""The fields of the invoice for which the rows of the breakdown make notes while being read."""


def _is_vat(element: etree._Element, _context: ReadContext) -> bool:
    """Tell whether a tax is VAT: no other tax is a business term. Without a type it is."""
    return (BINDING.first(element, "ram:TypeCode") or VAT).upper() == VAT


def tax_category(  # noqa: PLR0913 - one for each thing a category can say
    tag: str,
    code: str,
    rate: str,
    *,
    reason: str,
    reason_code: str,
    amount: str | None = None,
    due: str | None = None,
) -> Branch:
    """Return a VAT category with its rate, and why it is exempt."""
    tax = () if amount is None else (Value("ram:CalculatedAmount", amount, DECIMAL),)
    point = () if due is None else (Value("ram:DueDateTypeCode", due, CODE),)
    return Branch(
        tag,
        *tax,
        _TYPE,
        Value("ram:ExemptionReason", reason, TEXT),
        Value("ram:CategoryCode", code, CODE),
        Value("ram:ExemptionReasonCode", reason_code, CODE),
        *point,
        Value("ram:RateApplicablePercent", rate, DECIMAL),
        when=_is_vat,
    )


def _read_tax_point(
    nodes: Sequence[etree._Element], _values: Values, context: ReadContext
) -> None:
    """Read BT-7 and BT-8, which CII keeps with each row: the first says it for the document."""
    for node in nodes:
        if node.tag == BINDING.clark(_CODE):
            code = CODE.take(node, context)
            _note(TAX_POINT_CODE, TAX_POINT_DATE_CODES.get(code or "", code), node, context)
        else:
            for text in node.iterchildren(BINDING.clark("udt:DateString")):
                _note(TAX_POINT_DATE, DATE.read(text, context), text, context)


def _note(name: str, found: object, node: etree._Element, context: ReadContext) -> None:
    if found is not None and context.notes.setdefault(name, found) != found:
        context.unread(node)


def _is_further_date(_element: etree._Element, context: ReadContext) -> bool:
    return TAX_POINT_DATE in context.notes


def _write_tax_point(row: VatBreakdown, context: WriteContext) -> tuple[str, ...]:
    """Write BT-7 in the first row (CII-SR-461) and BT-8 in all of them (CII-SR-462)."""
    invoice: Invoice = context.invoice
    if invoice.value_added_tax_point_date is None and not invoice.value_added_tax_point_date_code:
        return ()
    if row == _NO_ROW:
        return ()
    date = ""
    if _WRITTEN not in context.notes and not _has_date(row):
        date = _tax_point_date(invoice)
        context.notes[_WRITTEN] = True
    return date, _tax_point_code(invoice)


def _has_date(row: VatBreakdown) -> bool:
    extensions = row.extensions
    return extensions is not None and extensions.value_added_tax_point_date is not None


def _tax_point_date(invoice: Invoice) -> str:
    day = invoice.value_added_tax_point_date
    text = day.isoformat().replace("-", "") if day else None
    return branch(_DATE, leaf("udt:DateString", text, format="102"))  # BT-7


def _tax_point_code(invoice: Invoice) -> str:
    code = (invoice.value_added_tax_point_date_code or "").strip(WHITESPACE)
    return leaf(_CODE, TAX_POINT_DATE_CODES.get(code, code))  # BT-8


_TAX_POINT = (
    Branch(
        _DATE,
        Value("udt:DateString", "extensions.value_added_tax_point_date", DATE, {}, _FORMAT),
        when=_is_further_date,
    ),
    Odd((_DATE, _CODE), _read_tax_point, _write_tax_point),
)

_ROW = Shape(
    VatBreakdown,
    Value("ram:CalculatedAmount", "category_tax_amount", AMOUNT),  # BT-117
    _TYPE,
    Value("ram:ExemptionReason", "exemption_reason_text", TEXT),  # BT-120
    Value("ram:BasisAmount", "category_taxable_amount", AMOUNT),  # BT-116
    Value("ram:LineTotalBasisAmount", "extensions.line_total_amount", AMOUNT),  # BT-X-262
    Value("ram:AllowanceChargeBasisAmount", "extensions.allowance_charge_amount", AMOUNT),
    Value("ram:CategoryCode", "category_code", CODE),  # BT-118
    Value("ram:ExemptionReasonCode", "exemption_reason_code", CODE),  # BT-121
    *_TAX_POINT,
    Value("ram:RateApplicablePercent", "category_rate", DECIMAL),  # BT-119
)

BREAKDOWN = Nested(_TAG, "vat_breakdown", _ROW, when=_is_vat, counted=True)
"""BG-23."""


def _write_lone_tax_point(invoice: Invoice, context: WriteContext) -> tuple[str, ...]:
    """Write BT-7 and BT-8 of an invoice without breakdown: they have no place but a row."""
    if _WRITTEN in context.notes:
        return ()
    terms = [text for text in (_tax_point_date(invoice), _tax_point_code(invoice)) if text]
    return (branch(_TAG, leaf("ram:TypeCode", VAT), *terms),) if terms else ()


LONE_TAX_POINT = Odd((), lambda *_: None, _write_lone_tax_point)
"""Stands behind the breakdown; read by its rows."""
