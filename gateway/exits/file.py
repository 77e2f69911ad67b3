"""The file of an exit as who takes the entity in reads it."""

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from gateway.archive.verify import VerificationResult, verify
from gateway.exits.making import ABOUT, FORMAT
from gateway.exits.state import lines_of

_FOLDER = "documents/"


class ExitRefusedError(Exception):
    """The file is not taken in.

    Attributes:
        findings: What is wrong with it, line by line.
    """

    def __init__(self, message: str, findings: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


@dataclass(frozen=True)
class Arrived:
    """A file that the verifier found whole, made by the log that is trusted.

    Attributes:
        zip: The file.
        about: What it says of itself.
        log_key: The verifier key of the log that it comes from.
        manifest: SHA-256 of its manifest, hexadecimal.
    """

    zip: zipfile.ZipFile
    about: Mapping[str, Any]
    log_key: str
    manifest: str

    @classmethod
    def open(cls, path: Path, trusted_key: str) -> "Arrived":
        """Verify a file and open it.

        Args:
            path: The file.
            trusted_key: Verifier key of the log that it comes from, known from elsewhere.

        Raises:
            ExitRefusedError: It is not whole, not from there, or no exit.
        """
        before = _state(path)
        result = verify(path, trusted_key=trusted_key)
        if not result.ok or not result.authentic:
            raise ExitRefusedError("The file is not what was exported.", _findings(result))
        file = zipfile.ZipFile(path)
        if _state(path) != before:
            file.close()
            raise ExitRefusedError("The file changed while it was read: begin again.")
        try:
            about = json.loads(file.read(f"exit/{ABOUT}"))
        except KeyError as error:
            raise ExitRefusedError("The file is a bundle, and no exit.") from error
        if about["format"] != FORMAT:
            raise ExitRefusedError(f"The exit is of format {about['format']}, not {FORMAT}.")
        manifest = sha256(file.read("manifest.json")).hexdigest()
        return cls(file, about, trusted_key, manifest)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The members, in the order of the file."""
        return tuple(self.zip.namelist())

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """The folders of documents, in order."""
        tail = "/document.json"
        return tuple(
            name.removesuffix(tail)
            for name in self.names
            if name.startswith(_FOLDER) and name.endswith(tail)
        )

    def parts(self, table: str) -> tuple[str, ...]:
        """Return the members that hold the rows of a table."""
        return tuple(name for name in self.names if name.startswith(f"exit/{table}/"))

    def lines(self, member: str) -> list[str]:
        """Return the rows of a member, each as JSON."""
        return lines_of(self.zip.read(member))

    def json(self, member: str) -> Any:  # noqa: ANN401 - any JSON
        """Return what a member says."""
        return json.loads(self.zip.read(member))

    def evidence(
        self, folder: str
    ) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any], bytes]]:
        """Yield entry, leaf and content of each file of evidence of a document."""
        for entry in self.json(f"{folder}/entries.json"):
            content = self.zip.read(f"{folder}/{entry['member']}")
            yield entry, json.loads(entry["leaf"]), content

    def close(self) -> None:
        """Let go of the file."""
        self.zip.close()


def _state(path: Path) -> tuple[int, int, int] | None:
    """Return what tells that a file is the one it was; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _findings(result: VerificationResult) -> tuple[str, ...]:
    told = tuple(f"{problem.where}: {problem.what}" for problem in result.problems)
    return told + tuple(result.remarks)
