"""Whether an entity is here: one that moves to another installation issues nothing any more.

The row says what stands; a trigger of the database refuses what this does not.
"""

from dataclasses import dataclass
from typing import Literal

import psycopg
import sqlalchemy as sa

from gateway.kit.database import metadata
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import ConflictProblem

State = Literal["leaving", "moved", "arriving", "here"]

entity_move = sa.Table(
    "entity_move",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("file", sa.Text),
    sa.Column("step", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("statement", sa.Text),
    sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("ended_at", sa.DateTime(timezone=True)),
)

_WALL = "the entity moves"
"""What the trigger `entity_is_here` says."""

_OPEN = (
    *("/v1/exits", "/v1/exports", "/v1/reports", "/v1/auditors", "/v1/archive"),
    *("/v1/evidence", "/v1/log"),
)
"""What writes nothing of the entity that another installation would miss."""

_KEPT = "/v1/retention"
"""Copies stay here, under the law as ever: to be held, destroyed and erased. Not while they come:
what is taken in must be as it was exported."""

_SAID = "/subjects"
"""What a document is about: only where the entity is, which would miss it."""


class MovedProblem(ConflictProblem):
    """The entity moves to another installation, or from one, and issues nothing here.

    `state` says how far it is: `leaving` (its exit is being made), `moved`, or `arriving` (it is
    being taken in). It can be read as ever.
    """

    type = "moved"
    title = "The entity moves"


@dataclass(frozen=True, slots=True)
class Move:
    """How far an entity is that moves.

    Attributes:
        state: See `MovedProblem`; `here` when it stayed, or arrived.
        file: SHA-256 of the manifest of its exit, hexadecimal.
        step: So many steps of its import are done.
        statement: The signed word that it has moved.
    """

    state: State
    file: str | None
    step: int
    statement: str | None


def move_of(tx: TenantTransaction, *, lock: bool = False) -> Move | None:
    """Return how far the transaction's entity is; None when it never moved."""
    columns = entity_move.c
    query = tx.select(
        entity_move, columns.state, columns.file, columns.step, columns.statement
    ).where(columns.entity_id == tx.entity_id)
    row = tx.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else Move(*row)


def is_here(tx: TenantTransaction) -> bool:
    """Tell whether the transaction's entity is here; what is done by itself waits otherwise."""
    move = move_of(tx)
    return move is None or move.state == "here"


def is_wall(error: BaseException) -> bool:
    """Tell whether PostgreSQL refused to issue for an entity that began to move meanwhile."""
    cause = error.orig if isinstance(error, sa.exc.IntegrityError) else None
    return isinstance(cause, psycopg.Error) and cause.diag.message_primary == _WALL


def refuse_moved(tx: TenantTransaction, path: str = "") -> None:
    """Refuse to write about an entity that is not here.

    Args:
        tx: Of the entity.
        path: The route of the request; some write nothing that would be missed elsewhere.

    Raises:
        MovedProblem: It moves, or has moved.
    """
    if path.startswith(_OPEN):
        return
    move = move_of(tx)
    if move is not None and move.state != "arriving" and _is_of_copies(path):
        return
    if move is not None and move.state != "here":
        entity = public_id("ent", tx.entity_id)
        raise MovedProblem(f"The entity {entity} is {move.state}.", state=move.state)


def _is_of_copies(path: str) -> bool:
    return path.startswith(_KEPT) and not path.endswith(_SAID)
