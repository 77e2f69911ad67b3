"""Invitations: a secret, sent by e-mail, that makes whoever has it the invited person, once."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.kit.clock import written
from gateway.kit.ids import new_id, public_id
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants.mail import Mail, Message
from gateway.tenants.members import repository
from gateway.tenants.members.repository import InvitationRow, MemberRow
from gateway.tenants.service import get_entity
from gateway.tenants.tokens import InvitationToken

_TEXT = """\
Hello{name},

you are invited to work with the invoices of {entity}. Open this link and confirm:

{url}

It can be used once, until {until} (UTC). If you did not expect it, leave it alone.
"""


@dataclass(frozen=True, slots=True)
class Post:
    """How invitations reach people.

    Attributes:
        master_key: What the secret is hashed with.
        mail: Who sends e-mail.
        site: The address of the gateway; links begin with it.
        lasts: How long an invitation can be accepted.
    """

    master_key: MasterKey
    mail: Mail
    site: str
    lasts: datetime.timedelta


def invite(
    tx: TenantTransaction, member: MemberRow, post: Post, now: datetime.datetime
) -> dict[str, Any]:
    """Invite a person of the entity, and return that as JSON (`NewInvitationView`).

    Earlier invitations of theirs are revoked. The link is in the answer only if it is not in an
    e-mail.
    """
    repository.revoke_invitations_of(tx, member.id, now)
    token = InvitationToken.new()
    row = InvitationRow(
        id=new_id(),
        membership_id=member.id,
        person_id=member.person_id,
        email=member.email,
        invited_by=tx.tenant.actor.id,
        created_at=now,
        expires_at=now + post.lasts,
        accepted_at=None,
        revoked_at=None,
    )
    columns = ("id", "membership_id", "invited_by", "created_at", "expires_at")
    values = {name: getattr(row, name) for name in columns}
    repository.insert_invitation(tx, {**values, "hash": token.hash(post.master_key)})
    url = f"{post.site}/embed?token={token.text}"
    sent = post.mail.send(tx, _message(row, member, get_entity(tx, tx.entity_id).name, url), now)
    secret = unsaid() if sent else {"token": token.text, "url": url}
    return {**invitation_json(row, now), "sent": sent, **secret}


def unsaid() -> dict[str, None]:
    """Return what stands for a secret that is not shown, or not again."""
    return {"token": None, "url": None}


def page(tx: TenantTransaction, *, before: UUID | None, limit: int) -> list[InvitationRow]:
    """Return one page of the entity's invitations, newest first."""
    return repository.invitation_page(tx, before=before, limit=limit)


def revoke(tx: TenantTransaction, invitation_id: UUID, now: datetime.datetime) -> None:
    """Revoke an invitation. Again is not an error, nor when it was accepted.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    if not repository.revoke_invitation(tx, invitation_id, now):
        raise NotFoundProblem


def invitation_json(row: InvitationRow, now: datetime.datetime) -> dict[str, Any]:
    """Return an invitation as JSON (`InvitationView`), without its secret."""
    return {
        "id": public_id("ivt", row.id),
        "object": "invitation",
        "user_id": public_id("usr", row.person_id),
        "email": row.email,
        "state": _state(row, now),
        "invited_by": row.invited_by,
        "created_at": written(row.created_at),
        "expires_at": written(row.expires_at),
        "accepted_at": row.accepted_at and written(row.accepted_at),
        "revoked_at": row.revoked_at and written(row.revoked_at),
    }


def _state(row: InvitationRow, now: datetime.datetime) -> str:
    if row.accepted_at is not None:
        return "accepted"
    if row.revoked_at is not None:
        return "revoked"
    return "expired" if row.expires_at <= now else "open"


def _message(row: InvitationRow, member: MemberRow, entity: str, url: str) -> Message:
    name = f" {member.name}" if member.name else ""
    until = f"{row.expires_at.astimezone(datetime.UTC):%Y-%m-%d %H:%M}"
    return Message(
        purpose="invitation",
        about=public_id("ivt", row.id),
        sender=entity,
        to=member.email,
        subject=f"Invitation to {' '.join(entity.split())}",
        text=_TEXT.format(name=name, entity=entity, url=url, until=until),
    )
