"""Finding evidence sets: by what stands in a document, and by what hangs on it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from gateway.archive import finding as archived
from gateway.documents import finding as issued
from gateway.inbox import finding as received
from gateway.kinds import DocumentKind
from gateway.kit.ids import public_id
from gateway.kit.scope import Direction
from gateway.kit.tenancy import TenantTransaction
from gateway.sought import Found, Sought
from gateway.stamps import service as stamps
from gateway.transmissions import names

_FIND: Mapping[Direction, Callable[..., list[Found]]] = MappingProxyType(
    {"issued": issued.find, "received": received.find}
)
_HOMES: Mapping[Direction, str] = MappingProxyType(
    {"issued": "/v1/documents", "received": "/v1/inbox"}
)


def find(  # noqa: PLR0913 - what is looked for, all of it named
    tx: TenantTransaction,
    direction: Direction,
    sought: Sought,
    *,
    authority_id: str | None,
    sha256: bytes | None,
    before: UUID | None,
    limit: int,
) -> list[Found]:
    """Return up to `limit` documents that fit, newest first, older than `before`.

    Args:
        tx: Of the entity; what it may not see is not found.
        direction: Issued or received ones.
        sought: What stands in them.
        authority_id: What an authority or network calls one: EOR, JIR, KSeF number, CSV, message.
        sha256: Of any file of the evidence.
        before: The id after which the next page begins.
        limit: The most.
    """
    ids: frozenset[UUID] | None = None
    if authority_id is not None:
        ids = (
            stamps.bearing(tx, authority_id) | names.called(tx, authority_id)
            if direction == "issued"
            else received.brought_by(tx, authority_id)
        )
    if sha256 is not None:
        holding = archived.holding(tx, sha256)
        ids = holding if ids is None else ids & holding
    if ids is not None and not ids:
        return []
    return _FIND[direction](tx, replace(sought, ids=ids), before=before, limit=limit)


def found_json(one: Found, direction: Direction) -> dict[str, Any]:
    """Return what was found as JSON (`EvidenceSetView`)."""
    prefix = "rcv" if one.kind is None else DocumentKind(one.kind).prefix
    identifier = public_id(prefix, one.id)
    home = f"{_HOMES[direction]}/{identifier}"
    return {
        "id": identifier,
        "object": "evidence_set",
        "direction": direction,
        "kind": one.kind,
        "number": one.number,
        "issue_date": one.issue_date and one.issue_date.isoformat(),
        "party": {"name": one.party, "vat_identifier": one.party_vat},
        "currency_code": one.currency_code,
        "total_with_vat": None if one.total is None else f"{one.total:f}",
        "sha256": one.sha256.hex(),
        "evidence_url": f"{home}/evidence",
        "bundle_url": f"{home}/bundle",
    }
