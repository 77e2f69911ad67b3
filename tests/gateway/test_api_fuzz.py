"""Nothing that is sent makes the API fail: each answer is documented, each refusal a problem.

A seeded share runs by default; `--full` runs many more.
"""

import copy
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from httpx2 import Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.hostile import (
    GOOD,
    NASTY_NUMBERS,
    bodies,
    parent,
    places,
    texts,
    values,
    written,
)
from tests.gateway.houses import Shop, invoice, line, opened
from tests.gateway.matrix.operations import Operation, Place, operations

pytestmark = pytest.mark.timeout(1200)  # with --full


@cache
def described() -> dict[tuple[str, str], Operation]:
    """Return the operations of the API."""
    return {one.key: one for one in operations() if one.path.startswith("/v1")}


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with opened(postgres, tmp_path_factory.mktemp("fuzz")) as house:
        yield Shop.opened(house)


@pytest.fixture(scope="module")
def share(request: pytest.FixtureRequest) -> int:
    """How many times more than by default."""
    return 15 if request.config.getoption("--full") else 1


def _check(operation: Operation, answer: Response) -> None:
    """Hold an answer to the API's own description."""
    status, kind = answer.status_code, answer.headers.get("content-type")
    assert status < 500, f"{operation}: {answer.text}"
    if status >= 400:
        assert kind == "application/problem+json", f"{operation}: {status} {kind}"
        problem = answer.json()
        assert problem["status"] == status
        assert problem["type"].startswith("/problems/")
        assert {"title", "detail", "instance"} <= problem.keys()
        assert f"{status // 100}XX" in operation.described["responses"]
    else:
        documented = {int(code) for code in operation.described["responses"] if code.isdigit()}
        assert status in documented, operation


