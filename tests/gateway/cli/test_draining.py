"""Processes that are told to stop: nothing is broken off, and a second word ends them at once."""

import base64
import contextlib
import os
import re
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from gateway.transmissions import operating
from tests import forks
from tests.gateway.transmissions.conftest import stage
from tests.gateway.transmissions.stage import MASTER, Stage
from tests.kept_rules import shared_with

__all__ = ["stage"]

pytestmark = pytest.mark.timeout(120)


class Process:
    """`gateway serve` or `gateway worker`, with a port that shows how it is."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as sink:
            self.process = forks.start(
                "gateway.cli",
                command,
                environment={**os.environ, **environment},
                stdout=sink,
                stderr=sink,
            )
        self.port = ""

    def address(self, before: str, seconds: float = 60) -> str:
        """Return the address that it prints after some words."""
        deadline = time.monotonic() + seconds
        while not (found := re.search(before + r"(http://127\.0\.0\.1:\d+)", self.text)):
            assert self.process.poll() is None, self.text
            assert time.monotonic() < deadline, self.text
            time.sleep(0.05)
        return found[1]

    @property
    def text(self) -> str:
        return self.log.read_text(errors="replace")

    def ready(self) -> httpx2.Response:
        return httpx2.get(f"{self.port}/ready", timeout=10)

    def wait_until_ready(self) -> None:
        self.port = self.address("Figures for Prometheus: ")
        deadline = time.monotonic() + 30
        while self.ready().status_code != 200:
            assert time.monotonic() < deadline, self.ready().text
            time.sleep(0.05)

    def tell(self, number: int) -> None:
        self.process.send_signal(number)

    def end(self) -> int:
        return self.process.wait(30)


@contextlib.contextmanager
def worker(stage: Stage, serving_url: str, home: Path, **more: str) -> Iterator[Process]:
    """Start `gateway worker` over the stage's queue and archive."""
    home.mkdir()
    (home / "archive").symlink_to(stage.network.data.parent / "data" / "archive")
    environment = {
        "DATABASE_URL": serving_url,
        "GATEWAY_DATA": str(home),
        "GATEWAY_MASTER_KEY": base64.b64encode(bytes(32)).decode(),
        "GATEWAY_SANDBOX_NETWORK_URL": stage.network.url,
        "GATEWAY_SANDBOX_NETWORK_TRUST": str(stage.network.trust),
        "GATEWAY_SANDBOX_VIES_URL": "http://127.0.0.1:1",
        "GATEWAY_WORKER_PORT": "0",
        **more,
    }
    made = Process(["worker"], environment, home / "worker.log")
    try:
        yield made
    finally:
        made.tell(signal.SIGCONT)
        if made.process.poll() is None:
            made.process.kill()
        made.process.wait()


def holders(stage: Stage) -> list[str | None]:
    """Return who has a lane in hand."""
    with stage.database.worker_transaction() as tx:
        return [one.host for one in operating.lanes(tx) if one.lease_until is not None]


def on_the_wire(stage: Stage, seconds: float) -> None:
    """Let the network take so long to answer the next message."""
    stage.network.fail({"fault": "latency", "nth": 1, "count": 1, "seconds": seconds})


def test_what_is_on_the_wire_is_finished_and_others_go_on_at_once(
    stage: Stage, serving_url: str, tmp_path: Path
) -> None:
    assert MASTER.keyed_hash(b"x", "y")  # the same key as the processes'
    with (
        worker(stage, serving_url, tmp_path / "one") as one,
        worker(stage, serving_url, tmp_path / "two") as two,
    ):
        one.wait_until_ready()
        two.wait_until_ready()
        two.tell(signal.SIGSTOP)
        on_the_wire(stage, 1.5)
        first = stage.queue(number="R-1")
        second = stage.queue(number="R-2")
        stage.until(first, lambda view: view.transport == "submitting")
        assert holders(stage) == [f"{socket.gethostname()}:{one.process.pid}"]
        one.tell(signal.SIGTERM)
        two.tell(signal.SIGCONT)
        until = time.monotonic() + 1
        while one.ready().status_code != 503:
            assert time.monotonic() < until
        assert one.end() == 0, one.text
        ended = time.monotonic()
        stage.until_answered(second)
        assert time.monotonic() - ended < 2
        assert "outcome_unknown" not in stage.types(first)
        assert "outcome_unknown" not in stage.types(second)
        stage.until_answered(first)
        assert stage.reached()["submitting"] == 2


