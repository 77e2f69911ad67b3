"""Ways to spoil totals and the VAT breakdown."""

from collections.abc import Iterator
from decimal import Decimal

from tests.formats.explain.spoils import (
    CENT,
    Kind,
    Mends,
    by_code,
    row,
    totals,
    when,
    without_breakdown,
    without_row,
)

MENDS, NEVER, MAYBE = Mends.ALWAYS, Mends.NEVER, Mends.MAYBE


def of_totals() -> Iterator[Kind]:
    rules = {
        "sum_of_line_net_amounts": ("BR-CO-10", "BR-12"),
        "total_without_vat": ("BR-CO-13", "BR-13"),
        "total_vat": ("BR-CO-14", "BR-CO-14"),
        "total_with_vat": ("BR-CO-15", "BR-14"),
        "amount_due": ("BR-CO-16", "BR-15"),
    }
    for name, (wrong, missing) in rules.items():
        place = f"/totals/{name}"
        # An amount due to the next five cents may be rounded: rounding_amount says it then.
        mends = MAYBE if name == "amount_due" else MENDS
        yield Kind(f"{name} a cent up", wrong, place, mends, totals(**{name: lambda v: v + CENT}))
        yield Kind(
            f"{name} a cent down", wrong, place, mends, totals(**{name: lambda v: v - CENT})
        )
        yield Kind(f"{name} missing", missing, place, MENDS, totals(**{name: lambda _: None}))
    yield Kind(
        "total_with_vat with three decimals",
        "BR-DEC-14",
        "/totals/total_with_vat",
        MENDS,
        totals(total_with_vat=lambda v: v.quantize(Decimal("0.001"))),
    )
    yield Kind(
        "amount due nothing, though unpaid",
        "BR-CO-16",
        "/totals/amount_due",
        NEVER,
        totals(amount_due=lambda v: Decimal(0) if v > 1 else v),
    )


def of_breakdown() -> Iterator[Kind]:
    taxed = {"S", "L", "M"}
    amount = "/category_tax_amount"
    yield Kind(
        "VAT of a rate 0.27 off, totals as before",
        "BR-CO-14",
        "/totals/total_vat",
        MENDS,
        row(
            when(
                lambda row: row.category_code in taxed and row.category_tax_amount > 1,
                lambda row: {"category_tax_amount": row.category_tax_amount + Decimal("0.27")},
            )
        ),
    )
    yield Kind(
        "VAT of a rate 5.00 off",  # which may be exact at another rate
        "BR-CO-17",
        amount,
        MAYBE,
        row(
            when(
                lambda row: row.category_code in taxed and row.category_tax_amount > 1,
                lambda row: {"category_tax_amount": row.category_tax_amount + 5},
            )
        ),
    )
    yield Kind(
        "taxable amount of a rate 7.00 off",
        "BR-S-08",
        "/category_taxable_amount",
        MENDS,
        row(
            when(
                lambda row: row.category_code == "S",
                lambda row: {"category_taxable_amount": row.category_taxable_amount + 7},
            )
        ),
    )
    yield Kind(
        "tax amount missing", "BR-46", amount, MENDS, row(lambda *_: {"category_tax_amount": None})
    )
    yield Kind(
        "taxable amount missing",
        "BR-45",
        "/category_taxable_amount",
        MENDS,
        row(lambda *_: {"category_taxable_amount": None}),
    )
    yield Kind(
        "rate of a row missing",
        "BR-48",
        "/category_rate",
        MAYBE,
        row(when(lambda row: row.category_code == "S", lambda _: {"category_rate": None})),
    )
    yield Kind(
        "category of a row missing",
        "BR-47",
        "/category_code",
        MAYBE,
        row(lambda *_: {"category_code": None}),
    )
    yield Kind("a row missing", "BR-CO-14", "", MAYBE, without_row)
    yield Kind("the breakdown missing", "BR-CO-18", "/vat_breakdown", MAYBE, without_breakdown)
    yield Kind(
        "a reason where VAT is charged",
        "BR-S-10",
        "/exemption_reason_code",
        MENDS,
        by_code("S", {"exemption_reason_text": "because"}),
    )
    yield Kind(
        "no reason for reverse charge",
        "BR-AE-10",
        "/exemption_reason_code",
        MENDS,
        by_code("AE", {"exemption_reason_code": None}),
    )
    yield Kind(
        "no reason for an export",
        "BR-G-10",
        "/exemption_reason_code",
        MENDS,
        by_code("G", {"exemption_reason_code": None}),
    )
    yield Kind(
        "no reason for an exemption",
        "BR-E-10",
        "/exemption_reason_code",
        NEVER,
        by_code("E", {"exemption_reason_code": None}),
    )
