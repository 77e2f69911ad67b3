"""Workers killed in the middle of bulk jobs: every item once, no gap in the numbers."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

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

SCRIPT = Path(__file__).with_name("worker_process.py")
JOBS, ITEMS = 2, 30


@pytest.mark.timeout(280)
def test_killed_at_random_each_item_is_done_once(
    account: Account, settings: Settings, serving_url: str, figures: Callable[..., None]
) -> None:
    entity = account.new_entity("Bakery", "SI", seller=SELLER)
    good = {"body": invoice(profile="en16931-ubl")}
    bad = {"body": invoice(profile="en16931-ubl", totals={"total_with_vat": "1.00"})}
    body = {"documents": [bad if one % 10 == 9 else good for one in range(ITEMS)]}
    jobs = [
        account.call(
            "POST", "/v1/bulk/documents", {**body, "finalize": True}, Entity_Id=entity
        ).json()["id"]
        for _ in range(JOBS)
    ]
    begun = time.monotonic()
    kills = killed_while_working(
        lambda: Worker(SCRIPT, [serving_url, str(shared_with(settings.data))]),
        lambda: sum(_done(_read(account, job)) for job in jobs),
        JOBS * (ITEMS + 1),
    )
    bad_ones = ITEMS // 10
    results = [_read(account, job)["result"] for job in jobs]
    assert results == [{"succeeded": ITEMS - bad_ones, "failed": bad_ones}] * JOBS
    series = account.call("GET", "/v1/series", Entity_Id=entity).json()["data"]
    issued = JOBS * (ITEMS - bad_ones)
    assert next(one for one in series if one["code"] == "INV")["next_number"] == issued + 1
    listed = account.call("GET", "/v1/documents?limit=200", Entity_Id=entity).json()["data"]
    assert len(listed) == len({one["number"] for one in listed}) == issued
    again = sum(_read(account, job)["attempts"] > 1 for job in jobs)
    assert kills >= 3
    assert again
    seconds = time.monotonic() - begun
    figures(kills=kills, documents=issued, jobs_begun_again=again, seconds=f"{seconds:.0f}")


def _done(job: dict[str, Any]) -> int:
    """Return how many items of a job are done, and one more when it has ended."""
    return int(job["progress"]["done"]) + (job["finished_at"] is not None)


def _read(account: Account, job: str) -> dict[str, Any]:
    found: dict[str, Any] = account.call("GET", f"/v1/jobs/{job}").json()
    return found
