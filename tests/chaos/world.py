"""One schedule's world: callers, workers, authorities and time, all moved by one seeded chance.

Everything runs in one thread. Where the real engine would wait, or where its process may die, it
comes by a *moment*; there the schedule decides. A frozen process is one whose moment lasts: the
others work on inside it, and when it returns the process wakes up where it was.
"""

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

import psycopg
import sqlalchemy as sa

from gateway.chains import service as chains
from gateway.documents.tables import document
from gateway.kit.idempotency import Answer, replay_or_run
from gateway.kit.ids import new_id
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering import service as numbering
from gateway.transmissions import service as transmissions
from gateway.transmissions import worker as engine
from gateway.transmissions.lanes import LaneLostError
from gateway.transmissions.policy import Policy
from tests.chaos import authorities, reception
from tests.chaos.authorities import Authority
from tests.chaos.ground import Alive, Ground, Killed, MortalKeeper
from tests.chaos.timeline import START, Timeline
from tests.chaos.wires import Exchanges, Trouble, adapter

POLICY = Policy(lease_seconds=15, renew_seconds=5, threads=1, burst=4)
_LOST = sa.exc.OperationalError("COMMIT", {}, psycopg.OperationalError("the answer was lost"))
SENDER = "9930:DE123456789"
_TROUBLES = [one for one in Trouble if one is not Trouble.NONE]


@dataclass
class Asked:
    """A document that a caller wants issued, until he has an answer.

    Attributes:
        key: His idempotency key.
        channel: By which it goes.
        told: What he was answered.
    """

    key: str
    channel: str
    told: dict[str, Any] | None = None


@dataclass
class Process:
    """A worker process: one keeper, one worker, and whether it lives.

    Attributes:
        frozen: It stands still.
        excused: It may lose its lane: it stood still too long, or its sessions were ended.
    """

    name: str
    worker: engine.Worker
    keeper: MortalKeeper
    alive: Alive
    frozen: bool = False
    excused: bool = False
    generation: int = 1


@dataclass
class Fuse:
    """Something that happens to whoever acts, some moments from now.

    Attributes:
        left: Moments until then.
        what: `kill`, `freeze` or `lose` (the answer to a COMMIT).
        seconds: How long a freeze lasts.
        place: Counts only such moments; empty: all.
    """

    left: int
    what: str
    seconds: float = 0
    place: str = ""


