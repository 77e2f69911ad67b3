"""`gateway retention`: how long documents are kept, and legal holds, at a running gateway."""

import json

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
