"""Evidence in the journals of an archive on disk, read without the code that writes them.

`docs/archive-stores.md` has the format: blocks of 4096 bytes; `gwj1`, generation, SHA-256 in the
first; records that begin with `gwr1` and the same generation, each with its length and SHA-256.
"""

import fcntl
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import UUID

_BLOCK, _HEAD, _FIELDS = 4096, 56, 52


def find(directory: Path, owner: UUID, digest: bytes) -> bytes | None:
    """Return what a journal without a writer has for an entity's bytes; None when none has them.

    What a living process wrote is in its place, or it is wrong there.

    Raises:
        OSError: A journal cannot be read.
    """
    for content in _left(directory):
        found = _found(content, owner.bytes + digest)
        if found is not None:
            return found
    return None


def _left(directory: Path) -> Iterator[bytes]:
    """Yield the journals that nobody has a lock on; nobody restores from them meanwhile."""
    paths = sorted(directory.glob("*.journal")) if directory.is_dir() else []
    if not paths:
        return
    with (directory.parent / "journals.lock").open("rb") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        for path in paths:
            try:
                with path.open("rb") as file:
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                    yield file.read()
            except (FileNotFoundError, BlockingIOError):  # restored by now; or it has a writer
                continue


def _found(content: bytes, wanted: bytes) -> bytes | None:
    generation = content[4:20]
    if content[:4] != b"gwj1" or content[20:52] != sha256(content[:20]).digest():
        return None
    for at in range(_BLOCK, len(content), _BLOCK):
        if content[at : at + 20] != b"gwr1" + generation:
            continue
        length = int.from_bytes(content[at + 20 : at + 24], "big")
        body = content[at + _HEAD : at + _HEAD + length]
        if content[at + 24 : at + _HEAD] != sha256(generation + body).digest():
            continue
        place = 0
        while place < length:
            end = place + _FIELDS
            size = int.from_bytes(body[end - 4 : end], "big")
            if body[place : end - 4] == wanted:
                return body[end : end + size]
            place = end + size
    return None
