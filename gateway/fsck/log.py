"""INV6: the log computed again from its leaves, against every head it ever showed."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from gateway.fsck.notes import Head, NoteError, verified
from gateway.fsck.report import InvariantReport
from gateway.fsck.streams import stream
from gateway.fsck.tree import ORDER, Stored, Tree

_LEAVES = "select id, log_index, leaf from archive_entry order by log_index"
_NODES = f"select n.level, n.index, n.hash from log_node n order by {ORDER}"  # noqa: S608 - ours
_SIZES = """
select size from log_anchor where outcome = 'done' union select size from log_cosignature
"""
_ANCHORS = """
select id, size, root, note, outcome, detail from log_anchor a
 where outcome = 'done' or (outcome = 'contradicted' and not exists (
   select from log_anchor l where l.kind = a.kind and l.target = a.target and l.id > a.id))
"""


@dataclass(frozen=True, slots=True)
class Publication:
    """What is outside the database: the key, the newest checkpoint, and what others know.

    Attributes:
        key: The log's verifier key.
        note: The published checkpoint.
        ahead: Size and name of who was found to know a larger log; see `archive/publication.py`.
        anchored: Checkpoints in the anchor directory, by file name.
    """

    key: str | None
    note: str | None
    ahead: str | None = None
    anchored: Mapping[str, str] = field(default_factory=dict)


def read_publication(data: Path, log_key: str | None, anchors: Path | None = None) -> Publication:
    """Read what is outside; before the database, which only grows."""
    found = sorted(anchors.glob("*.checkpoint")) if anchors is not None else []
    return Publication(
        key=log_key or _text(data / "log" / "key"),
        note=_text(data / "log" / "checkpoint"),
        ahead=_text(data / "log" / "ahead"),
        anchored={path.name: text for path in found if (text := _text(path)) is not None},
    )


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return None


class Heads:
    """What the log's leaves make at each size that somebody knows a head of.

    Args:
        wanted: The sizes.
    """

    def __init__(self, wanted: Iterable[int]) -> None:
        self._wanted = frozenset(wanted)
        self._roots: dict[int, bytes] = {}
        self.size = 0

    def reached(self, tree: Tree) -> None:
        """Note the root, where it is wanted."""
        self.size = tree.size
        if tree.size in self._wanted:
            self._roots[tree.size] = tree.root

    def differs(self, head: Head) -> str | None:
        """Say what is wrong with a head; None where it is the beginning of the log."""
        if head.size > self.size:
            return f"it shows {head.size} leaves, the archive has {self.size}"
        if self._roots.get(head.size) != head.root:
            return f"the first {head.size} leaves are not those it shows"
        return None


def check(
    connection: psycopg.Connection[Any], published: Publication, report: InvariantReport
) -> None:
    """Compute the log again, and compare nodes, head, checkpoints and publication."""
    names = _names(connection, report)
    heads = Heads(_wanted(connection, published))
    shown = _Shown(connection, published.key, names, report)
    tree = Tree()
    shown.compare(tree)
    heads.reached(tree)
    with (
        closing(stream(connection, _LEAVES)) as entries,
        closing(stream(connection, _NODES)) as nodes,
    ):
        stored = Stored(nodes, partial(_blame_node, report))
        for entry in entries:
            report.saw("leaves")
            if entry.log_index != tree.size:
                what = f"it is leaf {entry.log_index}; leaf {tree.size} is missing or there twice"
                report.blame(f"archive_entry {entry.id}", what)
                break  # every root after a gap would be wrong as well
            for made in tree.add(bytes(entry.leaf)):
                stored.compare(made)
            shown.compare(tree)
            heads.reached(tree)
        stored.end()
    shown.end(tree)
    _check_head(connection, Head(tree.size, tree.root), report)
    _check_elsewhere(connection, published, names, heads, report)
    if published.note is None:
        if shown.any:
            report.blame("<data>/log/checkpoint", "nothing is published")
        return
    report.saw("checkpoints")
    _check_note("<data>/log/checkpoint", published.note, published.key, heads, report)


def _blame_node(report: InvariantReport, level: int, index: int, what: str) -> None:
    report.blame(f"log_node ({level}, {index})", what)


def _wanted(connection: psycopg.Connection[Any], published: Publication) -> Iterator[int]:
    """Yield the sizes of heads that are known outside the list of checkpoints."""
    for note in (published.note or "", *published.anchored.values()):
        size = note.partition("\n")[2].partition("\n")[0]
        if size.isdecimal():
            yield int(size)
    for row in connection.execute(_SIZES):
        yield row.size


class _Shown:
    """The checkpoints that the log showed, compared when as many leaves are there.

    Args:
        connection: Has them.
        key: The log's key.
        names: Those that the log had.
        report: Takes what is wrong.
    """

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        key: str | None,
        names: Mapping[int, str],
        report: InvariantReport,
    ) -> None:
        self._key, self._names, self._report = key, names, report
        self._rows = stream(
            connection, "select size, root, note from log_checkpoint order by size"
        )
        self._next = next(self._rows, None)
        self.any = self._next is not None

    def compare(self, tree: Tree) -> None:
        """Compare what is shown of so many leaves."""
        while self._next is not None and self._next.size <= tree.size:
            self._check(self._next, None if self._next.size < tree.size else tree.root, tree)
            self._next = next(self._rows, None)

    def end(self, tree: Tree) -> None:
        """Blame what shows more leaves than there are."""
        while self._next is not None:
            self._check(self._next, None, tree)
            self._next = next(self._rows, None)

    def _check(self, row: Any, root: bytes | None, tree: Tree) -> None:  # noqa: ANN401 - a row
        where = f"log_checkpoint {row.size}"
        self._report.saw("checkpoints")
        head = _read(where, row.note, _renamed(self._key, self._names, row.size), self._report)
        if head is None:
            return
        if row.size > tree.size:
            what = f"it shows {row.size} leaves, the archive has {tree.size}"
            self._report.blame(where, what)
        elif root != (head.root if head.size == row.size else bytes(row.root)):
            what = f"the first {row.size} leaves are not those it shows"
            self._report.blame(where, what)
        if head != Head(row.size, bytes(row.root)):
            self._report.blame(where, "the row says something else than its note")


def _check_elsewhere(
    connection: psycopg.Connection[Any],
    published: Publication,
    names: Mapping[int, str],
    heads: Heads,
    report: InvariantReport,
) -> None:
    """Check what was left with others, and what they gave for it."""
    for name, note in published.anchored.items():
        report.saw("anchors")
        key = _key_of(published.key, names, note)
        if key is not None:
            _check_note(f"anchor {name}", note, key, heads, report)
    for row in connection.execute(_ANCHORS):
        report.saw("anchors")
        where = f"log_anchor {row.id}"
        if row.outcome == "contradicted":
            report.blame(where, f"somebody knows another log: {row.detail}")
            continue
        key = _renamed(published.key, names, row.size)
        head = _check_note(where, row.note, key, heads, report)
        if head is not None and head != Head(row.size, bytes(row.root)):
            report.blame(where, "the row says something else than its note")
    _check_cosignatures(connection, heads, report)
    if published.ahead is not None:
        size, _, who = published.ahead.strip().partition("\n")
        if not size.isdecimal() or int(size) > heads.size:
            report.blame("<data>/log/ahead", f"{who} knows of {size} leaves")


def _check_cosignatures(
    connection: psycopg.Connection[Any], heads: Heads, report: InvariantReport
) -> None:
    for row in stream(connection, "select size, root, witness from log_cosignature"):
        report.saw("cosignatures")
        where = f"log_cosignature ({row.size}, {row.witness})"
        if row.size > heads.size:
            report.blame(where, f"it is of {row.size} leaves, the archive has {heads.size}")
        elif heads.differs(Head(row.size, bytes(row.root))):
            report.blame(where, f"the first {row.size} leaves are not those that were cosigned")


def _names(connection: psycopg.Connection[Any], report: InvariantReport) -> dict[int, str]:
    """Return up to which size the log had which earlier names."""
    rows = connection.execute("select size, formerly from log_reconciliation order by size")
    found = {row.size: row.formerly for row in rows}
    if found:
        report.saw("reconciliations", len(found))
    return found


def _renamed(key: str | None, names: Mapping[int, str], size: int) -> str | None:
    """Return the log's key under the name that it had at a size."""
    name = next((name for last, name in names.items() if size <= last), None)
    if key is None or name is None:
        return key
    try:
        encoded = key.strip().split("+", 2)[2]  # base64 may hold a plus
        typed = base64.b64decode(encoded, validate=True)
    except (IndexError, ValueError):
        return key
    key_id = sha256(name.encode() + b"\n" + typed).digest()[:4]
    return f"{name}+{key_id.hex()}+{encoded}"


