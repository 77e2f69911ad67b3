"""E-mails are evidence; the links in them open documents to whoever has them, and for ever."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.auditors.invited import invited
from tests.gateway.houses import Shop, kind, opened


@pytest.fixture
def shop(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Shop]:
    """A shop in a house of its own."""
    with opened(postgres, tmp_path / "data") as house:
        yield Shop.opened(house)


def test_an_auditor_gets_no_link_that_outlasts_the_invitation(shop: Shop) -> None:
    place = f"/v1/documents/{shop.issued()['id']}/send"
    linked, plain = (
        shop.call("POST", place, {"to": ["a@example.com"], "link": link}).json()["id"]
        for link in (True, False)
    )
    token = invited(shop)["token"]
    own = shop.get(f"/v1/emails/{linked}")["body"]
    found = re.search(r"/s/([A-Za-z0-9_-]{43})", own)
    assert found is not None
    secret = found[1]
    one = shop.call("GET", f"/v1/emails/{linked}", key=token)
    every = shop.call("GET", "/v1/emails", key=token)
    assert one.json()["body"] == own.replace(secret, f"{secret[:4]}...")
    assert {mail["id"] for mail in every.json()["data"]} == {linked, plain}
    assert secret[4:] not in one.text + every.text
    refused = shop.call("GET", f"/v1/emails/{linked}/message", key=token)
    assert (refused.status_code, kind(refused)) == (403, "forbidden")
    whole = shop.call("GET", f"/v1/emails/{plain}/message", key=token)
    assert whole.status_code == 200
    assert whole.content == shop.call("GET", f"/v1/emails/{plain}/message").content
