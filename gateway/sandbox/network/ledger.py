"""The access point's own book: what it received, answered, signalled. SQLite, synchronous=FULL.

The tables are read by others (`gateway fsck`, tests), so their columns are a contract:

* `message`: one row per Message-Id; `state` is `accepted` or `refused`; `answer` is the exact
  signed text first answered; `duplicates` counts identical resends; `payload` the bytes.
* `signal`: what is to be said later about an accepted message; `layer` is `network` or `buyer`,
  `code` an MLS or Invoice Response code.
* `counter`: how often each fault fired, and what else was seen.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gateway.sandbox.kit.ledger import Book

_TABLES = """
create table if not exists message (
  message_id  text primary key,
  digest      text not null,
  sender      text not null,
  receiver    text not null,
  seller      text,
  number      text,
  type_code   text,
  state       text not null check (state in ('accepted', 'refused')),
  status      integer not null,
  answer      text not null,
  reason      text,
  flagged     integer not null default 0,
  duplicates  integer not null default 0,
  received_at text not null,
  payload     blob not null
);
create index if not exists message_document on message (seller, number, type_code);
create table if not exists signal (
  id           text primary key,
  message_id   text not null references message (message_id),
  layer        text not null,
  code         text not null,
  envelope     text not null,
  issued_at    text not null,
  due_at       real,
  copies       integer not null default 1,
  pushes       integer not null default 0,
  failures     integer not null default 0,
  outcome      text not null default 'waiting'
               check (outcome in ('waiting', 'taken', 'refused', 'given_up'))
);
create index if not exists signal_due on signal (due_at) where outcome = 'waiting';
"""


_ABOUT = "message_id = :message_id and due_at is not null"


@dataclass(frozen=True, slots=True)
class Entry:
    """A message as it is entered in the book.

    Attributes:
        message_id: The sender's id of the message.
        digest: `sha-256=:...:` of the bytes received (RFC 9530).
        sender: Participant id of the envelope.
        receiver: Participant id of the envelope.
        state: `accepted` or `refused`.
        status: HTTP status of the answer.
        answer: The signed receipt or refusal.
        received_at: ISO 8601, UTC.
        payload: The bytes received.
        seller: What names the seller in the document.
        number: BT-1.
        type_code: BT-3.
        reason: Why it was refused.
        flagged: True when the same document had been accepted before under another id.
    """

    message_id: str
    digest: str
    sender: str
    receiver: str
    state: str
    status: int
    answer: str
    received_at: str
    payload: bytes
    seller: str | None = None
    number: str | None = None
    type_code: str | None = None
    reason: str | None = None
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Signal:
    """Something to be said about an accepted message.

    Attributes:
        id: Its own id, the same in every copy.
        message_id: The message it is about.
        layer: `network` or `buyer`.
        code: MLS (AB, AP, RE) or Invoice Response (AB, IP, UQ, CA, RE, AP, PD) code.
        envelope: The signed text that is pushed.
        issued_at: ISO 8601, UTC.
        due_at: When to push it, seconds of the epoch; None: held back until the message is
            handed over, or found to be for nobody here.
        copies: How often to push it (2: the fault `duplicate_signals`).
        failures: How often pushing failed so far.
    """

    id: str
    message_id: str
    layer: str
    code: str
    envelope: str
    issued_at: str
    due_at: float | None
    copies: int = 1
    failures: int = 0


class Ledger(Book):
    """The access point's pages of the book."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _TABLES)

    def message(self, message_id: str) -> dict[str, Any] | None:
        """Return a message as entered, or None if it was never seen."""
        rows = self.execute("select * from message where message_id = ?", (message_id,))
        return dict(rows[0]) if rows else None

    def accepted_as(self, seller: str, number: str, type_code: str) -> str | None:
        """Return the id of the message under which this document was accepted, if it was."""
        rows = self.execute(
            "select message_id from message where state = 'accepted' and seller = ?"
            " and number = ? and type_code = ? order by rowid limit 1",
            (seller, number, type_code),
        )
        return str(rows[0]["message_id"]) if rows else None

    def enter(self, entry: Entry, signals: list[Signal]) -> None:
        """Enter a message and what will be said about it; inside `writing`.

        Raises:
            sqlite3.IntegrityError: The message id is entered already.
        """
        self.insert("message", asdict(entry))
        for signal in signals:
            self.enter_signal(signal)

    def enter_signal(self, signal: Signal) -> None:
        """Enter something to be said; inside `writing`."""
        self.insert("signal", asdict(signal))

    def count_duplicate(self, message_id: str) -> None:
        """Note that the same bytes came again under the same id."""
        self.execute(
            "update message set duplicates = duplicates + 1 where message_id = ?", (message_id,)
        )

    def take_due(
        self, now: float, busy_until: float, message_id: str | None = None
    ) -> list[Signal]:
        """Return signals to push now, and hide them from other pushers until `busy_until`.

        Args:
            now: Seconds of the epoch.
            busy_until: If this pusher dies, they are due again then.
            message_id: Only those about this message, due or not.
        """
        condition = "due_at <= :now" if message_id is None else _ABOUT
        with self.writing():
            rows = self.execute(
                "select * from signal where outcome = 'waiting' and "  # noqa: S608 - two constants
                f"{condition} order by due_at limit 4",
                {"now": now, "message_id": message_id},
            )
            for row in rows:
                self.execute("update signal set due_at = ? where id = ?", (busy_until, row["id"]))
        names = Signal.__dataclass_fields__
        return [Signal(**{name: row[name] for name in names}) for row in rows]

    def pushed(self, signal_id: str, outcome: str, pushes: int) -> None:
        """Note how a signal ended: `taken`, `refused` or `given_up`."""
        self.execute(
            "update signal set outcome = ?, pushes = pushes + ?, due_at = null where id = ?",
            (outcome, pushes, signal_id),
        )

    def push_later(self, signal_id: str, due_at: float) -> None:
        """Note that pushing failed, and when to try again."""
        self.execute(
            "update signal set failures = failures + 1, due_at = ? where id = ?",
            (due_at, signal_id),
        )

    def issued_signals(self, message_id: str, now: float) -> list[str]:
        """Return the envelopes of what has been said about a message so far, oldest first."""
        rows = self.execute(
            "select envelope from signal where message_id = ?"
            " and (outcome <> 'waiting' or failures > 0 or due_at <= ?) order by issued_at",
            (message_id, now),
        )
        return [str(row["envelope"]) for row in rows]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return a table without its bulky columns, oldest first."""
        if table not in {"message", "signal"}:
            raise KeyError(table)
        bulky = {"payload", "answer", "envelope"}
        return [
            {name: value for name, value in dict(row).items() if name not in bulky}
            for row in self.execute(f"select * from {table} order by rowid")  # noqa: S608 - one of two constants
        ]
