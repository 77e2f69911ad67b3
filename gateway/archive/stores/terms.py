"""How long bytes on a disk are kept: a small file beside them, which only ever says longer."""

import datetime
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from gateway.archive.stores import durable
from gateway.archive.stores.problems import EvidenceDamagedProblem, EvidenceLockedProblem

SUFFIX = ".keep"
"""Ends the names of these files; before it stands the name of what they are about."""


@dataclass(frozen=True, slots=True)
class Term:
    """How long bytes are kept.

    Attributes:
        until: The last day.
        hold: Whether they are kept beyond that.
    """

    until: datetime.date
    hold: bool = False

    @classmethod
    def of(cls, blob: Path) -> Self | None:
        """Return what was said of a file; None when nothing was.

        Raises:
            EvidenceDamagedProblem: It cannot be read; then nothing may be destroyed.
            OSError: The disk does not answer.
        """
        path = path_of(blob)
        try:
            said = json.loads(path.read_bytes())
            return cls(datetime.date.fromisoformat(said["until"]), said["hold"] is True)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
            raise EvidenceDamagedProblem(f"{path.name} does not say how long to keep.") from error

    def write(self, blob: Path, incoming: Path) -> None:
        """Write it down, durably.

        Raises:
            OSError: The disk refuses.
        """
        said = {"until": self.until.isoformat(), "hold": self.hold}
        durable.replace(path_of(blob), json.dumps(said).encode(), incoming)

    def longer(self, until: datetime.date, *, hold: bool) -> "Term":
        """Return what is said from now on: never an earlier day."""
        return Term(max(self.until, until), hold)


def path_of(blob: Path) -> Path:
    """Return where it is said how long a file is kept."""
    return blob.with_name(blob.name + SUFFIX)


def check_over(term: Term | None, name: str, now: datetime.datetime) -> None:
    """Refuse what must still be kept.

    Raises:
        EvidenceLockedProblem: It must.
    """
    if term is None:
        raise EvidenceLockedProblem(f"Nobody said how long blob {name} is kept: it stays.")
    if term.hold:
        raise EvidenceLockedProblem(f"Blob {name} is held.")
    if now.date() <= term.until:
        raise EvidenceLockedProblem(
            f"Blob {name} is kept until {term.until}.", until=term.until.isoformat()
        )


@contextmanager
def one_at_a_time(root: Path) -> Iterator[None]:
    """Wait for whoever else says how long something is kept, or destroys it, in any process.

    Raises:
        OSError: The disk refuses.
    """
    descriptor = os.open(root / "terms.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
