"""One run of the checker over database, archive, published checkpoint and the sandbox's ledger.

The order of reading makes it safe on a running system: what the others claimed before is compared
with a database snapshot taken after, and what the snapshot claims with what the others say later.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

from gateway.fsck import (
    answers,
    chains,
    deliveries,
    entity_logs,
    evidence,
    figures,
    holds,
    log,
    moves,
    numbers,
    payments,
    queue,
    registrations,
    returned,
    status,
    subjects,
)
from gateway.fsck.blobs import Blobs
from gateway.fsck.bucket import Bucket
from gateway.fsck.report import FsckReport, empty_report
from gateway.kit.database import conninfo, sqlalchemy_url
from gateway.kit.secrets import MasterKey

Connection = psycopg.Connection[Any]

_PLANNED = "set cursor_tuple_fraction = 1; set work_mem = '64MB'"
"""Every row is read: plans that only begin quickly take ages here, and so do small sorts."""


@contextmanager
def snapshot(admin_url: str) -> Iterator[Connection]:
    """Open one unchanging, read-only view of the database as gw_fsck, which sees every tenant.

    Args:
        admin_url: A login that may `SET ROLE gw_fsck`.
    """
    url = conninfo(sqlalchemy_url(admin_url))
    with psycopg.connect(url, row_factory=namedtuple_row, autocommit=True) as connection:
        connection.execute("set role gw_fsck")
        connection.execute(_PLANNED)
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        connection.autocommit = False
        yield connection
        connection.rollback()


def check(  # noqa: PLR0913 - each is a source of its own
    admin_url: str,
    data: Path,
    *,
    ledger: Path | None = None,
    log_key: str | None = None,
    master_key: MasterKey | None = None,
    anchors: Path | None = None,
    bucket: Bucket | None = None,
) -> FsckReport:
    """Check every invariant.

    Args:
        admin_url: See `snapshot`.
        data: The data directory: archive and published checkpoint.
        ledger: SQLite file of the sandbox network; None: its part of INV4 has nothing to check.
        log_key: The log's verifier key from a source of the operator's; None: `<data>/log/key`.
        master_key: Opens the keys of encrypted evidence; without, it counts as unreadable.
        anchors: The directory that heads of the log are left in.
        bucket: Where the archive is, if not on the disk.
    """
    report = empty_report()
    found = report.invariants
    published = log.read_publication(data, log_key, anchors)
    destroyed = returned.measure(data, anchors)
    before = registrations.read(ledger)
    with snapshot(admin_url) as connection:
        connection.execute("select 1")  # the snapshot begins with the first statement
        after = registrations.read(ledger)
        blobs = Blobs.opened(connection, data / "archive", master_key, bucket)
        answers.check_documents(connection, found["INV1"])
        numbers.check(connection, found["INV2"])
        chains.check(connection, blobs, found["INV3"])
        registrations.check(connection, before, after, found["INV4"])
        evidence.check(connection, blobs, found["INV5"])
        subjects.check(connection, found["INV5"])
        returned.check(connection, destroyed, found["INV5"])
        holds.check(connection, blobs, found["INV5"])
        moves.check(connection, blobs, found["INV5"])
        log.check(connection, published, found["INV6"])
        entity_logs.check(connection, found["INV6"])
        answers.check_keys(connection, found["INV8"])
        status.check(connection, found["INV9"])
        queue.check(connection, found["INV10"])
        deliveries.check(connection, found["INV7"])
        figures.check(connection, found["INV11"])
        payments.check(connection, found["INV12"])
    return report
