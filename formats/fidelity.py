"""What a conversion lost: every term, where it stood, and what became of it.

Nothing is lost in silence: what a reader leaves behind, what a target has no room for and what
comes back different when the written document is read again, all of it is in the report.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from formats.en16931.group import BinaryObject
from formats.en16931.hashing import plain_value

SHOWN = 200
"""Characters of a value that a report shows; of a longer one the beginning, its size and hash."""
_BEGINNING = 60


class Fate(StrEnum):
    """What became of a value: gone, there but different, or in a note (BT-22, BT-127)."""

    DROPPED = "dropped"
    APPROXIMATED = "approximated"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Loss:
    """One value that the result does not hold as the source did.

    Attributes:
        fate: What became of it.
        value: As text; long and binary values by size and sha256. None for what the source did
            not say and the target does.
        detail: What happened, in words.
        term: Id of the business term; None for what is none.
        name: The term in words, e.g. "Project reference".
        pointer: JSON pointer into the canonical invoice; None for what never got there.
        source: Where it stood: XPath with positions in XML, cell (`Lines!C7`, `C7`) in a
            spreadsheet, JSON pointer in JSON, name of the file in a PDF.
        line: Line of the source, from 1, where it has lines and they are known.
    """

    fate: Fate
    value: str | None
    detail: str
    term: str | None = None
    name: str | None = None
    pointer: str | None = None
    source: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class FidelityReport:
    """Everything a conversion lost."""

    losses: tuple[Loss, ...] = ()

    @property
    def lossless(self) -> bool:
        """True when the result says everything that the source said, each in its own term."""
        return not self.losses


class LossyConversionError(ValueError):
    """A strict conversion would lose something; nothing is returned.

    Attributes:
        report: What would be lost.
    """

    def __init__(self, report: FidelityReport) -> None:
        count = len(report.losses)
        first = report.losses[0]
        what = first.term or first.source or first.name
        super().__init__(
            f"{count} value{'s' * (count != 1)} would be lost, the first is {what}: {first.detail}"
        )
        self.report = report


def shown(value: object) -> str | None:
    """Return a value as a report shows it."""
    if value is None:
        return None
    if isinstance(value, BinaryObject):
        return f"{value.filename or 'file'} ({_digest(value.content, 'bytes')})"
    if isinstance(value, bytes):
        return f"({_digest(value, 'bytes')})"
    plain = plain_value(value)
    text = plain if isinstance(plain, str) else _flat(plain)
    if len(text) <= SHOWN:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f"{text[:_BEGINNING]}... ({len(text)} characters, sha256 {digest})"


def _digest(content: bytes, unit: str) -> str:
    return f"{len(content)} {unit}, sha256 {hashlib.sha256(content).hexdigest()}"


def _flat(value: object) -> str:
    """Return an identifier with its scheme as people write it."""
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values())
    return str(value)
