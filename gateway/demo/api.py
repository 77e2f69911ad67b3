"""The demo's side of the HTTP API: what a platform's own client would look like."""

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the API."""

    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Api:
    """Calls the API with one account key.

    Attributes:
        http: Knows the base URL and the key.
    """

    http: httpx2.Client

    def post(
        self, path: str, body: object, *, entity: str | None = None, key: str | None = None
    ) -> Answer:
        """Send JSON, in the name of an entity where one is given."""
        headers = _headers(entity)
        if key is not None:
            headers["Idempotency-Key"] = key
        return _answer(self.http.post(path, json=body, headers=headers))

    def get(
        self, path: str, *, entity: str | None = None, tag: str | None = None, **parameters: str
    ) -> Answer:
        """Read JSON, only if it changed since `tag` where one is given (304 otherwise)."""
        headers = _headers(entity)
        if tag is not None:
            headers["If-None-Match"] = tag
        return _answer(self.http.get(path, params=parameters, headers=headers))

    def text(self, path: str) -> str:
        """Read text."""
        return self.http.get(path).raise_for_status().text

    def download(self, path: str, *, entity: str) -> bytes:
        """Read bytes."""
        response = self.http.get(path, headers=_headers(entity))
        response.raise_for_status()
        return response.content


def _headers(entity: str | None) -> dict[str, str]:
    return {} if entity is None else {"Entity-Id": entity}


def _answer(response: httpx2.Response) -> Answer:
    body = response.json() if response.content else None
    return Answer(response.status_code, body, response.headers)


def wait_until_ready(http: httpx2.Client, *, seconds: float) -> None:
    """Wait until the API answers.

    Raises:
        TimeoutError: It did not within `seconds`.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx2.TransportError):
            if http.get("/ready").is_success:
                return
        time.sleep(0.1)
    raise TimeoutError(f"the API did not answer within {seconds:.0f} s")
