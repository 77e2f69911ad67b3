"""Rows as PostgreSQL finds them. `execute` alone takes a whole answer into memory first."""

from collections.abc import Generator, Mapping, Sequence
from itertools import count
from typing import Any

import psycopg

_AT_ONCE = 2000
_NAMES = count(1)


def stream(
    connection: psycopg.Connection[Any],
    query: str,
    parameters: Mapping[str, object] | Sequence[object] | None = None,
) -> Generator[Any, None, None]:
    """Yield the rows of a query, some thousands in memory at a time."""
    with connection.cursor(f"fsck_{next(_NAMES)}") as cursor:
        cursor.itersize = _AT_ONCE
        yield from cursor.execute(query.encode(), parameters)
