"""What a bundle holds: documents, the files of their evidence, and what proves them.

A bundle is one ZIP file about one document or many that can be checked without us;
`bundle_writing` writes it. The same contents make the same bytes, so the verifier can make the
file again and compare it byte by byte.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

FORMAT = "einvoice-gateway-bundle/2"

JsonValue = str | int | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]


class Described(Protocol):
    """What a bundle is about: a document that was issued, or one that was received."""

    @property
    def id(self) -> UUID:
        """Its id in the database, which the leaves of the log name."""

    def as_json(self) -> Mapping[str, JsonValue]:
        """Return the content of `document.json`, with `id`, `uuid` and `content_sha256`."""


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
        currency_code: BT-5.
        totals: BT-109, BT-110, BT-112 and BT-115 by their names in the API; amounts as texts.
        seller: Name (BT-27) and VAT identifier (BT-31); what it has not is left out.
        buyer: The same (BT-44, BT-48).
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
    currency_code: str | None = None
    totals: Mapping[str, JsonValue] = field(default_factory=dict)
    seller: Mapping[str, JsonValue] = field(default_factory=dict)
    buyer: Mapping[str, JsonValue] = field(default_factory=dict)

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
            "currency_code": self.currency_code,
            "totals": self.totals,
            "seller": self.seller,
            "buyer": self.buyer,
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


@dataclass(frozen=True, slots=True)
class BundledAnchor:
    """A head of the log that was left with somebody else.

    Attributes:
        kind: `witness`, `file`, `webhook`, `e-mail` or `time-stamp`.
        target: Who has it.
        size: Leaves of the log then.
        note: The signed checkpoint that was left there.
        receipt: What was given for it; None: nothing.
        at: When.
    """

    kind: str
    target: str
    size: int
    note: str
    receipt: bytes | None
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class BundleHead:
    """What all documents of a bundle are proven by.

    Attributes:
        checkpoint: The signed note that the proofs lead to, with its cosignatures.
        consistency: Sorted by size.
        anchors: In the order of their sizes.
    """

    checkpoint: str
    consistency: Sequence[BundledConsistency] = ()
    anchors: Sequence[BundledAnchor] = ()


def canonical(value: JsonValue) -> bytes:
    """Write JSON in its one spelling: sorted names, no spaces, UTF-8."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def timestamp(moment: datetime.datetime) -> str:
    """Write a moment in UTC with microseconds, always with the same number of digits."""
    utc = moment.astimezone(datetime.UTC)
    return utc.isoformat(timespec="microseconds").replace("+00:00", "Z")
