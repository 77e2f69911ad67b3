"""HTTP for how the authorities answer at the moment: `/v1/vat-services`."""

import datetime
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic import Field

from gateway.kit import clock
from gateway.kit.clock import written
from gateway.tenants.access import CallerDependency
from gateway.tenants.schemas import View
from gateway.vies.endpoints import checks_of

router = APIRouter(prefix="/v1/vat-services", tags=["VAT checks"])


class VatServiceView(View):
    """A service, or one member state behind it, as it answered lately."""

    service: str = Field(examples=["vies"])
    member_state: str | None = Field(description="Null for the service as a whole.")
    state: Literal["closed", "open", "half_open"] = Field(
        description="closed: it is asked; open: it failed too often and is left alone;"
        " half_open: the next question tries whether it answers again."
    )
    failures: int = Field(description="In a row.")
    open_until: datetime.datetime | None


class VatServiceList(View):
    """Every service and member state that was asked."""

    object: Literal["list"] = "list"
    data: list[VatServiceView]


@router.get("", response_model=VatServiceList, summary="List how the authorities answer")
def list_vat_services(request: Request, caller: CallerDependency) -> dict[str, Any]:
    """Return the circuit breakers: which authorities are left alone just now, and until when."""
    now = clock.now()
    found = checks_of(request).asker.lanes.all(caller.environment)
    return {
        "data": [
            {
                "service": lane.service,
                "member_state": lane.prefix or None,
                "state": breaker.word(now),
                "failures": breaker.failures,
                "open_until": None if breaker.open_until is None else written(breaker.open_until),
            }
            for lane, breaker in found
        ]
    }
