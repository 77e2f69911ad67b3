"""What the API takes and gives for the people of an entity, and for invitations."""

import datetime
from typing import Literal

from pydantic import Field

from gateway.kit.moments import Moment
from gateway.tenants.api_keys.schemas import PeriodInput
from gateway.tenants.roles import UserRole
from gateway.tenants.schemas import Environment, Input, View
from gateway.tenants.users.schemas import Email, PersonName

_ROLE = "What they may do; see the documentation of access."
_INVITE = "Whether they may add others; without it, only the role admin may."
_PERIOD = "For auditors: only documents issued in it are shown."
_EXPIRES = "After this moment they may do nothing."


class MemberInput(Input):
    """A person who is to do something in the entity. Somebody with this address is found again."""

    email: Email
    name: PersonName = Field(default="", description="Taken when the person is new.")
    role: UserRole = Field(default="editor", description=_ROLE)
    may_invite: bool | None = Field(default=None, description=_INVITE)
    period: PeriodInput | None = Field(default=None, description=_PERIOD)
    expires_at: Moment | None = Field(default=None, description=_EXPIRES)
    send_invite: bool = Field(default=False, description="Invite them by e-mail.")


class MemberChange(Input):
    """What to change of what they may do, as JSON Merge Patch (RFC 7396)."""

    role: UserRole | None = Field(default=None, description=_ROLE)
    may_invite: bool | None = Field(default=None, description=_INVITE)
    period: PeriodInput | None = Field(default=None, description=_PERIOD)
    expires_at: Moment | None = Field(default=None, description=_EXPIRES)


class InvitationView(View):
    """An invitation to an entity."""

    id: str = Field(examples=["ivt_01jd0000000000000000000000"])
    object: Literal["invitation"] = "invitation"
    user_id: str
    email: str
    state: Literal["open", "accepted", "revoked", "expired"]
    invited_by: str | None = Field(description="The key or user who did.")
    created_at: datetime.datetime
    expires_at: datetime.datetime
    accepted_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


class NewInvitationView(InvitationView):
    """A new invitation. Where no e-mail can be sent, `url` is shown now and never again."""

    sent: bool = Field(description="Whether an e-mail carries it.")
    token: str | None
    url: str | None


class InvitationList(View):
    """One page of invitations, newest first."""

    object: Literal["list"] = "list"
    data: list[InvitationView]
    next_cursor: str | None


class MemberView(View):
    """A person who may do something in the entity."""

    id: str = Field(examples=["usr_01jd0000000000000000000000"])
    object: Literal["entity_user"] = "entity_user"
    environment: Environment
    entity_id: str
    email: str
    name: str
    role: UserRole
    may_invite: bool
    period: PeriodInput | None
    expires_at: datetime.datetime | None
    accepted_at: datetime.datetime | None = Field(description="When they took up an invitation.")
    created_at: datetime.datetime
    updated_at: datetime.datetime


class NewMemberView(MemberView):
    """A person newly added, and the invitation that was asked for."""

    invitation: NewInvitationView | None


class MemberList(View):
    """One page of the people of an entity, newest first."""

    object: Literal["list"] = "list"
    data: list[MemberView]
    next_cursor: str | None
