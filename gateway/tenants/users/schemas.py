"""What the API takes and gives for users."""

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from formats.en16931.group import Text
from gateway.tenants.roles import UserRole
from gateway.tenants.schemas import Environment, Input, Metadata, View

_ADDRESS = re.compile(r"[^@\s\x00-\x20<>\"(),:;\[\]]{1,64}@[^@\s\x00-\x20<>\"(),:;\[\]]{1,189}")


def _address(text: str) -> str:
    word = text.strip()
    if not _ADDRESS.fullmatch(word):
        raise ValueError("is no e-mail address")
    return word


Email = Annotated[
    Text,
    Field(min_length=3, max_length=254, examples=["ana@example.com"]),
    AfterValidator(_address),
]
PersonName = Annotated[Text, Field(max_length=200)]


class UserInput(Input):
    """A person."""

    email: Email
    name: PersonName = ""
    metadata: Metadata = Field(default={})


class UserChange(Input):
    """What to change of a person, as JSON Merge Patch (RFC 7396)."""

    name: PersonName | None = None
    metadata: dict[str, Any] | None = None


class UserEntity(View):
    """What a person may do in one entity."""

    entity_id: str
    role: UserRole


class UserView(View):
    """A person of the account."""

    id: str = Field(examples=["usr_01jd0000000000000000000000"])
    object: Literal["user"] = "user"
    environment: Environment
    email: str
    name: str
    entities: list[UserEntity] = Field(description="Where they may do something.")
    metadata: dict[str, str]
    created_at: datetime.datetime
    updated_at: datetime.datetime


class UserList(View):
    """One page of users, newest first."""

    object: Literal["list"] = "list"
    data: list[UserView]
    next_cursor: str | None
