"""Several messages in one request: one exchange, and an outcome for each of them."""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gateway.archive.service import EvidenceItem
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.transmissions import recorded
from gateway.transmissions.adapter import Answer, Request
from gateway.transmissions.conduct import Batch
from gateway.transmissions.errors import SEND_APART, Retry
from tests.chaos import schedules
from tests.chaos.ground import laid
from tests.chaos.wires import Trouble, routed
from tests.chaos.world import Fuse, World

BATCH = "sim-batch"
_ROWS = """
select t.id, t.message_id, t.transport, t.regulatory, t.attempts
  from transmission t join document d on d.account_id = t.account_id and d.id = t.document_id
 where t.account_id = %s order by d.sequence
"""
_REQUESTS = """
select e.id from archive_entry e
 where e.account_id = %s and e.role = 'request' order by e.log_index
"""
_RECEIPTS = """
select count(*) from archive_entry e
 where e.account_id = %s and e.role = 'receipt' group by e.document_id
"""


class Wishes:
    """Chance that refuses the second of three."""

    def __init__(self) -> None:
        self._left = [0.5, 0.0, 0.5]

    def random(self) -> float:
        return self._left.pop(0)


@pytest.fixture
def world(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[World]:
    with routed(), laid(postgres, tmp_path) as ground:
        made = World(ground, seed=1, troubled=0)
        for _ in range(3):
            made.want(BATCH)
            made.answer(made.asked[-1])
        yield made
        schedules.end(made)


def rows(world: World) -> list[tuple[Any, ...]]:
    return world.ground.admin.execute(_ROWS, [world.tenant.account_id]).fetchall()


def posts(world: World) -> int:
    return sum(f"POST {BATCH}" in line for line in world.trace)


def settled(world: World) -> None:
    schedules.settle(world)
    assert schedules.judge(world) == []
    assert schedules.fsck_of(world.ground) == []


def test_what_waits_goes_in_one_request_and_each_has_its_outcome(world: World) -> None:
    authority = world.authorities[BATCH]
    authority.chance = Wishes()  # type: ignore[assignment]
    settled(world)
    assert posts(world) == 1
    assert [one.sequence for one in authority.entries] == [1, 3]
    assert [row[2:] for row in rows(world)] == [
        ("submitted", "cleared", 1),
        ("failed_permanent", "rejected", 1),
        ("submitted", "cleared", 1),
    ]


def test_each_attempt_shows_the_exchange_that_carried_it(world: World) -> None:
    settled(world)
    bodies = set()
    with world.ground.database.worker_transaction(world.tenant) as tx:
        for transmission, message_id, *_ in rows(world):
            (made,) = recorded.of_transmission(tx, transmission)
            (exchange,) = recorded.exchanges(tx, transmission, made.number)
            assert made.exchanges == 1
            assert message_id.encode() in exchange.body
            assert exchange.answer is not None
            assert exchange.answer.status == 200
            bodies.add(exchange.body)
    assert len(bodies) == 1
    stored = world.ground.admin.execute("select count(*), count(body) from exchange").fetchone()
    assert stored == (1, 1)


def test_the_archive_has_a_request_once_and_shows_nothing_of_the_others(world: World) -> None:
    settled(world)
    entries = world.ground.admin.execute(_REQUESTS, [world.tenant.account_id]).fetchall()
    with world.ground.database.worker_transaction(world.tenant) as tx:
        first, *others = [world.ground.archive.read(tx, entry) for (entry,) in entries]
    head, body = first.split(b"\r\n\r\n")
    said = base64.b64encode(hashlib.sha256(body).digest())
    assert all(message_id.encode() in body for _, message_id, *_ in rows(world))
    assert others == [head + b"\r\nContent-Digest: sha-256=:" + said + b":"] * 2


@pytest.mark.parametrize("trouble", [Trouble.DROP_AFTER, Trouble.TIMED_OUT, Trouble.LATE])
def test_whose_answer_is_lost_are_all_sent_again_and_recognised(
    world: World, trouble: Trouble
) -> None:
    world.forced = trouble
    settled(world)
    authority = world.authorities[BATCH]
    kept = [one.sequence for one in authority.entries]
    assert kept == sorted(set(kept))
    assert len(kept) + len(authority.refused) == 3
    assert all(row[4] == 2 for row in rows(world))
    assert posts(world) == 2


def test_a_worker_killed_between_the_answer_and_its_record_leaves_all_in_doubt(
    world: World,
) -> None:
    world.fuse = Fuse(0, "kill", 0, "after the wire")
    world.turn(world.processes[0])
    assert world.reached["killed after the wire"] == 1
    states = world.ground.admin.execute("select distinct state from outbox").fetchall()
    assert states == [("sending",)]
    settled(world)
    assert posts(world) == 2
    assert len({one.message_id for one in world.authorities[BATCH].entries}) == len(
        world.authorities[BATCH].entries
    )


def test_what_must_be_asked_about_stands_between(world: World) -> None:
    """Nothing behind a row that is stuck goes, and what is in front goes alone."""
    second = rows(world)[1][0]
    world.ground.admin.execute(
        "update outbox set state = 'stuck', due_at = null where transmission_id = %s", [second]
    )
    while world.turn(world.processes[0]):
        pass
    assert [one.sequence for one in world.authorities[BATCH].entries] in ([1], [])
    assert [row[2] for row in rows(world)][1:] == ["queued", "queued"]


def test_what_cannot_have_one_header_goes_apart(world: World) -> None:
    world.adapters[BATCH].goes_with = lambda *_: False  # type: ignore[attr-defined]
    settled(world)
    assert posts(world) == 3


def test_what_is_turned_away_together_goes_by_halves(world: World) -> None:
    """Until the one is alone that is to blame; what is not with it is parted no more."""
    for _ in range(5):
        world.want(BATCH)
        world.answer(world.asked[-1])
    blamed = rows(world)[3][1].encode()
    adapter: Any = world.adapters[BATCH]
    adapter.conduct = replace(adapter.conduct, batch=Batch(most=8))
    authority = world.authorities[BATCH]
    authority.rules = replace(authority.rules, batch=8)
    send, interpret = adapter.send, adapter.interpret_all
    loads: list[int] = []

    def sent(request: Request) -> Answer:
        loads.append(len(json.loads(request.body)))
        if loads[-1] > 1 and blamed in request.body:
            return Answer(400, b"<fault/>")  # nothing of it was taken
        return send(request)  # type: ignore[no-any-return]

    def read(messages: Any, answer: Answer) -> Any:  # noqa: ANN401
        if answer.body == b"<fault/>":
            fault = EvidenceItem("receipt", "fault.xml", "text/xml", answer.body)
            raise Retry(SEND_APART, "one of them does not fit", evidence=(fault,))
        return interpret(messages, answer)

    adapter.send, adapter.interpret_all = sent, read
    settled(world)
    assert loads == [8, 4, 2, 2, 1, 1, 4]
    assert [row[4] for row in rows(world)] == [3, 3, 4, 4, 2, 2, 2, 2]
    kept = world.ground.admin.execute(_RECEIPTS, [world.tenant.account_id]).fetchall()
    assert sorted(kept) == [(2,)] * 4 + [(3,)] * 2 + [(4,)] * 2  # the faults, then the receipt


def test_more_than_may_go_at_once_go_in_turns(world: World) -> None:
    for _ in range(2):
        world.want(BATCH)
        world.answer(world.asked[-1])
    settled(world)
    assert posts(world) == 2
    assert world.authorities[BATCH].complaints == []
