"""Places for heads of the log that need nothing but a disk or a web address."""

import os
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from gateway.archive import names
from gateway.archive.anchors import AnchorError
from gateway.archive.asking import OPERATORS, SECONDS
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.notes import NoteError, Verifier
from gateway.kit.exchange import Client
from gateway.kit.outbound import OutboundError, Target

_SUFFIX = ".checkpoint"
_HEADERS = (("content-type", "text/plain; charset=utf-8"),)
_SUCCESS = range(HTTPStatus.OK, HTTPStatus.MULTIPLE_CHOICES)


@dataclass(frozen=True, slots=True)
class DirectoryPlace:
    """A directory in which each head is a file that is made once and never written again.

    It belongs on another machine or medium: what lies beside the database is restored with it.

    Attributes:
        directory: Made by the operator, so that a mount that is missing is noticed.
        verifier: The log's key: what others put there does not count.
    """

    directory: Path
    verifier: Verifier
    kind: str = "file"
    target: str = "directory"

    def put(self, head: Checkpoint, note: str) -> bytes | None:
        """Make a file of a head; it is there on disk when this returns."""
        path = self.directory / f"{head.size:020}-{head.root.hex()[:16]}{_SUFFIX}"
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(note)
                file.flush()
                os.fsync(file.fileno())
            _synchronize(self.directory)
        except FileExistsError:
            if self._head(path) != head:
                raise AnchorError(f"{path.name} is there, and is another head") from None
        except OSError as error:
            raise AnchorError(f"the directory: {error.strerror}") from None
        return None

    def newest(self) -> Checkpoint | None:
        """Return the newest head of this log in the directory."""
        try:
            names = sorted(self.directory.glob(f"*{_SUFFIX}"), reverse=True)
        except OSError as error:
            raise AnchorError(f"the directory: {error.strerror}") from None
        for path in names:
            if (head := self._head(path)) is not None:
                return head
        return None

    def _head(self, path: Path) -> Checkpoint | None:
        try:
            return names.verified(path.read_text("utf-8"), self.verifier)
        except (NoteError, UnicodeDecodeError):  # half written, or not ours
            return None
        except OSError as error:
            raise AnchorError(f"the directory: {error.strerror}") from None


@dataclass(frozen=True, slots=True)
class WebPlace:
    """A web address that each head is posted to.

    Attributes:
        url: Where.
        client: Asks.
    """

    url: str
    kind: str = "webhook"
    client: Client = field(
        default_factory=lambda: Client(OPERATORS, connect_seconds=SECONDS, total_seconds=SECONDS)
    )

    @property
    def target(self) -> str:
        """The host: what follows it may hold a secret."""
        return Target.parse(self.url).authority

    def put(self, head: Checkpoint, note: str) -> bytes | None:  # noqa: ARG002 - of the protocol
        """Post a head: the signed checkpoint as it stands."""
        try:
            target = Target.parse(self.url)
            answer = self.client.ask("POST", target, _HEADERS, note.encode())
        except OutboundError as error:
            raise AnchorError(str(error)) from None
        if answer.status not in _SUCCESS:
            raise AnchorError(f"it answers {answer.status}")
        return None

    def newest(self) -> Checkpoint | None:
        """Return None: what was posted is not read back."""
        return None


def _synchronize(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
