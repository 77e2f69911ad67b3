"""Where a fact comes from and how well it is known."""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Confidence(StrEnum):
    """How well a fact is known. Anything below `A` is to be read again before going live."""

    A = "A"
    """The statute's own text, or two sources that do not copy each other."""
    B = "B"
    """One good secondary source."""
    C = "C"
    """Weak, old, or contradicted by another source."""
    M = "M"
    """From memory; nobody looked it up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from, so the next reader can check it.

    Attributes:
        title: The act and its article, in the language of the law.
        url: The act, or the entrance of the portal that publishes it.
        read_on: When we last looked.
        confidence: How well the fact is known.
        note: What was actually read, when that was not the act; and what contradicts it.
    """

    title: str
    url: str
    read_on: datetime.date
    confidence: Confidence
    note: str = ""
