"""Place, notes, delivery, price and taxes of a line, as Factur-X EXTENDED has them."""

from collections.abc import Sequence

from lxml import etree

from formats.binding import (
    CODE,
    DECIMAL,
    TEXT,
    Branch,
    Constant,
    Nested,
    Node,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.construction import make
from formats.binding.kinds import attribute_of, code_of, text_of
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.cii.allowances import TAX_TYPES, is_tax_type
from formats.cii.extensions import party
from formats.cii.kinds import AMOUNT, charges, date, is_no_charge
from formats.cii.names import BINDING
from formats.en16931.extensions.item import LineTax, PriceReduction
from formats.en16931.extensions.references import LineNote
from formats.en16931.line import Line

ACCOUNTING_CURRENCY = "accounting currency"
"""What the document notes about BT-6, for amounts of lines."""

_NOTE = "ram:IncludedNote"
_CONTENT_CODE = BINDING.clark("ram:ContentCode")
_CONTENT = BINDING.clark("ram:Content")
_SUBJECT_CODE = BINDING.clark("ram:SubjectCode")


def _read_notes(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read BT-127: notes without codes are one text, a line each; one with codes is by itself."""
    found = []
    for node in nodes:
        context.attributes(node)
        said: dict[str, str | None] = {}
        for inner in node.iterchildren(etree.Element):
            if inner.tag == _CONTENT and "note" not in said:
                said["note"] = text_of(inner)
            elif inner.tag == _CONTENT_CODE and "content_code" not in said:
                said["content_code"] = code_of(inner)
            elif inner.tag == _SUBJECT_CODE and "subject_code" not in said:
                said["subject_code"] = code_of(inner)
            else:
                context.unread(inner)
                continue
            context.attributes(inner)
        if any(said.values()):
            found.append(said)
    if not found:
        return
    if not any(note.get("content_code") or note.get("subject_code") for note in found):
        values["note"] = "\n".join(filter(None, (note["note"] for note in found)))
        return
    first, *others = found
    if first.get("note"):
        values["note"] = first["note"]
    extensions = values.setdefault("extensions", {})
    extensions["note_content_code"] = first.get("content_code")
    extensions["note_subject_code"] = first.get("subject_code")
    extensions["additional_notes"] = [make(LineNote, note) for note in others]


def _write_notes(line: Line, _context: WriteContext) -> Sequence[str]:
    extensions = line.extensions
    if extensions is None:
        return (_note(None, line.note, None),) if line.note else ()
    return (
        _note(extensions.note_content_code, line.note, extensions.note_subject_code),
        *(
            _note(note.content_code, note.note, note.subject_code)
            for note in extensions.additional_notes
        ),
    )


def _note(content_code: str | None, text: str | None, subject: str | None) -> str:
    return branch(
        _NOTE,
        leaf("ram:ContentCode", content_code),  # BT-X-9
        leaf("ram:Content", text),  # BT-127
        leaf("ram:SubjectCode", subject),  # BT-X-10
    )


PLACE: tuple[Node, ...] = (
    Value("ram:ParentLineID", "extensions.parent_line_identifier", CODE),  # BT-X-304
    Value("ram:LineStatusCode", "extensions.status_code", CODE),  # BT-X-7
    Value("ram:LineStatusReasonCode", "extensions.status_reason_code", CODE),  # BT-X-8
    Odd((_NOTE,), _read_notes, _write_notes),
)

DELIVERY_TERMS = Branch(
    "ram:ApplicableTradeDeliveryTerms",
    Value("ram:DeliveryTypeCode", "extensions.delivery_terms_code", CODE),  # BT-X-562, BT-X-145
    Branch(
        "ram:RelevantTradeLocation",
        Value("ram:CountryID", "extensions.delivery_terms_country_code", CODE),
        Value("ram:Name", "extensions.delivery_terms_location", TEXT),
    ),
)
"""BG-X-87 of a line, BG-X-22 of the document."""

_APPLIED = "ram:AppliedTradeAllowanceCharge"


def _indicator(text: str) -> Branch:
    return Branch("ram:ChargeIndicator", Constant("udt:Indicator", text))


def _reduction(text: str) -> Shape:
    return Shape(
        PriceReduction,
        _indicator(text),
        Value("ram:CalculationPercent", "percentage", DECIMAL),  # BT-X-300
        Value("ram:BasisAmount", "base_amount", AMOUNT),  # BT-X-301
        Value("ram:ActualAmount", "amount", AMOUNT),  # BT-X-302
        Value(  # BT-X-616
            "ram:ReasonCode",
            "tax_type_code",
            CODE,
            constants={"listID": TAX_TYPES},
            when=is_tax_type,
        ),
        Value("ram:ReasonCode", "reason_code", CODE),  # BT-X-314
        Value("ram:Reason", "reason", TEXT),  # BT-X-303
    )


PRICE_REDUCTIONS: tuple[Node, ...] = (
    Branch(
        _APPLIED,
        _indicator("false"),
        Value("ram:CalculationPercent", "extensions.item_price_discount_percentage", DECIMAL),
        Value("ram:BasisAmount", "extensions.item_price_discount_base_amount", AMOUNT),
        Value("ram:ActualAmount", "item_price_discount", AMOUNT),  # BT-147
        Value("ram:ReasonCode", "extensions.item_price_discount_reason_code", CODE),
        Value("ram:Reason", "extensions.item_price_discount_reason", TEXT),  # BT-X-36
        when=is_no_charge,
    ),
    Nested(
        _APPLIED,
        "extensions.additional_item_price_discounts",
        _reduction("false"),
        when=is_no_charge,
    ),
    Nested(
        _APPLIED,
        "extensions.item_price_charges",
        _reduction("true"),
        when=charges(charge=True),
    ),
)
"""BT-147 and further reductions of the gross price, and charges in it."""

_TAX = Shape(
    LineTax,
    Value("ram:CalculatedAmount", "amount", AMOUNT),  # BT-X-37
    Value("ram:TypeCode", "tax_scheme", CODE),  # BT-X-38
    Value("ram:ExemptionReason", "exemption_reason_text", TEXT),  # BT-X-39
    Value("ram:BasisAmount", "taxable_amount", AMOUNT),
    Value("ram:CategoryCode", "category_code", CODE),  # BT-X-40
    Value("ram:ExemptionReasonCode", "exemption_reason_code", CODE),  # BT-X-41
    Value("ram:DueDateTypeCode", "value_added_tax_point_date_code", CODE),
    Value("ram:RateApplicablePercent", "rate", DECIMAL),  # BT-X-42
)

PRICE_TAXES = Nested("ram:IncludedTradeTax", "extensions.item_price_taxes", _TAX)
"""BG-X-4."""

FURTHER_TAXES = Nested("ram:ApplicableTradeTax", "extensions.taxes", _TAX)

DELIVERY: tuple[Node, ...] = (
    Value(
        "ram:ChargeFreeQuantity",
        "extensions.charge_free_quantity",  # BT-X-46
        DECIMAL,
        {"unitCode": "extensions.charge_free_quantity_unit_code"},
    ),
    Value(
        "ram:PackageQuantity",
        "extensions.package_quantity",  # BT-X-47
        DECIMAL,
        {"unitCode": "extensions.package_quantity_unit_code"},
    ),
    Value(
        "ram:PerPackageUnitQuantity",
        "extensions.units_per_package",  # BT-X-561
        DECIMAL,
        {"unitCode": "extensions.units_per_package_unit_code"},
    ),
    party("ram:ShipToTradeParty", "extensions.ship_to"),  # BG-X-7
    party("ram:UltimateShipToTradeParty", "extensions.ultimate_ship_to"),  # BG-X-10
    Branch(
        "ram:ActualDeliverySupplyChainEvent",
        date("ram:OccurrenceDateTime", "extensions.actual_delivery_date"),  # BT-X-85
    ),
)


def _read_tax_totals(
    nodes: Sequence[etree._Element], values: Values, context: ReadContext
) -> None:
    """Read BT-X-329 and BT-X-590, which differ by their currency alone."""
    accounting = context.notes.get(ACCOUNTING_CURRENCY)
    for node in nodes:
        currency = attribute_of(node, "currencyID")
        other = currency is not None and currency == accounting
        name = "vat_amount_in_accounting_currency" if other else "vat_amount"
        extensions = values.setdefault("extensions", {})
        if name in extensions:
            context.unread(node)
        else:
            context.attributes(node, "currencyID")
            extensions[name] = DECIMAL.read(node, context)


def _write_tax_totals(line: Line, context: WriteContext) -> Sequence[str]:
    extensions, invoice = line.extensions, context.invoice
    if extensions is None:
        return ()
    pairs = (
        (extensions.vat_amount, invoice.currency_code),
        (extensions.vat_amount_in_accounting_currency, invoice.vat_accounting_currency_code),
    )
    return [
        leaf("ram:TaxTotalAmount", format(amount, "f"), currencyID=currency or "")
        for amount, currency in pairs
        if amount is not None
    ]


TOTALS = Branch(
    "ram:SpecifiedTradeSettlementLineMonetarySummation",
    Value("ram:LineTotalAmount", "net_amount", AMOUNT),  # BT-131
    Value("ram:ChargeTotalAmount", "extensions.sum_of_charges", AMOUNT),  # BT-X-327
    Value("ram:AllowanceTotalAmount", "extensions.sum_of_allowances", AMOUNT),  # BT-X-328
    Odd(("ram:TaxTotalAmount",), _read_tax_totals, _write_tax_totals),
    Value("ram:GrandTotalAmount", "extensions.amount_with_vat", AMOUNT),  # BT-X-330
    Value(  # BT-X-98
        "ram:TotalAllowanceChargeAmount", "extensions.sum_of_allowances_and_charges", DECIMAL
    ),
)
