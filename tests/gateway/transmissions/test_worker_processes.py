"""Workers that die or freeze at any moment: nothing lost, nothing sent blindly, nothing twice."""

import contextlib
import datetime
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from gateway.events.service import EventView
from tests.gateway.killing import Worker, killed_while_working
from tests.gateway.sandbox.invoices import RECEIVER
from tests.gateway.transmissions.stage import Stage

SCRIPT = Path(__file__).with_name("worker_process.py")
RECEIVERS = (RECEIVER, "0088:7300010000001", "0192:991825827", "9930:DE136695976", "9957:FR1")


FAULTS = (
    ("drop_before_accept", 0.04),
    ("drop_after_accept", 0.04),
    ("http_503_before_accept", 0.03),
    ("http_503_after_accept", 0.03),
    ("http_500_before_accept", 0.03),
    ("http_500_after_accept", 0.03),
    ("signal_before_response", 0.1),
    ("duplicate_signals", 0.1),
    ("late_signals", 0.1),
    ("out_of_order_signals", 0.1),
    ("latency", 0.7),
)


def started(stage: Stage, serving_url: str) -> Worker:
    """Return a worker that can be killed and frozen."""
    data = str(stage.network.data.parent / "data")
    return Worker(SCRIPT, [serving_url, data, stage.network.url, str(stage.network.trust)])


@contextlib.contextmanager
def process(stage: Stage, serving_url: str) -> Iterator[Worker]:
    made = started(stage, serving_url)
    try:
        made.ready()
        yield made
    finally:
        made.send(signal.SIGCONT)
        assert made.end(signal.SIGTERM) == 0


def blind_resends(events: list[EventView]) -> int:
    """Count attempts that follow another without proof that the other did not arrive."""
    proved = True
    blind = 0
    for event in events:
        if event.type == "transmission.submitting":
            blind += not proved
            proved = False
        if event.type in {"transmission.requeued", "transmission.failed_retryable"}:
            proved = True
    return blind


@pytest.mark.timeout(240)
def test_killed_at_random_every_message_is_accepted_exactly_once(
    stage: Stage, serving_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.network.fail(
        *(
            {"fault": fault, "probability": probability, "seed": seed, "seconds": 0.15}
            for seed, (fault, probability) in enumerate(FAULTS)
        )
    )
    sent = [
        stage.queue(number=f"R-{number}", receiver=RECEIVERS[number % len(RECEIVERS)])
        for number in range(120)
    ]
    begun = time.monotonic()
    kills = killed_while_working(
        lambda: started(stage, serving_url), lambda: len(sent) - _unfinished(stage), len(sent)
    )
    reached, fired, messages = stage.reached(), stage.network.fired(), stage.network.messages()
    seconds = time.monotonic() - begun
    with capsys.disabled():  # a count of zero would mean: not tested
        sys.stdout.write(f"\n{kills} kills in {seconds:.0f} s; reached {reached}; fired {fired}\n")
    assert kills >= 3
    assert reached["outcome_unknown"] > 0
    assert reached["requeued"] > 0
    assert set(fired) == {fault for fault, _ in FAULTS}
    views = {stage.view(one).message_id: stage.view(one) for one in sent}
    assert set(messages) == set(views)
    assert {message["state"] for message in messages.values()} == {"accepted"}
    assert len({message["number"] for message in messages.values()}) == len(sent)
    for view in views.values():
        assert (view.transport, view.regulatory, view.business, view.action_required) == (
            "delivered",
            "accepted",
            "accepted",
            None,
        )
    assert sum(blind_resends(stage.events(one)) for one in sent) == 0
    abandoned = sum(
        event.data.get("reason") == "abandoned" for one in sent for event in stage.events(one)
    )
    assert abandoned > 0


def _unfinished(stage: Stage) -> int:
    return sum(state != "closed" for state, _ in stage.rows())


@pytest.mark.timeout(120)
def test_a_frozen_worker_is_replaced_and_cannot_write_when_it_wakes(
    stage: Stage, serving_url: str, admin_url: str
) -> None:
    stage.network.fail({"fault": "latency", "nth": 1, "count": 1, "seconds": 1.0})
    with process(stage, serving_url) as frozen:
        transmission = stage.queue()
        _until_on_the_wire(stage)
        frozen.send(signal.SIGSTOP)  # the answer will find nobody
        epoch = _epoch(admin_url)
        with process(stage, serving_url):
            stage.until_answered(transmission, seconds=40)
            view = stage.view(transmission)
            taken = _epoch(admin_url)
            frozen.send(signal.SIGCONT)
            time.sleep(3)  # it reads its answer and tries to write
            assert stage.view(transmission) == view
    assert taken > epoch
    assert view.attempts == 1
    assert stage.reached()["submitting"] == stage.reached()["submitted"] == 1
    assert [one["duplicates"] for one in stage.network.messages().values()] == [0]
    submitted = [event for event in stage.events(transmission) if event.type.endswith("submitted")]
    assert [event.data["cause"] for event in submitted] == ["reconciled"]


@pytest.mark.timeout(120)
def test_a_killed_worker_is_replaced_before_its_lease_ends(
    stage: Stage, serving_url: str, admin_url: str
) -> None:
    stage.network.fail({"fault": "latency", "nth": 1, "count": 1, "seconds": 1.0})
    first = started(stage, serving_url)
    first.ready()
    with process(stage, serving_url) as second:
        second.send(signal.SIGSTOP)  # so that it is the first that takes the lane
        transmission = stage.queue()
        _until_on_the_wire(stage)
        second.send(signal.SIGCONT)
        lease_until = _lease_until(admin_url)
        first.end(signal.SIGKILL)
        view = stage.until_answered(transmission, seconds=40)
    abandoned = [event for event in stage.events(transmission) if "reason" in event.data]
    assert [event.data["reason"] for event in abandoned] == ["abandoned"]
    assert abandoned[0].at < lease_until
    assert view.attempts == 1
    assert [one["duplicates"] for one in stage.network.messages().values()] == [0]


def _until_on_the_wire(stage: Stage) -> None:
    """Wait until the receiver has the bytes: before, they might never be written."""
    deadline = time.monotonic() + 15
    while "message" not in stage.network.ledger()["counters"]:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _epoch(admin_url: str) -> int:
    with psycopg.connect(admin_url) as connection:
        row = connection.execute("select max(epoch) from lane").fetchone()
    assert row is not None
    return int(row[0])


def _lease_until(admin_url: str) -> datetime.datetime:
    with psycopg.connect(admin_url) as connection:
        row = connection.execute("select max(lease_until) from lane").fetchone()
    assert row is not None
    assert isinstance(row[0], datetime.datetime)
    return row[0]
