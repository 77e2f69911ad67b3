"""Signed notes and checkpoints as this verifier accepts them (C2SP signed-note, tlog-checkpoint).

Stricter than the specification: one spelling for everything, and only Ed25519 decides.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from .ed25519 import is_signed

_ED25519 = b"\x01"
_KEY = re.compile(r"(?P<name>[^\s+]+)\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/]+=*)")
_LINE = re.compile(r"\u2014 (?P<name>[^\s+]+) (?P<signature>[A-Za-z0-9+/]+=*)")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_KEY_ID = 4


class SignedError(ValueError):
    """A key, a note or a checkpoint is malformed, or its signature is wrong."""


@dataclass(frozen=True, slots=True)
class Key:
    """A verifier key: name, key id and Ed25519 public key."""

    name: str
    id: bytes
    public: bytes


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log."""

    origin: str
    size: int
    root: bytes


def read_key(text: str) -> Key:
    """Read `<name>+<key id>+<base64 key>`.

    Raises:
        SignedError: It is not a key, or not one for Ed25519.
    """
    found = _KEY.fullmatch(text.strip())
    if found is None:
        raise SignedError("this is not a verifier key <name>+<key id>+<key>")
    try:
        typed = _base64(found["key"])
    except SignedError as error:
        raise SignedError("the verifier key is not base64") from error
    if typed[:1] != _ED25519 or len(typed) != 33:  # noqa: PLR2004 - type byte, 32 bytes of key
        raise SignedError("this is not an Ed25519 verifier key")
    key_id = sha256(found["name"].encode() + b"\n" + typed).digest()[:_KEY_ID]
    if key_id.hex() != found["id"]:
        raise SignedError("the key id does not belong to the key")
    return Key(found["name"], key_id, typed[1:])


def signed_text(note: bytes, key: Key) -> str:
    """Return the text of a note, once the key's one signature over it has been checked.

    Raises:
        SignedError: It is not a note, or not signed by this key.
    """
    try:
        decoded = note.decode()
    except UnicodeDecodeError as error:
        raise SignedError("a note is UTF-8") from error
    head, blank, tail = decoded.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise SignedError("a note is a text, a blank line and signatures")
    text, mine = head + "\n", []
    for line in tail[:-1].split("\n"):
        found = _LINE.fullmatch(line)
        if found is None:
            raise SignedError("a line after the text is not a signature")
        value = _base64(found["signature"])
        if found["name"] == key.name and value[:_KEY_ID] == key.id:
            mine.append(value[_KEY_ID:])
    if len(mine) != 1:
        raise SignedError(f"it is not signed by {key.name} with key {key.id.hex()}")
    if not is_signed(key.public, text.encode(), mine[0]):
        raise SignedError(f"the signature of {key.name} does not fit the text")
    return text


def read_checkpoint(note: bytes, key: Key) -> Checkpoint:
    """Read a checkpoint signed by the log.

    Raises:
        SignedError: It is not one, or not this log's.
    """
    lines = signed_text(note, key).split("\n")
    if len(lines) < 4 or lines[-1]:  # noqa: PLR2004 - three lines, and what follows the last
        raise SignedError("a checkpoint is an origin, a size and a root")
    origin, size, root = lines[0], lines[1], _base64(lines[2])
    if origin != key.name:
        raise SignedError(f"the checkpoint is of the log {origin}, the key of {key.name}")
    if not _SIZE.fullmatch(size) or len(root) != 32:  # noqa: PLR2004 - SHA-256
        raise SignedError("the size or the root of the checkpoint cannot be read")
    return Checkpoint(origin, int(size), root)


def _base64(text: str) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise SignedError("base64 is expected") from error
    if base64.b64encode(value).decode() != text:
        raise SignedError("base64 has bits that no encoder sets")
    return value
