"""Where the order matters, what waits says for whom, and why that one waits."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from gateway.documents import status
from gateway.events import service as events
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.transmissions import (
    endpoints,
    explaining,
    heads,
    operating,
    operations,
    service,
    waiting,
)
from gateway.transmissions.routes import ROUTES, Route
from gateway.transmissions.tables import outbox
from tests.gateway.transmissions.desk import CHANNEL, Desk, desk

Json = Mapping[str, Any]


@pytest.fixture
def small(
    database: Database, admin_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """The engine over a channel where the order matters."""
    routes = {**ROUTES, CHANNEL: Route(CHANNEL, "sandbox", lanes=None)}
    monkeypatch.setattr(service, "ROUTES", routes)
    monkeypatch.setattr(heads, "ROUTES", routes)
    with desk(database, admin_url, tmp_path) as made:
        yield made


def put(small: Desk, transmission: UUID, **values: object) -> None:
    with small.database.worker_transaction(small.owner) as tx:
        rows = tx.update(outbox).where(outbox.c.transmission_id == transmission)
        tx.execute(rows.values(**values))


def shown(small: Desk, transmission: UUID) -> Json:
    """Return it as `GET /v1/transmissions` does."""
    with small.database.transaction(small.owner) as tx:
        found = endpoints.shown(tx, [service.get(tx, transmission)])[0]
    return found.model_dump(mode="json")


def why(small: Desk, transmission: UUID) -> Json:
    with small.database.transaction(small.owner, read_only=True) as tx:
        return explaining.why(tx, transmission, "issued", small.authority.conduct)


def documents_word(small: Desk, transmission: UUID) -> Json | None:
    """Return what the document's own view says of it."""
    with small.database.transaction(small.owner, read_only=True) as tx:
        document = service.get(tx, transmission).document_id
        sent = waiting.with_next_steps(tx, service.for_documents(tx, [document]))
    told: Json | None = status.of_transmission(sent[document][0])["waiting"]
    return told


@pytest.mark.parametrize(
    ("head", "what", "reason"),
    [
        ({"state": "stuck", "due_at": None, "reason": "chain_halted"}, "person", "chain_halted"),
        ({"state": "deferred", "waits_for": "h:1", "reason": "breaker"}, "breaker", "breaker"),
        ({"state": "unknown", "reason": "timeout"}, "question", "timeout"),
        ({"state": "queued", "reason": "key-unusable"}, "send", "key-unusable"),
    ],
)
def test_who_waits_for_his_turn_says_behind_whom_and_why(
    small: Desk, head: dict[str, Any], what: str, reason: str
) -> None:
    first, second, third = (small.queue() for _ in range(3))
    put(small, first, **head)
    document = public_id("inv", small.view(first).document_id)
    for one in (second, third):
        told = shown(small, one)["waiting"]
        assert (told["what"], told["next_at"]) == ("turn", None)
        behind = told["behind"]
        assert behind["transmission_id"] == public_id("trn", first)
        assert (behind["document_id"], behind["what"], behind["reason"]) == (
            document,
            what,
            reason,
        )
        assert why(small, one)["waiting"]["behind"] == behind
        assert document in why(small, one)["summary"][-1]
        assert f"Reason: {reason}." in why(small, one)["summary"][-1]
        own = documents_word(small, one)
        assert own is not None
        assert own["behind"] == behind
        # Asking again before the one in front moves shows nothing new.
        assert shown(small, one)["next_poll_at"] == behind["next_at"]
    assert shown(small, first)["waiting"]["what"] == what
    assert shown(small, first)["waiting"]["behind"] is None


def test_the_operator_sees_the_head_of_each_lane(small: Desk) -> None:
    first, second = small.queue(), small.queue()
    put(small, first, state="stuck", due_at=None, reason="deadline")
    with small.database.worker_transaction() as tx:
        lane = operating.rows(tx, operating.Wanted(), limit=5)[0].lane
        head = operating.heads_of(tx, [lane])[lane]
    assert (head.transmission_id, head.state, head.reason) == (first, "stuck", "deadline")
    put(small, first, state="closed")
    with small.database.worker_transaction() as tx:
        assert operating.heads_of(tx, [lane])[lane].transmission_id == second


def test_a_channel_that_stands_still_is_named(small: Desk) -> None:
    first, second = small.queue(), small.queue()
    now = clock.now()
    operations.pause(small.database, CHANNEL, reason="a secret of ours", actor="root", now=now)
    told = shown(small, first)["waiting"]
    assert (told["what"], told["next_at"]) == ("paused", None)
    assert shown(small, second)["waiting"]["behind"]["what"] == "paused"
    assert "a secret of ours" not in str(why(small, second))


def test_the_entity_tag_follows_the_one_in_the_way(small: Desk) -> None:
    first, second = small.queue(), small.queue()
    with small.database.transaction(small.owner, read_only=True) as tx:
        document = service.get(tx, second).document_id

    def tag() -> str:
        with small.database.transaction(small.owner, read_only=True) as tx:
            sent = waiting.with_next_steps(tx, service.for_documents(tx, [document]))[document]
            return status.etag(1, events.counts(tx, [document])[document], sent)

    before = tag()
    assert tag() == before
    put(small, first, state="stuck", due_at=None, reason="deadline")
    assert tag() != before


def test_what_arrived_is_not_looked_for_in_the_queue(small: Desk) -> None:
    made = small.queue()
    with small.working():
        small.until_state(made, "closed")
    assert documents_word(small, made) is None
    assert shown(small, made)["waiting"]["what"] == "nothing"


def test_heads_are_found_by_one_look_into_an_index_each(small: Desk) -> None:
    for _ in range(3):
        small.queue()
    with small.database.worker_transaction() as tx:
        lane = operating.rows(tx, operating.Wanted(), limit=1)[0].lane
        tx.execute(sa.text("set local enable_seqscan = off"))
        query = heads.of_lanes(sa.select(outbox.c.id, outbox.c.lane), [lane])
        written = str(query.compile(tx.connection.engine, compile_kwargs={"literal_binds": True}))
        plan = "\n".join(tx.execute(sa.text(f"explain {written}")).scalars())
    assert "outbox_head" in plan, plan
