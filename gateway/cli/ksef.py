"""`gateway ksef`: who may do what at KSeF in an entity's name, asked at a running gateway."""

import json
from collections.abc import Mapping
from typing import Any

import httpx2

from gateway.cli.remote import refused
from gateway.kit.console import err, out


def access(http: httpx2.Client, *, fresh: bool, as_json: bool) -> int:
    """Say what who sends may do: 0 invoices may be issued, 1 not, or it is not known."""
    answer = http.get("/v1/ksef/access", params={"fresh": "true"} if fresh else {})
    if not answer.is_success:
        return refused(answer)
    told = answer.json()
    if as_json:
        out.print_json(json.dumps(told))
    else:
        out.print(f"{told['context']} by {told['credential_id']}: {told['state']}")
        out.print(told["reason"])
        if told["permissions"] is not None:
            out.print(", ".join(told["permissions"]))
        if told["fix"]:
            err.print(told["fix"])
    return 0 if told["state"] == "may" else 1


def asked(
    http: httpx2.Client,
    method: str,
    path: str,
    body: Mapping[str, Any] | None = None,
    params: Mapping[str, str] | None = None,
) -> int:
    """Have something done, and say what became of it."""
    json_body = None if body is None else dict(body)
    answer = http.request(method, path, json=json_body, params=dict(params or {}))
    if not answer.is_success:
        return refused(answer)
    told = answer.json() if answer.content else {}
    if "detail" in told:
        err.print(f"{told['state']}: {told['detail']}")
        out.print(told["reference"])
    elif told:
        err.print(f"{told['name']}: {told['status']}")
        out.print(told["id"])
    return 0
