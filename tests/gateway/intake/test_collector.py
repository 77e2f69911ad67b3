"""The collector: what waits is bounded, and its thread outlives whatever comes."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from gateway.intake.collector import Bounds, Collector, Outcome, Submission, submitted
from gateway.kinds import DocumentKind
from gateway.kit.idempotency import Answer
from gateway.kit.idempotency_many import Keyed
from gateway.problems import UnavailableProblem

TAKEN = Answer(202, b"{}")


def submission(answer: Callable[[Outcome], None], size: int = 10) -> Submission:
    return Submission(
        secret="",
        named=None,
        admit=lambda _caller: None,
        keyed=Keyed(None, b""),
        kind=DocumentKind.INVOICE,
        body="",
        finalize=False,
        request_id="",
        answer=answer,
        size=size,
    )


class Slow:
    """Writes when it is let."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.begun = threading.Event()

    def __call__(self, batch: Sequence[Submission]) -> Sequence[Outcome]:
        self.begun.set()
        assert self.let.wait(10)
        return [TAKEN] * len(batch)


@pytest.fixture
def slow() -> Iterator[Slow]:
    made = Slow()
    yield made
    made.let.set()


def held(slow: Slow, bounds: Bounds) -> Collector:
    """Return a collector whose thread is writing already."""
    collector = Collector(slow, bounds)
    collector.submit(submission(lambda _outcome: None))
    assert slow.begun.wait(10)
    return collector


@pytest.mark.parametrize(
    ("bounds", "taken"), [(Bounds(requests=3), 3), (Bounds(size=25), 2), (Bounds(size=5), 1)]
)
def test_what_waits_is_bounded(slow: Slow, bounds: Bounds, taken: int) -> None:
    collector = held(slow, bounds)
    answers: list[Outcome] = []
    for _ in range(taken):
        collector.submit(submission(answers.append))
    with pytest.raises(UnavailableProblem) as caught:
        collector.submit(submission(answers.append))
    assert caught.value.headers == {"Retry-After": "2"}
    slow.let.set()
    collector.close()
    assert answers == [TAKEN] * taken
    with pytest.raises(UnavailableProblem):
        collector.submit(submission(answers.append))


def test_room_is_free_again_once_it_is_written() -> None:
    collector = Collector(lambda batch: [TAKEN] * len(batch), Bounds(requests=1, size=10))
    for _ in range(5):
        asyncio.run(asked(collector))
    collector.close()


async def asked(collector: Collector) -> Answer:
    return await submitted(collector, submission)


def test_an_answer_that_cannot_be_given_ends_nothing() -> None:
    collector = Collector(lambda batch: [TAKEN] * len(batch), Bounds(seconds=5))

    def gone(_outcome: Outcome) -> None:
        raise RuntimeError("Event loop is closed")

    collector.submit(submission(gone))
    assert asyncio.run(asked(collector)) == TAKEN
    collector.close()


def test_too_few_outcomes_are_told_as_a_failure_and_end_nothing() -> None:
    outcomes = iter([[], [TAKEN, TAKEN], [TAKEN]])
    collector = Collector(lambda _batch: next(outcomes), Bounds(seconds=5))
    for _ in range(2):
        with pytest.raises(RuntimeError, match="outcomes of 1 requests"):
            asyncio.run(asked(collector))
    assert asyncio.run(asked(collector)) == TAKEN
    collector.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_ended_is_begun_again() -> None:
    first = threading.Event()

    def write(batch: Sequence[Submission]) -> Sequence[Outcome]:
        if not first.is_set():
            first.set()
            raise SystemExit
        return [TAKEN] * len(batch)

    collector = Collector(write, Bounds(seconds=5))
    collector.submit(submission(lambda _outcome: None))
    assert first.wait(10)
    until = time.monotonic() + 10
    while any(thread.name == "intake" for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert asyncio.run(asked(collector)) == TAKEN
    collector.close()


def test_a_request_does_not_wait_for_ever(slow: Slow) -> None:
    collector = held(slow, Bounds(seconds=0.05))
    with pytest.raises(UnavailableProblem, match="not written in time"):
        asyncio.run(asked(collector))
    slow.let.set()
    collector.close()


def test_one_that_is_being_written_may_have_been(slow: Slow) -> None:
    collector = Collector(slow, Bounds(seconds=0.05))
    with pytest.raises(UnavailableProblem, match="not known yet"):
        asyncio.run(asked(collector))
    slow.let.set()
    collector.close()
