"""How much: the totals (BG-22) and the VAT breakdown (BG-23)."""

from decimal import Decimal
from typing import TypedDict

from formats.en16931.amounts import VatBreakdown
from formats.en16931.model import Invoice
from formats.pdf.language import Language
from formats.pdf.view.facts import Fact, rest, with_code

_ROWS = (
    ("lines_total", "sum_of_line_net_amounts"),
    ("allowances_total", "sum_of_allowances"),
    ("charges_total", "sum_of_charges"),
    ("net_total", "total_without_vat"),
    ("vat_total", "total_vat"),
    ("vat_total_accounting", "total_vat_in_accounting_currency"),
    ("gross_total", "total_with_vat"),
    ("paid", "paid_amount"),
    ("rounding", "rounding_amount"),
    ("due", "amount_due"),
)
_DEDUCTED = {"sum_of_allowances", "paid_amount"}
_STRONG = {"total_without_vat": "sum", "total_with_vat": "sum"}
_VAT_SHOWN = (
    *("category_taxable_amount", "category_tax_amount", "category_code", "category_rate"),
    *("exemption_reason_text", "exemption_reason_code"),
)


class Total(TypedDict):
    """A row of the totals; `kind` is `plain`, `sum` or `due`."""

    label: str
    value: str
    kind: str


class VatRow(TypedDict):
    """A row of the VAT breakdown, with its reason for exemption."""

    category: str
    rate: str
    taxable: str
    tax: str
    reason: str
    facts: list[Fact]


def totals(invoice: Invoice, language: Language, *, undue: bool = False) -> list[Total]:
    """Return the totals that there are, in the norm's order.

    Args:
        invoice: Whose.
        language: In whose words.
        undue: Nothing is to be paid on it: the total with VAT is what it comes to. An amount due
            that says the same is left out.
    """
    rows = []
    came_to = invoice.totals.total_with_vat
    strongest = "total_with_vat" if undue else "amount_due"
    for key, field in _ROWS:
        value: Decimal | None = getattr(invoice.totals, field)
        if value is None or (undue and field == "amount_due" and value == came_to):
            continue
        accounting = field == "total_vat_in_accounting_currency"
        currency = invoice.vat_accounting_currency_code if accounting else invoice.currency_code
        shown = -value if field in _DEDUCTED and value else value
        rows.append(
            Total(
                label=language[key],
                value=language.money(shown, currency),
                kind="due" if field == strongest else _STRONG.get(field, "plain"),
            )
        )
    return rows


def totals_rest(invoice: Invoice, language: Language) -> list[Fact]:
    """Return what else the totals say."""
    return rest(invoice.totals, [field for _, field in _ROWS], language)


def vat_rows(invoice: Invoice, language: Language) -> list[VatRow]:
    """Return BG-23."""
    return [_vat_row(row, language) for row in invoice.vat_breakdown]


def _vat_row(row: VatBreakdown, language: Language) -> VatRow:
    taxable, tax, rate = row.category_taxable_amount, row.category_tax_amount, row.category_rate
    return VatRow(
        category=category(row.category_code, language),
        rate="" if rate is None else language.percent(rate),
        taxable="" if taxable is None else language.number(taxable),
        tax="" if tax is None else language.number(tax),
        reason=with_code(row.exemption_reason_text, row.exemption_reason_code) or "",
        facts=rest(row, _VAT_SHOWN, language),
    )


def category(code: str | None, language: Language) -> str:
    """Return a VAT category in words, its code behind it."""
    if not code:
        return ""
    return with_code(language.get(f"category_{code.lower()}"), code) or ""
