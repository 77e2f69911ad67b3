"""Two hundred thousand evidence sets of one entity: how long does finding one take an auditor?

    python -m benchmarks.archive_search [--documents 200000] [--requests 100]

It starts a gateway of its own over an empty database, fills it (`crowd.py`), gives every document
a buyer, a stamp and evidence of its own, and asks over HTTP as an auditor whom the entity invited,
so that row security and the scope are part of what is measured.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
import psycopg

from benchmarks.crowd import fill
from benchmarks.many_tenants import HEAD, Figure, made
from gateway.demo.api import wait_until_ready
from gateway.demo.server import Server
from gateway.kit.embedded_postgres import EmbeddedPostgres

GOAL = 100.0  # milliseconds, at the 95th percentile

_FILL = """
set session_replication_role = replica;
update document set customer_name = 'Buyer ' || md5(id::text),
  invoice = jsonb_set(invoice, '{buyer,vat_identifier}',
                      to_jsonb('SI' || lpad((sequence % 90000000)::text, 8, '0')))
 where issued_at is not null;
insert into stamp (account_id, entity_id, id, document_id, authority, kind, identifier, at,
                   created_at)
  select account_id, entity_id, id, id, 'furs', 'eor', md5('eor' || number), issued_at, issued_at
    from document where issued_at is not null;
insert into archive_entry (account_id, entity_id, id, document_id, role, name, media_type, size,
                           sha256, leaf, log_index, at)
  select account_id, entity_id, id, id, 'document', 'invoice.xml', 'application/xml', 6000,
         sha256(convert_to(number, 'UTF8')), '\\x00', 1000000 + row_number() over (), issued_at
    from document where issued_at is not null;
analyze;
"""
"""As superuser, past every trigger: nothing is issued here, it is for measuring."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill, measure, print; 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--requests", type=int, default=100)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="archive-search-") as name:
        home = Path(name)
        home.chmod(0o711)
        place = home / "database"
        more = {"GATEWAY_POSTGRES_HOME": str(place)}
        with (
            Server.started(home, "--no-worker", more=more) as server,
            httpx2.Client(base_url=server.url, timeout=60, trust_env=False) as http,
        ):
            http.headers["Authorization"] = f"Bearer {server.key}"
            wait_until_ready(http, seconds=60)
            with EmbeddedPostgres(place) as postgres:
                url = postgres.url("gateway")
                fill(url, made(http), entities=1, documents=chosen.documents)
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute(_FILL.encode())
                return _measured(http, chosen.documents, chosen.requests)


def _measured(http: httpx2.Client, documents: int, requests: int) -> int:
    _become_auditor(http)
    sys.stdout.write(f"{documents} documents of one entity\n\n{HEAD}\n")
    missed = 0
    for name, asked in _questions(http, requests).items():
        figure = Figure(name, GOAL, [_timed(http, one) for one in asked])
        sys.stdout.write(f"{figure}\n")
        sys.stdout.flush()
        missed += str(figure).endswith("NO")
    return 1 if missed else 0


def _become_auditor(http: httpx2.Client) -> None:
    """Invite an auditor to the entity that was filled, the newest one, and be that auditor."""
    entities = http.get("/v1/entities?limit=2").raise_for_status().json()["data"]
    entity = next(one["id"] for one in entities if one["name"].endswith(" 1"))
    body = {"name": "Auditor", "purpose": "measuring", "expires_at": "2030-01-01T00:00:00Z"}
    answer = http.post("/v1/auditors", json=body, headers={"Entity-Id": entity})
    http.headers["Authorization"] = f"Bearer {answer.raise_for_status().json()['token']}"


def _questions(http: httpx2.Client, requests: int) -> Mapping[str, list[Mapping[str, str]]]:
    """Return what is asked: of documents that there are, each question about another one."""
    known = list(_known(http, requests))
    return {
        "number": [{"number": one["number"]} for one in known],
        "number, half of it": [{"number": one["number"][:8]} for one in known],
        "party": [{"party": one["party"]["name"][:14]} for one in known],
        "VAT identifier": [{"vat_id": one["party"]["vat_identifier"]} for one in known],
        "day": [
            {"issued_from": one["issue_date"], "issued_until": one["issue_date"]} for one in known
        ],
        "amount": [_amount(one) for one in known],
        "amount nobody has": [
            {"currency": "EUR", "total_from": "99999999", "total_until": "99999999"} for _ in known
        ],
        "authority's id": [
            {"authority_id": hashlib.md5(f"eor{one['number']}".encode()).hexdigest()}  # noqa: S324
            for one in known
        ],
        "SHA-256": [
            {"sha256": hashlib.sha256(one["number"].encode()).hexdigest()} for one in known
        ],
        "everything": [{} for _ in known],
    }


def _amount(one: Mapping[str, Any]) -> Mapping[str, str]:
    total = one["total_with_vat"]
    return {"currency": one["currency_code"], "total_from": total, "total_until": total}


def _known(http: httpx2.Client, requests: int) -> Iterator[dict[str, Any]]:
    cursor = ""
    left = requests
    while left > 0:
        page = http.get(f"/v1/evidence-sets/issued?limit={min(left, 200)}{cursor}")
        found = page.raise_for_status().json()
        yield from found["data"]
        left -= len(found["data"])
        if found["next_cursor"] is None:
            return
        cursor = f"&cursor={found['next_cursor']}"


def _timed(http: httpx2.Client, asked: Mapping[str, str]) -> float:
    started = time.perf_counter()
    answer = http.get(f"/v1/evidence-sets/issued?{urlencode(asked)}")
    milliseconds = (time.perf_counter() - started) * 1000
    answer.raise_for_status()
    return milliseconds


if __name__ == "__main__":
    sys.exit(main())
