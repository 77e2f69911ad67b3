"""What `gateway chain` does. It acts on the database directly: whoever can run it owns it."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rich.table import Table

from gateway.chains.problems import ReseedRefusedProblem
from gateway.chains.reseeding import Comparison, compare, part, refuse_stranger
from gateway.chains.reseeding import reseed as begin_successor
from gateway.chains.reseeding import withdraw as take_back
from gateway.chains.told import Known, read_known
from gateway.cli import asking
from gateway.cli.lane_of_chain import Lane
from gateway.cli.operations import present
from gateway.fsck.blobs import Blobs
from gateway.fsck.bucket import Bucket
from gateway.fsck.chains import Examined, examine
from gateway.fsck.service import snapshot
from gateway.kit import clock, guard
from gateway.kit.bootstrap import BootstrapError, Storage
from gateway.kit.console import err, fail, out
from gateway.kit.database import Database
from gateway.kit.guard import UnsafeDatabaseError
from gateway.kit.postgres_programs import EmbeddedPostgresError
from gateway.kit.tenancy import Actor, Tenant
from gateway.settings import Settings
from gateway.transmissions.left_behind import hold_stuck

_CANNOT_OPEN = (BootstrapError, EmbeddedPostgresError, UnsafeDatabaseError, OSError)
_OWNER = """
select c.account_id, c.entity_id, e.environment from chain c
  join entity e on e.account_id = c.account_id and e.id = c.entity_id
 where c.chain_key = %s limit 1
"""
_CHAINS = """
select chain_key, generation, state, first_sequence, next_sequence, last_digest, last_at,
       opened_because, halted_because, closed_because, void_from
  from chain where %(key)s::text is null or chain_key = %(key)s order by chain_key, generation
"""
_OURS = "select sequence, digest, record from chain_record where chain_key = %s order by sequence"

_BROKEN, _DIFFERS = 1, 3


@dataclass(frozen=True, slots=True)
class _Opened:
    """What the commands work on.

    Attributes:
        settings: What the operator chose.
        admin_url: A login that sees every tenant, for reading.
        database: Fit to serve from, for writing.
    """

    settings: Settings
    admin_url: str
    database: Database

    def owner(self, key: str) -> Tenant:
        """Return whose a chain is; end the process when there is none."""
        with snapshot(self.admin_url) as connection:
            row = connection.execute(_OWNER, [key]).fetchone()
        if row is None:
            fail(f"there is no chain {key}")
        operator = Actor("operator")
        return Tenant(row.account_id, (row.entity_id,), row.environment, actor=operator)

    def known(self, key: str, source: Path | Literal["ask"]) -> Known:
        """Return what the authority has of a chain, from a file or from itself."""
        if isinstance(source, Path):
            return _read(source)
        with snapshot(self.admin_url) as connection:
            rows = connection.execute(_OURS, [key]).fetchall()
        if not rows:
            fail(f"the chain {key} has no record that says whose it is: give --known")
        return asking.known(
            self.settings,
            self.database,
            self.owner(key),
            channel=key.partition("/")[0],
            newest=bytes(rows[-1].record),
            places={row.digest: row.sequence for row in rows},
        )


def verify(
    key: str | None,
    known: Path | Literal["ask"] | None,
    *,
    as_json: bool,
    halt: bool = False,
    force: bool = False,
) -> int:
    """Walk chains and print what was found; compare one with what the authority has.

    Args:
        key: Which chain; None: all.
        known: Where it is told what the authority has.
        as_json: Print JSON.
        halt: Halt a chain that differs, and note what only the authority has.
        force: Believe a file that has no record of ours.
    """
    with _opened() as opened:
        with snapshot(opened.admin_url) as connection:
            archive = opened.settings.data / "archive"
            bucket = Bucket.of(opened.settings)
            blobs = Blobs.opened(connection, archive, present(opened.settings), bucket)
            found = list(examine(connection, blobs, key))
        if key is not None and not found:
            fail(f"there is no chain {key}")
        compared = None
        if key is not None and known is not None:
            theirs = opened.known(key, known)
            with _refusals(), opened.database.transaction(opened.owner(key)) as tx:
                now = clock.now()
                compared = compare(tx, key, theirs, now)
                if isinstance(known, Path) and not force:
                    refuse_stranger(compared)
                if halt:
                    part(tx, key, theirs, now)
    if as_json:
        out.print_json(json.dumps(_as_json(found, compared)))
    else:
        _print(found, compared, halted=halt)
    if any(one.breaks for one in found):
        return _BROKEN
    return 0 if compared is None or compared.agrees else _DIFFERS


def show(key: str | None, *, as_json: bool) -> int:
    """Print where chains stand."""
    with _opened() as opened, snapshot(opened.admin_url) as connection:
        rows = [row._asdict() for row in connection.execute(_CHAINS, {"key": key})]
    if as_json:
        out.print_json(json.dumps(rows, default=str))
        return 0
    table = Table()
    for name in ("chain", "state", "records", "void from", "head", "last", "because"):
        table.add_column(name, overflow="fold")
    for row in rows:
        because = row["closed_because"] or row["halted_because"] or row["opened_because"]
        table.add_row(
            f"{row['chain_key']} #{row['generation']}",
            row["state"],
            f"{row['first_sequence']}-{row['next_sequence'] - 1}",
            str(row["void_from"] or ""),
            row["last_digest"][:16],
            str(row["last_at"] or ""),
            because,
        )
    out.print(table)
    return 0


def reseed(
    key: str,
    reason: str,
    known: Path | Literal["ask"] | None,
    *,
    empty: bool,
    force: bool = False,
) -> int:
    """Close a chain, begin its successor, and let its lane go on; all of it, or nothing."""
    with _opened() as opened:
        tenant = opened.owner(key)
        theirs = None if known is None else opened.known(key, known)
        with _refusals(), opened.database.transaction(tenant) as tx:
            now = clock.now()
            with opened.database.as_worker(tx) as worker:
                held = hold_stuck(worker)
            if isinstance(known, Path) and not force:
                refuse_stranger(compare(tx, key, theirs or (), now))
            begun = begin_successor(
                tx,
                key,
                reason=reason,
                way="empty" if empty else "authority",
                known=theirs,
                force=force,
                now=now,
            )
            lane = Lane(settings=opened.settings, database=opened.database, reason=reason)
            with opened.database.as_worker(tx) as worker:
                freed = list(lane.free(worker, held))
        after = begun.first_previous or "nothing"
        place = begun.first_sequence
        err.print(f"chain {key} #{begun.generation} begins at {place} after {after}")
        for said in freed:
            err.print(said)
    return 0


def withdraw(key: str, reason: str) -> int:
    """Take back what was noted as the authority's, and let the chain go on."""
    with _opened() as opened:
        tenant = opened.owner(key)
        with _refusals(), opened.database.transaction(tenant) as tx:
            count = take_back(tx, key, reason, clock.now())
    err.print(f"chain {key} goes on; {count} records are not the authority's after all")
    return 0


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except ReseedRefusedProblem as problem:
        fail(problem.detail)


