"""What a running gateway lists, as a table or as JSON; what it is to make."""

import json
from collections.abc import Mapping
from typing import Any

import httpx2
from rich.table import Table

from gateway.cli.remote import refused
from gateway.kit.console import out


def show(
    http: httpx2.Client,
    path: str,
    columns: tuple[str, ...],
    *,
    as_json: bool,
    within: str = "data",
) -> int:
    """List what stands at an address, in that member of its answer; return the exit code."""
    answer = http.get(path)
    if not answer.is_success:
        return refused(answer)
    listed: list[dict[str, Any]] = answer.json()[within]
    if as_json:
        out.print_json(json.dumps(listed))
        return 0
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    for one in listed:
        shown = (one[column] for column in columns)
        table.add_row(
            *(", ".join(part) if isinstance(part, list) else str(part or "") for part in shown)
        )
    out.print(table)
    return 0


def made(http: httpx2.Client, path: str, body: Mapping[str, Any]) -> int:
    """Make something and print its id: 0 made, 2 refused."""
    sent = {name: value for name, value in body.items() if value is not None}
    answer = http.post(path, json=sent)
    if not answer.is_success:
        return refused(answer)
    out.print(answer.json()["id"])
    return 0
