"""Links that show one document to whoever has them.

A link holds 256 random bits and is kept only as a keyed hash: who reads the database cannot open
one, and no link can be guessed or read off another.
"""

import datetime
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from gateway.delivery import share_repository as repository
from gateway.delivery.problems import DocumentVoidedProblem, NotIssuedProblem
from gateway.delivery.renditions import Document
from gateway.delivery.schemas import ShareLinkInput
from gateway.delivery.share_repository import Found, ShareLinkRow
from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.ids import new_id, public_id
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem, RequestInvalidProblem

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_HINT = 4


@dataclass(frozen=True, slots=True)
class Sharing:
    """The share links of this gateway.

    Attributes:
        master_key: Hashes them.
        address: How people reach this gateway, without a slash at the end.
    """

    master_key: MasterKey
    address: str

    def share(
        self, tx: TenantTransaction, row: Document, given: ShareLinkInput, now: datetime.datetime
    ) -> tuple[ShareLinkRow, str]:
        """Make a link to a document; the link itself is returned only here.

        Raises:
            NotIssuedProblem: It is a draft.
            DocumentVoidedProblem: It is void.
            RequestInvalidProblem: The link would be expired already.
        """
        if row.state == "draft":
            raise NotIssuedProblem("A draft is not shared; finalize it first.")
        if row.state == "voided":
            raise DocumentVoidedProblem("The document is voided and is not shared.")
        if given.expires_at is not None and given.expires_at <= now:
            raise RequestInvalidProblem(
                [{"pointer": "/expires_at", "message": "is past", "fix": "name a later moment"}]
            )
        token = secrets.token_urlsafe(32)
        link = ShareLinkRow(
            id=new_id(),
            document_id=row.id,
            hint=token[:_HINT],
            created_at=now,
            updated_at=now,
            expires_at=given.expires_at,
            revoked_at=None,
            views=0,
            last_viewed_at=None,
            metadata=dict(given.metadata),
        )
        repository.insert(tx, {**asdict(link), "hash": self._hash(token)})
        return link, f"{self.address}/s/{token}"

    def find(self, database: Database, token: str, now: datetime.datetime) -> Found | None:
        """Return whose link it is and what it shows; None for one that opens nothing."""
        if not _TOKEN.fullmatch(token):
            return None
        with database.auth_connection() as connection:
            found = repository.by_hash(connection, self._hash(token))
        if found is None or found.revoked_at is not None:
            return None
        if found.expires_at is not None and found.expires_at <= now:
            return None
        return found

    def _hash(self, token: str) -> bytes:
        return self.master_key.keyed_hash(token.encode(), "share link")


def get(tx: TenantTransaction, link_id: UUID) -> ShareLinkRow:
    """Return a link.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.by_id(tx, link_id)
    if row is None:
        raise NotFoundProblem
    return row


def revoke(tx: TenantTransaction, link_id: UUID, now: datetime.datetime) -> None:
    """Revoke a link, at once and for ever; again is no error.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    get(tx, link_id)
    repository.revoke(tx, link_id, now)


def page(
    tx: TenantTransaction,
    document_id: UUID,
    metadata: Mapping[str, str],
    *,
    before: UUID | None,
    limit: int,
) -> list[ShareLinkRow]:
    """Return one page of a document's links, newest first."""
    return repository.page(tx, document_id, metadata, before=before, limit=limit)


def seen(tx: TenantTransaction, link_id: UUID, now: datetime.datetime) -> None:
    """Count a view."""
    repository.count_view(tx, link_id, now)


def view(row: ShareLinkRow, document: str) -> dict[str, Any]:
    """Return a link as JSON (`ShareLinkView`); `document` is the public id of what it shows."""
    return {
        "id": public_id("shr", row.id),
        "object": "share_link",
        "document_id": document,
        "hint": row.hint,
        "views": row.views,
        "last_viewed_at": row.last_viewed_at and written(row.last_viewed_at),
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
        "expires_at": row.expires_at and written(row.expires_at),
        "revoked_at": row.revoked_at and written(row.revoked_at),
    }
