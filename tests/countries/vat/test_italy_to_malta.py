"""Thirteen members of the Union: rates and charges on the days on which they changed."""

import datetime
from decimal import Decimal

import pytest

from countries.vat.system import Coded, LowerRate, ReverseCharge
from countries.vat.systems import SYSTEMS


def decides(entries: tuple[Coded, ...], code: str, day: datetime.date) -> Coded | None:
    """The entry whose prefix of the code is the longest; CPA has dots."""
    found = [
        (len(prefix), number)
        for number, entry in enumerate(entries)
        if entry.holds_on(day)
        for prefix in (entry.cpa if "." in code else entry.cn)
        if code.startswith(prefix)
    ]
    return entries[max(found)[1]] if found else None


@pytest.mark.parametrize(
    ("country", "name", "day", "percent"),
    [
        ("IT", "standard", "2011-09-16", "20"),
        ("IT", "standard", "2011-09-17", "21"),
        ("IT", "standard", "2013-10-01", "22"),
        ("NL", "standard", "2012-09-30", "19"),
        ("NL", "reduced", "2019-01-01", "9"),
        ("PL", "standard", "2010-12-31", "22"),
        ("PL", "reduced", "2011-01-01", "8"),
        ("PL", "second reduced", "2011-01-01", "5"),
        ("SI", "standard", "2013-07-01", "22"),
        ("SI", "second reduced", "2020-01-01", "5"),
        ("IE", "standard", "2020-09-01", "21"),
        ("IE", "standard", "2021-02-28", "21"),
        ("IE", "standard", "2021-03-01", "23"),
        ("SE", "standard", "2010-01-01", "25"),
        ("SE", "second reduced", "2026-11-21", "6"),
        ("PT", "standard", "2010-06-30", "20"),
        ("PT", "standard", "2010-07-01", "21"),
        ("PT", "reduced", "2011-01-01", "13"),
        ("PT", "second reduced", "2010-06-30", "5"),
        ("PT", "zero", "2024-01-04", "0"),
        ("LU", "standard", "2022-12-31", "17"),
        ("LU", "standard", "2023-01-01", "16"),
        ("LU", "parking", "2023-12-31", "13"),
        ("LU", "reduced", "2024-01-01", "8"),
        ("LU", "super reduced", "2023-06-01", "3"),
        ("RO", "standard", "2015-12-31", "24"),
        ("RO", "standard", "2016-01-01", "20"),
        ("RO", "standard", "2025-07-31", "19"),
        ("RO", "standard", "2025-08-01", "21"),
        ("RO", "reduced", "2025-08-01", "11"),
        ("SK", "standard", "2024-12-31", "20"),
        ("SK", "standard", "2025-01-01", "23"),
        ("SK", "reduced", "2024-12-31", "10"),
        ("SK", "reduced", "2025-01-01", "19"),
        ("LT", "reduced", "2025-12-31", "9"),
        ("LT", "reduced", "2026-01-01", "12"),
        ("LV", "standard", "2012-06-30", "22"),
        ("LV", "reduced", "2010-12-31", "10"),
        ("LV", "second reduced", "2018-01-01", "5"),
        ("MT", "standard", "2026-11-21", "18"),
        ("MT", "parking", "2024-01-01", "12"),
    ],
)
def test_rates_follow_the_law_in_force(country: str, name: str, day: str, percent: str) -> None:
    rate = SYSTEMS[country].rate(name, datetime.date.fromisoformat(day))
    assert rate is not None
    assert str(rate.percent) == percent


