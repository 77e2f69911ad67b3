"""What the API takes and gives for magic links."""

import datetime
from typing import Literal

from pydantic import Field

from gateway.tenants.roles import UserRole
from gateway.tenants.schemas import Input, View


class LinkInput(Input):
    """A magic link to be made."""

    role: UserRole | None = Field(
        default=None, description="At most this, for the session; without it, the user's role."
    )
    expires_in: int | None = Field(
        default=None, ge=60, description="Seconds it can be used; without it, 15 minutes."
    )


class LinkView(View):
    """A magic link, without its secret."""

    id: str = Field(examples=["lnk_01jd0000000000000000000000"])
    object: Literal["magic_link"] = "magic_link"
    entity_id: str
    user_id: str
    role: UserRole
    purpose: Literal["embed"]
    state: Literal["open", "used", "revoked", "expired"]
    made_by: str | None = Field(description="The key that made it.")
    created_at: datetime.datetime
    expires_at: datetime.datetime
    used_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


class NewLinkView(LinkView):
    """A new magic link. `token` and `url` are shown now and never again."""

    token: str | None
    url: str | None


class LinkList(View):
    """One page of magic links, newest first."""

    object: Literal["list"] = "list"
    data: list[LinkView]
    next_cursor: str | None
