"""A worker killed in the middle of a batch: every number is answered, hardly one asked twice."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gateway.settings import Settings
from tests.gateway.conftest import Account
from tests.gateway.killing import Worker, killed_while_working
from tests.gateway.vies.authorities import authorities
from tests.gateway.vies.registry import some
from tests.kept_rules import shared_with

SCRIPT = Path(__file__).with_name("worker_process.py")
NUMBERS = 200
ON_THE_WIRE = 40


@pytest.mark.timeout(280)
def test_killed_at_random_each_number_is_answered_and_hardly_one_asked_twice(
    account: Account, settings: Settings, serving_url: str, figures: Callable[..., None]
) -> None:
    seller = {"vat_identifier": "SI50223054", "postal_address": {"city": "Kranj"}}
    entity = account.new_entity("Bakery", "SI", seller=seller)
    numbers = some(NUMBERS, seed=21)
    with authorities() as found:
        found.know("SI50223054", name="Bakery")
        for one in numbers[::2]:
            found.know(one, name=f"Holder of {one}")
        found.fail({"fault": "latency", "seconds": 0.3, "probability": 1.0})
        asked = account.call(
            "POST", "/v1/vat-checks/batch", {"vat_ids": numbers}, Entity_Id=entity
        )
        assert asked.status_code == 202, asked.text
        path = f"/v1/vat-checks/batch/{asked.json()['id']}"

        def report() -> dict[str, Any]:
            read: dict[str, Any] = account.call("GET", f"{path}?limit=1").json()
            return read

        def done() -> int:
            read = report()
            ended = read["finished_at"] is not None
            return NUMBERS - int(read["counts"]["waiting"]) + ended

        kills = killed_while_working(
            lambda: Worker(SCRIPT, [serving_url, str(shared_with(settings.data)), found.url]),
            done,
            NUMBERS + 1,
            share=0.3,
        )
        questions = Counter(one["number"] for one in found.asked())
    assert report()["counts"] == {"valid": 100, "invalid": 100, "unknown": 0, "waiting": 0}
    assert set(questions) == set(numbers)
    twice = questions.total() - NUMBERS
    assert kills >= 1
    assert twice <= kills * ON_THE_WIRE
    figures(kills=kills, numbers=NUMBERS, asked_twice=twice)
