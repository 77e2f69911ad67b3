"""Many issue while the entity leaves: each number once, none lost, and nothing afterwards."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from httpx2 import Response

from gateway.exits.arriving import Import
from gateway.exits.file import Arrived
from gateway.fsck.service import check
from gateway.kit import clock
from tests.gateway.exits.conftest import Leaver
from tests.gateway.houses import House, Json, Shop, kind

pytestmark = pytest.mark.timeout(600)

THREADS = 6
KIND = "estimates"
"""They go to nobody by themselves: what is on its way would hinder leaving."""


class Storm:
    """Threads that issue until they are refused."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.answers: dict[str, Response] = {}
        self.over = threading.Event()
        self._lock, self._changed = threading.Lock(), threading.Condition()

    def blow(self, name: str) -> Response:
        """Issue one after the other; return the answer that refused one."""
        turn = 0
        while not self.over.is_set():
            turn += 1
            key = f"{name}-{turn}"
            answer = self.shop.issue(None, KIND, Idempotency_Key=key)
            if answer.status_code != 200:
                return answer
            with self._changed:
                self.answers[key] = answer
                self._changed.notify_all()
        raise AssertionError("nobody ever refused")

    def wait(self, number: int) -> None:
        """Wait until so many were issued."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.answers) >= number, 120)


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    return 20 if request.config.getoption("--full") else 1


def place(answer: Json) -> int:
    """Return the place of a document in its series."""
    return int(str(answer["number"]).rpartition("-")[2])


def test_no_number_is_given_twice_and_none_is_lost(
    house: House, new: House, tmp_path: Path, rounds: int
) -> None:
    shop = Shop.opened(house)
    storm, leaver = Storm(shop), Leaver(shop)
    assert shop.issued(None, KIND, Idempotency_Key="first")["transmissions"] == []
    job: Json = {}
    for turn in range(rounds):
        already = len(storm.answers)
        with ThreadPoolExecutor(THREADS) as threads:
            blowing = [threads.submit(storm.blow, f"{turn}-{number}") for number in range(THREADS)]
            try:
                storm.wait(already + 2 * THREADS)
                job = leaver.ask(leaving=True)
            except BaseException:
                storm.over.set()  # or they go on for ever
                raise
            refused = [one.result(60) for one in blowing]
        assert {(one.status_code, kind(one)) for one in refused} == {(409, "moved")}
        if turn < rounds - 1:
            assert shop.call("POST", f"/v1/exits/{job['id']}/stay").json()["state"] == "here"

    told = sorted(place(answer.json()) for answer in storm.answers.values())
    assert told == list(range(2, len(told) + 2))
    to = {"to": str(new.runtime.archive.verifier)}
    left = shop.call("POST", f"/v1/exits/{job['id']}/move", to)
    assert left.status_code == 200, left.text  # nothing came after the file was made

    file = tmp_path / "exit.zip"
    file.write_bytes(leaver.fetch(job))
    account, runtime = new.account(), new.runtime
    arrived = Arrived.open(file, shop.call("GET", "/v1/log/key").text.strip())
    arriving = Import(
        runtime.database, runtime.archive, arrived, account.id, clock.now, runtime.vault.encryption
    )
    arriving.run(lambda *_: None)
    arriving.activate(left.json()["statement"])
    here = Shop(new, account, shop.entity, account.key)
    key, answer = next(iter(storm.answers.items()))
    assert here.issue(None, KIND, Idempotency_Key=key).json() == answer.json()
    assert place(here.issued(None, KIND)) == len(told) + 2
    assert shop.issue(None, KIND).status_code == 409
    for one in (house, new):
        assert not list(map(str, check(one.admin_url, one.runtime.settings.data).problems))
