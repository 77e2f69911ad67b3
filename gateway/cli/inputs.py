"""Files for commands that take many: one bad file never stops the others."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.progress import track

from formats.refusal import Refusal
from gateway.conversions.views import refusal_json
from gateway.kit.console import err

STDIN = "-"
_WORTH_A_BAR = 20

DONE, REFUSED, DIFFERENT, NOT_READABLE = 0, 1, 1, 2
"""Exit codes: all well; refused or different; something could not be read, or wrong usage."""


@dataclass(slots=True)
class Outcome:
    """The exit code of a command over many files: the worst of them."""

    code: int = DONE
    counts: dict[str, int] = field(default_factory=dict)

    def note(self, word: str, code: int = DONE) -> None:
        """Count one file, and remember the worst code."""
        self.counts[word] = self.counts.get(word, 0) + 1
        self.code = max(self.code, code)


def named(paths: Iterable[str]) -> Iterator[tuple[str, Path | None]]:
    """Yield every file with its name for messages, with a bar where people wait."""
    files = list(paths)
    waiting = len(files) >= _WORTH_A_BAR and err.is_terminal
    shown = track(files, "files", console=err) if waiting else files
    for name in shown:
        yield ("standard input", None) if name == STDIN else (name, Path(name))


def content_of(path: Path | None) -> bytes:
    """Return the bytes of a file, or of standard input.

    Raises:
        OSError: It cannot be read.
    """
    return sys.stdin.buffer.read() if path is None else path.read_bytes()


def say_unreadable(name: str, refusal: Refusal) -> None:
    """Print why a file could not be read, as one line of JSON on standard error."""
    line = json.dumps({"file": name, **refusal_json(refusal)}, ensure_ascii=False)
    err.print(line)
