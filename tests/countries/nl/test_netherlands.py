from datetime import date
from typing import ClassVar

import pytest

from countries.base import Basis
from countries.registry import country
from formats.en16931.party import Seller
from tests.countries.common import CountrySuite
from tests.formats.samples import invoice

NL = country("NL")


class TestNetherlands(CountrySuite):
    code = "NL"
    samples: ClassVar = {
        "btw-id": (
            ("NL4495445B01", "NL004495445B01", "NL002455799B11"),
            ("NL123456789B90", "NL123456789"),
        ),
        "KvK-nummer": (("32081330", "3208 1330"), ("3208133", "320813300", "3208133A")),
        "OIN": (
            ("00000001003214345000",),
            ("0000000100321434500", "10000001003214345000"),
        ),
    }
    rates: ClassVar = {
        "2012-09-30": {"standard": "19", "reduced": "6"},
        "2012-10-01": {"standard": "21", "reduced": "6"},
        "2018-12-31": {"standard": "21", "reduced": "6"},
        "2019-01-01": {"standard": "21", "reduced": "9"},
        "2023-01-01": {"standard": "21", "reduced": "9", "zero": "0"},
    }


def test_seven_years_are_counted_from_the_end_of_the_business_year() -> None:
    def kept(issued: date, fiscal_year_end: tuple[int, int] = (12, 31)) -> date:
        return NL.kept(Basis(issued=issued, fiscal_year_end=fiscal_year_end), issued).until

    assert kept(date(2026, 4, 1)) == date(2033, 12, 31)
    assert kept(date(2026, 4, 1), (3, 31)) == date(2034, 3, 31)
    assert kept(date(2026, 3, 31), (3, 31)) == date(2033, 3, 31)
    assert kept(date(2026, 2, 1), (2, 29)) == date(2033, 2, 28)
    assert kept(date(2025, 2, 1), (2, 29)) == date(2032, 2, 29)


def test_an_invoice_is_due_on_the_fifteenth_of_the_next_month() -> None:
    [deadline] = NL.deadlines
    assert deadline.last_day(date(2026, 12, 1)) == date(2027, 1, 15)
    assert deadline.last_day(date(2026, 1, 31)) == date(2026, 2, 15)


@pytest.mark.parametrize(
    ("seller", "address"),
    [
        ({"legal_registration_identifier": "32081330"}, ("0106", "32081330")),
        (
            {
                "legal_registration_identifier": {
                    "value": "00000001003214345000",
                    "scheme_identifier": "0190",
                }
            },
            ("0190", "00000001003214345000"),
        ),
        ({"vat_identifier": "NL004495445B01"}, ("9944", "NL004495445B01")),
        (
            {"legal_registration_identifier": "1", "vat_identifier": "NL004495445B01"},
            ("9944", "NL004495445B01"),
        ),
    ],
)
def test_the_kvk_number_is_the_first_choice_of_address(
    seller: dict[str, object], address: tuple[str, str]
) -> None:
    found = NL.electronic_address(Seller.model_validate(seller))
    assert found is not None
    assert (found.scheme_identifier, found.value) == address


@pytest.mark.parametrize(
    ("seller", "rules"),
    [
        ({"vat_identifier": "NL004495445B01"}, []),
        ({"vat_identifier": "NL123456789B01"}, ["NL-01"]),
        (
            {"legal_registration_identifier": {"value": "1", "scheme_identifier": "0106"}},
            ["NL-03"],
        ),
        (
            {"legal_registration_identifier": {"value": "1", "scheme_identifier": "0190"}},
            ["NL-04"],
        ),
        ({"legal_registration_identifier": {"value": "1", "scheme_identifier": "0088"}}, []),
    ],
)
def test_numbers_that_cannot_be_right_are_found(
    seller: dict[str, object], rules: list[str]
) -> None:
    abroad = {"name": "B", "postal_address": {"country_code": "FR"}}
    found = NL.check(invoice(seller={"name": "A", **seller}, buyer=abroad))
    assert [finding.rule for finding in found] == rules
