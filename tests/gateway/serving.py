"""The API in process: applications take a second to build, so that tests use them in turns."""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI
from starlette.testclient import TestClient

from gateway.app import application
from gateway.runtime import Runtime

_IDLE: dict[int, list[FastAPI]] = {}
"""What nobody uses at the moment, by the size of bodies it takes."""


@contextmanager
def served(runtime: Runtime) -> Iterator[TestClient]:
    """Open HTTP to an application over the runtime that nobody else uses at the same time."""
    idle = _IDLE.setdefault(runtime.settings.max_body_bytes, [])
    app = idle.pop() if idle else application(runtime.settings.max_body_bytes)
    app.state.runtime = runtime
    with TestClient(app, base_url="http://gateway.test") as client:
        yield client
    del app.state.runtime
    idle.append(app)
