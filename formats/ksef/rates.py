"""VAT: categories and rates of EN 16931, P_12 of a line and the sums P_13_x and P_14_x.

| P_12 | Category | Sums |
|---|---|---|
| 23, 22 | S | P_13_1, P_14_1 |
| 8, 7 | S | P_13_2, P_14_2 |
| 5 | S | P_13_3, P_14_3 |
| 4, 3 (taxis) | S | P_13_4, P_14_4 |
| none, P_12_XII (OSS) | S with a rate of elsewhere | P_13_5, P_14_5 |
| 0 KR, 0 WDT, 0 EX | Z, K, G | P_13_6_1, P_13_6_2, P_13_6_3 |
| zw | E | P_13_7 |
| np I | O; AE, buyer outside the Union or P_23 | P_13_8 |
| np II | AE, buyer in another member state | P_13_9 |
| oo | AE, buyer in Poland | P_13_10 |
| none (margin) | E with a VATEX code of a margin scheme | P_13_11 |
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from formats.en16931.amounts import VatBreakdown
from formats.en16931.model import Invoice
from formats.en16931.money import add
from formats.ksef.code_lists import UNION
from formats.ksef.numbers import decimal_text, number
from formats.ksef.party import filled
from formats.ksef.tree import Tree

TAXED = {"23": "1", "22": "1", "8": "2", "7": "2", "5": "3", "4": "4", "3": "4"}
"""From a Polish rate to its sums."""

ELSEWHERE, MARGIN = "5", "11"
OUTSIDE, FOREIGN, DOMESTIC = "8", "9", "10"
"""Sums of what the buyer owes the tax of: supplied out of Poland, services to another member state
(art. 100 ust. 1 pkt 4), in Poland."""
_REVERSED = {OUTSIDE: "np I", FOREIGN: "np II", DOMESTIC: "oo"}
UNTAXED = {"Z": "6_1", "K": "6_2", "G": "6_3", "E": "7", "O": "8"}
ZERO_RATED = frozenset("ZKG")
CODES = {"Z": "0 KR", "K": "0 WDT", "G": "0 EX", "E": "zw", "O": "np I"}

MARGINS = {
    "VATEX-EU-D": "P_PMarzy_2",
    "VATEX-EU-F": "P_PMarzy_3_1",
    "VATEX-EU-I": "P_PMarzy_3_2",
    "VATEX-EU-J": "P_PMarzy_3_3",
}
"""BT-121 of the margin schemes: travel agents, used goods, works of art, antiques."""

GROUPS = ("1", "2", "3", "4", "5", "6_1", "6_2", "6_3", "7", "8", "9", "10", "11")
_CATEGORY = {group: category for category, group in UNTAXED.items()} | {
    **dict.fromkeys(("1", "2", "3", "4", "5"), "S"),
    FOREIGN: "AE",
    DOMESTIC: "AE",
    MARGIN: "E",
}
_USUAL = {"1": "23", "2": "8", "3": "5", "4": "4"}
"""The rate a sum is of, when no line tells."""


_SUM = re.compile(r"P_1[34]_[0-9]+(_[0-9])?")


class Rate(NamedTuple):
    """What VAT is charged by.

    Attributes:
        category: BT-118, BT-151.
        percent: BT-119, BT-152.
    """

    category: str | None
    percent: Decimal | None


def reverse(invoice: Invoice, given: Tree) -> str:
    """Return the sum of what the buyer owes the tax of (AE); see `reverse_of`."""
    buyer = invoice.buyer
    country = buyer.postal_address.country_code if buyer.postal_address else None
    return reverse_of(buyer.vat_identifier, country, given)


def reverse_of(number: str | None, country: str | None, given: Tree) -> str:
    """Return the sum of what the buyer owes the tax of.

    Args:
        number: His VAT number, which says where he is; Northern Ireland is in the Union for goods
            alone, and these are services.
        country: Of his address, where he has no number.
        given: The document. The middle one of three (P_23) supplies goods in another state.
    """
    if given.get("Fa", {}).get("Adnotacje", {}).get("P_23") == "1":
        return OUTSIDE
    where = number[:2] if number else (country or "PL")
    if where == "PL":
        return DOMESTIC
    return FOREIGN if where == "GR" or where in UNION - {"XI"} else OUTSIDE


def rate_code(rate: Rate, *, reverse: str, margin: bool) -> Tree:
    """Return P_12 or P_12_XII."""
    percent = decimal_text(rate.percent.normalize(), 6) if rate.percent is not None else None
    if rate.category == "S" and percent is not None:
        return {"P_12": percent} if percent in TAXED else {"P_12_XII": percent}
    if rate.category == "AE":
        return {"P_12": _REVERSED[reverse]}
    if margin and rate.category == "E":
        return {}
    return filled(P_12=CODES.get(rate.category or ""))


def rate_of(tree: Tree, *, outside: bool = False) -> Rate:
    """Return what P_12 and P_12_XII say.

    Args:
        tree: A line.
        outside: The buyer owes the tax of what is supplied out of Poland.
    """
    code = tree.get("P_12")
    if code in TAXED:
        return Rate("S", Decimal(code))
    if code in {"oo", "np II"} or (outside and code == _REVERSED[OUTSIDE]):
        return Rate("AE", Decimal(0))
    if code is not None:
        category = next((name for name, one in CODES.items() if one == code), None)
        return Rate(category, None if category in {"O", None} else Decimal(0))
    elsewhere = number(tree.get("P_12_XII"))
    return Rate(None, None) if elsewhere is None else Rate("S", elsewhere)


def group_of(row: VatBreakdown, *, reverse: str) -> str | None:
    """Return which sums a row of the VAT breakdown belongs to, None when FA(3) has none."""
    category, percent = row.category_code, row.category_rate
    if category == "S" and percent is not None:
        return TAXED.get(decimal_text(percent.normalize(), 6) or "", ELSEWHERE)
    if category == "AE":
        return reverse
    if category == "E" and row.exemption_reason_code in MARGINS:
        return MARGIN
    return UNTAXED.get(category or "")


def sums(invoice: Invoice, sign: int, *, reverse: str) -> Tree:
    """Return P_13_x and P_14_x as they follow from BG-23."""
    nets: dict[str, list[Decimal | None]] = {}
    taxes: dict[str, list[Decimal | None]] = {}
    for row in invoice.vat_breakdown:
        if (group := group_of(row, reverse=reverse)) is not None:
            nets.setdefault(group, []).append(row.category_taxable_amount)
            taxes.setdefault(group, []).append(row.category_tax_amount)
    tree: Tree = {}
    for group in GROUPS:
        if group in nets:
            tree[f"P_13_{group}"] = decimal_text(_sum(nets[group], sign))
            if _CATEGORY[group] == "S":
                tree[f"P_14_{group}"] = decimal_text(_sum(taxes[group], sign))
    return tree


def told_sums(content: Tree) -> Tree:
    """Return P_13_x and P_14_x of a tree; either all of them follow from BG-23 or none does."""
    return {name: value for name, value in content.items() if _SUM.fullmatch(name)}


def without_sums(content: Tree) -> Tree:
    """Return a tree without P_13_x and P_14_x."""
    return {name: value for name, value in content.items() if not _SUM.fullmatch(name)}


def _sum(values: list[Decimal | None], sign: int) -> Decimal:
    total = values[0] if len(values) == 1 and values[0] is not None else add(values)
    return total * sign if total else total


def breakdown(tree: Tree, lines: list[Tree], sign: int, *, outside: bool) -> list[Tree]:
    """Return BG-23 as P_13_x and P_14_x have it, in the order in which lines bear the rates."""
    told = [rate_of(line, outside=outside) for line in lines]
    order = list(dict.fromkeys((rate.category, rate.percent) for rate in told))

    def position(row: Tree) -> int:
        rate = row.get("category_code"), row.get("category_rate")
        return order.index(rate) if rate in order else len(order)

    return sorted(_rows(tree, told, sign, outside=outside), key=position)


def _rows(tree: Tree, told: list[Rate], sign: int, *, outside: bool) -> Iterator[Tree]:
    """Yield BG-23 in the order of the schema; the lines tell the exact rate."""
    for group in GROUPS:
        net = number(tree.get(f"P_13_{group}"))
        if net is None:
            continue
        category = "AE" if outside and group == OUTSIDE else _CATEGORY[group]
        tax = number(tree.get(f"P_14_{group}")) if category == "S" else Decimal(0)
        yield filled(
            category_code=category,
            category_rate=_percent(group, category, told),
            category_taxable_amount=net * sign if net else net,
            category_tax_amount=tax * sign if tax else tax,
            margin=True if group == MARGIN else None,  # taken out by `complete_breakdown`
        )


def _percent(group: str, category: str, told: list[Rate]) -> Decimal | None:
    if category != "S":
        return None if category == "O" else Decimal(0)
    here = {
        rate.percent
        for rate in told
        if rate.category == "S" and TAXED.get(str(rate.percent), ELSEWHERE) == group
    }
    if len(here) == 1:
        return here.pop()
    return Decimal(_USUAL[group]) if group in _USUAL else None
