"""What operators ask about the archive's log, over the database."""

import json

from rich.table import Table

from gateway.archive import anchored
from gateway.cli.operator import opened
from gateway.kit.clock import written
from gateway.kit.console import err, out
from gateway.problems import NotFoundProblem

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
    """Print attempts, the newest first; with `check`, whether each fits the log."""
    with opened() as database, database.worker_transaction() as tx:
        found = anchored.attempts(tx, limit=limit)
        misfits = {one.id for one in found if check and not anchored.fits(tx, one.attempt)}
    told = [
        {
            "at": written(one.attempt.at),
            "kind": one.attempt.kind,
            "target": one.attempt.target,
            "size": one.attempt.size,
            "outcome": one.attempt.outcome,
            "detail": one.attempt.detail,
            **({"fits": one.id not in misfits} if check else {}),
        }
        for one in found
    ]
    _show(told, as_json=as_json)
    return _NOT_THERE if misfits else 0


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
