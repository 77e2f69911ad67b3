"""What is known not to survive, each document and each difference with its reason."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.formats.corpora.content import Content, Said

_FILE = Path(__file__).with_name("exceptions.toml")

CHECKS = frozenset(
    {"model", "schema", "verdict", "rules", "silent", "invented", "recanted"}
    | {"cross", "cross-schema", "cross-silent"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Documents that fail one check for one reason."""

    check: str
    documents: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Move:
    """Content that stands at another place of the same syntax afterwards, and means the same."""

    source: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class Addition:
    """Content that writers add because syntax or rules demand it.

    Attributes:
        path: How its path ends.
        value: What it says, when that is always the same.
        copy: How the path ends of what it says once more, otherwise.
        reason: Why.
        corpora: Whether official documents need it; others are changed or generated ones.
    """

    path: str
    value: str | None
    copy: str | None
    reason: str
    corpora: bool

    def explains(self, path: str, value: str, said: Said) -> bool:
        """Tell whether this is why a value was added to what the original said."""
        if not path.endswith(self.path):
            return False
        if self.copy is None:
            return value == self.value
        return any(other.endswith(self.copy) and text == value for other, text in said)


@dataclass(frozen=True, slots=True)
class Translation:
    """A value that the other syntax says in another way; `other` is "" where it needs no word."""

    path: str
    value: str
    other: str
    reason: str


def listed(check: str, documents: Iterable[str]) -> dict[str, str]:
    """Return the reason of every exception that concerns one of these documents."""
    assert check in CHECKS
    chosen = set(documents)
    return {
        path: entry.reason
        for entry in entries()
        if entry.check == check
        for path in entry.documents
        if path in chosen
    }


@cache
def entries() -> tuple[Entry, ...]:
    """Return every exception."""
    return tuple(
        Entry(entry["check"], tuple(entry["documents"]), entry["reason"])
        for entry in _data()["exception"]
    )


def explained(content: Content) -> tuple[Said, Said]:
    """Return what is silent and what is invented, without what the file explains."""
    silent, invented = content.silent.copy(), content.invented.copy()
    _move(silent, invented)
    for path, value in content.invented:
        _join(path, value, silent, invented)
    _replace(content, invented)
    for path, value in content.silent:
        once = silent[path, value] < content.said[path, value]
        if _ends(path, "implied") or (once and _ends(path, "repeat")):
            silent[path, value] = 0
    for path, value in content.invented:
        if any(addition.explains(path, value, content.said) for addition in additions()):
            invented[path, value] = 0
    return +silent, +invented


def _move(silent: Said, invented: Said) -> None:
    for move in moves():
        for (path, value), count in silent.items():
            if path.endswith(move.source):
                target = (path.removesuffix(move.source) + move.target, value)
                moved = min(count, invented[target])
                silent[path, value] -= moved
                invented[target] -= moved


def _replace(content: Content, invented: Said) -> None:
    """Take for told what stands where a value was reported as lost: it is said differently."""
    reported = Counter(path for path, _ in content.gone.elements())
    for path, value in content.invented:
        count = max(0, min(reported[path], invented[path, value]))
        reported[path] -= count
        invented[path, value] -= count


def _join(path: str, value: str, silent: Said, invented: Said) -> None:
    """Take several texts of one path for kept when they came together as the lines of one."""
    rest, parts = " ".join(value.split()), list[str]()
    said = [text for (other, text), count in silent.items() if other == path and count > 0]
    while rest:
        fitting = (text for text in said if f"{rest} ".startswith(f"{' '.join(text.split())} "))
        if (part := max(fitting, key=len, default=None)) is None:
            return
        parts.append(part)
        rest = rest[len(" ".join(part.split())) :].lstrip()
    for part in parts:
        silent[path, part] -= 1
    invented[path, value] -= 1


@cache
def moves() -> tuple[Move, ...]:
    """Return the moves of the file."""
    return tuple(
        Move(entry["from"], entry["to"], entry["reason"]) for entry in _data().get("move", ())
    )


def _ends(path: str, table: str) -> bool:
    """Tell whether a path is one of a table of paths."""
    return any(path.endswith(entry["path"]) for entry in _data().get(table, ()))


@cache
def additions() -> tuple[Addition, ...]:
    """Return the additions of the file."""
    return tuple(
        Addition(
            entry["path"],
            entry.get("value"),
            entry.get("copy"),
            entry["reason"],
            entry.get("corpora", True),
        )
        for entry in _data().get("addition", ())
    )


@cache
def translations() -> tuple[Translation, ...]:
    """Return the translations of the file."""
    return tuple(
        Translation(entry["path"], entry["value"], entry.get("other", ""), entry["reason"])
        for entry in _data().get("translation", ())
    )


@cache
def _data() -> Mapping[str, list[dict[str, Any]]]:
    data: dict[str, list[dict[str, Any]]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    data.setdefault("exception", [])
    return data
