"""The transaction numbers of a cluster that a dump was loaded into.

The feed shows events in the order of the transactions that wrote them, up to the oldest that is
still under way. A new cluster counts from the beginning: events of the former one seem to come
from the future, until the counter is beyond them.
"""

import os
import subprocess
from pathlib import Path
from typing import Any

import psycopg

from gateway.backups.errors import BackupError
from gateway.backups.restoring import CLUSTER
from gateway.kit.database import conninfo, sqlalchemy_url
from gateway.kit.postgres_programs import programs, server_account

_SEGMENT = 1 << 20
"""Transactions of one file of `pg_xact`; pg_resetwal's manual: 1048576."""

_MOST = 1 << 31
"""Numbers are compared modulo 2^32: more is no step that rows of a new cluster survive."""

_HIDDEN = """
select coalesce(max(xid::text::bigint), 0) as last,
       pg_snapshot_xmin(pg_current_snapshot())::text::bigint as now from event
"""


def hidden(admin_url: str) -> int:
    """Return the number of the last transaction whose events are not shown; 0: all are."""
    with psycopg.connect(conninfo(sqlalchemy_url(admin_url))) as connection:
        row = connection.execute(_HIDDEN).fetchone()
    return 0 if row is None or row[0] < row[1] else int(row[0])


def raise_above(last: int, home: Path) -> None:
    """Have the embedded cluster, which is stopped, count on behind a transaction.

    Raises:
        BackupError: It is too far, or `pg_resetwal` fails.
    """
    following = (last // _SEGMENT + 1) * _SEGMENT
    if following >= _MOST:
        raise BackupError(
            f"the events of this dump go up to transaction {last}: too far for a new cluster. Make"
            " backups with --how base"
        )
    account = server_account()
    cluster = home / CLUSTER
    segment = cluster / "pg_xact" / f"{following // _SEGMENT:04X}"
    segment.touch(mode=0o600)
    as_account: dict[str, Any] = {}
    if account is not None:
        os.chown(segment, account.uid, account.gid)
        as_account = {"user": account.uid, "group": account.gid, "extra_groups": []}
    done = subprocess.run(  # noqa: S603 - our own argument list, no shell
        [
            *(str(programs(home, account) / "pg_resetwal"), "-D", str(cluster)),
            *("--next-transaction-id", str(following)),
        ],
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
        cwd="/",
        env={"LC_ALL": "C"},
        **as_account,
    )
    if done.returncode != 0:
        raise BackupError(f"pg_resetwal ended with {done.returncode}: {done.stderr.strip()}")
