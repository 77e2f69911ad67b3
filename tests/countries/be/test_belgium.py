from collections.abc import Mapping
from datetime import date
from typing import ClassVar

import pytest

from countries.base import Basis
from countries.registry import country
from formats.en16931.party import Seller
from tests.countries.common import CountrySuite
from tests.formats.samples import invoice

BE = country("BE")
LOWER = {"second reduced": "12", "reduced": "6", "parking": "12", "zero": "0"}


class TestBelgium(CountrySuite):
    code = "BE"
    samples: ClassVar = {
        "BTW-nummer / numéro de TVA": (
            ("BE 428759497", "BE0428759497", "BE0403019261"),
            ("BE431150351", "BE0123456780"),
        ),
        "ondernemingsnummer / numéro d'entreprise": (
            ("0403019261", "0428.759.497"),
            ("0403019262",),
        ),
    }
    rates: ClassVar = {
        "1995-12-31": {"standard": "20.5", **LOWER},
        "1996-01-01": {"standard": "21", **LOWER},
        "2026-11-20": {"standard": "21", **LOWER},
    }


@pytest.mark.parametrize(
    ("issued", "kept"),
    [
        (date(2022, 12, 31), date(2029, 12, 31)),
        (date(2023, 1, 1), date(2033, 12, 31)),
        (date(2026, 11, 20), date(2036, 12, 31)),
    ],
)
def test_documents_stay_ten_years_since_the_law_of_2022(issued: date, kept: date) -> None:
    assert BE.kept(Basis(issued=issued), date(2026, 11, 20)).until == kept


@pytest.mark.parametrize(
    "seller",
    [
        {"vat_identifier": "BE0428759497"},
        {"legal_registration_identifier": "0428.759.497"},
        {"legal_registration_identifier": {"value": "0428759497", "scheme_identifier": "0208"}},
    ],
)
def test_the_enterprise_number_is_the_electronic_address(seller: dict[str, object]) -> None:
    address = BE.electronic_address(Seller.model_validate(seller))
    assert address is not None
    assert (address.scheme_identifier, address.value) == ("0208", "0428759497")


@pytest.mark.parametrize(
    "seller",
    [
        {},
        {"vat_identifier": "BE0428759498"},
        {"legal_registration_identifier": {"value": "0428759497", "scheme_identifier": "0088"}},
    ],
)
def test_a_wrong_number_makes_no_address(seller: dict[str, object]) -> None:
    assert BE.electronic_address(Seller.model_validate(seller)) is None


def _rules(seller: Mapping[str, object]) -> list[str]:
    return [finding.rule for finding in BE.check(invoice(seller={"name": "A", **seller}))]


def test_a_vat_number_with_wrong_check_digits_is_found() -> None:
    assert _rules({"vat_identifier": "BE0428759497"}) == []
    assert _rules({"vat_identifier": "BE0428759498"}) == ["BE-01"]


def test_vat_number_and_enterprise_number_are_one_number() -> None:
    registration = {"value": "0403019261", "scheme_identifier": "0208"}
    same = {"vat_identifier": "BE 0403.019.261", "legal_registration_identifier": registration}
    other = {"vat_identifier": "BE0428759497", "legal_registration_identifier": registration}
    gln = {"value": "7300010000001", "scheme_identifier": "0088"}
    assert _rules(same) == []
    assert _rules(other) == ["BE-03"]
    assert _rules(other | {"legal_registration_identifier": gln}) == []
