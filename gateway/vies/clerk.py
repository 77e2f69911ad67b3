"""Works the queue: asks what waits, one question after the other; any number of clerks may."""

import datetime
import threading

from gateway.kit import clock
from gateway.kit.tenancy import TenantTransaction
from gateway.vies import questions, telling
from gateway.vies.answers import Answer
from gateway.vies.asking import paused
from gateway.vies.checks import Check, question_of
from gateway.vies.lanes import Refusal
from gateway.vies.questions import Taken, Waiting
from gateway.vies.service import VatChecks


class Clerk:
    """Asks what is due, in a thread of a worker process.

    Args:
        checks: The checks of the process.
        poll_seconds: How long to wait when nothing is due.
    """

    def __init__(self, checks: VatChecks, poll_seconds: float = 1) -> None:
        self._checks = checks
        self._poll_seconds = poll_seconds
        self._busy: dict[str, datetime.datetime] = {}

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        while not stop.is_set():
            if not self.work_once():
                stop.wait(self._poll_seconds)

    def work_once(self) -> bool:
        """Ask one question that is due; False when there is none that can be asked."""
        now = clock.now()
        self._busy = {lane: until for lane, until in self._busy.items() if until > now}
        lease = self._checks.policy.flight + self._checks.policy.patience
        taken = questions.take(self._checks.database, now, lease, self._busy)
        if taken is None:
            return False
        with self._checks.database.transaction(taken.tenant, read_only=True) as tx:
            waiting = questions.get(tx, taken.id)
        if waiting is None or waiting.state != "waiting":
            return True
        question = question_of(waiting.number, waiting.requester, waiting.trader)
        answer = self._checks.asker.try_to_ask(taken.environment, question)
        if isinstance(answer, Refusal):
            self._busy[answer.key] = answer.until or now + self._checks.policy.look
            if now < waiting.deadline:
                questions.give_back(self._checks.database, taken, now)
                return True
            answer = paused(question, answer)
        self._settle(taken, answer)
        return True

    def _settle(self, taken: Taken, answer: Answer) -> None:
        now = clock.now()
        with self._checks.database.transaction(taken.tenant) as tx:
            check = self._checks.keep(tx, answer, now)
            waiting = questions.get(tx, taken.id, lock=True)
            if waiting is None or waiting.state != "waiting":
                return
            if check.known:  # in nobody's name, since the service did not take the requester's
                tried = waiting.attempts + 1
                questions.settle(tx, waiting.id, "answered", check, now, attempts=tried)
            else:
                self._unanswered(tx, waiting, answer, check, now)

    def _unanswered(
        self,
        tx: TenantTransaction,
        waiting: Waiting,
        answer: Answer,
        check: Check,
        now: datetime.datetime,
    ) -> None:
        """Put a question off, or give it up when its time is over or asking cannot help."""
        checks, tried = self._checks, waiting.attempts + 1
        again = None
        if answer.fault is not None:
            again = checks.policy.retry_at(
                now, answer.fault, waiting.attempts, checks.chance, answer.retry_after
            )
        if again is not None and now < waiting.deadline:
            at = min(again, waiting.deadline)  # once more, at the very end
            questions.settle(tx, waiting.id, "waiting", check, now, attempts=tried, next_try_at=at)
            return
        questions.settle(tx, waiting.id, "given_up", check, now, attempts=tried)
        telling.given_up(tx, check, now)
        for tell in checks.gave_up:
            tell(tx, check, now)
