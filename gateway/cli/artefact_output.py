"""What the `gateway schemas` commands share: the catalogue, names, and how a state is shown."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from gateway.artefacts.choice import chosen
from gateway.kit.console import fail, out
from gateway.place import Place
from schemas import Availability, Catalog, Declaration, UnknownArtefactError
from schemas.catalog import SourceState

_WIDEST = 10_000

CANNOT = 2
"""Exit code when nothing could be done at all."""


def catalog() -> Catalog:
    """Return the catalogue of this installation."""
    place = Place.of(os.environ)
    directories = () if place.schemas_dir is None else (place.schemas_dir,)
    return Catalog(directories, cache=place.data / "schemas")


def choice(catalog: Catalog, names: Sequence[str]) -> tuple[Declaration, ...]:
    """Return the artefacts of these names, or end with the near ones of an unknown name."""
    try:
        return chosen(catalog, names)
    except UnknownArtefactError as unknown:
        fail(f"{unknown.id}: {unknown.reason}; {unknown.fix}", CANNOT)


def table(title: str, *columns: str) -> Table:
    """Return an empty table."""
    empty = Table(title=title or None, title_justify="left")
    for name in columns:
        empty.add_column(name, overflow="fold")
    return empty


def print_table(rows: Table) -> None:
    """Print a table; as wide as it is where nobody watches, so that no id is broken over lines."""
    if not out.is_terminal:
        out.width = _WIDEST
    out.print(rows)


def state(source: SourceState) -> Text:
    """Return `good`, `not here` or `differs`."""
    if source.good:
        return Text("good", style="green")
    return Text("not here", style="yellow") if source.absent else Text("differs", style="red")


def here(found: Availability) -> Text:
    """Return the source that is used, with its relation, or that there is none."""
    if found.used is None:
        return Text("differs" if found.wrong else "not here", style="red")
    return Text(f"{found.used.name} ({found.used.relation})", style="green")


def in_force(declared: Declaration) -> str:
    """Return `2026-08-17 to now`."""
    return f"{declared.in_force_from} to {declared.in_force_until or 'now'}"


def described(found: Availability) -> Mapping[str, Any]:
    """Return an artefact and its sources as JSON has them."""
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
                "state": state(source).plain,
                "reason": source.reason,
            }
            for source in found.sources
        ],
    }
