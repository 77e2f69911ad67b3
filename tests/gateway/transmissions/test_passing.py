"""The engine before a wire that is away, slow to admit, or stopped: nothing lost or hurried."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

from gateway.kit import clock
from gateway.kit.database import Database
from gateway.transmissions import service, worker
from gateway.transmissions.conduct import Limit, Offline
from gateway.transmissions.control import pauses
from gateway.transmissions.routes import ROUTES, Route
from tests.gateway.transmissions.desk import CHANNEL, QUICK, Desk, desk

AT_ONCE = Offline(after=timedelta(0), within=timedelta(hours=72))


@pytest.fixture
def small(database: Database, admin_url: str, tmp_path: Path) -> Iterator[Desk]:
    with desk(database, admin_url, tmp_path) as made:
        yield made


@pytest.fixture
def in_order(small: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The same over a lane whose order matters."""
    routes = {**ROUTES, CHANNEL: Route(CHANNEL, "sandbox", lanes=None)}
    monkeypatch.setattr(service, "ROUTES", routes)
    monkeypatch.setattr(worker, "ROUTES", routes)
    monkeypatch.setattr(worker, "route_of", lambda key: routes[key.partition("/")[0]])
    return small


def test_an_open_breaker_leaves_the_endpoint_alone_and_heals_by_itself(small: Desk) -> None:
    small.authority.up = False
    sent = [small.queue(receiver=f"9930:de{number}") for number in range(12)]
    with small.working():
        small.until(lambda: len(small.authority.tries) >= 5)
        small.until(lambda: any(small.row(one).waits_for for one in sent))
        before = len(small.authority.tries)
        small.until(lambda: len(small.authority.tries) >= before + 2)
        tries = small.authority.tries[before:]
        assert min(late - early for early, late in pairwise(tries)) >= 0.3  # one per pause
        small.authority.up = True
        small.until(lambda: all(small.row(one).state == "closed" for one in sent))
    assert len(small.authority.ledger) == len(sent)
    assert all(small.row(one).waits_for is None for one in sent)


def test_a_limit_is_kept_and_rows_move_instead_of_waiting_busily(small: Desk) -> None:
    limit = Limit(operation="send", scope="authority", tokens=1, seconds=0.2)
    small.may(limits=(limit,))
    sent = [small.queue(receiver=f"9930:de{number}") for number in range(6)]
    with small.working():
        small.until(lambda: all(small.row(one).state == "closed" for one in sent), 30)
    gaps = [late - early for early, late in pairwise(small.authority.tries)]
    assert len(gaps) == 5
    assert sum(gaps) >= 5 * 0.2 - 0.05


def test_retry_after_holds_back_all_of_the_sender(in_order: Desk) -> None:
    in_order.authority.answers = [429]
    in_order.authority.retry_after = 1.0
    first, second = in_order.queue(), in_order.queue()
    with in_order.working():
        in_order.until_state(second, "closed")
    assert in_order.row(first).state == "closed"
    early, late = in_order.authority.tries[:2]
    assert late - early >= 0.95
    ids = [in_order.view(one).message_id for one in (first, second)]
    assert in_order.authority.ledger == ids


def test_an_authority_may_ask_for_a_pause_after_a_success_too(in_order: Desk) -> None:
    in_order.authority.wait = timedelta(seconds=0.7)
    first, second = in_order.queue(), in_order.queue()
    other = in_order.queue(sender="9930:si9")
    with in_order.working():
        in_order.until_state(second, "closed")
    assert {in_order.row(one).state for one in (first, other)} == {"closed"}
    assert max(in_order.authority.tries) - min(in_order.authority.tries) >= 0.65
    ledger = in_order.authority.ledger
    assert ledger.index(in_order.view(other).message_id) < 2


