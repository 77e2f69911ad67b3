"""Auditors as a shop invites them."""

import io
import json
import threading
import zipfile
from typing import Any

from gateway.jobs.execution import Ticket, attempt
from gateway.kit.ids import parse_id
from tests.gateway.houses import Json, Shop

LATER = "2030-01-01T00:00:00Z"


def invited(shop: Shop, **scope: object) -> Json:
    """Return a newly invited auditor with the token."""
    body: dict[str, Any] = {"name": "Revizija d.o.o.", "purpose": "VAT 2026", "expires_at": LATER}
    answer = shop.call("POST", "/v1/auditors", body | scope)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


def ids(shop: Shop, path: str, token: str) -> set[str]:
    """Return the ids of what an auditor finds in a list."""
    answer = shop.call("GET", path, key=token)
    assert answer.status_code == 200, answer.text
    return {one["id"] for one in answer.json()["data"]}


def done(shop: Shop, job: str, key: str | None = None) -> Json:
    """Do a job as a worker would, and return it as this caller sees it."""
    ticket = Ticket(
        shop.account.id, parse_id(shop.entity, "ent"), shop.environment, parse_id(job, "job")
    )
    attempt(shop.house.runtime.jobs, ticket, threading.Event())
    found: Json = shop.call("GET", f"/v1/jobs/{job}", key=key).json()
    return found


def told(shop: Shop, path: str, key: str | None = None) -> list[Json]:
    """Return the events in the bundle of one document, as this caller gets it."""
    answer = shop.call("GET", path, key=key)
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        [name] = [one for one in bundle.namelist() if one.endswith("/events.json")]
        events: list[Json] = json.loads(bundle.read(name))
    return events
