"""What a log sends a witness (C2SP tlog-witness, `add-checkpoint`): written and read."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from gateway.archive.merkle import HASH_SIZE
from gateway.archive.notes import NoteError, decode_base64

PATH = "/add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"
"""The media type of a 409 that tells the size of the newest checkpoint the witness cosigned."""

_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")
_MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """One request.

    Attributes:
        old: Leaves of the newest checkpoint that the witness cosigned of this log; 0: none.
        proof: That the log of that size is the beginning of the one that is sent.
        checkpoint: The signed note.
    """

    old: int
    proof: Sequence[bytes]
    checkpoint: str

    def text(self) -> str:
        """Return the body."""
        hashes = "".join(f"{base64.b64encode(value).decode()}\n" for value in self.proof)
        return f"old {self.old}\n{hashes}\n{self.checkpoint}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a body; nothing of it is checked yet.

        Raises:
            NoteError: It is no such request.
        """
        head, blank, checkpoint = text.partition("\n\n")
        first, *lines = head.split("\n")
        found = _OLD.fullmatch(first)
        if not blank or found is None:
            raise NoteError(
                "a request has a line `old <size>`, hashes, a blank line, a checkpoint"
            )
        proof = tuple(map(decode_base64, lines))
        if len(proof) > _MOST_HASHES or any(len(value) != HASH_SIZE for value in proof):
            raise NoteError("a consistency proof is at most 63 SHA-256 hashes")
        return cls(int(found[1]), proof, checkpoint)
