"""Inviting auditors: a token of their own, worth reading what is in scope until it ends."""

import datetime
from dataclasses import asdict
from typing import Any
from uuid import UUID

from gateway.auditors.letters import letter
from gateway.auditors.schemas import AuditorInput
from gateway.events import service as events
from gateway.kit.clock import written
from gateway.kit.ids import new_id, parse_id, public_id
from gateway.kit.scope import Period
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import ForbiddenProblem, InvalidPart, RequestInvalidProblem
from gateway.tenants import auditors
from gateway.tenants.access import forbidden
from gateway.tenants.api_keys.service import period_json
from gateway.tenants.auditors import AUDITORS, AccessRow, AuditorRow
from gateway.tenants.callers import Caller
from gateway.tenants.mail import Mail
from gateway.tenants.permissions import INVITED, RETRIEVE, missing
from gateway.tenants.service import get_entity
from gateway.tenants.tokens import AuditorToken

_SHORTEST = datetime.timedelta(seconds=60)
_LONGEST = datetime.timedelta(days=5 * 366)


def invite(
    tx: TenantTransaction,
    caller: Caller,
    master_key: MasterKey,
    given: AuditorInput,
    now: datetime.datetime,
) -> tuple[AuditorRow, AuditorToken]:
    """Invite an auditor; the token itself is returned only here.

    Raises:
        RequestInvalidProblem: It would be over within a minute, or last for more than five years;
            or its days are in no order.
        ForbiddenProblem: The caller may not read what the auditor could.
    """
    _check(given, now)
    directions = sorted(set(given.directions))
    given_away = {needed[way] for needed in (INVITED, RETRIEVE) for way in directions}
    if lacking := missing(caller.permissions, given_away):
        raise forbidden(lacking)
    token, actor = AuditorToken.new(), tx.tenant.actor
    row = AuditorRow(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        id=new_id(),
        environment=tx.tenant.environment,
        name=given.name,
        firm=given.firm,
        email=given.email,
        purpose=given.purpose,
        period_from=given.period.since if given.period else None,
        period_until=given.period.until if given.period else None,
        kinds=sorted({kind.value for kind in given.kinds or ()}),
        directions=directions,
        hint=token.hint,
        hash=token.hash(master_key),
        invited_by_kind=actor.kind,
        invited_by=actor.id,
        created_at=now,
        expires_at=given.expires_at,
        last_used_at=None,
        ended_at=None,
        ended_by_kind=None,
        ended_by=None,
    )
    AUDITORS.add(tx, asdict(row))
    events.append(
        tx,
        type="auditor.invited",
        subject_id=public_id("aud", row.id),
        data={"purpose": row.purpose},
        now=now,
    )
    return row, token


def send(  # noqa: PLR0913, PLR0917 - who, what, how, from where
    tx: TenantTransaction,
    row: AuditorRow,
    token: AuditorToken,
    mail: Mail,
    site: str,
    now: datetime.datetime,
) -> bool:
    """Send an auditor the token; False when no e-mail can leave, or none can reach them."""
    if row.email is None:
        return False
    entity = get_entity(tx, row.entity_id).name
    return mail.send(tx, letter(row, token, entity=entity, to=row.email, site=site), now)


def end(tx: TenantTransaction, auditor_id: UUID, now: datetime.datetime) -> None:
    """Show an auditor nothing more, from the next request on. Again is not an error.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    get(tx, auditor_id)
    if auditors.end(tx, now, auditor_id):
        events.append(
            tx,
            type="auditor.ended",
            subject_id=public_id("aud", auditor_id),
            data={},
            now=now,
        )


def tell_came(tx: TenantTransaction, auditor_id: UUID, now: datetime.datetime) -> None:
    """Tell that an auditor came for the first time."""
    subject = public_id("aud", auditor_id)
    events.append(tx, type="auditor.came", subject_id=subject, data={}, now=now)


def scope_now(tx: TenantTransaction, public: str, now: datetime.datetime) -> Period:
    """Return what an auditor is shown at this moment.

    Raises:
        NotFoundProblem: There is none for this caller.
        ForbiddenProblem: The access has ended.
    """
    row = get(tx, parse_id(public, "aud"))
    if row.ended_at is not None or row.expires_at <= now:
        raise ForbiddenProblem("The access of this auditor has ended.")
    return auditors.scope_of(row)


def get(tx: TenantTransaction, auditor_id: UUID) -> AuditorRow:
    """Return an invited auditor.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    return AUDITORS.get(tx, auditor_id)


def page(tx: TenantTransaction, *, before: UUID | None, limit: int) -> list[AuditorRow]:
    """Return one page of invited auditors, newest first; those whose time is over too."""
    return auditors.page(tx, before=before, limit=limit)


def accesses(
    tx: TenantTransaction, auditor_id: UUID, *, before: UUID | None, limit: int
) -> list[AccessRow]:
    """Return one page of what an auditor asked for, newest first.

    Raises:
        NotFoundProblem: There is no such auditor for this caller.
    """
    get(tx, auditor_id)
    return auditors.accesses(tx, auditor_id, before=before, limit=limit)


def auditor_json(row: AuditorRow, now: datetime.datetime) -> dict[str, Any]:
    """Return an invited auditor as JSON (`AuditorView`), without the token."""
    over = "expired" if row.expires_at <= now else "open"
    return {
        "id": public_id("aud", row.id),
        "object": "auditor",
        "environment": row.environment,
        "entity_id": public_id("ent", row.entity_id),
        "state": over if row.ended_at is None else "ended",
        "name": row.name,
        "firm": row.firm,
        "email": row.email,
        "purpose": row.purpose,
        "period": period_json(row.period_from, row.period_until),
        "kinds": list(row.kinds) or None,
        "directions": list(row.directions),
        "hint": row.hint,
        "invited_by": {"kind": row.invited_by_kind, "id": row.invited_by},
        "created_at": written(row.created_at),
        "expires_at": written(row.expires_at),
        "last_used_at": row.last_used_at and written(row.last_used_at),
        "ended_at": row.ended_at and written(row.ended_at),
        "ended_by": row.ended_by_kind and {"kind": row.ended_by_kind, "id": row.ended_by},
    }


def access_json(row: AccessRow) -> dict[str, Any]:
    """Return something an auditor asked for as JSON (`AccessView`)."""
    return {
        "id": public_id("acs", row.id),
        "object": "auditor_access",
        "at": written(row.at),
        "operation": row.operation,
        "shows": row.shows,
        "path": row.path,
        "query": row.query,
        "subject_id": row.subject_id,
        "address": row.address,
        "request_id": row.request_id,
    }


def _check(given: AuditorInput, now: datetime.datetime) -> None:
    wrong: list[InvalidPart] = []
    if given.expires_at < now + _SHORTEST:
        fix = "name a moment at least 60 seconds from now"
        wrong.append({"pointer": "/expires_at", "message": "is past or too soon", "fix": fix})
    if given.expires_at > now + _LONGEST:
        wrong.append({"pointer": "/expires_at", "message": "is more than five years away"})
    period = given.period
    if period and period.since and period.until and period.until < period.since:
        wrong.append({"pointer": "/period/until", "message": "is before the first day"})
    if given.send_invite and given.email is None:
        message = "is missing: nobody can be sent the token"
        wrong.append({"pointer": "/email", "message": message})
    if given.kinds is not None and "issued" not in given.directions:
        message = "narrows what was issued, and nothing of that is shown"
        wrong.append({"pointer": "/kinds", "message": message, "fix": "leave it out"})
    if wrong:
        raise RequestInvalidProblem(wrong)
