from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.en16931.totals import (
    TaxedAmount,
    TotalsInput,
    VatExemption,
    amount_of_percentage,
    category_tax_amount,
    compute,
    line_net_amount,
    net_price,
    price_discount,
)

_cents = st.decimals("-100000", "100000", places=2)
_categories = st.one_of(
    st.tuples(st.just("S"), st.sampled_from([Decimal("9.5"), Decimal(22), Decimal("22.0")])),
    st.tuples(st.sampled_from(["L", "M"]), st.decimals("0", "30", places=1)),
    st.tuples(st.sampled_from(["Z", "E", "AE", "K", "G"]), st.sampled_from([None, Decimal(0)])),
    st.tuples(st.just("O"), st.none()),
)
_amounts = st.lists(
    st.builds(
        lambda amount, category: TaxedAmount(amount, *category),
        amount=_cents,
        category=_categories,
    ),
    max_size=8,
).map(tuple)
_inputs = st.builds(
    TotalsInput,
    lines=_amounts,
    allowances=_amounts,
    charges=_amounts,
    paid_amount=st.none() | _cents,
    rounding_amount=st.none() | _cents,
)


def _exact(amount: Decimal | None) -> Fraction:
    return Fraction(amount or 0)


def _sum(amounts: Sequence[TaxedAmount]) -> Fraction:
    return sum((_exact(item.amount) for item in amounts), Fraction())


@given(_inputs)
def test_all_equations_of_the_norm_hold(source: TotalsInput) -> None:
    computed = compute(source)
    totals, rows = computed.totals, computed.vat_breakdown
    assert None not in {totals.sum_of_line_net_amounts, totals.total_without_vat}
    assert None not in {totals.total_vat, totals.total_with_vat, totals.amount_due}
    lines, with_vat = _exact(totals.sum_of_line_net_amounts), _exact(totals.total_with_vat)
    without_vat = _exact(totals.total_without_vat)
    assert lines == _sum(source.lines)  # BR-CO-10
    assert _exact(totals.sum_of_allowances) == _sum(source.allowances)  # BR-CO-11
    assert _exact(totals.sum_of_charges) == _sum(source.charges)  # BR-CO-12
    assert without_vat == lines - _sum(source.allowances) + _sum(source.charges)  # BR-CO-13
    total_vat = _exact(totals.total_vat)
    assert total_vat == sum(_exact(row.category_tax_amount) for row in rows)  # BR-CO-14
    assert with_vat == without_vat + total_vat  # BR-CO-15
    due = with_vat - _exact(source.paid_amount) + _exact(source.rounding_amount)
    assert _exact(totals.amount_due) == due  # BR-CO-16
    assert sum(_exact(row.category_taxable_amount) for row in rows) == without_vat


@given(_inputs)
def test_the_breakdown_has_one_row_per_category_and_rate(source: TotalsInput) -> None:
    rows = compute(source).vat_breakdown
    keys = [(row.category_code, row.category_rate) for row in rows]
    assert len(set(keys)) == len(keys)
    for row in rows:
        if row.category_code in {"Z", "E", "AE", "K", "G"}:
            assert row.category_rate == 0
            assert row.category_tax_amount == 0
        if row.category_code == "O":
            assert row.category_rate is None
            assert row.category_tax_amount == 0
        exact = _exact(row.category_taxable_amount) * _exact(row.category_rate) / 100
        assert abs(_exact(row.category_tax_amount) - exact) <= Fraction(1, 200)  # BR-CO-17


@given(_inputs)
def test_turning_every_sign_turns_every_total(source: TotalsInput) -> None:
    def negated(amounts: tuple[TaxedAmount, ...]) -> tuple[TaxedAmount, ...]:
        return tuple(
            TaxedAmount(-(item.amount or Decimal(0)), item.category_code, item.rate)
            for item in amounts
        )

    turned = TotalsInput(
        lines=negated(source.lines),
        allowances=negated(source.allowances),
        charges=negated(source.charges),
    )
    without_payment = TotalsInput(source.lines, source.allowances, source.charges)
    ours, theirs = compute(without_payment).totals, compute(turned).totals
    assert _exact(theirs.total_vat) == -_exact(ours.total_vat)
    assert _exact(theirs.amount_due) == -_exact(ours.amount_due)


@pytest.mark.parametrize(
    ("taxable", "rate", "tax"),
    [
        ("5.025", "20", "1.01"),  # 1.005
        ("-5.025", "20", "-1.01"),
        ("0.02", "22", "0.00"),
        ("0.025", "20", "0.01"),  # 0.005
        ("99999999999999999999999999.99", "20", "20000000000000000000000000.00"),
        ("100.00", "9.5", "9.50"),
        ("100.00", None, "0.00"),
    ],
)
def test_vat_is_rounded_half_up(taxable: str, rate: str | None, tax: str) -> None:
    percentage = None if rate is None else Decimal(rate)
    assert str(category_tax_amount(Decimal(taxable), percentage)) == tax


