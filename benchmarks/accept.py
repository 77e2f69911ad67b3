"""How many documents per second are taken durably, beside the same server that keeps nothing?

    python -m benchmarks.accept [--seconds 10] [--connections 32] [--rounds 3]

Singles (`?async=true`): parsed, checked for shape, stored with key and activity under row
security, fsynced, answered. Batches of 100 (`/v1/bulk/documents`): the same for each. The two
servers are asked in turns, and what is compared are the medians of the rounds.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx2

from benchmarks.load import Load, request, run
from gateway.demo.api import wait_until_ready
from gateway.demo.companies import SELLERS
from gateway.demo.server import Server

GOAL, AIM = 0.35, 0.5
BATCH, BATCH_GOAL, BATCH_AIM = 100, 2000, 3000
_FREE = {"GATEWAY_REQUESTS_PER_SECOND": "0", "GATEWAY_REQUESTS_PER_MINUTE": "0"}


def invoice(lines: int = 10) -> dict[str, object]:
    """Return a body with so many lines."""
    return {
        "customer": {
            "name": "Kupec d.o.o.",
            "postal_address": {
                "line_1": "Trg 1",
                "city": "Celje",
                "post_code": "3000",
                "country_code": "SI",
            },
        },
        "items": [
            {"name": f"Thing {n}", "quantity": "2", "price": "12.50", "vat_rate": "22"}
            for n in range(lines)
        ],
    }


@contextmanager
def _twin(server: Server, home: Path) -> Iterator[str]:
    """Run the server that keeps nothing over the same database, on a port of its own."""
    port = int(server.environment["GATEWAY_PORT"]) + 1
    environment = {**server.environment, "GATEWAY_PORT": str(port)}
    with (home / "twin.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.accept_twin"],
            env=environment | {"PYTHONPATH": str(Path.cwd())},
            stdout=log,
            stderr=log,
        )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def main() -> None:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="accept-") as scratch:
        home = Path(scratch)
        home.chmod(0o711)
        with (
            Server.started(
                home, "--no-worker", more=_FREE | {"GATEWAY_POSTGRES_HOME": str(home / "database")}
            ) as server,
            httpx2.Client(base_url=server.url, timeout=30) as client,
        ):
            wait_until_ready(client, seconds=60)
            headers = {"Authorization": f"Bearer {server.key}"}
            answer = client.post("/v1/entities", json=SELLERS["SI"], headers=headers)
            headers["Entity-Id"] = answer.raise_for_status().json()["id"]
            with _twin(server, home) as twin:
                with httpx2.Client(base_url=twin, timeout=30) as other:
                    wait_until_ready(other, seconds=60)
                singles(server.url, twin, headers, options)
                batches(server.url, headers, options)


def singles(url: str, twin: str, headers: dict[str, str], options: argparse.Namespace) -> None:
    """Hand in one by one, to both servers in turns."""
    body = json.dumps(invoice()).encode()
    path = "/v1/invoices?async=true"
    ours: list[Load] = []
    theirs: list[Load] = []
    for _ in range(options.rounds):
        for address, loads in ((url, ours), (twin, theirs)):
            make = request("POST", address, path, body, headers)
            kept = run(address, make, connections=options.connections, seconds=options.seconds)
            if set(kept.statuses) != {202}:
                raise SystemExit(f"answers were {kept.statuses}")
            loads.append(kept)
    _say("singles, stored", ours)
    _say("singles, not kept", theirs)
    ratio = _median(ours) / _median(theirs)
    _print(f"ratio {ratio:.2f} (goal {GOAL}, aim {AIM})")


def batches(url: str, headers: dict[str, str], options: argparse.Namespace) -> None:
    """Hand in a hundred at a time."""
    body = json.dumps({"documents": [{"body": invoice()}] * BATCH}).encode()
    make = request("POST", url, "/v1/bulk/documents", body, headers)
    loads = []
    for _ in range(options.rounds):
        found = run(url, make, connections=4, seconds=options.seconds)
        if set(found.statuses) != {202}:
            raise SystemExit(f"answers were {found.statuses}")
        loads.append(found)
    _say(f"batches of {BATCH}", loads)
    rate = _median(loads) * BATCH
    _print(f"{rate:,.0f} documents per second (goal {BATCH_GOAL}, aim {BATCH_AIM})")


def _median(loads: Sequence[Load]) -> float:
    return statistics.median(one.rate for one in loads)


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _say(name: str, loads: Sequence[Load]) -> None:
    rates = ", ".join(f"{one.rate:,.0f}" for one in loads)
    last = loads[-1]
    _print(
        f"{name:20} {_median(loads):8,.0f}/s  ({rates})"
        f"  p50 {last.at(0.5):.1f} ms, p99 {last.at(0.99):.1f} ms"
    )


if __name__ == "__main__":
    main()
