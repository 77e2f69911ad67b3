"""What the API takes and gives for API keys."""

import datetime
from typing import Literal

from pydantic import AwareDatetime, Field

from gateway.tenants.roles import KeyRole
from gateway.tenants.schemas import Environment, Input, Name, View


class ApiKeyInput(Input):
    """A key to be made. It acts in the environment of the key that makes it."""

    name: Name
    role: KeyRole = Field(description="An auditor can only read.")
    entity_id: str | None = Field(
        default=None, description="Only for this entity; without it, for the whole account."
    )
    expires_at: AwareDatetime | None = None


class ApiKeyView(View):
    """An API key without its secret."""

    id: str = Field(examples=["key_01jd0000000000000000000000"])
    object: Literal["api_key"] = "api_key"
    environment: Environment
    name: str
    role: KeyRole
    entity_id: str | None
    hint: str = Field(description="How the key begins.")
    created_at: datetime.datetime
    expires_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


class NewApiKeyView(ApiKeyView):
    """A new API key. `key` is shown now and never again, also not when the request is repeated."""

    key: str | None


class ApiKeyList(View):
    """One page of API keys, newest first."""

    object: Literal["list"] = "list"
    data: list[ApiKeyView]
    next_cursor: str | None
