"""Importing: every row for itself or all together, and what came of each.

A dry run does everything that an import does, and then takes all of it back: what it says is what
would be.
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Literal, NoReturn
from uuid import UUID

from gateway.imports.sheet import METADATA, Sheet, SheetRow
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import InvalidPart, Problem, RequestInvalidProblem

Mode = Literal["all", "each"]
Outcome = Literal["created", "updated", "unchanged"]
Apply = Callable[[dict[str, Any]], tuple[Outcome, UUID]]
"""Takes a row's members over; raises a `Problem` for what it refuses."""

_MOST_ERRORS = 1_000


class ImportRefusedProblem(Problem):
    """Rows of the file are wrong, and nothing of it was taken.

    `errors` says which cells, `report` what would have come of every row. Correct them, or send
    the file with `?mode=each` to take the others.
    """

    type = "import-refused"
    title = "Rows of the file are wrong"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class _TakenBackError(Exception):
    """Ends the part of a transaction that is not to be kept."""


def run(  # noqa: PLR0913 - one call, all of it named
    tx: TenantTransaction,
    sheet: Sheet,
    apply: Apply,
    *,
    prefix: str,
    mode: Mode,
    dry_run: bool,
) -> dict[str, Any]:
    """Take the rows of a file over and return the report (`ImportReport`).

    Args:
        tx: Of the entity.
        sheet: The file.
        apply: What to do with a row.
        prefix: Of the public ids of what rows become.
        mode: `all`: nothing when one row is refused. `each`: every row for itself.
        dry_run: Take everything back at the end.

    Raises:
        ImportRefusedProblem: Rows are refused, the mode is `all` and this is no dry run.
    """
    rows: list[dict[str, Any]] = []
    try:
        with tx.connection.begin_nested():
            rows += (_row(tx, row, apply, prefix) for row in sheet.rows)
            if dry_run or (mode == "all" and _refused(rows)):
                _take_back()
    except _TakenBackError:
        for row in rows:
            if row["outcome"] == "created":
                row["id"] = None  # it was one for a moment only
    counts = {
        outcome: sum(1 for row in rows if row["outcome"] == outcome)
        for outcome in ("created", "updated", "unchanged", "refused")
    }
    report = {
        "object": "import",
        "dry_run": dry_run,
        "mode": mode,
        "applied": not dry_run,
        "rows": len(rows),
        **counts,
        "ignored_columns": list(sheet.ignored),
        "data": rows,
    }
    if counts["refused"] and mode == "all" and not dry_run:
        errors = [error for row in rows for error in row["errors"]]
        raise ImportRefusedProblem(
            f"{counts['refused']} of {len(rows)} rows are refused; nothing was imported.",
            errors=errors[:_MOST_ERRORS],
            report={**report, "applied": False},
        )
    return report


def _take_back() -> NoReturn:
    raise _TakenBackError


def _refused(rows: Sequence[Mapping[str, Any]]) -> bool:
    return any(row["outcome"] == "refused" for row in rows)


def _row(tx: TenantTransaction, row: SheetRow, apply: Apply, prefix: str) -> dict[str, Any]:
    errors = [_at(row, f"/{field}", part) for field, part in row.problems]
    outcome: str = "refused"
    identifier = None
    if not errors:
        try:
            with tx.connection.begin_nested():
                outcome, found = apply(_members(row))
                identifier = public_id(prefix, found)
        except RequestInvalidProblem as problem:
            errors = [_at(row, part.get("pointer", ""), part) for part in problem.errors]
        except Problem as problem:
            errors = [_at(row, "", {"message": problem.detail})]
    return {"row": row.number, "outcome": outcome, "id": identifier, "errors": errors}


def _members(row: SheetRow) -> dict[str, Any]:
    """Return a row as the body of an API call would say it."""
    own = {name: value for name, value in row.members.items() if not name.startswith(METADATA)}
    metadata = {
        name[len(METADATA) :]: value
        for name, value in row.members.items()
        if name.startswith(METADATA)
    }
    return {**own, "metadata": metadata} if metadata else own


def _at(row: SheetRow, pointer: str, part: InvalidPart) -> dict[str, Any]:
    """Say where in the file something is wrong."""
    steps = pointer.strip("/").split("/")
    field = ".".join(steps) if steps[0] == "metadata" else steps[0]
    cell, heading = row.cells.get(field, (None, None))
    found: dict[str, Any] = {
        "pointer": f"/rows/{row.number}{pointer}",
        "row": row.number,
        "cell": cell,
        "column": heading,
        "message": part["message"],
    }
    if (fix := part.get("fix")) is not None:
        found["fix"] = fix
    return found
