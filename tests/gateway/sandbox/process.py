"""The sandbox network as tests run it: its own process, driven over HTTP."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import httpx2

from tests import forks


class Network:
    """A running access point; `start` and `kill` as often as the test likes."""

    def __init__(self, data: Path, signals_url: str | None = None) -> None:
        self.data = data
        self.signals_url = signals_url
        self.port = 0
        self.client = httpx2.Client(timeout=10, trust_env=False)
        self._process: forks.Process | None = None
        self._said: IO[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def trust(self) -> Path:
        return self.data / "ca.pem"

    def start(self) -> None:
        options = ["--data", str(self.data), "--port", str(self.port)]
        if self.signals_url:
            options += ["--signals-url", self.signals_url]
        reading, writing = os.pipe()
        self._said = os.fdopen(reading)
        self._process = forks.start("gateway.sandbox.network", options, stdout=writing, stderr=2)
        os.close(writing)
        ready = json.loads(self._said.readline())
        assert ready["ready"]
        self.port = int(ready["url"].rpartition(":")[2])

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._ended()

    def stop(self) -> int:
        if self._process is None:
            return 0
        self._process.terminate()
        return self._ended()

    def close(self) -> None:
        self.client.close()
        self.stop()

    def fail(self, *rules: dict[str, Any]) -> None:
        """Put fault rules in force."""
        answer = self.client.put(f"{self.url}/__sandbox/faults", json={"rules": rules})
        assert answer.status_code == 200, answer.text

    def play(self, *lines: dict[str, Any], duplicates: str = "refuse") -> None:
        """Put a script in force."""
        script = {"lines": lines, "duplicates": duplicates}
        answer = self.client.put(f"{self.url}/__sandbox/script", json=script)
        assert answer.status_code == 200, answer.text

    def fired(self) -> dict[str, int]:
        fired: dict[str, int] = self.client.get(f"{self.url}/__sandbox/faults").json()["fired"]
        return fired

    def ledger(self) -> dict[str, Any]:
        book: dict[str, Any] = self.client.get(f"{self.url}/__sandbox/ledger").json()
        return book

    def messages(self) -> dict[str, dict[str, Any]]:
        """Return what the ledger holds, by message id."""
        return {message["message_id"]: message for message in self.ledger()["messages"]}

    def _ended(self) -> int:
        assert self._process is not None
        assert self._said is not None
        code = self._process.wait(20)
        self._said.close()
        self._process = self._said = None
        return code


@contextmanager
def running(data: Path, signals_url: str | None = None) -> Iterator[Network]:
    network = Network(data, signals_url)
    network.start()
    try:
        yield network
    finally:
        network.close()
