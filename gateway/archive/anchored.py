"""What is known of heads elsewhere, for operators and readers."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from gateway.archive import anchor_repository, merkle, repository
from gateway.archive.anchor_repository import Attempt
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.proofs import checkpoint
from gateway.kit.tenancy import TenantTransaction

__all__ = ["Attempt", "Attempted", "attempts", "checkpoint", "fits", "witnessed"]


@dataclass(frozen=True, slots=True)
class Attempted:
    """An attempt with its id."""

    id: UUID
    attempt: Attempt


def attempts(
    transaction: TenantTransaction, *, limit: int, done: bool = False
) -> Sequence[Attempted]:
    """Return attempts to leave heads with others, the newest first; `done`: the good ones."""
    found = anchor_repository.attempts(transaction, limit=limit, done=done)
    return [Attempted(*one) for one in found]


def fits(transaction: TenantTransaction, one: Attempt) -> bool:
    """Tell whether the head that was left somewhere is still the beginning of the log."""
    if one.outcome == "contradicted":
        return False
    edge = repository.nodes(transaction, merkle.frontier(one.size))
    try:
        return merkle.root(one.size, edge) == one.root
    except KeyError:  # the log is not that large any more
        return False


def witnessed(
    transaction: TenantTransaction,
) -> Sequence[tuple[Checkpoint, datetime.datetime]]:
    """Return the newest checkpoint cosigned of each log that this installation is a witness of."""
    return anchor_repository.witnessed(transaction)
