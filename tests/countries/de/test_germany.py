from datetime import date
from typing import ClassVar

import pytest

from countries.base import Basis, Duty, Flow, RecordKind
from countries.registry import country
from formats.en16931.party import Seller
from tests.countries.common import CountrySuite
from tests.formats.samples import invoice

DE = country("DE")


class TestGermany(CountrySuite):
    code = "DE"
    samples: ClassVar = {
        "USt-IdNr.": (("DE 136,695 976", "DE136695976"), ("DE136695978", "DE13669597")),
        "Steuernummer": ((" 181/815/0815 5", "4151081508156"), ("136695978", "415108150")),
        "Handelsregisternummer": (("Aachen HRA 11223",), ("Aachen HRC 44123", "HRA 11223")),
        "Leitweg-ID": (("991-03730-19",), ("991-03730-18", "1-03730-19")),
    }
    rates: ClassVar = {
        "2006-12-31": {"standard": "16", "reduced": "7"},
        "2007-01-01": {"standard": "19", "reduced": "7"},
        "2020-06-30": {"standard": "19", "reduced": "7"},
        "2020-07-01": {"standard": "16", "reduced": "5"},
        "2020-12-31": {"standard": "16", "reduced": "5"},
        "2021-01-01": {"standard": "19", "reduced": "7"},
    }


@pytest.mark.parametrize(
    ("issued", "kept"),
    [
        (date(2014, 12, 31), date(2024, 12, 31)),
        (date(2015, 1, 1), date(2023, 12, 31)),
        (date(2026, 11, 20), date(2034, 12, 31)),
    ],
)
def test_documents_whose_ten_years_ran_in_2025_stay_eight(issued: date, kept: date) -> None:
    assert DE.kept(Basis(issued=issued), date(2026, 11, 20)).until == kept


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (date(2024, 12, 31), date(2026, 12, 31)),
        (date(2025, 1, 1), date(2024, 12, 31)),
    ],
)
def test_on_its_first_day_the_law_of_2025_ended_what_it_covers(asked: date, kept: date) -> None:
    assert DE.kept(Basis(issued=date(2016, 5, 1)), asked).until == kept


def test_offers_and_orders_stay_six_years() -> None:
    letter = Basis(issued=date(2026, 5, 1), kinds=frozenset({RecordKind.BUSINESS_LETTER}))
    assert DE.kept(letter, date(2026, 5, 1)).until == date(2032, 12, 31)


def test_structured_invoices_between_businesses_come_in_steps() -> None:
    assert DE.mandates_on(date(2024, 12, 31), Flow.B2B) == ()
    [receive] = DE.mandates_on(date(2025, 1, 1), Flow.B2B)
    assert receive.duty is Duty.RECEIVE
    assert len(DE.mandates_on(date(2027, 1, 1), Flow.B2B)) == 2
    everyone = DE.mandates_on(date(2028, 1, 1), Flow.B2B)[-1]
    assert (everyone.duty, everyone.applies_to) == (Duty.ISSUE, "")


def test_an_invoice_may_be_issued_until_six_months_after_the_supply() -> None:
    [deadline] = DE.deadlines
    assert deadline.last_day(date(2026, 8, 31)) == date(2027, 2, 28)
    assert deadline.last_day(date(2026, 6, 30)) == date(2026, 12, 30)


def test_the_vat_number_is_the_electronic_address() -> None:
    address = DE.electronic_address(Seller(vat_identifier="DE 136 695 976"))
    assert address is not None
    assert (address.scheme_identifier, address.value) == ("9930", "DE136695976")


def test_a_vat_number_with_a_wrong_check_digit_is_found() -> None:
    good = invoice(seller={"name": "A", "vat_identifier": "DE136695976"})
    wrong = invoice(seller={"name": "A", "vat_identifier": "DE136695978"})
    assert DE.check(good) == ()
    assert [finding.rule for finding in DE.check(wrong)] == ["DE-01"]


@pytest.mark.parametrize(
    ("reference", "country_code", "found"),
    [
        ("991-03730-19", "DE", []),
        ("991-03730-91", "DE", ["DE-03"]),
        ("991-03730-91", "NL", []),
        ("order of 3 May", "DE", []),
    ],
)
def test_a_mistyped_leitweg_id_is_found(
    reference: str, country_code: str, found: list[str]
) -> None:
    checked = invoice(
        buyer_reference=reference,
        buyer={"name": "B", "postal_address": {"country_code": country_code}},
    )
    assert [finding.rule for finding in DE.check(checked)] == found
