"""The record of "sandbox-authority", a made-up tax authority for sandbox entities.

No country has this scheme, and nothing in it is law. It has the shape of the real ones that clear
invoices over an ordered chain, so that everything around them can be built and tried: each record
names its predecessor's digest and its place, is signed, and is printed as a QR code.
"""

from typing import Final, Literal

from formats.sandbox_scheme.record import (
    SCHEME,
    Record,
    RecordError,
    digest,
    qr_payload,
    read,
    write,
)
from formats.sandbox_scheme.signed import MEDIA_TYPE, opened, sealed, usable

COUNTED_IN: Final[tuple[Literal["taxpayer"], ...]] = ("taxpayer",)
"""Whose chain it is: its authority keeps one for each seller."""

__all__ = [
    "COUNTED_IN",
    "MEDIA_TYPE",
    "SCHEME",
    "Record",
    "RecordError",
    "digest",
    "opened",
    "qr_payload",
    "read",
    "sealed",
    "usable",
    "write",
]
