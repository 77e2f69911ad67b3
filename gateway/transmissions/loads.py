"""What one request carries: the row whose turn it is, and those that go with it."""

import datetime
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import structlog

from gateway.kit import metrics
from gateway.kit.database import is_transient
from gateway.transmissions import queue, setbacks
from gateway.transmissions.adapter import Message, Request
from gateway.transmissions.batching import Outcome
from gateway.transmissions.bench import Job, RowMovedError
from gateway.transmissions.lanes import LaneLostError

_log = structlog.get_logger(__name__)


def companions(job: Job, now: datetime.datetime) -> list[Job]:
    """Return the rows that may go, or went, in one request with another, after it.

    So many as each of them may go with; none where there are fewer than a request is worth.
    """
    bench, batch = job.bench, job.bench.adapter.conduct.batch
    most = 1 if batch is None else min(batch.most, job.row.together or batch.most)
    if most == 1:
        return []
    with bench.database.worker_transaction() as tx:
        rows = queue.following(tx, bench.route, job.lane.key, job.row, most=most - 1, now=now)
    found = list[Job]()
    for row in rows:
        most = min(most, row.together or most)
        if len(found) + 2 > most:
            break
        found.append(Job(bench, job.keeper, job.lane, row))
    enough = batch is not None and len(found) + 1 >= batch.least
    return found if enough else []


@dataclass(frozen=True, slots=True)
class Load:
    """What one request carries.

    Attributes:
        request: The request.
        parts: The rows and their messages, in order; the first passed the gate for all of them,
            and its attempt has what was exchanged.
    """

    request: Request
    parts: tuple[tuple[Job, Message], ...]

    @property
    def messages(self) -> list[Message]:
        """Return the messages, in order."""
        return [message for _, message in self.parts]

    def measure(self) -> None:
        """Note how long what goes out for the first time has waited since it was issued."""
        for job, message in self.parts:
            if message.attempt == 1:
                waited = (job.bench.clock() - job.row.created_at).total_seconds()
                channel = job.bench.adapter.channel
                metrics.ISSUE_TO_WIRE_SECONDS.labels(channel).observe(max(0.0, waited))

    def each(
        self, outcomes: Sequence[Outcome], record: Callable[[Job, Message, Outcome], None]
    ) -> None:
        """Record what came of each row, in order; the trouble of one is not the others'.

        Where the lane is lost, what was proved of the others is kept all the same.

        Raises:
            Exception: What the first row's record raised, or that the lane was lost, once all
                were tried; or that the database is away.
        """
        (first, message), *others = self.parts
        raised: Exception | None = None
        try:
            record(first, message, outcomes[0])
        except Exception as error:
            if not others or is_transient(error):
                raise
            raised = error
        for (job, message), outcome in zip(others, outcomes[1:], strict=True):
            job.turnstile.follow(first.turnstile)
            try:
                _recorded(job, message, outcome, record)
            except LaneLostError as error:
                raised = raised or error
        if raised is not None:
            raise raised


def _recorded(
    job: Job,
    message: Message,
    outcome: Outcome,
    record: Callable[[Job, Message, Outcome], None],
) -> None:
    with suppress(RowMovedError):
        try:
            record(job, message, outcome)
        except (LaneLostError, RowMovedError):
            raise
        except Exception as error:
            if is_transient(error):
                raise
            _log.exception("row_failed", row=job.row.id, state="sending")
            setbacks.put_off(job, error)
