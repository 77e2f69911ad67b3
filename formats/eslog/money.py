"""How much: allowances and charges (BG-20, BG-21, BG-27, BG-28), totals and VAT (BG-22, BG-23)."""

from decimal import Decimal
from typing import Protocol

from lxml import etree

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.model import Invoice
from formats.en16931.totals import category_tax_amount
from formats.eslog.nodes import (
    Claims,
    Node,
    every,
    filled,
    leaf,
    node,
    number,
    qualified,
    said,
)

_ALLOWANCE, _CHARGE = "A", "C"
_OF_ALLOWANCE, _OF_CHARGE, _BASE = "204", "23", "25"
_TAXABLE, _TAX = "125", "124"
_VAT, _OTHER = "VAT", "OTH"

_TOTALS = {
    "79": "sum_of_line_net_amounts",  # BT-106
    "389": "total_without_vat",  # BT-109
    "388": "total_with_vat",  # BT-112
    "9": "amount_due",  # BT-115
    "260": "sum_of_allowances",  # BT-107
    "259": "sum_of_charges",  # BT-108
    "2": "total_vat_in_accounting_currency",  # BT-111
    "113": "paid_amount",  # BT-113
    "366": "rounding_amount",  # BT-114
    "176": "total_vat",  # BT-110
}
_AMOUNT = "S_MOA/C_C516/D_5004"
_BEARS_VAT = frozenset({"S", "Z", "L", "M", "B"})
"""Categories whose rows need no reason of exemption (UNTDID 5305)."""


class _Adjustment(Protocol):
    """An allowance or a charge of line or document."""

    @property
    def amount(self) -> Decimal | None: ...

    @property
    def base_amount(self) -> Decimal | None: ...

    @property
    def percentage(self) -> Decimal | None: ...

    @property
    def reason(self) -> str | None: ...

    @property
    def reason_code(self) -> str | None: ...


def amount(group: str, qualifier: str, value: Decimal | None) -> Node | None:
    """Return an amount in a group of its own; None without one."""
    inner = money(qualifier, value)
    return inner and node(group, inner)


def money(qualifier: str, value: Decimal | None) -> Node | None:
    """Return an amount segment."""
    said_amount = number("D_5004", value)
    return said_amount and node("S_MOA", node("C_C516", leaf("D_5025", qualifier), said_amount))


def take_amount(
    holder: etree._Element, claims: Claims, qualifier: str, group: str | None = None
) -> Decimal | None:
    """Return the first amount of a kind, of a group or of the holder itself."""
    for one in every(holder, group or "S_MOA"):
        path = "S_MOA/C_C516" if group else "C_C516"
        if said(one, f"{path}/D_5025") == qualifier:
            value = claims.number(one, f"{path}/D_5004")
            if value is not None:
                return value
    return None


def tax(category: str | None, rate: Decimal | None, kind: str = _VAT) -> Node | None:
    """Return category and rate; None where neither is known."""
    told = (node("C_C243", number("D_5278", rate)), leaf("D_5305", category))
    if told == (None, None):
        return None
    return node("S_TAX", leaf("D_5283", "7"), node("C_C241", leaf("D_5153", kind)), *told)


def take_tax(holder: etree._Element | None, claims: Claims) -> tuple[str | None, Decimal | None]:
    """Return category and rate."""
    if holder is None:
        return None, None
    category = claims.code(holder, "S_TAX/D_5305")
    return category, claims.number(holder, "S_TAX/C_C243/D_5278")


def adjustment(
    one: _Adjustment, *, charge: bool, groups: tuple[str, str, str], taxed: Node | None = None
) -> Node | None:
    """Return an allowance or a charge.

    Args:
        one: What it says.
        charge: Whether it is a charge.
        groups: The names of the group itself, of its percentage and of its amounts.
        taxed: Its VAT, at the document.
    """
    kind = _CHARGE if charge else _ALLOWANCE
    reason = leaf("D_1230", one.reason)
    code = one.reason_code
    named = node("C_C552", reason, None if charge else leaf("D_5189", code))
    coded = node("C_C214", leaf("D_7161", code)) if charge else None
    percentage = number("D_5482", one.percentage)
    group, of_percentage, of_amounts = groups
    inner = (
        percentage
        and node(
            of_percentage,
            node("S_PCD", node("C_C501", leaf("D_5245", "2" if charge else "1"), percentage)),
        ),
        amount(of_amounts, _OF_CHARGE if charge else _OF_ALLOWANCE, one.amount),
        amount(of_amounts, _BASE, one.base_amount),
        taxed,
    )
    if (named, coded, *inner) == (None,) * 6:
        return None
    return node(group, node("S_ALC", leaf("D_5463", kind), named, coded), *inner)


