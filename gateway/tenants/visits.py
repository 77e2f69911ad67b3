"""Visits: what the browser of an invited auditor shows instead of the token.

The token is worth years and would lie in the browser; a visit lasts hours, opens pages and never
the API, and is worth nothing from the moment in which the invitation is.
"""

import datetime
from contextlib import suppress
from dataclasses import replace

from fastapi import Request

from gateway.kit import clock
from gateway.kit.ids import new_id
from gateway.kit.tenancy import Tenant
from gateway.problems import UnauthenticatedProblem
from gateway.tenants.attendance import Shows
from gateway.tenants.callers import Caller, auditor_of
from gateway.tenants.credentials.repository import auditor_by_visit
from gateway.tenants.credentials.tables import auditor_visit
from gateway.tenants.doorway import doors
from gateway.tenants.entrance import count, known, refuse_stranger
from gateway.tenants.noting import note_auditor
from gateway.tenants.tokens import AuditorToken, VisitToken


def begin(request: Request, secret: str) -> VisitToken:
    """Begin a visit with the token of an invitation; the secret of it is returned only here.

    Raises:
        UnauthenticatedProblem: The token is unknown, expired or ended, or no auditor's.
        RateLimitedProblem: Tried too often.
    """
    door, now = doors(request), clock.now()
    door.rates.count_attempt(request)
    if AuditorToken.parse(secret) is None:
        raise UnauthenticatedProblem
    found = known(request, secret)
    note_auditor(request, found, "record")
    token = VisitToken.new()
    with door.database.transaction(_everything(found)) as tx:
        tx.execute(
            tx.insert(
                auditor_visit,
                id=new_id(),
                auditor_id=found.auditor_id,
                hash=token.hash(door.master_key),
                created_at=now,
                expires_at=now + datetime.timedelta(seconds=door.settings.session_seconds),
            )
        )
    return token


def visitor(request: Request, secret: str, what: Shows) -> Caller:
    """Return whose visit it is, counted, and noted for the entity before anything is answered.

    Args:
        request: What is asked for.
        secret: Of the visit.
        what: What the answer shows.

    Raises:
        UnauthenticatedProblem: The visit or the invitation is over, or there is none.
        RateLimitedProblem: Too often.
    """
    found = _found(request, secret)
    if found is None:
        refuse_stranger(request)
    count(request, found)
    note_auditor(request, found, what)
    return found


def end(request: Request, secret: str) -> None:
    """End a visit; one that is over already is no error."""
    with suppress(UnauthenticatedProblem):
        found = visitor(request, secret, "record")
        door = doors(request)
        token = VisitToken(secret)
        with door.database.transaction(_everything(found)) as tx:
            columns = auditor_visit.c
            mine = (columns.hash == token.hash(door.master_key), columns.ended_at.is_(None))
            tx.execute(tx.update(auditor_visit).where(*mine).values(ended_at=clock.now()))


def _found(request: Request, secret: str) -> Caller | None:
    door, now = doors(request), clock.now()
    token = VisitToken.parse(secret)
    if token is None:
        return None
    with door.database.auth_connection() as connection:
        row, visit_id = auditor_by_visit(connection, token.hash(door.master_key), now)
        found = auditor_of(connection, row, now)
    return None if found is None else replace(found, session_id=visit_id)


def _everything(found: Caller) -> Tenant:
    """What is kept of visits is closed to auditors."""
    return replace(found.tenant(), period=None)
