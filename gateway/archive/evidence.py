"""Evidence as it is handed in and as it stands in the log."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self
from uuid import UUID

from gateway.archive.bundle import JsonValue, canonical, timestamp
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
    "connection",
    "received",
    "reconciliation",
    "legal-hold",
    "move",
    "retention-extension",
    "destruction-certificate",
    "origin",
]
"""What a file of evidence is to its document, or to its entity where it is about that."""

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
        dated: The date on the document (BT-2), where these are its bytes: the leaf says it, so
            that whoever holds the leaves of a period sees which documents of it he was not given.
        kept: The last day on which the document must exist, as it was reckoned then, where these
            are its bytes: a row that says an earlier one was changed behind our back.
    """

    role: Role
    name: str
    media_type: str
    content: bytes
    id: UUID = field(default_factory=new_id)
    dated: datetime.date | None = None
    kept: datetime.date | None = None

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
    dated: datetime.date | None = None
    kept: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """One file of evidence, archived and logged.

    Attributes:
        entity_id: Whose.
        document_id: What it is about: a document, or a received document; None: the entity.
        sha256: Digest of its bytes: 32 bytes.
        leaf: The bytes that the log vouches for; see `leaf_data`.
        log_index: Its place in the log, from 0.
        entity_index: Its place among the leaves of its entity, from 0.
        destroyed_at: Since when there are no bytes any more; what the log says of them stays.
    """

    id: UUID
    entity_id: UUID
    document_id: UUID | None
    role: str
    name: str
    media_type: str
    size: int
    sha256: bytes
    leaf: bytes
    log_index: int
    entity_index: int
    at: datetime.datetime
    destroyed_at: datetime.datetime | None = None

    @classmethod
    def of(
        cls,
        item: StoredItem,
        document_id: UUID | None,
        leaf: bytes,
        places: tuple[int, int],
        now: datetime.datetime,
    ) -> Self:
        """Return the entry of an item, given its places in the log of all and of its entity."""
        return cls(
            id=item.id,
            entity_id=item.owner,
            document_id=document_id,
            role=item.role,
            name=item.name,
            media_type=item.media_type,
            size=item.size,
            sha256=item.sha256,
            leaf=leaf,
            log_index=places[0],
            entity_index=places[1],
            at=now,
        )


def leaf_data(  # noqa: PLR0913 - all that a leaf says
    item: StoredItem,
    *,
    account_id: UUID,
    entity_id: UUID,
    document_id: UUID | None,
    entity_index: int,
    now: datetime.datetime,
    quoted: Mapping[str, JsonValue] | None = None,
) -> bytes:
    """Return what the log commits to: canonical JSON, so that every field has one spelling.

    Args:
        item: What is archived.
        account_id: Whose.
        entity_id: Whose.
        document_id: What it is about; None: the entity itself.
        entity_index: Its place among the leaves of its entity. Leaves that were logged before
            there were logs of entities do not have it.
        now: When.
        quoted: Where another log vouches for it; None: this log is the first.
    """
    return canonical(
        {
            **({} if quoted is None else {"quoted": quoted}),
            "version": _LEAF_VERSION,
            "account": str(account_id),
            "entity": str(entity_id),
            "entity_index": entity_index,
            "document": None if document_id is None else str(document_id),
            "entry": str(item.id),
            "role": item.role,
            "name": item.name,
            "media_type": item.media_type,
            "size": item.size,
            "sha256": item.sha256.hex(),
            "at": timestamp(now),
            **({} if item.dated is None else {"issue_date": item.dated.isoformat()}),
            **({} if item.kept is None else {"retain_until": item.kept.isoformat()}),
        }
    )
