from dataclasses import replace
from datetime import date

import pytest

from countries.base import Address, Deadline, NumberKind
from countries.registry import country
from formats.en16931.party import Seller
from tests.formats.samples import invoice

SI = country("SI")
PLAIN = {
    field: getattr(SI, field)
    for field in ("code", "name", "native_name", "currency", "timezone", "rates", "identifiers")
} | {"addresses": (), "mandates": (), "retention": SI.retention}


def test_a_country_without_rules_of_its_own_finds_nothing() -> None:
    wrong = invoice(seller={"name": "A", "vat_identifier": "SI50223055"})
    assert type(SI)(**PLAIN).check(wrong) == ()
    assert SI.check(wrong) != ()


def test_a_number_that_no_seller_carries_makes_no_address() -> None:
    routed = replace(SI, addresses=(Address(scheme="0204", kind=NumberKind.ROUTING),))
    assert routed.electronic_address(Seller(vat_identifier="SI50223054")) is None


def test_an_undeclared_number_is_none() -> None:
    assert SI.identifier(NumberKind.ROUTING) is None
    assert SI.identifier(NumberKind.VAT, "9930") is None
    assert SI.identifier(NumberKind.VAT, "9949") is not None


@pytest.mark.parametrize(
    ("months", "day", "supplied", "last"),
    [
        (1, 15, date(2026, 1, 1), date(2026, 2, 15)),
        (1, 15, date(2026, 12, 31), date(2027, 1, 15)),
        (1, None, date(2026, 1, 31), date(2026, 2, 28)),
        (1, None, date(2028, 1, 31), date(2028, 2, 29)),
        (12, None, date(2028, 2, 29), date(2029, 2, 28)),
        (0, 31, date(2026, 4, 2), date(2026, 4, 30)),
    ],
)
def test_a_deadline_never_leaves_its_month(
    months: int, day: int | None, supplied: date, last: date
) -> None:
    deadline = Deadline(months=months, day=day, source=SI.retention[0].source)
    assert deadline.last_day(supplied) == last
