"""An entity leaves: it issues nothing, its exit is compared once more, then it has moved.

Who issues holds the row of a number series, so whoever locks all of them waits for every document
that is being issued, and those that come later find the mark.
"""

import base64
import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from gateway import rounds
from gateway.archive.keys import LogKey
from gateway.archive.notes import Verifier, sign
from gateway.exits import state
from gateway.exits.belongings import CARRIED
from gateway.exits.problems import (
    ExitMovedProblem,
    ExitNotLeavingProblem,
    ExitOutdatedProblem,
    ExitUnfinishedProblem,
)
from gateway.exits.unfinished import unfinished
from gateway.kit.clock import written
from gateway.kit.database import metadata
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.tenants.moving import Move, entity_move, move_of

STATEMENT = "einvoice-gateway-moved/1"
_MOMENT = 4
"""Its line that says when; before it stand the entity, the exit and where to."""


def leave(tx: TenantTransaction, now: datetime.datetime) -> None:
    """Let the entity issue nothing any more, until it stays after all; again is no error.

    Raises:
        ExitMovedProblem: It has moved, or has not yet arrived.
        ExitUnfinishedProblem: Something must end first.
    """
    move = move_of(tx, lock=True)
    if move is not None and move.state in {"moved", "arriving"}:
        raise ExitMovedProblem(f"The entity is {move.state}.", state=move.state)
    mark(tx, move, {"state": "leaving", "began_at": now, "ended_at": None})
    _hold(tx)
    _refuse_unfinished(tx)
    rounds.arrange(tx, now)


def stay(tx: TenantTransaction, now: datetime.datetime) -> None:
    """Let an entity that was leaving issue again; one that is here stays here.

    Raises:
        ExitMovedProblem: It has moved, or has not yet arrived.
    """
    move = move_of(tx, lock=True)
    if move is None or move.state == "here":
        return
    if move.state != "leaving":
        raise ExitMovedProblem(f"The entity is {move.state}.", state=move.state)
    mark(tx, move, {"state": "here", "ended_at": now})
    rounds.arrange(tx, now)


def moved(
    tx: TenantTransaction,
    made: Mapping[str, Any],
    to: Verifier,
    key: LogKey,
    now: datetime.datetime,
) -> Move:
    """Note that an entity has moved with an exit, and return that with the signed statement.

    Where it moved to, it may be taken in with a later exit, too: the first one may be of an older
    schema, or lost. The moment in the statement is always that of the first one.

    Args:
        tx: Of the entity.
        made: What came of the exit's job.
        to: The log of the installation that takes it in.
        key: Signs the statement.
        now: The moment.

    Raises:
        ExitMovedProblem: It has moved with another exit or elsewhere, or has not yet arrived.
        ExitNotLeavingProblem: It may be written about at this moment.
        ExitOutdatedProblem: Something changed since.
        ExitUnfinishedProblem: Something must end first.
    """
    state.begin(tx)
    file = str(made["manifest_sha256"])
    move = move_of(tx, lock=True)
    said = said_of(public_id("ent", tx.entity_id), file, to)
    if move is not None and move.state == "moved" and (move.statement or "").startswith(said):
        return move
    if move is None or move.state == "here":
        # Only a mark that was committed keeps others from writing while all is compared.
        raise ExitNotLeavingProblem("The entity is here: ask for an exit with `leaving`.")
    if move.state != "leaving" and _to(to) not in (move.statement or ""):
        raise ExitMovedProblem(f"The entity is {move.state}.", state=move.state)
    # Since the first statement it may be there: what is lost since then counts, see `leave_out`.
    moment = written(now) if move.state == "leaving" else _moment(move.statement or "")
    signed = sign(f"{said}{moment}\n", key.origin, key.private)
    if move.state == "leaving":
        values = {"state": "moved", "file": file, "statement": signed, "ended_at": now}
        mark(tx, move, values)
        _hold(tx)
    _refuse_unfinished(tx)
    if changed := _changed(tx, made["tables"]):
        raise ExitOutdatedProblem(
            f"These tables changed since the exit: {', '.join(changed)}.", tables=changed
        )
    rounds.arrange(tx, now)
    return Move("moved", file, 0, signed)


def said_of(entity: str, file: str, to: Verifier) -> str:
    """Return what is signed about an entity that has moved; the moment follows.

    Its first line is no log's origin, its second no number: nobody takes it for a checkpoint. The
    key of the log that it goes on in has it moved to one installation, and not to two.
    """
    return f"{STATEMENT}\n{entity}\nsha256:{file}{_to(to)}"


def _moment(statement: str) -> str:
    return statement.split("\n")[_MOMENT]


def _to(to: Verifier) -> str:
    return f"\nto {base64.b64encode(to.public_key).decode()}\n"


def mark(tx: TenantTransaction, move: Move | None, values: Mapping[str, Any]) -> None:
    """Write down how far the transaction's entity is, whose row was locked if there is one."""
    if move is None:
        tx.execute(tx.insert(entity_move, **values))
    else:
        mine = entity_move.c.entity_id == tx.entity_id
        tx.execute(tx.update(entity_move).where(mine).values(dict(values)))


def _hold(tx: TenantTransaction) -> None:
    """Wait for every document that is being issued, and every record that joins a chain."""
    for name in ("series", "chain"):
        table: sa.Table = metadata.tables[name]
        tx.execute(tx.select(table, table.c.id).order_by(table.c.id).with_for_update()).all()


def _refuse_unfinished(tx: TenantTransaction) -> None:
    found = [one for one in unfinished(tx) if one.stays]
    if found:
        kinds = ", ".join(f"{one.number} of kind {one.kind}" for one in found)
        raise ExitUnfinishedProblem(
            f"Not finished: {kinds}.", unfinished=[one.as_json() for one in found]
        )


def _changed(tx: TenantTransaction, before: Sequence[Mapping[str, Any]]) -> list[str]:
    then = {one["name"]: (one["rows"], one["sha256"]) for one in before}
    changed = []
    for carried in CARRIED:
        if not carried.grows:
            now = state.summary(tx, carried)
            if then.get(carried.name) != (now.rows, now.sha256):
                changed.append(carried.name)
    return changed
