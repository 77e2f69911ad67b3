"""What `gateway archive revalidate` does: it asks a running gateway to judge documents again."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx2
from rich.table import Table

from gateway.cli.remote import NOT_DONE, done, fetch
from gateway.kit.console import err, out

_HERE = "/v1/archive/revalidations"


def revalidate(
    http: httpx2.Client, asked: Mapping[str, object], output: Path | None, *, as_json: bool
) -> int:
    """Have documents judged again, write the report, say what came out; return the exit code.

    Args:
        http: Speaks to a gateway.
        asked: The body of the request.
        output: Where the report goes, if anywhere; `.csv` is the table.
        as_json: Print the summary as JSON.
    """
    job = done(http, _HERE, asked)
    if job is None:
        return NOT_DONE
    result = job["result"]
    if output is not None:
        form = "csv" if output.suffix.lower() == ".csv" else "json"
        address = f"{_HERE}/{job['id']}/report?format={form}"
        problem = fetch(http, address, output, result["files"][form]["sha256"])
        if problem is not None:
            err.print(problem)
            return NOT_DONE
    if as_json:
        out.print_json(json.dumps(result))
    else:
        out.print(_table(result))
        for name, more in (("appeared", "now broken"), ("gone", "no longer broken")):
            for rule, number in result[name].items():
                out.print(f"{rule}: {more} in {number} documents")
        for name, number in result["problems"].items():
            err.print(f"{name}: {number} documents")
    unknown = any(one["now"] in {"unknown", "none"} for one in result["verdicts"])
    return 1 if result["changed"] or result["problems"] or unknown else 0


def _table(result: Mapping[str, Any]) -> Table:
    table = Table(title=f"{result['documents']} documents", title_justify="left")
    for name in ("then", "now", "documents"):
        table.add_column(name)
    for one in result["verdicts"]:
        table.add_row(one["then"], one["now"], str(one["documents"]))
    return table
