"""The equalities of EN 16931-1 and Peppol BIS, written from their text; nothing of ours is used.

Numbers are fractions, so nothing is rounded but where the text says so. `decimals` is what an
amount of the currency is rounded to: two, as the norm has it, or none for a currency without
smaller unit. The only thing imported is the model that is judged.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from formats.en16931.model import Invoice

WITHOUT_VAT = {"Z": "BR-Z", "E": "BR-E", "AE": "BR-AE", "K": "BR-IC", "G": "BR-G", "O": "BR-O"}
WITH_VAT = {"S": "BR-S", "L": "BR-IG", "M": "BR-IP"}
SLACK = Fraction(2, 100)

Number = Decimal | None


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Round to decimals, halves away from zero."""
    scaled = abs(value) * 10**decimals
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def exact(value: Number) -> Fraction:
    assert value is not None
    return Fraction(value)


def total(values: Iterable[Number]) -> Fraction:
    return sum((exact(value) for value in values), Fraction())


def broken(invoice: Invoice, decimals: int) -> Iterator[str]:
    """Yield the id of every equality that does not hold, with the place if it is of a part."""
    yield from _totals(invoice)
    yield from _breakdown(invoice, decimals)
    yield from _decimals(invoice)
    for number, line in enumerate(invoice.lines):
        yield from _line(line, f"/lines/{number}", decimals)
    for name in ("document_level_allowances", "document_level_charges"):
        for number, item in enumerate(getattr(invoice, name)):
            yield from _percentage(item, f"/{name}/{number}")


def _totals(invoice: Invoice) -> Iterator[str]:
    totals = invoice.totals
    lines = exact(totals.sum_of_line_net_amounts)
    allowances = exact(totals.sum_of_allowances or Decimal(0))
    charges = exact(totals.sum_of_charges or Decimal(0))
    without, vat = exact(totals.total_without_vat), exact(totals.total_vat)
    paid = exact(totals.paid_amount or Decimal(0))
    rounding = exact(totals.rounding_amount or Decimal(0))
    holds = {
        "BR-CO-10": lines == total(line.net_amount for line in invoice.lines),
        "BR-CO-11": allowances == total(item.amount for item in invoice.document_level_allowances),
        "BR-CO-12": charges == total(item.amount for item in invoice.document_level_charges),
        "BR-CO-13": without == lines - allowances + charges,
        "BR-CO-14": vat == total(row.category_tax_amount for row in invoice.vat_breakdown),
        "BR-CO-15": exact(totals.total_with_vat) == without + vat,
        "BR-CO-16": exact(totals.amount_due) == exact(totals.total_with_vat) - paid + rounding,
        "BR-CO-18": len(invoice.vat_breakdown) > 0,
        "BR-53": invoice.vat_accounting_currency_code is None
        or totals.total_vat_in_accounting_currency is not None,
    }
    yield from (rule for rule, held in holds.items() if not held)


def _taxed(invoice: Invoice) -> list[tuple[str, Number, Fraction]]:
    """Return category, rate and signed amount of all that is taxed."""
    return [
        *((_code(one), one.vat_rate, exact(one.net_amount)) for one in invoice.lines),
        *(
            (_code(one), one.vat_rate, -exact(one.amount))
            for one in invoice.document_level_allowances
        ),
        *((_code(one), one.vat_rate, exact(one.amount)) for one in invoice.document_level_charges),
    ]


def _code(one: Any) -> str:  # noqa: ANN401 - a line, an allowance or a charge
    assert one.vat_category_code is not None
    return str(one.vat_category_code)


def _breakdown(invoice: Invoice, decimals: int) -> Iterator[str]:
    taxed = _taxed(invoice)
    for code, rules in WITHOUT_VAT.items():
        rows = [row for row in invoice.vat_breakdown if row.category_code == code]
        amounts = [amount for category, _, amount in taxed if category == code]
        if len(rows) != (1 if amounts else 0):
            yield f"{rules}-01"
        for row in rows:
            yield from _row(row, rules, sum(amounts), Fraction())
            if (row.category_rate is None) != (code == "O"):
                yield "BR-48"
    for code, rules in WITH_VAT.items():
        rows = [row for row in invoice.vat_breakdown if row.category_code == code]
        rates = {rate for category, rate, _ in taxed if category == code}
        if {row.category_rate for row in rows} != rates or len(rows) != len(rates):
            yield f"{rules}-01"
        for row in rows:
            key = (code, row.category_rate)
            amounts = [amount for category, rate, amount in taxed if (category, rate) == key]
            yield from _row(row, rules, sum(amounts), _product(row, decimals))
    for row in invoice.vat_breakdown:
        if exact(row.category_tax_amount) != _product(row, decimals):
            yield "BR-CO-17"


