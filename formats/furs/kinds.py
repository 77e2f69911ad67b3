"""Values in messages to FURS: what they may be, and how JSON and XML spell them.

Both spellings hold the same values. Where the two official schemas differ the narrower one holds,
so that what is written is valid by either.
"""

import datetime
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal

from typing_extensions import override

from formats.lexical import xs_boolean, xs_date, xs_decimal
from formats.xml import WHITESPACE, UnreadableDocumentError

_CENT = Decimal("0.01")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}.*)?", re.ASCII)
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?",
    re.ASCII,
)
_MICROSECONDS = 6  # digits; what is smaller is cut off


class Kind(ABC):
    """A kind of value."""

    @abstractmethod
    def check(self, value: object) -> object:
        """Return a value as it is kept.

        Raises:
            ValueError: It is none of this kind; the message says why.
        """

    @abstractmethod
    def text(self, value: object) -> str:
        """Return what XML holds."""

    @abstractmethod
    def from_text(self, text: str) -> object:
        """Read what XML holds.

        Raises:
            ValueError: It is none of this kind.
        """

    def json(self, value: object) -> object:
        """Return what JSON holds."""
        return self.text(value)

    def from_json(self, value: object) -> object:
        """Read what JSON holds, as `parse_json` returns it.

        Raises:
            ValueError: It is none of this kind.
        """
        if not isinstance(value, str):
            raise ValueError("must be a string")  # noqa: TRY004 - it is the text that is wrong
        return self.from_text(value)


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """A string.

    Attributes:
        most: Characters.
        least: Characters.
        pattern: What it must match.
        says: The pattern for people.
    """

    most: int
    least: int = 1
    pattern: str = r"(?s:.*)"
    says: str = ""

    @override
    def check(self, value: object) -> str:
        if not isinstance(value, str):
            raise ValueError("must be a string")  # noqa: TRY004
        if not self.least <= len(value) <= self.most:
            raise ValueError(f"must have {self.least} to {self.most} characters")
        if re.fullmatch(self.pattern, value, re.ASCII) is None:
            raise ValueError(f"must be {self.says}")
        return value

    @override
    def text(self, value: object) -> str:
        return str(value)

    @override
    def from_text(self, text: str) -> str:
        return text


@dataclass(frozen=True, slots=True)
class Code(Kind):
    """One of a few words, or the error code `S001`, which FURS writes in small letters, too."""

    pattern: str

    @override
    def check(self, value: object) -> str:
        if not isinstance(value, str) or re.fullmatch(self.pattern, value, re.ASCII) is None:
            raise ValueError(f"must match {self.pattern}")
        return value

    @override
    def text(self, value: object) -> str:
        return str(value)

    @override
    def from_text(self, text: str) -> str:
        return text.upper()


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A decimal number with two decimals, of an amount or a rate.

    Attributes:
        below: What its size is smaller than.
    """

    below: int

    @override
    def check(self, value: object) -> Decimal:
        if not isinstance(value, Decimal):
            raise ValueError("must be a Decimal")  # noqa: TRY004
        if not value.is_finite() or abs(value) >= self.below:
            raise ValueError(f"must be smaller than {self.below}")
        kept = value.quantize(_CENT)
        if kept != value:
            raise ValueError("must not have more than two decimals")
        return abs(kept) if kept == 0 else kept  # no -0.00

    @override
    def text(self, value: object) -> str:
        return f"{value:f}"

    @override
    def from_text(self, text: str) -> Decimal:
        return xs_decimal(text)

    @override
    def json(self, value: object) -> object:
        return value

    @override
    def from_json(self, value: object) -> Decimal:
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            raise ValueError("must be a number")  # noqa: TRY004
        return Decimal(value)


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number.

    Attributes:
        least, most: Its bounds.
    """

    least: int
    most: int

    @override
    def check(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError("must be a whole number")  # noqa: TRY004
        if not self.least <= value <= self.most:
            raise ValueError(f"must be {self.least} to {self.most}")
        return value

    @override
    def text(self, value: object) -> str:
        return str(value)

    @override
    def from_text(self, text: str) -> int:
        found = re.fullmatch(r"[0-9]{1,20}", text.strip(WHITESPACE), re.ASCII)
        if found is None:
            raise ValueError("must be a whole number")
        return int(found[0])

    @override
    def json(self, value: object) -> object:
        return value

    @override
    def from_json(self, value: object) -> object:
        if isinstance(value, Decimal) and value == value.to_integral_value():
            return int(value)  # JSON Schema takes 365.0 for a whole number
        return value


@dataclass(frozen=True, slots=True)
class TaxNumber(Kind):
    """Eight digits; JSON has them as a number, so the first one is not 0."""

    @override
    def check(self, value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"[1-9][0-9]{7}", value, re.ASCII):
            raise ValueError("must be eight digits, the first of them not 0")
        return value

    @override
    def text(self, value: object) -> str:
        return str(value)

    @override
    def from_text(self, text: str) -> str:
        return text.strip(WHITESPACE)

    @override
    def json(self, value: object) -> object:
        return int(str(value))

    @override
    def from_json(self, value: object) -> str:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError("must be a number of eight digits")  # noqa: TRY004
        return str(value)


@dataclass(frozen=True, slots=True)
class Boolean(Kind):
    """Yes or no."""

    @override
    def check(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise ValueError("must be true or false")  # noqa: TRY004
        return value

    @override
    def text(self, value: object) -> str:
        return "true" if value else "false"

    @override
    def from_text(self, text: str) -> bool:
        return xs_boolean(text)

    @override
    def json(self, value: object) -> object:
        return value

    @override
    def from_json(self, value: object) -> object:
        return value


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A day. The JSON schema calls it a date-time; the manual's example is a day."""

    @override
    def check(self, value: object) -> datetime.date:
        if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
            raise ValueError("must be a day")  # noqa: TRY004
        return value

    @override
    def text(self, value: object) -> str:
        return self.check(value).isoformat()

    @override
    def from_text(self, text: str) -> datetime.date:
        found = _DAY.fullmatch(text.strip(WHITESPACE))
        return xs_date(found[1] if found else text)


@dataclass(frozen=True, slots=True)
class Moment(Kind):
    """A moment as it is written: Slovenian local time without a zone, or with one."""

    @override
    def check(self, value: object) -> datetime.datetime:
        if not isinstance(value, datetime.datetime):
            raise ValueError("must be a moment")  # noqa: TRY004
        return value

    @override
    def text(self, value: object) -> str:
        moment = self.check(value)
        fraction = "milliseconds" if moment.microsecond % 1000 == 0 else "microseconds"
        written = moment.isoformat(timespec=fraction if moment.microsecond else "seconds")
        return written.removesuffix("+00:00") + "Z" if written.endswith("+00:00") else written

    @override
    def from_text(self, text: str) -> datetime.datetime:
        found = _MOMENT.fullmatch(text.strip(WHITESPACE))
        if found is None:
            raise ValueError("must look like 2015-08-07T13:05:24")
        fraction = (found[1] or "")[: _MICROSECONDS + 1]
        return datetime.datetime.fromisoformat(found[0][:19] + fraction + (found[2] or ""))


READING_ERRORS = (ValueError, ArithmeticError, UnreadableDocumentError)
"""What kinds raise for what is not theirs."""
