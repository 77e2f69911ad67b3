"""The day at the seat of an entity: where its country has several zones, by its post code."""

import datetime

import pytest

from countries.registry import COUNTRIES
from formats.en16931.party import Seller, SellerPostalAddress
from gateway.documents.issue import today_of
from gateway.documents.seat import Seat
from gateway.kit.ids import new_id
from gateway.tenants.repository import EntityRow
from gateway.tenants.service import zone_of

NEW_YEAR = datetime.datetime(2026, 12, 31, 23, 30, tzinfo=datetime.UTC)
SUMMER = datetime.datetime(2026, 7, 1, 22, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("country", "post_code", "new_year", "summer"),
    [
        ("ES", "35001", "2026-12-31", "2026-07-01"),
        ("ES", " 38640", "2026-12-31", "2026-07-01"),
        ("ES", "28001", "2027-01-01", "2026-07-02"),
        ("ES", None, "2027-01-01", "2026-07-02"),
        ("HR", "35000", "2027-01-01", "2026-07-02"),
    ],
)
def test_the_day_is_that_of_the_place(
    country: str, post_code: str | None, new_year: str, summer: str
) -> None:
    address = SellerPostalAddress(post_code=post_code)
    seat = Seat(Seller(postal_address=address), COUNTRIES[country], country, None)
    row = EntityRow(
        account_id=new_id(),
        id=new_id(),
        environment="sandbox",
        name="x",
        country_code=country,
        seller={"postal_address": {"post_code": post_code}},
        settings={},
        metadata={},
        created_at=SUMMER,
        updated_at=SUMMER,
    )
    for moment, day in ((NEW_YEAR, new_year), (SUMMER, summer)):
        assert today_of(seat, moment).isoformat() == day
        assert moment.astimezone(zone_of(row)).date().isoformat() == day


def test_who_has_no_address_is_where_his_country_is() -> None:
    assert today_of(Seat(Seller(), COUNTRIES["ES"], "ES", None), NEW_YEAR).year == 2027
    assert today_of(Seat(Seller(), None, "XX", None), NEW_YEAR).year == 2026
