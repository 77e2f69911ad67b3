"""`gateway schemas`: what is at hand, what is missing, and getting it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from gateway.artefacts.errors import StoreError
from gateway.artefacts.policy import Policy
from gateway.artefacts.sync import Progress as Told
from gateway.artefacts.sync import Result, State, chosen, sync
from gateway.kit import clock
from gateway.kit.console import err, fail, out
from gateway.settings import Settings
from schemas import ArtefactMissingError, Availability, Catalog, Declaration, UnknownArtefactError
from schemas.catalog import SourceState

CANNOT = 2
"""Exit code when nothing could be done at all."""

_COLOURS = {
    State.AT_HAND: "green",
    State.FETCHED: "green",
    State.WOULD_FETCH: "yellow",
    State.FAILED: "red",
}


def show(names: Sequence[str], output: str) -> int:
    """List artefacts with what this machine has of them; 0."""
    catalog = _catalog()
    found = [catalog.availability(each) for each in _chosen(catalog, names)]
    if output == "json":
        out.print_json(json.dumps([_described(each) for each in found]))
        return 0
    table = _table(
        "gateway schemas list", "id", "kind", "publisher", "licence", "in force", "here"
    )
    for each in found:
        declared = each.declaration
        table.add_row(
            *(each.id, declared.kind, declared.publisher, declared.licence),
            *(_in_force(each), _here(each)),
        )
    out.print(table)
    missing = sum(not each.available for each in found)
    out.print(
        f"{len(found)} artefacts, {missing} not here" + (": gateway schemas sync" * (missing > 0))
    )
    return 0


def fetch(
    names: Sequence[str], directory: Path | None, policy: Policy, output: str, *, dry_run: bool
) -> int:
    """Get what is missing; 0 all is at hand, 1 something is not to be had, 2 it cannot be done."""
    catalog = _catalog()
    declarations = _chosen(catalog, names)
    columns = (
        *(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()),
        *(TextColumn("{task.fields[bytes]}"),),
    )
    results: list[Result] = []
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("", total=len(declarations), bytes="")
        came = 0

        def count(more: int) -> None:
            nonlocal came
            came += more
            bar.update(task, bytes=f"{came / 1e6:.1f} MB")

        told = Told(
            started=lambda identifier: bar.update(task, description=identifier),
            count=count,
            waiting=lambda: err.print("another sync is running; waiting for it"),
        )
        steps = sync(
            *(catalog, declarations),
            policy=policy,
            directory=directory,
            dry_run=dry_run,
            progress=told,
        )
        try:
            for result in steps:
                results.append(result)
                bar.advance(task)
        except StoreError as error:
            bar.stop()
            _results(results, output)
            left = len(declarations) - len(results)
            fail(f"{error}; {left} artefacts were not looked at", CANNOT)
    _results(results, output)
    return 1 if any(each.state is State.FAILED for each in results) else 0


def verify(names: Sequence[str], output: str) -> int:
    """Hash again what is here; 0 all as declared, 1 something differs."""
    catalog = _catalog()
    found = [catalog.availability(each) for each in _chosen(catalog, names)]
    wrong = any(each.wrong for each in found)
    if output == "json":
        out.print_json(json.dumps([_described(each) for each in found]))
        return 1 if wrong else 0
    table = _table("gateway schemas verify", "id", "source", "state", "what was found")
    for each in found:
        for source in each.sources:
            if source.good or not source.absent:
                table.add_row(each.id, source.name, _state(source), source.reason or "")
        if not each.available and not each.wrong:
            table.add_row(each.id, "", Text("not here", style="yellow"), "gateway schemas sync")
    out.print(table)
    good = sum(each.available for each in found)
    out.print(
        f"{good} of {len(found)} artefacts are here; {sum(bool(a.wrong) for a in found)} differ"
    )
    return 1 if wrong else 0


def explain(name: str, as_of: str | None, output: str) -> int:
    """Say which version judges a day, the state of each source, and who needs it; 0 if usable."""
    from gateway.artefacts.needs import families  # noqa: PLC0415 - reads every profile

    catalog = _catalog()
    day = _day(as_of)
    versions = _chosen(catalog, [name])
    family = versions[0].family
    try:
        declaration = catalog.manifest.artefact(name) or catalog.in_force(family, day)
    except ArtefactMissingError as missing:
        fail(str(missing))
    found = catalog.availability(declaration)
    needed = families().get(family, ())
    if output == "json":
        described = {
            **_described(found),
            "as_of": day.isoformat(),
            "in_force": declaration.covers(day),
            "earlier": declaration.earlier,
            "versions": [each.version for each in catalog.manifest.family(family)],
            "needed_by": needed,
        }
        out.print_json(json.dumps(described))
        return 0 if found.available else 1
    _explained(found, day, needed)
    return 0 if found.available else 1


def _explained(found: Availability, day: date, needed: Sequence[str]) -> None:
    declared = found.declaration
    out.print(f"{declared.id}  {declared.title}")
    out.print(f"published by {declared.publisher}; {declared.licence}; {declared.homepage}")
    if declared.covers(day):
        out.print(f"in force {_in_force(found)}, and so on {day}")
    elif day < declared.in_force_from and declared.earlier:
        out.print(f"in force {_in_force(found)}; judges {day} too, because {declared.earlier}")
    else:
        out.print(f"in force {_in_force(found)}; not on {day}")
    table = _table("", "source", "relation", "state", "why")
    for source in found.sources:
        used = "used" if source is found.used else ""
        table.add_row(source.name, source.relation, _state(source), source.reason or used)
    out.print(table)
    out.print(f"needed by: {', '.join(needed) or 'no profile; judge by it with --rules'}")


def _results(results: Sequence[Result], output: str) -> None:
    if output == "json":
        out.print_json(json.dumps([_result(each) for each in results]))
        return
    table = _table("gateway schemas sync", "id", "state", "source", "relation", "refused before")
    for each in results:
        refused = "; ".join(f"{one.source}: {one.reason}" for one in each.refusals)
        state = Text(each.state, style=_COLOURS[each.state])
        table.add_row(each.id, state, each.source or "", each.relation or "", refused)
    out.print(table)
    counts = {state: sum(each.state is state for each in results) for state in State}
    out.print(", ".join(f"{count} {state}" for state, count in counts.items() if count) or "none")


def _result(result: Result) -> Mapping[str, Any]:
    return {
        "id": result.id,
        "state": result.state,
        "source": result.source,
        "relation": result.relation,
        "refusals": [{"source": one.source, "reason": one.reason} for one in result.refusals],
    }


def _described(found: Availability) -> Mapping[str, Any]:
    declared, used = found.declaration, found.used
    until = declared.in_force_until
    return {
        "id": declared.id,
        "family": declared.family,
        "version": declared.version,
        "kind": declared.kind,
        "title": declared.title,
        "publisher": declared.publisher,
        "licence": declared.licence,
        "homepage": declared.homepage,
        "in_force_from": declared.in_force_from.isoformat(),
        "in_force_until": None if until is None else until.isoformat(),
        "available": found.available,
        "source": None if used is None else used.name,
        "relation": None if used is None else used.relation,
        "sources": [
            {
                "name": source.name,
                "type": source.source.type,
                "relation": source.relation,
                "state": _state(source).plain,
                "reason": source.reason,
            }
            for source in found.sources
        ],
    }


def _catalog() -> Catalog:
    settings = Settings()
    directories = () if settings.schemas_dir is None else (settings.schemas_dir,)
    return Catalog(directories, cache=settings.data / "schemas")


def _chosen(catalog: Catalog, names: Sequence[str]) -> tuple[Declaration, ...]:
    try:
        return chosen(catalog, names)
    except UnknownArtefactError as unknown:
        fail(f"{unknown.id}: {unknown.reason}; {unknown.fix}", CANNOT)


def _day(as_of: str | None) -> date:
    if as_of is None:
        return clock.now().date()
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        fail(f"{as_of} is not a day; write YYYY-MM-DD", CANNOT)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title or None, title_justify="left")
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _state(source: SourceState) -> Text:
    if source.good:
        return Text("good", style="green")
    return Text("not here", style="yellow") if source.absent else Text("differs", style="red")


def _here(found: Availability) -> Text:
    if found.used is None:
        return Text("differs" if found.wrong else "not here", style="red")
    return Text(f"{found.used.name} ({found.used.relation})", style="green")


def _in_force(found: Availability) -> str:
    declared = found.declaration
    return f"{declared.in_force_from} to {declared.in_force_until or 'now'}"
