from typing import Any

import pytest

from countries.registry import COUNTRIES
from formats.en16931.party import Seller
from formats.findings import Flag
from gateway.compliance.issuer import (
    is_placeholder,
    missing_issuer_data,
    vat_identifier_is_valid,
)

GOOD: dict[str, Any] = {
    "name": "Kranjska pekarna d.o.o.",
    "vat_identifier": "SI27289877",
    "postal_address": {"line_1": "Mestni trg 5", "city": "Škofja Loka", "country_code": "SI"},
}
SI = COUNTRIES["SI"]


def test_a_complete_issuer_misses_nothing() -> None:
    assert missing_issuer_data(Seller.model_validate(GOOD), SI, "live") == ()


def test_all_that_is_missing_is_said_at_once() -> None:
    found = missing_issuer_data(Seller(), SI, "sandbox")
    assert [(one.rule, one.pointer, one.flag) for one in found] == [
        ("GW-30", "/seller/name", Flag.FATAL),
        ("GW-30", "/seller/postal_address/line_1", Flag.FATAL),
        ("GW-30", "/seller/postal_address/city", Flag.FATAL),
        ("GW-30", "/seller/vat_identifier", Flag.FATAL),
    ]
    assert all(one.fix for one in found)


def test_a_tax_registration_does_where_there_is_no_vat_identifier() -> None:
    seller = {**GOOD, "vat_identifier": None, "tax_registration_identifier": "27289877"}
    assert missing_issuer_data(Seller.model_validate(seller), SI, "live") == ()


def test_what_vat_does_not_concern_needs_no_tax_number() -> None:
    seller = Seller.model_validate({**GOOD, "vat_identifier": None})
    assert [one.term for one in missing_issuer_data(seller, SI, "live")] == ["BT-31"]
    assert missing_issuer_data(seller, SI, "live", taxed=False) == ()


@pytest.mark.parametrize(
    ("environment", "flag"), [("live", Flag.FATAL), ("sandbox", Flag.WARNING)]
)
def test_live_refuses_what_only_fills_a_place(environment: Any, flag: Flag) -> None:  # noqa: ANN401
    seller = Seller.model_validate({**GOOD, "name": "Your Company"})
    found = missing_issuer_data(seller, SI, environment)
    assert [(one.rule, one.pointer, one.flag) for one in found] == [
        ("GW-31", "/seller/name", flag)
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("Test", " your  COMPANY ", "Lorem ipsum dolor", "N/A", "-", "XXX", "Musterfirma AG"),
        *("00000", "DE123456789", "SI12345678", "tbd", "Max Mustermann"),
    ],
)
def test_placeholders_are_known(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Testa Rossa d.o.o.", "X AG", "Lorem & Sons", "Muster Metall GmbH", "SI27289877"),
        *("1000", "Examples of Art Ltd", "AA Taxi", "Todor Todorov"),
    ],
)
def test_names_that_look_odd_are_names(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("SI27289877", True),
        ("SI27289878", False),
        ("DE129261942", True),
        ("DE129261943", False),
        ("EL094259216", True),
        ("CHE123456788", True),  # no check is known here
    ],
)
def test_a_vat_identifier_is_checked_by_its_own_country(number: str, good: bool) -> None:  # noqa: FBT001
    assert vat_identifier_is_valid(number, SI) is good
