"""Every limit: one below and the limit itself are taken, one above is refused with a reason."""

import json
from collections.abc import Iterator

import pytest
from httpx2 import Response

from formats.json.parsing import MAX_DEPTH, MAX_EXPONENT, MAX_NUMBER_CHARACTERS
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import House, Shop, invoice, kind, opened

MAX_BODY = 20_000


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A gateway that takes small bodies only."""
    data = tmp_path_factory.mktemp("house")
    with opened(postgres, data, max_body_bytes=MAX_BODY) as house:
        yield house


def _around(limit: int) -> list[tuple[int, bool]]:
    return [(limit - 1, True), (limit, True), (limit + 1, False)]


def _with_number(digits: str) -> bytes:
    text = json.dumps(invoice(totals={"paid_amount": "@"}))
    return text.replace('"@"', digits).encode()


@pytest.mark.parametrize(("size", "good"), _around(MAX_BODY))
@pytest.mark.parametrize("streamed", [False, True], ids=["declared", "streamed"])
def test_bytes_of_a_body(shop: Shop, size: int, good: bool, streamed: bool) -> None:  # noqa: FBT001
    body = json.dumps(invoice()).encode()
    body += b" " * (size - len(body))
    headers = {
        "Authorization": f"Bearer {shop.key}",
        "Entity-Id": shop.entity,
        "Content-Type": "application/json",
    }
    content = iter([body[:100], body[100:]]) if streamed else body
    answer = shop.account.client.post("/v1/invoices", content=content, headers=headers)
    assert answer.status_code == (201 if good else 413)
    if not good:
        assert (kind(answer), answer.json()["limit"]) == ("body-too-large", MAX_BODY)


@pytest.mark.parametrize(("depth", "good"), _around(MAX_DEPTH))
def test_depth_of_a_body(shop: Shop, depth: int, good: bool) -> None:  # noqa: FBT001
    inner = depth - 1  # the body itself is the first level
    content = b'{"notes": ' + b"[" * inner + b"]" * inner + b"}"
    answer = shop.call("POST", "/v1/invoices", content)
    assert (answer.status_code, kind(answer)) == (
        (422, "request-invalid") if good else (400, "malformed-json")
    )


@pytest.mark.parametrize(("length", "good"), _around(MAX_NUMBER_CHARACTERS))
def test_characters_of_a_number(shop: Shop, length: int, good: bool) -> None:  # noqa: FBT001
    answer = shop.call("POST", "/v1/invoices", _with_number("0." + "0" * (length - 3) + "1"))
    assert (answer.status_code != 400) == good
    assert good or kind(answer) == "malformed-json"


@pytest.mark.parametrize(("exponent", "good"), _around(MAX_EXPONENT))
@pytest.mark.parametrize("sign", ["", "-"])
def test_exponent_of_a_number(shop: Shop, exponent: int, good: bool, sign: str) -> None:  # noqa: FBT001
    answer = shop.call("POST", "/v1/invoices", _with_number(f"1e{sign}{exponent}"))
    assert answer.status_code in ({201, 422} if good else {400})


@pytest.mark.parametrize(("count", "good"), _around(50))
def test_names_in_metadata(shop: Shop, count: int, good: bool) -> None:  # noqa: FBT001
    body = invoice(metadata={str(number): "x" for number in range(count)})
    _taken(shop.call("POST", "/v1/invoices", body), "/metadata", good=good)


@pytest.mark.parametrize(("length", "good"), [(0, False), (1, True), *_around(40)])
def test_length_of_a_name_in_metadata(shop: Shop, length: int, good: bool) -> None:  # noqa: FBT001
    answer = shop.call("POST", "/v1/invoices", invoice(metadata={"ž" * length: "x"}))
    _taken(answer, "/metadata", good=good)


@pytest.mark.parametrize(("length", "good"), [(0, True), *_around(500)])
def test_length_of_a_value_in_metadata(shop: Shop, length: int, good: bool) -> None:  # noqa: FBT001
    answer = shop.call("POST", "/v1/invoices", invoice(metadata={"a": "ž" * length}))
    _taken(answer, "/metadata/a", good=good)


@pytest.mark.parametrize(("length", "good"), [(1, True), *_around(200)])
def test_length_of_a_legal_number(shop: Shop, length: int, good: bool) -> None:  # noqa: FBT001
    answer = shop.issue(invoice(number="😀" * length))
    if good:
        assert answer.status_code == 200, answer.text
        assert answer.json()["number"] == "😀" * length
    else:
        _taken(answer, "/number", good=False)


@pytest.mark.parametrize(("length", "good"), [(0, False), (1, True), *_around(255)])
def test_length_of_an_idempotency_key(shop: Shop, length: int, good: bool) -> None:  # noqa: FBT001
    answer = shop.call("POST", "/v1/invoices", invoice(), Idempotency_Key="k" * length)
    assert answer.status_code == (201 if good else 400)
    assert good or kind(answer) == "malformed-request"


@pytest.mark.parametrize(("limit", "good"), [(0, False), (1, True), *_around(200)])
def test_documents_on_a_page(shop: Shop, limit: int, good: bool) -> None:  # noqa: FBT001
    answer = shop.call("GET", f"/v1/documents?limit={limit}")
    assert answer.status_code == (200 if good else 422)


def _taken(answer: Response, pointer: str, *, good: bool) -> None:
    if good:
        assert answer.status_code == 201, answer.text
    else:
        assert (answer.status_code, kind(answer)) == (422, "request-invalid")
        assert all(part["pointer"].startswith(pointer) for part in answer.json()["errors"])