def take_adjustment(
    holder: etree._Element, claims: Claims, groups: tuple[str, str, str], *, charge: bool
) -> dict[str, object]:
    """Return an allowance or a charge."""
    _, of_percentage, of_amounts = groups
    path = "S_ALC/C_C214/D_7161" if charge else "S_ALC/C_C552/D_5189"
    kind = _OF_CHARGE if charge else _OF_ALLOWANCE
    return filled(
        amount=take_amount(holder, claims, kind, of_amounts),
        base_amount=take_amount(holder, claims, _BASE, of_amounts),
        percentage=claims.number(holder, f"{of_percentage}/S_PCD/C_C501/D_5482"),
        reason=claims.text(holder, "S_ALC/C_C552/D_1230"),
        reason_code=claims.code(holder, path),
    )


_DOCUMENT = ("G_SG16", "G_SG19", "G_SG20")


def adjustments(invoice: Invoice) -> list[Node | None]:
    """Return the allowances and charges of the document."""
    return [
        *(_of_the_document(one, charge=False) for one in invoice.document_level_allowances),
        *(_of_the_document(one, charge=True) for one in invoice.document_level_charges),
    ]


def _of_the_document(
    one: DocumentLevelAllowance | DocumentLevelCharge, *, charge: bool
) -> Node | None:
    vat = tax(one.vat_category_code, one.vat_rate)
    taxed = vat and node("G_SG22", vat)
    return adjustment(one, charge=charge, groups=_DOCUMENT, taxed=taxed)


def take_adjustments(
    message: etree._Element, claims: Claims, *, charge: bool
) -> list[dict[str, object]]:
    """Return the allowances, or the charges, of the document."""
    found = []
    kind = _CHARGE if charge else _ALLOWANCE
    for one in qualified(message, "G_SG16", "S_ALC/D_5463", kind):
        category, rate = take_tax(next(every(one, "G_SG22"), None), claims)
        taken = take_adjustment(one, claims, _DOCUMENT, charge=charge)
        found.append(taken | filled(vat_category_code=category, vat_rate=rate))
    return [one for one in found if one]


def totals(invoice: Invoice) -> list[Node | None]:
    """Return the totals."""
    whole = invoice.totals
    return [amount("G_SG50", code, getattr(whole, field)) for code, field in _TOTALS.items()]


def take_totals(message: etree._Element, claims: Claims) -> dict[str, object]:
    """Return the totals."""
    return filled(
        **{field: take_amount(message, claims, code, "G_SG50") for code, field in _TOTALS.items()}
    )


def breakdown(invoice: Invoice) -> list[Node | None]:
    """Return the VAT breakdown, and what is not VAT."""
    own = invoice.extensions.slovenia if invoice.extensions else None
    rows = [
        (
            tax(row.category_code, row.category_rate),
            row.category_taxable_amount,
            row.category_tax_amount,
        )
        for row in invoice.vat_breakdown
    ]
    rows += [
        # A tax is told from VAT by the kind of its rate, so one without a rate has no place.
        (tax(None, other.rate, _OTHER), other.taxable_amount, other.tax_amount)
        for other in (own.other_taxes if own else ())
    ]
    return [
        head and node("G_SG52", head, money(_TAXABLE, base), money(_TAX, sum_of_tax))
        for head, base, sum_of_tax in rows
    ]


def take_breakdown(
    message: etree._Element, claims: Claims, reasons: list[tuple[str | None, str | None]]
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return the VAT breakdown with its reasons of exemption, and what is not VAT.

    Reasons stand with the document, without a word of their row: they go to the rows that need
    one, in order, and what is left over to the first rows that have none.
    """
    rows: list[dict[str, object]] = []
    others: list[dict[str, object]] = []
    for one in every(message, "G_SG52"):
        category, rate = take_tax(one, claims)
        base, due = take_amount(one, claims, _TAXABLE), take_amount(one, claims, _TAX)
        if said(one, "S_TAX/C_C241/D_5153") == _OTHER:
            others.append(filled(taxable_amount=base, tax_amount=due, rate=rate))
            continue
        rows.append(
            filled(
                category_taxable_amount=base,
                category_tax_amount=due,
                category_code=category,
                category_rate=rate,
            )
        )
    open_rows = sorted(rows, key=lambda row: row.get("category_code") in _BEARS_VAT)  # stable
    for row, (text, code) in zip(open_rows, reasons, strict=False):
        row.update(filled(exemption_reason_text=text, exemption_reason_code=code))
    return [row for row in rows if row], [one for one in others if one]


def of_a_line(net: Decimal, rate: Decimal | None) -> Decimal:
    """Return the VAT of a line (NBT-033): it follows from net amount and rate."""
    return category_tax_amount(net, rate)
