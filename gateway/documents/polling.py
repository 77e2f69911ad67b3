"""HTTP for the status of a document: cheap to ask again, and able to wait for news."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Protocol
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from gateway.documents.schemas import StatusView
from gateway.documents.service import ALL_KINDS, Documents
from gateway.documents.status import retry_after
from gateway.events.notifier import Notifier
from gateway.kit.database import Database
from gateway.kit.ids import parse_id
from gateway.kit.json_body import to_json
from gateway.tenants import service as tenants
from gateway.tenants.access import CallerDependency, NamedEntity, entity_tenant

router = APIRouter(prefix="/v1/documents/{document_id}", tags=["Documents"])

MAX_WAIT = 30
"""Seconds a poll may wait for news."""

LOOK_EVERY = 1.0
"""Seconds between looks while waiting; a notification only makes it quicker."""

_PREFIXES = tuple(kind.prefix for kind in ALL_KINDS)


class Doors(Protocol):
    """What this endpoint needs of the runtime."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def documents(self) -> Documents:
        """The documents of this process."""

    @property
    def notifier(self) -> Notifier:
        """Wakes those who wait."""


@router.get("/status", response_model=StatusView, responses={304: {"description": "No news."}})
async def read_status(  # noqa: PLR0913, PLR0917 - one for each part of the request
    request: Request,
    caller: CallerDependency,
    named: NamedEntity,
    document_id: str,
    wait: Annotated[int, Query(ge=0, le=MAX_WAIT, description="Seconds to wait for news.")] = 0,
    if_none_match: Annotated[str | None, Header(description="The ETag you have.")] = None,
) -> Response:
    """Return where the document stands.

    Send the `ETag` back in `If-None-Match`: 304 means no news. `?wait=30` holds the answer until
    there is news; without an ETag, until the status is final. `Retry-After` says when to ask
    again; it is absent when nothing more is expected.
    """
    doors: Doors = request.app.state.runtime
    tenant = entity_tenant(caller, named)
    found = parse_id(document_id, *_PREFIXES)

    def look() -> tuple[dict[str, Any], str]:
        with doors.database.transaction(tenant, read_only=True) as tx:
            tenants.get_entity(
                tx, tx.entity_id
            )  # an account key may name any id, of any environment
            return doors.documents.status_of(tx, doors.documents.find(tx, document_id))

    status, tag = await _wait(look, doors.notifier, found, wait, if_none_match)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if (seconds := retry_after(status)) is not None:
        headers["Retry-After"] = str(seconds)
    if tag == if_none_match:
        return Response(None, HTTPStatus.NOT_MODIFIED, headers)
    return Response(to_json(status), HTTPStatus.OK, headers, media_type="application/json")


async def _wait(
    look: Callable[[], tuple[dict[str, Any], str]],
    notifier: Notifier,
    document_id: UUID,
    seconds: int,
    known: str | None,
) -> tuple[dict[str, Any], str]:
    """Look until there is news or the time is over; return the last look."""
    clock = asyncio.get_running_loop().time
    end = clock() + seconds
    with notifier.subscribe([document_id]) as subscription:
        while True:
            status, tag = await run_in_threadpool(look)
            news = status["final"] if known is None else tag != known
            left = end - clock()
            if news or left <= 0 or notifier.ending:
                return status, tag
            await subscription.wait(min(left, LOOK_EVERY))
