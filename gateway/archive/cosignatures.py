"""Cosignatures: what a witness says of another's log (C2SP tlog-cosignature, Ed25519).

A witness signs a checkpoint, and when: that of all it saw of this log this is the largest, and
that it only grew. Its key has an algorithm byte of its own (0x04), so that no log's key is taken
for a witness's, nor the other way round.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gateway.archive.notes import NoteError, Signature, Verifier, signature_line, split

_HEADER = "cosignature/v1"
_STAMP = 8  # bytes: seconds since 1970, big-endian
_SIGNATURE = 64
_LATEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Witness(Verifier):
    """The public key of a witness, with its name."""

    ALGORITHM: ClassVar[bytes] = b"\x04"


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A cosignature that was checked.

    Attributes:
        witness: Whose.
        at: When it was made, as the witness says: seconds since 1970.
        line: As it stands under the checkpoint, with its newline.
    """

    witness: Witness
    at: int
    line: str


def cosign(text: str, name: str, key: Ed25519PrivateKey, at: int) -> str:
    """Return the signature line of a witness under the text of a checkpoint."""
    witness = Witness(name, key.public_key().public_bytes_raw())
    stamp = at.to_bytes(_STAMP, "big")
    value = witness.key_id + stamp + key.sign(_message(text, at))
    return f"\u2014 {name} {base64.b64encode(value).decode()}\n"


def cosignatures(note: str, witnesses: Iterable[Witness]) -> tuple[Cosignature, ...]:
    """Return the good cosignatures of known witnesses under a signed checkpoint, one for each.

    Signatures of others are ignored, as the specification asks.

    Raises:
        NoteError: It is no note, or a known witness's line is wrong or stands there twice.
    """
    text, signatures = split(note)
    known = {(one.name, one.key_id): one for one in witnesses}
    found = dict[Witness, Cosignature]()
    for signature in signatures:
        witness = known.get((signature.name, signature.key_id))
        if witness is None:
            continue
        if witness in found:
            raise NoteError(f"two cosignatures by {witness.name}")
        found[witness] = _checked(text, signature, witness)
    return tuple(found.values())


def _checked(text: str, signature: Signature, witness: Witness) -> Cosignature:
    if len(signature.value) != _STAMP + _SIGNATURE:
        raise NoteError(f"the cosignature by {witness.name} has another length")
    at = int.from_bytes(signature.value[:_STAMP], "big")
    if at > _LATEST:
        raise NoteError(f"the cosignature by {witness.name} is of no time")
    key = Ed25519PublicKey.from_public_bytes(witness.public_key)
    try:
        key.verify(signature.value[_STAMP:], _message(text, at))
    except InvalidSignature as error:
        raise NoteError(f"the cosignature by {witness.name} is not valid") from error
    return Cosignature(witness, at, signature_line(signature))


def _message(text: str, at: int) -> bytes:
    return f"{_HEADER}\ntime {at}\n{text}".encode()
