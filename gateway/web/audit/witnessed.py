"""Who put a name under a head of the log, as it stands in the signed note."""

import datetime
from dataclasses import dataclass

from gateway.archive.notes import Signature
from gateway.kit.clock import written

_STAMP = 8  # bytes: seconds since 1970, big-endian (C2SP tlog-cosignature)
_COSIGNATURE = _STAMP + 64
_LATEST = 253402300799  # the last second that has a date


@dataclass(frozen=True, slots=True)
class Vouched:
    """A line under a head that is not the log's own.

    Attributes:
        name: Whose.
        at: When, as the witness says; empty where the line says no time.
    """

    name: str
    at: str


def vouched(signature: Signature) -> Vouched:
    """Read a line; it is not judged."""
    if len(signature.value) != _COSIGNATURE:
        return Vouched(signature.name, "")
    at = int.from_bytes(signature.value[:_STAMP], "big")
    if at > _LATEST:
        return Vouched(signature.name, "")
    return Vouched(signature.name, written(datetime.datetime.fromtimestamp(at, datetime.UTC)))
