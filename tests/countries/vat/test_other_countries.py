"""The VAT of countries outside the Union: what the law says on the days on which it changed."""

import datetime
import re
from decimal import Decimal

import pytest

from countries.vat.system import Coded, VatSystem
from countries.vat.systems import SYSTEMS

DAY = datetime.date(2026, 11, 21)


def coded(entries: tuple[Coded, ...], code: str, day: datetime.date) -> Coded | None:
    """What a declaration says of a code (CPA has dots): the longest prefix that fits."""
    found: Coded | None = None
    length = 0
    for one in entries:
        for prefix in one.cpa if "." in code else one.cn:
            if one.holds_on(day) and code.startswith(prefix) and len(prefix) > length:
                found, length = one, len(prefix)
    return found


def lower_rate(system: VatSystem, code: str, day: datetime.date) -> str:
    """The name of the rate that a code bears; `?` when a fact has to be asked for."""
    found = coded(system.lower_rates, code, day)
    if found is None:
        return "standard"
    if found.asks:
        return "?"
    return next(one.rate for one in system.lower_rates if one is found)


@pytest.mark.parametrize(
    ("country", "name", "day", "percent"),
    [
        ("GB", "standard", "2011-01-03", "17.5"),
        ("GB", "standard", "2011-01-04", "20"),
        ("GB", "second reduced", "2022-03-31", "12.5"),
        ("GB", "reduced", "2026-11-21", "5"),
        ("GB", "zero", "2026-11-21", "0"),
        ("CH", "standard", "2010-12-31", "7.6"),
        ("CH", "standard", "2017-12-31", "8"),
        ("CH", "standard", "2023-12-31", "7.7"),
        ("CH", "standard", "2024-01-01", "8.1"),
        ("CH", "reduced", "2023-12-31", "2.5"),
        ("CH", "reduced", "2024-01-01", "2.6"),
        ("CH", "second reduced", "2024-01-01", "3.8"),
        ("NO", "standard", "2026-11-21", "25"),
        ("NO", "reduced", "2011-12-31", "14"),
        ("NO", "reduced", "2026-11-21", "15"),
        ("NO", "second reduced", "2020-04-01", "6"),
        ("NO", "second reduced", "2021-10-01", "12"),
        ("IS", "standard", "2014-12-31", "25.5"),
        ("IS", "standard", "2015-01-01", "24"),
        ("IS", "reduced", "2014-12-31", "7"),
        ("IS", "reduced", "2015-01-01", "11"),
        ("LI", "standard", "2024-01-01", "8.1"),
        ("RS", "standard", "2012-09-30", "18"),
        ("RS", "standard", "2012-10-01", "20"),
        ("RS", "reduced", "2014-01-01", "10"),
        ("UA", "standard", "2026-11-21", "20"),
        ("UA", "reduced", "2021-03-01", "14"),
        ("UA", "second reduced", "2014-04-01", "7"),
        ("TR", "standard", "2023-07-09", "18"),
        ("TR", "standard", "2023-07-10", "20"),
        ("TR", "reduced", "2023-07-09", "8"),
        ("TR", "reduced", "2023-07-10", "10"),
        ("TR", "second reduced", "2026-11-21", "1"),
        ("BA", "standard", "2026-11-21", "17"),
    ],
)
def test_rates_follow_the_law_in_force(country: str, name: str, day: str, percent: str) -> None:
    rate = SYSTEMS[country].rate(name, datetime.date.fromisoformat(day))
    assert rate is not None
    assert rate.percent == Decimal(percent)


@pytest.mark.parametrize(
    ("country", "name", "day"),
    [
        ("GB", "second reduced", "2022-04-01"),
    ],
)
def test_rates_end(country: str, name: str, day: str) -> None:
    assert SYSTEMS[country].rate(name, datetime.date.fromisoformat(day)) is None


@pytest.mark.parametrize(
    ("country", "code", "rate"),
    [
        ("GB", "49019900", "zero"),
        ("GB", "58.11.30", "zero"),
        ("GB", "0406", "zero"),
        ("GB", "2203", "standard"),
        ("GB", "17049099", "standard"),
        ("GB", "1806", "?"),
        ("GB", "61091000", "?"),
        ("GB", "61119019", "zero"),
        ("GB", "49.10.11", "zero"),
        ("GB", "49.32.11", "standard"),
        ("GB", "23091090", "standard"),
        ("GB", "62.01", "standard"),
        ("CH", "2202", "reduced"),
        ("CH", "2203", "standard"),
        ("CH", "30049000", "reduced"),
        ("CH", "55.10.10", "second reduced"),
        ("CH", "56.10.11", "standard"),
        ("NO", "0406", "reduced"),
        ("NO", "2203", "standard"),
        ("NO", "36.00.11", "reduced"),
        ("NO", "55.10.10", "second reduced"),
        ("NO", "49.32.11", "second reduced"),
        ("NO", "2716", "?"),
        ("IS", "2203", "reduced"),
        ("IS", "56.10.11", "reduced"),
        ("IS", "52.21.23", "reduced"),
        ("LI", "30049000", "reduced"),
        ("RS", "30049000", "reduced"),
        ("RS", "2201", "standard"),
        ("RS", "55.10.10", "reduced"),
        ("RS", "23091090", "standard"),
        ("UA", "1001", "reduced"),
        ("UA", "30049000", "second reduced"),
        ("TR", "0406", "second reduced"),
        ("TR", "6109", "reduced"),
        ("TR", "3401", "standard"),
        ("BA", "0406", "standard"),
    ],
)
def test_codes_lead_to_their_rate(country: str, code: str, rate: str) -> None:
    assert lower_rate(SYSTEMS[country], code, DAY) == rate