@contextmanager
def _opened() -> Iterator[_Opened]:
    settings = Settings()
    try:
        with closing(Storage.open(settings)) as storage:
            if storage.admin_url is None:
                fail("set GATEWAY_ADMIN_DATABASE_URL: the check must see every tenant's rows")
            with closing(Database(storage.url)) as database:
                guard.check(database)
                yield _Opened(settings, storage.admin_url, database)
    except _CANNOT_OPEN as error:
        fail(str(error))


def _read(path: Path) -> Known:
    try:
        return read_known(path.read_bytes())
    except ValueError as error:
        fail(f"{path}: {error}", 2)


def _as_json(found: list[Examined], compared: Comparison | None) -> dict[str, Any]:
    chains = [
        {
            "chain": one.key,
            "generation": one.generation,
            "state": one.state,
            "links": one.links,
            "broken": None
            if one.first is None
            else {"sequence": one.first.sequence, "why": one.first.what},
        }
        for one in found
    ]
    if compared is None:
        return {"chains": chains}
    return {
        "chains": chains,
        "authority": {
            "agrees": compared.agrees,
            "ours": compared.ours,
            "theirs": compared.theirs,
            "reason": compared.reason,
        },
    }


def _print(found: list[Examined], compared: Comparison | None, *, halted: bool) -> None:
    for one in found:
        name = f"{one.key} #{one.generation}"
        if one.first is None:
            out.print(f"{name}: {one.links} links, sound")
            continue
        place = "its head" if one.first.sequence is None else f"link {one.first.sequence}"
        out.print(f"{name}: {place} is broken: {one.first.what}")
    if compared is not None:
        differs = "halted" if halted else "it differs; --halt halts the chain"
        out.print("the authority agrees" if compared.agrees else f"{differs}: {compared.reason}")