@pytest.mark.parametrize(
    ("country", "code", "day", "rate"),
    [
        ("IT", "04012011", "2026-11-21", "super reduced"),  # milk
        ("IT", "04031011", "2026-11-21", "reduced"),  # yogurt
        ("IT", "22021000", "2026-11-21", None),  # lemonade
        ("IT", "19011000", "2022-12-31", "reduced"),
        ("IT", "19011000", "2023-12-31", "second reduced"),
        ("IT", "19011000", "2024-01-01", "reduced"),
        ("IT", "96190079", "2022-12-31", "?"),
        ("IT", "96190079", "2024-01-01", "reduced"),
        ("IT", "97012100", "2025-06-30", "?"),
        ("IT", "97012100", "2025-07-01", "second reduced"),
        ("NL", "55.10.10", "2025-12-31", "reduced"),
        ("NL", "55.10.10", "2026-01-01", None),
        ("NL", "55.30.11", "2026-01-01", "reduced"),  # camping
        ("NL", "23040000", "2024-12-31", "reduced"),
        ("NL", "23040000", "2025-01-01", None),
        ("NL", "56.30.10", "2026-11-21", "?"),
        ("PL", "19059030", "2022-01-31", "second reduced"),  # bread
        ("PL", "19059030", "2022-02-01", "zero"),
        ("PL", "19059030", "2024-03-31", "zero"),
        ("PL", "19059030", "2024-04-01", "second reduced"),
        ("PL", "03061792", "2026-11-21", "standard"),  # shrimps
        ("PL", "96.02.13", "2024-03-31", None),
        ("PL", "96.02.13", "2024-04-01", "reduced"),
        ("SI", "22021000", "2024-12-31", "reduced"),
        ("SI", "22021000", "2025-01-01", "standard"),
        ("SI", "49019900", "2019-12-31", "reduced"),
        ("SI", "49019900", "2020-01-01", "second reduced"),
        ("IE", "56.10.11", "2023-08-31", "second reduced"),
        ("IE", "56.10.11", "2026-06-30", "reduced"),
        ("IE", "56.10.11", "2026-07-01", "second reduced"),
        ("IE", "55.10.10", "2026-07-01", "reduced"),
        ("IE", "2716", "2030-12-31", "second reduced"),
        ("IE", "2716", "2031-01-01", "reduced"),
        ("IE", "61091000", "2026-11-21", "?"),
        ("IE", "20052020", "2026-11-21", "standard"),  # crisps
        ("SE", "04061020", "2026-03-31", "reduced"),
        ("SE", "04061020", "2026-04-01", "second reduced"),
        ("SE", "04061020", "2028-01-01", "reduced"),
        ("SE", "56.10.11", "2026-04-01", "reduced"),
        ("SE", "95.29.12", "2023-03-31", "second reduced"),
        ("SE", "95.29.12", "2023-04-01", "reduced"),
        ("SE", "95.29.12", "2026-11-21", "reduced"),
        ("SI", "20098979", "2024-12-31", "reduced"),
        ("SI", "20098979", "2026-11-21", "?"),
        ("PT", "10063098", "2023-04-17", "second reduced"),  # rice
        ("PT", "10063098", "2023-04-18", "?"),
        ("PT", "10063098", "2024-01-05", "second reduced"),
        ("PT", "56.10.11", "2016-06-30", None),
        ("PT", "59.14.10", "2018-12-31", "reduced"),
        ("PT", "59.14.10", "2019-01-01", "second reduced"),
        ("PT", "56.10.11", "2016-07-01", "reduced"),
        ("PT", "55.10.10", "2026-11-21", "second reduced"),
        ("LU", "27160000", "2026-11-21", "reduced"),
        ("LU", "34025010", "2026-11-21", "parking"),  # washing powder
        ("LU", "97012100", "2024-12-31", "?"),
        ("LU", "97012100", "2025-01-01", "reduced"),
        ("LU", "55.10.10", "2026-11-21", "super reduced"),
        ("RO", "04061020", "2015-05-31", None),
        ("RO", "04061020", "2026-11-21", "reduced"),
        ("RO", "18063100", "2023-12-31", "reduced"),  # chocolate
        ("RO", "18063100", "2024-01-01", None),
        ("RO", "22021000", "2026-11-21", None),
        ("RO", "55.10.10", "2022-12-31", "second reduced"),
        ("RO", "55.10.10", "2023-01-01", "reduced"),
        ("RO", "59.14.10", "2025-07-31", "reduced"),
        ("RO", "59.14.10", "2025-08-01", None),
        ("SK", "02031110", "2024-12-31", "reduced"),  # fresh pork
        ("SK", "02031110", "2025-01-01", "second reduced"),
        ("SK", "02032110", "2025-01-01", "reduced"),  # frozen
        ("SK", "18063100", "2025-12-31", "reduced"),
        ("SK", "18063100", "2026-01-01", "standard"),
        ("SK", "27160000", "2024-12-31", None),
        ("SK", "27160000", "2025-01-01", "reduced"),
        ("LT", "49019900", "2025-12-31", "reduced"),
        ("LT", "49019900", "2026-01-01", "second reduced"),
        ("LT", "55.10.10", "2026-01-01", "reduced"),
        ("LT", "56.10.11", "2023-12-31", "reduced"),
        ("LT", "56.10.11", "2024-01-01", None),
        ("LV", "19059030", "2026-06-30", None),
        ("LV", "19059030", "2026-07-01", "reduced"),
        ("LV", "19059030", "2027-07-01", None),
        ("LV", "08081080", "2023-12-31", "second reduced"),  # apples
        ("LV", "08081080", "2024-01-01", "reduced"),
        ("MT", "04061020", "2026-11-21", "zero"),
        ("MT", "18063100", "2026-11-21", "second reduced"),
        ("MT", "55.10.10", "2010-12-31", "second reduced"),
        ("MT", "55.10.10", "2011-01-01", "reduced"),
    ],
)
def test_a_code_bears_the_rate_of_its_day(
    country: str, code: str, day: str, rate: str | None
) -> None:
    """`?`: a fact is asked for; None: nothing names the code, it bears the standard rate."""
    found = decides(SYSTEMS[country].lower_rates, code, datetime.date.fromisoformat(day))
    assert found is None or isinstance(found, LowerRate)
    assert (found and ("?" if found.asks else found.rate)) == rate


