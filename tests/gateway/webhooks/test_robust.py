"""R5: everything arrives, signed right, whatever endpoints and processes do."""

import contextlib
import random
import re
import signal
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from gateway.kit.exchange import Client
from gateway.settings import Settings
from tests.gateway.killing import Worker
from tests.gateway.webhooks.conftest import QUICK, Desk
from tests.gateway.webhooks.receiver import verified
from tests.gateway.webhooks.receivers import FINE, HANG, RESET, Answer, Received, receiving
from tests.pace import pace

SEED = 20261121
SCRIPT = Path(__file__).with_name("courier_process.py")
PATIENT = replace(QUICK, schedule=(timedelta(seconds=0.05),) * 25)


def wait(until: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.1)


def test_everything_arrives_through_faults_with_the_right_signature(
    desk: Desk, request: pytest.FixtureRequest, figures: Callable[..., None]
) -> None:
    count = 10_000 if request.config.getoption("--full") else 150
    chance = random.Random(SEED)  # noqa: S311 - to be repeated

    def answer(_: Received) -> Answer:
        drawn = chance.random()
        if drawn < 0.30:
            return 503, {}, b"busy"
        return HANG if drawn < 0.35 else RESET if drawn < 0.40 else FINE

    with receiving(answer) as receiver:
        endpoint = desk.endpoint(receiver.url)
        wire = replace(desk.client, total_seconds=0.5)
        started = time.monotonic()
        with desk.working(desk.courier(PATIENT, client=wire)):
            for _ in range(0, count, 50):
                desk.happens(count=50)
            wait(lambda: len({one.id for one in receiver.taken}) == count, 60 + count)
            wait(lambda: not desk.deliveries(endpoint, "&state=pending"), 60)
        seconds = time.monotonic() - started
    wrong = [one for one in receiver.received if not good(endpoint["secret"], one)]
    assert wrong == []
    assert desk.deliveries(endpoint, "&state=failed") == []
    bodies = {(one.id, one.body) for one in receiver.received}
    assert len(bodies) == count
    figures(events=count, attempts=len(receiver.received), seconds=round(seconds), seed=SEED)


def good(secret: str, one: Received) -> bool:
    return verified(secret, one.headers, one.body, int(one.headers["webhook-timestamp"]))


def test_dead_endpoints_delay_nobody_else(desk: Desk, figures: Callable[..., None]) -> None:
    waited: list[float] = []
    began: dict[str, float] = {}

    def answer(one: Received) -> Answer:
        found = re.search(rb'"run":"(\w+)"', one.body)
        assert found is not None
        waited.append(time.monotonic() - began[found[1].decode()])
        return FINE

    def measure(run: str) -> float:
        waited.clear()
        for number in range(40):
            name = f"{run}{number}"
            began[name] = time.monotonic()
            desk.happens("item.created", run=name)
            time.sleep(0.02)
        wait(lambda: len(waited) >= 40, 60)
        return statistics.quantiles(waited, n=100)[98]

    with receiving(answer) as alive, receiving(lambda _: HANG) as dead:
        desk.endpoint(alive.url, "item.created")
        wire = replace(Client(desk.runtime.outbound), connect_seconds=1, total_seconds=5)
        with desk.working(desk.courier(client=wire)):
            measure("warm")
            alone = measure("alone")
            for number in range(3):
                desk.endpoint(f"{dead.url}/{number}", "item.*")
            beside = measure("beside")
        dead.ended.set()
    figures(p99_alone=f"{alone:.2f} s", p99_beside_3_dead=f"{beside:.2f} s")
    assert dead.received
    assert beside - alone < 1.0 * pace()


def test_accounts_without_news_delay_nobody(
    desk: Desk, admin_url: str, figures: Callable[..., None]
) -> None:
    """Asking all of them takes seconds; a hint has the one with news asked at once."""
    others, began, waited = 500, [0.0], []
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(
            "with made as (insert into account select gen_random_uuid(), 'idle', now()"
            " from generate_series(1, %s) returning id) insert into webhook_feed"
            " select id, 'sandbox', pg_current_xact_id()::text::bigint, 0 from made",
            [others],
        )

    def answer(_: Received) -> Answer:
        waited.append(time.monotonic() - began[0])
        return FINE

    with receiving(answer) as receiver:
        desk.endpoint(receiver.url, "item.created")
        with desk.working():
            time.sleep(2)  # everybody is known
            for number in range(30):
                began[0] = time.monotonic()
                desk.happens("item.created")
                wait(lambda: len(waited) > number, 60)  # noqa: B023 - called at once
    p90 = statistics.quantiles(waited, n=10)[8]
    figures(idle_accounts=others, p50=f"{statistics.median(waited):.2f} s", p90=f"{p90:.2f} s")
    assert p90 < 1.0 * pace()


@contextlib.contextmanager
def process(url: str, data: Path, seed: int) -> Iterator[Worker]:
    started = Worker(SCRIPT, [url, str(data), str(seed)])
    started.ready()
    try:
        yield started
    finally:
        started.end(signal.SIGKILL)


def slowly(_: Received) -> Answer:
    time.sleep(0.02)
    return FINE


def test_killed_couriers_lose_nothing(
    desk: Desk,
    settings: Settings,
    serving_url: str,
    request: pytest.FixtureRequest,
    figures: Callable[..., None],
) -> None:
    kills = 30 if request.config.getoption("--full") else 3
    chance = random.Random(SEED)  # noqa: S311 - to be repeated
    with receiving(slowly) as receiver:
        endpoint = desk.endpoint(receiver.url)
        count = 0
        for number in range(kills):
            with process(serving_url, settings.data, number) as courier:
                for _ in range(5):
                    desk.happens(count=10)
                    count += 10
                    time.sleep(chance.random() * 0.1)
                time.sleep(chance.random() * 0.3)
                courier.send(signal.SIGKILL)
        with process(serving_url, settings.data, kills):
            wait(lambda: len({one.id for one in receiver.taken}) == count, 60)
            wait(lambda: not desk.deliveries(endpoint, "&state=pending"), 60)
    sent = Counter(one.id for one in receiver.received)
    assert len({(one.id, one.body) for one in receiver.received}) == count
    assert all(good(endpoint["secret"], one) for one in receiver.received)
    figures(events=count, kills=kills, twice=sum(1 for times in sent.values() if times > 1))
