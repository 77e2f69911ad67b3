from datetime import date
from typing import ClassVar

from countries.base import CorrectionMethod, Duty, Flow
from countries.corrections import Voiding
from countries.registry import country
from formats.en16931.party import Seller
from formats.findings import Flag
from tests.countries.common import CountrySuite
from tests.formats.samples import invoice

HR = country("HR")


class TestCroatia(CountrySuite):
    code = "HR"
    samples: ClassVar = {
        "OIB": (("79517545745", "HR 79517545745"), ("79517545746", "7951754574")),
    }
    returned: ClassVar = frozenset({"zero"})
    rates: ClassVar = {
        "2012-02-29": {"standard": "23", "reduced": "10", "zero": "0"},
        "2013-12-31": {"standard": "25", "reduced": "10", "second reduced": "5"},
        "2026-11-22": {"standard": "25", "reduced": "13", "second reduced": "5", "zero": "0"},
    }


def test_businesses_send_each_other_structured_invoices_in_two_steps() -> None:
    def bound(day: date) -> list[Duty]:
        return sorted(one.duty for one in HR.mandates_on(day, Flow.B2B))

    assert bound(date(2025, 12, 31)) == []
    assert bound(date(2026, 1, 1)) == [Duty.ISSUE, Duty.RECEIVE]
    assert bound(date(2027, 1, 1)) == [Duty.ISSUE, Duty.ISSUE, Duty.RECEIVE]


def test_consumers_invoices_are_told_to_cis() -> None:
    assert [one.channel for one in HR.mandates_on(date(2026, 11, 22), Flow.B2C)] == ["hr-cis"]
    assert HR.mandates_on(date(2012, 12, 31), Flow.B2C) == ()


def test_what_was_told_is_corrected_and_never_void() -> None:
    found = HR.corrections_on(date(2026, 11, 22))
    assert found is not None
    assert found.voiding is Voiding.NEVER
    assert found.methods == (CorrectionMethod.CREDIT_NOTE,)


def test_the_oib_is_the_electronic_address() -> None:
    address = HR.electronic_address(Seller(vat_identifier="HR79517545745"))
    assert address is not None
    assert (address.scheme_identifier, address.value) == ("9934", "79517545745")


def test_an_oib_with_a_wrong_check_digit_is_a_warning() -> None:
    good = invoice(seller={"name": "A", "vat_identifier": "HR79517545745"})
    wrong = invoice(seller={"name": "A", "vat_identifier": "HR79517545746"})
    assert HR.check(good) == ()
    [finding] = HR.check(wrong)
    assert (finding.rule, finding.flag) == ("HR-01", Flag.WARNING)
    assert (finding.pointer, finding.term) == ("/seller/vat_identifier", "BT-31")


def test_the_findings_of_cash_invoices_are_among_the_rules() -> None:
    assert {f"HR-0{number}" for number in range(1, 10)} == set(HR.rules)
