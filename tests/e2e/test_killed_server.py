"""The whole gateway killed with SIGKILL while callers submit: what was answered stays true."""

import json
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest

from gateway.demo.api import wait_until_ready
from gateway.demo.companies import BUYERS, SELLERS
from gateway.demo.server import environment_for
from tests.e2e.conftest import settings_for
from tests.e2e.processes import Killable, free_port, gateway

SEED = 7
READY_SECONDS = 60


@pytest.mark.parametrize(
    ("count", "kills"),
    [pytest.param(12, 2, id="12"), pytest.param(300, 20, id="300", marks=pytest.mark.full)],
)
def test_an_answer_survives_the_server_and_a_repeat_changes_nothing(
    open_directory: Path, tmp_path: Path, count: int, kills: int
) -> None:
    home = open_directory / f"killed-{count}"
    home.mkdir(mode=0o711)
    port = free_port()
    environment = environment_for(home) | settings_for(home) | {"GATEWAY_PORT": str(port)}
    made = gateway(environment, "api-keys", "create", "--account", "Platform")
    key = made.stdout.strip().splitlines()[-1]
    server = Killable(environment, tmp_path / "serve.log")
    chance = random.Random(SEED)  # noqa: S311 - a schedule that can be replayed
    done = threading.Event()
    broken = [0]
    try:
        with httpx2.Client(
            base_url=f"http://127.0.0.1:{port}",
            headers={"Authorization": f"Bearer {key}"},
            timeout=20,
            trust_env=False,
        ) as http:
            wait_until_ready(http, seconds=READY_SECONDS)
            entity = http.post("/v1/entities", json=SELLERS["SI"]).json()["id"]

            def kill_now_and_then() -> None:
                for _ in range(kills):
                    if done.wait(chance.uniform(0.3, 1.0)):
                        return
                    server.kill()
                    wait_until_ready(http, seconds=READY_SECONDS)

            killer = threading.Thread(target=kill_now_and_then)
            killer.start()
            with ThreadPoolExecutor(4) as pool:
                answers = list(
                    pool.map(lambda index: _submit(http, entity, index, broken), range(count))
                )
            done.set()
            killer.join()
            wait_until_ready(http, seconds=READY_SECONDS)
            for answer in answers:
                shown = http.get(f"/v1/invoices/{answer['id']}", headers={"Entity-Id": entity})
                assert shown.json()["sha256"] == answer["sha256"]
            _wait_until_accepted(http, entity, [answer["id"] for answer in answers])
        report = json.loads(gateway(environment, "fsck", "--json").stdout)
    finally:
        server.stop()
    numbers = sorted(answer["number"] for answer in answers)
    assert numbers == [f"INV-{number:06}" for number in range(1, count + 1)]
    assert broken[0] > 0, "no request was cut off: the test tested nothing"
    assert report["ok"], report
    print(f"{count} invoices, {broken[0]} requests cut off, fsck clean")  # noqa: T201


def _submit(http: httpx2.Client, entity: str, index: int, broken: list[int]) -> dict[str, Any]:
    """Submit until there is an answer, always with the same key."""
    body = {
        "customer": BUYERS["SI"],
        "buyer_reference": f"order-{index}",
        "payment_terms": "15 days net",
        "items": [{"name": "Bread", "quantity": 1, "price": f"{index % 7 + 1}.37"}],
    }
    headers = {"Entity-Id": entity, "Idempotency-Key": f"order-{index}"}
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            answer = http.post("/v1/invoices?finalize=true", json=body, headers=headers)
        except httpx2.TransportError:
            broken[0] += 1
            time.sleep(0.1)
            continue
        if answer.status_code == 200:
            found: dict[str, Any] = answer.json()
            return found
        assert answer.status_code in {409, 503}, answer.text
        time.sleep(0.1)
    raise TimeoutError(f"order-{index} never got an answer")


def _wait_until_accepted(http: httpx2.Client, entity: str, documents: list[str]) -> None:
    deadline = time.monotonic() + 120
    waiting = list(documents)
    while waiting and time.monotonic() < deadline:
        status = http.get(
            f"/v1/documents/{waiting[0]}/status", headers={"Entity-Id": entity}
        ).json()
        if status["final"]:
            assert status["status"] == "accepted", status
            waiting.pop(0)
        else:
            time.sleep(0.2)
    assert not waiting, f"{len(waiting)} documents never accepted"