def _is_between(origin: str, names: Mapping[int, str], key: str | None) -> bool:
    """Tell whether a name came after one of those, and before the log's own.

    The log went on twice from one backup: what it was called in between, the database never knew.
    """
    base, _, number = origin.rpartition("~")
    own, _, its = (key or "").partition("+")[0].rpartition("~")
    known = any(name.partition("~")[0] == base or name == base for name in names.values())
    numbered = number.isdecimal() and its.isdecimal()
    return known and base == own and numbered and int(number) < int(its)


def _key_of(key: str | None, names: Mapping[int, str], note: str) -> str | None:
    """Return the key for a head by its name; None for one that a reconciliation gave up."""
    origin, _, rest = note.partition("\n")
    last = next((size for size, name in names.items() if name == origin), None)
    if last is None:
        return None if _is_between(origin, names, key) else key
    size = rest.partition("\n")[0]
    return _renamed(key, names, last) if size.isdecimal() and int(size) <= last else None


def _check_head(
    connection: psycopg.Connection[Any], computed: Head, report: InvariantReport
) -> None:
    row = connection.execute("select size, root from log_head").fetchone()
    if row is None:
        report.blame("log_head", "it is missing")
    elif Head(row.size, bytes(row.root)) != computed:
        report.blame("log_head", f"it says {row.size} leaves, the archive makes {computed.size}")
    newest = connection.execute("select max(size) from log_checkpoint").fetchone()
    if newest is not None and (newest[0] or 0) != computed.size:
        what = f"the newest has {newest[0]} leaves, the archive makes {computed.size}"
        report.blame("log_checkpoint", what)


def _check_note(
    where: str, note: str, key: str | None, heads: Heads, report: InvariantReport
) -> Head | None:
    """Check one signed checkpoint against the recomputed log."""
    head = _read(where, note, key, report)
    if head is not None and (what := heads.differs(head)):
        report.blame(where, what)
    return head


def _read(where: str, note: str, key: str | None, report: InvariantReport) -> Head | None:
    """Return what a checkpoint shows; None where nobody can know."""
    if key is None:
        report.blame(where, "its signature cannot be checked: there is no log key")
        return None
    try:
        return verified(note, key)
    except NoteError as error:
        report.blame(where, str(error))
        return None
