"""The simulator's parts as rules of a state machine, so that hypothesis shrinks what it finds.

The schedules of `test_simulator` are longer and quicker; a failure here is short.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.chaos import authorities, schedules
from tests.chaos.ground import Ground, laid
from tests.chaos.wires import Trouble, routed
from tests.chaos.world import Fuse, World

_CHANNELS = st.sampled_from([rules.name for rules in authorities.ALL])
_WORKERS = st.integers(0, 1)
_PLACES = st.sampled_from(
    [
        "",
        "before a transaction",
        "within a transaction",
        "before a commit",
        "committed",
        "after a commit",
        "before the wire",
        "after the wire",
    ]
)


def machine(ground: Ground) -> type[RuleBasedStateMachine]:  # noqa: C901 - its rules
    """Return the machine over a ground."""

    class Machine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.world = World(ground, 0, troubled=0)

        @rule(channel=_CHANNELS)
        def want(self, channel: str) -> None:
            if len(self.world.asked) < 3:
                self.world.want(channel)

        @precondition(lambda self: self.world.asked)
        @rule(number=st.integers(0, 2))
        def ask(self, number: int) -> None:
            self.world.answer(self.world.asked[number % len(self.world.asked)])

        @rule(worker=_WORKERS)
        def work(self, worker: int) -> None:
            self.world.turn(self.world.processes[worker])

        @rule(channel=_CHANNELS, trouble=st.sampled_from(Trouble))
        def trouble(self, channel: str, trouble: Trouble) -> None:
            del channel
            self.world.forced = trouble

        @rule(channel=_CHANNELS, early=st.booleans())
        def signal(self, channel: str, early: bool) -> None:  # noqa: FBT001
            self.world.deliver(self.world.authorities[channel], late=early)

        @rule(seconds=st.sampled_from([1, 16, 31, 600, 7200]))
        def time(self, seconds: int) -> None:
            self.world.time.go(timedelta(seconds=seconds))

        @rule(left=st.integers(1, 12), place=_PLACES)
        def kill(self, left: int, place: str) -> None:
            self.world.fuse = Fuse(left, "kill", place=place)

        @rule(left=st.integers(1, 4), seconds=st.sampled_from([1, 16, 600]), place=_PLACES)
        def freeze(self, left: int, seconds: int, place: str) -> None:
            self.world.fuse = Fuse(left, "freeze", seconds, place)

        @rule(left=st.integers(1, 3))
        def lose_the_answer_to_a_commit(self, left: int) -> None:
            self.world.fuse = Fuse(left, "lose", place="after a commit")

        @rule(channel=_CHANNELS, seconds=st.sampled_from([30, 900, 7200]))
        def close(self, channel: str, seconds: int) -> None:
            authority = self.world.authorities[channel]
            authority.closed_until = self.world.time.seconds + seconds

        @rule()
        def restart(self) -> None:
            schedules.restart(self.world)

        @override
        def teardown(self) -> None:
            try:
                schedules.settle(self.world)
                assert schedules.judge(self.world) == []
            finally:
                schedules.end(self.world)

    return Machine


@pytest.fixture
def ground(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[Ground]:
    with ExitStack() as stack:
        stack.enter_context(routed())
        yield stack.enter_context(laid(postgres, tmp_path))


def _play(ground: Ground, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine(ground),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.timeout(600)
def test_no_order_of_events_makes_the_books_disagree(ground: Ground) -> None:
    _play(ground, examples=12, steps=12)


@pytest.mark.full
def test_no_order_of_many_events_makes_the_books_disagree(ground: Ground) -> None:
    _play(ground, examples=1500, steps=30)
