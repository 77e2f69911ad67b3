"""Two processes on the same schedules, killed at random: each day has its document, once."""

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
from tests.gateway.killing import Worker, killed_while_working
from tests.kept_rules import shared_with

SELLER = {
    "vat_identifier": "SI50223054",
    "postal_address": {"line_1": "Glavni trg 3", "city": "Kranj"},
}

SCRIPT = Path(__file__).with_name("generator_process.py")
SCHEDULES, DAYS = 6, 9


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
    begun = time.monotonic()
    kills = killed_while_working(
        lambda: Worker(SCRIPT, [serving_url, str(shared_with(settings.data))]),
        lambda: _count(admin_url),
        SCHEDULES * DAYS,
    )
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
    assert kills >= 3
    seconds = time.monotonic() - begun
    figures(kills=kills, documents=len(rows), seconds=f"{seconds:.0f}")


def _count(admin_url: str) -> int:
    return int(_rows(admin_url, "select count(*) from recurring_occurrence")[0][0])


def _rows(admin_url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(admin_url) as connection:
        return connection.execute(query.encode()).fetchall()