@pytest.mark.parametrize(
    ("country", "code", "day", "charged"),
    [
        ("IT", "43.21.10", "2026-11-21", "yes"),
        ("IT", "74081100", "2026-11-21", "yes"),
        ("IT", "74081900", "2026-11-21", "no"),
        ("IT", "43.91.11", "2026-11-21", "asks"),
        ("IT", "81.21.10", "2014-12-31", "no"),
        ("IT", "81.21.10", "2015-01-01", "yes"),
        ("NL", "85171300", "2026-11-21", "yes"),
        ("NL", "43.91.11", "2026-11-21", "asks"),
        ("PL", "72044910", "2019-10-31", "yes"),
        ("PL", "72044910", "2019-11-01", "no"),
        ("PL", "2716", "2026-11-21", "asks"),
        ("SI", "43.91.11", "2026-11-21", "yes"),
        ("IE", "43.91.11", "2026-11-21", "asks"),
        ("SE", "43.91.11", "2026-11-21", "asks"),
        ("SE", "85171300", "2021-03-31", "no"),
        ("SE", "85171300", "2021-04-01", "yes"),
        ("PT", "43.91.11", "2026-11-21", "yes"),
        ("LU", "84713000", "2023-12-31", "no"),
        ("LU", "84713000", "2024-01-01", "yes"),
        ("RO", "44032100", "2026-11-21", "yes"),  # wood
        ("RO", "10019900", "2027-01-01", "no"),
        ("SK", "43.91.11", "2015-12-31", "no"),
        ("SK", "43.91.11", "2016-01-01", "yes"),
        ("LT", "43.91.11", "2015-07-01", "yes"),
        ("LT", "84717050", "2022-03-01", "no"),
        ("LV", "43.91.11", "2026-11-21", "yes"),
        ("LV", "10019900", "2026-11-21", "yes"),
        ("LV", "84501111", "2020-01-01", "no"),
        ("MT", "27160000", "2026-11-21", "asks"),
    ],
)
def test_the_customer_owes_the_vat_of_what_the_law_lists(
    country: str, code: str, day: str, charged: str
) -> None:
    found = decides(SYSTEMS[country].reverse_charges, code, datetime.date.fromisoformat(day))
    assert ("no" if found is None else "asks" if found.asks else "yes") == charged


