"""Group commit: requests that come at the same time are written in one transaction.

One thread writes; what arrives while it does waits and is written together by the next
transaction, so a lone request waits for nobody and a thousand share the costs. Who calls, and
what it may do, is asked of the database as everywhere, once per key in a transaction.

What waits is bounded, in number and in bytes, and so is how long a request waits for its answer:
beyond either it is answered 503 and repeated. Nothing that one request does ends the thread.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
import structlog

from gateway.kinds import DocumentKind
from gateway.kit.idempotency import Answer
from gateway.kit.idempotency_many import Keyed
from gateway.problems import Problem, UnavailableProblem
from gateway.tenants.callers import Caller

_log = structlog.get_logger(__name__)

MOST = 200
"""Requests of one transaction."""

Outcome = Answer | Exception


@dataclass(frozen=True, slots=True, eq=False)
class Submission:
    """One request, read and found well-formed.

    Attributes:
        secret: The key or session that calls.
        named: The public id of the entity it names, if it names one.
        admit: Refuses a caller that may not, or calls too often, by raising a Problem.
        keyed: Its Idempotency-Key and hash.
        kind: What kind of document.
        body: As sent.
        finalize: Whether it is issued too.
        request_id: Of the request, for the activity log.
        answer: Called once, in the collector's thread, with what came of it.
        size: Of its body, in bytes.
    """

    secret: str
    named: str | None
    admit: Callable[[Caller], None]
    keyed: Keyed
    kind: DocumentKind
    body: str
    finalize: bool
    request_id: str
    answer: Callable[[Outcome], None]
    size: int = 0


Write = Callable[[Sequence[Submission]], Sequence[Outcome]]
"""Writes submissions in one transaction and returns what came of each once it is committed."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may wait, and for how long.

    Attributes:
        requests: So many.
        size: Bodies of so many bytes together; a single one is always taken.
        seconds: The longest that a request waits for its answer.
    """

    requests: int = 5000
    size: int = 64 * 1024 * 1024
    seconds: float = 30


@dataclass(slots=True)
class Collector:
    """Collects what is submitted, and has it written; its thread starts with the first.

    Attributes:
        write: See `Write`.
        bounds: How much may wait, and for how long.
    """

    write: Write
    bounds: Bounds = field(default_factory=Bounds)
    _waiting: deque[Submission] = field(default_factory=deque)
    _size: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _thread: threading.Thread | None = None
    _closed: bool = False

    def submit(self, submission: Submission) -> None:
        """Have a submission written; its `answer` is called later.

        Raises:
            UnavailableProblem: Too much waits, or the process ends.
        """
        with self._changed:
            if self._closed:
                raise UnavailableProblem("This process ends. Send the request again.")
            many = len(self._waiting) >= self.bounds.requests
            if many or (self._waiting and self._size + submission.size > self.bounds.size):
                raise UnavailableProblem(
                    "Too many requests wait to be written. Send it again in a moment.",
                    retry_after=2,
                )
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="intake", daemon=True)
                self._thread.start()
            self._waiting.append(submission)
            self._size += submission.size
            self._changed.notify()

    def withdraw(self, submission: Submission) -> bool:
        """Take back what still waits; False when it is being written, or was."""
        with self._changed:
            try:
                self._waiting.remove(submission)
            except ValueError:
                return False
            self._size -= submission.size
            return True

    def close(self) -> None:
        """Write what waits, then end."""
        with self._changed:
            self._closed = True
            self._changed.notify()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while batch := self._next():
            for submission, outcome in zip(batch, self._written(batch), strict=True):
                try:
                    submission.answer(outcome)
                except Exception as error:  # noqa: BLE001 - its loop is gone; others wait
                    _log.warning("intake_not_answered", error=type(error).__name__)

    def _next(self) -> list[Submission]:
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            self._size -= sum(one.size for one in batch)
            return batch

    def _written(self, batch: Sequence[Submission]) -> Sequence[Outcome]:
        try:
            return self._checked(batch)
        except (sa.exc.DataError, sa.exc.IntegrityError) as error:
            # Refused and rolled back for certain: one of them is to blame, the others are not.
            if len(batch) == 1:
                return [error]
            return [self._written([one])[0] for one in batch]
        except Exception as error:  # noqa: BLE001 - every caller is told
            if not isinstance(error, Problem):
                _log.warning("intake_failed", error=type(error).__name__, requests=len(batch))
            return [error] * len(batch)

    def _checked(self, batch: Sequence[Submission]) -> Sequence[Outcome]:
        outcomes = self.write(batch)
        if len(outcomes) != len(batch):
            raise RuntimeError(f"{len(outcomes)} outcomes of {len(batch)} requests")
        return outcomes


async def submitted(
    collector: Collector, make: Callable[[Callable[[Outcome], None]], Submission]
) -> Answer:
    """Submit and wait for the answer without holding a thread.

    Args:
        collector: Where.
        make: Makes the submission, given what its `answer` must be.

    Raises:
        UnavailableProblem: Too much waits, or it took too long.
        Exception: What kept it from being written.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Outcome] = loop.create_future()

    def settle(outcome: Outcome) -> None:
        if not future.done():  # the client may be gone
            future.set_result(outcome)

    def answer(outcome: Outcome) -> None:
        loop.call_soon_threadsafe(settle, outcome)

    submission = make(answer)
    collector.submit(submission)
    try:
        async with asyncio.timeout(collector.bounds.seconds):
            outcome = await future
    except TimeoutError:
        if collector.withdraw(submission):
            raise UnavailableProblem("It was not written in time. Send it again.") from None
        raise UnavailableProblem(
            "It is not known yet whether it was written. Send it again with the same"
            " Idempotency-Key: it is taken once."
        ) from None
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
