"""No operation shows an invited auditor what is out of scope, by either wall alone."""

from collections.abc import Iterator

import pytest
from sqlalchemy import true

from gateway.kit import tenancy
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.auditors.invited import invited
from tests.gateway.houses import Shop, opened
from tests.gateway.matrix.exceptions import INSTALLATION, PUBLIC
from tests.gateway.matrix.operations import operations
from tests.gateway.matrix.stock import Stock

RETRIEVING = {("POST", f"/v1/evidence-sets/{way}/bundles") for way in ("issued", "received")}
"""What an auditor may ask to have made; nobody makes it here."""


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop in a house that these tests share: what they try changes nothing."""
    with opened(postgres, tmp_path_factory.mktemp("walls") / "data") as house:
        yield Shop.opened(house)


@pytest.fixture(scope="module")
def stock(shop: Shop) -> Stock:
    """One thing of each sort that the shop has."""
    return Stock.of_shop(shop)


@pytest.mark.parametrize("whose", ["own, out of scope", "another's"])
@pytest.mark.parametrize("filtered", [True, False], ids=["filter on", "row security alone"])
def test_nothing_shows_an_auditor_what_is_out_of_scope(
    shop: Shop,
    stock: Stock,
    monkeypatch: pytest.MonkeyPatch,
    whose: str,
    filtered: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    own = whose == "own, out of scope"
    inviting = shop if own else Shop.opened(shop.house)
    token = invited(inviting, **({"period": {"until": "2020-12-31"}} if own else {}))["token"]
    mine = {"entity", "received_in"} if own else {"received_in"}
    hidden = {value for name, value in stock.ids.items() if name not in mine}
    if not filtered:
        monkeypatch.setattr(tenancy, "tenant_filter", lambda *_: true())
    shown, tried = list[str](), 0
    for operation in operations():
        if operation.key in PUBLIC or operation.key in INSTALLATION:
            continue
        places = {place: stock.of(operation, place) for place in operation.places}
        path, more = operation.request({at: value for at, value in places.items() if value})
        more["headers"]["Authorization"] = token
        answer = shop.account.client.request(operation.method, path, **more)
        good = set() if operation.writes else {200}
        if own and operation.key in RETRIEVING:
            good = {202, 409}  # one file at a time
        allowed = good | {403, 404}
        assert answer.status_code in allowed, f"{operation}: {answer.text}"
        tried += 1
        if answer.status_code == 200 and any(one in answer.text for one in hidden):
            shown.append(str(operation))
    assert shown == []
    assert tried > 200
