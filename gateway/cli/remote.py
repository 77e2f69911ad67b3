"""`gateway import` and `gateway export`: a file to a running gateway, and one back from it."""

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx2

from gateway.imports.schemas import CSV, XLSX
from gateway.kit.console import err, fail, out

NOT_DONE = 2
"""The exit code of what did not come about at all."""

_PATIENCE = 3600  # seconds; an export of many PDF files takes long
_OPEN = frozenset({"queued", "running"})


@dataclass(frozen=True, slots=True)
class File:
    """A file to be imported.

    Attributes:
        content: Its bytes.
        media_type: As HTTP says it, with the encoding where one is named.
    """

    content: bytes
    media_type: str

    @classmethod
    def read(cls, path: Path, encoding: str | None) -> Self:
        """Return a file; what ends in .xlsx is a workbook, anything else CSV."""
        kind = XLSX if path.suffix.lower() == ".xlsx" else CSV
        charset = f"; charset={encoding}" if encoding and kind == CSV else ""
        return cls(path.read_bytes(), kind + charset)


@contextmanager
def opened(url: str, key: str, entity: str | None) -> Iterator[httpx2.Client]:
    """Speak to a gateway with a key; end the command when nobody answers."""
    headers = {"Authorization": f"Bearer {key}"}
    if entity is not None:
        headers["Entity-Id"] = entity
    with httpx2.Client(base_url=url, headers=headers, timeout=120, trust_env=False) as http:
        try:
            yield http
        except httpx2.TransportError as error:
            fail(f"no gateway answers at {url}: {error}", NOT_DONE)


def import_rows(  # noqa: PLR0913 - one for each option
    http: httpx2.Client, what: str, file: File, *, mode: str, dry_run: bool, as_json: bool
) -> int:
    """Import a file and say what came of its rows; return the exit code."""
    answer = http.post(
        f"/v1/{what}/import",
        params={"mode": mode, "dry_run": "true" if dry_run else "false"},
        content=file.content,
        headers={"Content-Type": file.media_type},
    )
    told = answer.json()
    report = told.get("report", told) if answer.status_code in {200, 422} else None
    if report is None or "rows" not in report:
        return refused(answer)
    if as_json:
        out.print_json(json.dumps(report))
    else:
        _print(report, what)
    return 1 if report["refused"] else 0


def export(http: httpx2.Client, asked: Mapping[str, Any], output: Path | None) -> int:
    """Have documents exported, wait for the file and write it; return the exit code."""
    job = done(http, "/v1/exports", asked)
    if job is None:
        return NOT_DONE
    made = job["result"]["file"]
    path = output or Path(Path(made["name"]).name)
    if output is None and path.exists():
        err.print(f"{path} is there already; name another file with -o")
        return NOT_DONE
    if (problem := fetch(http, f"/v1/exports/{job['id']}/file", path, made["sha256"])) is not None:
        err.print(problem)
        return NOT_DONE
    out.print(f"{job['result']['documents']} documents in {path}")
    return 0


def done(http: httpx2.Client, address: str, asked: Mapping[str, Any]) -> dict[str, Any] | None:
    """Ask for a job and wait for its end; return it, None where nothing came of it."""
    answer = http.post(address, json=dict(asked))
    until = time.monotonic() + _PATIENCE
    while answer.is_success and answer.json()["state"] in _OPEN:
        if time.monotonic() > until:
            err.print(f"{answer.json()['id']} is not done yet; its file can be fetched later")
            return None
        answer = http.get(f"/v1/jobs/{answer.json()['id']}", params={"wait": 30})
    if not answer.is_success:
        refused(answer)
        return None
    job: dict[str, Any] = answer.json()
    if job["state"] != "succeeded":
        err.print(f"{job['id']} {job['state']}: {(job['error'] or {}).get('detail', '')}")
        return None
    return job


def fetch(http: httpx2.Client, address: str, path: Path, sha256: str) -> str | None:
    """Write a file that is whole and as promised, or none; return what kept it from being so."""
    digest, part = hashlib.sha256(), path.with_name(f"{path.name}.part")
    try:
        with http.stream("GET", address) as answer, part.open("wb") as file:
            if not answer.is_success:
                return f"the file cannot be fetched ({answer.status_code})"
            for chunk in answer.iter_bytes():
                digest.update(chunk)
                file.write(chunk)
        if digest.hexdigest() != sha256:
            return "the file did not arrive as it was sent; ask for it again"
        part.replace(path)
    except OSError as error:
        return f"{path}: {error.strerror}"
    finally:
        part.unlink(missing_ok=True)
    return None


def _print(report: Mapping[str, Any], what: str) -> None:
    for row in report["data"]:
        for wrong in row["errors"]:
            fix = f"; {wrong['fix']}" if wrong.get("fix") else ""
            place = wrong.get("cell") or f"row {wrong['row']}"
            err.print(f"{place}: {wrong['column'] or ''} {wrong['message']}{fix}")
    if report["ignored_columns"]:
        err.print(f"columns that are not known: {', '.join(report['ignored_columns'])}")
    counts = ", ".join(
        f"{report[name]} {name}" for name in ("created", "updated", "unchanged", "refused")
    )
    done = "" if report["applied"] else "; nothing was written"
    out.print(f"{report['rows']} {what}: {counts}{done}")


def refused(answer: httpx2.Response) -> int:
    """Say what a problem says, with every place it names."""
    try:
        told = answer.json()
    except ValueError:
        told = {}
    err.print(f"the gateway refuses ({answer.status_code}): {told.get('detail', '')}")
    for part in told.get("errors", ()):
        err.print(f"{part.get('pointer', '')} {part['message']}")
    return NOT_DONE


def written(answer: httpx2.Response, output: Path) -> int:
    """Write what a gateway answered into a file and print its name: 0 it is there, 2 it is not."""
    if not answer.is_success:
        return refused(answer)
    try:
        output.write_bytes(answer.content)
    except OSError as error:
        err.print(f"{output}: {error.strerror}", markup=False)
        return NOT_DONE
    out.print(f"{output}", markup=False)
    return 0
