"""Checkpoints: the signed head of the log (C2SP tlog-checkpoint, c2sp.org/tlog-checkpoint).

The text is the log's origin, its size and its root in base64, one per line. Extension lines are
allowed by the specification; this log writes none and keeps those it reads.
"""

import base64
import functools
import re
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.archive.merkle import EMPTY_ROOT, HASH_SIZE
from gateway.archive.notes import NoteError, Verifier, decode_base64, sign, split, verify

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")  # no leading zeros
_LARGEST = 2**63 - 1  # fits a bigint
_BODY_LINES = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: so many leaves, this root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the text that is signed."""
        head = (self.origin, str(self.size), base64.b64encode(self.root).decode())
        return "".join(f"{line}\n" for line in (*head, *self.extensions))

    def sign(self, key: Ed25519PrivateKey) -> str:
        """Return the signed note; the key's name is the origin, as the specification advises."""
        return sign(self.text(), self.origin, key)

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the text of a checkpoint, its signatures left aside.

        Raises:
            NoteError: It is not one.
        """
        lines = text.split("\n")
        if len(lines) <= _BODY_LINES or lines.pop():
            raise NoteError("a checkpoint has an origin, a size and a root, each on its line")
        origin, size, encoded, *extensions = lines
        if not origin or not all(extensions):
            raise NoteError("a checkpoint has no empty line")
        if not _DECIMAL.fullmatch(size) or int(size) > _LARGEST:
            raise NoteError("the size of a checkpoint is a plain decimal number")
        root = decode_base64(encoded)
        if len(root) != HASH_SIZE or (size == "0" and root != EMPTY_ROOT):
            raise NoteError("the root of a checkpoint is a SHA-256 of that many leaves")
        return cls(origin, int(size), root, tuple(extensions))

    @classmethod
    def read(cls, note: str) -> "Checkpoint":
        """Read a signed checkpoint without checking who signed it.

        Raises:
            NoteError: It is not one.
        """
        return cls.parse(split(note)[0])

    @classmethod
    @functools.lru_cache(maxsize=16)  # the newest is looked at again with every step
    def verified(cls, note: str, verifier: Verifier) -> "Checkpoint":
        """Read a checkpoint signed by the log itself.

        Raises:
            NoteError: It is not one, or another log's, or the signature is wrong.
        """
        checkpoint = cls.parse(verify(note, verifier))
        if checkpoint.origin != verifier.name:
            raise NoteError(f"this checkpoint is of {checkpoint.origin}, not {verifier.name}")
        return checkpoint
