"""What the API takes and gives for API keys."""

import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from gateway.kit.moments import Day, Moment
from gateway.tenants.permissions import PERMISSIONS
from gateway.tenants.roles import KeyRole
from gateway.tenants.schemas import Environment, Input, Name, View


def _permission(name: str) -> str:
    if name not in PERMISSIONS:
        raise ValueError(f"is no permission; there are {', '.join(sorted(PERMISSIONS))}")
    return name


Scopes = Annotated[
    list[Annotated[str, Field(max_length=40), AfterValidator(_permission)]],
    Field(min_length=1, max_length=100),
]


class PeriodInput(Input):
    """Days of issue; the documents outside of them are not shown."""

    since: Day | None = Field(default=None, description="The first day.")
    until: Day | None = Field(default=None, description="The last day.")


class ApiKeyInput(Input):
    """A key to be made. It acts in the environment of the key that makes it."""

    name: Name
    role: KeyRole = Field(description="An auditor can only read.")
    entity_id: str | None = Field(
        default=None, description="Only for this entity; without it, for the whole account."
    )
    scopes: Scopes | None = Field(
        default=None,
        description="The permissions it has, of those of its role; without it, all of them.",
    )
    period: PeriodInput | None = Field(
        default=None, description="For auditors: only documents issued in it are shown."
    )
    expires_at: Moment | None = Field(default=None, description="At least 60 seconds from now.")


class ApiKeyView(View):
    """An API key without its secret."""

    id: str = Field(examples=["key_01jd0000000000000000000000"])
    object: Literal["api_key"] = "api_key"
    environment: Environment
    name: str
    role: KeyRole
    entity_id: str | None
    scopes: list[str] | None
    period: PeriodInput | None
    hint: str = Field(description="How the key begins.")
    created_at: datetime.datetime
    expires_at: datetime.datetime | None
    revoked_at: datetime.datetime | None
    last_used_at: datetime.datetime | None = Field(description="To the minute.")


class NewApiKeyView(ApiKeyView):
    """A new API key. `key` is shown now and never again, also not when the request is repeated."""

    key: str | None


class ApiKeyList(View):
    """One page of API keys, newest first."""

    object: Literal["list"] = "list"
    data: list[ApiKeyView]
    next_cursor: str | None
