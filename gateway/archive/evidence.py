"""Evidence as it is handed in and as it stands in the log."""

import datetime
import re
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from gateway.archive.bundle import canonical, timestamp
from gateway.kit.ids import new_id

Role = Literal[
    "document",
    "input",
    "validation-report",
    "tax-decision",
    "vat-check",
    "fiscal-record",
    "parcel",
    "signature",
    "rendition",
    "pdf",
    "request",
    "receipt",
    "signal",
    "received",
]
"""What a file of evidence is to its document."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+(; ?[a-z]+=[A-Za-z0-9._-]+)*")
_LEAF_VERSION = 1


def _check(name: str, media_type: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no file name for evidence: {_NAME.pattern}")
    if not _MEDIA_TYPE.fullmatch(media_type):
        raise ValueError(f"{media_type!r} is no media type")


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One file to be archived.

    Attributes:
        role: What it is to the document.
        name: Its file name in bundles: letters, digits, `.`, `_`, `-`, at most 100.
        media_type: As served later.
        content: The exact bytes.
        id: Id of the archive entry to be: known beforehand, so that an event can point at it.
    """

    role: Role
    name: str
    media_type: str
    content: bytes
    id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        _check(self.name, self.media_type)


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An item whose bytes are in the store already, but in no log yet.

    Attributes:
        owner: The entity that they were stored for.
    """

    role: Role
    name: str
    media_type: str
    size: int
    sha256: bytes
    id: UUID
    owner: UUID


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """One file of evidence, archived and logged.

    Attributes:
        entity_id: Whose.
        document_id: What it is about: a document, or a received document.
        sha256: Digest of its bytes: 32 bytes.
        leaf: The bytes that the log vouches for; see `leaf_data`.
        log_index: Its place in the log, from 0.
    """

    id: UUID
    entity_id: UUID
    document_id: UUID
    role: str
    name: str
    media_type: str
    size: int
    sha256: bytes
    leaf: bytes
    log_index: int
    at: datetime.datetime


def leaf_data(
    item: StoredItem,
    *,
    account_id: UUID,
    entity_id: UUID,
    document_id: UUID,
    now: datetime.datetime,
) -> bytes:
    """Return what the log commits to: canonical JSON, so that every field has one spelling."""
    return canonical(
        {
            "version": _LEAF_VERSION,
            "account": str(account_id),
            "entity": str(entity_id),
            "document": str(document_id),
            "entry": str(item.id),
            "role": item.role,
            "name": item.name,
            "media_type": item.media_type,
            "size": item.size,
            "sha256": item.sha256.hex(),
            "at": timestamp(now),
        }
    )
