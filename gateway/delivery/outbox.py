"""The background service that hands queued e-mails to the mail server.

The queue row says who must act, the e-mail's own state what is known. `sending` is committed on
both before the wire is touched. Whoever finds a row in `sending` whose time has run out knows that
its sender died: an e-mail still `queued` never left and is queued again; one in `sending` may have
been accepted and becomes `unknown`, which no machine ever sends again.
"""

import datetime
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog

from gateway.delivery import repository
from gateway.delivery.mail import Mail
from gateway.delivery.notices import Notices
from gateway.delivery.repository import EmailRow, QueuedEmail
from gateway.delivery.service import tell
from gateway.delivery.smtp import Answer, MailServer, MailServerError, OutcomeUnknownError, deliver
from gateway.kit import clock as machine
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant, TenantTransaction

LEASE = datetime.timedelta(minutes=15)
"""How long a sender has; longer than the final dot is put off (`smtp`) and its answer awaited."""

DELAYS = tuple(
    datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440)
)
"""Before the second attempt, the third ...; after the last one the e-mail has failed."""

_log = structlog.get_logger(__name__)

Deliver = Callable[[MailServer, str, "list[str]", bytes], Mapping[str, Answer]]


@dataclass(slots=True)
class Mailer:
    """Sends queued e-mails, one after the other; any number of processes may each run one.

    Attributes:
        database: Queue and e-mails.
        mail: The e-mails of this gateway.
        notices: Those about no document.
        poll_seconds: How often to look.
        clock: The time.
        deliver: The wire.
    """

    database: Database
    mail: Mail
    notices: Notices
    poll_seconds: float = 1.0
    clock: Callable[[], datetime.datetime] = machine.now
    deliver: Deliver = deliver

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        while not stop.is_set():
            if not self.turn():
                stop.wait(self.poll_seconds)

    def turn(self) -> bool:
        """Look after one e-mail; False when none is due."""
        now = self.clock()
        with self.database.worker_transaction() as tx:
            queued = repository.next_queued(tx, now)
            if queued is None:
                return False
            repository.move_queued(tx, queued.id, "sending", now + LEASE)
        due = self._abandoned(queued) if queued.state == "sending" else self._sent(queued)
        with self.database.worker_transaction() as tx:
            if due is None:
                repository.unqueue(tx, queued.id)
            else:
                repository.move_queued(tx, queued.id, "queued", due)
        return True

    def _abandoned(self, queued: QueuedEmail) -> datetime.datetime | None:
        """Decide about a row whose sender died; return when to try again, None for never."""
        now = self.clock()
        with self.database.transaction(_tenant(queued)) as tx:
            row = repository.email_by_id(tx, queued.email_id, lock=True)
            if row is None or row.state not in {"queued", "sending"}:
                return None
            if row.state == "queued":
                return now
            self._record(tx, row, {"state": "unknown", "last_error": "the sender died"}, now)
        return None

    def _sent(self, queued: QueuedEmail) -> datetime.datetime | None:
        """Send; return when to try again, None for never."""
        server = self.mail.office.server
        now = self.clock()
        if server is None:  # another process has one, or the operator will set one
            return now + DELAYS[0]
        tenant = _tenant(queued)
        with self.database.transaction(tenant) as tx:
            row = repository.email_by_id(tx, queued.email_id, lock=True)
            content = None if row is None else self._content(tx, row)
            if row is None or content is None or row.state != "queued":
                return None
            row = replace(row, attempts=row.attempts + 1)
            values = {"state": "sending", "attempts": row.attempts, "updated_at": now}
            repository.update_email(tx, row.id, values)
        waiting = [one["address"] for one in row.recipients if one["state"] == "queued"]
        due: datetime.datetime | None = None
        try:
            answers = self.deliver(server, row.sender, waiting, content)
        except OutcomeUnknownError as error:
            values = {"state": "unknown", "last_error": str(error)}
        except MailServerError as error:
            values, due = _later(row, self.clock(), str(error))
        else:
            values, due = _answered(row, answers, self.clock())
        _log.info("email", state=values["state"], attempts=row.attempts)
        with self.database.transaction(tenant) as tx:
            self._record(tx, row, values, self.clock())
        return due

    def _content(self, tx: TenantTransaction, row: EmailRow) -> bytes | None:
        if row.purpose in repository.SHOWN:
            return repository.message_of(tx, row.id)
        sealed = repository.sealed_of(tx, row.id)
        return None if sealed is None else self.notices.opened(row.id, sealed)

    def _record(
        self,
        tx: TenantTransaction,
        row: EmailRow,
        values: Mapping[str, Any],
        now: datetime.datetime,
    ) -> None:
        ended = values["state"] in {"sent", "failed", "unknown"}
        erased = {} if not ended or row.purpose in repository.SHOWN else {"sealed": None}
        repository.update_email(tx, row.id, {**values, **erased, "updated_at": now})
        row = replace(row, **values)
        if ended:
            tell(tx, row, row.state, now)
        if row.state == "sent" and row.purpose == "document" and row.document_id is not None:
            self.mail.mark_sent(tx, row.document_id, now)


def _tenant(queued: QueuedEmail) -> Tenant:
    return Tenant(queued.account_id, (queued.entity_id,), queued.environment)


def _answered(
    row: EmailRow, answers: Mapping[str, Answer], now: datetime.datetime
) -> tuple[dict[str, Any], datetime.datetime | None]:
    """Return what the server's answers make of an e-mail, and when to try the rest again."""
    states = {"sent": "sent", "refused": "refused", "later": "queued"}
    recipients = []
    for one in row.recipients:
        answer = answers.get(one["address"])
        if one["state"] == "queued" and answer is not None:
            one = {**one, "state": states[answer.outcome], "reply": answer.reply}  # noqa: PLW2901
        recipients.append(one)
    left = [one for one in recipients if one["state"] == "queued"]
    if left:
        values, due = _later(row, now, left[0]["reply"] or "")
        if due is not None:
            return {**values, "recipients": recipients}, due
        recipients = [
            {**one, "state": "refused"} if one["state"] == "queued" else one for one in recipients
        ]
    reached = any(one["state"] == "sent" for one in recipients)
    replies = [one["reply"] for one in recipients if one["state"] == "refused"]
    values = {
        "state": "sent" if reached else "failed",
        "recipients": recipients,
        "last_error": replies[0] if replies else None,
    }
    return values | ({"sent_at": now} if reached else {}), None


def _later(
    row: EmailRow, now: datetime.datetime, why: str
) -> tuple[dict[str, Any], datetime.datetime | None]:
    if row.attempts > len(DELAYS):
        return {"state": "failed", "last_error": why}, None
    return {"state": "queued", "last_error": why}, now + DELAYS[row.attempts - 1]
