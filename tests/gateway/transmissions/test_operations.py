"""What a person may do to a transmission, and what nobody may: resend what may have arrived."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
import sqlalchemy as sa

from gateway.archive.service import EvidenceItem
from gateway.events import service as events
from gateway.events.service import EventView
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.tenancy import Actor
from gateway.problems import NotFoundProblem
from gateway.transmissions import attempts, operations, recorded
from gateway.transmissions.adapter import MESSAGE_ID, Acknowledgement, Message, Signal
from gateway.transmissions.errors import Refused
from gateway.transmissions.operations import Operator, Outcome
from gateway.transmissions.problems import (
    ChannelUnknownProblem,
    DutyProblem,
    OutcomeUnknownProblem,
    TransmissionArrivedProblem,
    TransmissionBusyProblem,
)
from gateway.transmissions.reception import Reception, receive_signal
from gateway.transmissions.routes import ROUTES
from gateway.transmissions.states import Fact, Regulatory
from gateway.transmissions.tables import attempt, outbox
from tests.gateway.transmissions.desk import CHANNEL, Desk, desk


@pytest.fixture
def small(database: Database, admin_url: str, tmp_path: Path) -> Iterator[Desk]:
    with desk(database, admin_url, tmp_path) as made:
        yield made


def operator(small: Desk) -> Operator:
    return Operator(
        database=small.database,
        journal=small.journal,
        tenant=small.owner,
        actor=Actor("user", "usr_1"),
        reason="asked the authority by telephone",
        now=clock.now(),
    )


def stuck(small: Desk) -> UUID:
    """Return a transmission that was not sent in time."""
    small.may(deadline=timedelta(0))
    made = small.queue()
    with small.working():
        small.until_state(made, "stuck")
    small.may(deadline=timedelta(hours=24))
    return made


def unknown(small: Desk) -> UUID:
    """Return a transmission that the authority took without a word, and then was away."""
    small.authority.answers = [500]
    small.may(settle=timedelta(seconds=0.2))
    made = small.queue()
    with small.working():
        small.until_state(made, "unknown")
        small.authority.up = False
        small.until(lambda: small.row(made).attempts > 0)
    return made


def test_a_dead_letter_is_listed_with_its_reason_and_sent_when_somebody_says_so(
    small: Desk,
) -> None:
    made = stuck(small)
    (letter,) = small.stuck()
    assert (letter.transmission_id, letter.reason) == (made, "deadline")
    assert not small.row(made).in_doubt
    assert (letter.account_id, letter.entity_id) == (
        small.owner.account_id,
        small.owner.entity_ids[0],
    )
    assert small.stuck("sandbox-authority") == []
    assert operator(small).retry(made).action_required is None
    assert small.stuck() == []
    with small.working():
        small.until_state(made, "closed")
    assert small.view(made).regulatory == "cleared"
    with small.database.transaction(small.owner) as tx:
        told = {one.type: one.data for one in events.of_transmission(tx, made)}
    said = told["transmission.retried"]
    assert said["actor"] == {"kind": "user", "id": "usr_1"}
    assert said["reason"] == "asked the authority by telephone"


@pytest.mark.parametrize(("said", "state"), [(0, "closed"), (25, "stuck")])
def test_a_person_who_sends_it_again_begins_a_new_deadline(
    small: Desk, said: int, state: str
) -> None:
    made = small.queue()
    with psycopg.connect(small.admin_url) as admin:  # no worker may say when it was queued
        admin.execute("update outbox set created_at = created_at - interval '60 hours'")
    with small.working():
        small.until_state(made, "stuck")
    replace(operator(small), now=clock.now() - timedelta(hours=said)).retry(made)
    with small.working():
        small.until_state(made, state)
    assert len(small.authority.tries) == (state == "closed")


def test_what_may_have_arrived_is_not_sent_again_on_anybodys_word(small: Desk) -> None:
    made = unknown(small)
    with pytest.raises(OutcomeUnknownProblem):
        operator(small).retry(made)
    with pytest.raises(OutcomeUnknownProblem):
        operator(small).cancel(made)
    assert small.row(made).state == "unknown"


@pytest.mark.parametrize(
    ("outcome", "state", "axes"),
    [
        ("accepted", "closed", ("submitted", "accepted")),
        ("rejected", "closed", ("submitted", "rejected")),
        ("arrived", "sent", ("submitted", "pending")),
        ("never_arrived", "queued", ("queued", "pending")),
    ],
)
def test_who_knows_what_became_of_it_states_it(
    small: Desk, outcome: Outcome, state: str, axes: tuple[str, str]
) -> None:
    made = unknown(small)
    operator(small).resolve(made, outcome)
    row, view = small.row(made), small.view(made)
    assert (row.state, row.in_doubt) == (state, False)
    assert (view.transport, view.regulatory) == axes
    assert view.action_required is None
    assert small.types(made)[-1] == "resolved"


def test_a_statement_ends_a_contradiction(small: Desk) -> None:
    made = small.queue()
    with small.working():
        small.until_state(made, "closed")
    operator(small).resolve(made, "rejected")
    view = small.view(made)
    assert (view.regulatory, view.action_required) == ("rejected", None)


def test_what_was_never_sent_is_taken_back_and_what_was_is_not(small: Desk) -> None:
    made, other = small.queue(), small.queue()
    operator(small).cancel(made)
    with small.working():
        small.until_state(other, "closed")
    assert small.view(made).transport == "cancelled_before_send"
    assert small.authority.ledger == [small.view(other).message_id]
    with pytest.raises(TransmissionArrivedProblem):
        operator(small).cancel(other)
    with pytest.raises(TransmissionArrivedProblem):
        operator(small).retry(other)
    with pytest.raises(TransmissionBusyProblem):
        operator(small).cancel(made)


def test_what_was_never_sent_has_no_outcome_to_state(small: Desk) -> None:
    with pytest.raises(TransmissionBusyProblem):
        operator(small).resolve(small.queue(), "accepted")


def test_nobody_acts_on_what_is_not_there(small: Desk) -> None:
    acting = operator(small)
    for act in (acting.retry, acting.cancel):
        with pytest.raises(NotFoundProblem):
            act(new_id())


def test_a_channel_is_stopped_and_let_go_by_name(small: Desk) -> None:
    now = clock.now()
    assert operations.pause(small.database, CHANNEL, reason="audit", actor="ana", now=now)
    (found,) = operations.paused(small.database)
    assert (found.channel, found.reason, found.actor) == (CHANNEL, "audit", "ana")
    assert operations.resume(small.database, CHANNEL, actor="ana")
    assert operations.paused(small.database) == ()
    with pytest.raises(ChannelUnknownProblem):
        operations.pause(small.database, "post", reason="x", actor="ana", now=now)


def test_what_is_proved_to_have_arrived_is_not_sent_again_on_anybodys_word(small: Desk) -> None:
    small.authority.answers = [200, 422]
    taken, refused = small.queue(), small.queue(sender="9930:si3")
    with small.working():
        small.until_state(taken, "closed")
        small.until_state(refused, "closed")
    sent = len(small.authority.tries)
    for made in (taken, refused):
        with pytest.raises(TransmissionArrivedProblem):
            operator(small).resolve(made, "never_arrived")
        operator(small).resolve(made, "arrived")
        with pytest.raises(TransmissionArrivedProblem):
            operator(small).resolve(made, "never_arrived")
        assert small.types(made)[-1] == "resolved"
    assert len(small.authority.tries) == sent


def test_what_was_taken_back_is_not_sent_by_saying_that_it_never_arrived(small: Desk) -> None:
    made = small.queue()
    operator(small).cancel(made)
    with pytest.raises(TransmissionBusyProblem):
        operator(small).resolve(made, "never_arrived")
    assert (small.row(made).state, small.types(made)[-1]) == ("closed", "cancelled")


def test_what_the_law_wants_to_be_told_is_not_taken_back(
    small: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, made = small.queue(), small.queue()
    operator(small).cancel(before)
    duty = replace(ROUTES[CHANNEL], duty=True)
    monkeypatch.setattr(operations, "ROUTES", {**ROUTES, CHANNEL: duty})
    with pytest.raises(DutyProblem):
        operator(small).cancel(made)
    assert (small.row(made).state, small.types(made)) == ("queued", ["queued"])
    assert operator(small).resolve(before, "never_arrived").transport == "queued"
    with small.working():
        small.until_state(before, "closed")
        small.until_state(made, "closed")
    assert {small.view(one).regulatory for one in (before, made)} == {"cleared"}
    assert len(small.authority.tries) == 2


def test_a_verdict_on_what_was_taken_back_proves_the_arrival_too(small: Desk) -> None:
    made = small.queue()
    operator(small).cancel(made)
    _signalled(small, made)
    assert small.types(made)[-1] == "verdict"
    view = small.view(made)
    assert (view.transport, view.regulatory) == ("cancelled_before_send", "accepted")
    clash = "contradiction: it was taken back, and the other side has it"
    assert view.action_required == clash
    with pytest.raises(TransmissionBusyProblem):
        operator(small).resolve(made, "never_arrived")
    operator(small).resolve(made, "arrived")
    assert small.view(made).action_required is None
    with pytest.raises(TransmissionArrivedProblem):
        operator(small).resolve(made, "never_arrived")


def test_a_new_turn_has_a_receipt_of_its_own(small: Desk) -> None:
    made = unknown(small)
    operator(small).resolve(made, "never_arrived")
    small.authority.up = True
    with small.working():
        small.until_state(made, "closed")
    (receipt,) = [one for one in _events(small, made) if one.type == "transmission.submitted"]
    with small.database.worker_transaction(small.owner) as tx:
        assert events.has(tx, f"receipt:{made}:cleared::1")
    assert receipt.data["turn"] == 1
    assert small.view(made).regulatory == "cleared"


def test_who_is_being_asked_is_not_said_never_to_have_had_it(small: Desk) -> None:
    with _asking(small) as (made, go):
        with pytest.raises(TransmissionBusyProblem):
            operator(small).resolve(made, "never_arrived")
        go.set()
        small.until_state(made, "closed")
    assert (small.view(made).regulatory, len(small.authority.tries)) == ("cleared", 1)


def test_an_asker_who_is_gone_is_not_waited_for(small: Desk) -> None:
    made = unknown(small)
    with small.database.worker_transaction() as tx:
        tx.execute(sa.update(attempt).values(ended_at=None, outcome=None))
    assert operator(small).resolve(made, "never_arrived").transport == "queued"


@pytest.mark.parametrize(
    ("refused", "axes"),
    [(False, ("submitted", "cleared")), (True, ("failed_permanent", "rejected"))],
)
def test_proof_that_comes_after_its_row_was_moved_is_kept_and_nothing_is_sent_twice(
    small: Desk, monkeypatch: pytest.MonkeyPatch, axes: tuple[str, str], *, refused: bool
) -> None:
    # As of an asker who was frozen for so long that nobody waited for him.
    monkeypatch.setattr(attempts, "is_on_the_wire", lambda *_: False)
    with _asking(small, refused=refused) as (made, go):
        operator(small).resolve(made, "never_arrived")
        assert small.row(made).state == "queued"
        go.set()
        small.until_state(made, "closed")
    view = small.view(made)
    assert (view.transport, view.regulatory) == axes
    assert (view.action_required, small.row(made).in_doubt) == (None, False)
    assert len(small.authority.tries) == 1
    with small.database.transaction(small.owner) as tx:
        asked = recorded.of_transmission(tx, made)[-1]
    assert (asked.purpose, asked.outcome) == ("ask", "refused" if refused else "acknowledged")
    assert asked.ended_at is not None


@contextlib.contextmanager
def _asking(small: Desk, *, refused: bool = False) -> Iterator[tuple[UUID, threading.Event]]:
    """Take a transmission without a word; let the question about it wait for the event."""
    asked, go = threading.Event(), threading.Event()
    small.authority.answers = [500]
    answer = small.authority.reconcile

    def slow(message: Message) -> Acknowledgement | None:
        asked.set()
        assert go.wait(10)
        if refused:
            raise Refused("http_422", "no")
        return answer(message)

    small.authority.reconcile = slow  # type: ignore[method-assign]
    made = small.queue()
    with small.working():
        assert asked.wait(10)
        yield made, go


def _events(small: Desk, made: UUID) -> list[EventView]:
    with small.database.transaction(small.owner) as tx:
        return list(events.of_transmission(tx, made))


@pytest.mark.parametrize(
    ("word", "state"), [(Regulatory.ACCEPTED, "sent"), (Regulatory.REJECTED, "closed")]
)
def test_a_verdict_frees_what_is_stuck(small: Desk, word: Regulatory, state: str) -> None:
    made = stuck(small)
    with small.database.worker_transaction() as tx:
        tx.execute(sa.update(outbox).values(in_doubt=True))
    _signalled(small, made, word)
    row = small.row(made)
    assert (row.state, row.in_doubt, row.reason) == (state, False, None)
    assert (row.due_at is None) == (state == "closed")
    assert small.stuck() == []
    assert small.view(made).action_required is None


def test_a_word_that_proves_nothing_frees_nothing(small: Desk) -> None:
    made = stuck(small)
    _signalled(small, made, Regulatory.PENDING)
    assert (small.row(made).state, small.row(made).reason) == ("stuck", "deadline")


def _signalled(small: Desk, made: UUID, word: Regulatory = Regulatory.ACCEPTED) -> None:
    """Let the network give its verdict on a document."""
    signal = Signal(
        id="s1",
        keys=((MESSAGE_ID, small.view(made).message_id),),
        layer="network",
        code="AP",
        fact=Fact(regulatory=word, key="s1"),
        evidence=EvidenceItem("signal", "s1.json", "application/json", b"{}"),
    )
    taken = receive_signal(
        small.database, small.journal, channel=CHANNEL, signal=signal, now=clock.now()
    )
    assert taken is Reception.TAKEN
