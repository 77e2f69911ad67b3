"""Background work of the inbox: reads what was stored and not read, tells what was decided."""

import threading
from collections.abc import Mapping
from datetime import timedelta

import structlog

from gateway.channels.sandbox_network import SandboxNetwork
from gateway.inbox import repository, work
from gateway.inbox.reading import failed
from gateway.inbox.service import NETWORK, Inbox
from gateway.inbox.work import Kind, Work
from gateway.kit import clock
from gateway.kit.ids import public_id
from gateway.transmissions.errors import Refused, TransmissionError

_READINGS = 3
"""How often a document may end the process that reads it; then it stays unread, and says so."""

_ANSWERS = 20
"""How often a network that does not answer is told; over an hour and a half."""

_PATIENCE: Mapping[Kind, timedelta] = {
    "read": timedelta(minutes=2),
    "answer": timedelta(seconds=2),
}
_CODES = {"accepted": "AP", "rejected": "RE", "paid": "PD"}  # Peppol Invoice Response
_log = structlog.get_logger(__name__)


class Keeper:
    """Does what is due, one thing after the other; any number of processes may.

    Args:
        inbox: The inbox.
        network: Who is told of decisions.
        poll_seconds: How long to wait when nothing is due.
    """

    def __init__(self, inbox: Inbox, network: SandboxNetwork, poll_seconds: float = 1) -> None:
        self._inbox = inbox
        self._network = network
        self._poll_seconds = poll_seconds

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        while not stop.is_set():
            if not self.work_once():
                stop.wait(self._poll_seconds)

    def work_once(self) -> bool:
        """Do one thing that is due; False when there is none."""
        now = clock.now()
        due = work.take(self._inbox.database, now, _PATIENCE)
        if due is None:
            return False
        if due.kind == "read":
            self._read(due)
        else:
            self._answer(due)
        return True

    def _read(self, due: Work) -> None:
        made = None
        if due.attempts > _READINGS:
            made = failed(f"it ended {_READINGS} processes that read it")
        self._inbox.read(due.tenant, due.received_id, clock.now(), made)

    def _answer(self, due: Work) -> None:
        with self._inbox.database.transaction(due.tenant) as tx:
            row = self._inbox.get(tx, due.received_id)
            arrivals = repository.arrivals(tx, [row.id])
        code, name = _CODES[row.business], public_id("rcv", row.id)
        if row.business == "paid":  # an answer of its own: the network may know the decision
            name = f"{name}-paid"
        for one in arrivals:
            if one.channel != NETWORK or one.message_id is None:
                continue
            try:
                self._network.receiver.respond(
                    one.message_id,
                    name,
                    code,
                    reason_code=row.decision_code,
                    reason=row.decision_reason,
                )
            except TransmissionError as error:
                _log.warning("inbox_answer_failed", error=str(error), attempts=due.attempts)
                if not isinstance(error, Refused) and due.attempts < _ANSWERS:
                    return
        with self._inbox.database.transaction(due.tenant) as tx:
            work.done(tx, due.received_id, "answer")
