"""Lines: InvoiceLine and BG-25.

TotalCost is what leads to the net amount, by the schema's own equation: GrossAmount = TotalCost -
discounts + charges. EN 16931 rounds quantity times price to cents; so does it, then.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from formats.en16931.amounts import VatBreakdown
from formats.en16931.line import Line
from formats.en16931.money import EXACT, add, round_quotient
from formats.facturae.code_lists import OTHER_UNIT, UNITS, UNITS_BACK
from formats.facturae.cutting import cut
from formats.facturae.remarks import MOST, spelled, told
from formats.facturae.taxes import (
    category_of,
    event,
    of_line,
    signed,
    take_of_line,
    withheld_of_line,
)
from formats.facturae.tree import (
    EIGHT,
    Read,
    Tree,
    amount,
    child,
    children,
    day,
    filled,
    number,
    text,
)
from formats.remarks import Remark

_ZERO = Decimal(0)
_UNKNOWN_UNIT = "ZZ"
_NUMBER = 15  # digits that xs:double keeps


def rows(
    lines: Sequence[Line],
    breakdown: Sequence[VatBreakdown],
    sign: int,
    remarks: dict[int | None, list[Remark]],
) -> list[Tree]:
    """Return InvoiceLine for every line."""
    return [
        _row(line, at, breakdown, sign, remarks.get(at - 1, []))
        for at, line in enumerate(lines, 1)
    ]


def _row(
    line: Line, at: int, breakdown: Sequence[VatBreakdown], sign: int, remarks: list[Remark]
) -> Tree:
    net = line.net_amount or _ZERO
    discounts = add(one.amount for one in line.allowances)
    charges = add(one.amount for one in line.charges)
    cost = EXACT.subtract(EXACT.add(net, discounts), charges)
    period, extensions = line.period, line.extensions
    delivered = extensions.actual_delivery_date if extensions else None
    identifier = (line.identifier or "").strip()
    natural = identifier.isascii() and identifier.isdigit() and not identifier.startswith("0")
    kept = natural and len(identifier) <= _NUMBER
    whole = period and period.start_date and period.end_date
    own = extensions.facturae if extensions else None
    return {
        "ReceiverContractReference": cut(own.receiver_contract_reference, 20) if own else None,
        "ReceiverTransactionReference": (
            cut(own.receiver_transaction_reference, 20) if own else None
        ),
        "FileReference": cut(own.file_reference, 20) if own else None,
        "SequenceNumber": (identifier if kept else str(at)) if identifier else None,
        "ItemDescription": cut(line.item_name, MOST) or "",
        "Quantity": _quantity(signed(line.invoiced_quantity, sign) or _ZERO),
        "UnitOfMeasure": UNITS.get(line.unit_code, OTHER_UNIT) if line.unit_code else None,
        "UnitPriceWithoutTax": amount(_price(line)),
        "TotalCost": amount(signed(cost, sign) or _ZERO),
        "DiscountsAndRebates": changes("Discount", line.allowances, sign),
        "Charges": changes("Charge", line.charges, sign),
        "GrossAmount": amount(signed(net, sign) or _ZERO),
        "TaxesWithheld": withheld_of_line(line, sign),
        "TaxesOutputs": of_line(line, sign),
        "LineItemPeriod": (
            {"StartDate": period.start_date.isoformat(), "EndDate": period.end_date.isoformat()}
            if whole and period and period.start_date and period.end_date
            else None
        ),
        "TransactionDate": delivered.isoformat() if delivered else None,
        "AdditionalLineItemInformation": spelled(line.item_description, remarks),
        "SpecialTaxableEvent": event(line, breakdown),
        "ArticleCode": cut(line.item_sellers_identifier, 20) or None,
    }


def changes(
    kind: str,
    values: Sequence[Any],
    sign: int,
) -> Tree | None:
    """Return discounts (`Discount`) or charges (`Charge`), of lines and of documents."""
    made = [
        {
            f"{kind}Reason": cut(one.reason, MOST) or "",
            f"{kind}Rate": None if one.percentage is None else amount(one.percentage),
            f"{kind}Amount": amount(signed(one.amount, sign) or _ZERO),
        }
        for one in values
    ]
    return {kind: made} if made else None


def take_changes(tree: Read, group: str, kind: str, sign: int) -> list[dict[str, Any]]:
    """Return allowances or charges."""
    return [
        filled(
            amount=signed(number(one, f"{kind}Amount"), sign),
            percentage=number(one, f"{kind}Rate"),
            reason=text(one, f"{kind}Reason"),
        )
        for one in children(tree, group, kind)
    ]


def take(row: Read, sign: int) -> tuple[dict[str, Any], list[Remark]]:
    """Return BG-25, and the remarks that stand with it."""
    category, _, _ = category_of(row)
    tax = next(iter(children(row, "TaxesOutputs", "Tax")), {})
    description, found = told(text(row, "AdditionalLineItemInformation"))
    period = child(row, "LineItemPeriod")
    sequence, unit = number(row, "SequenceNumber"), text(row, "UnitOfMeasure")
    values = filled(
        identifier=None if sequence is None else _plain(sequence),
        item_name=text(row, "ItemDescription"),
        item_description=description,
        item_sellers_identifier=text(row, "ArticleCode"),
        invoiced_quantity=signed(number(row, "Quantity"), sign),
        unit_code=None if unit is None else UNITS_BACK.get(unit, _UNKNOWN_UNIT),
        item_net_price=number(row, "UnitPriceWithoutTax"),
        allowances=take_changes(row, "DiscountsAndRebates", "Discount", sign),
        charges=take_changes(row, "Charges", "Charge", sign),
        net_amount=signed(number(row, "GrossAmount"), sign),
        vat_category_code=category,
        vat_rate=None if category == "O" else number(tax, "TaxRate"),
        period=filled(start_date=day(period, "StartDate"), end_date=day(period, "EndDate")),
        extensions=filled(
            actual_delivery_date=day(row, "TransactionDate"),
            facturae=filled(
                receiver_contract_reference=text(row, "ReceiverContractReference"),
                receiver_transaction_reference=text(row, "ReceiverTransactionReference"),
                file_reference=text(row, "FileReference"),
                **take_of_line(row, sign),
            ),
        ),
    )
    return values, found


def _price(line: Line) -> Decimal:
    price, base = line.item_net_price or _ZERO, line.item_price_base_quantity
    return round_quotient(price, base, EIGHT) if base else price


def _quantity(value: Decimal) -> str:
    return format(value, "f")


def _plain(value: Decimal) -> str:
    whole = value.to_integral_value()
    return format(whole if whole == value else value, "f")
