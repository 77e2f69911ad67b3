"""Handing accepted messages over to the receiver's system, where that is known to the address.

The access point is the receiver's: what it took it brings to the door behind it, signed, until the
door has answered. A door that knows no such receiver says so (404); then the script plays the
buyer, whose answers are held back until that is known.
"""

import http.client
import threading
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from gateway.kit.clock import now
from gateway.sandbox.network.ledger import Ledger

_ATTEMPTS = 12
_FIRST_DELAY = 0.25  # seconds; doubles up to
_LONGEST_DELAY = 30.0
_BUSY = 40.0  # seconds a taken message is hidden from the other threads
_TIMEOUT = 30.0
_IDLE = 0.05  # seconds between looks into the book
_AT_ONCE = 4
_TAKEN = range(200, 300)
_ELSEWHERE = 404
_FINAL = frozenset({400, 401, 403, 409, 410, 413, 415, 422})

_TABLE = """
create table if not exists handover (
  message_id text primary key references message (message_id),
  statement  text not null,
  due_at     real,
  failures   integer not null default 0,
  outcome    text not null default 'waiting'
             check (outcome in ('waiting', 'taken', 'elsewhere', 'refused', 'given_up'))
)
"""


@dataclass(frozen=True, slots=True)
class Handover:
    """A message to be handed over: its bytes, and the signed statement about them."""

    message_id: str
    statement: str
    payload: bytes
    failures: int


class HandoverBook:
    """The pages of the ledger about it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        ledger.execute(_TABLE)

    def enter(self, message_id: str, statement: str, due_at: float) -> None:
        """Note what is to be handed over; inside `Ledger.writing`."""
        self._ledger.execute(
            "insert into handover (message_id, statement, due_at) values (?, ?, ?)",
            (message_id, statement, due_at),
        )

    def outcome(self, message_id: str) -> str | None:
        """Return where it stands; None for what is not handed over at all."""
        rows = self._ledger.execute(
            "select outcome from handover where message_id = ?", (message_id,)
        )
        return str(rows[0]["outcome"]) if rows else None

    def take_due(self, moment: float, busy_until: float) -> list[Handover]:
        """Return what is due, and hide it from others until `busy_until`."""
        with self._ledger.writing():
            rows = self._ledger.execute(
                "select h.message_id, h.statement, h.failures, m.payload from handover h"
                " join message m on m.message_id = h.message_id"
                " where h.outcome = 'waiting' and h.due_at <= ? order by h.due_at limit ?",
                (moment, _AT_ONCE),
            )
            for row in rows:
                self._ledger.execute(
                    "update handover set due_at = ? where message_id = ?",
                    (busy_until, row["message_id"]),
                )
        names = Handover.__slots__
        return [Handover(**{name: row[name] for name in names}) for row in rows]

    def later(self, message_id: str, due_at: float) -> None:
        """Note that there was no answer, and when to try again."""
        self._ledger.execute(
            "update handover set failures = failures + 1, due_at = ? where message_id = ?",
            (due_at, message_id),
        )

    def ended(self, message_id: str, outcome: str, moment: float) -> None:
        """Note the outcome; the scripted buyer speaks only where nobody else does."""
        with self._ledger.writing():
            self._ledger.execute(
                "update handover set outcome = ?, due_at = null where message_id = ?",
                (outcome, message_id),
            )
            held = "message_id = ? and layer = 'buyer' and outcome = 'waiting' and due_at is null"
            if outcome == "elsewhere":
                self._ledger.execute(
                    f"update signal set due_at = ? where {held}",  # noqa: S608 - a constant
                    (moment, message_id),
                )
            else:
                self._ledger.execute(f"delete from signal where {held}", (message_id,))  # noqa: S608 - a constant


class Porter:
    """Hands over what is due, in a few threads."""

    def __init__(self, book: HandoverBook, url: str) -> None:
        self._book = book
        self._url = urllib.parse.urlsplit(url)
        self._stop = threading.Event()
        self._threads = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="handover")
        self._loop = threading.Thread(target=self._run, name="handovers", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._loop.start()

    def stop(self) -> None:
        """Finish what is being handed over and end."""
        self._stop.set()
        self._loop.join()
        self._threads.shutdown(wait=True)

    def _run(self) -> None:
        while not self._stop.is_set():
            moment = now().timestamp()
            due = self._book.take_due(moment, moment + _BUSY)
            list(self._threads.map(self._hand_over, due))
            if not due:
                self._stop.wait(_IDLE)

    def _hand_over(self, one: Handover) -> None:
        status = self._post(one)
        moment = now().timestamp()
        if status in _TAKEN:
            self._book.ended(one.message_id, "taken", moment)
        elif status == _ELSEWHERE:
            self._book.ended(one.message_id, "elsewhere", moment)
        elif status in _FINAL:
            self._book.ended(one.message_id, "refused", moment)
        elif one.failures + 1 >= _ATTEMPTS:
            self._book.ended(one.message_id, "given_up", moment)
        else:
            delay = min(_LONGEST_DELAY, _FIRST_DELAY * 2**one.failures)
            self._book.later(one.message_id, moment + delay)

    def _post(self, one: Handover) -> int:
        """Return the HTTP status, 0 when there was no answer."""
        connection = http.client.HTTPConnection(
            self._url.hostname or "", self._url.port or 80, timeout=_TIMEOUT
        )
        headers = {"Content-Type": "application/xml", "Delivery-Statement": one.statement}
        try:
            connection.request("POST", self._url.path or "/", body=one.payload, headers=headers)
            answer = connection.getresponse()
            answer.read(65536)
        except (OSError, http.client.HTTPException):
            return 0
        else:
            return answer.status
        finally:
            connection.close()
