"""What the API gives for what was handed in."""

import datetime
from typing import Any, Literal

from pydantic import Field

from gateway.tenants.schemas import View

IntakeState = Literal["queued", "succeeded", "failed"]


class IntakeView(View):
    """A document that was taken, and what became of it."""

    id: str = Field(examples=["itk_01jd0000000000000000000000"])
    object: Literal["intake"] = "intake"
    entity_id: str
    kind: str = Field(description="What was asked for; its type code decides what it becomes.")
    finalize: bool = Field(description="Whether it is issued too.")
    state: IntakeState = Field(
        description="`queued` until it is made; `failed`: it was not, `error` says why, and its "
        "body stays here."
    )
    document_id: str | None
    error: dict[str, Any] | None = Field(
        description="Why it could not be made, as a problem document; pointers lead into the body."
    )
    created_at: datetime.datetime
    updated_at: datetime.datetime


class IntakeList(View):
    """One page, newest first."""

    object: Literal["list"] = "list"
    data: list[IntakeView]
    next_cursor: str | None
