"""The authority's ledger: every record as it came, and how each invoice stands."""

import json
from dataclasses import dataclass
from typing import Any

from gateway.sandbox.kit.ledger import Book
from gateway.sandbox.kit.registrations import Registration, Registrations
from gateway.sandbox.verifactu.record import Record

TABLE = """
create table if not exists invoice (
  invoice  text primary key,
  issuer   text not null,
  number   text not null,
  day      text not null,
  month    text not null,
  state    text not null,
  code     text not null,
  request  text not null,
  key      text not null,
  at       text not null,
  amount   text not null
);
create index if not exists invoice_month on invoice (issuer, month, number);
"""


@dataclass(frozen=True, slots=True)
class Invoice:
    """How an invoice stands.

    Attributes:
        invoice: Its name.
        issuer: The NIF.
        number: Series and number.
        day: Of issue, as written.
        month: `2026-11`, of the day of operation or else of issue.
        state: `Correcta`, `AceptadaConErrores` or `Anulada`.
        code: Of what must be mended; "" for nothing.
        request: In which request its last record came.
        key: Of that record.
        at: When it came.
        amount: ImporteTotal as written; "" after a cancellation without a registration.
    """

    invoice: str
    issuer: str
    number: str
    day: str
    month: str
    state: str
    code: str
    request: str
    key: str
    at: str
    amount: str


class Ledger:
    """Entries about records and invoices, in the authority's book."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.registered = Registrations(book)

    def invoice(self, name: str) -> Invoice | None:
        """Return how an invoice stands; None when it was never accepted."""
        rows = self._book.execute("select * from invoice where invoice = ?", (name,))
        return Invoice(**dict(rows[0])) if rows else None

    def record(self, key: str) -> Registration | None:
        """Return a record by its key."""
        return self.registered.find(key)

    def last(self, owner: str) -> Registration | None:
        """Return the last record of an installation, refused or not."""
        return self.registered.last(owner)

    def enter(  # noqa: PLR0913 - what is kept of a record
        self, record: Record, line: str, *, state: str, code: str, at: str, message_id: str
    ) -> None:
        """Enter a record, or note that it came again and what became of it now."""
        key, owner = key_of(record), owner_of(record)
        accepted = "refused" if state == "Incorrecto" else "accepted"
        kind = "alta" if record.is_alta else "anulacion"
        remark = json.dumps({"kind": kind, "state": state, "invoice": record.invoice})
        if self.registered.find(key) is not None:
            self.registered.again(key)
            self._book.execute(
                "update registration set state = ?, answer = ?, reason = ?, remark = ?"
                " where key = ? and state = 'refused'",
                (accepted, line, code or None, remark, key),
            )
            return
        before = self.registered.last(owner)
        self.registered.enter(
            Registration(
                key=key,
                owner=owner,
                position=1 if before is None else (before.position or 0) + 1,
                digest=record.huella,
                state=accepted,
                status=200,
                answer=line,
                reason=code or None,
                registered_at=at,
                message_id=message_id,
                number=record.names[1],
                remark=remark,
                content=record.content,
            )
        )

    def stand(self, invoice: Invoice) -> None:
        """Note how an invoice stands now."""
        names = Invoice.__slots__
        places = ", ".join("?" for _ in names)
        values = tuple(getattr(invoice, name) for name in names)
        self._book.execute(f"insert or replace into invoice values ({places})", values)  # noqa: S608 - our own number of places

    def of_month(self, issuer: str, month: str) -> list[Invoice]:
        """Return a seller's invoices of a month, by number and day."""
        rows = self._book.execute(
            "select * from invoice where issuer = ? and month = ? order by number, day",
            (issuer, month),
        )
        return [Invoice(**dict(row)) for row in rows]

    def month(self, month: str) -> list[Invoice]:
        """Return everybody's invoices of a month."""
        rows = self._book.execute(
            "select * from invoice where month = ? order by invoice", (month,)
        )
        return [Invoice(**dict(row)) for row in rows]

    def invoices(self) -> list[dict[str, Any]]:
        """Return how all invoices stand, for people."""
        return [dict(row) for row in self._book.execute("select * from invoice order by rowid")]


def key_of(record: Record) -> str:
    """Return what names a record: its installation, invoice and huella."""
    return "|".join((owner_of(record), record.invoice, record.huella))


def owner_of(record: Record) -> str:
    """Return what has a chain: a seller and an installation."""
    return f"{record.names[0]}/{record.system}"
