"""What /ready says, and that each of its checks can fail."""

import datetime
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from gateway.archive.stores.disk import DiskStore
from gateway.background import Crew
from gateway.events.notifier import Notifier
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey, MasterKeyError
from gateway.migrations import head, is_behind
from gateway.monitoring.vitals import Vitals
from gateway.runtime import Runtime
from gateway.settings import Settings

KEY = MasterKey(bytes(32))
SURROUNDINGS = {"process", "database", "migrations", "clock", "archive", "master key"}


class Idle:
    """A service that waits to be told to stop."""

    def run(self, stop: threading.Event) -> None:
        stop.wait()


class Broken:
    """A service that fails as soon as it works."""

    def run(self, stop: threading.Event) -> None:
        raise RuntimeError(f"broken, stop: {stop.is_set()}")


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "archive")


@pytest.fixture
def vitals(database: Database, store: DiskStore) -> Vitals:
    return Vitals(database, store, lambda: KEY, KEY, Notifier(database))


@pytest.fixture
def crew() -> Iterator[list[Crew]]:
    crews = list[Crew]()
    yield crews
    for one in crews:
        one.stop()
        one.join(10)


def failed(vitals: Vitals) -> dict[str, str]:
    """Return the reasons of what is not well."""
    return {check.name: check.reason for check in vitals.look() if check.reason is not None}


def test_everything_is_looked_at_and_well(vitals: Vitals) -> None:
    assert {check.name for check in vitals.look()} == SURROUNDINGS
    assert failed(vitals) == {}


def test_a_database_that_does_not_answer_is_all_that_is_said_of_it(store: DiskStore) -> None:
    nowhere = Database("postgresql://nobody:nothing@127.0.0.1:1/none")
    vitals = Vitals(nowhere, store, lambda: KEY, KEY, Notifier(nowhere))
    assert failed(vitals) == {"database": "it does not answer"}
    names = {check.name for check in vitals.look()}
    assert names == SURROUNDINGS - {"migrations", "clock"}


@pytest.mark.parametrize("seconds", [-6, 6])
def test_a_clock_that_differs_from_the_databases_is_told(
    database: Database, store: DiskStore, seconds: int
) -> None:
    def clock_() -> datetime.datetime:
        return clock.now() + datetime.timedelta(seconds=seconds)

    vitals = Vitals(database, store, lambda: KEY, KEY, Notifier(database), clock=clock_)
    assert failed(vitals) == {"clock": "it differs from the database's"}


def test_a_database_of_an_older_version_is_not_enough_and_a_newer_one_is() -> None:
    assert is_behind(None)
    assert is_behind("0001")
    assert not is_behind(head())
    assert not is_behind("9999")


def test_an_archive_that_takes_nothing_is_told(vitals: Vitals, tmp_path: Path) -> None:
    incoming = tmp_path / "archive" / "incoming"
    incoming.rmdir()
    assert failed(vitals) == {"archive": "it takes nothing"}
    assert list((tmp_path / "archive").iterdir()) == [tmp_path / "archive" / "entities"]


def test_looking_at_the_archive_leaves_nothing_there(vitals: Vitals, tmp_path: Path) -> None:
    vitals.look()
    assert list((tmp_path / "archive" / "incoming").iterdir()) == []


def test_a_master_key_that_is_gone_or_another_is_told(
    database: Database, store: DiskStore, tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path)
    key = MasterKey.open(settings)
    path = tmp_path / "secrets" / "master.key"

    def looked() -> dict[str, str]:
        vitals = Vitals(
            database, store, lambda: MasterKey.present(settings), key, Notifier(database)
        )
        return failed(vitals)

    assert looked() == {}
    kept = path.read_bytes()
    path.unlink()
    assert looked() == {"master key": "it is gone"}
    assert not path.exists(), "looking made a key"
    MasterKey.open(settings)
    assert looked() == {"master key": "it is another than at the start"}
    path.write_bytes(kept)
    assert looked() == {}
    path.chmod(0o644)
    with pytest.raises(MasterKeyError):
        MasterKey.present(settings)
    assert looked() == {"master key": "it is gone"}


def test_a_process_that_stops_is_not_ready(vitals: Vitals) -> None:
    vitals.draining.set()
    assert failed(vitals) == {"process": "it is stopping"}


def test_a_service_that_fails_again_and_again_is_named(vitals: Vitals, crew: list[Crew]) -> None:
    crew.append(Crew([Idle(), Broken(), Idle()]))
    vitals.crew = crew[0]
    assert failed(vitals) == {"worker": "not at work: Broken, Idle, Idle-2"}  # none was begun
    crew[0].start()
    for _ in range(200):
        if failed(vitals) == {"worker": "not at work: Broken"}:
            break
        threading.Event().wait(0.01)
    assert failed(vitals) == {"worker": "not at work: Broken"}


def test_a_crew_that_was_told_to_stop_names_who_does_not(crew: list[Crew]) -> None:
    release = threading.Event()

    class Slow:
        def run(self, stop: threading.Event) -> None:
            assert stop.wait(10)
            release.wait(10)

    crew.append(Crew([Slow(), Idle()]))
    crew[0].start()
    crew[0].stop()
    assert crew[0].join(0.05) == ["Slow"]
    release.set()
    assert crew[0].join(10) == []


def test_a_listener_is_looked_at_where_it_was_started(
    database: Database, store: DiskStore
) -> None:
    notifier = Notifier(database)
    vitals = Vitals(database, store, lambda: KEY, KEY, notifier)
    notifier.start()
    try:
        for _ in range(500):
            if notifier.listening:
                break
            threading.Event().wait(0.01)
        assert failed(vitals) == {}
    finally:
        notifier.close()
    assert failed(vitals) == {"listener": "it hears nothing"}


def test_what_is_dear_to_look_at_is_looked_at_once_a_second(
    vitals: Vitals, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = list[int]()
    monkeypatch.setattr(DiskStore, "probe", lambda _: looks.append(1))
    for _ in range(20):
        vitals.look()
    assert len(looks) == 1


def test_ready_names_what_fails_and_nothing_of_the_machine(
    client: TestClient, runtime: Runtime
) -> None:
    good = client.get("/ready")
    assert good.status_code == 200
    assert good.json()["status"] == "ready"
    assert {one["name"] for one in good.json()["checks"]} >= SURROUNDINGS
    runtime.vitals.draining.set()
    try:
        bad = client.get("/ready")
        alive = client.get("/health")
    finally:
        runtime.vitals.draining.clear()
    assert bad.status_code == 503
    assert bad.headers["Retry-After"] == "2"
    assert bad.json()["type"] == "/problems/not-ready"
    failing = [one for one in bad.json()["checks"] if not one["ok"]]
    assert failing == [{"name": "process", "ok": False, "reason": "it is stopping"}]
    assert str(runtime.settings.data) not in bad.text
    assert os.uname().nodename not in bad.text
    assert alive.json() == {"status": "ok"}


def test_health_asks_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("the database was asked")

    for name in ("transaction", "worker_transaction", "auth_connection"):
        monkeypatch.setattr(Database, name, forbidden)
    assert client.get("/health").status_code == 200
