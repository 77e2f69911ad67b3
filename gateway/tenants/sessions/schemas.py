"""What the API takes and gives for sessions."""

import datetime
from typing import Literal

from pydantic import Field

from gateway.tenants.roles import UserRole
from gateway.tenants.schemas import Environment, Input, View


class TokenInput(Input):
    """The secret of a magic link, or of an invitation."""

    token: str = Field(max_length=100)


class SessionView(View):
    """A session, without its secret."""

    id: str = Field(examples=["ses_01jd0000000000000000000000"])
    object: Literal["session"] = "session"
    environment: Environment
    entity_id: str
    user_id: str
    role: UserRole
    created_at: datetime.datetime
    expires_at: datetime.datetime
    revoked_at: datetime.datetime | None


class CurrentSessionView(SessionView):
    """The session that calls, and what it may do."""

    email: str
    name: str
    permissions: list[str]


class NewSessionView(SessionView):
    """A new session. `token` is shown now and never again; send it as Authorization."""

    token: str


class SessionList(View):
    """One page of sessions, newest first."""

    object: Literal["list"] = "list"
    data: list[SessionView]
    next_cursor: str | None
