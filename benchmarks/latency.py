"""From issue to wire on an idle lane, and how long a dead worker's work lies still.

    python -m benchmarks.latency [--messages 200] [--kills 5]

It starts a gateway without a worker, and workers of its own beside it. A message is queued as
issuing does it, one at a time and with pauses, so that its lane is idle; the wire is reached when
the first byte is written. Then workers are killed (SIGKILL) while they wait for an answer; their
work lies still until another has taken the lane over and said so.
"""

import argparse
import datetime
import os
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2

from gateway.channels.places import place
from gateway.demo.api import wait_until_ready
from gateway.demo.companies import BUYERS, SELLERS
from gateway.demo.server import Server
from gateway.events import service as events
from gateway.kit import clock
from gateway.kit.bootstrap import Storage
from gateway.kit.database import Database
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.settings import Settings
from gateway.transmissions import recorded, service

WIRE_MILLISECONDS, TAKEOVER_SECONDS = 20.0, 2.0
"""The goals: the median, and every one."""
CHANNEL = "sandbox-network"
SENDER = "9930:DE136695976"
_PATIENCE, _START = 30.0, 120.0  # seconds
_ASIDE = 0.15  # seconds in which nobody asks, lest what is measured waits for who measures


@dataclass(frozen=True)
class Bench:
    """What is measured.

    Attributes:
        server: Without a worker.
        database: The same as the workers'.
        tenant: Whose messages.
        document: What they carry.
        payload: Its bytes.
        network: Where the sandbox network listens.
    """

    server: Server
    database: Database
    tenant: Tenant
    document: UUID
    payload: bytes
    network: str

    def queue(self) -> tuple[UUID, datetime.datetime]:
        """Queue a message to a receiver of its own; return it, and the moment it was durable."""
        with self.database.transaction(self.tenant) as tx:
            made = service.enqueue(
                tx,
                document_id=self.document,
                channel=CHANNEL,
                sender=SENDER,
                receiver=f"0088:{secrets.randbelow(10**13):013d}",
                payload=self.payload,
                now=clock.now(),
            )
        return made, clock.now()

    def written(self, transmission: UUID) -> datetime.datetime:
        """Wait for the answer to a message, and return when its first byte was written."""
        time.sleep(_ASIDE)
        ends = time.monotonic() + _PATIENCE
        while time.monotonic() < ends:
            with self.database.transaction(self.tenant, read_only=True) as tx:
                found = recorded.of_transmission(tx, transmission)
                sent = recorded.exchanges(tx, transmission, 1)
            for one in found[:1]:
                answer = sent[0].answer
                if one.ended_at is not None and answer is not None:
                    return one.ended_at - datetime.timedelta(seconds=answer.elapsed)
            time.sleep(0.01)
        raise TimeoutError(f"no answer came; {self.server.log.read_text()[-2000:]}")

    def told(self, transmission: UUID, kind: str) -> datetime.datetime:
        """Wait until an event of a kind is told of a message, and return when it was."""
        ends = time.monotonic() + _PATIENCE
        while time.monotonic() < ends:
            with self.database.transaction(self.tenant, read_only=True) as tx:
                found = events.of_transmission(tx, transmission)
            for event in found:
                if event.type == f"transmission.{kind}":
                    return event.at
            time.sleep(0.005)
        raise TimeoutError(f"no {kind} came")

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """Run a worker, from when it is ready."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with self.server.log.open("ab") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", "gateway.cli", "worker"],
                env={**self.server.environment, "GATEWAY_WORKER_PORT": str(port)},
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
            )
        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
                wait_until_ready(http, seconds=_START)
            yield process
        finally:
            process.terminate()
            process.wait(60)


@contextmanager
def opened(home: Path) -> Iterator[Bench]:
    """Start a gateway with one issued document."""
    with ExitStack() as stack:
        server = stack.enter_context(Server.started(home, "--no-worker"))
        key = {"Authorization": f"Bearer {server.key}"}
        http = stack.enter_context(
            httpx2.Client(base_url=server.url, headers=key, timeout=60, trust_env=False)
        )
        wait_until_ready(http, seconds=60)
        account = _made(http.get("/v1/account"))["id"]
        body = SELLERS["DE"] | {"country_code": "DE"}
        entity = _made(http.post("/v1/entities", json=body))["id"]
        http.headers["Entity-Id"] = entity
        document = _made(http.post("/v1/invoices?finalize=true", json=_invoice()))["id"]
        content = http.get(f"/v1/invoices/{document}/xml").content
        os.environ.update(
            {n: v for n, v in server.environment.items() if n.startswith("GATEWAY_")}
        )
        settings = Settings()
        storage = stack.enter_context(closing(Storage.open(settings)))
        database = stack.enter_context(closing(Database(storage.url)))
        tenant = Tenant(parse_id(account, "acc"), (parse_id(entity, "ent"),), "sandbox")
        network = place(settings, CHANNEL).url
        yield Bench(server, database, tenant, parse_id(document, "inv"), content, network)


def wire(bench: Bench, messages: int) -> list[float]:
    """Return how many milliseconds each of some messages took from its commit to the wire."""
    found = []
    with bench.worker():
        for _ in range(messages):
            time.sleep(0.02 + secrets.randbelow(50) / 1000)
            made, durable = bench.queue()
            found.append((bench.written(made) - durable).total_seconds() * 1000)
    return found


def takeover(bench: Bench, kills: int) -> list[float]:
    """Return how many seconds the work of some killed workers lay still."""
    found = []
    with ExitStack() as stack:
        other = stack.enter_context(bench.worker())
        for _ in range(kills):
            killed, other = other, stack.enter_context(bench.worker())
            other.send_signal(signal.SIGSTOP)  # so that it is the first one that sends
            _fault(bench, {"fault": "latency", "nth": 1, "count": 1, "seconds": _PATIENCE})
            made, _ = bench.queue()
            bench.told(made, "submitting")
            other.send_signal(signal.SIGCONT)
            time.sleep(0.2)
            at = clock.now()
            killed.kill()
            found.append((bench.told(made, "outcome_unknown") - at).total_seconds())
            _fault(bench)
    return found


def _fault(bench: Bench, *rules: Mapping[str, Any]) -> None:
    answer = httpx2.put(f"{bench.network}/__sandbox/faults", json={"rules": list(rules)})
    answer.raise_for_status()


def _made(answer: httpx2.Response) -> dict[str, Any]:
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


def _invoice() -> dict[str, Any]:
    return {
        "buyer": BUYERS["DE"],
        "buyer_reference": "1",
        "payment_terms": "14 days",
        "lines": [{"item_name": "Work", "invoiced_quantity": "1", "item_net_price": "100.00"}],
    }


def shown(name: str, found: list[float], goal: float, unit: str, figure: float) -> str:
    """Return a line of figures: the one that the goal is about, and how they spread."""
    ordered = sorted(found)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    word = "met" if figure < goal else "MISSED"
    return (
        f"{name}: median {statistics.median(found):.1f} {unit}, p95 {p95:.1f}, "
        f"worst {ordered[-1]:.1f} (n={len(found)}); goal {goal:g} {unit}: {word}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--kills", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, opened(Path(place)) as bench:
        found = wire(bench, asked.messages)
        median = statistics.median(found)
        line = shown("issue to wire, idle lane", found, WIRE_MILLISECONDS, "ms", median)
        sys.stdout.write(line + "\n")
        if asked.kills:
            found = takeover(bench, asked.kills)
            line = shown("takeover after kill -9", found, TAKEOVER_SECONDS, "s", max(found))
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
