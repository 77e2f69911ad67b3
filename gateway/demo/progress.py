"""What the demo shows while it runs, and the one table at its end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from rich.live import Live
from rich.table import Table
from rich.text import Text

from gateway.kit.console import out

_COLOURS = {
    "accepted": "green",
    "accepted_with_warnings": "green",
    "delivered": "cyan",
    "refused": "yellow",
    "failed": "red",
    "rejected": "red",
    "action_required": "red",
}


@dataclass(slots=True)
class Row:
    """One document of the demo, as far as it got.

    Attributes:
        title: What it shows.
        country: The seller's country.
        id, number, profile: Once it is stored, issued.
        layers: `3 of 4` layers of validation ran and found nothing fatal.
        status: Headline; `refused` while the API refuses it.
        trail: The headlines it went through.
        digest: sha256 of the issued bytes.
        verified: What the offline verifier said of its bundle.
        remark: Reason and fix of a refusal.
        not_judged: Layers without a verdict, and why.
    """

    title: str
    country: str
    id: str | None = None
    entity: str | None = None
    number: str = ""
    profile: str = ""
    layers: str = ""
    status: str = "waiting"
    trail: list[str] = field(default_factory=list)
    digest: str = ""
    verified: str = ""
    remark: str = ""
    not_judged: list[str] = field(default_factory=list)

    def moved(self, status: str) -> None:
        """Note a headline, once."""
        if not self.trail or self.trail[-1] != status:
            self.trail.append(status)
        self.status = status


def live_table(rows: Sequence[Row]) -> Table:
    """Return the table shown while documents move."""
    table = Table(title="Submitting and following", title_justify="left")
    for name in ("document", "country", "number", "status", "way so far"):
        table.add_column(name)
    for row in rows:
        table.add_row(
            row.title, row.country, row.number, _coloured(row.status), " > ".join(row.trail)
        )
    return table


class Watch:
    """Shows the rows while they change: live on a terminal, each change on a line elsewhere."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._live = Live(live_table(rows), console=out, refresh_per_second=8)
        self._said: dict[str, str] = {}

    def __enter__(self) -> Self:
        if out.is_terminal:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.look()
        if out.is_terminal:
            self._live.stop()

    def look(self) -> None:
        """Show what is new."""
        if out.is_terminal:
            self._live.update(live_table(self._rows))
            return
        for row in self._rows:
            if self._said.get(row.title) != row.status:
                self._said[row.title] = row.status
                out.print(f"{row.country} {row.number or '-':12} {row.status:12} {row.title}")


def final_table(rows: Sequence[Row]) -> Table:
    """Return the demo's result."""
    table = Table(title="What was issued", title_justify="left")
    for name in (
        "number",
        "document",
        "profile",
        "layers",
        "status",
        "archive digest",
        "verified",
    ):
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(
            f"{row.country} {row.number}",
            row.title,
            row.profile,
            row.layers,
            _coloured(row.status),
            row.digest[:16],
            row.verified,
        )
    return table


def _coloured(status: str) -> Text:
    return Text(status, style=_COLOURS.get(status, ""))
