"""Bundles made without a database, for the tests of writer and verifier."""

import base64
import datetime
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.archive import merkle
from gateway.archive.bundle import (
    BundledAnchor,
    BundledConsistency,
    BundledEntry,
    BundleDocument,
    BundleHead,
    canonical,
)
from gateway.archive.bundle_writing import BundleWriter
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.keys import LogKey
from gateway.archive.notes import sign
from gateway.kit.ids import public_id

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
DOCUMENT = UUID("0199aaaa-0000-7000-8000-000000000001")
KEY = LogKey("gateway.example/log", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
STRANGER = LogKey("gateway.example/log", Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))


def named(place: int) -> str:
    """Return the id of the document at a place of a bundle, from 0."""
    return public_id("inv", UUID(int=DOCUMENT.int + place))


def folder(place: int) -> str:
    """Return where it is."""
    return f"documents/{place + 1:07}-{named(place)}"


FOLDER = folder(0)
FILES: Mapping[str, tuple[str, bytes]] = {
    "input.json": ("input", b'{"customer":{"name":"Buyer"}}'),
    "invoice.xml": ("document", b"<Invoice>R-2026-1</Invoice>"),
}


def leaf(role: str, name: str, content: bytes, document: UUID = DOCUMENT) -> bytes:
    return canonical(
        {
            "version": 1,
            "account": "0199aaaa-0000-7000-8000-00000000000a",
            "entity": "0199aaaa-0000-7000-8000-00000000000b",
            "document": str(document),
            "entry": "0199aaaa-0000-7000-8000-00000000000c",
            "role": role,
            "name": name,
            "media_type": "application/octet-stream",
            "size": len(content),
            "sha256": sha256(content).hexdigest(),
            "at": "2026-11-21T12:00:00.000000Z",
        }
    )


def log(leaves: list[bytes]) -> merkle.Growth:
    return merkle.append(0, {}, [merkle.leaf_hash(data) for data in leaves])


def bundle(
    files: Mapping[str, tuple[str, bytes]] = FILES,
    *,
    key: LogKey = KEY,
    before: int = 5,
    after: int = 3,
    since: tuple[int, ...] = (),
) -> bytes:
    """Make a bundle of one document, whose entries stand between other leaves of the log."""
    return bundle_of([files], key=key, before=before, after=after, since=since)


def bundle_of(  # noqa: PLR0913 - what a test may want of a log
    documents: Sequence[Mapping[str, tuple[str, bytes]]],
    *,
    key: LogKey = KEY,
    before: int = 5,
    after: int = 3,
    since: tuple[int, ...] = (),
    anchors: Sequence[BundledAnchor] = (),
) -> bytes:
    """Make a bundle of several documents, given by their files."""
    ids = [UUID(int=DOCUMENT.int + place) for place in range(len(documents))]
    own = [
        leaf(role, name, content, one)
        for one, files in zip(ids, documents, strict=True)
        for name, (role, content) in files.items()
    ]
    strangers = [b"leaf %d" % number for number in range(before + after)]
    grown = log([*strangers[:before], *own, *strangers[before:]])
    head = BundleHead(
        Checkpoint(key.origin, grown.size, grown.root).sign(key.private),
        [
            BundledConsistency(size, merkle.consistency_proof(size, grown.size, grown.nodes))
            for size in since
        ],
        anchors,
    )
    sink, index = io.BytesIO(), before
    with BundleWriter(sink, head, key=key, now=NOW) as writer:
        for place, (one, files) in enumerate(zip(ids, documents, strict=True)):
            entries = []
            for name, (_, content) in files.items():
                proof = merkle.inclusion_proof(index, grown.size, grown.nodes)
                entries.append(BundledEntry(name, content, own[index - before], index, proof))
                index += 1
            events = [{"type": "invoice.finalized", "at": "2026-11-21T12:00:00Z"}]
            writer.add(described(one, place, files), events, entries)
        writer.finish()
    return sink.getvalue()


def described(one: UUID, place: int, files: Mapping[str, tuple[str, bytes]]) -> BundleDocument:
    issued = next(content for role, content in files.values() if role == "document")
    return BundleDocument(
        id=one,
        public_id=public_id("inv", one),
        kind="invoice",
        number=f"R-2026-{place + 1}",
        profile="peppol-bis-3",
        issue_date=NOW.date(),
        issued_at=NOW,
        retain_until=datetime.date(2036, 12, 31),
        content_sha256=sha256(issued).digest(),
        entity={"name": "Žiga & Söhne"},
        status={"headline": "delivered"},
    )


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Write files as a bundle would: what a forger who knows the format can do."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o100444 << 16
            archive.writestr(info, files[name])
    return buffer.getvalue()


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Rewrite the file with one member changed and every checksum of the ZIP right."""
    files = members(content)
    return zipped(files | {name: change(files[name])})


def resigned(files: Mapping[str, bytes], key: LogKey = KEY) -> bytes:
    """Make manifests, signature and ZIP again over any members: what a thief of the key can do."""
    rest = {name: files[name] for name in files if name not in {"manifest.json", "manifest.sig"}}
    manifest = json.loads(files["manifest.json"])
    for listed in manifest["documents"]:
        inside = f"{listed['folder']}/"
        own = json.loads(rest[f"{inside}manifest.json"])
        own["members"] = {
            name.removeprefix(inside): digest(content)
            for name, content in rest.items()
            if name.startswith(inside) and name != f"{inside}manifest.json"
        }
        rest[f"{inside}manifest.json"] = canonical(own)
        listed.update(digest(rest[f"{inside}manifest.json"]))
    outside = {
        name: content for name, content in rest.items() if not name.startswith("documents/")
    }
    manifest["members"] = {name: digest(content) for name, content in outside.items()}
    written = canonical(manifest)
    statement = f"{manifest['format']}\nsha256:{sha256(written).hexdigest()}\n"
    signature = sign(statement, key.origin, key.private).encode()
    return zipped(rest | {"manifest.json": written, "manifest.sig": signature})


def digest(content: bytes) -> dict[str, str | int]:
    return {"sha256": sha256(content).hexdigest(), "size": len(content)}


def forged_at(content: bytes, name: str) -> bytes:
    """Change the last signature in a signed note, every checksum of the ZIP right."""

    def change(note: bytes) -> bytes:
        head, _, last = note.rstrip(b"\n").rpartition(b" ")
        value = bytearray(base64.b64decode(last))
        value[-40] ^= 1
        return head + b" " + base64.b64encode(value) + b"\n"

    return changed(content, name, change)
