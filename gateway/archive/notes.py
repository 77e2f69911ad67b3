"""Signed notes: a text, and who signed it (C2SP signed-note, c2sp.org/signed-note).

The text ends in a newline; after a blank line follows one line per signature:
`— <key name> <base64(key id || signature)>`. Only Ed25519 (type 0x01) is written here; signatures
of other keys (a witness's cosignature) are carried and ignored, as the specification asks.
"""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from typing_extensions import override

MAX_NOTE = 1_000_000  # bytes; the limit of Go's sumdb/note, the oldest reader
MAX_SIGNATURES = 100
_ED25519 = b"\x01"
_MARK = "\u2014 "


class NoteError(ValueError):
    """A note, a key or a signature is not what the specification says."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with its name: what a reader of a log must be told once."""

    ALGORITHM: ClassVar[bytes] = _ED25519

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(c.isspace() for c in self.name):
            raise NoteError("a key name is not empty and holds neither spaces nor '+'")

    @property
    def key_id(self) -> bytes:
        """First four bytes of SHA-256(name || 0x0A || algorithm || public key)."""
        named = self.name.encode() + b"\n" + self.ALGORITHM + self.public_key
        return sha256(named).digest()[:4]

    @override
    def __str__(self) -> str:
        """Return the verifier key: `<name>+<key id, hex>+<base64(algorithm || public key)>`."""
        key = base64.b64encode(self.ALGORITHM + self.public_key).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a verifier key.

        Raises:
            NoteError: It is not one, or its key id is not that of its key.
        """
        parts = text.strip().split("+", 2)  # base64 may hold a plus itself
        if len(parts) != 3:  # noqa: PLR2004
            raise NoteError("a verifier key looks like <name>+<key id>+<key>")
        name, key_id, encoded = parts
        key = decode_base64(encoded)
        if key[:1] != cls.ALGORITHM or len(key) != 33:  # noqa: PLR2004 - type byte, 32 bytes of key
            raise NoteError(f"only Ed25519 keys of type 0x{cls.ALGORITHM.hex()} count here")
        verifier = cls(name, key[1:])
        if verifier.key_id.hex() != key_id:
            raise NoteError("the key id is not that of the key")
        return verifier


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line."""

    name: str
    key_id: bytes
    value: bytes


def decode_base64(text: str) -> bytes:
    """Decode standard base64 that has exactly one spelling.

    Raises:
        NoteError: It is not base64, or bits are set that no encoder would set.
    """
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError("this is not base64") from error
    if base64.b64encode(value).decode() != text:
        raise NoteError("this base64 has padding bits that should be zero")
    return value


def sign(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """Return the note of `text` with one signature."""
    if not text.endswith("\n"):
        raise NoteError("the text of a note ends in a newline")
    verifier = Verifier(name, key.public_key().public_bytes_raw())
    signature = verifier.key_id + key.sign(text.encode())
    return f"{text}\n{_MARK}{name} {base64.b64encode(signature).decode()}\n"


def split(note: str) -> tuple[str, tuple[Signature, ...]]:
    """Take a note apart without checking a signature.

    Raises:
        NoteError: It is not a note.
    """
    if len(note) > MAX_NOTE or any(c < " " and c != "\n" for c in note):
        raise NoteError("a note is short and holds no control characters")
    text, blank, tail = note.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise NoteError("a note is a text, a blank line and signature lines")
    lines = tail[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteError("too many signatures")
    return text + "\n", tuple(_signature(line) for line in lines)


def verify(note: str, verifier: Verifier) -> str:
    """Return the text of a note that `verifier` signed.

    Raises:
        NoteError: It is not a note, or this key did not sign this text exactly once.
    """
    text, signatures = split(note)
    own = [s for s in signatures if (s.name, s.key_id) == (verifier.name, verifier.key_id)]
    if len(own) != 1:
        raise NoteError(f"{len(own)} signatures by {verifier.name}, one is expected")
    try:
        Ed25519PublicKey.from_public_bytes(verifier.public_key).verify(own[0].value, text.encode())
    except (InvalidSignature, ValueError) as error:
        raise NoteError(f"the signature by {verifier.name} is not valid") from error
    return text


def signature_line(signature: Signature) -> str:
    """Return a signature as it stands under a note, with its newline."""
    value = base64.b64encode(signature.key_id + signature.value).decode()
    return f"{_MARK}{signature.name} {value}\n"


def _signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_MARK).partition(" ")
    if not line.startswith(_MARK) or not name or "+" in name or not space:
        raise NoteError("a signature line looks like '\u2014 <name> <base64>'")
    value = decode_base64(encoded)
    if len(value) <= 4:  # noqa: PLR2004 - the key id comes first
        raise NoteError("the signature is too short")
    return Signature(name, value[:4], value[4:])
