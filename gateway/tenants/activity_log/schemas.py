"""What the API gives of the activity log."""

import datetime
from typing import Any, Literal

from pydantic import Field

from gateway.tenants.schemas import View


class ActivityView(View):
    """One thing that was done, or that an auditor looked at."""

    id: str = Field(examples=["act_01jd0000000000000000000000"])
    object: Literal["activity"] = "activity"
    entity_id: str | None
    action: str = Field(description="The name of the operation, e.g. `create_entity`.")
    actor_kind: Literal["key", "user", "auditor", "system", "operator"]
    actor_id: str | None = Field(description="The key or user.")
    subject_id: str | None = Field(description="What it was done to.")
    request_id: str | None = Field(description="`Request-Id` of the answer.")
    data: dict[str, Any]
    created_at: datetime.datetime


class ActivityList(View):
    """One page of activity, newest first."""

    object: Literal["list"] = "list"
    data: list[ActivityView]
    next_cursor: str | None
