"""HTTP for preflights."""

from typing import Any, Literal, Protocol

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from gateway.kinds import KINDS
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import parse_id
from gateway.preflight.lights import Light, worst
from gateway.preflight.service import Entitling, Preflight, Reaching, entitled
from gateway.tenants.access import CallerDependency, NamedEntity, entity_tenant, must_exist

router = APIRouter(prefix="/v1/documents/{document_id}", tags=["Documents"])

_PREFIXES = tuple(kind.prefix for kind in KINDS.values())


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def preflight(self) -> Preflight:
        """Examines drafts."""

    @property
    def ksef_access(self) -> Entitling:
        """Knows who may issue at KSeF."""

    @property
    def sandbox_network(self) -> Reaching | None:
        """The wire of the sandbox."""


class PreflightCheck(BaseModel):
    """One thing that was looked at."""

    id: str = Field(
        description="`rules`, `layers`, `series`, `vat_number`, `deadline`, `certificate`, "
        "`chain`, `channel`, `recipient`, `permission`."
    )
    light: Light
    reason: str = Field(description="Why, and what to do where something is to be done.")
    data: dict[str, Any] = Field(description="Findings, the number, days: by check.")


class PreflightView(BaseModel):
    """Whether a draft would be accepted if it were issued now."""

    object: Literal["preflight"] = "preflight"
    document_id: str
    light: Light = Field(description="The worst of the checks.")
    checks: list[PreflightCheck]


@router.get("/preflight", response_model=PreflightView, summary="Preflight a draft")
def get_preflight(
    request: Request, caller: CallerDependency, named: NamedEntity, document_id: str
) -> dict[str, Any]:
    """Tell whether a draft would be accepted if it were issued now, before a number is used.

    It is written and judged by every layer; keys, chain, deadlines and the buyer's VAT number are
    looked at, and the network is asked whether the receiver can be reached. Nothing is changed.
    """
    doors: Doors = request.app.state.runtime
    found = parse_id(document_id, *_PREFIXES)
    tenant = entity_tenant(caller, named)
    with doors.database.transaction(tenant, read_only=True) as tx:
        must_exist(tx, of_account=caller.entity_id is None)
        examined = doors.preflight.examine(tx, found, clock.now())
    # The network is asked when no transaction waits for it.
    wires = {"sandbox-network": doors.sandbox_network}
    checks = (
        *examined.checks,
        *doors.preflight.ask(examined, wires, clock.now()),
        *entitled(examined, tenant, dict.fromkeys(("pl-ksef", "pl-ksef-test"), doors.ksef_access)),
    )
    return {
        "document_id": document_id,
        "light": worst(checks),
        "checks": [
            {"id": one.id, "light": one.light, "reason": one.reason, "data": dict(one.data)}
            for one in checks
        ],
    }
