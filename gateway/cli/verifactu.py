"""`gateway verifactu`: what Spanish law wants of a billing program, asked of a running gateway."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx2

from gateway.cli.remote import refused, written
from gateway.kit.console import err, out

_HERE = "/v1/verifactu"


def declaration(http: httpx2.Client, pdf: Path | None, *, as_json: bool) -> int:
    """Print the declaration, and write its page; return the exit code."""
    answer = http.get(f"{_HERE}/declaration")
    if not answer.is_success:
        return refused(answer)
    told = answer.json()
    if as_json:
        out.print_json(json.dumps(told))
    else:
        for one in told["points"]:
            out.print(f"{one['letter']}) {one['about']}: {one['text'] or '-'}", markup=False)
    if pdf is not None:
        page = http.get(f"{_HERE}/declaration/pdf")
        if not page.is_success:
            return refused(page)
        pdf.write_bytes(page.content)
    if told["missing"]:
        err.print(f"not said yet (settings.fiscalization): {', '.join(told['missing'])}")
    return 0 if told["complete"] else 1


def check(http: httpx2.Client) -> int:
    """Look for anomalies and print them; return the exit code."""
    answer = http.post(f"{_HERE}/checks")
    if not answer.is_success:
        return refused(answer)
    told = answer.json()
    found = 0
    for what in ("records", "events"):
        looked = told[what]
        found += len(looked["anomalies"])
        out.print(f"{looked['count']} {what}, {looked['signed']} signed")
        for one in looked["anomalies"]:
            err.print(f"{what} {one['sequence']}: {one['reason']} ({one['type']})")
    return 1 if found else 0


def export(http: httpx2.Client, days: tuple[datetime.date, datetime.date], output: Path) -> int:
    """Write records and events of some days; return the exit code."""
    body = {"from": days[0].isoformat(), "to": days[1].isoformat()}
    return written(http.post(f"{_HERE}/exports", json=body), output)


def demand(http: httpx2.Client, asked: Mapping[str, Any], output: Path | None) -> int:
    """Send what the AEAT demanded, or write it; return the exit code."""
    if output is not None:
        return written(http.post(f"{_HERE}/demands/files", json=dict(asked)), output)
    answer = http.post(f"{_HERE}/demands", json=dict(asked))
    if not answer.is_success:
        return refused(answer)
    refusals = 0
    for one in answer.json()["requests"]:
        out.print(f"{one['state']} {one['csv'] or ''}", markup=False)
        for record in one["records"]:
            if record["code"]:
                err.print(
                    f"{record['number']}: {record['state']} {record['code']} {record['detail']}",
                    markup=False,
                )
            refusals += record["state"] == "Incorrecto"
    return 1 if refusals else 0
