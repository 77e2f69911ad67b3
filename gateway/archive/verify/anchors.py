"""What others gave for heads of the log: cosignatures of witnesses, and time stamps."""

import base64
import binascii
import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from .canonical import MalformedError
from .cms import check_token
from .der import DerError
from .ed25519 import is_signed
from .result import Voucher
from .signed import SignedError

_COSIGNATURE = b"\x04"  # C2SP tlog-cosignature: the kind of a witness's key
_WITNESS = re.compile(r"(?P<name>[^\s+]+)\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/]+=*)")
_COSIGNED = re.compile(r"\u2014 (?P<name>[^\s+]+) (?P<value>[A-Za-z0-9+/]+=*)")
_AFTER_ID, _TYPED, _AFTER_TIME, _WHOLE = (
    4,
    33,
    12,
    76,
)  # bytes: key id, typed key, with the time, with it all
_LATEST = 253402300799  # the last second that a date can name


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head of the log that somebody else has.

    Attributes:
        kind: `witness`, `file`, `webhook`, `e-mail` or `time-stamp`.
        size: Its leaves.
        note: The signed checkpoint.
        receipt: What was given for it, in base64; None: nothing.
    """

    kind: str
    size: int
    note: str
    receipt: object


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """Whose cosignatures count."""

    name: str
    id: bytes
    public: bytes


def read_witness(text: str) -> WitnessKey:
    """Read `<name>+<key id>+<base64 key>` of a witness.

    Raises:
        SignedError: It is no key, or not one of a witness.
    """
    found = _WITNESS.fullmatch(text.strip())
    typed = b"" if found is None else _decoded_base64(found["key"])
    if found is None or len(typed) != _TYPED or typed[:1] != _COSIGNATURE:
        raise SignedError("this is not a witness's key <name>+<key id>+<key>")
    key_id = sha256(found["name"].encode() + b"\n" + typed).digest()[:_AFTER_ID]
    if key_id.hex() != found["id"]:
        raise SignedError("the key id does not belong to the witness's key")
    return WitnessKey(found["name"], key_id, typed[1:])


def cosigned(
    heads: Iterable[tuple[int, str]], witnesses: Sequence[WitnessKey]
) -> dict[WitnessKey, Voucher]:
    """Return the cosignature of the largest head for each witness that made any.

    Args:
        heads: Leaves and signed note of each, whose log is known to be one.
        witnesses: Whose.
    """
    found = dict[WitnessKey, Voucher]()
    for size, note in sorted(heads):
        text, _, lines = note.rpartition("\n\n")
        for line in lines.split("\n"):
            given = _COSIGNED.fullmatch(line)
            if given is None:
                continue
            value = _decoded_base64(given["value"])
            for one in witnesses:
                at = _made_at(one, given["name"], value, f"{text}\n")
                if at is not None:
                    found[one] = Voucher("witness", one.name, at, size)
    return found


def judged(anchor: Anchor) -> Voucher | None:
    """Return the time stamp over a head; None: there is none, or it cannot be checked here.

    Raises:
        MalformedError: It does not hold.
    """
    if anchor.kind != "time-stamp" or not isinstance(anchor.receipt, str):
        return None
    try:
        stamp = check_token(_decoded_base64(anchor.receipt), anchor.note.encode())
    except DerError as error:
        what = f"the time stamp over the head of {anchor.size} leaves does not hold: {error}"
        raise MalformedError(what) from error
    if stamp.who is None or stamp.at is None:
        return None
    return Voucher("time-stamp", stamp.who, stamp.at.isoformat(), anchor.size)


def with_receipt(anchor: Anchor) -> str:
    """Return the note of a head with the cosignature that was given for it."""
    if anchor.kind != "witness" or not isinstance(anchor.receipt, str):
        return anchor.note
    return anchor.note + _decoded_base64(anchor.receipt).decode("utf-8", "replace")


def _made_at(witness: WitnessKey, name: str, value: bytes, text: str) -> str | None:
    """Return when a witness made a cosignature, as it says; None: it did not, or it is wrong."""
    if name != witness.name or value[:_AFTER_ID] != witness.id or len(value) != _WHOLE:
        return None
    at = int.from_bytes(value[_AFTER_ID:_AFTER_TIME], "big")
    message = f"cosignature/v1\ntime {at}\n{text}".encode("utf-8", "surrogatepass")
    if at > _LATEST or not is_signed(witness.public, message, value[_AFTER_TIME:]):
        return None
    return datetime.datetime.fromtimestamp(at, datetime.UTC).isoformat()


def _decoded_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
