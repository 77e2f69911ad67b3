"""Doing a batch: every lane at its own pace, until all is known or the time is over."""

import datetime
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import Any

from gateway.jobs.work import Work
from gateway.kit import clock
from gateway.kit.tenancy import TenantTransaction
from gateway.vies import batch_items, repository
from gateway.vies.answers import Answer, Fault, Number, Outcome, Question
from gateway.vies.asking import paused
from gateway.vies.batch_items import Item
from gateway.vies.checks import Check
from gateway.vies.lanes import Refusal
from gateway.vies.numbers import read_number
from gateway.vies.service import VatChecks

_LOOK_SECONDS = 0.25
_AT_ONCE = 1_000


@dataclass
class _Queue:
    """The items of one member state.

    Attributes:
        items: In order; what failed goes to the end.
        flying: How many are on the wire.
        rests_until: Nobody is asked before.
        refusal: Why.
    """

    items: deque[Item] = field(default_factory=deque)
    flying: int = 0
    rests_until: datetime.datetime | None = None
    refusal: Refusal | None = None

    def next(self, now: datetime.datetime) -> Item | None:
        """Take the next item that may be asked now."""
        if self.rests_until is not None and now < self.rests_until:
            return None
        for _ in range(len(self.items)):
            item = self.items.popleft()
            if item.next_try_at is None or item.next_try_at <= now:
                return item
            self.items.append(item)
        return None


