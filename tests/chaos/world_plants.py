"""Bugs to be planted in the simulator's process, one at a time: one that is missed is a hole."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from gateway.archive.service import Archive
from gateway.chains import repository
from gateway.events import service as events
from gateway.kit import idempotency
from gateway.kit.tenancy import TenantTransaction, announce
from gateway.numbering import counter
from gateway.numbering import service as numbering
from gateway.transmissions import batching, bench, delivery, enquiry, lanes, queue, tape, worker
from gateway.transmissions import service as transmissions
from gateway.transmissions.adapter import Answer, Message, Request
from gateway.transmissions.errors import Refused, Retry, Unknown
from gateway.transmissions.journal import Held, Journal
from gateway.transmissions.lanes import LaneKeeper
from gateway.transmissions.loads import Load
from tests.chaos.schedules import Bias
from tests.chaos.wires import Adapter, Exchanges, Trouble
from tests.chaos.world import Fuse

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Plant:
    """A bug, and what makes a schedule likely to meet it.

    Attributes:
        what: In words.
        apply: Plants it until the patch is undone.
        bias: What the schedules begin with.
    """

    what: str
    apply: Callable[[Patch], None]
    bias: Bias


def _resend_blindly(patch: Patch) -> None:
    patch.setitem(
        worker._WORK,
        "unknown",
        enquiry._resend,
    )


def _no_fence(patch: Patch) -> None:
    for module in (bench, delivery):
        if hasattr(module, "fence"):
            patch.setattr(module, "fence", lambda _tx, _lane: None)
    patch.setattr(LaneKeeper, "check", lambda _self, _lane: None)


def _no_last_look(patch: Patch) -> None:
    patch.setattr(tape, "allowed", lambda: True)


def _lease_ignored(patch: Patch) -> None:
    seize = lanes._SEIZE.replace("and lease_until <= clock_timestamp()", "")
    head, _, rest = lanes._TAKE.partition("where lane.owner is null")
    take = f"{head} returning {rest.partition('returning')[2]}"
    assert seize != lanes._SEIZE
    assert rest
    patch.setattr(lanes, "_SEIZE", seize)
    patch.setattr(lanes, "_TAKE", take)


def _wire_before_commit(patch: Patch) -> None:
    """Write the bytes while `sending` is not yet committed."""
    prepare = Adapter.prepare
    sent: dict[str, Answer | Exception] = {}

    def early(self: Adapter, message: Message) -> Request:
        request = prepare(self, message)
        try:
            sent[message.message_id] = self._exchanges.exchange(request)
        except (Retry, Unknown) as error:
            sent[message.message_id] = error
        return request

    def answer(_: Adapter, request: Request) -> Answer:
        said = sent.pop(dict(request.headers)["Message-Id"])
        if isinstance(said, Exception):
            raise said
        return said

    patch.setattr(Adapter, "prepare", early)
    patch.setattr(Adapter, "send", answer)


def _signal_again(patch: Patch) -> None:
    append = events.append

    def twice(tx: TenantTransaction, **values: Any) -> bool:  # noqa: ANN401
        return append(tx, **{**values, "dedup_key": None})

    patch.setattr(events, "has", lambda _tx, _key: False)
    patch.setattr(events, "append", twice)


def _number_outside(patch: Patch) -> None:
    take = counter.take

    def outside(tx: TenantTransaction, *arguments: Any) -> counter.Taken:  # noqa: ANN401
        with tx.connection.engine.begin() as connection:
            announce(connection, tx.tenant)
            return take(TenantTransaction(connection, tx.tenant), *arguments)

    patch.setattr(numbering, "take", outside)


def _stale_head(patch: Patch) -> None:
    hold = repository.hold
    seen: dict[str, Any] = {}

    def stale(tx: TenantTransaction, key: str, now: Any) -> Any:  # noqa: ANN401
        return seen.setdefault(key, hold(tx, key, now))

    patch.setattr(repository, "hold", stale)


def _queued_elsewhere(patch: Patch) -> None:
    enqueue = transmissions.enqueue

    def later(tx: TenantTransaction, **values: Any) -> None:  # noqa: ANN401
        engine, tenant = tx.connection.engine, tx.tenant

        def queue_it() -> None:
            with engine.begin() as connection:
                announce(connection, tenant)
                enqueue(TenantTransaction(connection, tenant), **values)

        tx.after_commit(queue_it)

    patch.setattr(transmissions, "enqueue", later)


def _archived_later(patch: Patch) -> None:
    record = Archive.record

    def later(self: Archive, tx: TenantTransaction, **values: Any) -> tuple[()]:  # noqa: ANN401
        engine, tenant = tx.connection.engine, tx.tenant

        def archive_it() -> None:
            with engine.begin() as connection:
                announce(connection, tenant)
                record(self, TenantTransaction(connection, tenant), **values)

        tx.after_commit(archive_it)
        return ()

    patch.setattr(Archive, "record", later)


def _key_later(patch: Patch) -> None:
    execute = TenantTransaction.execute

    def late(self: TenantTransaction, statement: Any, parameters: Any = None) -> Any:  # noqa: ANN401
        table = getattr(statement, "table", None)
        if table is not idempotency.idempotency or not getattr(statement, "is_insert", False):
            return execute(self, statement, parameters)
        engine, tenant = self.connection.engine, self.tenant

        def store() -> None:
            with engine.begin() as connection:
                announce(connection, tenant)
                connection.execute(statement)

        self.after_commit(store)
        return None

    patch.setattr(TenantTransaction, "execute", late)


def _new_message_id(patch: Patch) -> None:
    hold = Journal.hold
    numbers = itertools.count()

    def renamed(self: Journal, tx: TenantTransaction, transmission_id: Any) -> Held:  # noqa: ANN401
        held = hold(self, tx, transmission_id)
        name = f"{held.message.message_id}-{next(numbers)}"
        return replace(held, message=replace(held.message, message_id=name))

    patch.setattr(Journal, "hold", renamed)


def _impatient(patch: Patch) -> None:
    go = Exchanges._go

    def deaf(self: Exchanges, request: Request) -> Answer:
        return replace(go(self, request), retry_after=None)

    patch.setattr(Exchanges, "_go", deaf)


def _five_hundred_is_no(patch: Patch) -> None:
    read = Adapter._read

    def refused(self: Adapter, answer: Answer) -> Any:  # noqa: ANN401
        if answer.status == 500:
            raise Refused("http_500", "not wanted")
        return read(self, answer)

    patch.setattr(Adapter, "_read", refused)


def _silence_is_no_arrival(patch: Patch) -> None:
    go = Exchanges._go

    def certain(self: Exchanges, request: Request) -> Answer:
        try:
            return go(self, request)
        except Unknown as error:
            raise Retry(error.reason, error.detail) from error

    patch.setattr(Exchanges, "_go", certain)


def _believed_at_once(patch: Patch) -> None:
    begin = Adapter.__init__

    def hasty(self: Adapter, exchanges: Exchanges) -> None:
        begin(self, exchanges)
        self.conduct = replace(self.conduct, settle=timedelta(0))

    patch.setattr(Adapter, "__init__", hasty)


def _overtaking(patch: Patch) -> None:
    due = queue.due

    def unordered(tx: TenantTransaction, route: Any, *arguments: Any) -> Any:  # noqa: ANN401
        return due(tx, replace(route, lanes=2), *arguments)

    patch.setattr(queue, "due", unordered)


def _abandoned_is_done(patch: Patch) -> None:
    patch.setitem(
        worker._WORK,
        "sending",
        lambda job: job.write([], job.bench.clock(), lambda _: queue.CLOSED),
    )


def _mixed_up(patch: Patch) -> None:
    interpret = batching.interpret

    def turned(*arguments: Any) -> Any:  # noqa: ANN401
        return list(reversed(interpret(*arguments)))

    patch.setattr(batching, "interpret", turned)


def _carried_alone(patch: Patch) -> None:
    each = Load.each

    def only_the_first(self: Load, outcomes: Any, record: Any) -> None:  # noqa: ANN401
        each(Load(self.request, self.parts[:1]), outcomes[:1], record)
        for job, _ in self.parts[1:]:
            job.write([], job.bench.clock(), lambda _: queue.CLOSED, expected="sending")

    patch.setattr(Load, "each", only_the_first)


_KILL_AFTER_WIRE = Fuse(1, "kill", place="after the wire")
_KILL_COMMITTED = Fuse(1, "kill", place="committed")

WORLD: Mapping[str, Plant] = {
    "resent without asking": Plant(
        "an unknown outcome is queued again, and nobody is asked",
        _resend_blindly,
        Bias("sim-poll", trouble=Trouble.DROP_AFTER),
    ),
    "epoch not checked": Plant(
        "neither before the wire nor in a transaction is it asked whose the lane is",
        _no_fence,
        Bias("sim-poll", Fuse(2, "freeze", 600, "after a commit")),
    ),
    "lease not looked at before the wire": Plant(
        "whoever stood still after the last look at his lane sends when he wakes up",
        _no_last_look,
        Bias("sim-poll", Fuse(1, "freeze", 600, "before the wire")),
    ),
    "lease ignored": Plant(
        "a lane is taken from an owner whose lease has not ended",
        _lease_ignored,
        Bias("sim-poll", Fuse(1, "freeze", 1, "after the wire")),
    ),
    "sending not committed before the wire": Plant(
        "the bytes leave before `sending` is committed",
        _wire_before_commit,
        Bias("sim-poll", _KILL_AFTER_WIRE),
    ),
    "signal not deduplicated": Plant(
        "a signal that comes twice is recorded twice", _signal_again, Bias("sim-network")
    ),
    "number outside the transaction": Plant(
        "the number is taken in a transaction of its own",
        _number_outside,
        Bias("sim-clearance", Fuse(1, "kill", place="before a commit")),
    ),
    "chain link outside the lock": Plant(
        "a record is linked to a head that was read before the lock",
        _stale_head,
        Bias("sim-chain", documents=2),
    ),
    "outbox row in another transaction": Plant(
        "the document is committed, and then queued",
        _queued_elsewhere,
        Bias("sim-clearance", _KILL_COMMITTED),
    ),
    "archive entry after the commit": Plant(
        "evidence is archived in a transaction after that of the step",
        _archived_later,
        Bias("sim-clearance", Fuse(3, "kill", place="committed"), by_worker=True),
    ),
    "idempotency key after the commit": Plant(
        "the answer is stored under its key in a transaction after that of the document",
        _key_later,
        Bias("sim-clearance", _KILL_COMMITTED),
    ),
    "resent with a new message id": Plant(
        "every attempt has a message id of its own",
        _new_message_id,
        Bias("sim-clearance", trouble=Trouble.DROP_AFTER),
    ),
    "Retry-After ignored": Plant(
        "what the other side asked for is not read",
        _impatient,
        Bias("sim-clearance", trouble=Trouble.BUSY),
    ),
    "5xx treated as refused": Plant(
        "an error of the server counts as its no",
        _five_hundred_is_no,
        Bias("sim-clearance", trouble=Trouble.ERROR_AFTER),
    ),
    "time-out treated as not sent": Plant(
        "where no answer came, it is believed that nothing arrived",
        _silence_is_no_arrival,
        Bias("sim-poll", trouble=Trouble.DROP_AFTER),
    ),
    "never seen believed at once": Plant(
        "what is still under way counts as never sent",
        _believed_at_once,
        Bias("sim-poll", trouble=Trouble.LATE),
    ),
    "order of a chain not kept": Plant(
        "a record overtakes an unfinished one of its chain",
        _overtaking,
        Bias("sim-chain", trouble=Trouble.NOT_CONNECTED, documents=2),
    ),
    "outcomes of a batch mixed up": Plant(
        "each message gets what the answer says of another",
        _mixed_up,
        Bias("sim-batch", documents=3),
    ),
    "only the first of a batch recorded": Plant(
        "what came of the others in a request is not looked at",
        _carried_alone,
        Bias("sim-batch", documents=3),
    ),
    "abandoned rows closed": Plant(
        "a row whose owner died on the wire is closed and not asked about",
        _abandoned_is_done,
        Bias("sim-poll", Fuse(1, "kill", place="before the wire")),
    ),
}
