"""One tenant's certificate is refused: his trouble, and nobody else's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gateway.kit.database import Database
from gateway.transmissions.adapter import Answer, Message, Request
from gateway.transmissions.control import breakers
from gateway.transmissions.errors import Retry, Unknown
from gateway.transmissions.passing import told_by
from gateway.transmissions.tape import Exchange, Recorder
from tests.gateway.transmissions.desk import QUICK, Desk, desk

BAD = "9930:refused"
PATIENT = replace(QUICK, pause=timedelta(minutes=5))


@pytest.fixture
def small(database: Database, admin_url: str, tmp_path: Path) -> Iterator[Desk]:
    """The authority does not take the certificate of one sender."""
    with desk(database, admin_url, tmp_path) as made:
        prepare, take = made.authority.prepare, made.authority._take

        def prepared(message: Message) -> Request:
            request = prepare(message)
            return replace(request, method="BAD") if message.sender == BAD else request

        def taken(request: Request) -> Answer:
            if request.method == "BAD":
                raise Retry("credential_refused", "unknown certificate")
            return take(request)

        made.authority.prepare = prepared  # type: ignore[method-assign]
        made.authority._take = taken  # type: ignore[method-assign]
        yield made


def test_it_opens_no_breaker_and_asks_a_person_of_its_own_tenant(small: Desk) -> None:
    refused = small.queue(sender=BAD)
    with small.working(PATIENT):
        small.until(lambda: small.view(refused).attempts > PATIENT.failures)
        assert small.view(refused).action_required == "stuck"  # long before `escalate_after`
        good = small.queue()
        small.until_state(good, "closed")
    with small.database.worker_transaction() as tx:
        assert breakers.look(tx, f"{small.authority.channel}/authority.test:443").clean
    row = small.row(refused)
    assert (row.state, row.reason, row.waits_for) == ("queued", "credential_refused", None)
    assert row.due_at is not None
    assert small.types(refused).count("action_required") == 1
    assert small.view(good).action_required is None


@pytest.mark.parametrize(
    ("reason", "told"),
    [("credential_refused", "nothing"), ("not_connected", "failed"), ("unavailable", "failed")],
)
def test_what_it_says_of_the_endpoint(reason: str, told: str) -> None:
    tape = Recorder()
    tape.exchanges.append(Exchange(Request("POST", "https://authority.test/", (), b"")))
    assert told_by(tape, Retry(reason, "")) == told
    assert told_by(Recorder(), Retry(reason, "")) == told
    assert told_by(tape, Unknown("timeout", "")) == "failed"
