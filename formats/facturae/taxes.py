"""Taxes: TaxesOutputs and TaxesWithheld, BG-23 and BG-30.

| BT-118, BT-151 | TaxTypeCode | SpecialTaxableEvent of its lines |
|---|---|---|
| S, Z | 01 IVA | |
| L | 03 IGIC | |
| M | 02 IPSI | |
| E | 01 IVA, rate 0 | 01 exempt, BT-120 as reason |
| AE, K, G | 01 IVA, rate 0 | 01 exempt, `AE: ` and BT-120 as reason |
| O | 01 IVA, rate 0 | 02 not subject |

The code of the reason (BT-121) stands in front of the text: `E VATEX-EU-132: ...`.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from formats.en16931.amounts import VatBreakdown
from formats.en16931.extensions.facturae import FeEquivalenceSurcharge, FeTax
from formats.en16931.line import Line
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT, round_amount
from formats.facturae.tree import Read, Tree, amount, cents, children, filled, number, text

_TYPES = {"L": "03", "M": "02"}
_CATEGORIES = {"03": "L", "02": "M"}
_VAT = "01"
_EXEMPT, _OUTSIDE = "01", "02"
_MARKED = re.compile(r"(E|AE|K|G|O)(?: ([A-Za-z0-9-]+))?: ?(.*)", re.DOTALL)
_ZERO = Decimal(0)
_SPECIAL = frozenset({"E", "AE", "K", "G", "O"})


def signed(value: Decimal | None, sign: int) -> Decimal | None:
    """Return an amount with the sign of its document."""
    return value * sign if value else value


def outputs(invoice: Invoice, sign: int) -> Tree:
    """Return TaxesOutputs of the invoice."""
    extension = invoice.extensions.facturae if invoice.extensions else None
    surcharges = list(extension.equivalence_surcharges) if extension else []
    rows = [_row(row, sign, surcharges) for row in invoice.vat_breakdown]
    others = [_other(one, sign) for one in (extension.other_taxes if extension else ())]
    return {"Tax": [*rows, *others]}


def withheld(invoice: Invoice, sign: int) -> Tree | None:
    """Return TaxesWithheld."""
    extension = invoice.extensions.facturae if invoice.extensions else None
    rows = [_other(one, sign) for one in (extension.withheld_taxes if extension else ())]
    return {"Tax": rows} if rows else None


def of_line(line: Line, sign: int) -> Tree:
    """Return TaxesOutputs of a line; a tax amount follows from its net amount."""
    net, rate = line.net_amount or _ZERO, line.vat_rate or _ZERO
    tax = round_amount(EXACT.multiply(net, rate).scaleb(-2, EXACT))
    extension = line.extensions.facturae if line.extensions else None
    surcharge = extension.equivalence_surcharge if extension else None
    own = {
        "TaxTypeCode": _TYPES.get(line.vat_category_code or "", _VAT),
        "TaxRate": amount(rate),
        "TaxableBase": _amount(net, sign),
        "TaxAmount": _amount(tax, sign),
        **_surcharge(surcharge, sign),
    }
    others = [_other(one, sign) for one in (extension.other_taxes if extension else ())]
    return {"Tax": [own, *others]}


def withheld_of_line(line: Line, sign: int) -> Tree | None:
    """Return TaxesWithheld of a line."""
    extension = line.extensions.facturae if line.extensions else None
    rows = [_other(one, sign) for one in (extension.withheld_taxes if extension else ())]
    return {"Tax": rows} if rows else None


def take_of_line(row: Read, sign: int) -> dict[str, Any]:
    """Return what the extension says of the taxes of a line."""
    first, *others = children(row, "TaxesOutputs", "Tax") or [{}]
    surcharge = _taken_surcharge(first, sign)
    surcharge.pop("vat_rate", None)
    return filled(
        withheld_taxes=[_take(one, sign) for one in children(row, "TaxesWithheld", "Tax")],
        other_taxes=[_take(one, sign) for one in others],
        equivalence_surcharge=surcharge,
    )


def event(line: Line, breakdown: Sequence[VatBreakdown]) -> Tree | None:
    """Return SpecialTaxableEvent of a line."""
    category = line.vat_category_code or ""
    if category not in _SPECIAL:
        return None
    row = next((one for one in breakdown if one.category_code == category), None)
    reason = (row.exemption_reason_text or "").strip() if row else ""
    code = (row.exemption_reason_code or "").strip() if row else ""
    plain = category == "E" and not code and not _MARKED.fullmatch(reason)
    marked = f"{category}{f' {code}' if code else ''}: {reason}".strip()
    return {
        "SpecialTaxableEventCode": _OUTSIDE if category == "O" else _EXEMPT,
        "SpecialTaxableEventReason": (reason if plain else marked)[:2500],
    }


def category_of(row: Read) -> tuple[str | None, str | None, str | None]:
    """Return BT-151 of a line, and BT-120 and BT-121 as it says them."""
    tax = next(iter(children(row, "TaxesOutputs", "Tax")), {})
    code = text(tax, "TaxTypeCode")
    kind = text(row, "SpecialTaxableEvent", "SpecialTaxableEventCode")
    if kind in {_EXEMPT, _OUTSIDE}:
        reason = text(row, "SpecialTaxableEvent", "SpecialTaxableEventReason") or ""
        usual = "O" if kind == _OUTSIDE else "E"
        if (found := _MARKED.fullmatch(reason)) and (found[1] == "O") is (usual == "O"):
            return found[1], found[3].strip() or None, found[2]
        return usual, reason or None, None
    if code in _CATEGORIES:
        return _CATEGORIES[code], None, None
    if code != _VAT:
        return None, None, None
    return ("S" if number(tax, "TaxRate") else "Z"), None, None


def breakdown(tree: Read, rows: Sequence[Read], sign: int) -> list[dict[str, Any]]:
    """Return BG-23; rows with rate 0 are of the categories of the lines with rate 0, in order."""
    free: dict[str, tuple[str | None, str | None]] = {}
    for row in rows:
        category, reason, code = category_of(row)
        tax = next(iter(children(row, "TaxesOutputs", "Tax")), {})
        if category in {*_SPECIAL, "Z"} and not number(tax, "TaxRate"):
            free.setdefault(category or "", (reason, code))
    waiting = list(free)
    found = []
    for tax in _of_vat(tree):
        kind, rate = text(tax, "TaxTypeCode") or "", number(tax, "TaxRate")
        category, reason, code = _CATEGORIES.get(kind, "S"), None, None
        if kind == _VAT and not rate:
            category = waiting.pop(0) if waiting else "Z"
            reason, code = free.get(category, (None, None))
        found.append(
            filled(
                category_taxable_amount=_taken(tax, "TaxableBase", sign),
                category_tax_amount=_taken(tax, "TaxAmount", sign),
                category_code=category,
                category_rate=None if category == "O" else rate,
                exemption_reason_text=reason,
                exemption_reason_code=code,
            )
        )
    return found


def _of_vat(tree: Read) -> list[Read]:
    return [
        one
        for one in children(tree, "TaxesOutputs", "Tax")
        if text(one, "TaxTypeCode") in {_VAT, *_CATEGORIES}
    ]


def take_others(tree: Read, sign: int) -> dict[str, Any]:
    """Return what the extension says of taxes."""
    outside = [
        one
        for one in children(tree, "TaxesOutputs", "Tax")
        if text(one, "TaxTypeCode") not in {_VAT, *_CATEGORIES}
    ]
    surcharges = [_taken_surcharge(one, sign) for one in _of_vat(tree)]
    return filled(
        withheld_taxes=[_take(one, sign) for one in children(tree, "TaxesWithheld", "Tax")],
        other_taxes=[_take(one, sign) for one in outside],
        equivalence_surcharges=[one for one in surcharges if one],
    )


def _take(tree: Read, sign: int) -> dict[str, Any]:
    return filled(
        tax_type_code=text(tree, "TaxTypeCode"),
        rate=number(tree, "TaxRate"),
        taxable_amount=_taken(tree, "TaxableBase", sign),
        tax_amount=_taken(tree, "TaxAmount", sign),
        surcharge_rate=number(tree, "EquivalenceSurcharge"),
        surcharge_amount=_taken(tree, "EquivalenceSurchargeAmount", sign),
    )


def _row(row: VatBreakdown, sign: int, surcharges: list[FeEquivalenceSurcharge]) -> Tree:
    rate = row.category_rate or _ZERO
    own = next((one for one in surcharges if (one.vat_rate or _ZERO) == rate), None)
    if own is not None:
        surcharges.remove(own)
    return {
        "TaxTypeCode": _TYPES.get(row.category_code or "", _VAT),
        "TaxRate": amount(rate),
        "TaxableBase": _amount(row.category_taxable_amount, sign),
        "TaxAmount": _amount(row.category_tax_amount, sign),
        **_surcharge(own, sign),
    }


def _surcharge(own: FeEquivalenceSurcharge | None, sign: int) -> Tree:
    if own is None:
        return {}
    return {
        "EquivalenceSurcharge": cents(own.rate or _ZERO),
        "EquivalenceSurchargeAmount": _amount(own.amount, sign),
    }


def _taken_surcharge(tax: Read, sign: int) -> dict[str, Any]:
    if text(tax, "EquivalenceSurcharge") is None:
        return {}
    return filled(
        vat_rate=number(tax, "TaxRate"),
        rate=number(tax, "EquivalenceSurcharge"),
        amount=_taken(tax, "EquivalenceSurchargeAmount", sign),
    )


def _other(tax: FeTax, sign: int) -> Tree:
    return {
        "TaxTypeCode": tax.tax_type_code,
        "TaxRate": amount(tax.rate or _ZERO),
        "TaxableBase": _amount(tax.taxable_amount, sign),
        "TaxAmount": None if tax.tax_amount is None else _amount(tax.tax_amount, sign),
        **(
            {
                "EquivalenceSurcharge": cents(tax.surcharge_rate),
                "EquivalenceSurchargeAmount": _amount(tax.surcharge_amount, sign),
            }
            if tax.surcharge_rate is not None
            else {}
        ),
    }


def _amount(value: Decimal | None, sign: int) -> Tree:
    return {"TotalAmount": amount(signed(value, sign) or _ZERO)}


def _taken(tree: Read, name: str, sign: int) -> Decimal | None:
    return signed(number(tree, name, "TotalAmount"), sign)
