"""The script: what network and buyer will say about an accepted message."""

import threading
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

NETWORK_CODES = ("AB", "AP", "RE", "none")
"""Peppol MLS: delivery unconfirmed, delivered, refused; `none`: the network stays silent."""

BUYER_CODES = ("AB", "IP", "UQ", "CA", "RE", "AP", "PD", "none")
"""Peppol Invoice Response: acknowledged, in process, under query, conditionally accepted,
rejected, accepted, paid; `none`: the buyer stays silent."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is said about the messages that match.

    Attributes:
        network: One of `NETWORK_CODES`.
        buyer: One of `BUYER_CODES`; unheard when the network refuses or is silent.
        receiver: Only for this participant id.
        number: Only for this document number.
    """

    network: str = "AP"
    buyer: str = "AP"
    receiver: str | None = None
    number: str | None = None

    def __post_init__(self) -> None:
        if self.network not in NETWORK_CODES or self.buyer not in BUYER_CODES:
            raise ValueError(f"network is one of {NETWORK_CODES}, buyer one of {BUYER_CODES}")


class Script:
    """The lines in force; the first that matches is played, else all is accepted."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: tuple[Line, ...] = ()
        self._duplicates = "flag"
        self._unreachable: frozenset[str] = frozenset()

    @property
    def refuses_duplicates(self) -> bool:
        """True when a document that came before under another id is refused, not only flagged.

        Peppol recognises duplicates by message id alone; access points store and flag the rest.
        """
        with self._lock:
            return self._duplicates == "refuse"

    def knows(self, participant: str) -> bool:
        """Tell whether somebody receives under a participant id; usually everybody does."""
        with self._lock:
            return participant not in self._unreachable

    def replace(
        self, lines: list[dict[str, Any]], duplicates: str, unreachable: Collection[str] = ()
    ) -> None:
        """Put another script in force.

        Args:
            lines: The members of `Line`, first match first.
            duplicates: What becomes of a document accepted before under another message id:
                `refuse`, or `flag` (accepted and marked, as some access points do).
            unreachable: Participant ids that are in no directory: messages to them are refused.

        Raises:
            ValueError: A value is not one of those allowed.
            TypeError: A line has an unknown member.
        """
        if duplicates not in {"refuse", "flag"}:
            raise ValueError("duplicates is refuse or flag")
        parsed = tuple(Line(**line) for line in lines)
        with self._lock:
            self._lines, self._duplicates = parsed, duplicates
            self._unreachable = frozenset(unreachable)

    def line(self, receiver: str, number: str | None) -> Line:
        """Return what will be said about a message."""
        with self._lock:
            for line in self._lines:
                if line.receiver in {None, receiver} and line.number in {None, number}:
                    return line
        return Line()

    def as_json(self) -> dict[str, Any]:
        """Return the script as `replace` takes it."""
        with self._lock:
            return {
                "lines": [asdict(line) for line in self._lines],
                "duplicates": self._duplicates,
                "unreachable": sorted(self._unreachable),
            }
