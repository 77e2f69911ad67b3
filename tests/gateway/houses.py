"""Whole gateways in this process, each over a database of its own, and shops that sell in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from httpx2 import Response
from starlette.testclient import TestClient

from gateway.demo.companies import BUYERS, SELLERS
from gateway.kit.bootstrap import EMBEDDED_LOGIN
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.tenancy import Environment
from gateway.runtime import Runtime
from gateway.settings import Settings
from tests.databases import databases_of
from tests.gateway.conftest import Account, make_account
from tests.gateway.serving import served

Json = dict[str, Any]


@dataclass(frozen=True)
class House:
    """A gateway that several tests share; each makes accounts of its own in it."""

    runtime: Runtime
    client: TestClient
    admin_url: str

    def account(self, name: str = "Plattform") -> Account:
        """Return a new account with a sandbox writer key."""
        return make_account(self.runtime, self.client, name)

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement as superuser, past every wall."""
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def opened(postgres: EmbeddedPostgres, data: Path, **settings: object) -> Iterator[House]:
    """Open a gateway over a database of its own."""
    with databases_of(postgres).lent() as name, over(postgres, name, data, settings) as house:
        yield house


@contextmanager
def over(
    postgres: EmbeddedPostgres, name: str, data: Path, settings: dict[str, object]
) -> Iterator[House]:
    """Open a gateway over a database that is there, with its data directory."""
    admin_url = postgres.url(name)
    chosen = Settings.model_validate(
        {
            "data": data,
            "database_url": postgres.url(name, EMBEDDED_LOGIN),
            "admin_database_url": admin_url,
            "smtp_url": "smtp+plain://127.0.0.1:9",  # nobody's: mails stay queued
            "vies_url": "http://127.0.0.1:9",  # nobody's
            "hmrc_url": "http://127.0.0.1:9",
            "mail_from": "invoices@gateway.example",
            "requests_per_minute": 0,  # a test may hurry
            "requests_per_second": 0,
            "unauthenticated_per_minute": 0,
            "attempts_per_minute": 0,
            "shared_per_minute": 0,
            "shared_link_per_minute": 0,
            **settings,
        }
    )
    runtime = Runtime.open(chosen)
    try:
        with served(runtime) as client:
            yield House(runtime, client, admin_url)
    finally:
        runtime.close()


@dataclass(frozen=True)
class Shop:
    """An entity, the account it belongs to and the key to act for it."""

    house: House
    account: Account
    entity: str
    key: str
    environment: Environment = "sandbox"

    @classmethod
    def opened(
        cls,
        house: House,
        country: str = "SI",
        *,
        environment: Environment = "sandbox",
        **changes: object,
    ) -> "Shop":
        """Return a new seller of the demo in a new account; `changes` go into the entity."""
        account = house.account()
        key = account.new_key(environment=environment)
        body = SELLERS.get(country, SELLERS["DE"]) | {"country_code": country} | changes
        answer = account.call("POST", "/v1/entities", body, key=key)
        assert answer.status_code == 201, answer.text
        return cls(house, account, str(answer.json()["id"]), key, environment)

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        **headers: str,
    ) -> Response:
        """Send a request about the entity."""
        headers.setdefault("Entity_Id", self.entity)
        return self.account.call(method, path, body, key=key or self.key, **headers)

    def get(self, path: str, **headers: str) -> Json:
        """Return what is read there."""
        answer = self.call("GET", path, **headers)
        assert answer.status_code == 200, answer.text
        return _object(answer)

    def take_back(self, document: str, *, but: str) -> None:
        """Take back what has not left for anybody, except on one channel."""
        for one in self.get(f"/v1/documents/{document}")["transmissions"]:
            if one["channel"] != but and one["transport"] == "queued":
                path = f"/v1/transmissions/{one['id']}/cancel"
                answer = self.call("POST", path, {"reason": "Void"})
                assert answer.status_code == 200, answer.text

    def draft(self, body: object = None, kind: str = "invoices") -> Json:
        """Return a new draft."""
        answer = self.call("POST", f"/v1/{kind}", invoice() if body is None else body)
        assert answer.status_code == 201, answer.text
        return _object(answer)

    def issue(self, body: object = None, kind: str = "invoices", **headers: str) -> Response:
        """Issue a document in one call and return the answer, good or bad."""
        sent = invoice() if body is None else body
        return self.call("POST", f"/v1/{kind}?finalize=true", sent, **headers)

    def issued(self, body: object = None, kind: str = "invoices", **headers: str) -> Json:
        """Return a newly issued document."""
        answer = self.issue(body, kind, **headers)
        assert answer.status_code == 200, answer.text
        return _object(answer)

    def documents(self, query: str = "") -> list[Json]:
        """Return one page of documents."""
        listed: list[Json] = self.get(f"/v1/documents?limit=200{query}")["data"]
        return listed

    def series(self, code: str) -> Json:
        """Return a series of the entity by its code."""
        listed = self.get("/v1/series")["data"]
        found: Json = next(series for series in listed if series["code"] == code)
        return found


def _object(answer: Response) -> Json:
    value: Json = answer.json()
    return value


def invoice(**changes: object) -> dict[str, Any]:
    """Return a body that is issued as it is by a Slovenian seller; changed members win."""
    return {
        "buyer": BUYERS["SI"],
        "buyer_reference": "order-1",
        "payment_terms": "15 days net",
        "lines": [line()],
        **changes,
    }


def line(**changes: object) -> dict[str, Any]:
    """Return a line of `invoice`."""
    return {
        "item_name": "Bread",
        "invoiced_quantity": "3",
        "unit_code": "H87",
        "item_net_price": "1.10",
        "vat_category_code": "S",
        "vat_rate": "9.5",
        **changes,
    }


def sold_to(country: str, **changes: object) -> dict[str, Any]:
    """Return a body for a buyer of the seller's own country, at its standard rate."""
    return invoice(
        buyer=BUYERS[country],
        lines=[{"item_name": "Bread", "invoiced_quantity": "3", "item_net_price": "1.10"}],
        **changes,
    )


def rules(answer: Response) -> set[str]:
    """Return the ids of the rules that a refusal names."""
    assert answer.status_code == 422, answer.text
    return {finding["rule"] for finding in answer.json()["findings"]}


def kind(answer: Response) -> str:
    """Return the type of a problem, without its folder."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["type"]).removeprefix("/problems/")
