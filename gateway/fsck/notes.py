"""Signed checkpoints, read without the code that writes them."""

import base64
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_NOTE = re.compile(
    r"(?P<text>(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]*)\n(?P<root>[A-Za-z0-9+/]{43}=)\n)"
    r"\n(?P<signatures>(\u2014 [^\n ]+ [A-Za-z0-9+/=]+\n)+)"
)
_ED25519 = b"\x01"


class NoteError(ValueError):
    """A checkpoint or key cannot be read, or its signature is wrong."""


@dataclass(frozen=True, slots=True)
class Head:
    """Size and root of a log."""

    size: int
    root: bytes


def verified(note: str, key: str) -> Head:
    """Return what a checkpoint shows.

    Raises:
        NoteError: It cannot be read, is another log's, or is not signed with this key.
    """
    name, _, rest = key.strip().partition("+")
    try:
        typed = base64.b64decode(rest.partition("+")[2], validate=True)
        public = Ed25519PublicKey.from_public_bytes(typed[1:])
    except ValueError as error:
        raise NoteError("the log key cannot be read") from error
    key_id = sha256(name.encode() + b"\n" + typed).digest()[:4]
    if typed[:1] != _ED25519 or f"{key_id.hex()}+" not in rest:
        raise NoteError("the log key is not Ed25519, or not whole")
    found = _NOTE.fullmatch(note)
    if found is None:
        raise NoteError("this is not a signed checkpoint")
    if found["origin"] != name:
        raise NoteError(f"it is of the log {found['origin']}, not of {name}")
    for line in found["signatures"].splitlines():
        _, signer, encoded = line.split(" ")
        try:
            value = base64.b64decode(encoded, validate=True)
            if signer == name and value[:4] == key_id:
                public.verify(value[4:], found["text"].encode())
                return Head(int(found["size"]), base64.b64decode(found["root"]))
        except (ValueError, InvalidSignature) as error:
            raise NoteError("its signature is wrong") from error
    raise NoteError("it is not signed by the log")