def _run(count: int, *strategies: SearchStrategy[Any], test: Callable[..., None]) -> None:
    """Run a property a number of times, the same every time, without shrinking for hours."""
    chosen = settings(
        max_examples=count,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    chosen(given(*strategies)(test))()


def test_the_body_that_is_spoilt_is_good(shop: Shop) -> None:
    assert shop.issue(GOOD | {"number": "GOOD"}).status_code == 200, shop.issue(GOOD).text


def test_no_body_makes_it_fail(shop: Shop, share: int) -> None:
    create = described()["POST", "/v1/invoices"]
    seen = Counter[int]()

    def send(content: bytes, finalize: bool, collection: str) -> None:  # noqa: FBT001
        path = f"/v1/{collection}" + ("?finalize=true" if finalize else "")
        answer = shop.call("POST", path, content.replace(b'"A-1"', f'"{uuid4()}"'.encode()))
        seen[answer.status_code] += 1
        _check(create, answer)
        if answer.status_code < 400:
            _read_back(shop, answer.json())

    collections = st.sampled_from(["invoices", "invoices", "credit-notes"])
    _run(160 if share == 1 else 500 * share, bodies(), st.booleans(), collections, test=send)
    good = sum(count for status, count in seen.items() if status < 400)
    assert good >= 0.3 * seen.total(), f"it only tested the door: {seen}"
    assert {200, 201, 400, 422} <= seen.keys()
    assert shop.call("GET", "/v1/documents?limit=200").status_code == 200


def _read_back(shop: Shop, document: dict[str, Any]) -> None:
    """What was taken can be read, and says what the answer said."""
    path = f"/v1/documents/{document['id']}"
    shown = shop.call("GET", path)
    _check(described()["GET", "/v1/documents/{document_id}"], shown)
    assert shown.json() == document
    if document["state"] == "issued":
        xml = shop.call("GET", f"{path}/xml").content
        assert hashlib.sha256(xml).hexdigest() == document["sha256"]


def test_no_amount_makes_it_fail(shop: Shop, share: int) -> None:
    create = described()["POST", "/v1/invoices"]
    amounts = st.one_of(
        st.sampled_from(NASTY_NUMBERS),
        st.decimals(allow_nan=False, allow_infinity=False, places=4).map(str),
        st.tuples(st.integers(-(10**30), 10**30), st.integers(-40, 40)).map(
            lambda parts: f"{Decimal(parts[0]).scaleb(parts[1])}"
        ),
    )

    def send(quantity: str, price: str, rate: str, paid: str, text: bool) -> None:  # noqa: FBT001
        body = invoice(
            totals={"paid_amount": f"@number {paid}@"},
            lines=[
                line(
                    invoiced_quantity=f"@number {quantity}@",
                    item_net_price=price if text else f"@number {price}@",
                    vat_rate=f"@number {rate}@",
                )
            ],
        )
        _check(create, shop.call("POST", "/v1/invoices?finalize=true", written(body)))

    _run(40 * share, amounts, amounts, amounts, amounts, st.booleans(), test=send)


def test_no_query_parameter_takes_what_no_text_can_hold(shop: Shop) -> None:
    for operation in described().values():
        for place in operation.described.get("parameters", ()):
            if place["in"] == "query":
                path = re.sub(r"\{[^}]*\}", "x", operation.path)
                answer = shop.call(operation.method, f"{path}?{place['name']}=%00")
                assert answer.status_code == 422, f"{operation} {place['name']}"
                assert answer.json()["errors"] == [
                    {"parameter": place["name"], "message": "holds U+0000"}
                ]


MOMENTS = ("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00")


def test_no_moment_makes_it_fail(shop: Shop) -> None:
    key = {"name": "a", "purposes": ["document-seal"], "kind": "p-256", "bare": True}
    made = shop.call("POST", "/v1/signing-keys", key).json()["id"]
    for moment in MOMENTS:
        bodies = {
            "/v1/signing-keys": (key | {"active_from": moment}, "/active_from"),
            f"/v1/signing-keys/{made}/rotate": ({"successor_id": made, "at": moment}, "/at"),
            "/v1/signatures/verify": ({"content": "PGEvPg==", "at": moment}, "/at"),
            "/v1/api-keys": (
                {"name": "A", "role": "auditor", "expires_at": moment},
                "/expires_at",
            ),
        }
        for path, (body, place) in bodies.items():
            answer = shop.call("POST", path, body)
            assert answer.status_code == 422, f"{path} {answer.text}"
            assert [error["pointer"] for error in answer.json()["errors"]] == [place]
        for named in ("/v1/transmissions?before=", "/v1/certificates?expires_before="):
            assert shop.call("GET", named + quote(moment)).status_code < 500


def test_nothing_in_an_address_makes_it_fail(shop: Shop, share: int) -> None:
    issued = shop.issued(invoice(number="URL-1"))
    document, sent = issued["id"], issued["transmissions"][0]["id"]
    good = {"document": document, "transmission": sent, "entity": shop.entity}
    named = {
        key: [
            part["name"]
            for part in one.described.get("parameters", ())
            if part["in"] == "query" and part["name"] not in {"entity_id", "wait"}
        ]
        + ["metadata[a]", "metadata[\0]"]
        for key, one in described().items()
    }

    def send(data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(described())))
        one = described()[key]
        ids = {
            place: good.get(place.of, "x") if data.draw(st.booleans()) else data.draw(short)
            for place in one.places
            if place.where == "path" or place == Place("query", "document_id")
        }
        path, more = one.request(ids)
        pairs = data.draw(st.lists(st.tuples(st.sampled_from(named[key]), wild), max_size=3))
        query = [*more["params"].items(), *pairs]
        encoded = "&".join(f"{quote(n, safe='[]')}={_quoted(v)}" for n, v in query)
        answer = shop.call(key[0], f"{path}?{encoded}", more.get("json"))
        _check(one, answer)

    short = texts.filter(lambda text: 0 < len(text) < 500 and text not in {".", ".."})
    wild = texts.filter(lambda text: len(text) < 2000) | st.sampled_from(
        (
            *("0", "-1", "200", "201", "1e9", "9" * 30, "0-0", "99999999999-1", "true", "\udcff"),
            *("9" * 19 + "-" + "9" * 18, "WyJ4Il0", "WzFd", "W251bGxd", "bnVsbA"),
        )
    )
    _run(250 * share, st.data(), test=send)


def _quoted(value: str) -> str:
    return quote(value.encode("utf-8", "surrogateescape"), safe="")


