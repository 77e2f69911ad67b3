"""Destruction, killed at any moment: nothing twice, nothing early, one certificate each."""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.fsck.service import check
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from tests.gateway.houses import Shop, invoice
from tests.gateway.killing import SEED, Worker
from tests.gateway.retention.deeds import HOME, approved, old, proposed

SCRIPT = Path(__file__).with_name("worker_process.py")
CERTIFICATES = (
    "select document_id, count(*) from archive_entry where role = 'destruction-certificate'"
    " and entity_id = %s group by 1"
)
FILES = "select count(*), count(destroyed_at) from archive_entry where document_id = %s"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("documents", [6, pytest.param(150, marks=pytest.mark.full)])
def test_killed_at_random_each_is_destroyed_once_and_what_is_held_is_not(
    shop: Shop, postgres: EmbeddedPostgres, documents: int, figures: Callable[..., None]
) -> None:
    past = [old(shop) for _ in range(documents)]
    held, recent = past[documents // 2], shop.issued(invoice())["id"]
    destruction = proposed(shop)["id"]
    job = approved(shop, destruction)["job_id"]
    shop.call("POST", "/v1/retention/holds", {"reason": "court", "document_id": held})

    begun = time.monotonic()
    kills = _killed_until_done(shop, job, 2 * documents)

    found = shop.get(f"{HOME}/{destruction}")
    assert found["state"] == "done"
    assert Counter(one["state"] for one in found["documents"]) == {
        "destroyed": documents - 1,
        "spared": 1,
    }
    gone = {parse_id(one, "inv") for one in past if one != held}
    entity = parse_id(shop.entity, "ent")
    assert dict(shop.house.sql(CERTIFICATES, entity)) == dict.fromkeys(gone, 1)
    events = shop.house.sql(
        "select document_id from event where type = 'retention.destroyed' and entity_id = %s",
        entity,
    )
    assert Counter(one for (one,) in events) == dict.fromkeys(gone, 1)
    for kept in (held, recent):
        assert shop.get(f"/v1/invoices/{kept}")["id"] == kept
        assert shop.house.sql(FILES, parse_id(kept, "inv"))[0][1] == 0
    settings = shop.house.runtime.settings
    database = str(shop.house.sql("select current_database()")[0][0])
    report = check(postgres.url(database), settings.data)
    assert [str(one) for one in report.problems if "archive" in str(one)] == []
    figures(kills=kills, documents=documents, seconds=f"{time.monotonic() - begun:.1f}")


def _killed_until_done(shop: Shop, job: str, steps: int) -> int:
    """Kill one process after another in the middle of the job; return how many, when it is done.

    Moments follow the work and not the clock: each process may do some of it.
    """
    settings, kills = shop.house.runtime.settings, 0
    assert settings.database_url is not None
    ids = (shop.account.id, parse_id(shop.entity, "ent"), parse_id(job, "job"))
    given = [settings.database_url.get_secret_value(), str(settings.data), *map(str, ids)]
    chance = random.Random(SEED)  # noqa: S311 - to be repeated
    while (reached := _steps(shop)) < steps:
        worker = Worker(SCRIPT, given)
        worker.ready()
        until = min(steps, reached + chance.uniform(0.1, 0.33) * steps)
        ends = time.monotonic() + 60
        while _steps(shop) < until:
            assert time.monotonic() < ends
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.02))
        kills += worker.end(signal.SIGKILL) == -signal.SIGKILL
    worker = Worker(SCRIPT, given)
    worker.ready()
    assert worker.wait() == 0
    assert kills >= 3
    return kills


def _steps(shop: Shop) -> int:
    """Return how many of the job's transactions on documents are committed."""
    statement = (
        "select count(*) filter (where state <> 'listed') + count(*) filter (where state in"
    )
    statement += " ('destroyed', 'spared')) from destruction_item where entity_id = %s"
    return int(shop.house.sql(statement, parse_id(shop.entity, "ent"))[0][0])