class BatchRun:
    """One attempt at a batch.

    Args:
        checks: The checks of the process.
        work: The attempt at its job.
    """

    def __init__(self, checks: VatChecks, work: Work) -> None:
        self._checks = checks
        self._work = work
        self._max_age = datetime.timedelta(seconds=work.parameters["max_age"])
        self._queues: dict[str, _Queue] = {}
        self._own: Number | None = None
        self._done = 0
        self._total = 0

    def go(self) -> None:
        """Ask until every number is done, or the batch's time is over.

        Raises:
            JobLostError, JobStoppedError: Another worker, or another time, goes on.
        """
        self._load()
        end = clock.now() + self._checks.policy.batch
        flying: dict[Future[Item | Refusal | None], tuple[_Queue, Item]] = {}
        with ThreadPoolExecutor(self._checks.policy.service_limit, "vat-batch") as threads:
            while flying or any(queue.items for queue in self._queues.values()):
                self._work.progress(self._done, self._total)
                now = clock.now()
                if now < end:
                    for queue, item in self._startable(now):
                        flying[threads.submit(self._ask, item)] = (queue, item)
                elif not flying:
                    break
                if not flying:
                    self._work.stop.wait(_LOOK_SECONDS)
                    continue
                finished, _ = wait(flying, _LOOK_SECONDS, FIRST_COMPLETED)
                for future in finished:
                    self._landed(*flying.pop(future), future.result())
        self._give_up()
        self._work.progress(self._total, self._total)

    def _load(self) -> None:
        with self._work.transaction() as tx:
            self._own = self._checks.own_number(tx)
            waiting = batch_items.waiting(tx, self._work.job_id)
            self._total = sum(batch_items.counts(tx, self._work.job_id).values())
            self._done = self._total - len(waiting)
            for begin in range(0, len(waiting), _AT_ONCE):
                self._sort(tx, waiting[begin : begin + _AT_ONCE])

    def _sort(self, tx: TenantTransaction, items: list[Item]) -> None:
        """Put items into the queues of their member states; what is known is done."""
        numbers = {item.number for item in items}
        known = repository.newest(tx, numbers, only_known=True)
        now = clock.now()
        for item in items:
            check = known.get(item.number)
            if check is not None and self._serves(item, check, now):
                values = _done(check, now, from_cache=True)
                batch_items.update(tx, self._work.job_id, [item.position], values)
                self._done += 1
            else:
                self._queues.setdefault(item.number[:2], _Queue()).items.append(item)

    def _serves(self, item: Item, check: Check, now: datetime.datetime) -> bool:
        requester = self._question(item).requester
        return check.requester == (
            None if requester is None else requester.written
        ) and self._checks.policy.serves(check.outcome, check.age(now), self._max_age)

    def _question(self, item: Item) -> Question:
        number = read_number(item.number)
        environment = self._work.tenant.environment
        return Question(number, self._checks.asker.requester(environment, number, self._own))

    def _startable(self, now: datetime.datetime) -> Iterator[tuple[_Queue, Item]]:
        """Yield what may be asked now, one of each member state in turn."""
        policy = self._checks.policy
        free = policy.service_limit - sum(queue.flying for queue in self._queues.values())
        while free > 0:
            before = free
            for queue in self._queues.values():
                if free <= 0 or queue.flying >= policy.state_limit:
                    continue
                item = queue.next(now)
                if item is not None:
                    queue.flying += 1
                    free -= 1
                    yield queue, item
            if free == before:
                return

    def _ask(self, item: Item) -> Item | Refusal | None:
        """Ask one, in a thread; return it where it is to be asked again, and None when done."""
        question = self._question(item)
        environment = self._work.tenant.environment
        answer = self._checks.asker.try_to_ask(environment, question)
        return answer if isinstance(answer, Refusal) else self._kept(item, answer)

    def _kept(self, item: Item, answer: Answer) -> Item | None:
        """Keep an answer together with what it means for its item."""
        now, policy = clock.now(), self._checks.policy
        again = None
        if answer.fault is not None:
            again = policy.retry_at(
                now, answer.fault, item.attempts, self._checks.chance, answer.retry_after
            )
        with self._work.transaction() as tx:
            check = self._checks.keep(tx, answer, now)
            values = _done(check, now)
            if again is not None:
                after = {"attempts": item.attempts + 1, "next_try_at": again}
                values |= after | {"state": "queued", "outcome": None}
            batch_items.update(tx, self._work.job_id, [item.position], values)
        if again is None:
            return None
        return replace(
            item,
            attempts=item.attempts + 1,
            next_try_at=again,
            fault=values["fault"],
            detail=check.detail,
        )

    def _landed(self, queue: _Queue, item: Item, came: Item | Refusal | None) -> None:
        queue.flying -= 1
        if came is None:
            self._done += 1
        elif isinstance(came, Refusal):
            queue.refusal = came
            queue.rests_until = came.until or clock.now() + self._checks.policy.look / 10
            queue.items.appendleft(item)
        else:
            queue.items.append(came)

    def _give_up(self) -> None:
        """Note of what is left that it is unknown, and why; ask on, where that was wanted."""
        left = [(queue, item) for queue in self._queues.values() for item in queue.items]
        for begin in range(0, len(left), _AT_ONCE):
            with self._work.transaction() as tx:
                for queue, item in left[begin : begin + _AT_ONCE]:
                    self._note_unknown(tx, queue, item)

    def _note_unknown(self, tx: TenantTransaction, queue: _Queue, item: Item) -> None:
        now, question = clock.now(), self._question(item)
        values: dict[str, Any] = {"state": "done", "outcome": Outcome.UNKNOWN.value}
        if item.fault is None:
            values["fault"] = Fault.PAUSED.value
            values["detail"] = "Its turn did not come before the batch's time was over."
            if queue.refusal is not None:
                values["detail"] = paused(question, queue.refusal).detail
        if self._work.parameters["retry"]:
            self._checks.wait_for(tx, question, "batch", now)
        values |= {"updated_at": now, "next_try_at": None}
        batch_items.update(tx, self._work.job_id, [item.position], values)


def _done(check: Check, now: datetime.datetime, *, from_cache: bool = False) -> dict[str, Any]:
    return {
        "state": "done",
        "outcome": check.outcome.value,
        "fault": None if check.fault is None else check.fault.value,
        "detail": check.detail,
        "from_cache": from_cache,
        "next_try_at": None,
        "check_id": check.id,
        "updated_at": now,
    }
