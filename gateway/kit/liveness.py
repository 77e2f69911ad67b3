"""Whether a connection that leaves the pool still has a server: no caller is to see a restart.

A server that stops or ends a session says so and closes: the connection then has something to
read. Where it is silent and was in use a moment ago, that is answer enough, and a look takes
microseconds. Else the server is asked, which takes as long as a statement: by then its machine
may have gone without a word.
"""

import select
import time
from typing import Any

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

SILENT_SECONDS = 1.0
"""For so long a connection that was put back is taken at its silence."""
_LEFT = "gateway.left"


def watch(engine: Engine) -> None:
    """Try every connection that leaves the engine's pool; all are replaced when one is dead."""

    def left(_connection: Any, record: Any) -> None:  # noqa: ANN401 - the pool's own
        record.info[_LEFT] = time.monotonic()

    def taken(connection: Any, record: Any, _proxy: Any) -> None:  # noqa: ANN401 - the pool's own
        since = record.info.get(_LEFT)
        if since is None:
            return  # it was opened just now
        if time.monotonic() - since < SILENT_SECONDS and is_silent(connection):
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise InvalidatePoolError from error

    def opened(_connection: Any, record: Any) -> None:  # noqa: ANN401 - the pool's own
        record.info.pop(_LEFT, None)

    event.listen(engine, "checkin", left)
    event.listen(engine, "checkout", taken)
    event.listen(engine, "connect", opened)


def is_silent(connection: psycopg.Connection[Any]) -> bool:
    """Tell whether a connection is open, idle, and has nothing to read."""
    if connection.closed:
        return False
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN | select.POLLPRI)
    return not poll.poll(0)
