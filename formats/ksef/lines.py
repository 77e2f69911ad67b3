"""Lines: FaWiersz and BG-25.

A line of a correction that shows the state before it (StanPrzed) counts negative: what is read
as BG-25 then adds up to the difference that the correction is about.
"""

from decimal import Decimal
from typing import Any

from formats.en16931.extensions.poland.line import FaWiersz
from formats.en16931.line import Line
from formats.en16931.model import Invoice
from formats.ksef.extension import tree_of, values_of
from formats.ksef.numbers import PRICE, QUANTITY, day, decimal_text, number
from formats.ksef.party import filled
from formats.ksef.rates import MARGINS, Rate, rate_code, rate_of
from formats.ksef.tree import Tree, difference
from formats.ksef.units import code_of, text_of

_GTIN = "0160"


def given(line: Line) -> Tree:
    """Return what the extension says of a line."""
    extension = line.extensions.poland if line.extensions else None
    return tree_of(extension) if extension else {}


def rows(invoice: Invoice, extensions: list[Tree], sign: int, *, reverse: str) -> list[Tree]:
    """Return FaWiersz as it follows from BG-25, without what the extension says."""
    margin = any(row.exemption_reason_code in MARGINS for row in invoice.vat_breakdown)
    return [
        _row(line, _sign(extension, sign), position, reverse=reverse, margin=margin)
        for position, (line, extension) in enumerate(
            zip(invoice.lines, extensions, strict=True), 1
        )
    ]


def _sign(extension: Tree, sign: int) -> int:
    return -sign if extension.get("StanPrzed") == "1" else sign


def _row(line: Line, sign: int, position: int, *, reverse: str, margin: bool) -> Tree:
    standard = line.item_standard_identifier
    extensions = line.extensions
    delivered = extensions.actual_delivery_date if extensions else None
    identifier = (line.identifier or "").strip()
    natural = identifier.isascii() and identifier.isdigit() and not identifier.startswith("0")
    discount = line.allowances[0].amount if len(line.allowances) == 1 else None
    single = line.item_price_base_quantity in {None, Decimal(1)}
    return filled(
        NrWierszaFa=identifier if natural else str(position),
        P_6A=delivered.isoformat() if delivered else None,
        P_7=line.item_name,
        Indeks=line.item_sellers_identifier,
        GTIN=standard.value if standard and standard.scheme_identifier == _GTIN else None,
        P_8A=text_of(line.unit_code),
        P_8B=decimal_text(_signed(line.invoiced_quantity, sign), QUANTITY),
        P_9A=decimal_text(line.item_net_price, PRICE) if single else None,
        P_10=decimal_text(_signed(discount, sign), PRICE),
        P_11=decimal_text(_signed(line.net_amount, sign)),
        **rate_code(Rate(line.vat_category_code, line.vat_rate), reverse=reverse, margin=margin),
    )


def _signed(value: Decimal | None, sign: int) -> Decimal | None:
    return value * sign if value else value


def take(row: Tree, sign: int, *, outside: bool) -> dict[str, Any]:
    """Return BG-25 as FaWiersz has it."""
    sign = _sign(row, sign)
    rate = rate_of(row, outside=outside)
    discount = number(row.get("P_10"))
    delivered = day(row.get("P_6A"))
    return filled(
        identifier=row.get("NrWierszaFa"),
        item_name=row.get("P_7"),
        item_sellers_identifier=row.get("Indeks"),
        item_standard_identifier=(
            {"value": row["GTIN"], "scheme_identifier": _GTIN} if row.get("GTIN") else None
        ),
        unit_code=code_of(row.get("P_8A")),
        invoiced_quantity=_signed(number(row.get("P_8B")), sign),
        item_net_price=number(row.get("P_9A")),
        allowances=[{"amount": _signed(discount, sign)}] if discount is not None else [],
        net_amount=_signed(number(row.get("P_11")), sign),
        vat_category_code=rate.category,
        vat_rate=rate.percent,
        extensions=filled(actual_delivery_date=delivered),
    )


def with_rest(values: list[dict[str, Any]], actual: list[Tree], follows: list[Tree]) -> None:
    """Give lines what EN 16931 has no term for."""
    for line, row, built in zip(values, actual, follows, strict=True):
        if rest := difference(row, built):
            poland = values_of(rest, FaWiersz)
            line["extensions"] = {**(line.get("extensions") or {}), "poland": poland}
