"""A seeded sandbox: the same from the same seed, and not twice."""

import httpx2
import pytest

from gateway.cli import seeding
from gateway.demo.api import Api
from gateway.demo.seed import SeedError, Seeding
from tests.gateway.conftest import Account


def _seeding(account: Account, seed: int, said: list[str]) -> Seeding:
    account.client.headers["Authorization"] = f"Bearer {account.key}"
    return Seeding(Api(account.client), seed, 2, said.append)


def test_it_fills_an_account_once(account: Account) -> None:
    said: list[str] = []
    made = _seeding(account, 7, said).run()
    assert (made["entities"], made["invoices"], made["received documents"]) == (8, 8, 8)
    assert (made["items"], made["recurring invoices"]) == (24, 4)
    assert made["taxes"] >= 8
    assert len(said) == 4
    entities = account.call("GET", "/v1/entities").json()["data"]
    assert {one["metadata"]["seed"] for one in entities} == {"7"}
    with pytest.raises(SeedError, match="before"):
        _seeding(account, 7, said).run()


def test_the_same_seed_makes_the_same(account: Account, other_account: Account) -> None:
    totals = []
    for one in (account, other_account):
        _seeding(one, 3, []).run()
        found = [
            (
                *(document["object"], document["state"], document["payment_status"]),
                document["invoice"]["totals"],
            )
            for entity in one.call("GET", "/v1/entities").json()["data"]
            for document in one.call("GET", "/v1/documents", Entity_Id=entity["id"]).json()["data"]
        ]
        totals.append(found)
    assert totals[0] == totals[1]
    assert len(totals[0]) >= 8
    states = {status for _, _, status, _ in totals[0]} - {None}  # drafts have none
    assert states == {"unpaid", "partially_paid", "paid"}


def test_it_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert seeding.seed("http://127.0.0.1:9", "gw_live_x", 1, 1) == 2
    assert "sandbox key" in capsys.readouterr().err
    assert seeding.seed("http://127.0.0.1:9", "gw_sandbox_x", 1, 1) == 2
    assert "gateway serve" in capsys.readouterr().err


def test_a_bad_key_is_told() -> None:
    refusing = httpx2.MockTransport(lambda _: httpx2.Response(401, json={"detail": "no"}))
    http = httpx2.Client(transport=refusing, base_url="http://gateway.test")
    with pytest.raises(SeedError, match="key"):
        Seeding(Api(http), 1, 1, print).run()
