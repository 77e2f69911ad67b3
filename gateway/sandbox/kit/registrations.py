"""What was registered, and what was answered then. The duplicate rules are the authority's own.

The table is read by others (`gateway fsck`, tests), so its columns are a contract:

* `key` names what was sent, as the authority tells one thing from another; it is there once;
* `owner` is whose it is and `position` its place among his, where there is an order;
* `state` is `accepted` or `refused`, `answer` the exact text first answered, `repeats` how often
  the same came again, `content` the bytes.
"""

from dataclasses import asdict, dataclass
from typing import Any

from gateway.sandbox.kit.ledger import Book

TABLE = """
create table if not exists registration (
  key           text primary key,
  owner         text not null,
  position      integer,
  digest        text not null,
  state         text not null check (state in ('accepted', 'refused')),
  status        integer not null,
  answer        text not null,
  reason        text,
  repeats       integer not null default 0,
  registered_at text not null,
  message_id    text not null default '',
  number        text not null default '',
  remark        text not null default '',
  content       blob not null
);
create unique index if not exists registration_position
  on registration (owner, position) where position is not null;
create index if not exists registration_number on registration (owner, number);
"""


@dataclass(frozen=True, slots=True)
class Registration:
    """One thing that was sent, as it is entered.

    Attributes:
        key: What it is known by.
        owner: Whose it is.
        digest: Of what was sent: the same key with another digest is another thing.
        state: `accepted` or `refused`.
        status: HTTP status of the answer.
        answer: The signed text.
        registered_at: ISO 8601, UTC.
        content: The bytes.
        position: Its place among its owner's.
        reason: Why it was refused.
        message_id: The sender's name of the message.
        number: The document's number.
        remark: What the authority has to remember about it.
        repeats: How often it came again.
    """

    key: str
    owner: str
    digest: str
    state: str
    status: int
    answer: str
    registered_at: str
    content: bytes
    position: int | None = None
    reason: str | None = None
    message_id: str = ""
    number: str = ""
    remark: str = ""
    repeats: int = 0


class Registrations:
    """The pages of a book about them."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def enter(self, registration: Registration) -> None:
        """Enter one; inside `Book.writing`.

        Raises:
            sqlite3.IntegrityError: The key, or the owner's position, is taken.
        """
        self._book.insert("registration", asdict(registration))

    def find(self, key: str) -> Registration | None:
        """Return what is known by a key."""
        rows = self._book.execute("select * from registration where key = ?", (key,))
        return Registration(**dict(rows[0])) if rows else None

    def last(self, owner: str) -> Registration | None:
        """Return an owner's last one, by position."""
        rows = self._book.execute(
            "select * from registration where owner = ? and position is not null"
            " order by position desc limit 1",
            (owner,),
        )
        return Registration(**dict(rows[0])) if rows else None

    def behind(self, owner: str, position: int, most: int) -> list[Registration]:
        """Return an owner's from behind a position, in order, at most so many."""
        rows = self._book.execute(
            "select * from registration where owner = ? and position > ?"
            " order by position limit ?",
            (owner, position, most),
        )
        return [Registration(**dict(row)) for row in rows]

    def accepted_as(self, owner: str, number: str) -> str | None:
        """Return the key under which an owner's document was accepted, if it was."""
        rows = self._book.execute(
            "select key from registration where owner = ? and number = ? and state = 'accepted'",
            (owner, number),
        )
        return str(rows[0]["key"]) if rows else None

    def again(self, key: str) -> None:
        """Note that the same came again."""
        self._book.execute("update registration set repeats = repeats + 1 where key = ?", (key,))

    def rows(self, owner: str | None = None) -> list[dict[str, Any]]:
        """Return them without their bulky columns, oldest first."""
        rows = self._book.execute(
            "select * from registration where ? is null or owner = ? order by rowid",
            (owner, owner),
        )
        bulky = {"answer", "content"}
        return [
            {name: value for name, value in dict(row).items() if name not in bulky} for row in rows
        ]
