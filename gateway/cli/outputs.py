"""Where converted documents go: names that follow from the sources, within one directory."""

import os
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from gateway.kit.console import err

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 100


class Outputs:
    """Writes documents under names of their own; a name is given out once.

    A file's name is its source's, with what is no letter, digit, dot, hyphen or underscore
    replaced; a second source of that name gets `-2`. The same call gives the same names, and
    overwrites what it wrote before. No name leaves the directory, and no source is overwritten.

    Args:
        directory: Where to; made when it is not there.
        output: The one file instead; neither means standard output.
        sources: Files that must stay as they are.
    """

    def __init__(
        self, directory: Path | None, output: Path | None, sources: Sequence[Path]
    ) -> None:
        self._directory = directory
        self._output = output
        self._sources = {_identity(path) for path in sources} - {None}
        self._taken: set[str] = set()
        self._last: Path | None = None

    def write(self, source: str, number: str | None, content: bytes, extension: str) -> str | None:
        """Write one document; return what kept it from being written.

        Args:
            source: Name of the file it comes from.
            number: The invoice's, when the file holds several.
            content: The bytes.
            extension: Without dot.
        """
        if self._directory is None and self._output is None:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return None
        path = self._output or self._path(source, number, extension)
        self._last = path
        return self._replace(path, content)

    def write_report(self, text: str) -> None:
        """Write a report beside the last document, or to standard error."""
        if self._last is None:
            err.file.write(text)
            return
        problem = self._replace(
            self._last.with_name(f"{self._last.name}.report.json"), text.encode()
        )
        if problem is not None:
            err.print(problem)

    def _path(self, source: str, number: str | None, extension: str) -> Path:
        stem = "stdin" if source == "standard input" else Path(source).stem
        name = _safe(stem if number is None else f"{stem}-{number}")
        count, free = 1, name
        while f"{free}.{extension}".casefold() in self._taken:
            count += 1
            free = f"{name}-{count}"
        self._taken.add(f"{free}.{extension}".casefold())
        return (self._directory or Path()) / f"{free}.{extension}"

    def _replace(self, path: Path, content: bytes) -> str | None:
        """Put a whole file in the place of what is there: never half of one."""
        if _identity(path) in self._sources:
            return f"{path} is a source; give another directory."
        temporary = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".gateway-")
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            mask = os.umask(0)
            os.umask(mask)
            Path(temporary).chmod(0o666 & ~mask)
            Path(temporary).replace(path)
        except OSError as error:
            if temporary is not None:
                Path(temporary).unlink(missing_ok=True)
            return f"{path}: {error.strerror}"
        return None


def _safe(name: str) -> str:
    return _UNSAFE.sub("_", name).lstrip(".")[:_LONGEST] or "invoice"


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
