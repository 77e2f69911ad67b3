"""The access point's own arithmetic: EN 16931-1 BR-CO-10 to BR-CO-17 and the VAT categories.

Written from the text of the standard, not from the gateway's code, so that the two cannot share a
mistake. The tolerances are those of the official Schematron.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from gateway.sandbox.network.document import Document, elements, text
from gateway.sandbox.network.findings import Finding

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_CENT = Decimal("0.01")
_SLACK = Decimal(1)  # BR-S-08, BR-CO-17: the official rules forgive less than one unit
_TOTALS = "cac:LegalMonetaryTotal"


def findings(document: Document) -> list[Finding]:
    """Recompute every total of a schema-valid document; return what does not add up."""
    root = document.root
    lines = elements(root, f"cac:{document.kind}Line")
    charges, allowances = _by_indicator(elements(root, "cac:AllowanceCharge"))
    net = _sum(_amount(line, "cbc:LineExtensionAmount") for line in lines)
    allowed = _sum(_amount(item, "cbc:Amount") for item in allowances)
    charged = _sum(_amount(item, "cbc:Amount") for item in charges)
    total = {
        name: _amount(root, f"{_TOTALS}/cbc:{name}")
        for name in (
            "LineExtensionAmount",
            "AllowanceTotalAmount",
            "ChargeTotalAmount",
            "TaxExclusiveAmount",
            "TaxInclusiveAmount",
            "PrepaidAmount",
            "PayableRoundingAmount",
            "PayableAmount",
        )
    }
    vat = _document_vat(root)
    expectations = [
        ("BR-CO-10", total["LineExtensionAmount"], net),
        ("BR-CO-11", total["AllowanceTotalAmount"], allowed),
        ("BR-CO-12", total["ChargeTotalAmount"], charged),
        ("BR-CO-13", total["TaxExclusiveAmount"], net - allowed + charged),
        ("BR-CO-15", total["TaxInclusiveAmount"], total["TaxExclusiveAmount"] + vat),
        (
            "BR-CO-16",
            total["PayableAmount"],
            total["TaxInclusiveAmount"] - total["PrepaidAmount"] + total["PayableRoundingAmount"],
        ),
    ]
    wrong = [
        Finding(rule, f"written {written}, computed {computed}")
        for rule, written, computed in expectations
        if _round(written) != _round(computed)
    ]
    return wrong + _vat_findings(root, lines, charges, allowances)


def _vat_findings(
    root: etree._Element,
    lines: list[etree._Element],
    charges: list[etree._Element],
    allowances: list[etree._Element],
) -> list[Finding]:
    wrong: list[Finding] = []
    base: dict[tuple[str, Decimal], Decimal] = defaultdict(Decimal)
    for line in lines:
        category = "cac:Item/cac:ClassifiedTaxCategory"
        base[_category(line, category)] += _amount(line, "cbc:LineExtensionAmount")
    for items, sign in ((charges, 1), (allowances, -1)):
        for item in items:
            base[_category(item, "cac:TaxCategory")] += sign * _amount(item, "cbc:Amount")
    for tax_total in elements(root, "cac:TaxTotal[cac:TaxSubtotal]"):
        subtotals = elements(tax_total, "cac:TaxSubtotal")
        tax = _sum(_amount(subtotal, "cbc:TaxAmount") for subtotal in subtotals)
        written = _amount(tax_total, "cbc:TaxAmount")
        if _round(tax) != _round(written):
            wrong.append(Finding("BR-CO-14", f"written {written}, computed {tax}"))
        for subtotal in subtotals:
            wrong += _subtotal_findings(subtotal, base)
    if base.keys() and not elements(root, "cac:TaxTotal/cac:TaxSubtotal"):
        wrong.append(Finding("BR-CO-18", "there is no VAT breakdown"))
    wrong += [
        Finding("BR-CO-18", f"VAT category {code} {rate} % has no row in the breakdown")
        for code, rate in base
    ]
    return wrong


def _subtotal_findings(
    subtotal: etree._Element, base: dict[tuple[str, Decimal], Decimal]
) -> list[Finding]:
    """Check one row of the breakdown; what it accounts for leaves `base`."""
    code, rate = _category(subtotal, "cac:TaxCategory")
    taxable, tax = (
        _amount(subtotal, "cbc:TaxableAmount"),
        _amount(subtotal, "cbc:TaxAmount"),
    )
    expected = base.pop((code, rate), None)
    wrong = []
    if expected is None:
        wrong.append(Finding(f"BR-{code}-01", f"no line has VAT category {code} {rate} %"))
    elif abs(taxable - expected) >= _SLACK:
        wrong.append(Finding(f"BR-{code}-08", f"written {taxable}, computed {expected}"))
    computed = _round(taxable * rate / 100)
    if abs(tax - computed) >= _SLACK:
        wrong.append(Finding("BR-CO-17", f"written {tax}, computed {computed}"))
    return wrong


def _document_vat(root: etree._Element) -> Decimal:
    """BT-110: the VAT total in the document currency (BT-111 is in the other one)."""
    currency = text(root, "cbc:DocumentCurrencyCode")
    for tax_total in elements(root, "cac:TaxTotal"):
        amounts = elements(tax_total, "cbc:TaxAmount")
        if amounts and amounts[0].get("currencyID") == currency:
            return _amount(tax_total, "cbc:TaxAmount")
    return Decimal(0)


def _by_indicator(
    items: list[etree._Element],
) -> tuple[list[etree._Element], list[etree._Element]]:
    charges = [item for item in items if text(item, "cbc:ChargeIndicator") in {"true", "1"}]
    return charges, [item for item in items if item not in charges]


def _category(element: etree._Element, path: str) -> tuple[str, Decimal]:
    rate = text(element, f"{path}/cbc:Percent")
    return text(element, f"{path}/cbc:ID") or "", _decimal(rate).normalize()


def _amount(element: etree._Element, path: str) -> Decimal:
    return _decimal(text(element, path))


def _decimal(value: str | None) -> Decimal:
    """Read an xs:decimal; what the schema lets be absent counts as zero."""
    return Decimal(value) if value and _DECIMAL.fullmatch(value) else Decimal(0)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def _round(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
