"""Ten thousand entities with fifty documents each, in one database: how long do answers take?

    python -m benchmarks.many_tenants [--entities 10000] [--documents 50] [--requests 200]

It starts a gateway of its own over an empty database, fills it (`crowd.py`) and asks over HTTP,
one request after the other, each about another entity.
"""

import argparse
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from typing_extensions import override

from benchmarks.crowd import Models, fill
from gateway.demo.api import wait_until_ready
from gateway.demo.companies import BUYERS, SELLERS
from gateway.demo.server import Server
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id

QUICK, WHOLE = 200.0, 2000.0
"""The goals in milliseconds, at the 95th percentile: of a page, and of a whole account."""

_STEP = 7919  # coprime to any number of entities that is asked for: each request another one
_FEW = 10
_PAGES = 5

OF_ENTITY: Mapping[str, str] = {
    "list": "documents",
    "list, filtered by state": "documents?state=draft",
    "list, filtered by kind": "credit-notes",
    "list, filtered by metadata": "documents?metadata[branch]=b-3",
    "list, filtered by number": "documents?number=INV-000011",
    "list, filtered by customer": "documents?customer_id={customer}",
    "list, filtered by date": "documents?from=2026-01-01&to=2026-03-31",
    "report: totals": "reports/totals?group_by=month,kind",
    "report: VAT": "reports/vat",
    "report: receivables": "reports/receivables",
}
OF_ACCOUNT: Mapping[str, str] = {
    "entities": "entities",
    "board": "reports/compliance",
    "board, failed": "reports/compliance?state=failed",
    "report: totals by entity": "reports/totals?group_by=entity,month",
    "report: receivables by entity": "reports/receivables?group_by=entity",
}
OF_WHOLE: Mapping[str, str] = {
    "account report: totals": "reports/totals?group_by=month,kind",
    "account report: totals of a month": "reports/totals?from=2026-03-01&to=2026-03-31",
    "account report: VAT": "reports/vat",
    "account report: receivables": "reports/receivables",
    "account report: usage": "reports/usage",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """How long one question took, in milliseconds."""

    name: str
    goal: float
    times: Sequence[float]

    @override
    def __str__(self) -> str:
        """Return a row of the table."""
        median = statistics.median(self.times)
        late = sorted(self.times)[min(len(self.times) - 1, round(0.95 * len(self.times)))]
        verdict = "yes" if late <= self.goal else "NO"
        return f"{self.name:36}{median:9.1f}{late:9.1f}{self.goal:8.0f}  {verdict}"


HEAD = f"{'':36}{'p50 ms':>9}{'p95 ms':>9}{'goal':>8}  met"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill, measure, print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=50)
    parser.add_argument("--requests", type=int, default=200)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="many-tenants-") as name:
        home = Path(name)
        home.chmod(0o711)
        place = home / "database"
        more = {"GATEWAY_POSTGRES_HOME": str(place)}
        with Server.started(home, "--no-worker", more=more) as server, _client(server) as http:
            wait_until_ready(http, seconds=60)
            with EmbeddedPostgres(place) as postgres:
                started = time.monotonic()
                models = made(http)
                fill(
                    postgres.url("gateway"),
                    models,
                    entities=chosen.entities,
                    documents=chosen.documents,
                )
                seconds = time.monotonic() - started
                sys.stdout.write(
                    f"{chosen.entities} entities with {chosen.documents} documents each, "
                    f"filled in {seconds:.0f} s\n\n{HEAD}\n"
                )
                return _measured(http, chosen.requests)


def made(http: httpx2.Client) -> Models:
    """Issue through the API what the crowd is copied from."""
    entity = _post(http, "entities", SELLERS["SI"])
    headers = {"Entity-Id": entity["id"]}
    body = {
        "profile": "en16931-ubl",
        "buyer": BUYERS["SI"],
        "buyer_reference": "order-1",
        "payment_terms": "15 days net",
        "lines": [
            {"item_name": "Bread", "invoiced_quantity": "3", "item_net_price": "1.10"},
            {"item_name": "Rolls", "invoiced_quantity": "30", "item_net_price": "0.40"},
        ],
    }
    invoice = _post(http, "invoices?finalize=true", body, headers)
    credit_note = _post(http, "credit-notes?finalize=true", body, headers)
    draft = _post(http, "invoices", body, headers)
    return Models(
        entity=parse_id(entity["id"], "ent"),
        invoice=parse_id(invoice["id"], "inv"),
        credit_note=parse_id(credit_note["id"], "crn"),
        draft=parse_id(draft["id"], "inv"),
    )


def _measured(http: httpx2.Client, requests: int) -> int:
    entities = list(_entities(http))
    some = [
        entities[place * _STEP % len(entities)]
        for place in itertools.islice(itertools.count(), requests)
    ]
    missed = 0
    for figure in _figures(http, some, requests):
        sys.stdout.write(f"{figure}\n")
        sys.stdout.flush()
        missed += str(figure).endswith("NO")
    return 1 if missed else 0


def _figures(http: httpx2.Client, entities: Sequence[str], requests: int) -> Iterator[Figure]:
    for name, path in OF_ENTITY.items():
        asked = [(path, {"Entity-Id": entity}) for entity in entities]
        yield Figure(name, QUICK, _timed(http, asked))
    for name, path in OF_ACCOUNT.items():
        yield Figure(name, QUICK, _timed(http, [(path, {})] * requests))
    for name, path in OF_WHOLE.items():
        yield Figure(name, WHOLE, _timed(http, [(path, {})] * min(requests, _FEW)))


def _timed(http: httpx2.Client, asked: Sequence[tuple[str, Mapping[str, str]]]) -> list[float]:
    times = []
    for path, headers in asked:
        if "{customer}" in path:
            path = path.replace("{customer}", _customer(http, headers))  # noqa: PLW2901
        started = time.perf_counter()
        answer = http.get(f"/v1/{path}", headers=dict(headers))
        times.append((time.perf_counter() - started) * 1000)
        answer.raise_for_status()
    return times


def _customer(http: httpx2.Client, headers: Mapping[str, str]) -> str:
    answer = http.get("/v1/credit-notes?limit=1", headers=dict(headers)).json()
    found = answer["data"][0].get("customer_id") if answer["data"] else None
    return str(found or "cus_" + "0" * 26)


def _entities(http: httpx2.Client) -> Iterator[str]:
    cursor = ""
    for _ in range(_PAGES):
        page = http.get(f"/v1/entities?limit=200{cursor}").raise_for_status().json()
        yield from (entity["id"] for entity in page["data"])
        if page["next_cursor"] is None:
            return
        cursor = f"&cursor={page['next_cursor']}"


def _post(
    http: httpx2.Client, path: str, body: object, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    answer = http.post(f"/v1/{path}", json=body, headers=dict(headers or {}))
    if answer.is_error:
        raise RuntimeError(answer.text)
    made: dict[str, Any] = answer.json()
    return made


def _client(server: Server) -> httpx2.Client:
    return httpx2.Client(
        base_url=server.url,
        headers={"Authorization": f"Bearer {server.key}"},
        timeout=60,
        trust_env=False,
    )


if __name__ == "__main__":
    sys.exit(main())
