"""Numbers of cash invoices: premise, device, sequence; and who counts.

Source: FURS, Tehnična dokumentacija 1.3 (InvoiceIdentifier, NumberingStructure). The sequence has
no gaps: the law's own word is "zaporedna številka".
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from typing_extensions import override

_TEXT = re.compile(r"([0-9A-Za-z]{1,20})-([0-9A-Za-z]{1,20})-([1-9][0-9]{0,19})", re.ASCII)
_MOST = 10**20  # sequences have twenty digits at most


class InvoiceNumberError(ValueError):
    """It is no number of a cash invoice; the message says why."""


class Numbering(StrEnum):
    """Who counts invoices, by FURS's own letters."""

    BY_DEVICE = "B"  # each device for itself
    BY_PREMISE = "C"  # one sequence for all devices of a business premise


@dataclass(frozen=True, slots=True)
class InvoiceNumber:
    """The number of a cash invoice: `TRGOVINA1-BLAG2-1234`.

    Attributes:
        premise: The business premise, 1 to 20 letters and digits.
        device: The electronic device, likewise.
        sequence: From 1.
    """

    premise: str
    device: str
    sequence: int

    def __post_init__(self) -> None:
        if not 1 <= self.sequence < _MOST or _TEXT.fullmatch(str(self)) is None:
            raise InvoiceNumberError(
                "a number is premise-device-sequence: twice 1 to 20 letters and digits, and a"
                " sequence from 1 of at most 20 digits"
            )

    @override
    def __str__(self) -> str:
        return f"{self.premise}-{self.device}-{self.sequence}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as it stands on an invoice (BT-1).

        Raises:
            InvoiceNumberError: It has not those three parts, or leading zeros.
        """
        found = _TEXT.fullmatch(text)
        if found is None:
            raise InvoiceNumberError(f"{text!r} is not premise-device-sequence")
        return cls(found[1], found[2], int(found[3]))

    def series(self, numbering: Numbering) -> tuple[str, ...]:
        """Return what it is counted in: two numbers of one series never have one sequence."""
        if numbering is Numbering.BY_PREMISE:
            return (self.premise,)
        return (self.premise, self.device)

    def follows(self, previous: Self, numbering: Numbering) -> bool:
        """Tell whether it is the next one after another, in one series and without a gap."""
        together = self.series(numbering) == previous.series(numbering)
        return together and self.sequence == previous.sequence + 1
