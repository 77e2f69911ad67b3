"""Heads of the log that are known elsewhere, compared with a restored log.

They are read by the offline verifier's code, so that what signs heads and what judges them share
no mistake.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gateway.archive.verify.signed import Key, SignedError, read_checkpoint

Outcome = Literal["fits", "beyond", "contradicts", "unreadable"]
RootAt = Callable[[int], bytes]
"""Returns the root of a log's first leaves; raises KeyError where it cannot."""


@dataclass(frozen=True, slots=True)
class Known:
    """A head that somebody has.

    Attributes:
        who: Where it was found.
        size: Its leaves; None when it cannot be read.
        outcome: `fits`: it is the beginning of the restored log. `beyond`: it has more leaves, so
            the backup is older. `contradicts`: the first leaves are others.
        detail: What is wrong with it.
    """

    who: str
    size: int | None
    outcome: Outcome
    detail: str | None = None

    @property
    def wrong(self) -> bool:
        """Whether it shows more than that the backup is older."""
        return self.outcome in {"contradicts", "unreadable"}


def notes_in(data: Path, anchors: Path | None, given: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield the heads that are at hand: the published one, those left elsewhere, those given."""
    published = data / "log" / "checkpoint"
    found = [published] if published.exists() else []
    found += sorted(anchors.glob("*.checkpoint")) if anchors is not None else []
    for path in (*found, *given):
        yield str(path), path.read_text("utf-8", errors="replace")


def compare(notes: Mapping[str, str], key: Key, size: int, root_at: RootAt) -> list[Known]:
    """Compare heads with a log of so many leaves."""
    return [_compared(who, note, key, size, root_at) for who, note in notes.items()]


def ahead(data: Path, size: int) -> Known | None:
    """Return what the former installation noted of a larger log elsewhere (`<data>/log/ahead`)."""
    path = data / "log" / "ahead"
    if not path.exists():
        return None
    told, _, who = path.read_text("utf-8", errors="replace").strip().partition("\n")
    if not told.isdecimal():
        return Known(str(path), None, "unreadable", "it is no size and name")
    return Known(f"{path} ({who})", int(told), "beyond" if int(told) > size else "fits")


def _compared(who: str, note: str, key: Key, size: int, root_at: RootAt) -> Known:
    try:
        head = read_checkpoint(note.encode(), key)
    except SignedError as error:
        return Known(who, None, "unreadable", str(error))
    if head.size > size:
        return Known(who, head.size, "beyond")
    try:
        same = root_at(head.size) == head.root
    except KeyError:
        return Known(who, head.size, "contradicts", "the log lost hashes that it needs")
    if not same:
        return Known(who, head.size, "contradicts", f"its first {head.size} leaves are others")
    return Known(who, head.size, "fits")
