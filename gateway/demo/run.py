"""The main job, end to end: start everything, submit, follow, archive, verify."""

import shutil
import time
from pathlib import Path

import httpx2

from gateway.demo.api import Api, wait_until_ready
from gateway.demo.progress import Row, Watch, final_table
from gateway.demo.server import Server, postgres_home
from gateway.demo.steps import collect, create_entities, follow, submit_all
from gateway.kit.console import err, out
from gateway.kit.embedded_postgres import EmbeddedPostgres

READY_SECONDS = 60
MARK = ".made-by-gateway-demo"
"""Only a directory that holds this file, or nothing, is emptied."""

GOOD = frozenset({"accepted", "accepted_with_warnings"})


def run(home: Path) -> int:
    """Run the demo under a directory that is emptied first; return the exit code.

    Leaves `home/bundles/*.zip`, `home/serve.log` and the data behind, and stops every process
    it started.
    """
    began = time.monotonic()
    if home.exists() and any(home.iterdir()) and not (home / MARK).exists():
        err.print(f"{home} was not made by the demo, so it is not emptied; name another --home")
        return 2
    for old in filter(None, (home, postgres_home(home))):
        stop_left_behind(old)
        shutil.rmtree(old, ignore_errors=True)
    bundles = home / "bundles"
    bundles.mkdir(parents=True)
    (home / MARK).touch()
    with Server.started(home) as server, _client(server) as http:
        wait_until_ready(http, seconds=READY_SECONDS)
        out.print(f"Database, API, worker and sandbox network are up: {server.url}")
        api = Api(http)
        entities = create_entities(api)
        rows: list[Row] = []
        with Watch(rows) as watch:
            submit_all(api, entities, rows, watch)
            follow(api, rows, watch)
        collect(api, rows, bundles)
    report(rows, bundles)
    out.print(f"{time.monotonic() - began:.1f} s")
    return 0 if all(row.status in GOOD and row.verified == "yes" for row in rows) else 1


def stop_left_behind(old: Path) -> None:
    """Stop database servers that a killed demo left running under a directory."""
    for used in old.rglob("postgres.use"):
        EmbeddedPostgres(used.parent).stop_abandoned()


def _client(server: Server) -> httpx2.Client:
    return httpx2.Client(
        base_url=server.url,
        headers={"Authorization": f"Bearer {server.key}"},
        timeout=30,
        trust_env=False,
    )


def report(rows: list[Row], bundles: Path) -> None:
    """Print the table, the refusals with their fixes, and what no layer judged."""
    out.print(final_table(rows))
    for row in rows:
        if row.remark:
            out.print(f"{row.title}: {row.remark}")
    for reason in sorted({reason for row in rows for reason in row.not_judged}):
        out.print(f"not judged: {reason}")
    out.print(f"{len(rows)} documents issued; each bundle is in {bundles}, for `gateway verify`")
    for row in rows:
        if row.status not in GOOD or row.verified != "yes":
            err.print(f"not as it should be: {row.title}: {row.status}, verified: {row.verified}")
