"""An account with two bakeries that have sold in two currencies, and a stranger's."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import House, Shop, invoice, line, opened

Report = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("reports")) as made:
        yield made


@pytest.fixture(scope="module")
def shop(house: House) -> Shop:
    """The first: in euro two invoices and a credit note, in dollars one, a draft."""
    shop = Shop.opened(house, name="Old bakery")
    sell(shop, "2026-10-05", "100.00", due_date="2026-10-20")
    sell(shop, "2026-11-05", "10.00", due_date="2026-12-05")
    sell(shop, "2026-11-06", "4.00", "credit-notes")
    sell(shop, "2026-11-07", "7.00", currency_code="USD", due_date="2026-11-10")
    sell(shop, "2026-11-08", "1000.00", state="voided")
    shop.draft()
    return shop


@pytest.fixture(scope="module")
def sister(shop: Shop) -> Shop:
    """The second, of the same account: one invoice."""
    body = shop.get(f"/v1/entities/{shop.entity}")
    given = {name: body[name] for name in ("country_code", "seller")} | {"name": "New bakery"}
    answer = shop.account.call("POST", "/v1/entities", given, key=shop.key)
    sister = Shop(shop.house, shop.account, answer.json()["id"], shop.key)
    sell(sister, "2026-11-15", "20.00", due_date="2026-11-16")
    return sister


@pytest.fixture(scope="module")
def stranger(house: House) -> Shop:
    """Somebody else, who sold for millions."""
    stranger = Shop.opened(house)
    sell(stranger, "2026-11-15", "5000000.00")
    return stranger


@pytest.fixture
def report(shop: Shop, sister: Shop, stranger: Shop) -> Report:
    """Read the rows of a report of the whole account, or with `Entity_Id` of one entity."""
    assert sister.entity != stranger.entity

    def read(path: str, **headers: str) -> list[dict[str, Any]]:
        answer = shop.account.call("GET", f"/v1/reports/{path}", key=shop.key, **headers)
        assert answer.status_code == 200, answer.text
        rows: list[dict[str, Any]] = answer.json()["data"]
        return rows

    return read


def sell(
    shop: Shop,
    day: str,
    net: str,
    kind: str = "invoices",
    *,
    state: str = "issued",
    **more: object,
) -> dict[str, Any]:
    """Issue a document of one line at 22 percent."""
    goods = line(invoiced_quantity="1", item_net_price=net, vat_rate="22")
    body = invoice(profile="en16931-ubl", issue_date=day, lines=[goods], **more)
    made = shop.issued(body, kind)
    if state == "voided":
        void = "update document set state = 'voided', voided_at = now(), void_reason = 'error'"
        digest = "where content_sha256 = decode(%s, 'hex')"
        shop.house.sql(f"{void} {digest}", made["sha256"])
    return made
