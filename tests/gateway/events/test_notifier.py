"""Hints: they wake who waits for the topic, and the listener outlives its connection."""

import threading
from collections.abc import Iterator

import psycopg
import pytest

from gateway.events import service
from gateway.events.notifier import Notifier
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.tenancy import Tenant
from tests.gateway.archive import seed


@pytest.fixture
def notifier(database: Database) -> Iterator[Notifier]:
    made = Notifier(database)
    made.start()
    yield made
    made.close()


@pytest.fixture
def owner(admin_url: str) -> Tenant:
    return seed.tenant(admin_url)


def append(database: Database, owner: Tenant) -> None:
    with database.transaction(owner) as tx:
        service.append(tx, type="test", data={}, now=clock.now())


def woken(notifier: Notifier, database: Database, owner: Tenant, seconds: float) -> bool:
    """Append until the listener, which may still be connecting, has heard of it."""
    heard = threading.Event()
    with notifier.waking(owner.entity_ids, heard.set):
        for _ in range(int(seconds / 0.2)):
            append(database, owner)
            if heard.wait(0.2):
                return True
    return False


def test_who_waits_for_the_topic_is_woken_and_nobody_else(
    notifier: Notifier, database: Database, owner: Tenant
) -> None:
    other = threading.Event()
    with notifier.waking([new_id()], other.set):
        assert woken(notifier, database, owner, 10)
    assert not other.is_set()
    assert notifier._wakers == {}


def test_the_listener_comes_back_after_its_connection_is_ended(
    notifier: Notifier, database: Database, owner: Tenant, admin_url: str
) -> None:
    assert woken(notifier, database, owner, 10)
    with psycopg.connect(admin_url, autocommit=True) as connection:
        ended = connection.execute(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            " where datname = current_database() and query ilike 'listen%'"
        ).fetchone()
    assert ended == (1,)
    assert woken(notifier, database, owner, 10)


def test_nothing_is_hinted_when_nothing_is_committed(
    notifier: Notifier, database: Database, owner: Tenant
) -> None:
    assert woken(notifier, database, owner, 10)
    heard = threading.Event()

    def fail() -> None:
        with database.transaction(owner) as tx:
            service.append(tx, type="test", data={}, now=clock.now())
            raise ZeroDivisionError

    with notifier.waking(owner.entity_ids, heard.set):
        with pytest.raises(ZeroDivisionError):
            fail()
        assert not heard.wait(0.3)
