"""`gateway retention`: how long documents are kept, and legal holds, at a running gateway."""

import json
from collections.abc import Mapping
from typing import Any

import httpx2

from gateway.cli.remote import refused
from gateway.kit.console import out


def explain(http: httpx2.Client, document: str, as_of: str | None, *, as_json: bool) -> int:
    """Say until when a document is kept, and why."""
    place = "received" if document.startswith("rcv_") else "documents"
    asked = {} if as_of is None else {"as_of": as_of}
    answer = http.get(f"/v1/retention/{place}/{document}", params=asked)
    if not answer.is_success:
        return refused(answer)
    told = answer.json()
    if as_json:
        out.print_json(json.dumps(told))
        return 0
    out.print(f"{told['id']} is kept until {told['retain_until']}")
    for rule in told["rules"]:
        source = rule["source"]
        out.print(f"{rule['until']}: {rule['why']} ({source['title']}; {source['confidence']})")
    for hold in told["holds"]:
        out.print(f"held by {hold}")
    return 0


def done(http: httpx2.Client, path: str, body: Mapping[str, Any]) -> int:
    """Have something done, and say its id."""
    sent = {name: value for name, value in body.items() if value is not None}
    answer = http.post(path, json=sent)
    if not answer.is_success:
        return refused(answer)
    out.print(answer.json()["id"])
    return 0
