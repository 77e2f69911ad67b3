"""What a process needs to do its work, looked at one by one.

Reasons are words of ours: strangers read them, so they name no host, path, version or error. What
the machine said goes to the log.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg
import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from gateway import migrations
from gateway.archive.stores.problems import ArchiveUnavailableProblem
from gateway.archive.stores.protocol import Store
from gateway.kit import clock as machine
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey, UnsealError

_log = structlog.get_logger(__name__)

_NOW = "select clock_timestamp()"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What.
        reason: Why it is not well; None when it is.
    """

    name: str
    reason: str | None = None

    @property
    def ok(self) -> bool:
        """Whether all is well with it."""
        return self.reason is None

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON."""
        return {"name": self.name, "ok": self.ok, "reason": self.reason}


def of_database(database: Database, clock: Callable[[], datetime.datetime]) -> Iterator[Check]:
    """Yield whether the database answers, has the tables this code needs, and agrees on the time.

    Without an answer nothing is known of the rest, and nothing is said of it.
    """
    try:
        before = clock()
        with database.auth_connection() as connection:  # the quickest pool, which all pass
            at: datetime.datetime = connection.execute(text(_NOW)).scalar_one()
            after = clock()
            revision = migrations.current(connection)
    except (SQLAlchemyError, psycopg.Error) as error:
        _log.warning("not_ready", check="database", error=str(error).splitlines()[0])
        yield Check("database", "it does not answer")
        return
    yield Check("database")
    behind = migrations.is_behind(revision)
    yield Check("migrations", "the tables are older than the code" if behind else None)
    skewed = not machine.agree(before, at, after)
    if skewed:
        _log.warning("not_ready", check="clock", database=at.isoformat(), here=after.isoformat())
    yield Check("clock", "it differs from the database's" if skewed else None)


def of_archive(store: Store) -> Check:
    """Return whether evidence could be stored."""
    try:
        store.probe()
    except ArchiveUnavailableProblem as problem:
        _log.warning("not_ready", check="archive", error=problem.detail)
        return Check("archive", "it takes nothing")
    return Check("archive")


def of_master_key(read: Callable[[], MasterKey], proof: bytes) -> Check:
    """Return whether the key that a process would start with is the one that this one has.

    Args:
        read: Reads it again from where it is kept.
        proof: What the present key sealed for `PROOF`.
    """
    try:
        read().unseal(proof, PROOF)
    except (RuntimeError, OSError) as error:
        _log.warning("not_ready", check="master key", error=str(error))
        other = isinstance(error, UnsealError)
        return Check("master key", "it is another than at the start" if other else "it is gone")
    return Check("master key")


PROOF = "readiness"
"""What a proof for `of_master_key` is sealed for."""
