"""Processes that live on while the database dies, and one that stands still and wakes up again."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest

from gateway.kit.bootstrap import prepare_embedded
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.postgres_processes import postmaster
from tests.chaos import campaign
from tests.chaos.processes import Zygote
from tests.chaos.scene import Scene

_PATIENCE = 120  # seconds: a busy machine


@pytest.mark.timeout(600)
def test_the_database_dies_in_the_middle_and_nothing_is_lost(
    zygote: Zygote, open_directory: Path, tmp_path: Path, figures: Callable[..., None]
) -> None:
    """SIGKILL of PostgreSQL while documents are issued and sent; API and worker live on."""
    with EmbeddedPostgres(open_directory / "killed-database") as server:
        prepare_embedded(server, "gateway_template")
        with campaign.opened(zygote, server, tmp_path) as scene:
            deaths = 0
            for number in range(2):
                scene.issue(f"before-{number}")  # it is being sent when the server dies
                _die(server)
                deaths += 1
                scene.reconnect()
                scene.issue(f"after-{number}", seconds=_PATIENCE)
            scene.drain(seconds=_PATIENCE)
            assert scene.blame() == []
            assert not any(child.ended.is_set() for child in scene.children.values())
            figures(deaths=deaths, asked_again=scene.again, reached=scene.reached())


def _die(server: EmbeddedPostgres) -> None:
    """Kill the server with all its processes, and start it again."""
    process = postmaster(server.cluster)
    assert process is not None
    for one in (process, *process.children(recursive=True)):
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue
    process.wait(30)
    again = EmbeddedPostgres(server.home).start()
    again.close()  # the one that was there before still uses it


@pytest.mark.timeout(600)
def test_a_worker_that_stood_still_past_its_lease_finds_another_at_its_work(
    zygote: Zygote, postgres: EmbeddedPostgres, tmp_path: Path
) -> None:
    """Frozen at the COMMIT of `sending`, taken over, woken up: one submission, one number."""
    with campaign.opened(zygote, postgres, tmp_path) as scene:
        frozen = scene.children["worker"]
        scene.network.fail({"fault": "latency", "nth": 1, "count": 1, "seconds": 1.0})
        scene.issue("frozen")
        deadline = time.monotonic() + _PATIENCE
        while not _sending(scene):  # its bytes have left, and the answer is not there yet
            assert time.monotonic() < deadline
        frozen.send(signal.SIGSTOP)
        scene.start("worker")
        scene.drain(seconds=_PATIENCE)
        frozen.send(signal.SIGCONT)
        time.sleep(2)  # it reads its answer and tries to write
        assert scene.blame() == []
        assert scene.reached()["transmission.outcome_unknown"] == 1
        duplicates = [one["duplicates"] for one in scene.network.messages().values()]
        assert sum(duplicates) == 0
        frozen.kill()


def _sending(scene: Scene) -> int:
    with psycopg.connect(scene.admin_url) as connection:
        row = connection.execute("select count(*) from outbox where state = 'sending'").fetchone()
    return int(row[0]) if row else 0
