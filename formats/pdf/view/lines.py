"""What: the lines, and what is taken off or added to the whole invoice."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TypedDict

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.line import Line, LineAllowance, LineCharge
from formats.en16931.model import Invoice
from formats.pdf.language import Language
from formats.pdf.view.facts import Fact, facts, rest, span, text_of, with_code

_ADJUSTMENT = ("amount", "base_amount", "percentage", "reason", "reason_code")
_VAT = ("vat_category_code", "vat_rate")
_PLAIN = {"S"}
"""VAT categories whose code says nothing beside the rate."""

_SHOWN = (
    *("identifier", "note", "object_identifier", "invoiced_quantity", "unit_code", "net_amount"),
    *("referenced_purchase_order_line_reference", "buyer_accounting_reference", "period"),
    *("allowances", "charges", "item_net_price", "item_price_discount", "item_gross_price"),
    *("item_price_base_quantity", "item_price_base_quantity_unit_code", "vat_category_code"),
    *("vat_rate", "item_name", "item_description", "item_sellers_identifier"),
    *("item_buyers_identifier", "item_standard_identifier", "item_classification_identifiers"),
    *("item_country_of_origin", "item_attributes", "extensions"),
)


class Row(TypedDict):
    """A line of the table; `level` is 0, below another line 1 and so on."""

    level: int
    position: str
    name: str
    text: list[str]
    facts: list[Fact]
    quantity: str
    price: str
    vat: str
    amount: str


class Adjustment(TypedDict):
    """A document level allowance or charge."""

    name: str
    text: str
    facts: list[Fact]
    vat: str
    amount: str


def rows(invoice: Invoice, language: Language, *, priced: bool = True) -> list[Row]:
    """Return BG-25 to BG-32, a line's own lines (BG-DEX-01) below it; without prices if asked."""
    found = list(_rows(invoice.lines, language, 0, priced=priced))
    if priced:
        return found
    return [Row(**{**row, "price": "", "vat": "", "amount": ""}) for row in found]


def _rows(
    lines: tuple[Line, ...], language: Language, level: int, *, priced: bool
) -> Iterator[Row]:
    for line in lines:
        yield _row(line, language, level, priced=priced)
        if line.extensions is not None:
            yield from _rows(line.extensions.sub_lines, language, level + 1, priced=priced)


def _row(line: Line, language: Language, level: int, *, priced: bool) -> Row:
    price = _price(line, language) if priced else []
    return Row(
        level=level,
        position=line.identifier or "",
        name=line.item_name or "",
        text=[text for text in (line.item_description, line.note) if text],
        facts=[*_item(line, language), *price, *_more(line, language)],
        quantity=_quantity(line.invoiced_quantity, line.unit_code, language),
        price=_number(line.item_net_price, language),
        vat=_vat(line.vat_category_code, line.vat_rate, language),
        amount=_number(line.net_amount, language),
    )


def _item(line: Line, language: Language) -> list[Fact]:
    origin = line.item_country_of_origin
    return [
        *facts(
            language,
            ("sellers_item", line.item_sellers_identifier),
            ("buyers_item", line.item_buyers_identifier),
            ("standard_item", text_of(line.item_standard_identifier)),
            ("origin", None if origin is None else language.country(origin)),
        ),
        *facts(
            language,
            *(("classification", text_of(item)) for item in line.item_classification_identifiers),
        ),
        *((item.name or "\u2013", item.value or "\u2013") for item in line.item_attributes),
        *(
            fact
            for item in line.item_attributes
            for fact in rest(item, ("name", "value"), language)
        ),
    ]


def _price(line: Line, language: Language) -> list[Fact]:
    base = line.item_price_base_quantity
    unit = line.item_price_base_quantity_unit_code
    return [
        *facts(
            language,
            ("gross_price", _number(line.item_gross_price, language)),
            ("price_discount", _number(line.item_price_discount, language)),
            ("base_quantity", _quantity(base, unit, language)),
        ),
        *(_line_adjustment("allowance", item, language) for item in line.allowances),
        *(_line_adjustment("charge", item, language) for item in line.charges),
        *(
            fact
            for item in (*line.allowances, *line.charges)
            for fact in rest(item, _ADJUSTMENT, language)
        ),
    ]


def _more(line: Line, language: Language) -> list[Fact]:
    period = line.period
    return [
        *facts(
            language,
            (
                "period",
                None if period is None else span(language, period.start_date, period.end_date),
            ),
            ("order_line", line.referenced_purchase_order_line_reference),
            ("object", text_of(line.object_identifier)),
            ("accounting_reference", line.buyer_accounting_reference),
        ),
        *rest(period, ("start_date", "end_date"), language),
        *rest(line, _SHOWN, language),
        *rest(line.extensions, ("sub_lines",), language),
    ]


def _line_adjustment(kind: str, item: LineAllowance | LineCharge, language: Language) -> Fact:
    text = _adjusted(item, language)
    amount = _signed(kind, item.amount, language)
    return language[kind], f"{text}: {amount}" if text and amount else text or amount


def adjustments(invoice: Invoice, language: Language) -> list[Adjustment]:
    """Return BG-20 and BG-21."""
    return [
        *(_document(language, "allowance", item) for item in invoice.document_level_allowances),
        *(_document(language, "charge", item) for item in invoice.document_level_charges),
    ]


def _document(
    language: Language, kind: str, item: DocumentLevelAllowance | DocumentLevelCharge
) -> Adjustment:
    return Adjustment(
        name=language[kind],
        text=_adjusted(item, language),
        facts=rest(item, (*_ADJUSTMENT, *_VAT), language),
        vat=_vat(item.vat_category_code, item.vat_rate, language),
        amount=_signed(kind, item.amount, language),
    )


def _adjusted(
    item: LineAllowance | LineCharge | DocumentLevelAllowance | DocumentLevelCharge,
    language: Language,
) -> str:
    """Return reason and reckoning: "Bulk discount (95), 10 % of 200.00"."""
    percent = None if item.percentage is None else language.percent(item.percentage)
    base = None if item.base_amount is None else language.number(item.base_amount)
    if base is not None:
        base = f"{language['of_base']} {base}"
    reckoning = " ".join(part for part in (percent, base) if part)
    reason = with_code(item.reason, item.reason_code)
    return ", ".join(part for part in (reason, reckoning) if part)


def _signed(kind: str, amount: Decimal | None, language: Language) -> str:
    """Return an allowance as what it does to the total: with a minus."""
    if amount is None:
        return ""
    return language.number(-amount if kind == "allowance" and amount else amount)


def _quantity(value: Decimal | None, unit: str | None, language: Language) -> str:
    number = _number(value, language)
    return " ".join(part for part in (number, language.unit(unit) if unit else "") if part)


def _vat(category: str | None, rate: Decimal | None, language: Language) -> str:
    percent = None if rate is None else language.percent(rate)
    code = None if category in _PLAIN and percent else category
    return " ".join(part for part in (code, percent) if part)


def _number(value: Decimal | None, language: Language) -> str:
    return "" if value is None else language.number(value)
