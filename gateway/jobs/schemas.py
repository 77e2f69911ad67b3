"""What the API gives for jobs."""

import datetime
from typing import Any, Literal

from pydantic import Field

from gateway.kit.tenancy import ActorKind, Environment
from gateway.tenants.schemas import View

State = Literal["queued", "running", "succeeded", "failed", "cancelled"]


class JobProgress(View):
    """How far a job is."""

    done: int
    total: int | None = Field(description="Null while it is not known.")


class JobActor(View):
    """In whose name a job is done."""

    kind: ActorKind
    id: str | None = Field(description="The key or user; null for the gateway itself.")


class JobView(View):
    """Work in the background."""

    id: str = Field(examples=["job_01jd0000000000000000000000"])
    object: Literal["job"] = "job"
    entity_id: str | None = Field(description="Null when it is about the whole account.")
    environment: Environment
    kind: str
    state: State
    progress: JobProgress
    parameters: dict[str, Any]
    result: Any = Field(description="What came of it, by kind; null before the end.")
    error: dict[str, Any] | None = Field(
        description="What went wrong, as a problem document. In state `queued`: at the attempt "
        "before; it will be tried again at `run_at`."
    )
    attempts: int
    actor: JobActor
    run_at: datetime.datetime | None = Field(description="Not before; null: at once.")
    created_at: datetime.datetime
    updated_at: datetime.datetime
    started_at: datetime.datetime | None
    finished_at: datetime.datetime | None


class JobList(View):
    """One page of jobs, newest first."""

    object: Literal["list"] = "list"
    data: list[JobView]
    next_cursor: str | None
