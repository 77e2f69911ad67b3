"""What is fetched for an entity, as the API shows it."""

import datetime
from typing import Literal

from pydantic import BaseModel, Field


class PickupView(BaseModel):
    """Something that an authority holds for the entity, and how far it was fetched."""

    object: Literal["pickup"] = "pickup"
    channel: str = Field(examples=["pl-ksef"], description="Whom it is fetched from.")
    role: str = Field(
        examples=["Subject2"],
        description="As which party of the invoices: KSeF calls the buyer Subject2.",
    )
    state: Literal["working", "failing"] = Field(
        description="`failing`: it went wrong the last time, or several times."
    )
    since: datetime.datetime = Field(
        description="Everything that the authority stored before is in the inbox."
    )
    due_at: datetime.datetime = Field(description="When it is fetched next.")
    fetched_at: datetime.datetime | None = Field(description="When it last went well.")
    received_at: datetime.datetime | None = Field(description="When something new came last.")
    failing_since: datetime.datetime | None = Field(description="Since when it goes wrong.")
    reason: str | None = Field(
        examples=["permission_missing"], description="Why it went wrong, for programs."
    )
    detail: str | None = Field(description="The same for people.")


class PickupList(BaseModel):
    """All that is fetched for the entity."""

    object: Literal["list"] = "list"
    data: list[PickupView]