def test_a_paused_channel_stands_still_until_it_is_resumed(small: Desk) -> None:
    with small.database.worker_transaction() as tx:
        pauses.pause(tx, CHANNEL, "maintenance", "operator", clock.now())
    sent = small.queue()
    with small.working():
        other = small.queue()
        small.until(lambda: True)
        assert small.authority.tries == []
        with small.database.worker_transaction() as tx:
            pauses.resume(tx, CHANNEL, "operator")
        small.until_state(sent, "closed")
        small.until_state(other, "closed")


def test_while_the_authority_is_away_rows_are_deferred_and_sent_in_order_when_it_is_back(
    in_order: Desk,
) -> None:
    in_order.may(offline=AT_ONCE)
    in_order.authority.up = False
    sent = [in_order.queue() for _ in range(3)]
    with in_order.working():
        in_order.until(lambda: "deferred" in in_order.types(sent[0]))
        assert [in_order.row(one).state for one in sent[1:]] == ["queued"] * 2
        in_order.authority.up = True
        in_order.until_state(sent[2], "closed")
    ids = [in_order.view(one).message_id for one in sent]
    assert in_order.authority.ledger == ids
    assert in_order.authority.told[0] is True
    assert in_order.view(sent[0]).regulatory == "cleared"
    types = in_order.types(sent[0])
    assert types[-3:] == ["requeued", "submitting", "submitted"]
    assert "deferred" in types


def test_a_row_that_never_reached_the_wire_is_deferred_too(small: Desk) -> None:
    """The breaker is open already: the second row is put aside without an attempt."""
    small.may(offline=AT_ONCE)
    small.authority.up = False
    first = small.queue()
    policy = replace(QUICK, pause=timedelta(seconds=2))
    with small.working(policy):
        small.until(lambda: small.row(first).waits_for is not None)
        second = small.queue(receiver="9930:de7")
        small.until_state(second, "deferred")
        assert small.types(second) == ["queued", "deferred"]
        assert small.view(second).attempts == 0
        small.authority.up = True
        small.until_state(second, "closed")
    assert small.types(second) == ["queued", "deferred", "requeued", "submitting", "submitted"]


def test_what_waited_for_long_says_so_whatever_it_waited_for(small: Desk) -> None:
    """As on a channel that was paused, or without a worker: nobody was away."""
    hours = timedelta(hours=1)
    small.may(offline=Offline(after=hours, within=72 * hours, late_after=hours))
    waited = small.queue()
    with psycopg.connect(small.admin_url) as admin:  # no worker may say when it was queued
        admin.execute("update outbox set created_at = created_at - interval '61 minutes'")
    fresh = small.queue(receiver="9930:de7")
    with small.working():
        for one in (waited, fresh):
            small.until_state(one, "closed")
    told = dict(zip(small.authority.ledger, small.authority.told, strict=True))
    assert told == {small.view(waited).message_id: True, small.view(fresh).message_id: False}
    assert "deferred" not in small.types(waited)


def test_too_late_asks_for_a_person_and_is_sent_all_the_same(small: Desk) -> None:
    small.may(offline=Offline(after=timedelta(0), within=timedelta(seconds=0.5)))
    small.authority.up = False
    sent = small.queue()
    with small.working():
        small.until(lambda: small.view(sent).action_required == "late")
        small.authority.up = True
        small.until_state(sent, "closed")
    view = small.view(sent)
    assert (view.regulatory, view.action_required) == ("cleared", None)
    assert small.types(sent).count("action_required") == 1


def test_what_may_have_arrived_is_asked_about_when_the_authority_is_back(small: Desk) -> None:
    small.authority.answers = [500]
    small.may(settle=timedelta(seconds=0.3))
    sent = small.queue()
    with small.working():
        small.until_state(sent, "unknown")
        small.authority.up = False
        small.until(lambda: small.types(sent).count("outcome_unknown") == 1)
        small.authority.up = True
        small.until_state(sent, "closed")
    assert small.view(sent).attempts == 1
    assert small.authority.ledger == [small.view(sent).message_id]
