"""The base of every business group, and the composite data types of EN 16931-1 clause 6.5."""

import re
from typing import Annotated

from pydantic import AfterValidator, Base64Bytes, BaseModel, BeforeValidator, ConfigDict, Field

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml_text(value: str) -> str:
    if found := _NOT_IN_XML.search(value):
        raise ValueError(f"holds U+{ord(found[0]):04X}, a character that XML cannot carry")
    return value


Text = Annotated[str, AfterValidator(_xml_text), Field(max_length=100_000)]
"""Any text that XML can carry, as written."""


class Group(BaseModel):
    """A business group: immutable, and strict about names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64")


class SchemedIdentifier(Group):
    """An identifier with the list it comes from; plain text in JSON means one without a scheme.

    `scheme_identifier` is an ICD code (ISO/IEC 6523) or, for electronic addresses, an EAS code;
    for item classifications (BT-158) it is a UNTDID 7143 code with an optional version.
    """

    value: Text
    scheme_identifier: Text | None = None
    scheme_version_identifier: Text | None = None


def _from_text(value: object) -> object:
    return {"value": value} if isinstance(value, str) else value


Identifier = Annotated[SchemedIdentifier, BeforeValidator(_from_text)]


class BinaryObject(Group):
    """An attached file (BT-125): base64 in JSON, bytes in Python."""

    content: Base64Bytes
    mime_code: Text
    filename: Text
