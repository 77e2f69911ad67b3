"""What auditors ask for is written down before it is answered, in a transaction of its own."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from gateway.kit import clock
from gateway.kit.ids import PREFIXES, parse_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants import activity, attendance, repository
from gateway.tenants.attendance import Asked, Shows, shows
from gateway.tenants.callers import Caller
from gateway.tenants.doorway import doors


def note_auditor(
    request: Request, found: Caller, what: Shows | None = None, *, refused: bool = False
) -> None:
    """Write down what an auditor asks for, in a transaction of its own; see `_asked`.

    What is refused is no activity, but whoever invited them is shown that it was asked for.
    """
    if found.first_use and found.auditor_id is not None:
        # An auditor's own transaction may not read the event that it would add.
        everything = replace(found.tenant(), period=None)
        with doors(request).database.transaction(everything) as tx:
            doors(request).auditor_came(tx, found.auditor_id, clock.now())
    with doors(request).database.transaction(found.tenant()) as tx:
        if not refused:
            _record_access(request, found, tx)
        if found.auditor_id is not None:
            attendance.note(tx, found.auditor_id, _asked(request, what), clock.now())


def note_sought(request: Request, found: Caller, sought: Mapping[str, Any]) -> None:
    """Write down by what an invited auditor looks for something that a body says.

    Beside the note of the request, in a transaction of its own: also what is refused was asked.

    Args:
        request: What is asked for.
        found: Who asks; of others nothing is written down.
        sought: What is looked for, as the query of a search would say it.

    Raises:
        MalformedRequestProblem: It is too long to be noted.
    """
    if found.auditor_id is None:
        return
    asked = replace(_asked(request, None), query=urlencode(sought, doseq=True))
    with doors(request).database.transaction(found.tenant()) as tx:
        attendance.note(tx, found.auditor_id, asked, clock.now())


def _record_access(request: Request, found: Caller, tx: TenantTransaction) -> None:
    named = request.path_params.get("entity_id") or request.headers.get("entity-id")
    named = named or request.query_params.get("entity_id")
    about = tx
    if found.entity_id is None and (entity := _own_entity(tx, named)) is not None:
        about = entity
    activity.record(
        about,
        operation(request),
        subject_id=last_id(request.path_params),
        data={"method": request.method, "path": _path(request), "access": True},
        now=clock.now(),
    )


def _path(request: Request) -> str:
    """Return the address as it is written down; PostgreSQL keeps no NUL."""
    return str(request.scope["path"]).replace("\0", "%00")


def _asked(request: Request, what: Shows | None) -> Asked:
    """Return what a request asks for, and from where; a page says itself what it shows."""
    return Asked(
        operation=operation(request),
        shows=what or shows(getattr(request.scope["route"], "response_model", None)),
        path=_path(request),
        query=request.url.query,
        subject_id=last_id(request.path_params),
        address="" if request.client is None else request.client.host,
    )


def _own_entity(tx: TenantTransaction, named: str | None) -> TenantTransaction | None:
    """Return the transaction narrowed to an entity, when the account has it."""
    try:
        entity_id = parse_id(named or "", "ent")
    except NotFoundProblem:
        return None
    found = repository.entity_by_id(tx, entity_id)
    return None if found is None else tx.for_entity(entity_id)


def operation(request: Request) -> str:
    """Return the name of what is asked for, as the contract has it."""
    route = request.scope["route"]
    return str(route.operation_id or route.name)


def last_id(values: Mapping[str, Any]) -> str | None:
    """Return the last public id of an address: what the request is about."""
    ids = [v for v in values.values() if str(v).partition("_")[0] in PREFIXES]
    return str(ids[-1])[:40].replace("\0", "") if ids else None
