"""`gateway schemas sync`: getting what is missing, with progress."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from gateway.artefacts.errors import StoreError
from gateway.artefacts.policy import Policy
from gateway.artefacts.sync import Progress as Told
from gateway.artefacts.sync import Result, State, sync
from gateway.cli.artefact_output import CANNOT, catalog, choice, print_table, table
from gateway.kit.console import err, fail, out

_COLOURS = {
    State.AT_HAND: "green",
    State.FETCHED: "green",
    State.WOULD_FETCH: "yellow",
    State.FAILED: "red",
}


def fetch(
    names: Sequence[str], directory: Path | None, policy: Policy, output: str, *, dry_run: bool
) -> int:
    """Get what is missing; 0 all is at hand, 1 something is not to be had, 2 it cannot be done."""
    known = catalog()
    declarations = choice(known, names)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    size = TextColumn("{task.fields[size]}")
    results: list[Result] = []
    stopped: StoreError | None = None
    with Progress(*columns, size, console=err, transient=True, disable=not err.is_terminal) as bar:
        steps = sync(
            known,
            declarations,
            policy=policy,
            directory=directory,
            dry_run=dry_run,
            progress=_told(bar, len(declarations)),
        )
        try:
            results.extend(steps)
        except StoreError as error:
            stopped = error
    _print(results, output)
    if stopped is not None:
        left = len(declarations) - len(results)
        fail(f"{stopped}; {left} of {len(declarations)} artefacts were not looked at", CANNOT)
    return 1 if any(each.state is State.FAILED for each in results) else 0


def _told(bar: Progress, total: int) -> Told:
    """Return what moves a bar: one step for an artefact, and the bytes that came."""
    task = bar.add_task("", total=total, size="")
    came = 0

    def started(identifier: str) -> None:
        bar.update(task, description=identifier, advance=1)

    def count(more: int) -> None:
        nonlocal came
        came += more
        bar.update(task, size=f"{came / 1e6:.1f} MB")

    def waiting() -> None:
        err.print("another sync is running; waiting for it")

    return Told(started, count, waiting)


def _print(results: Sequence[Result], output: str) -> None:
    if output == "json":
        out.print_json(json.dumps([_described(each) for each in results]))
        return
    rows = table("gateway schemas sync", "id", "state", "source", "relation", "refused before")
    for each in results:
        refused = "; ".join(f"{one.source}: {one.reason}" for one in each.refusals)
        state = Text(each.state, style=_COLOURS[each.state])
        rows.add_row(each.id, state, each.source or "", each.relation or "", refused)
    print_table(rows)
    counts = {state: sum(each.state is state for each in results) for state in State}
    out.print(", ".join(f"{count} {state}" for state, count in counts.items() if count) or "none")


def _described(result: Result) -> Mapping[str, Any]:
    return {
        "id": result.id,
        "state": result.state,
        "source": result.source,
        "relation": result.relation,
        "refusals": [{"source": one.source, "reason": one.reason} for one in result.refusals],
    }
