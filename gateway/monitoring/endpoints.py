"""`/health` and `/ready`, for those who watch the process and those who balance the load."""

from http import HTTPStatus
from typing import Any, Literal, Protocol

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from gateway.monitoring.vitals import Vitals
from gateway.problems import Problem

router = APIRouter(tags=["Gateway"])

_AGAIN_SECONDS = 2


class NotReadyProblem(Problem):
    """This process cannot do its work now; `checks` says what it lacks.

    Send requests to another process, or again after `Retry-After` seconds. The operator finds more
    in the log of the process, under `not_ready`.
    """

    type = "not-ready"
    title = "The process is not ready"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def vitals(self) -> Vitals:
        """How the process is."""


class Alive(BaseModel):
    """The process lives."""

    status: Literal["ok"] = "ok"


class CheckView(BaseModel):
    """One thing that the process needs."""

    name: str = Field(examples=["database"])
    ok: bool
    reason: str | None = Field(description="Why it is not well; null when it is.")


class Ready(BaseModel):
    """The process can do its work."""

    status: Literal["ready"] = "ready"
    checks: list[CheckView]


@router.get("/health", operation_id="health_health_get", summary="Health")
async def health() -> Alive:
    """Say that the process lives. It asks neither the database nor anything else."""
    return Alive()


@router.get("/ready", operation_id="ready_ready_get", summary="Ready")
def ready(request: Request) -> Ready:
    """Say whether requests can be served, and what is missing otherwise (503)."""
    doors: Doors = request.app.state.runtime
    return Ready(checks=[CheckView.model_validate(one) for one in looked(doors.vitals)])


def looked(vitals: Vitals) -> list[dict[str, Any]]:
    """Return the checks of a process that is ready.

    Raises:
        NotReadyProblem: It is not.
    """
    found = vitals.look()
    shown = [check.as_dict() for check in found]
    if any(not check.ok for check in found):
        missing = ", ".join(check.name for check in found if not check.ok)
        headers = {"Retry-After": str(_AGAIN_SECONDS)}
        raise NotReadyProblem(f"Not in order: {missing}.", headers=headers, checks=shown)
    return shown
