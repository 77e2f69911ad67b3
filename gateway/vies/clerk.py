"""Works the queue: asks what waits, one question after the other; any number of clerks may."""

import datetime
import threading

import structlog

from gateway.kit import clock
from gateway.kit.tenancy import TenantTransaction
from gateway.vies import questions, telling
from gateway.vies.answers import Answer, Fault, Number, Outcome, Question
from gateway.vies.asking import paused
from gateway.vies.checks import Check, question_of
from gateway.vies.lanes import Refusal
from gateway.vies.questions import Taken, Waiting
from gateway.vies.service import VatChecks, hold_number

_log = structlog.get_logger(__name__)


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
        """Ask one question that is due; False when there is none that can be asked.

        An error of ours over one question is logged and counts as an attempt at it; others go on.
        """
        now = clock.now()
        self._busy = {lane: until for lane, until in self._busy.items() if until > now}
        lease = self._checks.policy.flight + self._checks.policy.patience
        taken = questions.take(self._checks.database, now, lease, self._busy)
        if taken is None:
            return False
        try:
            self._ask(taken, now)
        except Exception:  # noqa: BLE001 - logged, and counted
            _log.exception("vat_question_failed", question=str(taken.id), lane=taken.lane)
            self._failed(taken)
        return True

    def _ask(self, taken: Taken, now: datetime.datetime) -> None:
        with self._checks.database.transaction(taken.tenant, read_only=True) as tx:
            waiting = questions.get(tx, taken.id)
        if waiting is None or waiting.state != "waiting":
            return
        question = question_of(waiting.number, waiting.requester, waiting.trader)
        answer = self._checks.asker.try_to_ask(taken.environment, question)
        if isinstance(answer, Refusal):
            self._busy[answer.key] = answer.until or now + self._checks.policy.look
            if now < waiting.deadline:
                questions.give_back(self._checks.database, taken, now)
                return
            answer = paused(question, answer)
        self._settle(taken, answer)

    def _failed(self, taken: Taken) -> None:
        """Count an attempt that ended in an error of ours; nothing else of it was kept."""
        with self._checks.database.transaction(taken.tenant, read_only=True) as tx:
            waiting = questions.get(tx, taken.id)
        if waiting is None or waiting.state != "waiting":
            return
        answer = _unkept(taken, waiting)
        try:
            self._settle(taken, answer)
        except Exception:  # noqa: BLE001 - logged; somebody who is told may be what fails
            _log.exception("vat_question_untold", question=str(taken.id), lane=taken.lane)
            self._settle(taken, answer, tell=False)

    def _settle(self, taken: Taken, answer: Answer, *, tell: bool = True) -> None:
        now = clock.now()
        with self._checks.database.transaction(taken.tenant) as tx:
            hold_number(tx, answer.question.number.written)
            check = self._checks.keep(tx, answer, now)
            waiting = questions.get(tx, taken.id, lock=True)
            if waiting is None or waiting.state != "waiting":
                return
            if check.known:  # in nobody's name, since the service did not take the requester's
                tried = waiting.attempts + 1
                questions.settle(tx, waiting.id, "answered", check, now, attempts=tried)
            elif self._unanswered(tx, waiting, answer, check, now) and tell:
                self._tell(tx, check, now)

    def _unanswered(
        self,
        tx: TenantTransaction,
        waiting: Waiting,
        answer: Answer,
        check: Check,
        now: datetime.datetime,
    ) -> bool:
        """Put a question off, or give it up when its time is over or asking cannot help.

        Returns:
            Whether it is given up.
        """
        checks, tried = self._checks, waiting.attempts + 1
        again = None
        if answer.fault is not None:
            again = checks.policy.retry_at(
                now, answer.fault, waiting.attempts, checks.chance, answer.retry_after
            )
        if again is not None and now < waiting.deadline:
            at = min(again, waiting.deadline)  # once more, at the very end
            questions.settle(tx, waiting.id, "waiting", check, now, attempts=tried, next_try_at=at)
            return False
        questions.settle(tx, waiting.id, "given_up", check, now, attempts=tried)
        return True

    def _tell(self, tx: TenantTransaction, check: Check, now: datetime.datetime) -> None:
        """Tell that a question is given up.

        Those who wait for the number hear of it with the last question only: as long as another
        one waits, in another name or for another reason, there may be an answer yet.
        """
        telling.given_up(tx, check, now)
        if not questions.any_waits(tx, check.number):
            for tell in self._checks.gave_up:
                tell(tx, check, now)


def _unkept(taken: Taken, waiting: Waiting) -> Answer:
    """Return what is known of an attempt that ended in an error of ours: nothing."""
    number, requester = waiting.number, waiting.requester
    return Answer(
        question=Question(
            Number(number[:2], number[2:]),
            Number(requester[:2], requester[2:]) if requester else None,
        ),
        outcome=Outcome.UNKNOWN,
        service=taken.lane.split("/")[1],
        asked_at=clock.now(),
        fault=Fault.BAD_ANSWER,
        detail="What came of the question could not be kept; the log of the gateway says why.",
    )