def test_vat_is_rounded_per_category_not_per_line() -> None:
    lines = tuple(TaxedAmount(Decimal("0.02"), "S", Decimal(22)) for _ in range(100))
    assert compute(TotalsInput(lines)).totals.total_vat == Decimal("0.44")


@pytest.mark.parametrize(
    ("quantity", "price", "base", "minor_units", "amount"),
    [
        ("1", "1.005", None, 2, "1.01"),
        ("-1", "1.005", None, 2, "-1.01"),
        ("10", "1", "3", 2, "3.33"),
        ("5", "1", "1000", 2, "0.01"),
        ("1000000", "0.000001", None, 2, "1.00"),
        ("3", "0.5", None, 0, "2"),
        ("2", "5", "0", 2, "10.00"),
        (
            "99999999999999999999",
            "99999999999999999999",
            "3",
            2,
            "3333333333333333333266666666666666666667.00",
        ),
    ],
)
def test_a_line_net_amount_is_quantity_times_price_per_base_quantity(
    quantity: str, price: str, base: str | None, minor_units: int, amount: str
) -> None:
    result = line_net_amount(
        Decimal(quantity),
        Decimal(price),
        base_quantity=None if base is None else Decimal(base),
        minor_units=minor_units,
    )
    assert str(result) == amount


def test_allowances_lower_and_charges_raise_the_line_net_amount() -> None:
    result = line_net_amount(
        Decimal(2),
        Decimal("9.995"),
        allowances=[Decimal("1.00"), Decimal("0.50")],
        charges=[Decimal("3.00")],
    )
    assert result == Decimal("21.49")


def test_the_net_price_is_gross_price_minus_discount() -> None:
    assert net_price(Decimal("10.0001"), Decimal("0.5")) == Decimal("9.5001")
    assert net_price(Decimal(10)) == 10


def test_a_percentage_of_a_base_is_rounded_half_up() -> None:
    assert str(amount_of_percentage(Decimal("20.10"), Decimal("2.5"))) == "0.50"
    assert str(amount_of_percentage(Decimal("20.20"), Decimal("2.5"))) == "0.51"  # 0.505
    assert str(amount_of_percentage(Decimal("33.33"), Decimal(10), 0)) == "3"


def test_exemption_reasons_reach_their_category_and_rate() -> None:
    lines = (
        TaxedAmount(Decimal(1), "E", Decimal(0)),
        TaxedAmount(Decimal(2), "O", None),
        TaxedAmount(Decimal(3), "S", Decimal(22)),
    )
    exemptions = (
        VatExemption(category_code="E", rate=Decimal(5), code="VATEX-EU-J"),
        VatExemption(category_code="E", code="VATEX-EU-132", text="Article 132"),
        VatExemption(category_code="O", rate=None, text="Outside"),
    )
    rows = compute(TotalsInput(lines, exemptions=exemptions)).vat_breakdown
    assert [row.exemption_reason_code for row in rows] == ["VATEX-EU-132", None, None]
    assert [row.exemption_reason_text for row in rows] == ["Article 132", "Outside", None]


def test_an_invoice_in_yen_has_no_decimals_unless_its_lines_do() -> None:
    rate = Decimal(10)
    whole = compute(TotalsInput((TaxedAmount(Decimal(15), "S", rate),), decimals=0)).totals
    assert (str(whole.total_vat), str(whole.amount_due)) == ("2", "17")
    broken = compute(TotalsInput((TaxedAmount(Decimal("15.5"), "S", rate),), decimals=0)).totals
    assert (str(broken.total_without_vat), str(broken.amount_due)) == ("15.50", "17.50")


def test_the_accounting_currency_gets_its_vat_by_exchange_rate_or_from_the_caller() -> None:
    lines = (TaxedAmount(Decimal(100), "S", Decimal(25)),)
    by_rate = TotalsInput(
        lines, accounting_exchange_rate=Decimal("11.3355"), accounting_decimals=2
    )
    assert compute(by_rate).totals.total_vat_in_accounting_currency == Decimal("283.39")
    given = TotalsInput(
        lines,
        accounting_exchange_rate=Decimal("11.3355"),
        accounting_decimals=2,
        total_vat_in_accounting_currency=Decimal("283.40"),
    )
    assert compute(given).totals.total_vat_in_accounting_currency == Decimal("283.40")
    assert compute(TotalsInput(lines)).totals.total_vat_in_accounting_currency is None


def test_gross_price_net_price_and_discount_agree_to_the_last_digit() -> None:
    gross, net = Decimal("9" * 30), Decimal("0." + "1" * 30)
    assert net_price(gross, price_discount(gross, net)) == net
