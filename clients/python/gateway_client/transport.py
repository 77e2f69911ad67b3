"""The wire: one request, repeated where that is safe, with money at its written digits."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from secrets import SystemRandom, token_hex
from typing import Any, Generic, Self, TypeVar, cast

import httpx2

from gateway_client.problems import ConnectionLostError, problem_of

T = TypeVar("T")
Json = Mapping[str, Any]
Query = Mapping[str, object]

_BUSY = frozenset({429, 502, 503, 504})
_REFUSED = 400
_CONFLICT = 409
_LONGEST_WAIT = 30.0
_NO_CONTENT = 204


class Transport:
    """Sends requests of one key.

    Args:
        url: Of the gateway.
        key: `gw_sandbox_...` or `gw_live_...`.
        entity: The entity that calls are about; a key of an entity needs none.
        attempts: How often a request is sent at most.
        timeout: Seconds for one answer.
        http: An own HTTP client, e.g. with a proxy.
        sleep: Waits; for tests.
    """

    def __init__(  # noqa: PLR0913 - all of it named
        self,
        url: str,
        key: str,
        *,
        entity: str | None = None,
        attempts: int = 5,
        timeout: float = 60,
        http: httpx2.Client | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url = url.rstrip("/")
        self._key = key
        self._entity = entity
        self._attempts = attempts
        self._http = http or httpx2.Client(timeout=timeout)
        self._sleep = sleep
        self._chance = SystemRandom().random

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def for_entity(self, entity: str) -> Self:
        """Return the same connection, about another entity."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other._entity = entity
        return other

    def send(  # noqa: PLR0913 - a request, all of it named
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: object = None,
        content_type: str | None = None,
        entity: str | None = None,
        idempotency_key: str | None = None,
    ) -> httpx2.Response:
        """Send a request and return the answer, below 400.

        A POST carries an idempotency key, made here if none is given: it is the same at every
        attempt, so that the gateway does it once. It is sent again after a lost connection, 429,
        502 to 504, and 409 while the first attempt is still in flight.

        Raises:
            Problem: The gateway refuses.
            ConnectionLostError: No answer came at any attempt.
        """
        headers = {"Authorization": f"Bearer {self._key}", "Accept": "application/json, */*"}
        if (named := entity or self._entity) is not None:
            headers["Entity-Id"] = named
        if method == "POST":
            headers["Idempotency-Key"] = idempotency_key or token_hex(16)
        content: bytes | None = None
        if isinstance(body, bytes):
            content, headers["Content-Type"] = body, content_type or "application/octet-stream"
        elif body is not None:
            content, headers["Content-Type"] = encoded(body), "application/json"
        parameters: list[tuple[str, str | int | float | bool | None]] = [*_pairs(query or {})]
        for attempt in range(1, self._attempts + 1):
            last = attempt == self._attempts
            try:
                answer = self._http.request(
                    method, self._url + path, params=parameters, content=content, headers=headers
                )
            except httpx2.TransportError as error:
                if last:
                    raise ConnectionLostError(f"{type(error).__name__}: {error}") from error
                self._sleep(self._pause(attempt))
                continue
            if answer.status_code < _REFUSED:
                return answer
            problem = problem_of(answer.status_code, _read(answer))
            in_flight = problem.type == "idempotency-in-flight"
            again = answer.status_code in _BUSY or (answer.status_code == _CONFLICT and in_flight)
            if last or not again:
                raise problem
            self._sleep(_asked(answer) or self._pause(attempt))
        raise AssertionError("at least one attempt is made")

    def json(self, method: str, path: str, **more: Any) -> Any:  # noqa: ANN401 - the JSON edge
        """Send a request and return its JSON; None for an empty answer."""
        answer = self.send(method, path, **more)
        return None if answer.status_code == _NO_CONTENT else answer.json()

    def content(self, method: str, path: str, **more: Any) -> bytes:  # noqa: ANN401
        """Send a request and return the bytes of the answer."""
        return self.send(method, path, **more).content

    def _pause(self, attempt: int) -> float:
        return min(_LONGEST_WAIT, 0.2 * 2.0**attempt) * (0.5 + self._chance() / 2)


class Pages(Generic[T]):
    """A list of the gateway: iterate over all of it, or take one page."""

    def __init__(self, transport: Transport, path: str, query: Query, entity: str | None) -> None:
        self._transport = transport
        self._path = path
        self._query = query
        self._entity = entity

    def page(self, cursor: str | None = None) -> tuple[list[T], str | None]:
        """Return one page and the cursor of the next, None after the last."""
        query = {**self._query, **({"cursor": cursor} if cursor else {})}
        body = self._transport.json("GET", self._path, query=query, entity=self._entity)
        return cast("list[T]", body["data"]), body.get("next_cursor")

    def __iter__(self) -> Iterator[T]:
        cursor: str | None = None
        while True:
            items, cursor = self.page(cursor)
            yield from items
            if cursor is None:
                return


def encoded(body: object) -> bytes:
    """Write JSON; `Decimal` becomes a string, so that no digit is lost.

    Raises:
        TypeError: A float, which cannot say 0.1.
    """
    return json.dumps(_exact(body), ensure_ascii=False).encode()


def _exact(value: object) -> object:
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float: write amounts as Decimal or str")
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return {name: _exact(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(inner) for inner in value]
    return value


def _pairs(query: Query) -> Iterator[tuple[str, str]]:
    for name, value in query.items():
        if value is None:
            continue
        if isinstance(value, Mapping):
            yield from ((f"{name}[{key}]", str(inner)) for key, inner in value.items())
        elif isinstance(value, list | tuple):
            yield from ((name, str(inner)) for inner in value)
        else:
            yield name, str(value).lower() if isinstance(value, bool) else str(value)


def _read(answer: httpx2.Response) -> object:
    try:
        return answer.json()
    except ValueError:
        return answer.text


def _asked(answer: httpx2.Response) -> float | None:
    value = answer.headers.get("retry-after", "")
    return min(_LONGEST_WAIT, float(value)) if value.isdigit() else None