def _row(row: Any, rules: str, taxable: Fraction | int, tax: Fraction) -> Iterator[str]:  # noqa: ANN401
    if exact(row.category_taxable_amount) != taxable:
        yield f"{rules}-08"
    if exact(row.category_tax_amount) != tax:
        yield f"{rules}-09"


def _product(row: Any, decimals: int) -> Fraction:  # noqa: ANN401 - a row of the breakdown
    product = exact(row.category_taxable_amount) * exact(row.category_rate or Decimal(0)) / 100
    return rounded(product, decimals)


def _line(line: Any, at: str, decimals: int) -> Iterator[str]:  # noqa: ANN401 - a line
    net = exact(line.net_amount)
    price = exact(line.item_net_price)
    base = exact(line.item_price_base_quantity or Decimal(1))
    value = exact(line.invoiced_quantity) * price / base
    value += total(item.amount for item in line.charges)
    value -= total(item.amount for item in line.allowances)
    if net != rounded(value, decimals):
        yield f"BT-131 {at}/net_amount"
    if abs(net - value) > SLACK:
        yield f"PEPPOL-EN16931-R120 {at}/net_amount"
    if price < 0:
        yield f"BR-27 {at}/item_net_price"
    if line.item_gross_price is not None:
        gross = exact(line.item_gross_price)
        if gross < 0:
            yield f"BR-28 {at}/item_gross_price"
        if price != gross - exact(line.item_price_discount or Decimal(0)):
            yield f"PEPPOL-EN16931-R046 {at}/item_net_price"
    for kind in ("allowances", "charges"):
        for number, item in enumerate(getattr(line, kind)):
            yield from _percentage(item, f"{at}/{kind}/{number}")


def _percentage(item: Any, at: str) -> Iterator[str]:  # noqa: ANN401 - an allowance or charge
    if (item.percentage is None) != (item.base_amount is None):
        yield f"PEPPOL-EN16931-R041 {at}"
    elif item.percentage is not None:
        value = exact(item.base_amount) * exact(item.percentage) / 100
        if abs(exact(item.amount) - value) > SLACK:
            yield f"PEPPOL-EN16931-R040 {at}/amount"


def _decimals(invoice: Invoice) -> Iterator[str]:
    """BR-DEC-01 to BR-DEC-28: no amount has more than two decimals, as written."""
    amounts: list[tuple[str, Number]] = [
        (f"/totals/{name}", value) for name, value in invoice.totals if isinstance(value, Decimal)
    ]
    for number, row in enumerate(invoice.vat_breakdown):
        at = f"/vat_breakdown/{number}"
        amounts += [(at, row.category_taxable_amount), (at, row.category_tax_amount)]
    items: list[Any] = [*invoice.document_level_allowances, *invoice.document_level_charges]
    for line in invoice.lines:
        amounts.append(("/lines", line.net_amount))
        items += [*line.allowances, *line.charges]
    for item in items:
        amounts += [("reduction", item.amount), ("reduction", item.base_amount)]
    for at, value in amounts:
        if value is not None and len(f"{value:f}".partition(".")[2]) > 2:
            yield f"BR-DEC {at}"


def reachable(with_vat: Fraction, rate: Fraction, decimals: int) -> tuple[Fraction, ...]:
    """Return what taxable amounts next to a sum with VAT come to, with their VAT (BR-CO-17).

    One value: the sum itself can be reached. Two: the sum lies between them, and they belong to
    neighbouring taxable amounts, so nothing can reach it.
    """
    unit = Fraction(1, 10**decimals)
    add_vat: Callable[[Fraction], Fraction] = lambda net: net + rounded(net * rate / 100, decimals)  # noqa: E731
    net = rounded(with_vat * 100 / (100 + rate), decimals) - 3 * unit
    candidates = [net + step * unit for step in range(8)]
    sums = [add_vat(candidate) for candidate in candidates]
    assert sums[0] < with_vat < sums[-1]
    if with_vat in sums:
        return (with_vat,)
    return max(value for value in sums if value < with_vat), min(v for v in sums if v > with_vat)
