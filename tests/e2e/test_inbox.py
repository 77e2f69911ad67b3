"""One entity invoices another over the sandbox network; the other accepts, or rejects."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from gateway.demo.companies import SELLERS
from gateway.demo.server import Server
from tests.e2e.conftest import client

Json = dict[str, Any]

CAFE: Json = {
    "name": "Kavarna d.o.o.",
    "country_code": "SI",
    "seller": {
        "name": "Kavarna d.o.o.",
        "vat_identifier": "SI50223054",
        "electronic_address": {"value": "SI50223054", "scheme_identifier": "9949"},
        "postal_address": {
            "line_1": "Trg 1",
            "city": "Kranj",
            "post_code": "4000",
            "country_code": "SI",
        },
    },
}


def _eventually(look: Callable[[], Json | None]) -> Json:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.2)
    pytest.fail("it did not happen")


BODY: Json = {
    "profile": "peppol-bis-3",
    "buyer": CAFE["seller"],
    "buyer_reference": "dept 5",
    "payment_terms": "15 days",
    "lines": [
        {
            "item_name": "Bread",
            "invoiced_quantity": "3",
            "item_net_price": "1.10",
            "vat_category_code": "S",
            "vat_rate": "9.5",
        }
    ],
}


def test_a_document_goes_from_one_entity_to_another(server: Server) -> None:
    with client(server) as http:
        seller, buyer = (
            {"Entity-Id": str(http.post("/v1/entities", json=body).json()["id"])}
            for body in (SELLERS["SI"], CAFE)
        )
        for verb, answer in (("accept", "accepted"), ("reject", "rejected")):
            made = http.post("/v1/invoices?finalize=true", json=BODY, headers=seller)
            assert made.status_code == 200, made.text
            invoice = made.json()
            query = f"/v1/inbox?number={invoice['number']}&state=readable"

            def arrived(query: str = query) -> Json | None:
                listed = http.get(query, headers=buyer).json()["data"]
                return listed[0] if listed else None

            received = _eventually(arrived)
            assert received["sha256"] == invoice["sha256"]
            assert (received["verdict"], received["misaddressed"]) == ("valid", False)
            said = {"reason": "Not ours."} if verb == "reject" else None
            told = http.post(f"/v1/inbox/{received['id']}/{verb}", json=said, headers=buyer)
            assert told.status_code == 200, told.text

            def answered(
                path: str = f"/v1/invoices/{invoice['id']}", answer: str = answer
            ) -> Json | None:
                shown: Json = http.get(path, headers=seller).json()
                (sent,) = shown["transmissions"]
                return shown if sent["business"] == answer else None

            _eventually(answered)
