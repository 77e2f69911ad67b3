"""`gateway vies`: one number, or a file of them, checked by a running gateway."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx2
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from formats.spreadsheet.delimited import read_delimited
from formats.spreadsheet.problems import SpreadsheetError
from formats.spreadsheet.reading import looks_like_workbook
from formats.spreadsheet.workbook import read_first_sheet
from gateway.cli.remote import NOT_DONE, refused
from gateway.imports.sheet import key as heading_key
from gateway.kit.console import err, fail, out
from gateway.vies.numbers import NotANumberError, read_number

UNKNOWN = 3
"""The exit code where nobody said either."""

_HEADINGS = frozenset(
    {
        *("vat id", "vat number", "vat no", "vat", "vat identifier", "tax id", "number"),
        *("ddv", "id za ddv", "ust id", "ust idnr", "uid", "partita iva", "btw nummer"),
    }
)
_WAIT = 2  # seconds that the gateway holds its answer; progress is shown between
_LINES = 200


def check(
    http: httpx2.Client, number: str, max_age: int | None, *, retry: bool, as_json: bool
) -> int:
    """Check one number and say what came; return the exit code."""
    body = {"vat_id": number, "retry": retry, "max_age": max_age}
    answer = http.post("/v1/vat-checks", json=body)
    if not answer.is_success:
        return refused(answer)
    found = answer.json()
    if as_json:
        out.print_json(json.dumps(found))
    else:
        _print(found)
    return {"valid": 0, "invalid": 1}.get(found["outcome"], UNKNOWN)


def asked(
    file: Path | None, *, customers: bool, max_age: int | None, retry: bool
) -> dict[str, Any]:
    """Return the body that asks for a batch; end the command where nothing is asked for."""
    body: dict[str, Any] = {"max_age": max_age, "retry": retry}
    if customers == (file is not None):
        fail("name a file of numbers, or --customers", NOT_DONE)
    if file is None:
        return {**body, "customers": "all"}
    try:
        numbers = numbers_in(file.read_bytes())
    except SpreadsheetError as error:
        fail(f"{file}: {error.problems[0].message}", NOT_DONE)
    if not numbers:
        fail(f"{file} names no number", NOT_DONE)
    return {**body, "vat_ids": numbers}


def numbers_in(content: bytes) -> list[str]:
    """Return the numbers of a file: of its column for them, or of its first.

    Raises:
        SpreadsheetError: It cannot be read.
    """
    if looks_like_workbook(content):
        table = read_first_sheet(content)
    else:
        table = read_delimited(content, None, _likely)
    rows = [{column: str(cell.value) for column, cell in row.items()} for row in table.rows]
    if not rows:
        return []
    named = [column for column, text in rows[0].items() if heading_key(text) in _HEADINGS]
    if named:
        rows = rows[1:]
    column = named[0] if named else 0
    return [row[column].strip() for row in rows if row.get(column, "").strip()]


def batch(http: httpx2.Client, body: Mapping[str, Any], output: Path | None) -> int:
    """Have numbers checked, show how far it is, and write the report; return the exit code."""
    answer = http.post("/v1/vat-checks/batch", json=dict(body))
    if not answer.is_success:
        return refused(answer)
    job = _ended(http, answer.json())
    if job["state"] != "succeeded":
        err.print(f"{job['id']} {job['state']}: {(job['error'] or {}).get('detail', '')}")
        return NOT_DONE
    if output is not None:
        _write(http, job["id"], output)
    else:
        _report(http, job["id"])
    counts = job["result"]
    out.print(", ".join(f"{counts[name]} {name}" for name in ("valid", "invalid", "unknown")))
    return 1 if counts["invalid"] else UNKNOWN if counts["unknown"] else 0


def _likely(row: Sequence[str]) -> int:
    """Return how many cells of a first row are a heading for numbers, or a number."""
    return sum(1 for text in row if heading_key(text) in _HEADINGS or _is_number(text))


def _is_number(text: str) -> bool:
    try:
        read_number(text)
    except NotANumberError:
        return False
    return True


def _ended(http: httpx2.Client, job: dict[str, Any]) -> dict[str, Any]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=err) as progress:
        task = progress.add_task("numbers", total=job["progress"]["total"])
        while job["state"] in {"queued", "running"}:
            answer = http.get(f"/v1/jobs/{job['id']}", params={"wait": _WAIT})
            answer.raise_for_status()
            job = answer.json()
            progress.update(task, completed=job["progress"]["done"])
    return job


def _write(http: httpx2.Client, job: str, output: Path) -> None:
    form = output.suffix.lower().removeprefix(".")
    path = f"/v1/vat-checks/batch/{job}"
    if form == "json":
        output.write_text(json.dumps(_all(http, path), indent=1), encoding="utf-8")
        return
    params = {"format": "xlsx" if form == "xlsx" else "csv"}
    output.write_bytes(http.get(f"{path}/file", params=params).raise_for_status().content)


def _all(http: httpx2.Client, path: str) -> dict[str, Any]:
    """Return the whole report, all its pages as one."""
    params: dict[str, Any] = {"limit": 200}
    report: dict[str, Any] = http.get(path, params=params).raise_for_status().json()
    following = report["next_cursor"]
    while following is not None:
        page = http.get(path, params={**params, "cursor": following}).raise_for_status().json()
        report["data"] += page["data"]
        following = page["next_cursor"]
    return {**report, "next_cursor": None}


def _report(http: httpx2.Client, job: str) -> None:
    """Print what is not valid, as far as it fits a screen."""
    table = Table("number", "outcome", "why", box=None)
    rows = [
        one
        for outcome in ("invalid", "unknown")
        for one in http.get(
            f"/v1/vat-checks/batch/{job}", params={"outcome": outcome, "limit": _LINES}
        )
        .raise_for_status()
        .json()["data"]
    ]
    for one in rows[:_LINES]:
        table.add_row(one["vat_id"], one["outcome"], one["fault"] or one["detail"] or "")
    if rows:
        out.print(table)


def _print(found: Mapping[str, Any]) -> None:
    cached = f", known for {found['age_seconds']} s" if found["from_cache"] else ""
    out.print(f"{found['vat_id']}: {found['outcome']} ({found['service']}{cached})")
    for name in ("name", "address", "consultation_number", "request_date", "fault", "action"):
        if found[name] is not None:
            text = str(found[name]).replace("\n", ", ")
            out.print(f"  {name.replace('_', ' ')}: {text}")
    if (known := found["known"]) is not None:
        out.print(f"  known before: {known['outcome']} on {known['asked_at']}")
    if (retry := found["retry"]) is not None and retry["state"] == "waiting":
        out.print(f"  asked again: {retry['next_try_at']}")
