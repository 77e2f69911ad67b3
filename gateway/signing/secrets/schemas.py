"""What the API takes and gives for secrets."""

import datetime
from typing import Annotated, Literal

from pydantic import Field, SecretStr

from gateway.kit.moments import Moment
from gateway.signing.secrets.kinds import KINDS
from gateway.tenants.schemas import Input, Name, View

SecretKind = Annotated[
    Literal["ksef-token"],
    Field(description="; ".join(f"`{name}`: {text}" for name, text in KINDS.items())),
]


class SecretInput(Input):
    """A secret that an authority gave the entity. No answer ever shows it again."""

    kind: SecretKind
    name: Name
    value: SecretStr = Field(min_length=1, max_length=1000, description="The secret, as it is.")
    expires_at: Moment | None = Field(
        default=None, description="When it ends, where that is known; then it is not used."
    )


class SecretAbout(View):
    """What is known of a secret beside its value."""

    reference: str | None = Field(description="Its number at the authority.")
    context: str | None = Field(description="In whose name it is good: `Nip:5265877635`.")
    permissions: list[str] | None = Field(
        description="What it was made for, where it was made by this gateway."
    )


class SecretView(View):
    """A secret: everything but the secret."""

    id: str = Field(examples=["sct_01jd0000000000000000000000"])
    object: Literal["secret"] = "secret"
    entity_id: str
    kind: SecretKind
    name: str
    status: Literal["active", "pending", "expired"] = Field(
        description="`pending`: the authority is still making it; it is not used yet."
    )
    about: SecretAbout
    expires_at: datetime.datetime | None
    last_used_at: datetime.datetime | None = Field(description="To the minute.")
    created_at: datetime.datetime


class SecretList(View):
    """One page of secrets, newest first."""

    object: Literal["list"] = "list"
    data: list[SecretView]
    next_cursor: str | None