def test_who_takes_too_long_is_broken_off_and_his_message_asked_about(
    stage: Stage, serving_url: str, tmp_path: Path
) -> None:
    with worker(stage, serving_url, tmp_path / "one", GATEWAY_DRAIN_SECONDS="0.2") as one:
        one.wait_until_ready()
        on_the_wire(stage, 4)
        first = stage.queue(number="R-1")
        stage.until(first, lambda view: view.transport == "submitting")
        one.tell(signal.SIGTERM)
        begun = time.monotonic()
        assert one.end() == 1, one.text
        assert time.monotonic() - begun < 3
        assert "drain_timed_out" in one.text
    with stage.working():
        stage.until_answered(first)
    assert "outcome_unknown" in stage.types(first)


def test_a_second_signal_ends_it_at_once(stage: Stage, serving_url: str, tmp_path: Path) -> None:
    with worker(stage, serving_url, tmp_path / "one") as one:
        one.wait_until_ready()
        on_the_wire(stage, 10)
        first = stage.queue(number="R-1")
        stage.until(first, lambda view: view.transport == "submitting")
        one.tell(signal.SIGTERM)
        while one.ready().status_code != 503:
            time.sleep(0.02)
        begun = time.monotonic()
        one.tell(signal.SIGTERM)
        assert one.end() == 128 + signal.SIGTERM
        assert time.monotonic() - begun < 1
    assert stage.view(first).transport == "submitting"


def test_a_server_says_no_first_and_answers_who_waits(serving_url: str, tmp_path: Path) -> None:
    environment = {
        "DATABASE_URL": serving_url,
        "GATEWAY_DATA": str(shared_with(tmp_path)),
        "GATEWAY_PORT": "0",
        "GATEWAY_METRICS_PORT": "0",
        "GATEWAY_SANDBOX_VIES_URL": "http://127.0.0.1:1",
        "GATEWAY_DRAIN_NOTICE_SECONDS": "4",
    }
    command = ("api-keys", "create", "--account", "A")
    made = forks.gateway(command, {**os.environ, **environment})
    assert made.returncode == 0, made.stderr
    serve = Process(["serve", "--no-worker"], environment, tmp_path / "serve.log")
    try:
        url = serve.address("The gateway listens on ")
        serve.wait_until_ready()
        with httpx2.Client(base_url=url, timeout=30) as http, ThreadPoolExecutor() as threads:
            http.headers["Authorization"] = f"Bearer {made.stdout.decode().splitlines()[-1]}"
            body = {"name": "Muster GmbH", "country_code": "DE"}
            entity = http.post("/v1/entities", json=body).json()["id"]
            waiting = threads.submit(
                http.get, "/v1/events", params={"wait": 30, "entity_id": entity}
            )
            time.sleep(0.3)
            begun = time.monotonic()
            serve.tell(signal.SIGTERM)
            while httpx2.get(f"{url}/ready").status_code != 503:
                assert time.monotonic() - begun < 3.9
            assert http.get("/v1/account").status_code == 200, "it still takes requests"
            answered = waiting.result(20)
        assert answered.status_code == 200
        assert 3.9 < time.monotonic() - begun < 15, "it was not held for thirty seconds"
        assert serve.end() == 0, serve.text
        with pytest.raises(httpx2.ConnectError):
            httpx2.get(f"{url}/health")
    finally:
        serve.process.kill()
        serve.process.wait()
