"""What a mender proposes: changes of the canonical invoice, and what they follow from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from formats.en16931.model import Invoice
from formats.en16931.rules.base import plain
from formats.profile import Profile


class Gone(Enum):
    """The value of a place that is to be removed."""

    GONE = "gone"


GONE = Gone.GONE

JsonValue = str | int | bool | None | Mapping[str, object]
"""What can be written at a place. Amounts are texts, as the canonical invoice has them."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change.

    Attributes:
        pointer: JSON pointer into the canonical invoice.
        value: What to write there; `GONE` to remove what is there.
    """

    pointer: str
    value: JsonValue | Gone


@dataclass(frozen=True, slots=True)
class Mend:
    """Changes that belong together: one cause, whatever the number of rules that notice it.

    Attributes:
        rules: Ids of the rules that it satisfies.
        edits: All of them, or none.
        place: Where those rules find it broken; the findings of the rules at, above or below
            that place are mended. None: wherever they find it.
        because: JSON pointers to what the new values follow from; they are tested before anything
            is changed.
    """

    rules: frozenset[str]
    edits: tuple[Edit, ...]
    place: str | None = None
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What a mender looks at.

    Attributes:
        invoice: As it was judged.
        rules: The ids of the rules that were found broken.
        profile: What it is to be written as, where that is known.
        stated: Tells whether the caller wrote the value of a place: what was computed from the
            rest agrees with it anyway, and proves nothing.
    """

    invoice: Invoice
    rules: frozenset[str]
    profile: Profile | None = None
    stated: Callable[[str], bool] = lambda _pointer: True

    def broken(self, rules: frozenset[str]) -> frozenset[str]:
        """Return which of these rules were found broken."""
        return self.rules & rules


Mender = Callable[[Case], Iterator[Mend]]
"""Proposes what is certain; yields nothing where more than one thing could be meant."""


def amount(value: Decimal) -> str:
    """Write an amount into JSON."""
    return plain(value)
