"""What operators ask about the archive's log, over the database."""

import json
from collections.abc import Sequence
from uuid import UUID

from rich.table import Table

from gateway.anchor_receipts import Receipts
from gateway.archive import anchored
from gateway.archive.anchored import Attempted
from gateway.archive.notes import NoteError
from gateway.cli.operator import opened
from gateway.kit.clock import written
from gateway.kit.console import err, fail, out
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.settings import Settings

_NOT_THERE = 1
_WIDEST = 10_000


def show_checkpoint(*, cosigned: bool) -> int:
    """Print the newest head."""
    with opened() as database, database.worker_transaction() as tx:
        try:
            _, note = anchored.checkpoint(tx, cosigned=cosigned)
        except NotFoundProblem as problem:
            err.print(problem.detail)
            return _NOT_THERE
    out.print(note, end="", markup=False, highlight=False, soft_wrap=True)
    return 0


def show_anchors(limit: int, *, check: bool, as_json: bool) -> int:
    """Print attempts, the newest first.

    With `check`: whether each fits the log, and what is wrong with what was given for it.
    """
    with opened() as database, database.worker_transaction() as tx:
        found = anchored.attempts(tx, limit=limit)
        misfits: set[UUID] = set()
        wrong: dict[UUID, str] = {}
        if check:
            misfits = {one.id for one in found if not anchored.fits(tx, one.attempt)}
            wrong = _wrong(tx, found)
    told: list[dict[str, object]] = [
        {
            "at": written(one.attempt.at),
            "kind": one.attempt.kind,
            "target": one.attempt.target,
            "size": one.attempt.size,
            "outcome": one.attempt.outcome,
            "detail": one.attempt.detail,
            **({"fits": one.id not in misfits, "wrong": wrong.get(one.id)} if check else {}),
        }
        for one in found
    ]
    _show(told, as_json=as_json)
    return _NOT_THERE if misfits or wrong else 0


def _wrong(tx: TenantTransaction, found: Sequence[Attempted]) -> dict[UUID, str]:
    """Return what is wrong with time stamps and cosignatures, by attempt."""
    try:
        receipts = Receipts.of(Settings(), tx)
    except NoteError as error:
        fail(f"GATEWAY_LOG_WITNESSES: {error}")
    judged = ((one.id, receipts.problem(one.attempt)) for one in found)
    return {attempt_id: what for attempt_id, what in judged if what is not None}


def show_witnessed(*, as_json: bool) -> int:
    """Print the newest checkpoint cosigned of each log."""
    with opened() as database, database.worker_transaction() as tx:
        told = [
            {"origin": head.origin, "size": head.size, "cosigned_at": written(at)}
            for head, at in anchored.witnessed(tx)
        ]
    _show(told, as_json=as_json)
    return 0


def _show(told: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        out.print_json(json.dumps(told))
        return
    table = Table()
    for column in told[0] if told else ():
        table.add_column(column, overflow="fold")
    for one in told:
        table.add_row(*map(str, one.values()))
    if not out.is_terminal:
        out.width = _WIDEST
    out.print(table)
