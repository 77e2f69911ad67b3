"""Handing accepted messages over to the receiver's system, where that is known to the address.

The access point is the receiver's: what it took it brings to the door behind it, signed, until the
door has answered. A door that knows no such receiver says so (404); then the script plays the
buyer, whose answers are held back until that is known.
"""

from dataclasses import dataclass

from gateway.kit.clock import now
from gateway.sandbox.kit import courier
from gateway.sandbox.kit.courier import Courier
from gateway.sandbox.network.ledger import Ledger

_BUSY = 40.0  # seconds a taken message is hidden from the other threads
_TIMEOUT = 30.0
_ELSEWHERE = 404

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
                (moment, courier.AT_ONCE),
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
    """Hands over what is due."""

    def __init__(self, book: HandoverBook, url: str) -> None:
        self._book = book
        self._url = url
        self._courier = Courier(book.take_due, self._hand_over, busy=_BUSY)

    def start(self) -> None:
        """Begin."""
        self._courier.start()

    def stop(self) -> None:
        """Finish what is being handed over and end."""
        self._courier.stop()

    def _hand_over(self, one: Handover) -> None:
        headers = {"Content-Type": "application/xml", "Delivery-Statement": one.statement}
        status = courier.post(self._url, one.payload, headers, timeout=_TIMEOUT)
        again_at = courier.again_at(one.failures + 1)
        if status in courier.TAKEN:
            outcome = "taken"
        elif status == _ELSEWHERE:
            outcome = "elsewhere"
        elif status in courier.FINAL:
            outcome = "refused"
        elif again_at is None:
            outcome = "given_up"
        else:
            self._book.later(one.message_id, again_at)
            return
        self._book.ended(one.message_id, outcome, now().timestamp())
