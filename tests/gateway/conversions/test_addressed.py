"""A body without electronic address gets the one its seller would have over the API."""

import datetime
import json
from typing import Any

from formats.conversion import read
from formats.registry import PROFILES
from gateway.conversions.service import addressed, surroundings
from tests.formats.samples import invoice

AROUND = surroundings(datetime.date(2026, 11, 21))
SELLER: dict[str, Any] = {
    "name": "Kranjska pekarna d.o.o.",
    "vat_id": "SI27289877",
    "country_code": "SI",
}


def _address(seller: dict[str, Any], target: str) -> str | None:
    body = {"seller": seller, "customer": {"country_code": "SI"}, "items": []}
    reading = addressed(read(json.dumps(body).encode(), AROUND), PROFILES[target])
    found = reading.invoice.seller.electronic_address
    return None if found is None else f"{found.scheme_identifier}:{found.value}"


def test_peppol_needs_an_address_and_the_vat_number_is_one() -> None:
    assert _address(SELLER, "peppol-bis-3") == "9949:SI27289877"


def test_plain_en16931_needs_none() -> None:
    assert _address(SELLER, "en16931-ubl") is None


def test_nothing_is_made_of_wrong_numbers_and_unknown_countries() -> None:
    assert _address(SELLER | {"vat_id": "SI27289878"}, "peppol-bis-3") is None
    assert _address(SELLER | {"country_code": "ZZ"}, "peppol-bis-3") is None
    assert _address({"name": "Nobody"}, "peppol-bis-3") is None


def test_documents_say_what_they_say() -> None:
    issued = PROFILES["en16931-ubl"].write(invoice(seller={"name": "x", "vat_identifier": "SI1"}))
    reading = read(issued)
    assert addressed(reading, PROFILES["peppol-bis-3"]) is reading
