"""The newest checkpoint as a file, for everybody who keeps copies elsewhere.

The file never goes back in size. It is outside the database, so a database restored from an old
backup, or rewritten, no longer fits it and is noticed at the next start.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from gateway.archive import names
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.notes import NoteError, Verifier
from gateway.archive.stores import durable

_GIVEN_UP = ".given-up-"


class PublicationError(RuntimeError):
    """The published checkpoint contradicts the log; the message says how."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """Somebody outside knows a larger log than the database had.

    Attributes:
        size: Its leaves.
        who: Who knows it.
    """

    size: int
    who: str


class Publication:
    """The directory `<data>/log`: `checkpoint` (a signed note) and `key` (its verifier key).

    Args:
        directory: Made when missing.
        verifier: The log's key.
    """

    def __init__(self, directory: Path, verifier: Verifier) -> None:
        self._directory = directory
        self._verifier = verifier
        self._path = directory / "checkpoint"
        directory.mkdir(parents=True, exist_ok=True)

    def publish_key(self) -> None:
        """Write the verifier key beside the checkpoint."""
        path = self._directory / "key"
        text = f"{self._verifier}\n"
        if not path.exists() or path.read_text() != text:
            self._replace(path, text)

    def publish(self, note: str) -> None:
        """Publish a checkpoint, unless a newer one is there.

        Raises:
            PublicationError: What is there is no checkpoint of this log, or of the same size and
                another root. It is left as it is: it may be evidence.
        """
        offered = Checkpoint.verified(note, self._verifier)
        with self._locked():
            present = self.read()
            if present is not None:
                if present.origin != offered.origin:
                    raise PublicationError(
                        f"{self._path} says that the log is {present.origin} now"
                    )
                if present.size == offered.size and present.root != offered.root:
                    raise PublicationError(
                        f"{self._path} and the log differ at {offered.size} leaves: the log was "
                        "rewritten"
                    )
                if present.size >= offered.size:
                    return
            self._replace(self._path, note)

    def read(self) -> Checkpoint | None:
        """Return the published checkpoint; None when there is none yet.

        Its name may be a later one than the database knows, which is older then.

        Raises:
            PublicationError: The file is no checkpoint of this log.
        """
        try:
            return names.verified(self._path.read_text("utf-8"), self._verifier)
        except FileNotFoundError:
            return None
        except (NoteError, UnicodeDecodeError) as error:
            raise PublicationError(
                f"{self._path} is no checkpoint of this log ({error}): it was altered, or belongs "
                "to another installation; find out which, then move it away"
            ) from error

    def note(self) -> str | None:
        """Return the published note as it stands; None when there is none."""
        try:
            return self._path.read_text("utf-8")
        except FileNotFoundError:
            return None

    def give_up(self) -> None:
        """Move what was published away, as the log goes on without it; nothing is destroyed.

        Call it once the log has its next name; what is moved already stays.
        """
        with self._locked():
            for name in ("checkpoint", "ahead", "key"):
                path = self._directory / name
                if path.exists():
                    number = 1 + len(list(self._directory.glob(f"{name}{_GIVEN_UP}*")))
                    path.rename(self._directory / f"{name}{_GIVEN_UP}{number}")
            durable.sync_directory(self._directory)

    def given_up(self) -> Iterator[Checkpoint]:
        """Yield the heads that were given up and that a database of this name cannot know of."""
        for path in sorted(self._directory.glob(f"checkpoint{_GIVEN_UP}*")):
            with suppress(NoteError, UnicodeDecodeError):  # of an earlier name, or another log's
                yield names.verified(path.read_text("utf-8"), self._verifier)

    def note_reckoned(self, more: Mapping[str, int]) -> None:
        """Note, by the name that the log took, what was reckoned with beyond all its heads.

        A database that is older than that does not know it, and no head tells.
        """
        with self._locked():
            noted = {**self.reckoned(), **more}
            if noted:
                lines = "".join(f"{number} {name}\n" for name, number in sorted(noted.items()))
                self._replace(self._directory / "reckoned", lines)

    def reckoned(self) -> dict[str, int]:
        """Return what was reckoned with beyond all heads, by the names that the log took.

        Raises:
            PublicationError: The file cannot be read.
        """
        path = self._directory / "reckoned"
        try:
            lines = path.read_text("utf-8").splitlines()
            pairs = (line.split(" ", 1) for line in lines)
            return {name: int(number) for number, name in pairs}
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise PublicationError(f"{path} cannot be read") from error

    def note_ahead(self, size: int, who: str) -> None:
        """Note that somebody knows a log of so many leaves; the largest stays."""
        with self._locked():
            present = self.ahead()
            if present is None or present.size < size:
                self._replace(self._directory / "ahead", f"{size}\n{who}\n")

    def ahead(self) -> Ahead | None:
        """Return the largest log that anybody was found to know; None: nobody knows more.

        Raises:
            PublicationError: The file cannot be read.
        """
        try:
            size, who, _ = (self._directory / "ahead").read_text("utf-8").split("\n", 2)
            return Ahead(int(size), who)
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise PublicationError(f"{self._directory / 'ahead'} cannot be read") from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._directory / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # released when the file is closed
            yield

    def _replace(self, path: Path, text: str) -> None:
        descriptor, name = tempfile.mkstemp(dir=self._directory)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                os.fsync(file.fileno())
            Path(name).replace(path)
            durable.sync_directory(self._directory)
        finally:
            Path(name).unlink(missing_ok=True)
