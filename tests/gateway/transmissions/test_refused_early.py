"""A final no that comes before we know of an arrival: it ends the row, and is its evidence."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from gateway.archive.service import EvidenceItem
from gateway.events import service as events
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.transmissions.adapter import MESSAGE_ID, Answer, Request, Signal
from gateway.transmissions.errors import Retry, Unknown
from gateway.transmissions.journal import Journal
from gateway.transmissions.reception import Reception, receive_signal
from gateway.transmissions.states import Fact, Regulatory, Transport
from tests.gateway.transmissions.desk import CHANNEL, Desk, desk


@pytest.fixture
def small(database: Database, admin_url: str, tmp_path: Path) -> Iterator[Desk]:
    with desk(database, admin_url, tmp_path) as made:
        yield made


def refuse(small: Desk, made: UUID) -> None:
    """Let the network say that the message will never be delivered."""
    word = Fact(transport=Transport.FAILED_PERMANENT, regulatory=Regulatory.REJECTED, key="the no")
    proof = EvidenceItem("signal", "mls.json", "application/json", b"no")
    keys = ((MESSAGE_ID, small.view(made).message_id),)
    said = Signal("the no", keys, "network", "RE", word, proof)
    journal, now = Journal(small.archive), clock.now()
    taken = receive_signal(small.database, journal, channel=CHANNEL, signal=said, now=now)
    assert taken is Reception.TAKEN


def refused(small: Desk, made: UUID) -> None:
    """Check that it ended as refused, and that the signal proves it."""
    view, row = small.view(made), small.row(made)
    assert (view.transport, view.regulatory) == ("failed_permanent", "rejected")
    assert (view.action_required, row.state, row.due_at, row.in_doubt) == (
        None,
        "closed",
        None,
        False,
    )
    with small.database.transaction(small.owner) as tx:
        told = [one for one in events.of_transmission(tx, made) if one.data.get("regulatory")]
    assert [(one.type, one.evidence_id is not None) for one in told] == [
        ("transmission.verdict", True)
    ]


def test_what_was_never_sent_is_refused_and_not_stuck(small: Desk) -> None:
    made = small.queue()
    refuse(small, made)
    refused(small, made)
    with small.working():
        small.until_state(small.queue(), "closed")  # another has its turn after it
    refused(small, made)
    assert len(small.authority.tries) == 1


def test_what_waits_to_be_sent_again_is_refused(small: Desk) -> None:
    small.authority.answers = [503]
    small.authority.retry_after = 60
    made = small.queue()
    with small.working():
        small.until(lambda: small.row(made).reason == "http_503")
        refuse(small, made)
    refused(small, made)
    assert len(small.authority.tries) == 1


def test_what_is_asked_about_is_refused(small: Desk) -> None:
    small.authority.answers = [500]
    small.may(settle=timedelta(seconds=60))
    made = small.queue()
    with small.working():
        small.until_state(made, "unknown")
        refuse(small, made)
    refused(small, made)


@pytest.mark.parametrize("failure", [Retry, Unknown])
def test_a_no_that_comes_while_the_bytes_are_on_the_wire_ends_the_row(
    small: Desk, monkeypatch: pytest.MonkeyPatch, failure: type[Retry | Unknown]
) -> None:
    made = small.queue()

    def take(_: Request) -> Answer:
        refuse(small, made)
        raise failure("connection_lost", "and then it was gone")

    monkeypatch.setattr(small.authority, "send", take)
    with small.working():
        small.until_state(made, "closed")
    refused(small, made)


def test_a_row_left_by_an_older_version_is_refused_when_its_turn_comes(small: Desk) -> None:
    made = small.queue()
    refuse(small, made)
    with small.database.worker_transaction() as tx:
        tx.connection.exec_driver_sql("update outbox set state = 'queued', due_at = now()")
    with small.working():
        small.until_state(made, "closed")
    refused(small, made)
    assert small.authority.tries == []
