"""What the local KSeF remembers: things of a kind by their id, and invoices with their bytes."""

import json
from typing import Any

from gateway.sandbox.kit.ledger import Book

TABLES = """
create table if not exists thing (
  kind    text not null,
  id      text not null,
  context text not null,
  value   text not null,
  primary key (kind, id)
);
create index if not exists thing_context on thing (kind, context);
create table if not exists invoice (
  reference   text primary key,
  session     text not null,
  context     text not null,
  ordinal     integer not null,
  status      integer not null,
  due         real not null,
  hash        text not null,
  seller      text,
  kind        text,
  number      text,
  ksef_number text unique,
  buyer       text,
  stored_at   text,
  content     blob,
  value       text not null
);
create index if not exists invoice_session on invoice (session, ordinal);
create index if not exists invoice_due on invoice (status, due);
create index if not exists invoice_identity on invoice (seller, kind, number);
create index if not exists invoice_hash on invoice (hash);
create table if not exists file (
  id      text primary key,
  content blob not null
);
"""

Json = dict[str, Any]


class Shelf:
    """Things.

    Args:
        book: With `TABLES`.
    """

    def __init__(self, book: Book) -> None:
        self.book = book

    def put(self, kind: str, identifier: str, value: Json, context: str = "") -> None:
        """Keep a thing, in place of the one that is there."""
        self.book.execute(
            "insert or replace into thing values (?, ?, ?, ?)",
            (kind, identifier, context, json.dumps(value)),
        )

    def get(self, kind: str, identifier: str) -> Json | None:
        """Return a thing."""
        rows = self.book.execute(
            "select value from thing where kind = ? and id = ?", (kind, identifier)
        )
        return json.loads(rows[0]["value"]) if rows else None

    def change(self, kind: str, identifier: str, **members: object) -> Json:
        """Change members of a thing that is there, and return it."""
        value = {**(self.get(kind, identifier) or {}), **members}
        self.book.execute(
            "update thing set value = ? where kind = ? and id = ?",
            (json.dumps(value), kind, identifier),
        )
        return value

    def drop(self, kind: str, identifier: str) -> bool:
        """Forget a thing, and tell whether it was there."""
        return bool(
            self.book.execute(
                "delete from thing where kind = ? and id = ? returning id", (kind, identifier)
            )
        )

    def all(self, kind: str, context: str | None = None) -> list[Json]:
        """Return things in the order they came, all or those of a context."""
        if context is None:
            rows = self.book.execute(
                "select value from thing where kind = ? order by rowid", (kind,)
            )
        else:
            rows = self.book.execute(
                "select value from thing where kind = ? and context = ? order by rowid",
                (kind, context),
            )
        return [json.loads(row["value"]) for row in rows]

    def write_file(self, identifier: str, content: bytes) -> None:
        """Keep bytes."""
        self.book.execute("insert or replace into file values (?, ?)", (identifier, content))

    def read_file(self, identifier: str) -> bytes | None:
        """Return bytes."""
        rows = self.book.execute("select content from file where id = ?", (identifier,))
        return rows[0]["content"] if rows else None
