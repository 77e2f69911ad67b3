"""What `gateway archive` does. It acts on the database and the store directly."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from uuid import UUID

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from gateway.archive.scrubbing import Run, Scrub
from gateway.archive.stores.composition import opened as store_of
from gateway.kit import clock, guard
from gateway.kit.bootstrap import BootstrapError, Storage
from gateway.kit.console import err, fail, out
from gateway.kit.database import Database
from gateway.kit.guard import UnsafeDatabaseError
from gateway.kit.ids import public_id
from gateway.kit.postgres_programs import EmbeddedPostgresError
from gateway.kit.secrets import MasterKey, MasterKeyError, UnsealError
from gateway.problems import Problem
from gateway.settings import Settings
from gateway.signing.encryption import KeyEncryptionError

_CANNOT = (
    BootstrapError,
    EmbeddedPostgresError,
    UnsafeDatabaseError,
    MasterKeyError,
    KeyEncryptionError,
    UnsealError,
    OSError,
)
_MEGABYTE = 1_000_000


def scrub(rate: float | None, *, as_json: bool) -> int:
    """Read everything, with progress.

    Args:
        rate: Megabytes a second; None: as fast as it goes.
        as_json: Print JSON.
    """
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with (
        _opened() as work,
        Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar,
    ):
        task = bar.add_task("", total=None)
        run = work.begin(clock.now())
        while run.ended_at is None:
            run = work.paced(run, None if rate is None else rate * _MEGABYTE, clock.now)
            bar.update(task, description=_far(run))
    return said(run, as_json=as_json)


def status(*, as_json: bool) -> int:
    """Print the last run, or the one that goes on."""
    with _opened() as work:
        run = work.last()
    if run is None:
        fail("the archive was never read again: gateway archive scrub")
    return said(run, as_json=as_json)


@contextmanager
def _opened() -> Iterator[Scrub]:
    settings = Settings()
    try:
        with (
            closing(Storage.open(settings)) as storage,
            closing(Database(storage.url)) as database,
        ):
            guard.check(database)
            yield Scrub(database, store_of(settings, database, MasterKey.open(settings)))
    except Problem as problem:
        fail(problem.detail)
    except _CANNOT as error:
        fail(str(error))


def _far(run: Run) -> str:
    what = "read" if run.stage == "entries" else "looking for what no entry names"
    bad = run.damaged + run.missing
    return f"{what}: {run.files} files, {run.bytes / _MEGABYTE:.1f} MB, {bad} bad"


def said(run: Run, *, as_json: bool) -> int:
    """Print a run; return 1 where something is damaged or missing."""
    if as_json:
        out.print_json(json.dumps(_as_dict(run)))
    else:
        table = Table(title="archive", title_justify="left")
        for name in ("began", "ended", "files", "MB", "damaged", "missing", "unlogged"):
            table.add_column(name)
        ended = "goes on" if run.ended_at is None else run.ended_at.isoformat("T", "seconds")
        table.add_row(
            run.began_at.isoformat("T", "seconds"),
            ended,
            str(run.files),
            f"{run.bytes / _MEGABYTE:.1f}",
            *(str(one) for one in (run.damaged, run.missing, run.unlogged)),
        )
        out.print(table)
        for one in _as_dict(run)["findings"]:
            err.print(f"{one['kind']}: {one['entity']} {one['sha256']}")
    return 1 if run.damaged or run.missing else 0


def _as_dict(run: Run) -> dict[str, Any]:
    return {
        "began_at": clock.written(run.began_at),
        "ended_at": None if run.ended_at is None else clock.written(run.ended_at),
        "files": run.files,
        "bytes": run.bytes,
        "damaged": run.damaged,
        "missing": run.missing,
        "unlogged": run.unlogged,
        "findings": [
            {**one, "entity": public_id("ent", UUID(one["entity"]))} for one in run.findings
        ],
    }