@dataclass
class World:
    """See the module."""

    ground: Ground
    seed: int
    channels: tuple[authorities.Rules, ...] = authorities.ALL
    troubled: float = 0.3
    chance: Random = field(init=False)
    trace: list[str] = field(default_factory=list)
    reached: Counter[str] = field(default_factory=Counter)
    asked: list[Asked] = field(default_factory=list)
    fuse: Fuse | None = None
    actor: Process | None = None
    calm: bool = False
    forced: Trouble | None = None
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)  # noqa: S311 - a schedule that can be replayed
        self.ground.sweep()
        self.time = Timeline(self.ground.admin)
        self.tenant, self.series = self.ground.tenant()
        self.ground.database.moment = self.moment
        self.authorities = {
            rules.name: Authority(
                rules,
                lambda: self.time.seconds,
                self.chance,
                f"{rules.name}-{self.tenant.account_id}",
            )
            for rules in self.channels
        }
        self.adapters = {
            name: adapter(Exchanges(one, self._trouble, self.wait, self.moment, self.deliver))
            for name, one in self.authorities.items()
        }
        self.processes = [self._process(name, 1) for name in ("first", "second")]
        self._in_transaction = 0
        self._deep = False

    # -- the record -------------------------------------------------------------------------

    def note(self, what: str) -> None:
        """Write a line into the trace; it holds nothing that another run could have otherwise."""
        actor = self.actor.name if self.actor is not None else "-"
        self.trace.append(f"{self.time.seconds:.3f} {actor} {what}")

    @property
    def digest(self) -> str:
        """Return what two runs of one seed have in common, byte for byte."""
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()

    # -- what callers do --------------------------------------------------------------------

    def want(self, channel: str) -> None:
        """Let a caller want a document."""
        self.asked.append(Asked(f"order-{len(self.asked) + 1}", channel))
        self.note(f"wants {self.asked[-1].key} by {channel}")

    def answer(self, asked: Asked) -> bool:
        """Work on a request as the API does; return whether its caller got an answer."""
        try:
            with self._acting(None), self.ground.database.transaction(self.tenant) as tx:
                said = replay_or_run(
                    tx,
                    scope=str(self.tenant.entity_ids[0]),
                    key=asked.key,
                    request_hash=hashlib.sha256(asked.key.encode()).digest(),
                    run=lambda: self._issue(tx, asked),
                    now=self.time(),
                    permanent=True,
                )
        except Killed:
            self.note("the API was killed")
            return False
        except (sa.exc.OperationalError, sa.exc.InterfaceError):
            self.note("the API lost its database")
            return False
        told = json.loads(said.body)
        self.note(f"answered {asked.key}: {told['number']}")
        if asked.told is not None and asked.told != told:
            raise AssertionError(f"{asked.key} was told {asked.told}, then {told}")
        asked.told = told
        return True

    def _issue(self, tx: TenantTransaction, asked: Asked) -> Answer:
        taken = numbering.take(tx, self.series, START.date())
        identifier = new_id()
        said = {"document": taken.number, "sequence": taken.sequence, "previous": ""}
        content = json.dumps(said).encode()
        tx.execute(
            tx.insert(
                document,
                id=identifier,
                kind="invoice",
                state="issued",
                profile="peppol-bis-3",
                series_id=self.series,
                sequence=taken.sequence,
                number=taken.number,
                issue_date=START.date(),
                body="{}",
                invoice={},
                report={},
                content_sha256=hashlib.sha256(content).digest(),
                retain_until=START.date(),
                created_at=self.time(),
                updated_at=self.time(),
                issued_at=self.time(),
            )
        )
        if self.authorities[asked.channel].rules.ordered:
            content = self._chained(tx, identifier, taken.number, asked.channel)
        transmissions.enqueue(
            tx,
            document_id=identifier,
            channel=asked.channel,
            sender=SENDER,
            receiver=f"0088:{taken.sequence}",
            payload=content,
            now=self.time(),
        )
        return Answer(200, json.dumps({"id": taken.number, "number": taken.number}).encode())

    def _chained(self, tx: TenantTransaction, identifier: Any, number: str, channel: str) -> bytes:  # noqa: ANN401
        def build(head: chains.Head) -> chains.Link:
            said = {"document": number, "sequence": head.sequence, "previous": head.digest}
            record = json.dumps(said).encode()
            return chains.Link(hashlib.sha256(record).hexdigest(), record)

        key = f"{channel}/{self.tenant.entity_ids[0]}"
        record = chains.extend(tx, key, document_id=identifier, now=self.time(), build=build)
        return record.record

    # -- what workers do --------------------------------------------------------------------

    def turn(self, process: Process) -> bool:
        """Let a worker take one turn; return whether it found work."""
        if process.frozen:
            return False
        process.excused = False
        try:
            with self._acting(process):
                worked = process.worker._turn(process.keeper, threading.Event())
        except Killed:
            self.note("was killed")
            self._forget()
            self._replace(process)
            return True
        except LaneLostError:
            self.note("lost its lane")
            self.reached["lane lost"] += 1
            if not process.excused:
                self.complaints.append(f"{process.name} lost its lane within its lease")
            self._forget()
            process.keeper.drop()
            return True
        except engine._OUTAGE:
            self.note("lost its database")
            self._forget()
            self.reached["outage"] += 1
            process.keeper.drop()
            return False
        return worked

    def _forget(self) -> None:
        """What a process heard and could not write down, nobody knows: a Retry-After, say."""
        for authority in self.authorities.values():
            authority.quiet_until.clear()

    def _process(self, name: str, generation: int) -> Process:
        alive = Alive(self.ground)
        worker = engine.Worker(
            self.ground.database,
            self.ground.archive,
            list(self.adapters.values()),
            policy=POLICY,
            chance=self.chance.random,
            clock=self.time,
        )
        keeper = MortalKeeper(self.ground.database, new_id(), POLICY.lease_seconds, alive)
        keeper.ticks = lambda: (self.time.seconds,)
        return Process(name, worker, keeper, alive, generation=generation)

    def _replace(self, process: Process) -> None:
        """Start a killed worker anew: its sessions are gone, its lanes are not given back."""
        process.alive.living = False
        process.keeper.drop()
        fresh = self._process(process.name, process.generation + 1)
        process.worker, process.keeper, process.alive = fresh.worker, fresh.keeper, fresh.alive
        process.generation += 1

    @contextmanager
    def _acting(self, process: Process | None) -> Iterator[None]:
        before, self.actor = self.actor, process
        try:
            yield
        finally:
            self.actor = before

    # -- what may happen at any moment ------------------------------------------------------

    def moment(self, place: str) -> None:
        """Come by a place where the process may die, freeze, or lose its database."""
        self._count_transactions(place)
        fuse = self.fuse
        if fuse is None or self.calm or fuse.place not in {"", place}:
            return
        fuse.left -= 1
        if fuse.left > 0:
            return
        if fuse.what == "kill":
            self.fuse = None
            self.reached[f"killed {place}"] += 1
            self.note(f"dies {place}")
            if self.actor is not None:
                self.actor.alive.living = False
            raise Killed
        if fuse.what == "lose" and place == "after a commit":
            self.fuse = None
            self.reached["commit answer lost"] += 1
            self.note("does not hear that its COMMIT was carried out")
            raise _LOST
        if fuse.what == "freeze" and self.actor is not None and not self._in_transaction:
            self.fuse = None
            self._freeze(self.actor, place, fuse.seconds)

    def _count_transactions(self, place: str) -> None:
        if place == "before a transaction":
            self._in_transaction = 0
        elif place in {"within a transaction", "before a commit"}:
            self._in_transaction = 1
        else:
            self._in_transaction = 0

    def _freeze(self, process: Process, place: str, seconds: float) -> None:
        """Let time pass and the others work while a process stands still."""
        self.reached[f"frozen {place}"] += 1
        self.note(f"freezes {place} for {seconds:.0f} s")
        process.frozen = True
        process.excused |= seconds >= POLICY.lease_seconds
        self.time.go(timedelta(seconds=seconds))
        for other in self.processes:
            for _ in range(3):
                if not self.turn(other):
                    break
        process.frozen = False
        self.actor = process
        self._in_transaction = 0
        self.note("wakes up")

    def wait(self, seconds: float) -> None:
        """Let time pass while a process waits for an answer; it renews its leases meanwhile."""
        while seconds > 0:
            step = min(seconds, POLICY.renew_seconds)
            self.time.go(timedelta(seconds=step))
            seconds -= step
            for process in self.processes:
                if not process.frozen and process.alive.living:
                    process.keeper.renew()

    # -- what the other side does -----------------------------------------------------------

    def _trouble(self, authority: Authority, method: str) -> tuple[Trouble, float]:
        forced, self.forced = self.forced, None
        if authority.away_until > self.time.seconds:
            forced = Trouble.NOT_CONNECTED
        if forced is None and (self.calm or self.chance.random() >= self.troubled):
            self.note(f"{method} {authority.rules.name}")
            return Trouble.NONE, 0
        trouble = forced or self.chance.choice(_TROUBLES)
        amount = {
            Trouble.BUSY: self.chance.randint(1, 600),
            Trouble.SLOW: self.chance.uniform(1, 9),
            Trouble.LATE: self.chance.uniform(0, 25),
        }.get(trouble, 0)
        self.reached[trouble] += 1
        self.note(f"{method} {authority.rules.name}: {trouble} {amount:.3f}")
        return trouble, amount

    def deliver(self, authority: Authority, *, late: bool = False) -> None:
        """Hand over the signals of an authority that are due; `late`: all there are."""
        with self._acting(None):
            waiting = [one for one in authority.pushes if late or self.time.seconds >= one.due]
            if not self.calm:
                self.chance.shuffle(waiting)
            for push in waiting:
                said = ""
                twice = not self.calm and self.chance.random() < 0.2
                for _ in range(1 + twice):
                    said = self._push(authority, push.content)
                    self.reached[f"signal {said}"] += 1
                    self.note(f"{authority.rules.name} says its verdict: {said}")
                if said in {"taken", "known", "early"} and push in authority.pushes:
                    authority.pushes.remove(push)
                push.tries += 1

    def _push(self, authority: Authority, content: bytes) -> str:
        adapter = self.adapters[authority.rules.name]
        try:
            return reception.receive(
                self.ground, adapter.channel, adapter.signal(content), self.time()
            )
        except Killed:
            return "killed"
        except (sa.exc.OperationalError, sa.exc.InterfaceError):
            return "outage"
