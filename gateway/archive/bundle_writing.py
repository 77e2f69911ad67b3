"""Writing a bundle while its documents pass: one document at a time is in memory.

What grows with the number of documents is a line for each in the manifest and in the index, some
hundred bytes.
"""

import base64
import datetime
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import IO, Self

from gateway.archive import bundle_index
from gateway.archive.bundle import (
    FORMAT,
    BundledAnchor,
    BundledEntry,
    BundleHead,
    Described,
    JsonValue,
    canonical,
    timestamp,
)
from gateway.archive.keys import LogKey
from gateway.archive.notes import sign
from gateway.archive.spans import Span
from gateway.archive.zip_file import ZipFile

_HERE = Path(__file__).parent
_README = (_HERE / "bundle_readme.txt").read_bytes()
_VERIFIER = (_HERE / "verifier.py.txt").read_bytes()
"""As `scripts/write_verifier.py` made it; no module of ours."""


class BundleWriter:
    """A bundle being written.

    Args:
        sink: Where to; only ever appended to.
        head: What its documents are proven by.
        key: Signs the manifest.
        now: The moment of export.
    """

    def __init__(
        self, sink: IO[bytes], head: BundleHead, *, key: LogKey, now: datetime.datetime
    ) -> None:
        self._zip, self._key, self._now = ZipFile(sink), key, now
        self._members = dict[str, JsonValue]()
        self._folders = list[Mapping[str, JsonValue]]()
        self._rows = list[Mapping[str, str | int | None]]()
        self._owners = set[str]()
        self._add("README.txt", _README)
        self._add("anchors.json", canonical([_anchor(one) for one in head.anchors]))
        self._add("checkpoint", head.checkpoint.encode())
        self._add(
            "consistency.json",
            canonical(
                [{"from": c.size, "proof": [h.hex() for h in c.proof]} for c in head.consistency]
            ),
        )

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the directory of the file, whether it was finished or not."""
        self._zip.release()

    def add(
        self,
        document: Described,
        events: Sequence[Mapping[str, JsonValue]],
        entries: Iterable[BundledEntry],
    ) -> None:
        """Add a document.

        Args:
            document: What it is.
            events: What happened to it, JSON-able; kept in the order given.
            entries: Its evidence, in the order of the log.

        Raises:
            ValueError: It has so many files, or such large ones, that no bundle holds them.
        """
        about = document.as_json()
        members = {f"evidence/{place:04}-{one.name}": one for place, one in enumerate(entries, 1)}
        files = {
            "document.json": canonical(about),
            "entries.json": canonical([_entry(name, one) for name, one in members.items()]),
            "events.json": canonical(list(events)),
        } | {name: one.content for name, one in members.items()}
        digests = {name: _digest(content) for name, content in files.items()}
        files["manifest.json"] = canonical({"document": str(document.id), "members": digests})
        folder = f"documents/{len(self._folders) + 1:07}-{about['id']}"
        for name, content in files.items():
            self._zip.add(f"{folder}/{name}", content)
        self._folders.append({"folder": folder, **_digest(files["manifest.json"])})
        self._rows.append(_row(folder, about, digests))
        self._owners.add(_owner(about))

    def attach(self, name: str, content: bytes) -> None:
        """Add a file beside the documents, after all of them; the manifest vouches for it.

        Raises:
            ValueError: Its name does not come after those before it.
        """
        self._add(f"exit/{name}", content)

    def add_span(self, shown: Span, leaves: Iterable[tuple[str, bytes]]) -> None:
        """Add the log of an entity, in the order of their ids and after all documents.

        Args:
            shown: What is shown of it.
            leaves: Names and contents of the members that hold the leaves, in order.
        """
        folder = f"entities/{shown.entity}"
        self._add(f"{folder}/checkpoint", shown.checkpoint.encode())
        for name, content in leaves:
            self._add(f"{folder}/{name}", content)
        self._add(f"{folder}/span.json", shown.described())

    def finish(self) -> None:
        """Write index, manifest and signature: the bundle is whole."""
        day = self._now.astimezone(datetime.UTC).date().isoformat()
        last = {
            "index.csv": bundle_index.rows(self._rows),
            "index.xml": bundle_index.description(", ".join(sorted(self._owners)), day),
            "log-key": f"{self._key.verifier}\n".encode(),
            "verify.py": _VERIFIER,
        }
        self._members |= {name: _digest(content) for name, content in last.items()}
        manifest = canonical(
            {
                "format": FORMAT,
                "exported_at": timestamp(self._now),
                "members": self._members,
                "documents": self._folders,
            }
        )
        # Not a checkpoint for any reader: its first line is no log's origin, its second no number.
        statement = f"{FORMAT}\nsha256:{sha256(manifest).hexdigest()}\n"
        signature = sign(statement, self._key.origin, self._key.private).encode()
        last |= {"manifest.json": manifest, "manifest.sig": signature}
        for name in sorted(last):
            self._zip.add(name, last[name])
        self._zip.finish()

    def _add(self, name: str, content: bytes) -> None:
        self._zip.add(name, content)
        self._members[name] = _digest(content)


def _digest(content: bytes) -> Mapping[str, JsonValue]:
    return {"sha256": sha256(content).hexdigest(), "size": len(content)}


def _entry(member: str, entry: BundledEntry) -> Mapping[str, JsonValue]:
    return {
        "member": member,
        "index": entry.log_index,
        "leaf": entry.leaf.decode(),
        "proof": [value.hex() for value in entry.proof],
    }


def _anchor(one: BundledAnchor) -> Mapping[str, JsonValue]:
    given = one.receipt
    return {
        "kind": one.kind,
        "target": one.target,
        "size": one.size,
        "checkpoint": one.note,
        "receipt": None if given is None else base64.b64encode(given).decode(),
        "at": timestamp(one.at),
    }


def _owner(about: Mapping[str, JsonValue]) -> str:
    owner = about.get("entity")
    return str(owner.get("name", "")) if isinstance(owner, Mapping) else ""


def _row(
    folder: str, about: Mapping[str, JsonValue], digests: Mapping[str, Mapping[str, JsonValue]]
) -> Mapping[str, str | int | None]:
    """Return the row of a document in the index; its file is the one with its digest."""
    row: dict[str, str | int | None] = {
        name: value if isinstance(value := about.get(name), str) else None
        for name in ("id", "kind", "number", "issue_date", "profile", "retain_until")
    }
    row["entity"] = _owner(about)
    for name, digest in digests.items():
        if digest["sha256"] == about["content_sha256"]:
            size, written = digest["size"], digest["sha256"]
            row |= {"file": f"{folder}/{name}", "size": str(size), "sha256": str(written)}
            break
    return row
