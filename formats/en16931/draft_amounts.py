"""The amounts of a draft's lines, allowances and charges: as given, or computed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import TypeVar

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.line import Line, LineAllowance, LineCharge
from formats.en16931.rules.base import fatal, plain
from formats.en16931.totals import (
    WITHOUT_VAT,
    amount_of_percentage,
    line_net_amount,
    net_price,
    price_discount,
)
from formats.findings import Finding

_AMOUNTS = {
    DocumentLevelAllowance: ("BR-31", "BT-92"),
    DocumentLevelCharge: ("BR-36", "BT-99"),
    LineAllowance: ("BR-41", "BT-136"),
    LineCharge: ("BR-43", "BT-141"),
}

_OF_DOCUMENT = (DocumentLevelAllowance, DocumentLevelCharge)

_Reduction = TypeVar(
    "_Reduction", DocumentLevelAllowance, DocumentLevelCharge, LineAllowance, LineCharge
)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Completes the parts of one draft, and collects what cannot be completed.

    Attributes:
        decimals: Decimals of the invoice currency.
        gaps: Findings about amounts that are neither given nor follow from others.
    """

    decimals: int
    gaps: list[Finding] = field(default_factory=list)

    def line(self, line: Line, pointer: str, identifier: str) -> Line:
        """Return a line with its amounts; `identifier` is for a line that has none."""
        price, discount = line.item_net_price, line.item_price_discount
        if price is None and line.item_gross_price is not None:
            price = net_price(line.item_gross_price, discount)
        if discount is None and price is not None and line.item_gross_price is not None:
            discount = price_discount(line.item_gross_price, price)  # UBL demands it
        base_quantity = line.item_price_base_quantity
        if base_quantity is None and line.item_price_base_quantity_unit_code is not None:
            base_quantity = Decimal(1)  # what its absence means; UBL has no unit without quantity
        amount, priced = line.net_amount, None
        if line.invoiced_quantity is not None and price is not None:
            priced = partial(
                line_net_amount,
                line.invoiced_quantity,
                price,
                base_quantity=base_quantity,
                minor_units=self.decimals,
            )
        base = priced() if priced else None
        allowances = self.reductions(line.allowances, f"{pointer}/allowances", lambda _: base)
        charges = self.reductions(line.charges, f"{pointer}/charges", lambda _: base)
        if amount is None and priced is not None:
            reductions = (
                [item.amount for item in allowances],
                [item.amount for item in charges],
            )
            amount = priced(allowances=reductions[0], charges=reductions[1])
        if amount is None:
            self.gaps.append(
                fatal(
                    "BR-24",
                    f"{pointer}/net_amount",
                    "BT-131",
                    "The line net amount (BT-131) is missing, and without quantity (BT-129) and"
                    " net price (BT-146) it cannot be computed.",
                    "Give invoiced_quantity and item_net_price, or net_amount.",
                )
            )
        update = {
            "identifier": identifier if line.identifier is None else line.identifier,
            "net_amount": amount,
            "item_net_price": price,
            "item_price_discount": discount,
            "item_price_base_quantity": base_quantity,
            "vat_rate": _rate(line.vat_category_code, line.vat_rate),
            "allowances": allowances,
            "charges": charges,
        }
        return line.model_copy(update=update)

    def reductions(
        self,
        items: tuple[_Reduction, ...],
        pointer: str,
        base: Callable[[_Reduction], Decimal | None],
    ) -> tuple[_Reduction, ...]:
        """Return allowances or charges with their amounts, base * percentage if need be.

        `base` tells what a percentage is of when the caller does not say.
        """
        return tuple(
            self._reduction(item, f"{pointer}/{index}", base) for index, item in enumerate(items)
        )

    def _reduction(
        self, item: _Reduction, pointer: str, base: Callable[[_Reduction], Decimal | None]
    ) -> _Reduction:
        amount, of = item.amount, item.base_amount
        if amount is None and item.percentage is not None:
            of = base(item) if of is None else of
            if of is not None:
                amount = amount_of_percentage(of, item.percentage, self.decimals)
        if amount is None:
            self.gaps.append(_gap(item, pointer))
        update = {"amount": amount, "base_amount": of}
        if isinstance(item, _OF_DOCUMENT):
            update["vat_rate"] = _rate(item.vat_category_code, item.vat_rate)
        return item.model_copy(update=update)


def _rate(category_code: str | None, rate: Decimal | None) -> Decimal | None:
    """Return the rate, zero where the category leaves no choice (BR-Z/E/AE/IC/G-05 to -07)."""
    return Decimal(0) if rate is None and category_code in WITHOUT_VAT else rate


def _gap(item: _Reduction, pointer: str) -> Finding:
    """Return what keeps an amount from being computed."""
    rule, term = _AMOUNTS[type(item)]
    why = "without base amount and percentage it cannot be computed"
    fix = "Give amount, or base_amount and percentage."
    if item.percentage is not None and isinstance(item, _OF_DOCUMENT):
        code, rate = item.vat_category_code, item.vat_rate
        if code is None:
            why = "its percentage is of the lines taxed alike, but it has no VAT category"
            fix = "Give vat_category_code and vat_rate, or base_amount, or amount."
        else:
            at = "" if rate is None else f" at {plain(rate)} %"
            why = f"its percentage is of the lines taxed alike, but no line is {code}{at}"
            fix = "Give the VAT category and rate of the lines, or base_amount, or amount."
    return fatal(rule, f"{pointer}/amount", term, f"The amount ({term}) is missing: {why}.", fix)
