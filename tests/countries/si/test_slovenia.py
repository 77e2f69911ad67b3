from datetime import date
from typing import ClassVar

from countries.base import Basis, Flow, Subject
from countries.registry import country
from formats.en16931.party import Seller
from formats.findings import Flag
from tests.countries.common import CountrySuite
from tests.formats.samples import invoice

SI = country("SI")


class TestSlovenia(CountrySuite):
    code = "SI"
    samples: ClassVar = {
        "ID za DDV": (("SI 5022 3054", "SI50223054"), ("SI50223055", "SI05022305")),
        "matična številka": (("9331310000",), ("9331320000",)),
    }
    rates: ClassVar = {
        "2013-06-30": {"standard": "20", "reduced": "8.5"},
        "2013-07-01": {"standard": "22", "reduced": "9.5"},
        "2019-12-31": {"standard": "22", "reduced": "9.5"},
        "2020-01-01": {"standard": "22", "reduced": "9.5", "second reduced": "5"},
    }


def test_documents_stay_ten_years_and_twenty_for_land_and_buildings() -> None:
    issued = date(2026, 1, 1)
    about = frozenset[Subject](), frozenset({Subject.IMMOVABLE_PROPERTY})
    kept = [SI.kept(Basis(issued=issued, subjects=one), issued).until for one in about]
    assert kept == [date(2036, 12, 31), date(2046, 12, 31)]


def test_businesses_must_send_each_other_structured_invoices_from_2028() -> None:
    assert SI.mandates_on(date(2027, 12, 31), Flow.B2B) == ()
    assert len(SI.mandates_on(date(2028, 1, 1), Flow.B2B)) == 1


def test_the_vat_number_is_the_electronic_address() -> None:
    address = SI.electronic_address(Seller(vat_identifier="SI50223054"))
    assert address is not None
    assert (address.scheme_identifier, address.value) == ("9949", "SI50223054")


def test_an_id_za_ddv_with_a_wrong_check_digit_is_refused() -> None:
    good = invoice(seller={"name": "A", "vat_identifier": "SI50223054"})
    wrong = invoice(seller={"name": "A", "vat_identifier": "SI50223055"})
    assert SI.check(good) == ()
    [finding] = SI.check(wrong)
    assert (finding.rule, finding.flag) == ("SI-01", Flag.FATAL)
    assert (finding.pointer, finding.term) == ("/seller/vat_identifier", "BT-31")
