"""BR-12 to BR-15, BR-CO-10 to BR-CO-18: the totals are there and follow from the lines.

Each comparison is the one of EN 16931-UBL 1.3.16 (`cac:LegalMonetaryTotal`, `cac:TaxTotal`), so
that we agree with it: a comparison with an amount that is absent does not hold. The fix comes
from our own arithmetic, which says *which* amount is wrong.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from formats.en16931.amounts import Totals
from formats.en16931.currency import amount_decimals
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT, add
from formats.en16931.rules import vat_amounts
from formats.en16931.rules.base import fatal, missing, plain
from formats.en16931.totals import TaxedAmount, TotalsInput, compute
from formats.findings import Finding

TERMS = {
    "sum_of_line_net_amounts": ("BT-106", "sum of the line net amounts"),
    "sum_of_allowances": ("BT-107", "sum of the allowances"),
    "sum_of_charges": ("BT-108", "sum of the charges"),
    "total_without_vat": ("BT-109", "total without VAT"),
    "total_vat": ("BT-110", "total VAT"),
    "total_with_vat": ("BT-112", "total with VAT"),
    "paid_amount": ("BT-113", "paid amount"),
    "rounding_amount": ("BT-114", "rounding amount"),
    "amount_due": ("BT-115", "amount due for payment"),
}

_MANDATORY = {
    "BR-12": "sum_of_line_net_amounts",
    "BR-13": "total_without_vat",
    "BR-14": "total_with_vat",
    "BR-15": "amount_due",
}

RULES = frozenset(
    {*_MANDATORY, *(f"BR-CO-{number}" for number in (10, 11, 12, 13, 14, 15, 16, 18))}
)


@dataclass(frozen=True, slots=True)
class _Equation:
    """One rule: the fields it ties together, what it says, and the test of the artefact."""

    rule: str
    fields: tuple[str, ...]
    statement: str
    holds: Callable[[Invoice], bool]


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what is wrong with the totals (BG-22), each finding naming the amount to correct."""
    findings = [
        missing(rule, f"/totals/{field}", *TERMS[field])
        for rule, field in _MANDATORY.items()
        if getattr(invoice.totals, field) is None
    ]
    findings += [*_equations(invoice), *_one_total_per_currency(invoice)]
    if not invoice.vat_breakdown:
        findings.append(
            fatal(
                "BR-CO-18",
                "/vat_breakdown",
                "BG-23",
                "The VAT breakdown (BG-23) is missing.",
                "Give one row per VAT category and rate, or leave the breakdown to us.",
            )
        )
    return tuple(findings)


def totals_input(invoice: Invoice) -> TotalsInput:
    """Return what the totals of an invoice follow from."""
    return TotalsInput(
        lines=tuple(
            TaxedAmount(line.net_amount, line.vat_category_code, line.vat_rate)
            for line in invoice.lines
        ),
        allowances=tuple(
            TaxedAmount(allowance.amount, allowance.vat_category_code, allowance.vat_rate)
            for allowance in invoice.document_level_allowances
        ),
        charges=tuple(
            TaxedAmount(charge.amount, charge.vat_category_code, charge.vat_rate)
            for charge in invoice.document_level_charges
        ),
        decimals=amount_decimals(invoice.currency_code),
        paid_amount=invoice.totals.paid_amount,
        rounding_amount=invoice.totals.rounding_amount,
        total_vat_in_accounting_currency=invoice.totals.total_vat_in_accounting_currency,
    )


def right_totals(invoice: Invoice) -> Totals:
    """Return the totals the invoice should have.

    They build on its VAT breakdown as long as that is within the tolerance of the rules.
    """
    source = totals_input(invoice)
    trusted = invoice.vat_breakdown and not vat_amounts.check(invoice)
    return compute(source, vat_breakdown=invoice.vat_breakdown if trusted else None).totals


def _equations(invoice: Invoice) -> Iterator[Finding]:
    broken = [equation for equation in _EQUATIONS if not equation.holds(invoice)]
    if not broken:
        return
    right = right_totals(invoice)
    named: set[str] = set()
    for equation in broken:
        wrong = [
            field
            for field in equation.fields
            if getattr(invoice.totals, field) != getattr(right, field)
        ] or [equation.fields[0]]
        field = next((name for name in wrong if name not in named), wrong[0])
        named.add(field)
        term, name = TERMS[field]
        given, expected = getattr(invoice.totals, field), getattr(right, field)
        if given is None:
            yield missing(equation.rule, f"/totals/{field}", term, name)
            continue
        yield fatal(
            equation.rule,
            f"/totals/{field}",
            term,
            f"The {name} ({term}) is {plain(given)}, but {equation.statement}"
            f" gives {plain(expected)}.",
            f"Write {plain(expected)}; a JSON body can leave it out."
            if expected is not None
            else "Leave it out.",
        )


