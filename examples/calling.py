"""What the examples share: one way to call the gateway, that says what it called."""

import os
import sys
import time
from typing import Any

import httpx2

Json = dict[str, Any]


class Caller:
    """Calls the gateway in the name of a key, and stops at the first refusal."""

    def __init__(self, key: str, entity: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {key}"}
        if entity is not None:
            headers["Entity-Id"] = entity
        url = os.environ.get("GATEWAY_URL", "http://127.0.0.1:8080")
        self._http = httpx2.Client(base_url=url, headers=headers, timeout=60, trust_env=False)
        self._key = key

    def about(self, entity: str) -> "Caller":
        """Return the same key, acting for one entity."""
        return Caller(self._key, entity)

    def ask(self, method: str, path: str, body: Json | None = None) -> httpx2.Response:
        """Send a request; print it, and the problem if it is refused."""
        answer = self._http.request(method, path, json=body)
        print(f"{answer.status_code} {method} {path}")
        if answer.status_code >= 400:
            sys.exit(f"refused: {answer.text}")
        return answer

    def get(self, path: str) -> Json:
        """Return what is read there."""
        found: Json = self.ask("GET", path).json()
        return found

    def post(self, path: str, body: Json | None = None) -> Json:
        """Send a body and return the answer."""
        found: Json = self.ask("POST", path, body).json()
        return found

    def patch(self, path: str, body: Json) -> Json:
        """Change something and return it."""
        found: Json = self.ask("PATCH", path, body).json()
        return found

    def finished(self, job: str, *, seconds: float = 120) -> Json:
        """Wait for a background job and return it."""
        end = time.monotonic() + seconds
        while (found := self.get(f"/v1/jobs/{job}"))["state"] in {"queued", "running"}:
            if time.monotonic() > end:
                sys.exit(f"the job {job} is still {found['state']}")
            time.sleep(0.5)
        return found


def check(what: str, holds: bool) -> None:  # noqa: FBT001 - it reads as a sentence
    """Stop when something promised is not so."""
    if not holds:
        sys.exit(f"not so: {what}")
    print(f"    {what}")


def key() -> str:
    """Return the account key that the reader was given."""
    found = os.environ.get("GATEWAY_KEY")
    if not found:
        sys.exit("set GATEWAY_KEY to an account's key: gateway api-keys create --account NAME")
    return found
