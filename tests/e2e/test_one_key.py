"""R3: one key from 64 threads, some of which hang up, and the gateway is killed amid it."""

import itertools
import json
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psycopg
import pytest

from gateway.demo.api import wait_until_ready
from gateway.demo.companies import BUYERS, SELLERS
from gateway.demo.server import environment_for
from tests.e2e.processes import Killable, free_port, gateway
from tests.kept_rules import shared_with

THREADS, HANG_UP, SEED = 64, 0.05, 3
READY_SECONDS = 60
BODY = {
    "customer": BUYERS["SI"],
    "buyer_reference": "order-1",
    "payment_terms": "15 days net",
    "items": [{"name": "Bread", "quantity": 1, "price": "1.37"}],
}


@dataclass
class Storm:
    """Who sends one request from many threads, and what came of it."""

    server: Killable
    http: httpx2.Client
    entity: str
    address: tuple[str, int]
    key: str
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    seen: Counter[str] = field(default_factory=Counter)

    def post(self, name: str, body: object = BODY) -> httpx2.Response:
        headers = {"Entity-Id": self.entity, "Idempotency-Key": name}
        return self.http.post("/v1/invoices?finalize=true", json=body, headers=headers)

    def hang_up(self, name: str, after: float) -> None:
        """Send the request and go away before the answer."""
        content = json.dumps(BODY).encode()
        head = (
            "POST /v1/invoices?finalize=true HTTP/1.1\r\nHost: gateway\r\n"
            f"Authorization: Bearer {self.key}\r\nEntity-Id: {self.entity}\r\n"
            f"Idempotency-Key: {name}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        with socket.create_connection(self.address, timeout=10) as connection:
            connection.sendall(head.encode() + content)
            time.sleep(after)

    def one(self, name: str, fate: float, after: float) -> bytes | None:
        """Do one thread's part; return the good answer, if it got one."""
        try:
            if fate < HANG_UP:
                self.hang_up(name, after)
                self.seen["hung up"] += 1
                return None
            answer = self.post(name)
        except (OSError, httpx2.TransportError):
            self.seen["cut off"] += 1
            return None
        self.seen[str(answer.status_code)] += 1
        if answer.status_code == 200:
            return answer.content
        problem = answer.json()["type"]
        assert (answer.status_code, problem) == (409, "/problems/idempotency-in-flight")
        return None

    def round(self, name: str, pool: ThreadPoolExecutor, *, kill: bool) -> bytes:
        """Send from all threads at once; return the one answer that all of them may have."""
        parts = [(name, self.chance.random(), self.chance.random() / 50) for _ in range(THREADS)]
        killer = threading.Timer(self.chance.random() / 20, self.server.kill)
        if kill:
            killer.start()
        answers = {one for one in pool.map(lambda part: self.one(*part), parts) if one is not None}
        if kill:
            killer.join()
            wait_until_ready(self.http, seconds=READY_SECONDS)
        last = self.settled(name)
        assert answers <= {last}, "two answers to one key"
        other = self.post(name, {**BODY, "buyer_reference": "order-2"})
        assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-mismatch")
        return last

    def settled(self, name: str) -> bytes:
        """Send until nobody else is at it: one who hung up or was killed may still be."""
        for _ in range(200):
            answer = self.post(name)
            if answer.status_code == 200:
                return answer.content
            assert answer.status_code in {409, 503}, answer.text
            time.sleep(0.1)
        raise TimeoutError(name)


@pytest.fixture
def storm(serving_url: str, admin_url: str, tmp_path: Path) -> Iterator[Storm]:
    port = free_port()
    shared_with(tmp_path / "data")
    environment = environment_for(tmp_path) | {
        "DATABASE_URL": serving_url,
        "GATEWAY_ADMIN_DATABASE_URL": admin_url,
        "GATEWAY_PORT": str(port),
        "GATEWAY_REQUESTS_PER_SECOND": "0",
        "GATEWAY_REQUESTS_PER_MINUTE": "0",
        "GATEWAY_APP_POOL_SIZE": "40",
        "GATEWAY_POOL_SECONDS": "30",
    }
    key = gateway(environment, "api-keys", "create", "--account", "Platform").stdout.split()[-1]
    server = Killable(environment, tmp_path / "serve.log")
    try:
        with httpx2.Client(
            base_url=f"http://127.0.0.1:{port}",
            headers={"Authorization": f"Bearer {key}"},
            limits=httpx2.Limits(max_connections=THREADS + 2),
            timeout=60,
            trust_env=False,
        ) as http:
            wait_until_ready(http, seconds=READY_SECONDS)
            entity = http.post("/v1/entities", json=SELLERS["SI"]).json()["id"]
            yield Storm(server, http, entity, ("127.0.0.1", port), key)
    finally:
        server.stop()


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("rounds", "kills", "seconds"),
    [
        pytest.param(4, 1, 60.0, id="a share"),
        pytest.param(1000, 10, 240.0, id="1000", marks=pytest.mark.full),
    ],
)
def test_64_threads_with_one_key_make_one_document(  # noqa: PLR0913, PLR0917 - pytest's own way
    storm: Storm,
    admin_url: str,
    figures: Callable[..., None],
    rounds: int,
    kills: int,
    seconds: float,
) -> None:
    begun, answers = time.monotonic(), list[dict[str, Any]]()
    every = rounds // (kills + 1)
    with ThreadPoolExecutor(THREADS) as pool:
        for number in itertools.count(1):
            kill = number % every == 0 and number < rounds
            answers.append(json.loads(storm.round(f"key-{number}", pool, kill=kill)))
            storm.seen["kills"] += kill
            if number == rounds or time.monotonic() - begun > seconds:
                break
    took = time.monotonic() - begun
    with psycopg.connect(admin_url) as connection:
        rows = connection.execute("select number, id::text from document").fetchall()
    assert sorted(one["number"] for one in answers) == sorted(row[0] for row in rows)
    assert [one["number"] for one in answers] == [
        f"INV-{number:06}" for number in range(1, len(answers) + 1)
    ]
    assert storm.seen["hung up"] > 0
    assert storm.seen["kills"] > 0
    assert storm.seen["409"] > 0
    figures(
        seed=SEED,
        rounds=len(answers),
        **{name.replace(" ", "_"): count for name, count in sorted(storm.seen.items())},
        seconds=f"{took:.0f}",
    )
