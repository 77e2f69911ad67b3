"""The VAT of countries outside the Union: what bears which rate, what is exempt, who owes it."""

import datetime
import re
from decimal import Decimal

import pytest

from countries.vat.system import Coded, VatSystem
from countries.vat.systems import SYSTEMS

DAY = datetime.date(2026, 11, 21)
OUTSIDE = (
    *("AE", "AL", "AU", "BA", "CH", "GB", "IS", "LI", "ME", "MK"),
    *("MX", "MY", "NO", "NZ", "RS", "SA", "SG", "TR", "UA"),
)


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
        ("TR", "62.01.11", "standard"),
        ("ME", "62.01.11", "standard"),
        ("MK", "69.10.11", "standard"),
        ("BA", "0406", "standard"),
        ("ME", "55.10.10", "second reduced"),
        ("ME", "30049000", "?"),
        ("MK", "8471", "reduced"),
        ("MK", "56.10.11", "?"),
        ("AL", "49011000", "reduced"),
        ("AE", "2709", "zero"),
        ("AE", "0406", "standard"),
        ("SA", "30049000", "?"),
        ("SG", "0406", "standard"),
        ("AU", "0406", "zero"),
        ("AU", "1704", "standard"),
        ("AU", "85.31.11", "zero"),
        ("NZ", "0406", "standard"),
        ("MX", "0406", "zero"),
        ("MX", "2009", "standard"),
        ("MX", "30049000", "zero"),
        ("MX", "23091090", "standard"),
        ("MY", "8471", "?"),
        ("MY", "30049000", "zero"),
        ("MY", "62.01.11", "standard"),
        ("MY", "56.10.11", "reduced"),
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
        ("ME", "55.10.10", "2024-12-31", "reduced"),
        ("AL", "49011000", "2018-12-31", "standard"),
        ("MY", "56.10.11", "2024-02-29", "standard"),
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
        ("TR", "62.01", False),
        ("TR", "65.12", True),
        ("BA", "85.31", True),
        ("ME", "86.21", True),
        ("MK", "64.19", True),
        ("AL", "30049000", True),
        ("AE", "49.32", True),
        ("AE", "86.21", False),
        ("SA", "68.10.11", True),
        ("SA", "86.21", False),
        ("SG", "65.11", True),
        ("SG", "85.31", False),
        ("AU", "68.20.11", True),
        ("AU", "86.21", False),
        ("NZ", "65.11", True),
        ("NZ", "85.31", False),
        ("MX", "68.20.11", True),
        ("MX", "62.01", False),
        ("MY", "68.20.11", True),
        ("MY", "85.31", False),
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
        ("MK", "43.21", None, False),
        ("MK", "7204", None, False),
        ("AE", "7204", None, True),
        ("AE", "7106", None, True),
        ("SG", "851713", "10000.01", True),
        ("AU", "7108", None, True),
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
        ("ME", "12345678", True),
        ("MK", "MK4030001234567", True),
        ("AL", "J12345678A", True),
        ("AE", "100123456700003", True),
        ("AE", "200123456700003", False),
        ("SA", "300123456700003", True),
        ("SA", "300123456700004", False),
        ("SG", "M2-1234567-8", True),
        ("SG", "200012345A", True),
        ("AU", "12345678901", True),
        ("NZ", "123456789", True),
        ("MX", "EKU9003173C9", True),
        ("MX", "EKU900317", False),
        ("MY", "W10-1808-32000001", True),
    ],
)
def test_numbers_have_the_form_of_their_country(country: str, number: str, *, valid: bool) -> None:
    identifier = SYSTEMS[country].identifier
    assert (re.fullmatch(identifier.pattern, number) is not None) is valid
    assert number.startswith(identifier.prefix)


@pytest.mark.parametrize("country", OUTSIDE)
def test_article_194_is_the_unions(country: str) -> None:
    assert SYSTEMS[country].foreign_suppliers == ()
    assert all(one.vatex is None for one in SYSTEMS[country].exemptions)


@pytest.mark.parametrize(
    ("country", "code", "day", "owed"),
    [
        ("AE", "7204", "2026-01-13", False),
        ("AE", "7204", "2026-01-14", True),
        ("AE", "7106", "2025-02-25", False),
        ("AE", "7106", "2025-02-26", True),
        ("GB", "43.21", "2021-02-28", False),
        ("GB", "43.21", "2021-03-01", True),
        ("RS", "43.21", "2012-12-31", False),
        ("RS", "43.21", "2013-01-01", True),
        ("SG", "851713", "2018-12-31", False),
    ],
)
def test_reverse_charges_began_when_the_law_says(
    country: str, code: str, day: str, *, owed: bool
) -> None:
    found = coded(SYSTEMS[country].reverse_charges, code, datetime.date.fromisoformat(day))
    assert (found is not None) is owed


def test_where_the_law_is_not_known_by_codes_nothing_is_taken_for_standard() -> None:
    unknown = {code for code in OUTSIDE if not SYSTEMS[code].codes_declared}
    assert unknown == {"ME", "MK", "MY", "TR"}
