"""Proofs in one file (C2SP tlog-proof, c2sp.org/tlog-proof): all it takes to check a leaf.

The index of the leaf, its audit path, and a signed checkpoint with the cosignatures it has. The
`extra` line holds the leaf itself, canonical JSON: it is hashed, and names the SHA-256 of the file
of evidence. Nothing in it is believed before the path has led from its hash to the signed root.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from gateway.archive import merkle
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.merkle import HASH_SIZE
from gateway.archive.notes import NoteError, Verifier, decode_base64

HEADER = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_EXTRA = "extra "
_MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class TlogProof:
    """A proof that a leaf is in a log.

    Attributes:
        index: The leaf's place, from 0.
        path: Its audit path, from its sibling upwards.
        checkpoint: The signed note, as the log published it.
        extra: The leaf data; empty in a proof that leaves it to its reader.
    """

    index: int
    path: Sequence[bytes]
    checkpoint: str
    extra: bytes = b""

    def text(self) -> str:
        """Return the file."""
        lines = [HEADER]
        if self.extra:
            lines.append(_EXTRA + base64.b64encode(self.extra).decode())
        lines.append(f"index {self.index}")
        lines += (base64.b64encode(value).decode() for value in self.path)
        return "".join(f"{line}\n" for line in lines) + f"\n{self.checkpoint}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a file; nothing of it is checked yet.

        Raises:
            NoteError: It is no such proof.
        """
        head, blank, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if not blank or lines.pop(0) != HEADER:
            raise NoteError(f"a proof begins with {HEADER} and has a blank line")
        extra = b""
        if lines and lines[0].startswith(_EXTRA):
            extra = decode_base64(lines.pop(0).removeprefix(_EXTRA))
        found = _INDEX.fullmatch(lines.pop(0)) if lines else None
        if found is None:
            raise NoteError("a proof names the index of its leaf")
        path = tuple(map(decode_base64, lines))
        if len(path) > _MOST_HASHES or any(len(value) != HASH_SIZE for value in path):
            raise NoteError("the path of a proof is at most 63 SHA-256 hashes")
        return cls(int(found[1]), path, checkpoint, extra)

    def verify(self, verifier: Verifier, leaf: bytes | None = None) -> Checkpoint:
        """Check the proof, and return the checkpoint it leads to.

        Args:
            verifier: The log's key, from elsewhere.
            leaf: The leaf data; None: what the proof carries.

        Raises:
            NoteError: The checkpoint is not one that this log signed.
            ProofError: The path does not lead from the leaf to the root.
        """
        checkpoint = Checkpoint.verified(self.checkpoint, verifier)
        hashed = merkle.leaf_hash(self.extra if leaf is None else leaf)
        merkle.verify_inclusion(hashed, self.index, checkpoint.size, self.path, checkpoint.root)
        return checkpoint
