"""`gateway keys`: an entity's keys, at a running gateway."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx2
from rich.table import Table

from gateway.cli.remote import refused
from gateway.kit.console import err, out

_COLUMNS = ("id", "name", "kind", "purposes", "status", "ends")


def show(http: httpx2.Client, *, as_json: bool) -> int:
    """List the keys; return the exit code."""
    listed: list[dict[str, Any]] = []
    cursor = None
    while True:
        asked = {"limit": 200, **({"cursor": cursor} if cursor else {})}
        answer = http.get("/v1/signing-keys", params=asked)
        if not answer.is_success:
            return refused(answer)
        listed += answer.json()["data"]
        if (cursor := answer.json()["next_cursor"]) is None:
            break
    if as_json:
        out.print_json(json.dumps(listed))
        return 0
    table = Table()
    for column in _COLUMNS:
        table.add_column(column, overflow="fold")
    for one in listed:
        certificates = one["certificates"]
        ends = certificates[0]["not_after"] if certificates else ""
        shown = {**one, "purposes": ", ".join(one["purposes"]), "ends": ends}
        table.add_row(*(str(shown[column]) for column in _COLUMNS))
    out.print(table)
    return 0


def brought(file: Path, password: str) -> dict[str, Any]:
    """Return a PKCS #12 file as the API takes it."""
    return {"pkcs12": base64.b64encode(file.read_bytes()).decode(), "password": password}


def made(http: httpx2.Client, path: str, body: Mapping[str, Any] | None) -> int:
    """Ask for something to be done with a key, and say what became of it."""
    answer = http.post(path) if body is None else http.post(path, json=dict(body))
    if not answer.is_success:
        return refused(answer)
    key = answer.json()
    err.print(f"{key['name']}: {key['kind']}, {key['status']}, for {', '.join(key['purposes'])}")
    out.print(key["id"])
    return 0


def requested(http: httpx2.Client, key_id: str, subject: Mapping[str, str | None]) -> int:
    """Print the request for a certificate."""
    said = {name: value for name, value in subject.items() if value is not None}
    answer = http.post(f"/v1/signing-keys/{key_id}/csr", json={"subject": said})
    if not answer.is_success:
        return refused(answer)
    out.print(answer.json()["csr"], end="", soft_wrap=True)
    return 0
