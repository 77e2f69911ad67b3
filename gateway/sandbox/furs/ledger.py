"""What the authority knows: premises beside the kit's registrations, and gaps in numbers."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.sandbox.kit.ledger import Book

TABLE = """
create table if not exists premise (
  tax_number    text not null,
  premise       text not null,
  state         text not null check (state in ('open', 'closed')),
  valid_from    text not null,
  registered_at text not null,
  message_id    text not null,
  content       text not null,
  primary key (tax_number, premise)
);
"""
SHOWN = 20
"""So many missing numbers are named."""


class Premises:
    """The register of business premises."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def state(self, tax_number: str, premise: str) -> str | None:
        """Return `open` or `closed`; None for one that was never registered."""
        rows = self._book.execute(
            "select state from premise where tax_number = ? and premise = ?",
            (tax_number, premise),
        )
        return str(rows[0]["state"]) if rows else None

    def enter(self, said: Mapping[str, Any], message_id: str, at: str) -> None:
        """Register a premise, or change what is known of it."""
        self._book.execute(
            "insert or replace into premise values (?, ?, ?, ?, ?, ?, ?)",
            (
                str(said["TaxNumber"]),
                said["BusinessPremiseID"],
                "closed" if said.get("ClosingTag") == "Z" else "open",
                said["ValidityDate"],
                at,
                message_id,
                json.dumps(said, ensure_ascii=False, default=str),
            ),
        )

    def rows(self) -> list[dict[str, Any]]:
        """Return them all."""
        return [dict(row) for row in self._book.execute("select * from premise order by rowid")]


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that are counted together.

    Attributes:
        tax_number: Whose.
        premise: Where.
        device: Of which device; `*` where the premise counts for all.
        numbers: What was registered, sorted.
    """

    tax_number: str
    premise: str
    device: str
    numbers: tuple[int, ...]

    @property
    def missing(self) -> int:
        """How many numbers between the first and the last are not there."""
        return self.numbers[-1] - self.numbers[0] + 1 - len(set(self.numbers))

    def gaps(self) -> Iterator[int]:
        """Return the missing numbers, from the first."""
        for one, other in zip(self.numbers, self.numbers[1:], strict=False):
            yield from range(one + 1, other)


def series(remarks: list[Mapping[str, Any]]) -> list[Series]:
    """Return the series of what was registered, by what was remarked of each invoice."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for one in remarks:
        if "number" in one:
            device = one["device"] if one["numbering"] == "B" else "*"
            key = (one["tax_number"], one["premise"], device)
            found.setdefault(key, []).append(one["number"])
    return [Series(*key, tuple(sorted(numbers))) for key, numbers in found.items()]
