"""What the processes do that tests kill: API and worker, as `gateway serve` makes them."""

import socket
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI

from formats.registry import PROFILES
from gateway.app import application
from gateway.background import Background, Crew
from gateway.channels.sandbox_network import SandboxNetwork
from gateway.cli import serving
from gateway.compliance.profiles import DEFAULT
from gateway.compliance.validation import Validator
from gateway.kit import clock
from gateway.kit.exchange import Client
from gateway.runtime import Runtime
from gateway.settings import Settings
from gateway.webhooks.courier import Courier
from gateway.webhooks.policy import Policy
from tests.chaos import hurry, plants, trade_plants

WEBHOOKS = Policy(
    schedule=(timedelta(seconds=0.2),) * 9,
    most_jitter=timedelta(seconds=0.1),
    lease=timedelta(seconds=2),
    threads=2,
    poll_seconds=0.5,
)
"""As in production, but less patient: a delivery whose sender died is sent again after two seconds
and not after a minute."""

_PLANTS: Mapping[str, plants.Plant | trade_plants.TradePlant] = {
    **plants.PROCESS,
    **trade_plants.TRADES,
}

_READY: dict[str, Any] = {}
"""What was made before the process was copied: the application, a validator that has its rules."""


def prepare() -> None:
    """Make what takes long and belongs to nobody yet."""
    settings = Settings()
    _READY["app"] = application(settings.max_body_bytes)
    validator = Validator.open(settings)
    profile = PROFILES[DEFAULT]
    validator._load(tuple(profile.schemas.values()), profile.rule_sets, clock.now().date())
    _READY["validator"] = validator


def run(order: Mapping[str, Any], ready: Callable[..., None]) -> None:
    """Be an API or a worker until the process ends.

    Args:
        order: `role`, `settings`, and what the role needs.
        ready: Tells that it works.
    """
    log = Path(order["log"]).open("a", buffering=1)  # noqa: SIM115 - as long as the process
    sys.stderr = log
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(log),
    )
    for name in order.get("plants", ()):
        _PLANTS[name].apply()
    Validator.open = classmethod(lambda _cls, _place: _READY["validator"])  # type: ignore[method-assign,assignment] # opened before
    settings = Settings.model_validate(order["settings"])
    runtime = Runtime.open(settings)
    if order["role"] == "api":
        _serve(runtime, order, ready)
    else:
        _work(runtime, order, ready)


def _serve(runtime: Runtime, order: Mapping[str, Any], ready: Callable[..., None]) -> None:
    app: FastAPI = _READY["app"]
    app.state.runtime = runtime
    runtime.sandbox_network = SandboxNetwork.open(serving._sandbox_network(runtime.settings))
    runtime.notifier.start()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", order["port"]))
    listener.listen(128)
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=2)
    ready()
    uvicorn.Server(config).run(sockets=[listener])


def _work(runtime: Runtime, order: Mapping[str, Any], ready: Callable[..., None]) -> None:
    if "channels" in order:  # nobody is told by webhook, and nobody waits as in production
        services: list[Background] = [hurry.worker(runtime, order["channels"])]
    else:
        services = [serving._worker(runtime)]
        services.append(
            Courier(
                runtime.database,
                runtime.webhooks,
                Client(runtime.outbound),
                policy=WEBHOOKS,
                chance=lambda: 0.5,
            )
        )
    Crew(services).start()
    ready()
    threading.Event().wait()
