"""Notes, delivery, taxes and amounts of a line, as extensions have them."""

from collections.abc import Sequence
from decimal import Decimal

from lxml import etree

from formats.binding import (
    AMOUNT,
    CODE,
    DATE,
    DECIMAL,
    IDENTIFIER,
    Branch,
    Nested,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.construction import make
from formats.binding.kinds import attribute_of, text_of
from formats.binding.markup import branch, leaf
from formats.binding.nodes import Values
from formats.en16931.extensions.item import LineTax
from formats.en16931.extensions.references import LineNote
from formats.en16931.line import Line
from formats.en16931.model import NOTE_WITH_SUBJECT
from formats.ubl.extensions import TRADE_ADDRESS
from formats.ubl.names import BINDING
from formats.ubl.vat import is_tax


def read_notes(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read BT-127, and as France writes it BT-X-10 in front of it.

    Notes without a subject are one text, a line each; where one has a subject, each is by itself.
    """
    texts = []
    for node in nodes:
        context.attributes(node)
        if (text := text_of(node)) is not None:
            texts.append(text)
    if not texts:
        return
    first, *others = (NOTE_WITH_SUBJECT.fullmatch(text) for text in texts)
    if first is None and not any(others):
        values["note"] = "\n".join(texts)
        return
    values["note"] = first[2] if first else texts[0]
    extensions = values.setdefault("extensions", {})
    if first:
        extensions["note_subject_code"] = first[1]
    if others:
        extensions["additional_notes"] = [
            make(
                LineNote, {"subject_code": found[1], "note": found[2]} if found else {"note": text}
            )
            for found, text in zip(others, texts[1:], strict=True)
        ]


def write_notes(line: Line, _context: WriteContext) -> Sequence[str]:
    """Write BT-127 with BT-X-10 in front of it."""
    extensions = line.extensions
    if extensions is None:
        return (leaf("cbc:Note", line.note),) if line.note else ()
    return (
        leaf("cbc:Note", _note(line.note, extensions.note_subject_code)),
        *(
            leaf("cbc:Note", _note(note.note, note.subject_code))
            for note in extensions.additional_notes
        ),
    )


def _note(text: str | None, subject: str | None) -> str | None:
    return f"#{subject}#{text or ''}" if subject else text


def _read_place(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    for node in nodes:
        context.attributes(node, "schemeID")
    found = [number for node in nodes if (number := IDENTIFIER.read(node, context)) is not None]
    if found:
        ship_to = values.setdefault("extensions", {}).setdefault("ship_to", {})
        ship_to["identifiers"] = found[:1]


def _write_place(line: Line, _context: WriteContext) -> Sequence[str]:
    ship_to = None if line.extensions is None else line.extensions.ship_to
    if ship_to is None or not ship_to.identifiers:
        return ()
    number = ship_to.identifiers[0]
    return (leaf("cbc:ID", number.value, schemeID=number.scheme_identifier),)


LINE_DELIVERY = Branch(
    "cac:Delivery",
    Value("cbc:ActualDeliveryDate", "extensions.actual_delivery_date", DATE),  # BT-X-85
    Branch(
        "cac:DeliveryLocation",
        Odd(("cbc:ID",), _read_place, _write_place, plain=()),  # EXT-FR-FE-146
        Nested("cac:Address", "extensions.ship_to.postal_address", TRADE_ADDRESS),  # BG-X-9
    ),
    Branch(
        "cac:DeliveryParty",
        Branch("cac:PartyName", Value("cbc:Name", "extensions.ship_to.name")),  # BT-X-50
    ),
)
"""BG-X-7."""

LINE_DELIVERY_TERMS = Branch(
    "cac:DeliveryTerms",
    Value("cbc:ID", "extensions.delivery_terms_code", CODE),  # BT-X-562
    Branch(
        "cac:DeliveryLocation",
        Value("cbc:Name", "extensions.delivery_terms_location"),  # BT-X-566
        Branch(
            "cac:Address",
            Branch(
                "cac:Country",
                Value(  # BT-X-565
                    "cbc:IdentificationCode", "extensions.delivery_terms_country_code", CODE
                ),
            ),
        ),
    ),
)
"""BG-X-87."""

_NO_CATEGORY = "<cac:TaxCategory><cac:TaxScheme/></cac:TaxCategory>"
"""What UBL demands of a tax that says neither category nor scheme."""

_TAX_AMOUNT = BINDING.clark("cbc:TaxAmount")

_TAX = Shape(
    LineTax,
    Value("cbc:TaxableAmount", "taxable_amount", AMOUNT),
    Value("cbc:TaxAmount", "amount", AMOUNT),
    Value("cbc:BaseUnitMeasure", "units", DECIMAL, {"unitCode": "unit_code"}),
    Value("cbc:PerUnitAmount", "amount_per_unit", AMOUNT),
    Branch(
        "cac:TaxCategory",
        Value("cbc:ID", "category_code", CODE),
        Value("cbc:Percent", "rate", DECIMAL),
        Value("cbc:TaxExemptionReasonCode", "exemption_reason_code", CODE),
        Value("cbc:TaxExemptionReason", "exemption_reason_text"),
        Branch("cac:TaxScheme", Value("cbc:ID", "tax_scheme", CODE), always=True),
        always=True,
    ),
)
ITEM_TAX_CATEGORIES = Nested(
    "cac:ClassifiedTaxCategory",
    "extensions.item_tax_categories",
    Shape(
        LineTax,
        Value("cbc:ID", "category_code", CODE),
        Value("cbc:Percent", "rate", DECIMAL),
        Value("cbc:BaseUnitMeasure", "units", DECIMAL, {"unitCode": "unit_code"}),
        Value("cbc:PerUnitAmount", "amount_per_unit", AMOUNT),
        Value("cbc:TaxExemptionReasonCode", "exemption_reason_code", CODE),
        Value("cbc:TaxExemptionReason", "exemption_reason_text"),
        Branch("cac:TaxScheme", Value("cbc:ID", "tax_scheme", CODE), always=True),
    ),
    when=lambda element, context: not is_tax(element, context),
)
_TAXES = Shape(
    Line,
    Odd(("cbc:TaxAmount",), lambda *_: None, lambda *_: ()),  # see `_read_taxes`
    Nested("cac:TaxSubtotal", "extensions.taxes", _TAX),
)


def _read_taxes(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    """Read BT-X-329 with the taxes of the line, and BT-X-590, which differs by its currency."""
    accounting = context.notes.get("accounting currency")
    for node in nodes:
        amount = node.find(_TAX_AMOUNT)
        extensions = values.setdefault("extensions", {})
        currency = None if amount is None else attribute_of(amount, "currencyID")
        other = currency is not None and currency == accounting
        name = "vat_amount_in_accounting_currency" if other else "vat_amount"
        if amount is None or name in extensions:
            context.unread(node)
            continue
        context.attributes(amount, "currencyID")
        if not other:
            context.currency_of(amount)  # written in BT-5
        extensions[name] = AMOUNT.read(amount, context)
        rows = BINDING.values(_TAXES, node, context).get("extensions")
        if rows is not None:
            extensions.setdefault("taxes", []).extend(rows.taxes)


def _write_taxes(line: Line, context: WriteContext) -> Sequence[str]:
    extensions = line.extensions
    if extensions is None:
        return ()
    invoice = context.invoice
    rows = ""
    if extensions.taxes and extensions.vat_amount is not None:  # UBL demands the amount with them
        rows = BINDING.inner(_TAXES, line, context)
    rows = rows.replace("<cac:TaxCategory/>", _NO_CATEGORY)
    return (
        branch("cac:TaxTotal", _amount(extensions.vat_amount, invoice.currency_code), rows),
        branch(
            "cac:TaxTotal",
            _amount(
                extensions.vat_amount_in_accounting_currency, invoice.vat_accounting_currency_code
            ),
        ),
    )


def _amount(amount: Decimal | None, currency: str | None) -> str:
    if amount is None:
        return ""
    return leaf("cbc:TaxAmount", format(amount, "f"), currencyID=currency or "")


LINE_TAXES = Odd(("cac:TaxTotal",), _read_taxes, _write_taxes, plain=())

_CURRENCY = {"currencyID": "extensions.payable_currency_code"}


PRICE_EXTENSION = Branch(
    "cac:ItemPriceExtension",
    Value("cbc:Amount", "extensions.payable_amount", DECIMAL, _CURRENCY),  # BTAE-10
    Branch(
        "cac:TaxTotal",
        Value("cbc:TaxAmount", "extensions.payable_vat_amount", DECIMAL, _CURRENCY),  # BTAE-08
    ),
)
"""What PINT asks for in the currency the tax is paid in."""
