"""Bundles: everything about one document in one ZIP file that can be checked without us.

The same contents make the same bytes: stored, sorted, fixed times, nothing extra. So the verifier
can make the file again and compare it byte by byte.
"""

import datetime
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from uuid import UUID

from gateway.archive.keys import LogKey
from gateway.archive.notes import sign

FORMAT = "einvoice-gateway-bundle/1"

JsonValue = str | int | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP file can name
_READ_ONLY = 0o100444 << 16
_UNIX = 3

VERIFIER = (Path(__file__).parent / "verifier.py.txt").read_bytes()
"""The verifier as a single file, as `scripts/write_verifier.py` made it; no module of ours."""

_README = """\
This is the evidence of one business document, complete in itself.

document.json     what the document is, and how long it must be kept
evidence/         the exact bytes: the document, its input, reports, receipts
events.json       what happened to it
entries.json      for each file of evidence its leaf in the log, and the proof that it is there
checkpoint        the signed head of the log (C2SP tlog-checkpoint) that the proofs lead to
consistency.json  proofs that the log continues older checkpoints
log-key           the log's verifier key (C2SP signed-note)
manifest.json     SHA-256 and size of every file above
manifest.sig      the manifest's digest, signed with the log's key
verify.py         a program that checks all of this; it needs Python 3.11 or newer, no more

To verify with the program
    python -I verify.py BUNDLE.zip --key "<log key from a source you trust>"
Whoever forged a bundle could have forged the program in it, too: where that matters, take the
program from another source as well, and do not run the one in here before you have.

To verify by hand
1. Compare log-key with the key you got from elsewhere. Without that, all of this only shows that
   the bundle is whole, not who made it.
2. sha256sum every file; compare with manifest.json; compare the digest of manifest.json with
   manifest.sig, and check its Ed25519 signature: it is over the text up to the blank line; the
   base64 on the last line is 4 bytes of key id and 64 bytes of signature; the public key is the
   last 32 bytes of the base64 in log-key. Check the signature of checkpoint in the same way.
3. For each entry: leaf holds the SHA-256 of its file. Let i = index, n = size of the checkpoint
   minus 1, h = SHA-256(00 || leaf). For each p of proof: if i is odd or equal to n, h =
   SHA-256(01 || p || h), then halve i and n while i is even and not 0; otherwise h =
   SHA-256(01 || h || p). After either halve i and n once more, rounding down. In the end n is 0
   and h is the root, the third line of checkpoint (RFC 9162, section 2.1.3.2).
"""


class Described(Protocol):
    """What a bundle is about: a document that was issued, or one that was received."""

    @property
    def id(self) -> UUID:
        """Its id in the database, which the leaves of the log name."""

    def as_json(self) -> Mapping[str, JsonValue]:
        """Return the content of `document.json`; `uuid` and `content_sha256` are in it."""


@dataclass(frozen=True, slots=True)
class BundleDocument:
    """What an exported document is.

    Attributes:
        id: Its id in the database.
        public_id: The id callers know, `inv_...`.
        kind: `invoice` or `credit_note`.
        number: The legal number.
        profile: The profile it was written in.
        issue_date: The date on the document.
        issued_at: The moment of issue.
        retain_until: The last day it must be kept.
        content_sha256: SHA-256 of the issued bytes: 32 bytes.
        entity: Who issued it: JSON.
        status: Headline and axes at the moment of export: JSON.
        stamps: What authorities gave it until then: JSON.
    """

    id: UUID
    public_id: str
    kind: str
    number: str
    profile: str
    issue_date: datetime.date
    issued_at: datetime.datetime
    retain_until: datetime.date
    content_sha256: bytes
    entity: Mapping[str, JsonValue] = field(default_factory=dict)
    status: Mapping[str, JsonValue] = field(default_factory=dict)
    stamps: Sequence[Mapping[str, JsonValue]] = ()

    def as_json(self) -> Mapping[str, JsonValue]:
        """Return the content of `document.json`."""
        return {
            "id": self.public_id,
            "uuid": str(self.id),
            "kind": self.kind,
            "number": self.number,
            "profile": self.profile,
            "issue_date": self.issue_date.isoformat(),
            "issued_at": timestamp(self.issued_at),
            "retain_until": self.retain_until.isoformat(),
            "content_sha256": self.content_sha256.hex(),
            "entity": self.entity,
            "status": self.status,
            **({"stamps": list(self.stamps)} if self.stamps else {}),
        }


@dataclass(frozen=True, slots=True)
class BundledEntry:
    """One file of evidence with its place in the log."""

    name: str
    content: bytes
    leaf: bytes
    log_index: int
    proof: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class BundledConsistency:
    """Proof that the log continues a checkpoint of `size` leaves."""

    size: int
    proof: Sequence[bytes]


def build(  # noqa: PLR0913 - the parts of the file
    document: Described,
    *,
    events: Sequence[Mapping[str, JsonValue]],
    entries: Sequence[BundledEntry],
    checkpoint: str,
    consistency: Sequence[BundledConsistency],
    key: LogKey,
    now: datetime.datetime,
) -> bytes:
    """Return the bundle.

    Args:
        document: What it is about.
        events: JSON-able; kept in the order given.
        entries: In the order of the log.
        checkpoint: The signed note that the proofs lead to.
        consistency: Sorted by size.
        key: Signs the manifest.
        now: The moment of export.

    Raises:
        zipfile.LargeZipFile: It would need ZIP64, which no bundle uses.
    """
    members = {
        f"evidence/{number:04}-{entry.name}": entry for number, entry in enumerate(entries, 1)
    }
    files = {name: entry.content for name, entry in members.items()} | {
        "README.txt": _README.encode(),
        "checkpoint": checkpoint.encode(),
        "consistency.json": canonical(
            [{"from": c.size, "proof": [h.hex() for h in c.proof]} for c in consistency]
        ),
        "document.json": canonical(document.as_json()),
        "entries.json": canonical([_entry(name, entry) for name, entry in members.items()]),
        "events.json": canonical(list(events)),
        "log-key": f"{key.verifier}\n".encode(),
        "verify.py": VERIFIER,
    }
    manifest = canonical(
        {
            "format": FORMAT,
            "document": str(document.id),
            "exported_at": timestamp(now),
            "members": {
                name: {"sha256": sha256(content).hexdigest(), "size": len(content)}
                for name, content in files.items()
            },
        }
    )
    # Not a checkpoint for any reader: its first line is no log's origin, its second no number.
    statement = f"{FORMAT}\n{document.id}\nsha256:{sha256(manifest).hexdigest()}\n"
    signature = sign(statement, key.origin, key.private)
    return _zip({**files, "manifest.json": manifest, "manifest.sig": signature.encode()})


def canonical(value: JsonValue) -> bytes:
    """Write JSON in its one spelling: sorted names, no spaces, UTF-8."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def timestamp(moment: datetime.datetime) -> str:
    """Write a moment in UTC with microseconds, always with the same number of digits."""
    utc = moment.astimezone(datetime.UTC)
    return utc.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _entry(member: str, entry: BundledEntry) -> Mapping[str, JsonValue]:
    return {
        "member": member,
        "index": entry.log_index,
        "leaf": entry.leaf.decode(),
        "proof": [value.hex() for value in entry.proof],
    }


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.create_system = _UNIX  # otherwise Windows would write another byte
            info.external_attr = _READ_ONLY
            archive.writestr(info, files[name])
    return buffer.getvalue()
