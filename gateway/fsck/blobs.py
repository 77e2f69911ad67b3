"""Where the archive's bytes lie on disk, found without the code that put them there."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Blobs:
    """The bytes of an archive.

    Attributes:
        root: Its directory.
    """

    root: Path

    def read(self, owner: UUID, digest: bytes) -> bytes:
        """Return an entity's bytes as they lie under a digest.

        Raises:
            OSError: They cannot be read.
        """
        name = digest.hex()
        return (self.root / "entities" / str(owner) / name[:2] / name).read_bytes()