@pytest.mark.parametrize(
    ("country", "day", "amount", "currency"),
    [
        ("IT", "2022-12-31", "65000", "EUR"),
        ("IT", "2023-01-01", "85000", "EUR"),
        ("NL", "2026-11-21", "20000", "EUR"),
        ("PL", "2025-12-31", "200000", "PLN"),
        ("PL", "2026-01-01", "240000", "PLN"),
        ("SI", "2025-01-01", "60000", "EUR"),
        ("SE", "2024-12-31", "80000", "SEK"),
        ("SE", "2025-01-01", "120000", "SEK"),
        ("PT", "2026-11-21", "15000", "EUR"),
        ("LU", "2025-01-01", "50000", "EUR"),
        ("RO", "2025-08-31", "300000", "RON"),
        ("RO", "2025-09-01", "395000", "RON"),
        ("SK", "2024-12-31", "49790", "EUR"),
        ("SK", "2025-01-01", "50000", "EUR"),
        ("LT", "2026-11-21", "45000", "EUR"),
        ("LV", "2023-12-31", "40000", "EUR"),
        ("LV", "2024-01-01", "50000", "EUR"),
        ("MT", "2025-01-01", "35000", "EUR"),
    ],
)
def test_small_businesses_are_exempt_up_to_the_amount_of_the_day(
    country: str, day: str, amount: str, currency: str
) -> None:
    [threshold] = [
        one
        for one in SYSTEMS[country].thresholds
        if one.kind == "small_business" and one.holds_on(datetime.date.fromisoformat(day))
    ]
    assert (str(threshold.amount), threshold.currency) == (amount, currency)


@pytest.mark.parametrize(
    ("country", "code", "day", "minimum"),
    [
        ("NL", "85171300", "2026-11-21", "10000"),
        ("SE", "85171300", "2026-11-21", "100000"),
        ("LU", "85171300", "2026-11-21", "10000"),
        ("RO", "85171300", "2026-11-21", "22500"),
        ("SK", "85171300", "2026-11-21", "5000"),
        ("SK", "72081000", "2017-12-31", "5000"),
        ("SK", "72081000", "2018-01-01", None),
        ("LT", "85171300", "2026-11-21", None),
    ],
)
def test_some_charges_begin_at_an_amount(
    country: str, code: str, day: str, minimum: str | None
) -> None:
    found = decides(SYSTEMS[country].reverse_charges, code, datetime.date.fromisoformat(day))
    assert isinstance(found, ReverseCharge)
    assert found.minimum == (None if minimum is None else Decimal(minimum))


@pytest.mark.parametrize(
    ("country", "goods", "services"),
    [
        ("IE", True, None),
        ("IT", True, True),
        ("LT", True, None),
        ("LU", False, False),
        ("LV", True, False),
        ("MT", True, None),
        ("NL", True, True),
        ("PL", True, True),
        ("PT", True, True),
        ("RO", True, True),
        ("SE", True, True),
        ("SI", True, True),
        ("SK", True, True),
    ],
)
def test_customers_of_foreign_suppliers_owe_the_vat_as_the_country_chose(
    country: str,
    *,
    goods: bool,
    services: bool | None,
) -> None:
    [rule] = SYSTEMS[country].foreign_suppliers
    assert (rule.goods, rule.services) == (goods, services)
