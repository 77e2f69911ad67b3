"""What a running gateway lists, as a table or as JSON."""

import json
from typing import Any

import httpx2
from rich.table import Table

from gateway.cli.remote import refused
from gateway.kit.console import out


def show(http: httpx2.Client, path: str, columns: tuple[str, ...], *, as_json: bool) -> int:
    """List what stands at an address; return the exit code."""
    answer = http.get(path)
    if not answer.is_success:
        return refused(answer)
    listed: list[dict[str, Any]] = answer.json()["data"]
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
