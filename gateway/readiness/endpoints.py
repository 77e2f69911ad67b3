"""HTTP for readiness: `/v1/entities/{entity_id}/readiness`."""

import datetime
from dataclasses import asdict
from typing import Any, Protocol

from fastapi import APIRouter, Request

from formats.profile import Profile
from gateway.compliance.profiles import DEFAULT
from gateway.kit import clock
from gateway.kit.ids import parse_id, public_id
from gateway.readiness.schemas import ReadinessView
from gateway.readiness.service import inspected
from gateway.tenants import service as tenants
from gateway.tenants.access import OwnReader

router = APIRouter(prefix="/v1/entities", tags=["Entities"])


class _Validator(Protocol):
    def missing(self, profile: Profile, as_of: datetime.date) -> tuple[str, ...]: ...


class _Preflight(Protocol):
    def nowhere(self, channel: str, /) -> str | None: ...


class _Archive(Protocol):
    @property
    def place(self) -> str | None: ...


class _Doors(Protocol):
    @property
    def validator(self) -> _Validator: ...

    @property
    def preflight(self) -> _Preflight: ...

    @property
    def archive(self) -> _Archive: ...


@router.get("/{entity_id}/readiness", response_model=ReadinessView)
def read_readiness(request: Request, tx: OwnReader, entity_id: str) -> dict[str, Any]:
    """Say what the entity still needs before it can issue, go live and send, and why."""
    door: _Doors = request.app.state.runtime
    entity = tenants.get_entity(tx, parse_id(entity_id, "ent"))
    own = tx.for_entity(entity.id) if tx.tenant.account_wide else tx
    missing, nowhere = door.validator.missing, door.preflight.nowhere
    place = door.archive.place
    found = inspected(own, [entity], missing, clock.now(), nowhere, place)[entity.id]
    return {
        "entity_id": public_id("ent", entity.id),
        "environment": entity.environment,
        "country_code": entity.country_code,
        "profile": tenants.settings_of(entity).default_profile or DEFAULT,
        "ready_for_sandbox": found.ready_for_sandbox,
        "ready_for_live": found.ready_for_live,
        "ready_for_sending": found.ready_for_sending,
        "missing": list(found.missing),
        "items": [asdict(item) for item in found.items],
    }
