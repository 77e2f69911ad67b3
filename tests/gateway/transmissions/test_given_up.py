"""What the other side had and gave up goes again; a no that is asked for is the end."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from typing_extensions import override

from gateway.archive.service import EvidenceItem
from gateway.events import service as events
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.transmissions.adapter import Acknowledgement, Message
from gateway.transmissions.conduct import Shape
from gateway.transmissions.errors import GivenUp, Refused
from gateway.transmissions.states import Fact, Regulatory, Transport, project
from gateway.transmissions.tidying import Tidier
from tests.gateway.transmissions.desk import CONDUCT, QUICK, Authority, Desk, desk


@dataclass
class Slow(Authority):
    """It takes everything in, and says later what became of it.

    Attributes:
        words: What it says when it is asked: `gone`, `no`, `taken`; then `taken` for ever.
    """

    words: list[str] = field(default_factory=list)

    @override
    def _taken(self) -> Acknowledgement:
        proof = EvidenceItem("receipt", "receipt.txt", "text/plain", b"taken")
        return Acknowledgement(proof, Fact(Transport.SUBMITTED, Regulatory.PENDING))

    @override
    def reconcile(self, message: Message) -> Acknowledgement | None:
        proof = EvidenceItem("receipt", "asked.txt", "text/plain", b"asked")
        word = self.words.pop(0) if self.words else "taken"
        if word == "gone":
            self.ledger.remove(message.message_id)
            raise GivenUp("given_up", "it failed", evidence=(proof,))
        if word == "no":
            raise Refused("not_wanted", "it is not wanted", evidence=(proof,))
        return Acknowledgement(proof, Fact(Transport.SUBMITTED, Regulatory.CLEARED))


@pytest.fixture
def slow(database: Database, admin_url: str, tmp_path: Path) -> Iterator[Desk]:
    conduct = replace(CONDUCT, shape=Shape.POLL, first_ask=timedelta(milliseconds=20))
    with desk(database, admin_url, tmp_path) as made:
        made.authority = Slow(conduct=conduct)
        yield made


def words(small: Desk, *said: str) -> None:
    assert isinstance(small.authority, Slow)
    small.authority.words = list(said)


def proven(small: Desk, made: UUID) -> list[bool]:
    """Return of each requeueing whether it has evidence."""
    with small.database.transaction(small.owner) as tx:
        told = events.of_transmission(tx, made)
    return [one.evidence_id is not None for one in told if one.type.endswith("requeued")]


def test_what_was_given_up_goes_again_until_it_is_judged(slow: Desk) -> None:
    words(slow, "gone", "gone")
    made = slow.queue()
    with slow.working():
        slow.until_state(made, "closed")
    view = slow.view(made)
    assert (view.transport, view.regulatory, view.action_required) == (
        "submitted",
        "cleared",
        None,
    )
    assert view.attempts == 3
    assert len(slow.authority.tries) == 3
    assert slow.authority.ledger == [view.message_id]
    assert slow.types(made).count("requeued") == 2
    assert slow.types(made).count("submitted") == 4  # three receipts and the verdict
    assert proven(slow, made) == [True, True]


def test_a_person_is_asked_where_it_goes_on_for_long(slow: Desk) -> None:
    words(slow, *["gone"] * 100)
    made = slow.queue()
    with psycopg.connect(slow.admin_url, autocommit=True) as connection:
        connection.execute("update outbox set created_at = now() - interval '1 hour'")
    with slow.working():
        slow.until(lambda: slow.view(made).action_required == "unresolved")
        slow.until(lambda: slow.view(made).action_required == "no_verdict")
        words(slow)
        slow.until_state(made, "closed")
    assert slow.view(made).action_required is None


def test_a_no_that_was_asked_for_is_the_end(slow: Desk) -> None:
    words(slow, "no")
    made = slow.queue()
    with slow.working():
        slow.until_state(made, "closed")
    view = slow.view(made)
    assert (view.transport, view.regulatory) == ("failed_permanent", "rejected")
    assert len(slow.authority.tries) == 1


def test_what_was_given_up_counts_no_more_and_what_follows_does() -> None:
    arrived = Fact(transport=Transport.SUBMITTED, regulatory=Regulatory.PENDING, attempt=1)
    gone = Fact(transport=Transport.QUEUED, attempt=1, turn=1, decided=True)
    assert project([arrived, gone]).transport is Transport.QUEUED
    sending = Fact(transport=Transport.SUBMITTING, attempt=2, turn=1)
    assert project([arrived, gone, sending]).transport is Transport.SUBMITTING
    again = replace(arrived, attempt=2, turn=1)
    assert project([arrived, gone, sending, again]).transport is Transport.SUBMITTED
    late = Fact(regulatory=Regulatory.CLEARED, key="late", turn=1)
    assert project([arrived, gone, late]).regulatory is Regulatory.CLEARED
    assert project([arrived, gone, late]).transport is Transport.SUBMITTED


@dataclass
class Open(Authority):
    """It keeps something open."""

    tidied: list[bool] = field(default_factory=list)
    fails: bool = False

    def tidy(self, now: datetime, *, leaving: bool = False) -> int:
        assert now.tzinfo is not None
        self.tidied.append(leaving)
        if self.fails:
            raise OSError("nobody there")
        return 1


def test_wires_are_tidied_up_from_time_to_time_and_at_the_end() -> None:
    first, second = Open(fails=True), Open()
    ended = threading.Event()
    tidier = Tidier([first, Authority(), second], clock.now, ended, every=0.01)
    tidier.start()
    while len(second.tidied) < 2:
        ended.wait(0.001)
    ended.set()
    tidier.leave(10)
    assert second.tidied[-1] is True
    assert second.tidied[:-1] == [False] * (len(second.tidied) - 1)
    assert first.tidied == second.tidied


def test_a_worker_that_ends_leaves_nothing_open(slow: Desk) -> None:
    slow.authority = Open()
    with slow.working():
        pass
    assert slow.authority.tidied == [True]


@dataclass
class Deaf(Open):
    """It waits for the other side before it has closed anything."""

    answered: threading.Event = field(default_factory=threading.Event)

    @override
    def tidy(self, now: datetime, *, leaving: bool = False) -> int:
        self.answered.wait(30)
        return super().tidy(now, leaving=leaving)


def test_a_worker_that_ends_waits_for_nobody_who_does_not_answer(slow: Desk) -> None:
    slow.authority = deaf = Deaf()
    with slow.working(replace(QUICK, farewell_seconds=0.1)):
        begun = time.monotonic()
    assert time.monotonic() - begun < 5
    assert deaf.tidied == []
    deaf.answered.set()
