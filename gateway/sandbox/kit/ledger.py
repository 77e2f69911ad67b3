"""A local authority's own book: one SQLite file, write-ahead, on disk before it answers."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_COUNTERS = "create table if not exists counter (name text primary key, value integer not null);"


class Book:
    """Tables in one file. Thread-safe; every call is one durable transaction, or part of one.

    Args:
        path: The file; it is made.
        tables: What is kept in it besides counters, as `create ... if not exists`.
    """

    def __init__(self, path: Path, tables: str = "") -> None:
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._lock = threading.RLock()
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = full")  # fsync before commit returns
        self._connection.executescript(_COUNTERS + tables)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the book: what is read and written inside is one transaction."""
        with self._lock:
            self._connection.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._connection.execute("rollback")
                raise
            self._connection.execute("commit")

    def execute(
        self, statement: str, values: tuple[object, ...] | Mapping[str, object] = ()
    ) -> list[sqlite3.Row]:
        """Run a statement and return its rows."""
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def insert(self, table: str, values: Mapping[str, Any]) -> None:
        """Enter a row.

        Raises:
            sqlite3.IntegrityError: It is there already.
        """
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        self.execute(f"insert into {table} ({names}) values ({places})", values)  # noqa: S608 - our own field names

    def count(self, name: str, by: int = 1) -> None:
        """Add to a counter."""
        self.execute(
            "insert into counter values (?, ?)"
            " on conflict (name) do update set value = value + excluded.value",
            (name, by),
        )

    def counters(self, prefix: str = "") -> dict[str, int]:
        """Return every counter whose name begins so, without that beginning."""
        rows = self.execute(
            "select name, value from counter where substr(name, 1, ?) = ? order by name",
            (len(prefix), prefix),
        )
        return {row["name"][len(prefix) :]: row["value"] for row in rows}
