"""Numbers of cash invoices: sequence, premise, device; and who counts.

Source: Zakon o fiskalizaciji (NN 89/25), and Porezna uprava, Tehnička specifikacija za korisnike
2.6 (BrRac, OznSlijed). Printed as `1234/POSL1/12`; sequences have no gaps in a year.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from typing_extensions import override

_TEXT = re.compile(r"([1-9][0-9]{0,19})/([0-9A-Za-z]{1,20})/([0-9]{1,20})", re.ASCII)
_MOST = 10**20  # sequences have twenty digits at most


class InvoiceNumberError(ValueError):
    """It is no number of a cash invoice; the message says why."""


class Numbering(StrEnum):
    """Who counts invoices, by the authority's own letters."""

    BY_DEVICE = "N"  # each device for itself ("naplatni uređaj")
    BY_PREMISE = "P"  # one sequence for all devices of a business premise ("poslovni prostor")


@dataclass(frozen=True, slots=True)
class InvoiceNumber:
    """The number of a cash invoice: `1234/POSL1/12`.

    Attributes:
        sequence: From 1.
        premise: The business premise, 1 to 20 letters and digits.
        device: The device that issues, 1 to 20 digits.
    """

    sequence: int
    premise: str
    device: str

    def __post_init__(self) -> None:
        if not 1 <= self.sequence < _MOST or _TEXT.fullmatch(str(self)) is None:
            raise InvoiceNumberError(
                "a number is sequence/premise/device: a sequence from 1 of at most 20 digits, 1 to"
                " 20 letters and digits, 1 to 20 digits"
            )

    @override
    def __str__(self) -> str:
        return f"{self.sequence}/{self.premise}/{self.device}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as it stands on an invoice (BT-1).

        Raises:
            InvoiceNumberError: It has not those three parts, or leading zeros.
        """
        found = _TEXT.fullmatch(text)
        if found is None:
            raise InvoiceNumberError(f"{text!r} is not sequence/premise/device")
        return cls(int(found[1]), found[2], found[3])

    def series(self, numbering: Numbering) -> tuple[str, ...]:
        """Return what it is counted in: two numbers of one series never have one sequence."""
        if numbering is Numbering.BY_PREMISE:
            return (self.premise,)
        return (self.premise, self.device)
