"""What the API gives for readiness."""

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class ReadinessItem(BaseModel):
    """One thing an entity needs, or may need."""

    model_config = ConfigDict(extra="forbid")

    id: str
    title: str
    state: Literal["done", "missing", "not_applicable", "unknown", "warning", "failing"] = Field(
        description="`warning`: it is there, and soon will not be; `failing`: it is good no longer"
    )
    required_for: list[Literal["sandbox", "live", "sending"]] = Field(
        description="What cannot be done without it; empty for good advice."
    )
    fields: list[str] = Field(description="JSON pointers into the entity.")
    why: str
    fix: str | None
    source: str | None = Field(description="The act or standard that asks for it.")
    ends_at: datetime.datetime | None = Field(description="Of a certificate: when it ends.")
    days_left: int | None = Field(description="Whole days until then; negative when it is over.")


class ReadinessView(BaseModel):
    """What an entity still needs before it can issue and send."""

    model_config = ConfigDict(extra="forbid")

    object: Literal["readiness"] = "readiness"
    entity_id: str
    environment: Literal["sandbox", "live"]
    country_code: str
    profile: str = Field(description="What its documents are written in unless they say.")
    ready_for_sandbox: bool
    ready_for_live: bool
    ready_for_sending: bool
    missing: list[str] = Field(description="The ids of the items that are in the way.")
    items: list[ReadinessItem]
