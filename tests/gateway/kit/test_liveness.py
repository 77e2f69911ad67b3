"""A connection that leaves the pool has a server at its end."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine, create_engine, event

from gateway.kit import liveness
from gateway.kit.database import sqlalchemy_url


@pytest.fixture
def engine(admin_url: str) -> Engine:
    made = create_engine(sqlalchemy_url(admin_url), pool_size=2, max_overflow=0)
    liveness.watch(made)
    return made


def _pings(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[None]:
    asked: list[None] = []
    ping = engine.dialect.do_ping

    def counted(connection: object) -> bool:
        asked.append(None)
        return ping(connection)  # type: ignore[arg-type] # the pool's own

    monkeypatch.setattr(engine.dialect, "do_ping", counted)
    return asked


def _session(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(sa.text("select pg_backend_pid()")) or 0)


def test_silence_is_answer_enough_right_after_use(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _pings(engine, monkeypatch)
    assert len({_session(engine) for _ in range(5)}) == 1
    assert asked == []
    engine.dispose()


def test_after_a_while_the_server_is_asked(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _pings(engine, monkeypatch)
    first = _session(engine)
    monkeypatch.setattr(liveness, "SILENT_SECONDS", 0)
    assert _session(engine) == first
    assert asked == [None]
    engine.dispose()


def test_a_session_that_was_ended_is_replaced_though_it_was_in_use_a_moment_ago(
    engine: Engine,
) -> None:
    opened: list[None] = []
    event.listen(engine, "connect", lambda *_: opened.append(None))
    with engine.connect() as other:
        ended = _session(engine)
        other.execute(sa.text("select pg_terminate_backend(:pid, 5000)"), {"pid": ended})
        assert _session(engine) != ended
    assert len(opened) == 3
    engine.dispose()
