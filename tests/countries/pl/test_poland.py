from datetime import date
from typing import ClassVar

from countries.base import CorrectionMethod, Duty, Flow
from countries.corrections import Voiding
from countries.registry import country
from formats.en16931.party import Seller
from formats.findings import Flag
from tests.countries.common import CountrySuite
from tests.formats.samples import invoice

PL = country("PL")


class TestPoland(CountrySuite):
    code = "PL"
    samples: ClassVar = {
        "NIP": (("5265877635", "526-587-76-35"), ("5265877636", "526587763")),
        "REGON": (("192598184",), ("192598183",)),
    }
    rates: ClassVar = {
        "2010-12-31": {
            "standard": "22",
            "reduced": "7",
            "second reduced": "3",
            "zero": "0",
        },
        "2026-11-22": {
            "standard": "23",
            "reduced": "8",
            "second reduced": "5",
            "zero": "0",
        },
    }


def test_the_large_ones_issue_by_ksef_first_and_then_all() -> None:
    def bound(day: date) -> list[Duty]:
        return [one.duty for one in PL.mandates_on(day, Flow.B2B)]

    assert bound(date(2026, 1, 31)) == []
    assert sorted(bound(date(2026, 2, 1))) == [Duty.ISSUE, Duty.RECEIVE]
    assert sorted(bound(date(2026, 4, 1))) == [Duty.ISSUE, Duty.ISSUE, Duty.RECEIVE]


def test_only_what_ksef_refused_is_void() -> None:
    found = PL.corrections_on(date(2026, 11, 22))
    assert found is not None
    assert (found.voiding, found.corrective_code) == (Voiding.REFUSED, "384")
    assert CorrectionMethod.CREDIT_NOTE in found.methods


def test_the_vat_number_is_the_electronic_address() -> None:
    address = PL.electronic_address(Seller(vat_identifier="PL5265877635"))
    assert address is not None
    assert (address.scheme_identifier, address.value) == ("9945", "PL5265877635")


def test_a_nip_with_a_wrong_check_digit_is_a_warning() -> None:
    good = invoice(seller={"name": "A", "vat_identifier": "PL5265877635"})
    wrong = invoice(seller={"name": "A", "vat_identifier": "PL5265877636"})
    assert PL.check(good) == ()
    [finding] = PL.check(wrong)
    assert (finding.rule, finding.flag) == ("PL-01", Flag.WARNING)
    assert (finding.pointer, finding.term) == ("/seller/vat_identifier", "BT-31")
