"""What the local authorities were asked and what they said, in memory, newest last."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gateway.sandbox.kit.ledger import Book

_MOST = 100_000  # questions; older ones are forgotten, the counters are not
_TABLE = """
create table asked (
  at text, service text, operation text, number text, requester text, outcome text,
  consultation_number text, trouble text
);
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question.

    Attributes:
        at: ISO 8601, UTC.
        service: `vies`, `test`, `hmrc` or `token`.
        operation: `checkVat`, `checkVatApprox`, `lookup` or `token`; "" for what is none.
        number: What was asked about.
        requester: Who asked, if he said so.
        outcome: `valid`, `invalid`, or the fault that was answered.
        consultation_number: What was given out as proof.
        trouble: The fault of the plane that befell it, if one did.
    """

    at: str
    service: str
    operation: str
    number: str
    requester: str
    outcome: str
    consultation_number: str = ""
    trouble: str = ""


class Ledger(Book):
    """The book. Thread-safe."""

    def __init__(self) -> None:
        super().__init__(Path(":memory:"), _TABLE)

    def enter(self, asked: Asked) -> None:
        """Enter a question with what was said."""
        with self.writing():
            self.insert("asked", asdict(asked))
            self.execute(
                "delete from asked where rowid <= (select max(rowid) from asked) - ?", (_MOST,)
            )
            self.count(f"{asked.service}:asked")
            self.count(f"{asked.service}:{asked.trouble or asked.outcome}")
            if asked.trouble:
                self.count(f"fault:{asked.trouble}")

    def clear(self) -> None:
        """Begin a new book."""
        with self.writing():
            self.execute("delete from asked")
            self.execute("delete from counter")

    def as_json(self) -> dict[str, Any]:
        """Return the book."""
        rows = self.execute("select * from asked order by rowid")
        counters = self.counters()
        return {
            "asked": [dict(row) for row in rows],
            "counters": {
                name: value for name, value in counters.items() if not name.startswith("fault:")
            },
        }
