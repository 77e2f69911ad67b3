"""HR-BG-1: the Croatian extension, which UBL carries in front of everything else.

Source: HRExtensionAggregateComponents-1.xsd of the Croatian ministry of finance.
"""

from collections.abc import Sequence

from lxml import etree

from formats.binding import (
    AMOUNT,
    CODE,
    DECIMAL,
    Branch,
    Nested,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.context import VAT
from formats.binding.kinds import code_of
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.en16931.extensions.croatia import Fiscalization, FiscalVatBreakdown
from formats.en16931.model import Invoice
from formats.ubl.names import BINDING, EXT, HR

_EXTENSIONS = "ext:UBLExtensions"
_DATA = "hrextac:HRFISK20Data"


def _read_scheme(nodes: Sequence[etree._Element], values: Values, _context: ReadContext) -> None:
    scheme = code_of(nodes[0])
    if scheme != VAT:
        values["tax_scheme"] = scheme


def _write_scheme(row: FiscalVatBreakdown, _context: WriteContext) -> Sequence[str]:
    if all(value is None for _, value in row):
        return ()
    return (leaf("cbc:ID", row.tax_scheme or VAT),)


_ROW = Shape(
    FiscalVatBreakdown,
    Value("cbc:TaxableAmount", "category_taxable_amount", AMOUNT),  # HR-BT-16
    Value("cbc:TaxAmount", "category_tax_amount", AMOUNT),  # HR-BT-17
    Branch(
        "hrextac:HRTaxCategory",
        Value("cbc:ID", "category_code", CODE),  # HR-BT-18
        Value("cbc:Name", "category_name", CODE),  # HR-BT-22
        Value("cbc:Percent", "category_rate", DECIMAL),  # HR-BT-19
        Value("cbc:TaxExemptionReasonCode", "exemption_reason_code", CODE),  # HR-BT-21
        Value("cbc:TaxExemptionReason", "exemption_reason_text"),  # HR-BT-20
        Branch("hrextac:HRTaxScheme", Odd(("cbc:ID",), _read_scheme, _write_scheme)),
    ),
)
_FISCALIZATION = Shape(
    Fiscalization,
    Value("hrextac:HRObracunPDVPoNaplati", "vat_on_payment"),  # HR-BT-15
    Branch(
        "hrextac:HRTaxTotal",
        Value("cbc:TaxAmount", "total_vat", AMOUNT),  # HR-BT-25
        Nested("hrextac:HRTaxSubtotal", "vat_breakdown", _ROW),  # HR-BG-2
    ),
    Branch(
        "hrextac:HRLegalMonetaryTotal",
        Value("cbc:TaxExclusiveAmount", "total_without_vat", AMOUNT),  # HR-BT-23
        Value("hrextac:OutOfScopeOfVATAmount", "out_of_scope_amount", AMOUNT),  # HR-BT-24
    ),
)


def _read(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    path = f"{BINDING.clark('ext:ExtensionContent')}/{BINDING.clark(_DATA)}"
    for node in nodes:
        for extension in node:
            data = extension.find(path) if isinstance(extension.tag, str) else None
            if data is None or "fiscalization" in values.get("extensions", ()):
                context.unread(extension)
            elif (found := BINDING.group(_FISCALIZATION, data, context)) is not None:
                values.setdefault("extensions", {})["fiscalization"] = found


def _write(invoice: Invoice, context: WriteContext) -> Sequence[str]:
    if invoice.extensions is None or invoice.extensions.fiscalization is None:
        return ()
    content = BINDING.inner(_FISCALIZATION, invoice.extensions.fiscalization, context)
    text = branch(
        _EXTENSIONS,
        branch("ext:UBLExtension", branch("ext:ExtensionContent", branch(_DATA, content))),
    )
    names = f'<{_EXTENSIONS} xmlns:ext="{EXT}" xmlns:hrextac="{HR}">'
    return (text.replace(f"<{_EXTENSIONS}>", names, 1),)


FISCALIZATION = Odd((_EXTENSIONS,), _read, _write)
"""HR-BG-1; what others keep there (signatures) is no term."""