def test_no_header_makes_it_fail(shop: Shop, share: int) -> None:
    names = st.sampled_from(
        (
            *("Idempotency-Key", "X-Request-Id", "Entity-Id", "If-None-Match", "Authorization"),
            *("Content-Type", "Content-Encoding", "Accept", "Host", "Cookie"),
        )
    )
    latin = st.binary(max_size=60).map(lambda raw: re.sub(rb"[\x00\r\n]", b"?", raw).strip())
    contents = latin | st.sampled_from(
        (
            *(b"Bearer ", b"Bearer gw_sandbox_" + b"A" * 49, b"Basic YTpi", b"x/json; x=\xff"),
            *(b"gzip", b"*", b'W/"v1-1"', b'"v2-3"', b"x" * 5000, shop.entity.encode()),
        )
    )
    document = shop.issued(invoice(number="HEADER-1"))["id"]
    calls = [
        (described()["POST", "/v1/invoices"], "/v1/invoices"),
        (described()["POST", "/v1/series"], "/v1/series"),
        (
            described()["GET", "/v1/documents/{document_id}/status"],
            f"/v1/documents/{document}/status",
        ),
        (described()["GET", "/v1/documents"], "/v1/documents"),
        (described()["GET", "/v1/log/key"], "/v1/log/key"),
    ]

    def send(call: tuple[Operation, str], wild: dict[str, bytes]) -> None:
        operation, path = call
        usual = {"Authorization": f"Bearer {shop.key}", "Entity-Id": shop.entity}
        raw = {name.encode(): value.encode() for name, value in usual.items()}
        raw |= {name.encode(): value for name, value in wild.items()}
        raw.setdefault(b"Content-Type", b"application/json")
        body = None if operation.method == "GET" else json.dumps(invoice()).encode()
        answer = shop.account.client.request(operation.method, path, content=body, headers=raw)
        _check(operation, answer)

    _run(
        120 * share,
        st.sampled_from(calls),
        st.dictionaries(names, contents, max_size=3),
        test=send,
    )


MODELS = {
    ("POST", "/v1/entities"): {
        "name": "A",
        "country_code": "SI",
        "seller": {"vat_identifier": "SI27289877", "postal_address": {"city": "K"}},
        "settings": {"default_profile": "peppol-bis-3"},
        "metadata": {"a": "b"},
    },
    ("PATCH", "/v1/entities/{entity_id}"): {
        "name": "A",
        "seller": {"contact": {"point": None}, "identifiers": ["1"]},
        "settings": {"default_profile": None},
        "metadata": {"a": "b", "c": None},
    },
    ("POST", "/v1/series"): {"code": "A", "kind": "gapless", "pattern": "{code}-{number:06}"},
    ("POST", "/v1/api-keys"): {
        "name": "A",
        "role": "auditor",
        "entity_id": None,
        "expires_at": "2999-01-01T00:00:00Z",
    },
    ("POST", "/v1/signing-keys"): {
        "name": "A",
        "purposes": ["document-seal"],
        "kind": "p-256",
        "bare": True,
        "active_from": "2030-01-01T00:00:00Z",
        "metadata": {"a": "b"},
    },
}


@pytest.mark.parametrize("key", MODELS, ids=" ".join)
def test_no_other_body_makes_it_fail(shop: Shop, share: int, key: tuple[str, str]) -> None:
    operation = described()[key]
    other = Shop.opened(shop.house)  # whose seller may be spoilt

    def send(data: st.DataObject) -> None:
        body: Any = copy.deepcopy(MODELS[key])
        for _ in range(data.draw(st.integers(1, 3))):
            if not (paths := list(places(body))):
                break
            path = data.draw(st.sampled_from(paths))
            if data.draw(st.booleans()):
                parent(body, path)[path[-1]] = data.draw(values)
            elif isinstance(parent(body, path), dict):
                parent(body, path)[data.draw(texts)] = data.draw(values)
        address = operation.path.replace("{entity_id}", other.entity)
        answer = other.call(operation.method, address, written(body), Entity_Id=other.entity)
        _check(operation, answer)

    _run(60 * share, st.data(), test=send)
    _check(described()["GET", "/v1/entities"], other.call("GET", "/v1/entities"))
    _check(described()["POST", "/v1/invoices"], other.issue())