def _one_total_per_currency(invoice: Invoice) -> Iterator[Finding]:
    """BR-CO-15 also wants exactly one total VAT in the invoice currency."""
    totals, currency = invoice.totals, invoice.currency_code
    if (
        currency is not None
        and currency == invoice.vat_accounting_currency_code
        and totals.total_vat is not None
        and totals.total_vat_in_accounting_currency is not None
    ):
        yield fatal(
            "BR-CO-15",
            "/totals/total_vat_in_accounting_currency",
            "BT-111",
            f"The total VAT is given twice in {currency}, as invoice currency (BT-110) and as VAT"
            " accounting currency (BT-111).",
            "Leave out the VAT accounting currency (BT-6) and the total in it.",
        )


def _rounded(value: Decimal) -> Decimal:
    """XPath's `round(value * 100) div 100`: halves go up, towards positive infinity."""
    hundredfold = EXACT.add(EXACT.multiply(value, Decimal(100)), Decimal("0.5"))
    return hundredfold.to_integral_value(ROUND_FLOOR, EXACT).scaleb(-2, EXACT)


def _sum_of_lines(invoice: Invoice) -> bool:
    lines = add(line.net_amount for line in invoice.lines)
    return invoice.totals.sum_of_line_net_amounts == _rounded(lines)


def _sum_of_allowances(invoice: Invoice) -> bool:
    stated, allowances = invoice.totals.sum_of_allowances, invoice.document_level_allowances
    if stated is None:
        return not allowances
    return stated == _rounded(add(allowance.amount for allowance in allowances))


def _sum_of_charges(invoice: Invoice) -> bool:
    stated, charges = invoice.totals.sum_of_charges, invoice.document_level_charges
    if stated is None:
        return not charges
    return stated == _rounded(add(charge.amount for charge in charges))


def _total_without_vat(invoice: Invoice) -> bool:
    totals = invoice.totals
    if totals.total_without_vat is None or totals.sum_of_line_net_amounts is None:
        return False
    if totals.sum_of_allowances is None and totals.sum_of_charges is None:
        return totals.total_without_vat == totals.sum_of_line_net_amounts
    parts = (
        totals.sum_of_line_net_amounts,
        totals.sum_of_charges or Decimal(0),
        (totals.sum_of_allowances or Decimal(0)).copy_negate(),
    )
    return totals.total_without_vat == _rounded(add(parts))


def _total_vat(invoice: Invoice) -> bool:
    rows = invoice.vat_breakdown
    return not rows or invoice.totals.total_vat == _rounded(
        add(row.category_tax_amount for row in rows)
    )


def _total_with_vat(invoice: Invoice) -> bool:
    totals = invoice.totals
    if invoice.currency_code is None:
        return True
    if totals.total_without_vat is None or totals.total_vat is None:
        return False
    return totals.total_with_vat == _rounded(add((totals.total_without_vat, totals.total_vat)))


def _amount_due(invoice: Invoice) -> bool:
    totals = invoice.totals
    due, with_vat = totals.amount_due, totals.total_with_vat
    if due is None or with_vat is None:
        return False
    if totals.rounding_amount is not None:
        due = _rounded(add((due, totals.rounding_amount.copy_negate())))
    if totals.paid_amount is not None:
        with_vat = _rounded(add((with_vat, totals.paid_amount.copy_negate())))
    return due == with_vat


_EQUATIONS = (
    _Equation(
        "BR-CO-10",
        ("sum_of_line_net_amounts",),
        "the sum of the line net amounts (BT-131)",
        _sum_of_lines,
    ),
    _Equation(
        "BR-CO-11",
        ("sum_of_allowances",),
        "the sum of the document level allowances (BT-92)",
        _sum_of_allowances,
    ),
    _Equation(
        "BR-CO-12",
        ("sum_of_charges",),
        "the sum of the document level charges (BT-99)",
        _sum_of_charges,
    ),
    _Equation(
        "BR-CO-13",
        ("total_without_vat", "sum_of_line_net_amounts", "sum_of_allowances", "sum_of_charges"),
        "BT-106 - BT-107 + BT-108",
        _total_without_vat,
    ),
    _Equation(
        "BR-CO-14",
        ("total_vat",),
        "the sum of the VAT breakdown (BT-117)",
        _total_vat,
    ),
    _Equation(
        "BR-CO-15",
        ("total_with_vat", "total_without_vat", "total_vat"),
        "BT-109 + BT-110",
        _total_with_vat,
    ),
    _Equation(
        "BR-CO-16",
        ("amount_due", "total_with_vat"),
        "BT-112 - BT-113 + BT-114",
        _amount_due,
    ),
)
