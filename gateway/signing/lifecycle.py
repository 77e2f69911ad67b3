"""What happens to a key once it is here: changed, replaced, retired, revoked, destroyed."""

import datetime
from typing import Any
from uuid import UUID

from gateway.kit.clock import written
from gateway.kit.ids import parse_id, public_id
from gateway.kit.json_body import validated
from gateway.kit.merge_patch import merged
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import ConflictProblem, NotFoundProblem, RequestInvalidProblem
from gateway.signing import repository, service
from gateway.signing.repository import KeyRow
from gateway.signing.schemas import RotationInput, SigningKeyChange, SigningKeyInput


def change(tx: TenantTransaction, key_id: UUID, body: object, now: datetime.datetime) -> KeyRow:
    """Apply a JSON Merge Patch (RFC 7396) to a key and return it changed.

    Raises:
        NotFoundProblem: There is none for this caller.
        RequestInvalidProblem: The result would not be a valid key.
    """
    row = service.get(tx, key_id, lock=True)
    patch = validated(SigningKeyChange, body).model_dump(exclude_unset=True)
    present = {
        "name": row.name,
        "purposes": list(row.purposes),
        "metadata": dict(row.metadata),
    }
    given = validated(SigningKeyInput, merged(present, patch))
    return _changed(
        tx,
        row,
        now,
        name=given.name,
        purposes=sorted(set(given.purposes)),
        metadata=dict(given.metadata),
    )


def rotate(
    tx: TenantTransaction, key_id: UUID, given: RotationInput, now: datetime.datetime
) -> KeyRow:
    """Say from when another key signs in place of one.

    Until then the old one goes first for every purpose it has, though its successor may sign for
    others already; from then on the successor has its place. What the old one signed counts until
    it is kept no longer.

    Raises:
        NotFoundProblem: There is no such key, or no such successor, for this caller.
        ConflictProblem: The successor could not do what this one does, or not by then.
        RequestInvalidProblem: The moments are in the wrong order.
    """
    row = service.get(tx, key_id, lock=True)
    try:
        successor = service.get(tx, parse_id(given.successor_id, "sgk"), lock=True)
    except NotFoundProblem:
        raise NotFoundProblem(pointers=["/successor_id"]) from None
    at = given.at or now
    if at < now:
        raise RequestInvalidProblem([{"pointer": "/at", "message": "is past"}])
    if given.keep_until is not None and given.keep_until < at:
        message = "is before the successor signs"
        raise RequestInvalidProblem([{"pointer": "/keep_until", "message": message}])
    _check_successor(tx, row, successor, at)
    if successor.active_from > at:  # else it signs for others of its purposes already
        _changed(tx, successor, now, active_from=at)
    return _changed(
        tx, row, now, active_until=at, kept_until=given.keep_until, successor_id=successor.id
    )


def retire(tx: TenantTransaction, key_id: UUID, now: datetime.datetime) -> KeyRow:
    """Let a key sign no more. What it signed counts. Again is not an error.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = service.get(tx, key_id, lock=True)
    return row if row.retired_at is not None else _changed(tx, row, now, retired_at=now)


def revoke(tx: TenantTransaction, key_id: UUID, reason: str, now: datetime.datetime) -> KeyRow:
    """Let a key sign no more, and count no more, because something is wrong with it.

    Its authority must be told by whoever holds the contract with it. Again is not an error.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = service.get(tx, key_id, lock=True)
    if row.revoked_at is not None:
        return row
    return _changed(tx, row, now, revoked_at=now, revocation_reason=reason)


def destroy(tx: TenantTransaction, key_id: UUID, now: datetime.datetime) -> None:
    """Destroy a key: its private half is gone, and with it whatever it could decrypt.

    Raises:
        NotFoundProblem: There is none for this caller.
        ConflictProblem: It signs now: retire it first.
    """
    row = service.get(tx, key_id, lock=True)
    certificates = repository.certificates_of(tx, [row.id])[row.id]
    if signs(row, now) and (certificates or row.bare):
        raise ConflictProblem(
            "The key signs: retire it, or name its successor, before you destroy it."
        )
    repository.destroy(tx, key_id)
    repository.quiet(tx, key_id)
    repository.update_key(tx, key_id, {"deleted_at": now, "updated_at": now})


def signs(row: KeyRow, now: datetime.datetime) -> bool:
    """Tell whether a key is neither retired, revoked nor replaced."""
    replaced = row.active_until is not None and row.active_until <= now
    return row.retired_at is None and row.revoked_at is None and not replaced


def _check_successor(
    tx: TenantTransaction, row: KeyRow, successor: KeyRow, at: datetime.datetime
) -> None:
    if successor.id == row.id:
        raise ConflictProblem("A key cannot succeed itself.")
    if row.active_from > at:
        raise ConflictProblem(
            f"The key signs only from {written(row.active_from)}: it cannot be replaced before."
            " Name a moment after that, or retire it."
        )
    if not signs(row, at) or not signs(successor, at):
        raise ConflictProblem("One of the two is retired, revoked or replaced already.")
    if lacking := set(row.purposes) - set(successor.purposes):
        raise ConflictProblem(
            f"{public_id('sgk', successor.id)} is not for {', '.join(sorted(lacking))}."
        )
    certificates = repository.certificates_of(tx, [successor.id])[successor.id]
    good = successor.bare or any(one.covers(at) and one.revoked_at is None for one in certificates)
    if not good:
        raise ConflictProblem(
            "The successor has no certificate that is valid then: it could not sign."
        )


def _changed(
    tx: TenantTransaction,
    row: KeyRow,
    now: datetime.datetime,
    **values: Any,  # noqa: ANN401
) -> KeyRow:
    repository.update_key(tx, row.id, {**values, "updated_at": now})
    return service.get(tx, row.id)
