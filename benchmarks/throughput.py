"""How many invoices per second go all the way: converted, judged, signed, sent, archived?

    python -m benchmarks.throughput [--invoices 400] [--workers 1,2,4] [--saxon 1,2,4]

Entities under the reference authority's scheme: each invoice is written as Peppol UBL, judged by
every layer, numbered, linked into its entity's chain and signed, archived, transmitted to the
sandbox network (receipt, verdict, the buyer's answer) and to the authority (mutual TLS, signed
registration). It counts from the first request until the last invoice has both verdicts. Beside
it the same with SaxonC for the official rules. Client, authorities and database share the cores.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import psycopg
from stdnum.si import ddv

from benchmarks.accept import invoice
from gateway.demo.api import wait_until_ready
from gateway.demo.companies import SELLERS
from gateway.demo.server import Server
from gateway.kit.embedded_postgres import EmbeddedPostgres

_OFFICIAL = Path(__file__).parents[2] / "shared" / "official"
_WRITTEN = [f"{digits}{ddv.calc_check_digit(str(digits))}" for digits in range(5022301, 5022320)]
_VAT = [f"SI{one}" for one in _WRITTEN if ddv.is_valid(one)]  # the authority has a chain for each
_ENTITIES = 8
_BATCH = 50
_PURPOSES = {"fiscal-signature": "signature", "client-tls": "client-tls"}
_DONE = "select count(*) from transmission where regulatory <> 'pending'"
_PATIENCE = 600


class Town:
    """Entities that issue, and the database that says how far their invoices are."""

    def __init__(self, http: httpx2.Client, server: Server, postgres: EmbeddedPostgres) -> None:
        self.http = http
        self.server = server
        self._database = postgres.url("gateway")
        self._authority = self._ready("sandbox-authority")
        self.entities = [self._founded(number) for number in range(_ENTITIES)]

    def _ready(self, name: str) -> str:
        home = Path(self.server.environment["GATEWAY_DATA"]) / name
        return str(json.loads((home / "ready.json").read_text())["url"])

    def call(self, method: str, path: str, body: object, entity: str | None = None) -> Any:  # noqa: ANN401
        """Send a request and return the answer's JSON."""
        headers = {"Authorization": f"Bearer {self.server.key}"}
        if entity is not None:
            headers["Entity-Id"] = entity
        answer = self.http.request(method, path, json=body, headers=headers)
        if answer.is_error:
            raise SystemExit(f"{method} {path}: {answer.text}")
        return answer.json()

    def _founded(self, number: int) -> str:
        seller = {**SELLERS["SI"]["seller"], "vat_identifier": _VAT[number]}
        body = {**SELLERS["SI"], "name": f"Shop {number}", "seller": seller}
        entity = str(self.call("POST", "/v1/entities", body)["id"])
        for purpose, use in _PURPOSES.items():
            body = {"name": purpose, "purposes": [purpose], "kind": "p-256"}
            key = self.call("POST", "/v1/signing-keys", body, entity)["id"]
            subject = {"subject": {"common_name": purpose}}
            asked = self.call("POST", f"/v1/signing-keys/{key}/csr", subject, entity)
            url = f"{self._authority}/test-certificates?use={use}"
            given = httpx2.post(url, content=asked["csr"].encode(), trust_env=False).text
            leaf, mark, _ = given.partition("-----END CERTIFICATE-----")
            body = {"certificate": f"{leaf}{mark}\n"}
            self.call("POST", f"/v1/signing-keys/{key}/certificates", body, entity)
        settings = {"settings": {"fiscalization": {"scheme": "sandbox-authority"}}}
        self.call("PATCH", f"/v1/entities/{entity}", settings)
        return entity

    def issue(self, count: int) -> None:
        """Ask for so many invoices, spread over the entities."""
        body = {**invoice(), "buyer_reference": "B-1"}
        for number, begun in enumerate(range(0, count, _BATCH)):
            some = min(_BATCH, count - begun)
            asked = {"documents": [{"body": body}] * some, "finalize": True}
            entity = self.entities[number % _ENTITIES]
            self.call("POST", "/v1/bulk/documents", asked, entity)

    def done(self) -> int:
        """Return how many transmissions have their verdict."""
        with psycopg.connect(self._database) as connection:
            row = connection.execute(_DONE).fetchone()
            return 0 if row is None else int(row[0])

    def timed(self, count: int, program: Sequence[str], workers: int) -> float:
        """Return how many invoices per second so many workers bring to their end."""
        with _working(self.server, program, workers):
            self._through(_BATCH)  # rule sets loaded, connections open
            began = time.perf_counter()
            self._through(count)
            return count / (time.perf_counter() - began)

    def _through(self, count: int) -> None:
        before = self.done()
        self.issue(count)
        until = time.monotonic() + _PATIENCE
        while self.done() < before + 2 * count:
            if time.monotonic() > until:
                raise SystemExit(f"{self.done() - before} of {2 * count} after {_PATIENCE} s")
            time.sleep(0.05)


@contextmanager
def _working(server: Server, program: Sequence[str], workers: int) -> Iterator[None]:
    environment = {**server.environment, "PYTHONPATH": str(Path.cwd())}
    with (server.log.parent / "workers.log").open("ab") as log:
        processes = [
            subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                [sys.executable, "-m", *program], env=environment, stdout=log, stderr=log
            )
            for _ in range(workers)
        ]
        try:
            yield
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(60)


def main() -> None:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invoices", type=int, default=400)
    parser.add_argument("--workers", default="1,2,4")
    parser.add_argument("--saxon", default="1,2,4")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="throughput-") as name:
        home = Path(name)
        home.chmod(0o711)
        place = home / "database"
        more = {
            "GATEWAY_REQUESTS_PER_SECOND": "0",
            "GATEWAY_REQUESTS_PER_MINUTE": "0",
            "GATEWAY_POSTGRES_HOME": str(place),
            "GATEWAY_SCHEMAS_DIR": str(_OFFICIAL),
        }
        with (
            Server.started(home, "--no-worker", more=more) as server,
            httpx2.Client(base_url=server.url, timeout=60, trust_env=False) as http,
        ):
            wait_until_ready(http, seconds=60)
            with EmbeddedPostgres(place) as postgres:
                town = Town(http, server, postgres)
                ours = _rates(town, options.workers, options.invoices, ("gateway.cli", "worker"))
                peer = ("benchmarks.throughput_twin",)
                theirs = _rates(town, options.saxon, options.invoices, peer)
                for workers, rate in ours.items():
                    other = theirs.get(workers)
                    ratio = f"  {rate / other:.2f} times SaxonC's {other:.1f}" if other else ""
                    sys.stdout.write(f"{workers} workers: {rate:.1f} invoices/s{ratio}\n")


def _rates(town: Town, workers: str, count: int, program: Sequence[str]) -> dict[int, float]:
    found: dict[int, float] = {}
    for number in filter(None, workers.split(",")):
        found[int(number)] = town.timed(count, program, int(number))
        sys.stdout.write(f"{' '.join(program)} x {number}: {found[int(number)]:.1f} invoices/s\n")
        sys.stdout.flush()
    return found


if __name__ == "__main__":
    main()
