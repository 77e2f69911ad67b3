"""What was destroyed, listed outside the database: a backup that is restored does not know it.

A line for each document, before its bytes go: entity, document, moment, certificate. Ids alone, so
that it names nobody. It stands beside the log's published head, and is kept as long.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import structlog

NAME = "destroyed"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DestroyedList:
    """The list, and a copy of it where heads of the log are left.

    Attributes:
        directory: Of the log's published head.
        anchors: The directory that heads are left in.
    """

    directory: Path
    anchors: Path | None = None

    def note(self, entity: str, document: str, moment: str, certificate: str) -> None:
        """Add a document; one that is there already stands there twice, which says the same.

        Raises:
            OSError: The disk refuses. A copy that cannot be written is only logged.
        """
        line = f"{entity} {document} {moment} {certificate}\n".encode()
        _append(self.directory / NAME, line)
        if self.anchors is None:
            return
        try:
            _append(self.anchors / NAME, line)
        except OSError as error:
            _log.warning("destroyed_not_anchored", document=document, error=str(error))


def _append(path: Path, line: bytes) -> None:
    """Append a line, on the disk: processes that do so at once do not mix theirs."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        os.write(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
