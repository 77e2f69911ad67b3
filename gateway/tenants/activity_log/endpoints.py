"""HTTP for the activity log: `/v1/activity`."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from gateway.kit.clock import written
from gateway.kit.ids import parse_id, public_id
from gateway.kit.moments import Moment
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_id_cursor, write_cursor
from gateway.tenants import activity, service
from gateway.tenants.access import OwnReader
from gateway.tenants.activity import ActivityRow, Wanted
from gateway.tenants.activity_log.schemas import ActivityList

router = APIRouter(prefix="/v1/activity", tags=["Activity"])


@router.get("", response_model=ActivityList)
def list_activity(  # noqa: PLR0913, PLR0917 - one for each filter
    tx: OwnReader,
    entity_id: Annotated[str | None, Query(description="About this entity.")] = None,
    actor: Annotated[
        str | None,
        Query(max_length=40, description="A kind (key, user, system, operator) or an id."),
    ] = None,
    action: Annotated[str | None, Query(max_length=100, description="Exactly this.")] = None,
    since: Annotated[Moment | None, Query(alias="from", description="Not before.")] = None,
    until: Annotated[Moment | None, Query(description="Before.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """List who did what, newest first. Whoever acts for one entity sees what is about it."""
    entity = None
    if entity_id is not None:
        entity = service.get_entity(tx, parse_id(entity_id, "ent")).id
    wanted = Wanted(entity, actor, action, since, until)
    rows = activity.page(tx, wanted, before=read_id_cursor(cursor), limit=limit + 1)
    page = rows[:limit]
    return {
        "data": [_shown(row) for row in page],
        "next_cursor": write_cursor(page[-1].id) if len(rows) > limit else None,
    }


def _shown(row: ActivityRow) -> dict[str, Any]:
    return {
        "id": public_id("act", row.id),
        "object": "activity",
        "entity_id": None if row.entity_id is None else public_id("ent", row.entity_id),
        "action": row.action,
        "actor_kind": row.actor_kind,
        "actor_id": row.actor_id,
        "subject_id": row.subject_id,
        "request_id": row.request_id,
        "data": dict(row.data),
        "created_at": written(row.at),
    }