@pytest.mark.parametrize(
    ("country", "code", "day", "rate"),
    [
        ("GB", "58.11.30", "2020-04-30", "standard"),
        ("GB", "55.10.10", "2021-09-30", "reduced"),
        ("GB", "55.10.10", "2022-03-31", "second reduced"),
        ("GB", "55.10.10", "2022-04-01", "standard"),
        ("NO", "36.00.11", "2025-06-30", "standard"),
        ("NO", "87038010", "2022-12-31", "zero"),
        ("NO", "87038010", "2023-01-01", "?"),
        ("IS", "2203", "2015-12-31", "standard"),
        ("UA", "1004", "2021-07-31", "reduced"),
        ("UA", "1004", "2021-08-01", "standard"),
        ("UA", "55.10.10", "2020-12-31", "standard"),
        ("TR", "0406", "2022-02-13", "?"),
        ("TR", "3401", "2023-07-09", "reduced"),
    ],
)
def test_codes_led_to_another_rate_then(country: str, code: str, day: str, rate: str) -> None:
    assert lower_rate(SYSTEMS[country], code, datetime.date.fromisoformat(day)) == rate


@pytest.mark.parametrize(
    ("country", "code", "exempt"),
    [
        ("GB", "65.12", True),
        ("GB", "86.21", True),
        ("GB", "62.01", False),
        ("CH", "86.21", True),
        ("CH", "64.19", True),
        ("CH", "69.10", False),
        ("NO", "90.02", True),
        ("NO", "86.21", True),
        ("NO", "62.01", False),
        ("IS", "49.32", True),
        ("IS", "69.10", False),
        ("LI", "86.21", True),
        ("RS", "64.19", True),
        ("RS", "62.01", False),
        ("UA", "65.12", True),
        ("UA", "62.01", False),
        ("TR", "86.21", False),
        ("TR", "65.12", True),
        ("BA", "85.31", True),
    ],
)
def test_each_country_has_its_own_list_of_exemptions(
    country: str, code: str, *, exempt: bool
) -> None:
    assert (coded(SYSTEMS[country].exemptions, code, DAY) is not None) is exempt


@pytest.mark.parametrize(
    ("country", "code", "minimum", "asks"),
    [
        ("GB", "851713", "5000", False),
        ("GB", "43.21", None, True),
        ("NO", "7108", None, True),
        ("RS", "43.21", "500000", False),
        ("RS", "7204", None, False),
        ("RS", "2716", None, True),
    ],
)
def test_the_customer_owes_the_tax_at_home(
    country: str, code: str, minimum: str | None, *, asks: bool
) -> None:
    system = SYSTEMS[country]
    found = coded(system.reverse_charges, code, DAY)
    assert found is not None
    assert bool(found.asks) is asks
    amount = next(one.minimum for one in system.reverse_charges if one is found)
    assert amount == (None if minimum is None else Decimal(minimum))


@pytest.mark.parametrize(
    ("country", "number", "valid"),
    [
        ("GB", "GB123456789", True),
        ("GB", "GBHA500", True),
        ("GB", "GB12345678", False),
        ("CH", "CHE-123.456.789MWST", True),
        ("CH", "CHE12345678", False),
        ("NO", "NO123456785MVA", True),
        ("NO", "NO123456785", False),
        ("IS", "IS12345", True),
        ("LI", "LI12345", True),
        ("RS", "RS123456789", True),
        ("UA", "123456789012", True),
        ("TR", "1234567890", True),
        ("BA", "123456789012", True),
    ],
)
def test_numbers_have_the_form_of_their_country(country: str, number: str, *, valid: bool) -> None:
    identifier = SYSTEMS[country].identifier
    assert (re.fullmatch(identifier.pattern, number) is not None) is valid
    assert number.startswith(identifier.prefix)


@pytest.mark.parametrize("country", ["GB", "CH", "NO", "IS", "LI", "RS", "UA", "TR", "BA"])
def test_article_194_is_the_unions(country: str) -> None:
    assert SYSTEMS[country].foreign_suppliers == ()
    assert all(one.vatex is None for one in SYSTEMS[country].exemptions)
