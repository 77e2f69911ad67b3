"""Two processes on the same schedules, killed at random: each day has its document, once."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gateway.settings import Settings
from tests.gateway.conftest import Account
from tests.gateway.houses import invoice

SELLER = {
    "vat_identifier": "SI50223054",
    "postal_address": {"line_1": "Glavni trg 3", "city": "Kranj"},
}

SCRIPT = Path(__file__).with_name("generator_process.py")
SCHEDULES, DAYS = 6, 15


def _started(url: str, data: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, str(SCRIPT), url, str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _ended(process: "subprocess.Popen[str]", number: int) -> None:
    assert process.stdout is not None
    process.send_signal(number)
    process.wait(30)
    process.stdout.close()


@pytest.mark.timeout(280)
def test_killed_at_random_each_day_has_one_document_and_numbers_have_no_gap(
    account: Account,
    settings: Settings,
    serving_url: str,
    admin_url: str,
    figures: Callable[..., None],
) -> None:
    entity = account.new_entity("Bakery", "SI", seller=SELLER)
    body = {
        "document": invoice(profile="en16931-ubl"),
        "schedule": {"frequency": "daily", "count": DAYS},
        "actions": {"finalize": True},
    }
    made = [
        account.call("POST", "/v1/recurring-invoices", body, Entity_Id=entity).json()["id"]
        for _ in range(SCHEDULES)
    ]
    with psycopg.connect(admin_url, autocommit=True) as admin:
        # As if nobody had worked for weeks.
        admin.execute(
            "update recurring_invoice set next_date = next_date - 30,"
            " schedule = jsonb_set(schedule, '{start_date}', to_jsonb((next_date - 30)::text))"
        )
        admin.execute("update recurring_due set due_at = due_at - interval '30 days'")
    chance = random.Random(20261121)  # noqa: S311 - to be repeated
    processes = [_started(serving_url, settings.data) for _ in range(2)]
    kills, begun = 0, time.monotonic()
    try:
        while _left(admin_url):
            assert time.monotonic() - begun < 200
            time.sleep(chance.uniform(0.1, 0.4))
            _ended(processes.pop(chance.randrange(2)), signal.SIGKILL)
            processes.append(_started(serving_url, settings.data))
            kills += 1
    finally:
        for process in processes:
            _ended(process, signal.SIGTERM)
    rows = _rows(
        admin_url, "select recurring_id, date, state, document_id from recurring_occurrence"
    )
    assert len(rows) == SCHEDULES * DAYS
    assert {state for _, _, state, _ in rows} == {"generated"}
    assert len({document for *_, document in rows}) == SCHEDULES * DAYS
    assert set(Counter(one[0] for one in rows).values()) == {DAYS}
    documents = _rows(admin_url, "select sequence from document where state = 'issued'")
    assert sorted(one for (one,) in documents) == list(range(1, SCHEDULES * DAYS + 1))
    assert _rows(admin_url, "select count(*) from document") == [(SCHEDULES * DAYS,)]
    for one in made:
        shown = account.call("GET", f"/v1/recurring-invoices/{one}", Entity_Id=entity).json()
        assert shown["state"] == "completed"
    assert kills >= 2
    seconds = time.monotonic() - begun
    figures(kills=kills, documents=len(rows), seconds=f"{seconds:.0f}")


def _left(admin_url: str) -> bool:
    return _rows(admin_url, "select 1 from recurring_invoice where state = 'active'") != []


def _rows(admin_url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(admin_url) as connection:
        return connection.execute(query.encode()).fetchall()
