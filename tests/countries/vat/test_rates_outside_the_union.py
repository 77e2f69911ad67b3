"""The rates of countries outside the Union on the days on which they changed."""

import datetime
from decimal import Decimal

import pytest

from countries.vat.systems import SYSTEMS


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
        ("ME", "standard", "2013-06-30", "17"),
        ("ME", "standard", "2017-12-31", "19"),
        ("ME", "standard", "2018-01-01", "21"),
        ("ME", "second reduced", "2025-01-01", "15"),
        ("MK", "standard", "2026-11-21", "18"),
        ("MK", "second reduced", "2021-01-01", "10"),
        ("AL", "standard", "2026-11-21", "20"),
        ("AL", "reduced", "2017-06-01", "6"),
        ("AE", "standard", "2018-01-01", "5"),
        ("SA", "standard", "2020-06-30", "5"),
        ("SA", "standard", "2020-07-01", "15"),
        ("SG", "standard", "2022-12-31", "7"),
        ("SG", "standard", "2023-12-31", "8"),
        ("SG", "standard", "2024-01-01", "9"),
        ("AU", "standard", "2000-07-01", "10"),
        ("NZ", "standard", "2010-09-30", "12.5"),
        ("NZ", "standard", "2010-10-01", "15"),
        ("MX", "standard", "2009-12-31", "15"),
        ("MX", "standard", "2010-01-01", "16"),
        ("MX", "border", "2013-12-31", "11"),
        ("MY", "standard", "2018-05-31", "6"),
        ("MY", "standard", "2018-06-01", "0"),
        ("MY", "standard", "2024-02-29", "6"),
        ("MY", "standard", "2024-03-01", "8"),
        ("MY", "reduced", "2024-03-01", "6"),
        ("MY", "sales tax", "2018-09-01", "10"),
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
        ("MX", "border", "2014-01-01"),
    ],
)
def test_rates_end(country: str, name: str, day: str) -> None:
    assert SYSTEMS[country].rate(name, datetime.date.fromisoformat(day)) is None
