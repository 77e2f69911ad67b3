"""Waiting for the end of a job: look, sleep, look again, until it ended or the time is over."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from gateway.jobs import service
from gateway.kit.database import Database
from gateway.kit.json_body import to_json
from gateway.kit.tenancy import Tenant
from gateway.tenants.access import doors

_LOOK_EVERY = 0.3  # seconds


def look(database: Database, tenant: Tenant, public: str) -> dict[str, Any]:
    """Return a job as it is now.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    with database.transaction(tenant, read_only=True) as tx:
        return service.job_json(service.find(tx, public))


async def ended(read: Callable[[], dict[str, Any]], seconds: float) -> dict[str, Any]:
    """Return a job once it has ended, or as it is when the time is over."""
    time = asyncio.get_running_loop().time
    end = time() + seconds
    while True:
        job = await run_in_threadpool(read)
        left = end - time()
        if job["state"] in service.FINAL or left <= 0:
            return job
        await asyncio.sleep(min(left, _LOOK_EVERY))


def waited(request: Request, tenant: Tenant, response: Response, seconds: int) -> Response:
    """Return the answer of who asked for a job, held until the job has ended.

    The wait is in the sending of the response: by then the transaction that asked is committed,
    and holds no connection.
    """
    if not seconds:
        return response
    public = json.loads(bytes(response.body))["id"]
    database = doors(request).database
    return _Awaited(response, lambda: look(database, tenant, public), seconds)


class _Awaited(Response):
    def __init__(
        self, response: Response, read: Callable[[], dict[str, Any]], seconds: int
    ) -> None:
        super().__init__(response.body, response.status_code)
        self._response = response
        self._read = read
        self._seconds = seconds

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        job = await ended(self._read, self._seconds)
        headers = {
            name: value
            for name, value in self._response.headers.items()
            if name != "content-length"
        }
        answer = Response(to_json(job), self._response.status_code, headers)
        await answer(scope, receive, send)
