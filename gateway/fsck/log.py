"""INV6: the log computed again from its leaves, against every head it ever showed."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gateway.fsck.report import InvariantReport

_NOTE = re.compile(
    r"(?P<text>(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]*)\n(?P<root>[A-Za-z0-9+/]{43}=)\n)"
    r"\n(?P<signatures>(\u2014 [^\n ]+ [A-Za-z0-9+/=]+\n)+)"
)
_ED25519 = b"\x01"
_ANCHORS = """
select id, size, root, note, outcome, detail from log_anchor a
 where outcome = 'done' or (outcome = 'contradicted' and not exists (
   select from log_anchor l where l.kind = a.kind and l.target = a.target and l.id > a.id))
"""


class NoteError(ValueError):
    """A checkpoint or key cannot be read, or its signature is wrong."""


@dataclass(frozen=True, slots=True)
class Head:
    """Size and root of a log."""

    size: int
    root: bytes


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


def check(
    connection: psycopg.Connection[Any], published: Publication, report: InvariantReport
) -> None:
    """Compute the log again, and compare nodes, head, checkpoints and publication."""
    roots, nodes = _recompute(connection, report)
    size = len(roots) - 1
    _check_nodes(connection, nodes, report)
    _check_head(connection, Head(size, roots[size]), report)
    rows = connection.execute("select size, root, note from log_checkpoint order by size")
    shown = {f"log_checkpoint {row.size}": row for row in rows}
    for where, row in shown.items():
        report.saw("checkpoints")
        head = _check_note(where, row.note, published.key, roots, report)
        if head is not None and head != Head(row.size, bytes(row.root)):
            report.blame(where, "the row says something else than its note")
    _check_elsewhere(connection, published, roots, report)
    if published.note is None:
        if shown:
            report.blame("<data>/log/checkpoint", "nothing is published")
        return
    report.saw("checkpoints")
    _check_note("<data>/log/checkpoint", published.note, published.key, roots, report)


def _check_elsewhere(
    connection: psycopg.Connection[Any],
    published: Publication,
    roots: list[bytes],
    report: InvariantReport,
) -> None:
    """Check what was left with others, and what they gave for it."""
    for name, note in published.anchored.items():
        report.saw("anchors")
        _check_note(f"anchor {name}", note, published.key, roots, report)
    for row in connection.execute(_ANCHORS):
        report.saw("anchors")
        where = f"log_anchor {row.id}"
        if row.outcome == "contradicted":
            report.blame(where, f"somebody knows another log: {row.detail}")
            continue
        head = _check_note(where, row.note, published.key, roots, report)
        if head is not None and head != Head(row.size, bytes(row.root)):
            report.blame(where, "the row says something else than its note")
    for row in connection.execute("select size, root, witness from log_cosignature"):
        report.saw("cosignatures")
        where = f"log_cosignature ({row.size}, {row.witness})"
        if row.size >= len(roots):
            report.blame(where, f"it is of {row.size} leaves, the archive has {len(roots) - 1}")
        elif roots[row.size] != bytes(row.root):
            report.blame(where, f"the first {row.size} leaves are not those that were cosigned")
    if published.ahead is not None:
        size, _, who = published.ahead.strip().partition("\n")
        if not size.isdecimal() or int(size) >= len(roots):
            report.blame("<data>/log/ahead", f"{who} knows of {size} leaves")


def _recompute(
    connection: psycopg.Connection[Any], report: InvariantReport
) -> tuple[list[bytes], dict[tuple[int, int], bytes]]:
    """Return the root at every size, and every complete subtree, from the archived leaves."""
    peaks: list[tuple[int, bytes]] = []  # (level, hash), the largest first
    roots, nodes = [sha256(b"").digest()], dict[tuple[int, int], bytes]()
    query = "select id, log_index, leaf from archive_entry order by log_index"
    with connection.cursor("leaves") as entries:
        for index, entry in enumerate(entries.execute(query)):
            report.saw("leaves")
            if entry.log_index != index:
                what = f"it is leaf {entry.log_index}; leaf {index} is missing or there twice"
                report.blame(f"archive_entry {entry.id}", what)
                break  # every root after a gap would be wrong as well
            level, value, place = 0, sha256(b"\x00" + bytes(entry.leaf)).digest(), index
            nodes[level, place] = value
            while peaks and peaks[-1][0] == level:
                value = _join(peaks.pop()[1], value)
                level, place = level + 1, place >> 1
                nodes[level, place] = value
            peaks.append((level, value))
            roots.append(_fold(peaks))
    return roots, nodes


def _fold(peaks: list[tuple[int, bytes]]) -> bytes:
    value = peaks[-1][1]
    for _, larger in reversed(peaks[:-1]):
        value = _join(larger, value)
    return value


def _join(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _check_nodes(
    connection: psycopg.Connection[Any],
    nodes: Mapping[tuple[int, int], bytes],
    report: InvariantReport,
) -> None:
    missing = dict(nodes)
    with connection.cursor("nodes") as rows:
        for row in rows.execute("select level, index, hash from log_node"):
            expected = missing.pop((row.level, row.index), None)
            if expected is None:
                report.blame(f"log_node ({row.level}, {row.index})", "no archived leaf makes it")
            elif expected != bytes(row.hash):
                report.blame(f"log_node ({row.level}, {row.index})", "the leaves make another")
    for level, index in missing:
        report.blame(f"log_node ({level}, {index})", "it is missing")


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
    where: str, note: str, key: str | None, roots: list[bytes], report: InvariantReport
) -> Head | None:
    """Check one signed checkpoint against the recomputed log."""
    if key is None:
        report.blame(where, "its signature cannot be checked: there is no log key")
        return None
    try:
        head = _verified(note, key)
    except NoteError as error:
        report.blame(where, str(error))
        return None
    if head.size >= len(roots):
        report.blame(where, f"it shows {head.size} leaves, the archive has {len(roots) - 1}")
    elif roots[head.size] != head.root:
        report.blame(where, f"the first {head.size} leaves are not those it shows")
    return head


def _verified(note: str, key: str) -> Head:
    name, _, rest = key.strip().partition("+")
    try:
        typed = base64.b64decode(rest.partition("+")[2], validate=True)
        public = Ed25519PublicKey.from_public_bytes(typed[1:])
    except ValueError as error:
        raise NoteError("the log key cannot be read") from error
    key_id = sha256(name.encode() + b"\n" + typed).digest()[:4]
    if typed[:1] != _ED25519 or f"{key_id.hex()}+" not in rest:
        raise NoteError("the log key is not Ed25519, or not whole")
    found = _NOTE.fullmatch(note)
    if found is None:
        raise NoteError("this is not a signed checkpoint")
    if found["origin"] != name:
        raise NoteError(f"it is of the log {found['origin']}, not of {name}")
    for line in found["signatures"].splitlines():
        _, signer, encoded = line.split(" ")
        try:
            value = base64.b64decode(encoded, validate=True)
            if signer == name and value[:4] == key_id:
                public.verify(value[4:], found["text"].encode())
                return Head(int(found["size"]), base64.b64decode(found["root"]))
        except (ValueError, InvalidSignature) as error:
            raise NoteError("its signature is wrong") from error
    raise NoteError("it is not signed by the log")
