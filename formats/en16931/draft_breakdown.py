"""The VAT breakdown (BG-23) of a draft: as given, with what it lacks."""

from collections.abc import Mapping
from decimal import Decimal

from formats.en16931.amounts import VatBreakdown
from formats.en16931.totals import (
    TotalsInput,
    category_tax_amount,
    compute,
    compute_vat_breakdown,
    find_exemption,
    rate_in_breakdown,
)


def completed_rows(
    claimed: tuple[VatBreakdown, ...] | None, source: TotalsInput
) -> tuple[VatBreakdown, ...]:
    """Return the caller's rows, with the amounts, rates and exemption reasons that they lack.

    Rows without any amount only explain: the rows beside them are computed.

    Args:
        claimed: The rows of the draft, if it has any.
        source: What the totals follow from.
    """
    if not claimed:
        return ()
    computed = {
        (row.category_code, row.category_rate): row.category_taxable_amount
        for row in compute_vat_breakdown(source)
    }
    rows = []
    for row in claimed:
        code, rate = row.category_code, row.category_rate
        if rate is None:
            rate = _only_rate(code, computed)
        taxable, tax = row.category_taxable_amount, row.category_tax_amount
        if taxable is None:
            taxable = computed.get((code, rate_in_breakdown(code, rate)))
        if tax is None and taxable is not None:
            tax = category_tax_amount(taxable, rate, source.decimals)
        update: dict[str, Decimal | str | None] = {
            "category_taxable_amount": taxable,
            "category_tax_amount": tax,
            "category_rate": rate,
        }
        reason = find_exemption(source.exemptions, code, rate)
        if reason and not row.exemption_reason_text and not row.exemption_reason_code:
            update |= {"exemption_reason_text": reason.text, "exemption_reason_code": reason.code}
        rows.append(row.model_copy(update=update))
    explained = {
        (row.category_code, rate_in_breakdown(row.category_code, row.category_rate))
        for row in rows
    }
    if all(_without_amounts(row) for row in claimed):
        rows += [
            row
            for row in compute(source).vat_breakdown
            if (row.category_code, row.category_rate) not in explained
        ]
    return tuple(rows)


def _only_rate(
    code: str | None, rows: Mapping[tuple[str | None, Decimal | None], Decimal | None]
) -> Decimal | None:
    """Return the rate of a category that has one only; out of scope has none."""
    rates = [rate for category, rate in rows if category == code]
    return rates[0] if len(rates) == 1 else None


def _without_amounts(row: VatBreakdown) -> bool:
    return row.category_taxable_amount is None and row.category_tax_amount is None
