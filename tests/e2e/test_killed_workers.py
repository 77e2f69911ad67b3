"""Invoices through the API while workers are killed with SIGKILL and the network misbehaves.

The judge is `gateway fsck` and the receiver's own ledger; neither shares code with the sender.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

import httpx2
import pytest

from gateway.demo.api import Api, wait_until_ready
from gateway.demo.companies import BUYERS, SELLERS
from gateway.demo.server import Server
from tests.e2e.conftest import client, settings_for

SEED = 20261121
KILL_EVERY = (0.3, 0.75)
"""Times as long as the gateway took to start here, so that a killed worker has worked."""
FAULTS = [
    {"fault": "latency", "probability": 0.3, "seed": SEED, "seconds": 0.3},
    {"fault": "drop_before_accept", "probability": 0.06, "seed": SEED + 1},
    {"fault": "drop_after_accept", "probability": 0.06, "seed": SEED + 2},
    {"fault": "http_503_before_accept", "probability": 0.06, "seed": SEED + 3},
    {"fault": "http_500_after_accept", "probability": 0.06, "seed": SEED + 4},
    {"fault": "duplicate_signals", "probability": 0.1, "seed": SEED + 5},
    {"fault": "late_signals", "probability": 0.1, "seed": SEED + 6, "seconds": 2},
    {"fault": "signal_before_response", "probability": 0.1, "seed": SEED + 7},
    {"fault": "out_of_order_signals", "probability": 0.1, "seed": SEED + 8},
    # Few documents may meet none of the rare ones by chance: each is met once at least.
    {"fault": "drop_before_accept", "nth": 3, "count": 1},
    {"fault": "drop_after_accept", "nth": 5, "count": 1},
    {"fault": "http_503_before_accept", "nth": 6, "count": 1},
    {"fault": "http_500_after_accept", "nth": 8, "count": 1},
    {"fault": "duplicate_signals", "nth": 2, "count": 1},
    {"fault": "late_signals", "nth": 4, "count": 1, "seconds": 2},
    {"fault": "signal_before_response", "nth": 5, "count": 1},
    {"fault": "out_of_order_signals", "nth": 7, "count": 1},
]


class Workers:
    """Two workers, one of which is killed every few seconds and replaced.

    The first is killed as soon as `working` says that something was sent, the last after `most`.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        log: Path,
        start_seconds: float,
        working: Callable[[], bool],
        most: int,
    ) -> None:
        self._environment = environment
        self._most = most  # a busy machine may start them hardly faster than they are killed
        self._working = working
        self._between = [times * start_seconds for times in KILL_EVERY]
        self._log = log
        self._chance = random.Random(SEED)  # noqa: S311 - a schedule that can be replayed
        self._stop = threading.Event()
        self._running = [self._start(), self._start()]
        self._thread = threading.Thread(target=self._kill_now_and_then)
        self.kills = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        for process in self._running:
            process.terminate()
            process.wait(30)

    def calm(self) -> None:
        """Kill no more; let the rest drain."""
        self._stop.set()
        self._thread.join()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as sink:
            return subprocess.Popen(
                [sys.executable, "-m", "gateway.cli", "worker"],
                env=dict(self._environment),
                stdout=sink,
                stderr=sink,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def _kill_now_and_then(self) -> None:
        while not self._working():
            if self._stop.wait(0.05):
                return
        wait = 0.0
        while self.kills < self._most and not self._stop.wait(wait):
            wait = self._chance.uniform(*self._between)
            victim = self._chance.randrange(len(self._running))
            os.killpg(self._running[victim].pid, signal.SIGKILL)
            self._running[victim].wait()
            self.kills += 1
            self._running[victim] = self._start()


@pytest.fixture
def crashing(open_directory: Path) -> Iterator[tuple[Server, float]]:
    """A gateway without a worker of its own, and the seconds that it took to start."""
    home = open_directory / "crash"
    home.mkdir(mode=0o711)
    began = time.monotonic()
    with Server.started(home, "--no-worker", more=settings_for(home)) as started:
        with client(started) as http:
            wait_until_ready(http, seconds=60)
        yield started, time.monotonic() - began


@pytest.mark.parametrize(
    "count", [pytest.param(16, id="16"), pytest.param(500, id="500", marks=pytest.mark.full)]
)
def test_no_document_is_lost_doubled_or_misnumbered(
    crashing: tuple[Server, float], count: int, tmp_path: Path
) -> None:
    server, start_seconds = crashing
    with client(server) as http, _network(server) as network:
        api = Api(http)
        entity = api.post("/v1/entities", SELLERS["SI"]).body["id"]
        network.put("/__sandbox/faults", json={"rules": FAULTS}).raise_for_status()
        began = time.monotonic()

        def working() -> bool:
            return bool(network.get("/__sandbox/ledger").json()["messages"])

        log = tmp_path / "workers.log"
        with Workers(server.environment, log, start_seconds, working, count) as workers:
            with ThreadPoolExecutor(6) as pool:
                numbers = list(pool.map(lambda index: _submit(api, entity, index), range(count)))
            _wait_for_all(api, entity, count, seconds=60 + count)
            workers.calm()
            kills = workers.kills
        seconds = time.monotonic() - began
        ledger = network.get("/__sandbox/ledger").json()
        rules = network.get("/__sandbox/faults").json()["rules"]
        fired = Counter[str]()
        for rule in rules:
            fired[rule["fault"]] += rule["fired"]
        events = _events(api, entity)
    assert sorted(numbers) == [f"INV-{number:06}" for number in range(1, count + 1)]
    accepted = [entry for entry in ledger["messages"] if entry["state"] == "accepted"]
    assert len(accepted) == count
    assert len({entry["number"] for entry in accepted}) == count
    reached = Counter(event["type"] for event in events)
    assert kills > 0
    assert reached["transmission.outcome_unknown"] > 0, "the test tested nothing"
    assert all(fired.values()), f"a fault never fired: {fired}"
    report = _fsck(server.environment)
    outcomes = {one["id"]: one["outcome"] for one in report["invariants"]}
    print(  # noqa: T201 - the figures are the point
        f"{count} documents, {kills} kills, {seconds:.0f} s, events {dict(reached)}, "
        f"faults {fired}, fsck {outcomes}"
    )


def _submit(api: Api, entity: str, index: int) -> str:
    body = {
        "customer": BUYERS["SI"],
        "buyer_reference": f"order-{index}",
        "payment_terms": "15 days net",
        "items": [{"name": "Bread", "quantity": index % 9 + 1, "price": f"{index % 7}.37"}],
        "metadata": {"index": str(index)},
    }
    answer = api.post("/v1/invoices?finalize=true", body, entity=entity, key=f"order-{index}")
    assert answer.status == 200, answer.body
    return str(answer.body["number"])


def _wait_for_all(api: Api, entity: str, count: int, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    done = 0
    while time.monotonic() < deadline:
        listed = list(_all_documents(api, entity))
        done = sum(1 for document in listed if document["status"] == "accepted")
        if done == count:
            return
        time.sleep(1)
    pytest.fail(f"only {done} of {count} accepted after {seconds:.0f} s")


def _all_documents(api: Api, entity: str) -> Iterator[dict[str, Any]]:
    cursor: dict[str, str] = {}
    while True:
        page = api.get("/v1/invoices", entity=entity, limit="100", **cursor).body
        yield from page["data"]
        if page["next_cursor"] is None:
            return
        cursor = {"cursor": page["next_cursor"]}


def _events(api: Api, entity: str) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = api.get("/v1/events", entity=entity, limit="200", **after).body
        if not page["data"]:
            return events
        events.extend(page["data"])
        after = {"after": page["cursor"]}


def _network(server: Server) -> httpx2.Client:
    url = (Path(server.environment["GATEWAY_DATA"]) / "sandbox-network" / "url").read_text()
    return httpx2.Client(base_url=url.strip(), timeout=30, trust_env=False)


def _fsck(environment: Mapping[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "gateway.cli", "fsck", "--json"],
        env=dict(environment),
        stdout=subprocess.PIPE,
        check=False,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == 0, report
    return report
