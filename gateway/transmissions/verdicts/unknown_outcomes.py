"""What to do with each authority when bytes went out and no valid answer came, as data.

An adapter's `Conduct` must agree with its row: the contract suite compares them, and asks the
authority whether both are right. docs/unknown-outcomes.md shows the rows.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

Resend = Literal["always", "absent", "never"]
Confidence = Literal["A", "B", "C", "M"]


@dataclass(frozen=True, slots=True)
class UnknownOutcome:
    """One authority.

    Attributes:
        authority: Its name.
        resend: Whether the same bytes may go again: always, only where the other side says it has
            never seen them, or never.
        how: What must be the same.
        ask: How the other side is asked; empty where it cannot be, or need not.
        wait: After this time "never seen" can be believed.
        arrived: What tells that the first one arrived.
        note: For people.
        source: Who says so.
        confidence: How good that is: `A` to `C`, or `M` from memory.
    """

    authority: str
    resend: Resend
    arrived: tuple[str, ...]
    source: str
    confidence: Confidence
    how: str = ""
    ask: str = ""
    wait: timedelta = timedelta(0)
    note: str = ""

    @property
    def resend_is_safe(self) -> bool:
        """True when the other side recognises the same bytes; see `Conduct`."""
        return self.resend == "always"


@cache
def unknown_outcomes() -> Mapping[str, UnknownOutcome]:
    """Return every authority's row by its name."""
    file = resources.files(__package__) / "unknown_outcomes.toml"
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["outcomes"]
    made = [
        UnknownOutcome(
            authority=row["authority"],
            resend=row["resend"],
            arrived=tuple(row["arrived"]),
            source=row["source"],
            confidence=row["confidence"],
            how=row.get("how", ""),
            ask=row.get("ask", ""),
            wait=timedelta(minutes=row.get("wait_minutes", 0)),
            note=row.get("note", ""),
        )
        for row in rows
    ]
    return MappingProxyType({one.authority: one for one in made})
