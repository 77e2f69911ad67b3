"""The values of VeriFactu as its schemas spell them."""

import datetime
import re
from decimal import Decimal

from formats.xml import WHITESPACE, UnreadableDocumentError

_AMOUNT = re.compile(r"[+-]?[0-9]{1,14}(\.[0-9]{0,2})?")
_DAY = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


class Moment(str):
    """A moment as it is written (xs:dateTime): the huella counts its characters."""

    __slots__ = ()

    @classmethod
    def of(cls, moment: datetime.datetime) -> "Moment":
        """Write a moment with its offset, to the second.

        Raises:
            ValueError: It has no zone.
        """
        if moment.tzinfo is None:
            raise ValueError("a record's moment has a zone")
        return cls(moment.replace(microsecond=0).isoformat())

    @property
    def moment(self) -> datetime.datetime:
        """The moment; without a zone where none is written."""
        return datetime.datetime.fromisoformat(self.strip(WHITESPACE))


class XmlSignature(str):
    """A `ds:Signature` as it stands in a record, as XML text; its bytes count."""

    __slots__ = ()


def amount(text: str) -> Decimal:
    """Read an amount or a percentage; its zeros are kept.

    Raises:
        UnreadableDocumentError: It is none.
    """
    if not _AMOUNT.fullmatch(text):
        raise UnreadableDocumentError("not-a-decimal", f"{text[:40]!r} is not an amount.")
    return Decimal(text)


def integer(text: str) -> int:
    """Read a whole number.

    Raises:
        UnreadableDocumentError: It is none.
    """
    if not _INTEGER.fullmatch(text.strip(WHITESPACE)):
        raise UnreadableDocumentError("not-a-decimal", f"{text[:40]!r} is not a whole number.")
    return int(text)


def day(text: str) -> datetime.date:
    """Read a day as it is written in records: `31-12-2026`.

    Raises:
        UnreadableDocumentError: It is none.
    """
    found = _DAY.fullmatch(text)
    try:
        if found is not None:
            return datetime.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise UnreadableDocumentError("not-a-date", f"{text[:40]!r} is not a day as dd-mm-yyyy.")


def moment(text: str) -> Moment:
    """Read a moment.

    Raises:
        UnreadableDocumentError: It is none.
    """
    try:
        if _MOMENT.fullmatch(text.strip(WHITESPACE)):
            datetime.datetime.fromisoformat(text.strip(WHITESPACE))
            return Moment(text)
    except ValueError:
        pass
    raise UnreadableDocumentError("not-a-date", f"{text[:40]!r} is not a moment.")


def written(value: object) -> str:
    """Return a value as records have it."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.date):
        return f"{value.day:02}-{value.month:02}-{value.year:04}"
    return str(value)
