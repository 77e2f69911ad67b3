"""The base of every business group, and the composite data types of EN 16931-1 clause 6.5."""

import base64
import datetime
import re
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

# All but [2] Char of XML 1.0; `re` counts a class out code point by code point, so the small one.
_NOT_IN_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


XML_WHITE_SPACE = " \t\r\n"
"""What XML takes for white space; `str.strip()` alone would take no-break spaces too."""


def _xml_text(value: str) -> str:
    if found := _NOT_IN_XML.search(value):
        raise ValueError(f"holds U+{ord(found[0]):04X}, a character that XML cannot carry")
    return value


Text = Annotated[str, AfterValidator(_xml_text), Field(strict=True, max_length=100_000)]
"""Any text that XML can carry, as written. Only strings: a number never becomes a text."""


_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _calendar_day(value: object) -> object:
    if isinstance(value, datetime.datetime) or not isinstance(value, str | datetime.date):
        raise ValueError('write dates as strings, e.g. "2026-11-30"')  # noqa: TRY004
    if isinstance(value, datetime.date):
        return value
    if not _DAY.fullmatch(value):
        raise ValueError("is not a date written YYYY-MM-DD")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError("is not a day of the calendar") from None


IsoDate = Annotated[
    datetime.date,
    BeforeValidator(_calendar_day, json_schema_input_type=datetime.date),
    Field(examples=["2026-11-30"]),
]
"""A day as `YYYY-MM-DD`, years 0001 to 9999. Pydantic's own dates also take Unix timestamps."""


_TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?")


def _time_of_day(value: str) -> str:
    if not _TIME.fullmatch(value):
        raise ValueError("is not a time written hh:mm:ss, with a fraction or time zone if need be")
    return value


IsoTime = Annotated[Text, AfterValidator(_time_of_day), Field(examples=["12:30:00+01:00"])]
"""A time of day as xs:time has it, kept as written: what zone it is in is part of it."""

Indicator = Annotated[bool, Field(strict=True)]
"""True or false; a text never becomes one."""


class Group(BaseModel):
    """A business group: immutable, and strict about names it does not know."""

    # Readers make groups of values they have checked themselves (`formats/binding`), so pydantic's
    # own checks are made where JSON first asks for them: a quarter of a second later, or never.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class SchemedIdentifier(Group):
    """An identifier with the list it comes from; plain text in JSON means one without a scheme.

    `scheme_identifier` is an ICD code (ISO/IEC 6523) or, for electronic addresses, an EAS code;
    for item classifications (BT-158) it is a UNTDID 7143 code, and they alone have a version.
    """

    value: Text
    scheme_identifier: Text | None = None
    scheme_version_identifier: Text | None = None


def _from_text(value: object) -> object:
    return {"value": value} if isinstance(value, str) else value


def _without_version(value: SchemedIdentifier) -> SchemedIdentifier:
    if value.scheme_version_identifier is not None:
        raise ValueError("has a scheme version, which only item classifications (BT-158) have")
    return value


Identifier = Annotated[
    SchemedIdentifier, BeforeValidator(_from_text), AfterValidator(_without_version)
]
ClassificationIdentifier = Annotated[SchemedIdentifier, BeforeValidator(_from_text)]


def _from_base64(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return base64.b64decode(value, validate=True)
    except ValueError:  # binascii.Error, or characters outside ASCII
        raise ValueError("is not base64 (RFC 4648 section 4)") from None


def _to_base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


# Not pydantic's own types: they write the URL-safe alphabet, or encode twice on a round trip.
_Binary = Annotated[
    bytes,
    BeforeValidator(_from_base64, json_schema_input_type=str),
    PlainSerializer(_to_base64, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "contentEncoding": "base64"}),
]


class BinaryObject(Group):
    """An attached file (BT-125): base64 in JSON, bytes in Python."""

    content: _Binary
    mime_code: Text
    filename: Text
