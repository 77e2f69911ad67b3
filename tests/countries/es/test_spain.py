import itertools
from datetime import date, timedelta
from typing import ClassVar

from typing_extensions import override

from countries.base import Basis, CorrectionMethod, Country, Flow, Subject
from countries.corrections import Voiding
from countries.registry import country
from formats.en16931.party import Seller
from formats.findings import Flag
from tests.countries.common import CountrySuite
from tests.formats.samples import invoice

ES = country("ES")


class TestSpain(CountrySuite):
    code = "ES"
    samples: ClassVar = {"NIF": (("B12345674", "ESB12345674", "89890001K"), ("B12345675", "1"))}
    rates: ClassVar = {
        "2012-08-31": {"standard": "18", "reduced": "8", "super reduced": "4"},
        "2012-09-01": {"standard": "21", "reduced": "10", "super reduced": "4"},
        "2024-11-01": {
            "standard": "21",
            "reduced": "10",
            "super reduced": "4",
            "temporary": "7.5",
            "temporary super reduced": "2",
        },
        "2026-11-22": {"standard": "21", "reduced": "10", "super reduced": "4"},
    }

    @override
    def test_rates_of_one_name_do_not_overlap_and_leave_no_gap(self, country: Country) -> None:
        """Rates that were there for a time have ended, all others have not."""
        for name in {rate.name for rate in country.rates}:
            rates = sorted(
                (one for one in country.rates if one.name == name), key=lambda one: one.since
            )
            for earlier, later in itertools.pairwise(rates):
                assert earlier.until is not None
                assert later.since - earlier.until == timedelta(days=1)
            assert (rates[-1].until is not None) == name.startswith("temporary")


def test_public_bodies_take_facturae_since_2015() -> None:
    assert ES.mandates_on(date(2015, 1, 14), Flow.B2G) == ()
    (mandate,) = ES.mandates_on(date(2015, 1, 15), Flow.B2G)
    assert mandate.profiles == ("facturae-3-2-2",)


def test_documents_stay_six_years() -> None:
    issued = date(2026, 3, 1)
    about = frozenset[Subject](), frozenset({Subject.IMMOVABLE_PROPERTY})
    kept = [ES.kept(Basis(issued=issued, subjects=one), issued).until for one in about]
    assert kept == [date(2032, 12, 31), date(2041, 12, 31)]


def test_what_was_issued_is_rectified() -> None:
    found = ES.corrections_on(date(2026, 11, 22))
    assert found is not None
    assert found.voiding is Voiding.NEVER
    assert set(found.methods) == set(CorrectionMethod)


def test_the_vat_number_is_the_electronic_address() -> None:
    address = ES.electronic_address(Seller(vat_identifier="ESB12345674"))
    assert address is not None
    assert (address.scheme_identifier, address.value) == ("9920", "ESB12345674")


def test_a_nif_with_a_wrong_control_character_is_a_warning() -> None:
    good = invoice(seller={"name": "A", "vat_identifier": "ESB12345674"})
    wrong = invoice(seller={"name": "A", "vat_identifier": "ESB12345675"})
    assert ES.check(good) == ()
    [finding] = ES.check(wrong)
    assert (finding.rule, finding.flag) == ("ES-12", Flag.WARNING)
    assert (finding.pointer, finding.term) == ("/seller/vat_identifier", "BT-31")
